//! A result as a figure of the minutes: what is drawn, and the table that says the same. Methods that a bar or a profile per
//! option shows best have none.

use super::words::{decimal, quadrant_name};
use crate::{Language, views::BallotView};
use moisson_document::source::{PictureSource, Shape};
use moisson_tally::{Method, Opinion, Outcome, Score, Step};
use serde_json::Number;

/// Duels of more options than this are a table without a drawing that nobody could read.
const MOST_DUELS: usize = 14;
/// Rounds that a page is wide enough for.
const MOST_ROUNDS: usize = 8;

/// What a result looks like.
pub(crate) fn picture(view: &BallotView, outcome: &Outcome, language: Language) -> Option<PictureSource> {
    let result = Shown { view, outcome, language };
    match outcome.method {
        Method::Hands | Method::Dots | Method::Approval | Method::MajorityJudgment => None,
        Method::Score | Method::Pairwise => result.ranges(),
        Method::ImpactEffort => result.plane(),
        Method::Borda | Method::Copeland | Method::RankedPairs | Method::Schulze => result.duels(),
        Method::Irv | Method::Stv => result.rounds(),
        Method::Consent | Method::Consensus => result.parts(),
        Method::Budget => result.kept(),
    }
}

struct Shown<'a> {
    view: &'a BallotView,
    outcome: &'a Outcome,
    language: Language,
}

impl Shown<'_> {
    fn label(&self, id: &str) -> String {
        let option = self.view.options.iter().find(|option| option.id.to_string() == id);
        option.map_or_else(|| id.to_owned(), |option| option.label.clone())
    }

    /// Options from best to worst, each with its score.
    fn scored(&self) -> impl Iterator<Item = (String, &Score)> {
        let ids = self.outcome.ranking.iter().flatten();
        ids.filter_map(|id| Some((self.label(id), self.outcome.scores.get(id)?)))
    }

    fn say<const N: usize>(&self, pairs: [(&str, &str); N]) -> Vec<String> {
        pairs.map(|(fr, en)| self.language.say(fr, en)).to_vec()
    }

    fn words(&self, number: &Number) -> String {
        decimal(number, self.language)
    }

    fn ranges(&self) -> Option<PictureSource> {
        let mut drawn = Vec::new();
        let mut rows = Vec::new();
        for (label, score) in self.scored() {
            let (from, middle, to, more) = match score {
                Score::Scores { mean, quartiles, answers, .. } => {
                    (&quartiles.0, mean, &quartiles.1, answers.to_string())
                }
                Score::Strength { strength, interval, won, lost } => {
                    (&interval.0, strength, &interval.1, format!("{won} / {lost}"))
                }
                _ => continue,
            };
            let words = self.words(middle);
            drawn.push((label.clone(), (real(from), real(middle), real(to)), words.clone()));
            rows.push(vec![label, words, self.words(from), self.words(to), more]);
        }
        let scores = self.outcome.method == Method::Score;
        let highest = drawn.iter().map(|row| row.1.2).fold(0.0, f64::max);
        let settings = &self.view.settings;
        let scale = if scores {
            (f64::from(settings.min.unwrap_or(0)), settings.max.map_or(highest, f64::from))
        } else {
            (0.0, highest)
        };
        let header = if scores {
            self.say([
                ("Choix", "Option"),
                ("Moyenne", "Mean"),
                ("Quart le plus bas", "Lower quartile"),
                ("Quart le plus haut", "Upper quartile"),
                ("Notes", "Scores"),
            ])
        } else {
            self.say([
                ("Choix", "Option"),
                ("Force", "Strength"),
                ("Au moins", "At least"),
                ("Au plus", "At most"),
                ("Gagnés / perdus", "Won / lost"),
            ])
        };
        shown(Shape::Ranges { scale, rows: drawn }, header, rows)
    }

    fn plane(&self) -> Option<PictureSource> {
        let middle = self.outcome.explanation.iter().find_map(|step| match step {
            Step::Quadrants { middle } => Some(real(middle)),
            _ => None,
        })?;
        let mut places = Vec::new();
        let mut rows = Vec::new();
        for (label, score) in self.scored() {
            let Score::Plane { impact, effort, answers, quadrant, .. } = score else { continue };
            places.push((real(impact), real(effort)));
            let number = places.len();
            let quadrant = quadrant_name(*quadrant, self.language);
            rows.push(vec![
                format!("{number}. {label}"),
                self.words(impact),
                self.words(effort),
                quadrant,
                answers.to_string(),
            ]);
        }
        let low = f64::from(self.view.settings.min.unwrap_or(0));
        let axes = (self.language.say("Impact", "Impact"), self.language.say("Effort", "Effort"));
        let shape = Shape::Plane { scale: (low, 2.0 * middle - low), middle, axes, places };
        let header = self.say([
            ("Choix", "Option"),
            ("Impact", "Impact"),
            ("Effort", "Effort"),
            ("Quart du plan", "Quarter"),
            ("Réponses", "Answers"),
        ]);
        shown(shape, header, rows)
    }

    fn duels(&self) -> Option<PictureSource> {
        let (ids, margins) = self.outcome.explanation.iter().find_map(|step| match step {
            Step::Duels { options, margins } => Some((options, margins)),
            _ => None,
        })?;
        // In the order of the result: who is ahead stands above.
        let at = |id: &String| ids.iter().position(|other| other == id);
        let order: Vec<usize> = self.outcome.ranking.iter().flatten().filter_map(at).collect();
        if order.len() > MOST_DUELS {
            return None;
        }
        let options: Vec<String> = order.iter().filter_map(|at| ids.get(*at)).map(|id| self.label(id)).collect();
        let margin = |row: usize, column: usize| margins.get(row).and_then(|row| row.get(column)).map_or(0.0, real);
        let cells: Vec<Vec<f64>> =
            order.iter().map(|row| order.iter().map(|column| margin(*row, *column)).collect()).collect();
        let mut header =
            self.say([("Écart du choix en ligne sur celui en colonne", "Margin of the row over the column")]);
        header.extend((1..=options.len()).map(|number| number.to_string()));
        let rows = options.iter().zip(&cells).enumerate().map(|(row, (label, cells))| {
            let cell = |(column, margin): (usize, &f64)| match margin {
                _ if column == row => String::from("–"),
                margin if *margin == 0.0 => String::from("0"),
                margin => format!("{margin:+}"),
            };
            let mut words = vec![format!("{}. {label}", row + 1)];
            words.extend(cells.iter().enumerate().map(cell));
            words
        });
        let rows = rows.collect();
        shown(Shape::Duels { options, margins: cells }, header, rows)
    }

    fn rounds(&self) -> Option<PictureSource> {
        let rounds: Vec<_> = self
            .outcome
            .explanation
            .iter()
            .filter_map(|step| match step {
                Step::Round { votes, exhausted, .. } => Some((votes, exhausted)),
                _ => None,
            })
            .collect();
        if rounds.is_empty() || rounds.len() > MOST_ROUNDS {
            return None;
        }
        let votes = |id: &str| -> Vec<Option<f64>> {
            let of = |(votes, _): &(&Vec<(String, Number)>, &Number)| {
                votes.iter().find(|(other, _)| other == id).map(|(_, votes)| real(votes))
            };
            rounds.iter().map(of).collect()
        };
        let drawn: Vec<(String, Vec<Option<f64>>)> =
            self.outcome.ranking.iter().flatten().map(|id| (self.label(id), votes(id))).collect();
        let number = |votes: &Option<f64>| match votes {
            Some(votes) => Number::from_f64(*votes).map_or_else(String::new, |votes| self.words(&votes)),
            None => String::from("–"),
        };
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (label, votes) in &drawn {
            rows.push(std::iter::once(label.clone()).chain(votes.iter().map(number)).collect());
        }
        let out = self.language.say("Bulletins épuisés", "Exhausted ballots");
        rows.push(std::iter::once(out).chain(rounds.iter().map(|(_, exhausted)| self.words(exhausted))).collect());
        let mut header = self.say([("Choix", "Option")]);
        header.extend((1..=rounds.len()).map(|n| self.language.say(format!("Tour {n}"), format!("Round {n}"))));
        shown(Shape::Rounds { rows: drawn }, header, rows)
    }

    fn parts(&self) -> Option<PictureSource> {
        let mut drawn = Vec::new();
        let mut rows = Vec::new();
        for (label, score) in self.scored() {
            let sizes = match score {
                Score::Consent { consent, stand_aside, object } => [consent, stand_aside, object].map(real),
                Score::Statement { groups, .. } => {
                    let all = |of: fn(&Opinion) -> &Number| groups.iter().map(|group| real(of(group))).sum::<f64>();
                    [all(|one| &one.agree), all(|one| &one.pass), all(|one| &one.disagree)]
                }
                _ => continue,
            };
            let words = sizes.map(|size| size.to_string());
            let mut row = vec![label.clone()];
            row.extend(words.clone());
            if let Score::Statement { group_informed_consensus, groups } = score {
                row.push(format!("{:.0}\u{a0}%", real(group_informed_consensus) * 100.0));
                let split: Vec<String> = groups
                    .iter()
                    .map(|one| format!("{}\u{a0}: {}/{}/{}", one.group, one.agree, one.pass, one.disagree))
                    .collect();
                row.push(split.join(" ; "));
            }
            rows.push(row);
            drawn.push((label, sizes.to_vec(), words.join(" / ")));
        }
        let header = if self.outcome.method == Method::Consent {
            self.say([
                ("Proposition", "Proposal"),
                ("Consentent", "Consent"),
                ("Se retirent", "Stand aside"),
                ("Objectent", "Object"),
            ])
        } else {
            self.say([
                ("Énoncé", "Statement"),
                ("D’accord", "Agree"),
                ("Passent", "Pass"),
                ("Pas d’accord", "Disagree"),
                ("Consensus", "Consensus"),
                ("Par groupe d’opinion", "By group of opinion"),
            ])
        };
        shown(Shape::Parts { rows: drawn }, header, rows)
    }

    fn kept(&self) -> Option<PictureSource> {
        let mut drawn = Vec::new();
        let mut rows = Vec::new();
        for id in self.outcome.ranking.iter().flatten() {
            let Some(Score::Project { cost, supporters }) = self.outcome.scores.get(id) else { continue };
            let kept = self.outcome.winners.contains(id);
            let (label, cost) = (self.label(id), self.words(cost));
            drawn.push((label.clone(), real(supporters), format!("{supporters} · {cost}\u{a0}€"), kept));
            let yes = if kept { self.language.say("oui", "yes") } else { self.language.say("non", "no") };
            rows.push(vec![label, supporters.to_string(), format!("{cost}\u{a0}€"), yes]);
        }
        let header =
            self.say([("Projet", "Project"), ("Soutiens", "Supporters"), ("Coût", "Cost"), ("Financé", "Funded")]);
        shown(Shape::Kept { rows: drawn }, header, rows)
    }
}

fn shown(shape: Shape, header: Vec<String>, rows: Vec<Vec<String>>) -> Option<PictureSource> {
    (!rows.is_empty()).then_some(PictureSource { shape, header, rows })
}

fn real(number: &Number) -> f64 {
    number.as_f64().unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use super::*;
    use crate::ballot::tests::{METHODS, first, room};

    #[test]
    fn every_method_has_its_figure_and_the_table_that_says_the_same() {
        let mut room = room();
        for method in METHODS {
            let open = room.open(method);
            for _ in 0..2 {
                room.session.cast(open.id, &first(&open)).unwrap();
            }
            room.session.close_ballot(open.id).unwrap();
            let closed = room.session.ballot(open.id).unwrap();
            let Some(picture) = picture(&closed, closed.outcome.as_ref().unwrap(), Language::Fr) else {
                assert!(
                    closed.outcome.unwrap().scores.values().all(|score| {
                        matches!(score, Score::Votes { .. } | Score::Dots { .. } | Score::Merit { .. })
                    })
                );
                continue;
            };
            assert!(picture.rows.len() >= 3, "{method:?}: a row per option");
            assert!(picture.rows.iter().all(|row| row.len() == picture.header.len()), "{method:?}");
            assert!(picture.rows[0][0].contains("Un bus"), "{method:?}: the first ahead");
        }
        // They all stand in the minutes, in every format's neutral form.
        let minutes = room.session.closing(room.workshop).unwrap().minutes;
        let json = serde_json::to_string(&minutes).unwrap();
        for words in
            ["Quart du plan", "Écart du choix", "Bulletins épuisés", "Objectent", "Financé", "Par groupe d’opinion"]
        {
            assert!(json.contains(words), "{words}");
        }
    }
}
