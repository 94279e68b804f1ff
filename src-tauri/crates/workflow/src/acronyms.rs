//! Letters that stand for words, and whether anyone says for which.

use std::collections::BTreeSet;

/// Letters of the longest acronym; beyond, someone shouts.
const LONGEST: usize = 6;

/// Acronyms of a text, in the order of letters.
pub(crate) fn acronyms(text: &str) -> BTreeSet<&str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| is_acronym(word)).collect()
}

fn is_acronym(word: &str) -> bool {
    let letters = word.chars().count();
    // Numerals of centuries and axes are no acronyms.
    let roman = word.chars().all(|letter| "IVXLC".contains(letter));
    (2..=LONGEST).contains(&letters)
        && !roman
        && word.chars().all(|letter| letter.is_uppercase() || letter.is_ascii_digit())
        && word.chars().filter(|letter| letter.is_uppercase()).count() > 1
}

/// Whether a text says what letters stand for: « SPIE (service public…) » or « service public… (SPIE) ».
pub(crate) fn explains(text: &str, acronym: &str) -> bool {
    text.match_indices(acronym).any(|(at, found)| {
        let after = text[at + found.len()..].trim_start();
        let opened = after
            .strip_prefix('(')
            .is_some_and(|inside| inside.split(')').next().is_some_and(|words| words.contains(' ')));
        let closed = text[..at].trim_end().ends_with('(') && after.starts_with(')');
        opened || closed
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_stand_for_words_are_told_from_names_numerals_and_shouts() {
        let found = acronyms("L’ATELIER du CCAS et de l’IAE, axe III, avec Pôle emploi : URGENT, PMSMP2, A1.");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["CCAS", "IAE", "PMSMP2", "URGENT"]);
    }

    #[test]
    fn an_explanation_stands_in_brackets_on_either_side() {
        assert!(explains("Le SPIE (service public de l’insertion) du Doubs", "SPIE"));
        assert!(explains("l’insertion par l’activité économique (IAE)", "IAE"));
        assert!(!explains("L’IAE (2022) et le SPIE", "IAE"), "a year explains nothing");
        assert!(!explains("Le SPIE du Doubs", "SPIE"));
    }
}
