//! Clore and fusionner: dossiers out, dossiers in.

use crate::{Failure, Session, catalog::name, views::*};
use moisson_domain::{EntityId, Kind};
use moisson_store::{Gap, Incoming, MergeSummary, Progress, Selection, Since, Stop};
use std::path::Path;

/// What goes into a dossier.
#[derive(Debug, Clone, Default)]
pub struct BundleOptions<'a> {
    /// Ateliers; all if none.
    pub workshops: &'a [EntityId],
    /// Whether names and addresses go along.
    pub people: bool,
    /// What the other side has already.
    pub since: Option<Since>,
    /// What locks it.
    pub passphrase: Option<String>,
}

impl Session {
    /// Writes a dossier.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports; no partial file is left.
    pub fn bundle(&self, path: &Path, options: BundleOptions<'_>) -> Result<BundleReport, Failure> {
        for id in options.workshops {
            self.entity_of(Kind::Workshop, *id)?;
        }
        let selection = Selection {
            workshops: options.workshops.to_vec(),
            people: options.people,
            since: options.since,
            only: None,
            passphrase: options.passphrase,
            written_at: (self.world.now)().to_rfc3339(),
            title: self.title()?,
        };
        let written = self.store.bundle(path, &selection)?;
        Ok(BundleReport {
            path: written.path.display().to_string(),
            changes: clamp(written.changes),
            withheld: clamp(written.withheld),
            bytes: bytes(written.bytes),
        })
    }

    /// What taking in these dossiers would do; nothing is written.
    ///
    /// # Errors
    /// The first dossier that cannot be taken in.
    pub fn preview_merge(
        &mut self,
        incoming: Incoming<'_>,
        progress: &mut dyn FnMut(Progress) -> Stop,
    ) -> Result<MergeReport, Failure> {
        let summary = self.store.merge(incoming, false, progress)?;
        self.merge_report(summary)
    }

    /// Takes in dossiers, all or none.
    ///
    /// # Errors
    /// The first dossier that cannot be taken in; the démarche is as before then.
    pub fn merge(
        &mut self,
        incoming: Incoming<'_>,
        progress: &mut dyn FnMut(Progress) -> Stop,
    ) -> Result<MergeReport, Failure> {
        let summary = self.store.merge(incoming, true, progress)?;
        self.forget_kept();
        self.touch(Kind::ALL.iter().copied());
        self.merge_report(summary)
    }

    /// What is missing for the changes that wait.
    ///
    /// # Errors
    /// What the store reports.
    pub fn missing_dossiers(&self) -> Result<Vec<GapRow>, Failure> {
        Ok(self.store.gaps()?.into_iter().map(gap_row).collect())
    }

    fn merge_report(&self, summary: MergeSummary) -> Result<MergeReport, Failure> {
        let proposals = summary.touched.get(Kind::Proposal.name()).into_iter().flatten();
        let mut rows = Vec::new();
        for (id, proposals) in proposals.filter_map(|(workshop, touched)| Some(((*workshop)?, touched))) {
            // In a preview, the atelier itself may be among what is not here yet.
            let title = self.store.entity(id)?.map(|entity| name(&entity).name).unwrap_or_default();
            let (proposals_created, proposals_updated) = (proposals.created, proposals.updated);
            rows.push(WorkshopTouched { id, title, proposals_created, proposals_updated });
        }
        let entities = summary.by_kind().into_iter().filter(|(kind, _)| kind != Kind::Writer.name());
        let dossiers = summary.dossiers.into_iter().map(|dossier| DossierRow {
            name: dossier.name,
            replicas: dossier.replicas,
            changes: clamp(dossier.changes),
            changes_new: clamp(dossier.new),
            written_at: Some(dossier.written_at).filter(|at| !at.is_empty()),
        });
        Ok(MergeReport {
            changes_new: clamp(summary.new),
            changes_known: clamp(summary.known),
            changes_waiting: clamp(summary.waiting),
            conflicts_new: clamp(summary.conflicts_new),
            conflicts_settled: clamp(summary.conflicts_settled),
            redacted: clamp(summary.redacted),
            gaps: summary.gaps.into_iter().map(gap_row).collect(),
            cloned: summary.cloned,
            entities: entities.map(|(kind, by)| (kind, Touched { created: by.created, updated: by.updated })).collect(),
            workshops: rows,
            dossiers: dossiers.collect(),
        })
    }

    /// Makes a new file from a dossier: the same démarche, on this laptop.
    ///
    /// # Errors
    /// What is wrong with the dossier; no file is left then.
    pub fn create_from_dossier(
        path: &Path,
        dossier: &Path,
        passphrase: Option<&str>,
        replica: &str,
        world: crate::Surroundings,
    ) -> Result<Self, Failure> {
        let (process, _) = moisson_store::Store::process_of(dossier, passphrase)?;
        let mut session = Self::create(path, process, replica, world)?;
        match session.merge(Incoming { paths: &[dossier], passphrase }, &mut |_| Stop::No) {
            Ok(_) => Ok(session),
            Err(failure) => {
                drop(session);
                remove(path);
                Err(failure)
            }
        }
    }
}

pub(crate) fn gap_row(gap: Gap) -> GapRow {
    GapRow { replica: gap.replica, missing: clamp(gap.missing), waiting: clamp(gap.waiting) }
}

/// Takes away a file that could not be finished.
pub(crate) fn remove(path: &Path) {
    for suffix in ["", "-wal", "-shm", "-lock"] {
        let mut file = path.as_os_str().to_owned();
        file.push(suffix);
        std::fs::remove_file(file).ok();
    }
}

pub(crate) fn clamp(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A size as the window counts it: exact in a double up to 8 PiB.
#[allow(clippy::cast_precision_loss, reason = "file sizes fit 53 bits")]
pub(crate) const fn bytes(count: u64) -> f64 {
    count as f64
}
