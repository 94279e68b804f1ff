//! Semblables: proposals of different ateliers that say the same, suggested with the reason; people decide.

use crate::{Failure, Language, Session, catalog::text, suggest::pair, views::*};
use moisson_domain::{Entity, Field, Kind};
use moisson_likeness::{Index, Shared};
use serde::Serialize;
use std::collections::HashSet;

/// Below this score two proposals share too little to be suggested.
pub(crate) const LEAST: f32 = 0.25;

/// How alike two texts are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alike {
    /// From 0, nothing in common, to 1, the same words.
    pub score: f32,
    /// Phrases, then words, that they share.
    pub why: Vec<String>,
}

/// Texts of any origin, to be searched by likeness.
pub struct Corpus(Index);

impl Corpus {
    /// Reads the texts.
    pub fn new(language: Language, texts: impl IntoIterator<Item = String>) -> Self {
        Self(Index::new(spoken(language), texts))
    }

    /// Places of the texts most like this one, best first.
    #[must_use]
    pub fn like(&self, text: &str, limit: usize) -> Vec<(usize, Alike)> {
        let found = self.0.like(text, limit, |_| false).into_iter();
        found.map(|one| (one.place, Alike { score: one.score, why: why(one.shared) })).collect()
    }

    /// How alike two texts are, words being as rare as in this corpus.
    #[must_use]
    pub fn compare(&self, one: &str, other: &str) -> Alike {
        let (score, shared) = self.0.compare(one, other);
        Alike { score, why: why(shared) }
    }
}

impl Session {
    /// Proposals that say what a text says, best first.
    ///
    /// # Errors
    /// What the store reports.
    pub fn similar_to(&self, words: &str, limit: u32, least: Option<f32>) -> Result<Vec<Similar>, Failure> {
        let origins = self.origins()?;
        let proposals = self.list(Kind::Proposal)?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let found = self.index(&proposals).like(words, limit, |place| lives_on(&proposals[place]));
        let kept = found.into_iter().filter(|one| one.score >= least.unwrap_or(LEAST));
        Ok(kept
            .map(|one| Similar {
                proposal: origins.source(&proposals[one.place]),
                score: one.score,
                why: why(one.shared),
            })
            .collect())
    }

    /// Pairs of proposals of different ateliers that say the same, are not put together and were not judged different,
    /// best first.
    ///
    /// # Errors
    /// What the store reports.
    pub fn similar_pairs(&self, limit: u32, least: Option<f32>) -> Result<Vec<SimilarPair>, Failure> {
        let origins = self.origins()?;
        let proposals = self.list(Kind::Proposal)?;
        let index = self.index(&proposals);
        let different = self.different()?;
        let mut seen = HashSet::new();
        let mut pairs = Vec::new();
        for (place, this) in proposals.iter().enumerate().filter(|(_, this)| !lives_on(this)) {
            let skip = |other: usize| {
                other == place
                    || lives_on(&proposals[other])
                    || same(this, &proposals[other], Field::Workshop)
                    || same(this, &proposals[other], Field::Cluster)
                    || different.contains(&pair(this.id, proposals[other].id))
            };
            for found in index.like(&text(this, Field::Text), PER_PROPOSAL, skip) {
                let pair = (place.min(found.place), place.max(found.place));
                if found.score >= least.unwrap_or(LEAST) && seen.insert(pair) {
                    pairs.push((pair, found.score, found.shared));
                }
            }
        }
        pairs.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        pairs.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let pair = |((one, other), score, shared)| SimilarPair {
            a: origins.source(&proposals[one]),
            b: origins.source(&proposals[other]),
            score,
            why: why(shared),
        };
        Ok(pairs.into_iter().map(pair).collect())
    }

    fn index(&self, proposals: &[Entity]) -> Index {
        Index::new(spoken(self.language()), proposals.iter().map(|proposal| text(proposal, Field::Text)))
    }
}

/// Pairs looked for from each proposal.
const PER_PROPOSAL: usize = 5;

/// Whether a proposal was put aside for those it was split into or joined in.
fn lives_on(proposal: &Entity) -> bool {
    proposal.fields.flag(Field::Parked)
}

/// Whether both name the same in a field.
fn same(one: &Entity, other: &Entity, field: Field) -> bool {
    one.fields.id(field).is_some_and(|id| other.fields.id(field) == Some(id))
}

pub(crate) const fn spoken(language: Language) -> moisson_likeness::Language {
    match language {
        Language::Fr => moisson_likeness::Language::Fr,
        Language::En => moisson_likeness::Language::En,
    }
}

pub(crate) fn why(shared: Shared) -> Vec<String> {
    shared.phrases.into_iter().chain(shared.words).collect()
}
