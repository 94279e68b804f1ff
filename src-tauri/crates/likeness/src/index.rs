//! A set of texts, to be searched by likeness.

use crate::words::{Cutter, Language, Word, count, grams};
use rustc_hash::{FxHashMap, FxHashSet};
use std::{cmp::Ordering, ops::Range};

/// How much stems count; n-grams of letters count for the rest. This and [`STRETCH`] are the round figures that did best both
/// on pairs of sentences scored by people and on titles looking for their texts (`tests/likeness.rs`).
const STEMS: f32 = 0.35;

/// How much a difference of length is forgiven.
const STRETCH: f32 = 0.2;

/// Texts compared letter by letter for one query: those that share the rarest words with it.
const CANDIDATES: usize = 400;

/// Buckets that n-grams of letters are counted in: a few times as many as French has.
const BUCKETS: usize = 1 << 20;

/// Words that a reason quotes at most.
const QUOTED: usize = 6;

/// Phrases that a reason quotes at most.
const PHRASES: usize = 3;

/// Texts of one language, ready to be searched.
pub struct Index {
    cutter: Cutter,
    texts: Vec<String>,
    known: FxHashMap<String, u32>,
    /// Length of each text as a vector of weighted stems.
    lengths: Vec<f32>,
    /// By stem: the texts that hold it and its weight there, of a vector of length 1.
    postings: Vec<Vec<(u32, f32)>>,
    /// By stem: how rare it is.
    rarity: Vec<f32>,
    /// By bucket: how many texts hold one of its n-grams.
    frequency: Vec<u32>,
}

/// A text like another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Its place among the texts of the index.
    pub place: usize,
    /// From 0, nothing in common, to 1, the same words.
    pub score: f32,
    /// Why.
    pub shared: Shared,
}

/// What two texts have in common, as the second one writes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shared {
    /// Runs of two words or more, longest first.
    pub phrases: Vec<String>,
    /// Words that carry meaning and are in none of these phrases, rarest first.
    pub words: Vec<String>,
}

impl Index {
    /// Reads the texts.
    pub fn new<T: Into<String>>(language: Language, texts: impl IntoIterator<Item = T>) -> Self {
        let mut index = Self {
            cutter: Cutter::new(language),
            texts: texts.into_iter().map(Into::into).collect(),
            known: FxHashMap::default(),
            lengths: Vec::new(),
            postings: Vec::new(),
            rarity: Vec::new(),
            frequency: vec![0; BUCKETS],
        };
        let texts = std::mem::take(&mut index.texts);
        let vectors: Vec<_> = texts.iter().map(|text| index.cut(text)).collect();
        index.texts = texts;
        let mut held = vec![0_u32; index.known.len()];
        vectors.iter().flatten().for_each(|(stem, _)| held[*stem as usize] += 1);
        index.rarity = held.iter().map(|held| rarity(*held, index.texts.len())).collect();
        index.postings = held.iter().map(|held| Vec::with_capacity(*held as usize)).collect();
        for (place, vector) in vectors.into_iter().enumerate() {
            index.post(place, vector);
        }
        index
    }

    /// Adds a text and says its place. Words keep the rarity they had when the index was made: where many texts were added,
    /// make it anew.
    pub fn add(&mut self, text: impl Into<String>) -> usize {
        let (place, text) = (self.texts.len(), text.into());
        let vector = self.cut(&text);
        self.texts.push(text);
        let unheard = rarity(1, self.texts.len());
        self.rarity.resize(self.known.len(), unheard);
        self.postings.resize_with(self.known.len(), Vec::new);
        self.post(place, vector);
        place
    }

    /// The text in a place.
    #[must_use]
    pub fn text(&self, place: usize) -> Option<&str> {
        self.texts.get(place).map(String::as_str)
    }

    /// The stems of a text by their numbers, new ones given the next, with how often each is there; its letters are counted.
    fn cut(&mut self, text: &str) -> Vec<(u32, f32)> {
        let mut stems = Vec::new();
        for word in self.cutter.words(text) {
            let next = self.known.len() as u32;
            stems.push(*self.known.entry(word.stem).or_insert(next));
        }
        stems.sort_unstable();
        for (gram, _) in grams(text) {
            self.frequency[bucket(gram)] += 1;
        }
        count(stems)
    }

    fn post(&mut self, place: usize, counted: Vec<(u32, f32)>) {
        let vector = Vector::new(counted, |stem| self.rarity[*stem as usize]);
        self.lengths.push(vector.length);
        for (stem, weight) in vector.items {
            self.postings[stem as usize].push((place as u32, weight));
        }
    }

    /// The texts most like this one, best first; `skip` leaves out those it does not want to hear of.
    pub fn like(&self, text: &str, limit: usize, skip: impl Fn(usize) -> bool) -> Vec<Match> {
        let words = self.cutter.words(text);
        let mut scores = vec![0.0_f32; self.texts.len()];
        let stems = self.stems(&words);
        for (stem, weight) in &stems.items {
            for (place, theirs) in self.known.get(*stem).map_or(&[][..], |stem| &self.postings[*stem as usize]) {
                scores[*place as usize] += weight * theirs;
            }
        }
        for (score, length) in scores.iter_mut().zip(&self.lengths) {
            *score *= stretch(stems.length, *length);
        }
        let letters = self.letters(text);
        let found = best(scores.iter().copied().enumerate(), CANDIDATES, |place, score| score > 0.0 && !skip(place));
        let mixed = found
            .into_iter()
            .map(|(place, score)| (place, mix(score, letters.like(&self.letters(&self.texts[place])))));
        best(mixed, limit, |_, _| true)
            .into_iter()
            .map(|(place, score)| {
                let theirs = self.cutter.words(&self.texts[place]);
                Match { place, score, shared: self.shared(&words, &theirs) }
            })
            .collect()
    }

    /// How alike two texts are, words being as rare as in this index, and what they share.
    #[must_use]
    pub fn compare(&self, one: &str, other: &str) -> (f32, Shared) {
        let [mine, theirs] = [one, other].map(|text| self.cutter.words(text));
        let stems = self.stems(&mine).like(&self.stems(&theirs));
        let letters = self.letters(one).like(&self.letters(other));
        (mix(stems, letters), self.shared(&mine, &theirs))
    }

    /// The stems of a text, each with its weight.
    fn stems<'a>(&self, words: &'a [Word]) -> Vector<&'a str> {
        let mut stems: Vec<&str> = words.iter().map(|word| word.stem.as_str()).collect();
        stems.sort_unstable();
        Vector::new(count(stems), |stem| self.rarity_of(stem))
    }

    fn rarity_of(&self, stem: &str) -> f32 {
        self.known.get(stem).map_or_else(|| rarity(0, self.texts.len()), |stem| self.rarity[*stem as usize])
    }

    /// The n-grams of letters of a text, each with its weight.
    fn letters(&self, text: &str) -> Vector<u32> {
        Vector::new(grams(text), |gram| rarity(self.frequency[bucket(*gram)], self.texts.len()))
    }

    /// What two texts share, in the words of the second.
    fn shared(&self, one: &[Word], other: &[Word]) -> Shared {
        let phrases = phrases(one, other);
        let quoted = |at: usize| phrases.iter().any(|phrase| phrase.contains(&at));
        let mine: FxHashSet<&str> = one.iter().map(|word| word.stem.as_str()).collect();
        let mut told = FxHashSet::default();
        let mut words: Vec<&Word> = (0..other.len())
            .filter(|at| !quoted(*at))
            .map(|at| &other[at])
            .filter(|word| word.meaningful && mine.contains(word.stem.as_str()) && told.insert(word.stem.as_str()))
            .collect();
        words.sort_by(|a, b| self.rarity_of(&b.stem).total_cmp(&self.rarity_of(&a.stem)));
        words.truncate(QUOTED);
        let said = |phrase: &Range<usize>| {
            other[phrase.clone()].iter().map(|word| word.written.as_str()).collect::<Vec<_>>().join(" ")
        };
        Shared {
            phrases: phrases.iter().map(said).collect(),
            words: words.into_iter().map(|word| word.written.clone()).collect(),
        }
    }
}

fn mix(stems: f32, letters: f32) -> f32 {
    STEMS.mul_add(stems, (1.0 - STEMS) * letters).clamp(0.0, 1.0)
}

/// Runs of words of the second text that the first has too, of two words that carry meaning or more: longest first, none
/// within another.
fn phrases(one: &[Word], other: &[Word]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    // How long the run is that ends at each word of the first text and at the word of the second being looked at.
    let mut lengths = vec![0; one.len() + 1];
    for (at, word) in other.iter().enumerate() {
        for place in (0..one.len()).rev() {
            lengths[place + 1] = if one[place].stem == word.stem { lengths[place] + 1 } else { 0 };
        }
        let longest = lengths.iter().copied().max().unwrap_or(0);
        let run = at + 1 - longest..at + 1;
        if other[run.clone()].iter().filter(|word| word.meaningful).count() > 1 {
            runs.push(run);
        }
    }
    runs.sort_by_key(|run| (std::cmp::Reverse(run.len()), run.start));
    let mut kept: Vec<Range<usize>> = Vec::new();
    for run in runs {
        if kept.len() < PHRASES && kept.iter().all(|other| run.end <= other.start || other.end <= run.start) {
            kept.push(run);
        }
    }
    kept
}

/// Smoothed inverse document frequency: 1 where every text has it.
fn rarity(held: u32, texts: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "counts of texts")]
    let [held, texts] = [held as f32, texts as f32];
    ((1.0 + texts) / (1.0 + held)).ln() + 1.0
}

/// Counts weighted by rarity, sorted by item.
struct Vector<T> {
    /// Of length 1.
    items: Vec<(T, f32)>,
    /// Before that.
    length: f32,
}

impl<T: Ord> Vector<T> {
    fn new(counted: Vec<(T, f32)>, rarity: impl Fn(&T) -> f32) -> Self {
        let mut items = counted;
        for (item, times) in &mut items {
            *times = times.sqrt() * rarity(item);
        }
        let length = items.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        items.iter_mut().for_each(|(_, weight)| *weight /= length);
        Self { items, length }
    }

    /// The cosine, stretched.
    fn like(&self, other: &Self) -> f32 {
        let (mut a, mut b, mut sum) = (0, 0, 0.0);
        while let (Some((mine, weight)), Some((theirs, other))) = (self.items.get(a), other.items.get(b)) {
            match mine.cmp(theirs) {
                Ordering::Less => a += 1,
                Ordering::Greater => b += 1,
                Ordering::Equal => {
                    sum += weight * other;
                    a += 1;
                    b += 1;
                }
            }
        }
        sum * stretch(self.length, other.length)
    }
}

/// What a cosine is multiplied by for two vectors of these lengths: a short text that a long one holds is punished less for
/// what the long one says besides (after the pivoted normalisation of Singhal, Buckley and Mitra, 1996). 1 for equal lengths.
fn stretch(one: f32, other: f32) -> f32 {
    let [short, long] = if one < other { [one, other] } else { [other, one] };
    if short > 0.0 { (long / short).powf(STRETCH) } else { 0.0 }
}

const fn bucket(gram: u32) -> usize {
    gram as usize % BUCKETS
}

/// The best of these, best first; of equals, the first.
fn best(
    scored: impl Iterator<Item = (usize, f32)>,
    limit: usize,
    keep: impl Fn(usize, f32) -> bool,
) -> Vec<(usize, f32)> {
    let mut found: Vec<(usize, f32)> = scored.filter(|(place, score)| keep(*place, *score)).collect();
    let order = |one: &(usize, f32), other: &(usize, f32)| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0));
    if found.len() > limit {
        found.select_nth_unstable_by(limit, order);
        found.truncate(limit);
    }
    found.sort_unstable_by(order);
    found
}

#[cfg(test)]
mod tests {
    use super::{Index, Language, Shared};
    use proptest::prelude::*;

    const TEXTS: [&str; 5] = [
        "Mettre en place une navette le soir vers la zone d’activités",
        "Une navette vers la zone d'activité, matin et soir",
        "Ouvrir un guichet unique pour les demandeurs d’emploi",
        "GUICHET UNIQUE: emploi et logement",
        "…",
    ];

    #[test]
    fn a_text_is_found_in_other_words_and_the_reason_is_told() {
        let index = Index::new(Language::Fr, TEXTS);
        let found = index.like(TEXTS[0], 3, |place| place == 0);
        assert_eq!(found[0].place, 1);
        assert_eq!(found[0].shared.phrases, ["vers la zone d activité"]);
        assert_eq!(found[0].shared.words, ["navette", "soir"]);
        let found = index.like("guichet uniqe", 1, |_| false);
        assert!([2, 3].contains(&found[0].place), "a typo is forgiven");
        assert!(index.like("…", 3, |_| false).is_empty(), "nothing is like a text without words");
    }

    #[test]
    fn a_text_added_later_is_found_like_the_others() {
        let mut index = Index::new(Language::Fr, TEXTS);
        let place = index.add("Un numéro vert pour les saisonniers");
        assert_eq!((place, index.text(place)), (5, Some("Un numéro vert pour les saisonniers")));
        let found = index.like("numero vert pour saisonnier", 2, |_| false);
        assert_eq!(found[0].place, place);
        assert!(found[0].score > 0.5);
        // What was there before is found as well as ever.
        assert_eq!(index.like(TEXTS[0], 1, |place| place == 0)[0].place, 1);
    }

    #[test]
    fn identical_texts_score_one_and_strangers_almost_nothing() {
        let index = Index::new(Language::Fr, TEXTS);
        assert!(index.compare(TEXTS[0], TEXTS[0]).0 > 0.999);
        let (score, shared) = index.compare("navette", "logement");
        assert!(score < 0.1 && shared == Shared::default());
        let empty = Index::new(Language::En, Vec::<String>::new());
        assert!(empty.like("anything", 5, |_| false).is_empty());
        assert!(empty.compare("the same words", "The same words.").0 > 0.999);
    }

    proptest! {
        #[test]
        fn whatever_the_texts_scores_are_bounded_and_alike_both_ways(one in "\\PC{0,60}", other in "\\PC{0,60}") {
            let index = Index::new(Language::Fr, [&one, &other]);
            let (there, _) = index.compare(&one, &other);
            let (back, _) = index.compare(&other, &one);
            prop_assert!((0.0..=1.0).contains(&there) && (there - back).abs() < 1e-5);
            for found in index.like(&one, 5, |_| false) {
                prop_assert!((0.0..=1.0).contains(&found.score));
            }
        }
    }
}
