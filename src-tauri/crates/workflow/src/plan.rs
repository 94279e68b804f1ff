//! Plan: axes → objectifs → fiches-actions, drafted from rapprochements, and what each still lacks.

use crate::{
    Failure, Session,
    catalog::{count, name, text},
    consolidate::Origins,
    session::fields,
    views::*,
};
use moisson_domain::{Entity, EntityId, Field, Fields, Kind};
use moisson_journal::Draft;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Everything about actions, read once.
struct Actions {
    origins: Origins,
    members: HashMap<EntityId, Vec<SourceProposal>>,
    all: Vec<Entity>,
}

impl Session {
    fn actions(&self) -> Result<Actions, Failure> {
        let origins = self.origins()?;
        let mut members: HashMap<EntityId, Vec<SourceProposal>> = HashMap::new();
        for cluster in self.store.list(Kind::Cluster)? {
            let proposals = self.store.proposals_of_cluster(cluster.id)?;
            let kept = proposals.iter().filter(|one| !one.fields.flag(Field::Parked));
            members.insert(cluster.id, kept.map(|one| origins.source(one)).collect());
        }
        Ok(Actions { origins, members, all: self.store.list(Kind::Action)? })
    }

    /// The plan as a tree, with what is missing.
    ///
    /// # Errors
    /// What the store reports.
    pub fn plan(&self) -> Result<PlanView, Failure> {
        let actions = self.actions()?;
        let mut placed = BTreeSet::new();
        let mut axes = Vec::new();
        for (a, axis) in self.store.list(Kind::Axis)?.iter().enumerate() {
            let number = (a + 1).to_string();
            let mut objectives = Vec::new();
            for (o, objective) in self.store.children(Kind::Objective, axis.id)?.iter().enumerate() {
                let number = format!("{number}.{}", o + 1);
                let mut rows = Vec::new();
                for (n, action) in actions.under(objective.id).enumerate() {
                    placed.insert(action.id);
                    rows.push(self.action_row(&actions, action, format!("{number}.{}", n + 1))?);
                }
                objectives.push(ObjectiveNode {
                    id: objective.id,
                    number,
                    title: text(objective, Field::Title),
                    description: objective.fields.string(Field::Description),
                    actions: rows,
                });
            }
            axes.push(AxisNode {
                id: axis.id,
                number,
                title: text(axis, Field::Title),
                description: axis.fields.string(Field::Description),
                objectives,
            });
        }
        let mut loose = Vec::new();
        for (n, action) in actions.all.iter().filter(|action| !placed.contains(&action.id)).enumerate() {
            loose.push(self.action_row(&actions, action, format!("0.{}", n + 1))?);
        }
        let mut clusters = self.cluster_rows(&actions.origins, &actions.members)?;
        clusters.retain(|cluster| cluster.action.is_none());
        let rows = axes.iter().flat_map(|axis: &AxisNode| &axis.objectives).flat_map(|one| &one.actions).chain(&loose);
        let gaps = rows.map(|row| count(&row.gaps)).sum();
        let proposals: u32 = self.store.proposal_counts()?.iter().map(|(_, [all, ..])| all).sum();
        let answered: u32 = actions.all.iter().map(|action| count(&actions.sources(action.id))).sum();
        let process = self.process_row()?;
        Ok(PlanView {
            title: process.plan_title.unwrap_or(process.title),
            axes,
            loose,
            clusters,
            gaps,
            unanswered: proposals.saturating_sub(answered),
            lock: self.plan_lock()?,
        })
    }

    fn action_row(&self, actions: &Actions, action: &Entity, number: String) -> Result<ActionRow, Failure> {
        let catalog = &actions.origins.catalog;
        let leads: Vec<Named> =
            catalog.linked(action.id, "lead").into_iter().filter_map(|id| catalog.organisation(id)).collect();
        let sources = actions.sources(action.id);
        Ok(ActionRow {
            id: action.id,
            number: action.fields.string(Field::Number).unwrap_or(number),
            title: text(action, Field::Title),
            starts_on: action.fields.string(Field::StartsOn),
            ends_on: action.fields.string(Field::EndsOn),
            status: action.fields.string(Field::Status),
            priority: action.fields.number(Field::Priority),
            sources: count(&sources),
            gaps: self.gaps(action, &leads, &sources)?,
            conflict: catalog.disputed.contains(&action.id),
            leads,
        })
    }

    fn gaps(&self, action: &Entity, leads: &[Named], sources: &[SourceProposal]) -> Result<Vec<Gap>, Failure> {
        let has = |field| action.fields.text(field).is_some_and(|text| !text.is_empty());
        let dates = (action.fields.text(Field::StartsOn), action.fields.text(Field::EndsOn));
        let indicators = self.store.children(Kind::Indicator, action.id)?;
        let aimed = |one: &Entity| one.fields.text(Field::Unit).is_some() && one.fields.text(Field::Target).is_some();
        let none = |kind| -> Result<bool, Failure> { Ok(self.store.children(kind, action.id)?.is_empty()) };
        let checks = [
            (Gap::Objective, action.fields.id(Field::Objective).is_none()),
            (Gap::Description, !has(Field::Description)),
            (Gap::Lead, leads.is_empty()),
            (Gap::Dates, dates.0.is_none() || dates.1.is_none()),
            (Gap::DatesOrder, matches!(dates, (Some(start), Some(end)) if end < start)),
            (Gap::Milestones, none(Kind::Milestone)?),
            (Gap::Indicators, indicators.is_empty()),
            (Gap::IndicatorTarget, !indicators.iter().all(aimed)),
            (Gap::Funding, none(Kind::Funding)?),
            (Gap::Sources, sources.is_empty()),
        ];
        Ok(checks.into_iter().filter(|(_, missing)| *missing).map(|(gap, _)| gap).collect())
    }

    /// One fiche-action, whole.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn action(&self, id: EntityId) -> Result<ActionView, Failure> {
        let entity = self.entity_of(Kind::Action, id)?;
        let actions = self.actions()?;
        let plan = self.plan()?;
        let rows = plan.axes.iter().flat_map(|axis| &axis.objectives).flat_map(|one| &one.actions).chain(&plan.loose);
        let row = rows.into_iter().find(|row| row.id == id).cloned();
        let row = row.ok_or(Failure::NoSuch { what: Some(Kind::Action), reference: id.to_string() })?;
        let of = |field| entity.fields.string(field);
        let catalog = &actions.origins.catalog;
        let named = |word: &str, list: &[Named]| -> Vec<Named> {
            let linked = catalog.linked(id, word);
            list.iter().filter(|one| linked.contains(&one.id)).cloned().collect()
        };
        let themes: Vec<Named> =
            catalog.themes.iter().map(|theme| Named { id: theme.id, name: theme.short_name.clone() }).collect();
        let findings = self.findings(catalog)?;
        let finding = |row: &FindingRow| {
            let name = row.number.as_ref().map_or_else(|| row.text.clone(), |number| format!("{number} {}", row.text));
            Named { id: row.id, name }
        };
        let finding_names: Vec<Named> = findings.iter().map(finding).collect();
        let cluster_names: Vec<Named> = self.store.list(Kind::Cluster)?.iter().map(name).collect();
        let partners = catalog.linked(id, "partner").into_iter().filter_map(|id| catalog.organisation(id)).collect();
        let objectives = plan.axes.iter().flat_map(|axis| &axis.objectives);
        let everyone = objectives.clone().flat_map(|one| &one.actions).chain(&plan.loose);
        let numbered = |row: &ActionRow| Named { id: row.id, name: format!("{} {}", row.number, row.title) };
        let preparation = self.preparation()?;
        let others: Vec<Named> = everyone.filter(|other| other.id != id).map(numbered).collect();
        Ok(ActionView {
            objective: entity.fields.id(Field::Objective),
            reasons: of(Field::Reasons),
            description: of(Field::Description),
            audience: of(Field::Audience),
            means: of(Field::Means),
            conditions: of(Field::Conditions),
            risks: of(Field::Risks),
            governance: of(Field::Governance),
            user_involvement: of(Field::UserInvolvement),
            partners,
            themes: named("theme", &themes),
            territories: named("territory", &catalog.territories),
            findings: named("finding", &finding_names),
            clusters: named("cluster", &cluster_names),
            preceding: named("preceding", &others),
            related: named("related", &others),
            milestones: self.milestones(id)?,
            fundings: self.fundings(id)?,
            indicators: self.indicators(id)?,
            comments: self.comments(id)?,
            sources: actions.sources(id).into_iter().collect(),
            choices: ActionChoices {
                organisations: preparation.organisations,
                themes: preparation.themes,
                territories: preparation.territories,
                findings,
                objectives: objectives
                    .map(|one| Named { id: one.id, name: format!("{} {}", one.number, one.title) })
                    .collect(),
                actions: others,
            },
            row,
        })
    }

    pub(crate) fn milestones(&self, action: EntityId) -> Result<Vec<MilestoneRow>, Failure> {
        let rows = self.store.children(Kind::Milestone, action)?;
        Ok(rows
            .iter()
            .map(|entity| MilestoneRow {
                id: entity.id,
                what: text(entity, Field::What),
                who: entity.fields.string(Field::Who),
                due_on: entity.fields.string(Field::DueOn),
                done_on: entity.fields.string(Field::DoneOn),
            })
            .collect())
    }

    pub(crate) fn fundings(&self, action: EntityId) -> Result<Vec<FundingRow>, Failure> {
        let rows = self.store.children(Kind::Funding, action)?;
        Ok(rows
            .iter()
            .map(|entity| FundingRow {
                id: entity.id,
                funder: text(entity, Field::Funder),
                year: entity.fields.number(Field::Year),
                kind: entity.fields.string(Field::Kind),
                planned: entity.fields.integer(Field::Planned).map(crate::session::millis),
            })
            .collect())
    }

    pub(crate) fn indicators(&self, action: EntityId) -> Result<Vec<IndicatorRow>, Failure> {
        let rows = self.store.children(Kind::Indicator, action)?;
        Ok(rows
            .iter()
            .map(|entity| {
                let of = |field| entity.fields.string(field);
                IndicatorRow {
                    id: entity.id,
                    name: text(entity, Field::Name),
                    kind: of(Field::Kind),
                    unit: of(Field::Unit),
                    baseline: of(Field::Baseline),
                    target: of(Field::Target),
                    source: of(Field::Source),
                    frequency: of(Field::Frequency),
                }
            })
            .collect())
    }

    /// Drafts an action from a rapprochement: its name, bassins, themes and findings, tied to it so that every source stays.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn draft_action(&mut self, cluster: EntityId, objective: Option<EntityId>) -> Result<EntityId, Failure> {
        let (id, drafts) = self.action_drafts(cluster, objective, None)?;
        self.act("action.draft", drafts)?;
        Ok(id)
    }

    fn action_drafts(
        &mut self,
        cluster: EntityId,
        objective: Option<EntityId>,
        rank: Option<String>,
    ) -> Result<(EntityId, Vec<Draft>), Failure> {
        let entity = self.entity_of(Kind::Cluster, cluster)?;
        let origins = self.origins()?;
        let proposals = self.store.proposals_of_cluster(cluster)?;
        let sources: Vec<SourceProposal> = {
            let kept = proposals.iter().filter(|proposal| !proposal.fields.flag(Field::Parked));
            kept.map(|proposal| origins.source(proposal)).collect()
        };
        let id = self.new_id();
        let mut set = fields([
            (Field::Title, json!(text(&entity, Field::Name))),
            (Field::Status, json!("to_discuss")),
            (Field::Reasons, json!(self.reasons(&sources))),
        ]);
        if let Some(objective) = objective {
            set.0.insert(Field::Objective.name().to_owned(), json!(objective));
        }
        let rank = match rank {
            Some(rank) => rank,
            None => {
                let siblings = match objective {
                    Some(objective) => self.store.children(Kind::Action, objective)?,
                    None => self.store.list(Kind::Action)?,
                };
                let last = siblings.last().and_then(|last| moisson_domain::Rank::parse(last.fields.text(Field::Rank)?));
                moisson_domain::Rank::between(last.as_ref(), None).map(|rank| rank.to_string()).unwrap_or_default()
            }
        };
        set.0.insert(Field::Rank.name().to_owned(), json!(rank));
        let mut drafts = vec![Draft::set(id, Kind::Action.name(), set), self.link(id, "cluster", cluster)];
        let theme = entity.fields.id(Field::Theme);
        let themes: BTreeSet<EntityId> = theme
            .into_iter()
            .chain(sources.iter().filter_map(|one| one.theme.as_ref().map(|theme| theme.id)))
            .collect();
        let territories: BTreeSet<EntityId> =
            sources.iter().filter_map(|one| one.territory.as_ref().map(|territory| territory.id)).collect();
        let findings: BTreeSet<EntityId> =
            proposals.iter().flat_map(|proposal| origins.catalog.linked(proposal.id, "finding")).collect();
        for (word, ids) in [("theme", themes), ("territory", territories), ("finding", findings)] {
            for to in ids {
                drafts.push(self.link(id, word, to));
            }
        }
        Ok((id, drafts))
    }

    /// First words of an action, from its sources: how many rooms said it.
    fn reasons(&self, sources: &[SourceProposal]) -> String {
        let rooms: BTreeSet<EntityId> = sources.iter().map(|one| one.workshop).collect();
        let places: BTreeSet<&str> =
            sources.iter().filter_map(|one| one.territory.as_ref().map(|territory| territory.name.as_str())).collect();
        let places = places.into_iter().collect::<Vec<_>>().join(", ");
        let (n, rooms) = (sources.len(), rooms.len());
        let (s, x) = (if n > 1 { "s" } else { "" }, if rooms > 1 { "s" } else { "" });
        self.language().say(
            format!("{n} proposition{s} de {rooms} atelier{x} ({places})."),
            format!("{n} proposal{s} from {rooms} workshop{x} ({places})."),
        )
    }

    /// Drafts an action for every rapprochement that has none; where no rapprochement exists at all, groups of the same
    /// name and theme are first put together across ateliers.
    ///
    /// # Errors
    /// What the store reports.
    pub fn draft_plan(&mut self) -> Result<DraftReport, Failure> {
        let mut report = DraftReport::default();
        if self.store.list(Kind::Cluster)?.is_empty() {
            report.clusters = self.cluster_groups()?;
        }
        let plan = self.plan()?;
        let mut objectives: BTreeMap<Option<EntityId>, EntityId> = BTreeMap::new();
        let waiting: Vec<ClusterRow> = plan.clusters.into_iter().filter(|cluster| cluster.proposals > 0).collect();
        let mut drafts = Vec::new();
        if plan.axes.is_empty() && !waiting.is_empty() {
            objectives = self.axes_by_theme(&waiting, &mut drafts)?;
        }
        let ranks = moisson_domain::spread(waiting.len());
        for (cluster, rank) in waiting.into_iter().zip(ranks) {
            let theme = cluster.theme.map(|theme| theme.id);
            let objective = objectives.get(&theme).copied();
            // In a plan that has its own axes, where an action goes is for people to say.
            let rank = objective.map(|_| rank.to_string());
            let (_, more) = self.action_drafts(cluster.id, objective, rank)?;
            drafts.extend(more);
            report.actions += 1;
            report.proposals += cluster.proposals;
        }
        self.act("plan.draft", drafts)?;
        Ok(report)
    }

    /// An axis and an objective per theme: the plainest plan, to be reshaped.
    fn axes_by_theme(
        &mut self,
        clusters: &[ClusterRow],
        drafts: &mut Vec<Draft>,
    ) -> Result<BTreeMap<Option<EntityId>, EntityId>, Failure> {
        let themes = self.catalog()?.themes;
        let used: BTreeSet<Option<EntityId>> =
            clusters.iter().map(|cluster| cluster.theme.as_ref().map(|theme| theme.id)).collect();
        let mut wanted: Vec<(Option<EntityId>, String)> = themes
            .iter()
            .filter(|theme| used.contains(&Some(theme.id)))
            .map(|theme| (Some(theme.id), theme.name.clone()))
            .collect();
        if used.contains(&None) {
            wanted.push((None, self.language().say("Actions transversales", "Cross-cutting actions")));
        }
        let ranks = moisson_domain::spread(wanted.len());
        let mut objectives = BTreeMap::new();
        for ((theme, title), rank) in wanted.into_iter().zip(ranks) {
            let (axis, objective) = (self.new_id(), self.new_id());
            let rank = json!(rank.to_string());
            let aim = self.language().say(format!("Agir sur : {}", lower_first(&title)), format!("Act on: {title}"));
            let set = fields([(Field::Title, json!(title)), (Field::Rank, rank.clone())]);
            drafts.push(Draft::set(axis, Kind::Axis.name(), set));
            let set = fields([(Field::Title, json!(aim)), (Field::Parent, json!(axis)), (Field::Rank, rank)]);
            drafts.push(Draft::set(objective, Kind::Objective.name(), set));
            objectives.insert(theme, objective);
        }
        Ok(objectives)
    }

    /// Puts groups of the same theme and name together, whatever their ateliers. Returns how many rapprochements it made.
    fn cluster_groups(&mut self) -> Result<u32, Failure> {
        let origins = self.origins()?;
        let mut by_name: BTreeMap<(Option<EntityId>, String), (String, Vec<EntityId>)> = BTreeMap::new();
        self.store.for_each(Some(Kind::Proposal.name()), |proposal| {
            if proposal.fields.flag(Field::Parked) {
                return;
            }
            let source = origins.source(&proposal);
            if let Some(group) = source.group {
                let key = (source.theme.map(|theme| theme.id), crate::home::fold(&group.name));
                by_name.entry(key).or_insert_with(|| (group.name, Vec::new())).1.push(proposal.id);
            }
        })?;
        let ranks = moisson_domain::spread(by_name.len());
        let made = u32::try_from(by_name.len()).unwrap_or(u32::MAX);
        let mut drafts = Vec::new();
        for (((theme, _), (name, proposals)), rank) in by_name.into_iter().zip(ranks) {
            let id = self.new_id();
            let mut set = fields([(Field::Name, json!(name)), (Field::Rank, json!(rank.to_string()))]);
            if let Some(theme) = theme {
                set.0.insert(Field::Theme.name().to_owned(), json!(theme));
            }
            drafts.push(Draft::set(id, Kind::Cluster.name(), set));
            for proposal in proposals {
                let set = Fields::from_iter([(Field::Cluster, Value::String(id.to_string()))]);
                drafts.push(Draft::set(proposal, Kind::Proposal.name(), set));
            }
        }
        self.act("cluster.from_groups", drafts)?;
        Ok(made)
    }
}

impl Actions {
    fn under(&self, objective: EntityId) -> impl Iterator<Item = &Entity> {
        self.all.iter().filter(move |action| action.fields.id(Field::Objective) == Some(objective))
    }

    /// The proposals an action answers, each once.
    fn sources(&self, action: EntityId) -> Vec<SourceProposal> {
        let mut seen = BTreeSet::new();
        let clusters = self.origins.catalog.linked(action, "cluster");
        let proposals = clusters.iter().filter_map(|cluster| self.members.get(cluster)).flatten();
        proposals.filter(|proposal| seen.insert(proposal.id)).cloned().collect()
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
