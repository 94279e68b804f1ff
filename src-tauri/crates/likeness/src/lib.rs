//! Texts that say the same in other words: a score between 0 and 1, and what two texts share.
//!
//! Lexical and nothing more, so that each suggestion can be explained: the cosine of stems weighted by rarity (TF-IDF; Salton
//! and Buckley, *Term-weighting approaches in automatic text retrieval*, 1988), with Snowball stems (Porter, 2001), mixed
//! with the cosine of n-grams of letters, which forgives typos, missing accents and other endings.

mod index;
mod lexicon;
mod words;

pub use index::{Index, Match, Shared};
pub use words::Language;
