//! Two edits of one text, put together where they touch different sentences (a three-way merge, by word).

use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeSet;
use unicode_segmentation::UnicodeSegmentation;

/// What one edit does to the words of the text both started from.
struct Edit<'a> {
    from: usize,
    to: usize,
    words: Vec<&'a str>,
}

/// The text with both edits, or `None` where they touch the same sentence: only a person can tell then.
pub(crate) fn merged(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let words: Vec<&str> = base.split_word_bounds().collect();
    let sentences = sentence_of(base, &words);
    let (mut edits, others) = (edits(&words, ours), edits(&words, theirs));
    let touched =
        |edits: &[Edit<'_>]| -> BTreeSet<usize> { edits.iter().flat_map(|edit| spans(edit, &sentences)).collect() };
    if !touched(&edits).is_disjoint(&touched(&others)) {
        return None;
    }
    edits.extend(others);
    edits.sort_by_key(|edit| (edit.from, edit.to));
    let mut text = String::new();
    let mut at = 0;
    for edit in edits {
        text.extend(words.get(at..edit.from)?.iter().copied());
        text.extend(edit.words);
        at = edit.to;
    }
    text.extend(words.get(at..)?.iter().copied());
    Some(text)
}

fn edits<'a>(base: &[&str], text: &'a str) -> Vec<Edit<'a>> {
    let words: Vec<&'a str> = text.split_word_bounds().collect();
    capture_diff_slices(Algorithm::Patience, base, &words)
        .into_iter()
        .filter(|op| !matches!(op, DiffOp::Equal { .. }))
        .map(|op| {
            let (old, new) = (op.old_range(), op.new_range());
            Edit { from: old.start, to: old.end, words: words[new].to_vec() }
        })
        .collect()
}

/// The sentence of each word, and one more for what is added after the last.
fn sentence_of(text: &str, words: &[&str]) -> Vec<usize> {
    let ends: Vec<usize> = text
        .split_sentence_bounds()
        .scan(0, |end, sentence| {
            *end += sentence.len();
            Some(*end)
        })
        .collect();
    let mut at = 0;
    let mut sentences: Vec<usize> = words
        .iter()
        .map(|word| {
            let sentence = ends.partition_point(|end| *end <= at);
            at += word.len();
            sentence
        })
        .collect();
    sentences.push(ends.len());
    sentences
}

/// The sentences that an edit touches: an insertion within a sentence touches it, one at a seam touches what follows.
fn spans(edit: &Edit<'_>, sentences: &[usize]) -> std::ops::RangeInclusive<usize> {
    let at = |index: usize| sentences.get(index).copied().unwrap_or_default();
    at(edit.from)..=at(edit.to.saturating_sub(1).max(edit.from))
}

#[cfg(test)]
mod tests {
    use super::merged;

    const BASE: &str = "Un bus le soir. Une navette le matin. Un vélo pour tous.";

    #[test]
    fn edits_of_different_sentences_are_put_together() {
        let ours = "Un bus à la demande le soir. Une navette le matin. Un vélo pour tous.";
        let theirs = "Un bus le soir. Une navette le matin. Un vélo électrique pour chacun. Et un casque.";
        let both = "Un bus à la demande le soir. Une navette le matin. Un vélo électrique pour chacun. Et un casque.";
        assert_eq!(merged(BASE, ours, theirs).as_deref(), Some(both));
        assert_eq!(merged(BASE, theirs, ours).as_deref(), Some(both));
    }

    #[test]
    fn edits_of_one_sentence_are_left_to_people() {
        let ours = BASE.replace("le soir", "le dimanche");
        assert_eq!(merged(BASE, &ours, &BASE.replace("Un bus", "Deux bus")), None);
        assert_eq!(merged(BASE, &format!("{BASE} Oui."), &format!("{BASE} Non.")), None);
    }

    #[test]
    fn a_sentence_removed_and_another_changed() {
        let ours = "Un bus le soir. Un vélo pour tous.";
        let theirs = BASE.replace("pour tous", "pour chacun");
        assert_eq!(merged(BASE, ours, &theirs).as_deref(), Some("Un bus le soir. Un vélo pour chacun."));
    }
}
