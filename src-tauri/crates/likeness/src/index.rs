//! A set of texts, to be searched by likeness.

use crate::{
    lexicon::{Lexicon, Strange, Word},
    words::{Language, count, pieces, tokens},
};
use rustc_hash::FxHashSet;
use std::{cmp::Ordering, ops::Range};

/// How much stems count; n-grams of letters count for the rest. This and [`STRETCH`] are the round figures that did best both
/// on pairs of sentences scored by people and on titles looking for their texts (`tests/likeness.rs`).
const STEMS: f32 = 0.35;

/// How much a difference of length is forgiven.
const STRETCH: f32 = 0.2;

/// Texts compared letter by letter for one query: those that share the rarest words with it.
const CANDIDATES: usize = 200;

/// Words that a reason quotes at most.
const QUOTED: usize = 6;

/// Phrases that a reason quotes at most.
const PHRASES: usize = 3;

/// Texts of one language, ready to be searched.
pub struct Index {
    lexicon: Lexicon,
    texts: Vec<Text>,
    /// By stem: the texts that hold it and its weight there, of a vector of length 1.
    postings: Vec<Vec<(u32, f32)>>,
    /// By stem: how rare it is.
    rarity: Vec<f32>,
    /// By n-gram of letters: how many texts hold it.
    frequency: Vec<u32>,
}

/// A text of the index.
struct Text {
    said: String,
    /// Its tokens in their order, and each once with how often it is there.
    order: Box<[u32]>,
    tokens: Box<[(u32, f32)]>,
    /// Length as a vector of weighted stems, and as one of weighted n-grams.
    stems: Length,
    letters: Length,
}

/// The length of a vector, and what of it counts where lengths are compared: see [`stretch`].
#[derive(Clone, Copy, Default)]
struct Length {
    whole: f32,
    felt: f32,
}

impl Length {
    fn new(whole: f32) -> Self {
        Self { whole, felt: whole.powf(STRETCH) }
    }
}

/// A question: its words, its stems and its n-grams of letters, weighted.
struct Asked<'a> {
    words: Vec<Word<'a>>,
    stems: Vector<u32>,
    letters: Vector<u32>,
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
            lexicon: Lexicon::new(language),
            texts: Vec::new(),
            postings: Vec::new(),
            rarity: Vec::new(),
            frequency: Vec::new(),
        };
        // The last text in which each n-gram was met.
        let mut met = Vec::new();
        for text in texts {
            let text = index.cut(text.into());
            index.count_letters(&text.tokens, &mut met);
            index.texts.push(text);
        }
        let vectors: Vec<Vec<(u32, f32)>> = index.texts.iter().map(|text| index.stems_of(&text.tokens)).collect();
        let mut held = vec![0_u32; index.lexicon.sizes().0];
        vectors.iter().flatten().for_each(|(stem, _)| held[*stem as usize] += 1);
        index.rarity = held.iter().map(|held| rarity(*held, index.texts.len())).collect();
        index.postings = held.iter().map(|held| Vec::with_capacity(*held as usize)).collect();
        let weights: Vec<f32> = (0..index.lexicon.len()).map(|token| index.weight(token as u32)).collect();
        for (place, vector) in vectors.into_iter().enumerate() {
            index.post(place, vector, |token| weights[token as usize]);
        }
        index
    }

    /// Adds a text and says its place. Words keep the rarity they had when the index was made: where many texts were added,
    /// make it anew.
    pub fn add(&mut self, text: impl Into<String>) -> usize {
        let place = self.texts.len();
        let text = self.cut(text.into());
        self.count_letters(&text.tokens, &mut Vec::new());
        let vector = self.stems_of(&text.tokens);
        let weights: Vec<(u32, f32)> = text.tokens.iter().map(|(token, _)| (*token, self.weight(*token))).collect();
        self.texts.push(text);
        let (stems, _) = self.lexicon.sizes();
        let unheard = rarity(1, self.texts.len());
        self.rarity.resize(stems, unheard);
        self.postings.resize_with(stems, Vec::new);
        let weight = |token| weights.iter().find(|(one, _)| *one == token).map_or(0.0, |(_, weight)| *weight);
        self.post(place, vector, weight);
        place
    }

    /// The text in a place.
    #[must_use]
    pub fn text(&self, place: usize) -> Option<&str> {
        self.texts.get(place).map(|text| text.said.as_str())
    }

    fn cut(&mut self, said: String) -> Text {
        let order: Vec<u32> = tokens(&said).into_iter().map(|token| self.lexicon.learn(token)).collect();
        let tokens = count(order.clone()).into_boxed_slice();
        Text { said, order: order.into(), tokens, stems: Length::default(), letters: Length::default() }
    }

    /// Counts a text for each n-gram that it holds.
    fn count_letters(&mut self, tokens: &[(u32, f32)], met: &mut Vec<u32>) {
        let (_, grams) = self.lexicon.sizes();
        self.frequency.resize(grams, 0);
        met.resize(grams, u32::MAX);
        let place = self.texts.len() as u32;
        for gram in tokens.iter().flat_map(|(token, _)| &self.lexicon.token(*token).grams) {
            let last = &mut met[*gram as usize];
            if *last != place {
                *last = place;
                self.frequency[*gram as usize] += 1;
            }
        }
    }

    /// The stems of tokens, each once with how often it is there.
    fn stems_of(&self, tokens: &[(u32, f32)]) -> Vec<(u32, f32)> {
        let mut stems: Vec<(u32, f32)> = tokens
            .iter()
            .flat_map(|(token, times)| self.lexicon.token(*token).words.iter().map(move |(stem, _)| (*stem, *times)))
            .collect();
        stems.sort_unstable_by_key(|(stem, _)| *stem);
        stems.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
        stems
    }

    /// What a token adds to the square of a text's length in letters: counts are weighed by their root.
    fn weight(&self, token: u32) -> f32 {
        self.lexicon.token(token).grams.iter().map(|gram| self.rarity_of_gram(*gram).powi(2)).sum()
    }

    fn post(&mut self, place: usize, counted: Vec<(u32, f32)>, weight: impl Fn(u32) -> f32) {
        let vector = Vector::new(counted, |stem| self.rarity[*stem as usize]);
        let text = &mut self.texts[place];
        text.stems = vector.length;
        text.letters = Length::new(text.tokens.iter().map(|(token, times)| times * weight(*token)).sum::<f32>().sqrt());
        for (stem, weight) in vector.items {
            self.postings[stem as usize].push((place as u32, weight));
        }
    }

    /// The texts most like this one, best first; `skip` leaves out those it does not want to hear of.
    pub fn like(&self, text: &str, limit: usize, skip: impl Fn(usize) -> bool) -> Vec<Match> {
        let asked = self.ask(text, &mut Strange::default());
        let mut scores = vec![0.0_f32; self.texts.len()];
        for (stem, weight) in &asked.stems.items {
            for (place, theirs) in self.postings.get(*stem as usize).map_or(&[][..], Vec::as_slice) {
                scores[*place as usize] += weight * theirs;
            }
        }
        for (score, text) in scores.iter_mut().zip(&self.texts) {
            if *score > 0.0 {
                *score *= stretch(asked.stems.length, text.stems);
            }
        }
        let mut letters = Letters::new(self, &asked.letters);
        let found = best(scores.iter().copied().enumerate(), CANDIDATES, |place, score| score > 0.0 && !skip(place));
        let mixed: Vec<(usize, f32)> =
            found.into_iter().map(|(place, score)| (place, mix(score, letters.like(&self.texts[place])))).collect();
        best(mixed.into_iter(), limit, |_, _| true)
            .into_iter()
            .map(|(place, score)| {
                let theirs = self.words(&self.texts[place]);
                Match { place, score, shared: self.shared(&asked.words, &theirs) }
            })
            .collect()
    }

    /// How alike two texts are, words being as rare as in this index, and what they share.
    #[must_use]
    pub fn compare(&self, one: &str, other: &str) -> (f32, Shared) {
        let mut strange = Strange::default();
        let [mine, theirs] = [one, other].map(|text| self.ask(text, &mut strange));
        let score = mix(mine.stems.like(&theirs.stems), mine.letters.like(&theirs.letters));
        (score, self.shared(&mine.words, &theirs.words))
    }

    fn ask<'a>(&self, text: &'a str, strange: &mut Strange) -> Asked<'a> {
        let (mut words, mut grams) = (Vec::new(), Vec::new());
        for token in tokens(text) {
            let known = self.lexicon.ask(token, strange);
            grams.extend_from_slice(&known.grams);
            words.extend(placed(token, &known.words));
        }
        let stems = count(words.iter().map(|word| word.stem).collect());
        Asked {
            words,
            stems: Vector::new(stems, |stem| self.rarity_of(*stem)),
            letters: Vector::new(count(grams), |gram| self.rarity_of_gram(*gram)),
        }
    }

    /// The words of a text, in their order.
    fn words<'a>(&self, text: &'a Text) -> Vec<Word<'a>> {
        let known = text.order.iter().map(|token| &self.lexicon.token(*token).words);
        tokens(&text.said).into_iter().zip(known).flat_map(|(token, words)| placed(token, words)).collect()
    }

    fn rarity_of(&self, stem: u32) -> f32 {
        self.rarity.get(stem as usize).copied().unwrap_or_else(|| rarity(0, self.texts.len()))
    }

    fn rarity_of_gram(&self, gram: u32) -> f32 {
        rarity(self.frequency.get(gram as usize).copied().unwrap_or_default(), self.texts.len())
    }

    /// What two texts share, in the words of the second.
    fn shared(&self, one: &[Word<'_>], other: &[Word<'_>]) -> Shared {
        let phrases = phrases(one, other);
        let quoted = |at: usize| phrases.iter().any(|phrase| phrase.contains(&at));
        let mine: FxHashSet<u32> = one.iter().map(|word| word.stem).collect();
        let mut told = FxHashSet::default();
        let mut words: Vec<&Word<'_>> = (0..other.len())
            .filter(|at| !quoted(*at))
            .map(|at| &other[at])
            .filter(|word| word.meaningful && mine.contains(&word.stem) && told.insert(word.stem))
            .collect();
        words.sort_by(|a, b| self.rarity_of(b.stem).total_cmp(&self.rarity_of(a.stem)));
        words.truncate(QUOTED);
        let said =
            |phrase: &Range<usize>| other[phrase.clone()].iter().map(|word| word.written).collect::<Vec<_>>().join(" ");
        Shared {
            phrases: phrases.iter().map(said).collect(),
            words: words.into_iter().map(|word| word.written.to_owned()).collect(),
        }
    }
}

/// The words of a token, with what is known of each.
fn placed<'a>(token: &'a str, words: &[(u32, bool)]) -> impl Iterator<Item = Word<'a>> {
    pieces(token).zip(words).map(|(written, (stem, meaningful))| Word { written, stem: *stem, meaningful: *meaningful })
}

/// The letters of a question, laid out so that a text is compared token by token.
struct Letters {
    /// By token: where its list begins among the links; each link is an n-gram of the question that the token holds.
    first: Vec<u32>,
    links: Vec<(u32, u32)>,
    /// By n-gram of the question: what it weighs, and how often the text under comparison has it.
    weights: Vec<f32>,
    times: Vec<f32>,
    length: Length,
}

/// The end of a list of links.
const END: u32 = u32::MAX;

impl Letters {
    fn new(index: &Index, asked: &Vector<u32>) -> Self {
        let mut letters = Self {
            first: vec![END; index.lexicon.len()],
            links: Vec::new(),
            weights: Vec::with_capacity(asked.items.len()),
            times: vec![0.0; asked.items.len()],
            length: asked.length,
        };
        for (place, (gram, weight)) in asked.items.iter().enumerate() {
            letters.weights.push(weight * index.rarity_of_gram(*gram));
            for token in index.lexicon.holders.get(*gram as usize).into_iter().flatten() {
                let first = &mut letters.first[*token as usize];
                letters.links.push((place as u32, *first));
                *first = letters.links.len() as u32 - 1;
            }
        }
        letters
    }

    /// The cosine with a text, stretched.
    fn like(&mut self, text: &Text) -> f32 {
        if text.letters.whole == 0.0 {
            return 0.0;
        }
        for (token, times) in &text.tokens {
            let mut link = self.first[*token as usize];
            while let Some((place, next)) = self.links.get(link as usize) {
                self.times[*place as usize] += times;
                link = *next;
            }
        }
        let mut sum = 0.0;
        for (times, weight) in self.times.iter_mut().zip(&self.weights) {
            sum += times.sqrt() * weight;
            *times = 0.0;
        }
        sum / text.letters.whole * stretch(self.length, text.letters)
    }
}

fn mix(stems: f32, letters: f32) -> f32 {
    STEMS.mul_add(stems, (1.0 - STEMS) * letters).clamp(0.0, 1.0)
}

/// Runs of words of the second text that the first has too, of two words that carry meaning or more: longest first, none
/// within another.
fn phrases(one: &[Word<'_>], other: &[Word<'_>]) -> Vec<Range<usize>> {
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
    length: Length,
}

impl<T: Ord> Vector<T> {
    fn new(counted: Vec<(T, f32)>, rarity: impl Fn(&T) -> f32) -> Self {
        let mut items = counted;
        for (item, times) in &mut items {
            *times = times.sqrt() * rarity(item);
        }
        let length = items.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        items.iter_mut().for_each(|(_, weight)| *weight /= length);
        Self { items, length: Length::new(length) }
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
fn stretch(one: Length, other: Length) -> f32 {
    let [short, long] = if one.felt < other.felt { [one.felt, other.felt] } else { [other.felt, one.felt] };
    if short > 0.0 { long / short } else { 0.0 }
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
