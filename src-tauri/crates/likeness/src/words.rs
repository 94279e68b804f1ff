//! A text as tokens, and a token as words, stems and n-grams of letters.

use rustc_hash::FxHasher;
use snowball_stemmers_rs::{Algorithm, Stemmer};
use std::{collections::HashSet, hash::Hasher, ops::RangeInclusive};
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
const GRAMS: RangeInclusive<usize> = 3..=5;

/// Cuts texts of one language.
pub(crate) struct Cutter {
    stemmer: Stemmer,
    common: HashSet<String>,
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

    /// The stem of a word, without accents, and whether the word carries meaning of its own.
    pub(crate) fn stem(&self, word: &str) -> (String, bool) {
        let lower: String = word.nfc().flat_map(char::to_lowercase).collect();
        let folded = fold(&lower);
        let meaningful = folded.chars().nth(1).is_some() && !self.common.contains(&folded);
        (fold(&self.stemmer.stem(&lower)), meaningful)
    }
}

/// The tokens of a text: its words as Unicode cuts them (UAX 29). Most texts are of Latin letters, and are cut in one pass.
pub(crate) fn tokens(text: &str) -> Vec<&str> {
    let latin = |letter: char| letter < '\u{250}' || ('\u{2000}'..'\u{2070}').contains(&letter) || letter == '€';
    if !text.chars().all(latin) {
        return text.unicode_words().collect();
    }
    let mut tokens = Vec::with_capacity(text.len() / 6);
    let mut start = None;
    let mut before = ' ';
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map_or(' ', |(_, next)| *next);
        let joins = || {
            let both = |kind: fn(char) -> bool| kind(before) && kind(after);
            match letter {
                '\'' | '’' | '‘' | '.' => both(char::is_alphabetic) || both(char::is_numeric),
                ':' | '·' | '‧' => both(char::is_alphabetic),
                ',' | ';' => both(char::is_numeric),
                _ => false,
            }
        };
        let within = letter.is_alphanumeric() || letter == '_' || (start.is_some() && joins());
        match (within, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                push(&mut tokens, &text[from..at]);
                start = None;
            }
            _ => {}
        }
        before = letter;
    }
    if let Some(from) = start {
        push(&mut tokens, &text[from..]);
    }
    tokens
}

/// Underscores alone are no word.
fn push<'a>(tokens: &mut Vec<&'a str>, token: &'a str) {
    if token.contains(char::is_alphanumeric) {
        tokens.push(token);
    }
}

/// The words of a token, elided articles apart (« l’emploi » is two).
pub(crate) fn pieces(token: &str) -> impl Iterator<Item = &str> {
    token.split(['\'', '’']).filter(|piece| !piece.is_empty())
}

/// A text without case and accents.
pub(crate) fn fold(text: &str) -> String {
    text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}

/// The n-grams of letters of a token between two blanks, as hashes; one that comes twice is there twice.
pub(crate) fn grams(token: &str) -> Vec<u32> {
    let mut hashes = Vec::with_capacity(token.len() * 3);
    let mut padded = Vec::with_capacity(token.len() + 2);
    padded.push(' ');
    padded.extend(fold(token).chars());
    padded.push(' ');
    for length in GRAMS {
        for gram in padded.windows(length) {
            let mut hasher = FxHasher::default();
            gram.iter().for_each(|letter| hasher.write_u32(u32::from(*letter)));
            #[expect(clippy::cast_possible_truncation, reason = "a hash")]
            hashes.push((hasher.finish() >> 16) as u32);
        }
    }
    hashes
}

/// Items, each once with how often it was there, in their order.
pub(crate) fn count<T: PartialEq + Ord>(mut items: Vec<T>) -> Vec<(T, f32)> {
    items.sort_unstable();
    let mut counted: Vec<(T, f32)> = Vec::with_capacity(items.len());
    for item in items {
        match counted.last_mut() {
            Some((last, times)) if *last == item => *times += 1.0,
            _ => counted.push((item, 1.0)),
        }
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_of_latin_letters_are_cut_as_unicode_cuts_them() {
        for text in [
            "L’accès à l'emploi, c’est pour tou·te·s : 3,5 % de plus qu’en 2022 !",
            "Voir doubs.fr/bus_du_soir (n° 12), à 8:30 – 12.5 km…",
            "«Où?» -- __ _a_ 1'000'000 O'Neil's «fin.»",
            "Straße, cœur, Ÿ ; ½ journée, 2e étage, CCAS-MSA",
        ] {
            assert_eq!(tokens(text), text.unicode_words().collect::<Vec<_>>(), "{text}");
        }
        assert_eq!(tokens("مدرسة Łódź"), ["مدرسة", "Łódź"]);
    }

    proptest! {
        #[test]
        fn letters_blanks_and_stops_are_cut_as_unicode_cuts_them(text in "[a-zéè0-9 ,.;:'’()/-]{0,40}") {
            prop_assert_eq!(tokens(&text), text.unicode_words().collect::<Vec<_>>());
        }
    }
}
