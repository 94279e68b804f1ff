//! A text as words, stems and n-grams of letters.

use rustc_hash::FxHasher;
use snowball_stemmers_rs::{Algorithm, Stemmer};
use std::{collections::HashSet, hash::Hasher};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

/// Language that texts are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// French.
    Fr,
    /// English.
    En,
}

/// Lengths of the n-grams of letters.
const GRAMS: std::ops::RangeInclusive<usize> = 3..=5;

/// Cuts texts of one language.
pub(crate) struct Cutter {
    stemmer: Stemmer,
    common: HashSet<String>,
}

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// As written.
    pub written: String,
    /// Its stem, without accents.
    pub stem: String,
    /// Whether it carries meaning of its own.
    pub meaningful: bool,
}

impl Cutter {
    pub(crate) fn new(language: Language) -> Self {
        let (algorithm, code) = match language {
            Language::Fr => (Algorithm::French, "fr"),
            Language::En => (Algorithm::English, "en"),
        };
        let common = stop_words::lookup(code).unwrap_or_default().iter().map(|word| fold(word)).collect();
        Self { stemmer: Stemmer::create(algorithm), common }
    }

    /// The words of a text, elided articles apart (« l’emploi » is two).
    pub(crate) fn words(&self, text: &str) -> Vec<Word> {
        let pieces = text.unicode_words().flat_map(|word| word.split(['\'', '’']));
        pieces
            .filter(|piece| !piece.is_empty())
            .map(|piece| {
                let lower: String = piece.nfc().flat_map(char::to_lowercase).collect();
                let folded = fold(&lower);
                let meaningful = folded.chars().nth(1).is_some() && !self.common.contains(&folded);
                Word { stem: fold(&self.stemmer.stem(&lower)), written: piece.to_owned(), meaningful }
            })
            .collect()
    }
}

/// A text without case and accents.
pub(crate) fn fold(text: &str) -> String {
    text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}

/// The n-grams of letters of a text's words, each word between two blanks: hashes, sorted, with how often each is there.
pub(crate) fn grams(text: &str) -> Vec<(u32, f32)> {
    let mut hashes = Vec::with_capacity(text.len() * 3);
    let mut padded: Vec<char> = Vec::new();
    for word in fold(text).unicode_words() {
        padded.clear();
        padded.push(' ');
        padded.extend(word.chars());
        padded.push(' ');
        for length in GRAMS {
            for gram in padded.windows(length) {
                let mut hasher = FxHasher::default();
                gram.iter().for_each(|letter| hasher.write_u32(u32::from(*letter)));
                #[expect(clippy::cast_possible_truncation, reason = "a hash")]
                hashes.push((hasher.finish() >> 16) as u32);
            }
        }
    }
    hashes.sort_unstable();
    count(hashes)
}

/// Sorted items, each once with how often it was there.
pub(crate) fn count<T: PartialEq>(sorted: Vec<T>) -> Vec<(T, f32)> {
    let mut counted: Vec<(T, f32)> = Vec::with_capacity(sorted.len());
    for item in sorted {
        match counted.last_mut() {
            Some((last, times)) if *last == item => *times += 1.0,
            _ => counted.push((item, 1.0)),
        }
    }
    counted
}
