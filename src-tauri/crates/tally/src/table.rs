//! Many bulletins of one kind, a byte per option: a million of them are read and counted in the time that bulletins apart
//! would take to be allocated.

use crate::{Ballot, Choice, Weight};

/// The cell of an option that a bulletin leaves out.
pub(crate) const NONE: u8 = u8::MAX;

/// What the cells of a table say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Cells {
    /// A grade, worst = 0.
    #[default]
    Grades,
    /// A place, best = 0; equal places tie.
    Places,
    /// 0 where it is approved of.
    Approvals,
}

/// Bulletins in rows, a cell per option in the order of the options.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    pub(crate) kind: Cells,
    columns: usize,
    cells: Vec<u8>,
    /// One per row; empty while all are one.
    weights: Vec<Weight>,
}

impl Table {
    /// An empty table; none where options or cells would not fit a byte.
    pub(crate) fn new(kind: Cells, columns: usize) -> Option<Self> {
        (1..usize::from(NONE)).contains(&columns).then(|| Self { kind, columns, ..Self::default() })
    }

    /// Adds a bulletin of as many cells as there are options.
    pub(crate) fn push(&mut self, cells: &[u8], weight: Weight) {
        debug_assert_eq!(cells.len(), self.columns, "a cell per option");
        if weight != Weight::default() || !self.weights.is_empty() {
            self.weights.resize(self.len(), Weight::default());
            self.weights.push(weight);
        }
        self.cells.extend_from_slice(cells);
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len().checked_div(self.columns).unwrap_or_default()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Rows with their weight.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&[u8], Weight)> {
        let weight = |row: usize| self.weights.get(row).copied().unwrap_or_default();
        self.cells.chunks_exact(self.columns.max(1)).enumerate().map(move |(row, cells)| (cells, weight(row)))
    }

    /// Keeps the rows for which it is true; it is called for each, in order.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&[u8]) -> bool) {
        let kept: Vec<bool> = self.cells.chunks_exact(self.columns.max(1)).map(&mut keep).collect();
        if kept.iter().all(|kept| *kept) {
            return;
        }
        let columns = self.columns;
        let (mut cell, mut row) = (0, 0);
        self.cells.retain(|_| {
            cell += 1;
            kept[(cell - 1) / columns]
        });
        self.weights.retain(|_| {
            row += 1;
            kept[row - 1]
        });
    }

    /// A row as a bulletin.
    pub(crate) fn ballot(&self, row: &[u8], weight: Weight, options: &[Choice]) -> Ballot {
        let named = || options.iter().zip(row).filter(|(_, cell)| **cell != NONE);
        let mut ballot = Ballot { weight: Some(weight), ..Ballot::default() };
        match self.kind {
            Cells::Grades => ballot.grades = Some(named().map(|(option, grade)| (option.id.clone(), *grade)).collect()),
            Cells::Approvals => ballot.approve = Some(named().map(|(option, _)| option.id.clone()).collect()),
            Cells::Places => {
                ballot.ranking =
                    Some(levels(row).map(|rank| rank.map(|at| options[at].id.clone()).collect()).collect());
            }
        }
        ballot
    }
}

/// Options of a row of places from best to worst, those that tie together.
pub(crate) fn levels(row: &[u8]) -> impl Iterator<Item = impl Iterator<Item = usize>> {
    let mut order: Vec<usize> = (0..row.len()).filter(|at| row[*at] != NONE).collect();
    order.sort_by_key(|at| row[*at]);
    let ranks: Vec<Vec<usize>> = order.chunk_by(|a, b| row[*a] == row[*b]).map(<[usize]>::to_vec).collect();
    ranks.into_iter().map(Vec::into_iter)
}
