//! What the file of proof is made of.

use super::{Frame, WorkshopSource};

/// The file of proof: what it holds of each atelier, and what lacks.
#[derive(Debug, Clone, Default)]
pub struct ProofSource {
    /// Démarche, funding, date.
    pub frame: Frame,
    /// Ateliers, by date.
    pub rows: Vec<ProofRow>,
    /// What is wrong with the marks of the funders.
    pub notices: Vec<String>,
}

/// An atelier in the file of proof.
#[derive(Debug, Clone, Default)]
pub struct ProofRow {
    /// The atelier.
    pub workshop: WorkshopSource,
    /// Whether it was held.
    pub held: bool,
    /// Signatures drawn on the screen, and people present.
    pub signed: (u32, u32),
    /// Its files.
    pub files: Vec<String>,
}
