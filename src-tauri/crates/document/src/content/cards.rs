//! Blank cards, numbered: one idea on each.

use super::meta;
use crate::{
    model::Cards,
    source::CardsSource,
    typography::{NBSP, line},
    words::words,
};

/// Cards that one print run may hold.
const MOST: u32 = 2_000;

/// Composes the cards.
#[must_use]
pub fn cards(source: &CardsSource) -> Cards {
    let words = words(&source.frame.language);
    let head = source.workshop.clone().unwrap_or_else(|| source.frame.process.clone());
    let mut meta = meta(&source.frame, words, words.cards, source.frame.process.clone(), false);
    meta.title = format!("{}{NBSP}: {}", words.cards, line(&head, words.french));
    Cards {
        meta,
        head: line(&head, words.french),
        ask: line(source.question.as_deref().unwrap_or(words.one_idea), words.french),
        foot: words.card_foot.to_owned(),
        word: words.card.to_owned(),
        first: source.first.clamp(1, 99_999),
        count: source.count.clamp(1, MOST),
    }
}
