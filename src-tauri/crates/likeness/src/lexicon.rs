//! Every token that was met, cut once: people use the same words again and again, and stems and n-grams of letters take time.

use crate::words::{Cutter, Language, grams, pieces};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// What is known of a token.
#[derive(Clone)]
pub(crate) struct Token {
    /// The stem of each of its words, and whether that word carries meaning of its own.
    pub words: Box<[(u32, bool)]>,
    /// Its n-grams of letters.
    pub grams: Box<[u32]>,
}

/// A word in its place.
pub(crate) struct Word<'a> {
    /// As written.
    pub written: &'a str,
    pub stem: u32,
    /// Whether it carries meaning of its own.
    pub meaningful: bool,
}

/// Tokens, stems and n-grams by their numbers.
pub(crate) struct Lexicon {
    cutter: Cutter,
    numbers: FxHashMap<Box<str>, u32>,
    tokens: Vec<Token>,
    stems: FxHashMap<String, u32>,
    grams: FxHashMap<u32, u32>,
    /// By n-gram: the tokens that have it, as often as they do.
    pub holders: Vec<Vec<u32>>,
}

/// Stems and n-grams that a lexicon does not know, numbered after its own for as long as one question takes.
#[derive(Default)]
pub(crate) struct Strange {
    stems: FxHashMap<String, u32>,
    grams: FxHashMap<u32, u32>,
}

impl Lexicon {
    pub fn new(language: Language) -> Self {
        Self {
            cutter: Cutter::new(language),
            numbers: FxHashMap::default(),
            tokens: Vec::new(),
            stems: FxHashMap::default(),
            grams: FxHashMap::default(),
            holders: Vec::new(),
        }
    }

    /// How many stems and n-grams it knows.
    pub fn sizes(&self) -> (usize, usize) {
        (self.stems.len(), self.grams.len())
    }

    /// How many tokens it knows.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// A token by its number.
    pub fn token(&self, number: u32) -> &Token {
        &self.tokens[number as usize]
    }

    /// The number of a token, a new one if it is met for the first time.
    pub fn learn(&mut self, token: &str) -> u32 {
        if let Some(number) = self.numbers.get(token) {
            return *number;
        }
        let number = self.tokens.len() as u32;
        let words = pieces(token).map(|piece| {
            let (stem, meaningful) = self.cutter.stem(piece);
            let next = self.stems.len() as u32;
            (*self.stems.entry(stem).or_insert(next), meaningful)
        });
        let words = words.collect();
        let grams: Box<[u32]> = grams(token)
            .into_iter()
            .map(|hash| {
                let next = self.grams.len() as u32;
                *self.grams.entry(hash).or_insert(next)
            })
            .collect();
        self.holders.resize_with(self.grams.len(), Vec::new);
        grams.iter().for_each(|gram| self.holders[*gram as usize].push(number));
        self.tokens.push(Token { words, grams });
        self.numbers.insert(token.into(), number);
        number
    }

    /// A token of a question, known or not.
    pub fn ask(&self, token: &str, strange: &mut Strange) -> Cow<'_, Token> {
        if let Some(number) = self.numbers.get(token) {
            return Cow::Borrowed(self.token(*number));
        }
        let mut number = |stem: String| {
            self.stems.get(&stem).copied().unwrap_or_else(|| {
                let next = (self.stems.len() + strange.stems.len()) as u32;
                *strange.stems.entry(stem).or_insert(next)
            })
        };
        let words = pieces(token).map(|piece| {
            let (stem, meaningful) = self.cutter.stem(piece);
            (number(stem), meaningful)
        });
        let words = words.collect();
        let grams = grams(token).into_iter().map(|hash| {
            self.grams.get(&hash).copied().unwrap_or_else(|| {
                let next = (self.grams.len() + strange.grams.len()) as u32;
                *strange.grams.entry(hash).or_insert(next)
            })
        });
        Cow::Owned(Token { words, grams: grams.collect() })
    }
}
