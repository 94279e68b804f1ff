//! Cards to cut out: as many on a page as it holds, with marks where to cut.

use super::Meta;
use serde::Serialize;

/// Pages of cards.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Cards {
    /// Title, language, author, date.
    pub meta: Meta,
    /// What stands at the head of each card.
    pub head: String,
    /// What is asked.
    pub ask: String,
    /// What stands at the foot of each card, to be filled in by hand.
    pub foot: String,
    /// « Carte ».
    pub word: String,
    /// Number of the first card.
    pub first: u32,
    /// How many cards.
    pub count: u32,
}
