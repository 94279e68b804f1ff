//! What documents say, gathered from the read models.

use crate::{
    Failure, Session,
    ballot::{grade_names, picture, score_words},
    catalog::text,
    consolidate::Origins,
    views::*,
};
use chrono::NaiveDate;
use moisson_document::source::*;
use moisson_domain::{EntityId, Field, Kind};
use moisson_tally::{Score, Settings};
use std::collections::{BTreeMap, HashMap};

impl Session {
    pub(crate) fn frame(&self) -> Result<Frame, Failure> {
        let process = self.process_row()?;
        let funder = |one: &moisson_domain::Entity| FunderSource {
            name: text(one, Field::Name),
            statement: one.fields.string(Field::Statement),
        };
        Ok(Frame {
            funders: self.list(Kind::Funder)?.iter().map(funder).collect(),
            language: self.language().code().to_owned(),
            process: process.title,
            organisation: process.organisation.unwrap_or_default(),
            funding_reference: process.funding_reference,
            funding_statement: process.funding_statement,
            date: (self.world.now)().date_naive(),
            look: self.look()?,
        })
    }

    /// What the plan says.
    pub(crate) fn plan_source(&self) -> Result<PlanSource, Failure> {
        let origins = self.origins()?;
        let process = self.process_row()?;
        let plan = self.plan_over(&origins)?;
        let codes = self.codes(&origins)?;
        let findings = self.findings(&origins.catalog)?;
        let mut actions_of: HashMap<EntityId, Vec<String>> = HashMap::new();
        let mut axes = Vec::new();
        for axis in &plan.axes {
            let mut objectives = Vec::new();
            for objective in &axis.objectives {
                let mut actions = Vec::new();
                for row in &objective.actions {
                    actions.push(self.action_source(row, &origins, &codes, &findings, &mut actions_of)?);
                }
                objectives.push(ObjectiveSource {
                    number: objective.number.clone(),
                    title: objective.title.clone(),
                    description: objective.description.clone(),
                    actions,
                });
            }
            axes.push(AxisSource {
                number: axis.number.clone(),
                title: axis.title.clone(),
                description: axis.description.clone(),
                objectives,
            });
        }
        let mut loose = Vec::new();
        for row in &plan.loose {
            loose.push(self.action_source(row, &origins, &codes, &findings, &mut actions_of)?);
        }
        let again = self.said_again(None, &origins.catalog)?;
        let mut answered = self.outcome_sources()?;
        let mut proposals = Vec::new();
        self.store.for_each(Some(Kind::Proposal.name()), |proposal| {
            let workshop = proposal.fields.id(Field::Workshop).and_then(|id| origins.workshop(id));
            let date = workshop.and_then(|row| row.date.as_deref()).and_then(day);
            let outcomes = answered.remove(&proposal.id).unwrap_or_default();
            let source = origins.source(&proposal);
            let code = codes.get(&proposal.id).cloned().unwrap_or_default();
            let actions = actions_of.get(&proposal.id).cloned().unwrap_or_default();
            let times = again.times(proposal.id);
            let known = proposal_source(source, code, actions);
            let parked = proposal.fields.flag(Field::Parked);
            proposals.push(ProposalSource { said_again: times, date, outcomes, parked, ..known });
        })?;
        let mut workshops = Vec::new();
        let mut priorities = Vec::new();
        for row in self.workshops(&origins.catalog)? {
            let room = self.workshop_source(&row)?;
            for ballot in self.ballots(row.id)? {
                let vote = self.vote_source(ballot.id)?;
                priorities.extend(vote.into_iter().flat_map(|vote| first_choices(&room, vote)));
            }
            workshops.push(room);
        }
        let themes = origins.catalog.themes.iter().map(|theme| ThemeSource {
            number: theme.number,
            name: theme.name.clone(),
            short_name: Some(theme.short_name.clone()),
            description: theme.description.clone(),
            findings: findings.iter().filter(|one| one.theme == Some(theme.id)).map(finding_source).collect(),
        });
        Ok(PlanSource {
            frame: self.frame()?,
            title: plan.title,
            introduction: process.introduction,
            method_note: process.method_note,
            easy_summary: process.easy_summary,
            territories: origins.catalog.territories.iter().map(|one| one.name.clone()).collect(),
            themes: themes.collect(),
            workshops,
            axes,
            loose,
            proposals,
            priorities,
            organisations: origins
                .catalog
                .organisations
                .iter()
                .map(|one| one.short_name.clone().unwrap_or_else(|| one.name.clone()))
                .collect(),
            glossary: origins
                .catalog
                .organisations
                .iter()
                .filter_map(|one| Some((one.short_name.clone()?, one.name.clone())))
                .filter(|(short, full)| short != full)
                .collect(),
            presented_on: process.presented_on.as_deref().and_then(day),
            changes: None,
        })
    }

    /// What was answered to each proposal.
    fn outcome_sources(&self) -> Result<HashMap<EntityId, Vec<OutcomeSource>>, Failure> {
        let mut answered: HashMap<EntityId, Vec<OutcomeSource>> = HashMap::new();
        for outcome in self.list(Kind::Outcome)?.iter() {
            let Some(proposal) = outcome.fields.id(Field::Proposal) else { continue };
            answered.entry(proposal).or_default().push(OutcomeSource {
                kind: text(outcome, Field::Kind),
                reason: outcome.fields.string(Field::Reason),
                answer: outcome.fields.string(Field::Answer),
            });
        }
        Ok(answered)
    }

    /// The last reading of an indicator: its value and day.
    fn last_measure(&self, indicator: EntityId) -> Result<Option<(String, NaiveDate)>, Failure> {
        let readings = self.children(Kind::Measure, indicator)?;
        let dated = readings.iter().filter_map(|one| {
            let on = one.fields.string(Field::Date).as_deref().and_then(day)?;
            Some((text(one, Field::Value), on))
        });
        Ok(dated.max_by_key(|(_, on)| *on))
    }

    /// A short code for every proposal: atelier and place in it, in the order they were noted.
    pub(crate) fn codes(&self, origins: &Origins) -> Result<HashMap<EntityId, String>, Failure> {
        let mut places: HashMap<Option<u32>, u32> = HashMap::new();
        let mut ids: Vec<(Option<u32>, EntityId)> = Vec::new();
        self.store.for_each(Some(Kind::Proposal.name()), |proposal| {
            let workshop = proposal.fields.id(Field::Workshop).and_then(|id| origins.workshop(id));
            ids.push((workshop.and_then(|row| row.number), proposal.id));
        })?;
        ids.sort_by_key(|(_, id)| *id);
        let code = |(number, id): (Option<u32>, EntityId)| {
            let place = places.entry(number).or_default();
            *place += 1;
            (id, number.map_or_else(|| format!("0.{place}"), |number| format!("{number}.{place}")))
        };
        Ok(ids.into_iter().map(code).collect())
    }

    pub(crate) fn action_source(
        &self,
        row: &ActionRow,
        origins: &Origins,
        codes: &HashMap<EntityId, String>,
        findings: &[FindingRow],
        actions_of: &mut HashMap<EntityId, Vec<String>>,
    ) -> Result<ActionSource, Failure> {
        let entity = self.entity_of(Kind::Action, row.id)?;
        let of = |field| entity.fields.string(field);
        let catalog = &origins.catalog;
        let organisations = |word| -> Vec<String> {
            let linked = catalog.linked(row.id, word);
            let named = catalog.organisations.iter().filter(|one| linked.contains(&one.id));
            named.map(|one| one.short_name.clone().unwrap_or_else(|| one.name.clone())).collect()
        };
        let themes = catalog.linked(row.id, "theme");
        let answered = catalog.linked(row.id, "finding");
        let mut proposals = Vec::new();
        let mut clusters = Vec::new();
        for cluster in catalog.linked(row.id, "cluster") {
            clusters.extend(self.store.entity(cluster)?.map(|cluster| text(&cluster, Field::Name)));
            let members = self.store.proposals_of_cluster(cluster)?;
            for proposal in members.iter().filter(|one| !one.fields.flag(Field::Parked)) {
                if let Some(code) = codes.get(&proposal.id).filter(|code| !proposals.contains(*code)) {
                    proposals.push(code.clone());
                    actions_of.entry(proposal.id).or_default().push(row.number.clone());
                }
            }
        }
        let mut indicators = Vec::new();
        for one in self.indicators(row.id)? {
            let (value, measured_on) = self.last_measure(one.id)?.unzip();
            indicators.push(IndicatorSource {
                name: one.name,
                unit: one.unit,
                baseline: one.baseline,
                target: one.target,
                source: one.source,
                frequency: one.frequency,
                kind: one.kind,
                value,
                measured_on,
            });
        }
        let milestones = self.milestones(row.id)?.into_iter().map(|one| MilestoneSource {
            what: one.what,
            who: one.who,
            due_on: one.due_on.as_deref().and_then(day),
            done_on: one.done_on.as_deref().and_then(day),
        });
        let mut fundings = Vec::new();
        for funding in self.children(Kind::Funding, row.id)? {
            fundings.push(FundingSource {
                funder: text(&funding, Field::Funder),
                year: funding.fields.number(Field::Year),
                planned: funding.fields.integer(Field::Planned).unwrap_or_default(),
                actual: funding.fields.integer(Field::Actual),
                kind: funding.fields.string(Field::Kind),
                state: funding.fields.string(Field::State),
            });
        }
        Ok(ActionSource {
            id: row.id.to_string(),
            number: row.number.clone(),
            title: row.title.clone(),
            status: row.status.clone(),
            priority: row.priority,
            themes: catalog.themes.iter().filter(|one| themes.contains(&one.id)).map(|one| one.name.clone()).collect(),
            territories: catalog.territories_of(row.id).into_iter().map(|one| one.name).collect(),
            reasons: of(Field::Reasons),
            description: of(Field::Description),
            audience: of(Field::Audience),
            means: of(Field::Means),
            conditions: of(Field::Conditions),
            risks: of(Field::Risks),
            governance: of(Field::Governance),
            user_involvement: of(Field::UserInvolvement),
            leads: organisations("lead"),
            partners: organisations("partner"),
            starts_on: row.starts_on.as_deref().and_then(day),
            ends_on: row.ends_on.as_deref().and_then(day),
            milestones: milestones.collect(),
            fundings,
            indicators,
            findings: findings.iter().filter(|one| answered.contains(&one.id)).map(finding_words).collect(),
            proposals,
            clusters,
            progress: entity.fields.number(Field::Progress),
        })
    }

    pub(crate) fn workshop_source(&self, row: &WorkshopRow) -> Result<WorkshopSource, Failure> {
        let mut votes = Vec::new();
        for ballot in self.children(Kind::Ballot, row.id)? {
            let (method, settings) = (crate::ballot::method(&ballot), crate::ballot::settings(&ballot));
            votes.push(crate::ballot::rule(method, &settings, self.language()));
        }
        Ok(WorkshopSource {
            number: row.number,
            title: row.title.clone(),
            theme: row.theme.as_ref().map(|theme| theme.short_name.clone()).unwrap_or_default(),
            territories: row.territories.iter().map(|one| one.name.clone()).collect(),
            date: row.date.as_deref().and_then(day),
            place: row.place.clone(),
            present: row.present_count,
            proposals: row.proposals,
            votes,
        })
    }

    /// What the minutes of an atelier say; who was there by name only if it is asked for.
    pub(crate) fn minutes_source(&self, workshop: EntityId, names: bool) -> Result<MinutesSource, Failure> {
        let origins = self.origins()?;
        let missing = || Failure::NoSuch { what: Some(Kind::Workshop), reference: workshop.to_string() };
        let row = origins.workshop(workshop).ok_or_else(missing)?;
        let codes = self.codes(&origins)?;
        let mut groups: BTreeMap<usize, GroupSource> = BTreeMap::new();
        let order = self.children(Kind::Group, workshop)?;
        let said = self.children(Kind::Proposal, workshop)?;
        let again = self.said_again(Some(workshop), &origins.catalog)?;
        // What was put aside is told with what came of it, or was set aside by the room itself.
        for proposal in said.iter().filter(|one| !one.fields.flag(Field::Parked)) {
            let group = proposal.fields.id(Field::Group);
            let place = order.iter().position(|one| Some(one.id) == group).unwrap_or(order.len());
            let source = origins.source(proposal);
            let code = codes.get(&proposal.id).cloned().unwrap_or_default();
            let came_from = origins.catalog.came_from(proposal.id, &said);
            let name = order.get(place).map(|one| text(one, Field::Name));
            let entry = groups.entry(place).or_insert_with(|| GroupSource { name, proposals: Vec::new() });
            entry.proposals.push(ProposalSource {
                said_again: again.times(proposal.id),
                joined: came_from.iter().any(|from| from.how == Came::Joined),
                came_from: came_from.into_iter().map(|from| from.text).collect(),
                ..proposal_source(source, code, Vec::new())
            });
        }
        let attendance = self.attendance_source(workshop, names)?;
        let ratings = self.ratings(workshop)?;
        let notes = self.children(Kind::Note, workshop)?;
        let of_kind = |word: &str| -> Vec<String> {
            let notes = notes.iter().filter(|note| note.fields.text(Field::Kind) == Some(word));
            notes.map(|note| text(note, Field::Text)).collect()
        };
        let theme = row.theme.as_ref().map(|theme| theme.id);
        let findings = self.findings(&origins.catalog)?;
        let mut votes = Vec::new();
        for ballot in self.ballots(workshop)? {
            votes.extend(self.vote_source(ballot.id)?);
        }
        Ok(MinutesSource {
            frame: self.frame()?,
            workshop: self.workshop_source(row)?,
            starts_at: row.starts_at.clone(),
            ends_at: row.ends_at.clone(),
            question: row.question.clone(),
            aims: row.aims.clone(),
            state: row.minutes_state.clone().unwrap_or_else(|| String::from("draft")),
            steps: row.steps.iter().map(|step| (step.title.clone(), step.minutes)).collect(),
            attendance: attendance.organisations.clone(),
            presence: attendance,
            introduction: self.entity(workshop)?.fields.string(Field::Introduction),
            ratings,
            mean: crate::closing::mean(&ratings),
            findings: findings.iter().filter(|one| theme.is_some() && one.theme == theme).map(finding_source).collect(),
            groups: groups.into_values().collect(),
            votes,
            remarks: of_kind("comment"),
            decisions: of_kind("decision_taken"),
            next_steps: of_kind("next_step"),
        })
    }

    /// A closed vote with its result; none while it is open.
    fn vote_source(&self, ballot: EntityId) -> Result<Option<VoteSource>, Failure> {
        let view = self.ballot(ballot)?;
        let Some(outcome) = view.outcome.as_ref().filter(|_| view.state == "closed") else { return Ok(None) };
        let merit = outcome.scores.values().any(|score| matches!(score, Score::Merit { .. }));
        let grades = if merit { view.grade_names.clone() } else { Vec::new() };
        let scale = view.settings.grades.unwrap_or(Settings::default().grades);
        let names = if merit { grades.clone() } else { grade_names(scale, self.language()) };
        let mut rows = Vec::new();
        let mut rank = 1;
        for tied in &outcome.ranking {
            for id in tied {
                let (Some(score), Some(option)) =
                    (outcome.scores.get(id), view.options.iter().find(|option| option.id.to_string() == *id))
                else {
                    continue;
                };
                let number = |number: &serde_json::Number| number.as_f64().unwrap_or_default();
                let (value, profile) = match score {
                    Score::Dots { points, .. } => (number(points), Vec::new()),
                    Score::Votes { votes, .. } => (number(votes), Vec::new()),
                    Score::Value { value } => (number(value), Vec::new()),
                    Score::Project { supporters, .. } => (number(supporters), Vec::new()),
                    Score::Statement { group_informed_consensus, .. } => (number(group_informed_consensus), Vec::new()),
                    Score::Scores { mean, .. } => (number(mean), Vec::new()),
                    Score::Plane { impact, .. } => (number(impact), Vec::new()),
                    Score::Strength { strength, .. } => (number(strength), Vec::new()),
                    Score::Consent { consent, .. } => (number(consent), Vec::new()),
                    Score::Merit { profile, .. } => (0.0, profile.iter().map(number).collect()),
                };
                let score = score_words(score, &names, self.language());
                rows.push(VoteRow { rank, label: option.label.clone(), score, value, profile });
            }
            rank += u32::try_from(tied.len()).unwrap_or(0);
        }
        let picture = picture(&view, outcome, self.language());
        Ok(Some(VoteSource {
            picture,
            question: view.question,
            rule: view.rule,
            bulletins: view.bulletins,
            present: view.present_count,
            grades,
            rows,
        }))
    }
}

/// What came out first and second of a room's vote.
fn first_choices(room: &WorkshopSource, vote: VoteSource) -> impl Iterator<Item = PrioritySource> {
    let (territories, theme, workshop) = (room.territories.clone(), room.theme.clone(), room.number);
    vote.rows.into_iter().filter(|row| row.rank <= 2).map(move |row| PrioritySource {
        territories: territories.clone(),
        theme: theme.clone(),
        workshop,
        label: row.label,
        score: row.score,
        rank: row.rank,
    })
}

pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

fn finding_words(finding: &FindingRow) -> String {
    finding.number.as_ref().map_or_else(|| finding.text.clone(), |number| format!("{number} {}", finding.text))
}

pub(crate) fn finding_source(finding: &FindingRow) -> FindingSource {
    FindingSource {
        number: finding.number.clone(),
        text: finding.text.clone(),
        figure: finding.figure.clone(),
        source: finding.source.clone(),
    }
}

pub(crate) fn proposal_source(source: SourceProposal, code: String, actions: Vec<String>) -> ProposalSource {
    ProposalSource {
        code,
        text: source.text,
        workshop: source.workshop_number,
        workshop_title: source.workshop_title,
        territory: source.territory.map(|one| one.name),
        theme: source.theme.map(|one| one.short_name),
        organisation: source.organisation,
        table: source.table,
        group: source.group.map(|one| one.name),
        votes: source.votes,
        cluster: source.cluster.map(|one| one.name),
        actions,
        ..ProposalSource::default()
    }
}
