//! What a column holds, to say what it is where no heading does.

use super::{Table, headings::is_figure, roles::ColumnRole};
use std::collections::BTreeSet;

/// Rows looked at.
const ROWS: usize = 1_000;

/// What a column holds, over its first filled cells.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// Cells that are not empty.
    pub filled: usize,
    distinct: usize,
    words: usize,
    letters: usize,
    figures: usize,
    addresses: usize,
    phones: usize,
    tokens: usize,
    longest: usize,
    rows: usize,
    all_distinct: bool,
}

impl Content {
    pub(super) fn of(table: &Table, index: usize) -> Self {
        let mut content = Self { rows: table.rows.len().min(ROWS), ..Self::default() };
        let mut all = BTreeSet::new();
        content.all_distinct = table
            .rows
            .iter()
            .filter_map(|row| row.cells.get(index))
            .filter(|cell| !cell.is_empty())
            .all(|cell| all.insert(cell.as_str()));
        let mut seen = BTreeSet::new();
        for cell in table.rows.iter().take(ROWS).filter_map(|row| row.cells.get(index)).filter(|cell| !cell.is_empty())
        {
            content.filled += 1;
            content.distinct += usize::from(seen.insert(cell.as_str()));
            content.words += cell.split_whitespace().count();
            content.letters += cell.chars().filter(|c| c.is_alphabetic()).count();
            content.figures += usize::from(is_figure(cell));
            content.addresses += usize::from(is_address(cell));
            content.phones += usize::from(is_phone(cell));
            content.tokens += usize::from(is_token(cell));
            content.longest = content.longest.max(cell.chars().count());
        }
        content
    }

    /// Whether no two rows share a value.
    pub(super) const fn is_distinct(&self) -> bool {
        self.all_distinct
    }

    /// Whether most of what it holds is of a sort.
    const fn mostly(&self, sort: usize) -> bool {
        self.filled > 0 && sort * 10 >= self.filled * 8
    }

    const fn is_prose(&self) -> bool {
        let varied = self.filled < 10 || self.distinct * 5 >= self.filled;
        self.filled > 0
            && varied
            && self.letters >= 12 * self.filled
            && !self.mostly(self.figures)
            && !self.mostly(self.addresses)
    }

    const fn is_names(&self) -> bool {
        self.filled > 0
            && self.letters >= 3 * self.filled
            && self.words <= 8 * self.filled
            && self.distinct * 2 >= self.filled
            && !self.mostly(self.figures)
            && !self.mostly(self.addresses)
    }

    /// Few values that recur, each of a few words.
    const fn is_labels(&self) -> bool {
        self.filled >= 4
            && self.distinct >= 2
            && self.distinct <= 40
            && self.distinct * 2 <= self.filled
            && self.letters >= 3 * self.filled
            && self.words <= 6 * self.filled
            && !self.mostly(self.figures)
    }

    /// One short token a row, with a figure in it, never twice.
    const fn is_identity(&self) -> bool {
        self.rows >= 2
            && self.filled == self.rows
            && self.all_distinct
            && self.tokens == self.filled
            && self.longest <= 40
    }
}

/// The column that can be the required role, of those that are free.
pub(super) fn required(contents: &[Content], free: &[usize], role: ColumnRole) -> Option<usize> {
    let can = |index: &&usize| match role {
        ColumnRole::Text => contents[**index].is_prose(),
        _ => contents[**index].is_names(),
    };
    let best = |index: &&usize| {
        let content = &contents[**index];
        match role {
            ColumnRole::Text => (per_row(content.words, content), per_row(content.letters, content)),
            _ => (content.distinct, per_row(content.letters, content)),
        }
    };
    // `max_by_key` keeps the last of equals, people put what matters first.
    free.iter().rev().filter(can).max_by_key(best).copied()
}

/// The column whose content can only be that role.
pub(super) fn optional(contents: &[Content], free: &[usize], role: ColumnRole) -> Option<usize> {
    let is = |index: &usize| {
        let content = &contents[*index];
        match role {
            // Identities come first, before anything that is counted or measured.
            ColumnRole::Id => *index == 0 && content.is_identity(),
            ColumnRole::Theme => content.is_labels(),
            ColumnRole::Email => content.mostly(content.addresses),
            ColumnRole::Phone => content.mostly(content.phones),
            _ => false,
        }
    };
    free.iter().copied().find(is)
}

/// The mean per filled cell, in hundredths.
const fn per_row(total: usize, content: &Content) -> usize {
    match (total * 100).checked_div(content.filled) {
        Some(mean) => mean,
        None => 0,
    }
}

fn is_address(cell: &str) -> bool {
    let at = cell.split_once('@').is_some_and(|(who, place)| !who.is_empty() && place.contains('.'));
    !cell.contains(char::is_whitespace) && (at || cell.starts_with("http"))
}

fn is_phone(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    (9..=15).contains(&digits) && cell.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-.()/".contains(c))
}

fn is_token(cell: &str) -> bool {
    !cell.contains(char::is_whitespace)
        && cell.contains(|c: char| c.is_ascii_digit())
        && !cell.contains(['/', ':', ',', '@'])
}
