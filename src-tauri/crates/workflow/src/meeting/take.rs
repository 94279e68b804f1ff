//! Taking in what others put there.

use super::{Meeting, OPENED, desk};
use crate::{Failure, views::RefusedRow};
use moisson_exchange::{ExchangeError, Key, Listed, Name, unseal};
use moisson_journal::WriterId;
use moisson_store::{Carried, Dossier, Incoming, Progress, Stop, StoreError};
use std::{
    collections::BTreeMap,
    fs::File,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// A segment on this laptop, opened.
pub(super) struct Fetched {
    listed: Listed,
    folder: TempDir,
    key: Key,
    /// The chains it carries, and where in each it begins.
    begins: Vec<(WriterId, u64)>,
}

/// Takes out one that nothing else has to come before: no other begins earlier in a chain that both carry.
fn next(fetched: &mut Vec<Fetched>) -> Option<Fetched> {
    let mut first: BTreeMap<WriterId, u64> = BTreeMap::new();
    for &(writer, begin) in fetched.iter().flat_map(|one| &one.begins) {
        let least = first.entry(writer).or_insert(begin);
        *least = begin.min(*least);
    }
    let is_first = |one: &Fetched| one.begins.iter().all(|(writer, begin)| first.get(writer) == Some(begin));
    // Segments that were put together crosswise: one of them waits for the other.
    let place = fetched.iter().position(is_first).unwrap_or(0);
    (!fetched.is_empty()).then(|| fetched.remove(place))
}

impl Meeting<'_> {
    /// Fetches and opens a segment that is to be taken in; none if it is known and nobody wrote over it, gone, or no good.
    pub(super) fn fetch(&mut self, listed: &Listed) -> Result<Option<Fetched>, Failure> {
        let name = listed.name.as_str().to_owned();
        let held = self.held.get(&name);
        if held.is_some_and(|held| held.stamp == listed.stamp) {
            self.there.push(name);
            return Ok(None);
        }
        let folder = desk()?;
        let path = folder.path().join(listed.name.file());
        let mut file = File::create_new(&path).map_err(ExchangeError::Local)?;
        match self.storage.fetch(&self.process, &listed.name, &mut file, self.stop) {
            Ok(()) => {}
            // Someone put it together with others since it was listed.
            Err(ExchangeError::Gone { .. }) => return Ok(None),
            Err(error @ ExchangeError::Altered { .. }) => return self.altered(&listed.name, error).map(|()| None),
            Err(error) => return Err(error.into()),
        }
        if held.is_some() {
            let place = self.report.place.clone();
            self.there.push(name.clone());
            self.with(|session| Ok(session.store.see_segment(&place, &name, &listed.stamp)?))?;
            return Ok(None);
        }
        let opened = folder.path().join(OPENED);
        let read = self.unlock(&listed.name, &file, &opened).map_err(Failure::from).and_then(|key| {
            let begins =
                Dossier::open(&opened, None)?.manifest().writers.iter().map(|one| (one.id, one.first)).collect();
            Ok((key, begins))
        });
        match read {
            Ok((key, begins)) => Ok(Some(Fetched { listed: listed.clone(), folder, key, begins })),
            Err(failure) => self.refuse(&listed.name, failure).map(|()| None),
        }
    }

    /// Takes in what was fetched, what comes first in a chain before what follows on it: what has to wait for its turn costs
    /// a hundred times as much.
    pub(super) fn take(&mut self, fetched: &mut Vec<Fetched>) -> Result<(), Failure> {
        while let Some(one) = next(fetched) {
            let path = one.folder.path().join(OPENED);
            if let Err(failure) = self.merge(&path) {
                self.refuse(&one.listed.name, failure)?;
                continue;
            }
            self.hold(&one.listed, &Carried::read(&path)?, false, &one.key)?;
            self.report.segments_taken += 1;
            self.there.push(one.listed.name.as_str().to_owned());
            self.reach.news();
        }
        Ok(())
    }

    /// Opens a segment with the keys of the démarche; which one did.
    fn unlock(&self, name: &Name, sealed: &File, to: &Path) -> Result<Key, ExchangeError> {
        let mut opened = File::create_new(to)?;
        unseal(&name.file(), sealed, &self.keys.ring.keys(&self.keys.first), &mut opened).cloned()
    }

    /// A segment is not what its name says. If it was once, its changes are here: they lack there, and will be put again.
    fn altered(&mut self, name: &Name, error: ExchangeError) -> Result<(), Failure> {
        let Some(held) = self.held.get(name.as_str()) else { return self.refuse(name, error.into()) };
        if held.mine {
            self.storage.remove(&self.process, name, self.stop)?;
        } else {
            self.refuse(name, error.into())?;
        }
        self.report.segments_restored += 1;
        let place = self.report.place.clone();
        self.with(|session| Ok(session.store.drop_segment(&place, name.as_str())?))
    }

    /// Leaves a segment that is no good where it is, and says so; anything else that goes wrong ends the meeting.
    fn refuse(&mut self, name: &Name, failure: Failure) -> Result<(), Failure> {
        let failure = match failure {
            Failure::Store(StoreError::Stopped) => return Err(ExchangeError::Stopped.into()),
            Failure::Store(StoreError::Dossier { problem, .. }) => {
                Failure::Store(StoreError::Dossier { path: PathBuf::from(name.file()), problem })
            }
            of_it @ Failure::Exchange(ExchangeError::Altered { .. } | ExchangeError::Closed { .. }) => of_it,
            other => return Err(other),
        };
        let reason = failure.explain(self.reader.language()).message;
        self.report.refused.push(RefusedRow { name: name.file(), reason });
        Ok(())
    }

    fn merge(&mut self, path: &Path) -> Result<(), Failure> {
        let stop = self.stop;
        let mut progress = |_: Progress| if stop() { Stop::Yes } else { Stop::No };
        let merged =
            self.with(|session| session.merge(Incoming { paths: &[path], passphrase: None }, &mut progress))?;
        let report = &mut self.report;
        report.changes_new += merged.changes_new;
        report.changes_known += merged.changes_known;
        report.conflicts_new += merged.conflicts_new;
        report.conflicts_settled += merged.conflicts_settled;
        report.redacted += merged.redacted;
        report.cloned.extend(merged.cloned);
        for dossier in merged.dossiers {
            let at = dossier.written_at.as_deref().and_then(|at| chrono::DateTime::parse_from_rfc3339(at).ok());
            let at = at.map_or(0, |at| at.timestamp_millis());
            for replica in dossier.replicas {
                let latest = self.met.entry(replica).or_insert(at);
                *latest = at.max(*latest);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

    use super::*;
    use moisson_exchange::Sort;

    fn fetched(name: &str, begins: &[(u8, u64)]) -> Fetched {
        let name = Name::of(Sort::Segment, name.as_bytes()).unwrap();
        let begins = begins.iter().map(|&(writer, first)| (WriterId([writer; 16]), first)).collect();
        let listed = Listed { name, stamp: String::new(), put: 0 };
        Fetched { listed, folder: tempfile::tempdir().unwrap(), key: Key::draw(), begins }
    }

    #[test]
    fn what_begins_a_chain_is_taken_in_before_what_follows_on_it() {
        let mut all = vec![fetched("c", &[(1, 11)]), fetched("b", &[(1, 1), (2, 5)]), fetched("a", &[(2, 1)])];
        let expected: Vec<Name> = all.iter().rev().map(|one| one.listed.name.clone()).collect();
        let order: Vec<Name> = std::iter::from_fn(|| next(&mut all)).map(|one| one.listed.name).collect();
        assert_eq!(order, expected);
        // Crosswise, none comes first; both are taken in all the same.
        let mut crosswise = vec![fetched("a", &[(1, 1), (2, 2)]), fetched("b", &[(1, 2), (2, 1)])];
        assert_eq!(std::iter::from_fn(|| next(&mut crosswise)).count(), 2);
    }
}
