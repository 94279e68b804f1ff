//! What can be sent with a question: figures of a file, and nothing that anybody wrote.

use crate::{Failure, Session};
use serde::Serialize;
use std::{collections::BTreeMap, fs, path::PathBuf};

/// A file in figures: no title, no text, no name of a person, a laptop or a folder.
#[derive(Debug, Clone, Serialize)]
pub struct Diagnostic {
    /// Number of the schema.
    pub schema: u32,
    /// Size of the file.
    pub bytes: u64,
    /// Size of its log.
    pub log_bytes: u64,
    /// Laptops whose work is in it.
    pub laptops: usize,
    /// Changes in the journal.
    pub changes: u64,
    /// Changes that wait for a missing dossier.
    pub waiting: u32,
    /// Conflicts to settle.
    pub conflicts: u32,
    /// Entities by kind.
    pub entities: BTreeMap<String, u32>,
    /// Kinds that this version does not know.
    pub unknown_kinds: usize,
    /// What does not hold, how often.
    pub problems: usize,
}

impl Session {
    /// The file in figures, verified.
    ///
    /// # Errors
    /// What the store reports.
    pub fn diagnostic(&self) -> Result<Diagnostic, Failure> {
        let info = self.info()?;
        let size = |path: PathBuf| fs::metadata(path).map(|file| file.len()).unwrap_or_default();
        let path = self.path();
        // A kind that is not known here has a name that somebody else chose.
        let (entities, unknown): (BTreeMap<_, _>, BTreeMap<_, _>) =
            info.entities.into_iter().partition(|(kind, _)| moisson_domain::Kind::named(kind).is_some());
        Ok(Diagnostic {
            schema: info.schema,
            bytes: size(path.to_owned()),
            log_bytes: size(PathBuf::from(format!("{}-wal", path.display()))),
            laptops: info.replicas.len(),
            changes: info.changes,
            waiting: info.waiting,
            conflicts: info.conflicts,
            entities,
            unknown_kinds: unknown.len(),
            problems: self.verify()?.problems.len(),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use crate::testing::{noted, room};

    #[test]
    fn a_diagnostic_counts_and_repeats_no_word() {
        let (mut session, workshop, folder) = room();
        noted(&mut session, workshop, "Un secret bien gardé");
        let told = serde_json::to_string(&session.diagnostic().unwrap()).unwrap();
        assert!(told.contains("\"proposal\":1") && told.contains("\"problems\":0"), "{told}");
        for word in ["secret", "Mobilité", "spie", &folder.path().display().to_string()] {
            assert!(!told.contains(word), "{word} in {told}");
        }
    }
}
