//! Places in an order that people change: fractional indices, so that a move is one field of one entity and merges alone.

use fractional_index::FractionalIndex;
use std::fmt;

/// A place in an order. Two entities may share a place after a merge; their ids then decide.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(FractionalIndex);

impl Rank {
    /// A place as stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        FractionalIndex::from_string(text).ok().map(Self)
    }

    /// A place between two others; without one of them, before or after the other.
    ///
    /// `None` when the two share a place or are in the wrong order: the caller then spreads the whole list anew.
    #[must_use]
    pub fn between(before: Option<&Self>, after: Option<&Self>) -> Option<Self> {
        FractionalIndex::new(before.map(|rank| &rank.0), after.map(|rank| &rank.0)).map(Self)
    }
}

impl fmt::Display for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_string())
    }
}

/// `count` places in order, for a list made at once.
#[must_use]
pub fn spread(count: usize) -> Vec<Rank> {
    std::iter::successors(Some(FractionalIndex::default()), |last| Some(FractionalIndex::new_after(last)))
        .take(count)
        .map(Rank)
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn ranks_sort_as_text_as_they_sort_as_places() {
        let mut ranks = spread(300);
        ranks.insert(150, Rank::between(Some(&ranks[149]), Some(&ranks[150])).unwrap());
        let texts: Vec<_> = ranks.iter().map(ToString::to_string).collect();
        assert!(texts.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(texts.iter().all(|text| Rank::parse(text).is_some()));
        assert_eq!(Rank::between(Some(&ranks[3]), Some(&ranks[3])), None);
    }
}
