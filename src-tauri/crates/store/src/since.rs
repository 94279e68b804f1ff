//! What the other side has already: told by a dossier of theirs, or by the fingerprint of their state.

use crate::{Dossier, Store, StoreError, project, rows, verify::Fingerprint};
use moisson_journal::{ChangeId, resolve};
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    path::PathBuf,
};

/// By what the other side tells what it has.
#[derive(Debug, Clone)]
pub enum Since {
    /// A dossier of theirs.
    Dossier(PathBuf),
    /// What [`Store::digest`] gives there, in hexadecimal.
    Digest(String),
}

/// Bytes hashed at most while looking for a state of the past: a few seconds.
const MAX_HASHED: usize = 2 << 30;

impl Store {
    /// The changes that the other side has with their content.
    pub(crate) fn known_there(&self, since: &Since, passphrase: Option<&str>) -> Result<HashSet<ChangeId>, StoreError> {
        match since {
            Since::Dossier(path) => {
                let mut known = HashSet::new();
                Dossier::open(path, passphrase)?.for_each_change(|change| {
                    if change.body.is_some() {
                        known.insert(change.id);
                    }
                    Ok(())
                })?;
                Ok(known)
            }
            Since::Digest(digest) => self
                .known_at(&digest.to_ascii_lowercase())
                .map_err(|source| self.failed(source))?
                .ok_or_else(|| StoreError::NoSuchState(digest.clone())),
        }
    }

    /// The changes that were here when the file had this fingerprint: from now backwards, act by act, until it shows.
    fn known_at(&self, digest: &str) -> rusqlite::Result<Option<HashSet<ChangeId>>> {
        let mut state = BTreeMap::new();
        let mut conflicts: BTreeMap<[u8; 16], BTreeMap<String, String>> = BTreeMap::new();
        let mut query = self.conn.prepare("SELECT id, kind, state FROM visible")?;
        let mut found = query.query([])?;
        while let Some(row) = found.next()? {
            state.insert(row.get::<_, [u8; 16]>(0)?, (row.get::<_, String>(1)?, row.get::<_, String>(2)?));
        }
        let mut query = self.conn.prepare("SELECT entity, field, versions FROM conflict")?;
        let mut found = query.query([])?;
        while let Some(row) = found.next()? {
            conflicts.entry(row.get(0)?).or_default().insert(row.get(1)?, row.get(2)?);
        }
        let mut hashed = 0;
        let mut end: Option<i64> = Some(i64::MAX);
        while let Some(bound) = end {
            let mut fingerprint = Fingerprint::default();
            state.iter().for_each(|(id, (kind, fields))| fingerprint.row(id, kind, fields));
            for (id, fields) in &conflicts {
                fields.iter().for_each(|(field, versions)| fingerprint.row(id, field, versions));
            }
            hashed += fingerprint.bytes();
            if fingerprint.finish() == digest {
                let mut known = self.conn.prepare("SELECT id FROM change WHERE n < ?1 AND body IS NOT NULL")?;
                return known.query_map([bound], |row| row.get(0).map(ChangeId))?.collect::<Result<_, _>>().map(Some);
            }
            if hashed > MAX_HASHED {
                return Ok(None);
            }
            let (before, touched) = self.act_before(bound)?;
            for entity in touched {
                let changes = self
                    .conn
                    .prepare_cached(&format!(
                        "SELECT {} FROM change WHERE {} AND n < ?2",
                        rows::COLUMNS,
                        rows::OF_ENTITY
                    ))?
                    .query_map((entity, before.unwrap_or(0)), rows::change)?
                    .collect::<Result<Vec<_>, _>>()?;
                state.remove(&entity);
                conflicts.remove(&entity);
                if let Some(then) = resolve(&changes).filter(|then| then.alive) {
                    let versions = then.conflicts.iter().map(|one| (one.field.clone(), project::versions(one)));
                    let versions: BTreeMap<String, String> = versions.collect();
                    if !versions.is_empty() {
                        conflicts.insert(entity, versions);
                    }
                    state.insert(entity, (then.kind.clone(), project::row(&then).state));
                }
            }
            end = before;
        }
        Ok(None)
    }

    /// Where the last act before a place in the order of arrival begins, and the entities it touched.
    fn act_before(&self, bound: i64) -> rusqlite::Result<(Option<i64>, BTreeSet<[u8; 16]>)> {
        let mut query =
            self.conn.prepare_cached("SELECT n, writer, act, entity FROM change WHERE n < ?1 ORDER BY n DESC")?;
        let mut rows = query.query([bound])?;
        let (mut act, mut first, mut touched): (Option<([u8; 16], i64)>, _, _) = (None, None, BTreeSet::new());
        while let Some(row) = rows.next()? {
            let this = (row.get(1)?, row.get(2)?);
            if *act.get_or_insert(this) != this {
                break;
            }
            first = Some(row.get(0)?);
            touched.insert(row.get(3)?);
        }
        Ok((first, touched))
    }
}
