//! Plan: axes → objectifs → fiches-actions, drafted from rapprochements, and what each still lacks.

use crate::{
    Failure, Session,
    catalog::{name, text},
    consolidate::Origins,
    session::fields,
    views::*,
};
use moisson_domain::{EntityId, Field, Fields, Kind};
use moisson_journal::Draft;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

impl Session {
    /// One fiche-action, whole.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn action(&self, id: EntityId) -> Result<ActionView, Failure> {
        let _page = self.page()?;
        let entity = self.entity_of(Kind::Action, id)?;
        let origins = self.origins()?;
        let plan = self.plan_over(&origins)?;
        let rows = plan.axes.iter().flat_map(|axis| &axis.objectives).flat_map(|one| &one.actions).chain(&plan.loose);
        let row = rows.into_iter().find(|row| row.id == id).cloned();
        let row = row.ok_or(Failure::NoSuch { what: Some(Kind::Action), reference: id.to_string() })?;
        let of = |field| entity.fields.string(field);
        let catalog = &origins.catalog;
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
        let cluster_names: Vec<Named> = self.list(Kind::Cluster)?.iter().map(name).collect();
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
            sources: self.sources_of(id, &origins)?,
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

    /// The proposals an action answers, each once.
    fn sources_of(&self, action: EntityId, origins: &Origins) -> Result<Vec<SourceProposal>, Failure> {
        let mut sources = Vec::new();
        for cluster in origins.catalog.linked(action, "cluster") {
            let proposals = self.store.proposals_of_cluster(cluster)?;
            let kept = proposals.iter().filter(|one| !one.fields.flag(Field::Parked));
            sources.extend(kept.map(|one| origins.source(one)));
        }
        Ok(sources)
    }

    pub(crate) fn milestones(&self, action: EntityId) -> Result<Vec<MilestoneRow>, Failure> {
        let rows = self.list(Kind::Milestone)?;
        Ok(rows
            .under(action)
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
        let rows = self.list(Kind::Funding)?;
        Ok(rows
            .under(action)
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
        let rows = self.list(Kind::Indicator)?;
        Ok(rows
            .under(action)
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
        let origins = self.origins()?;
        let (id, drafts) = self.action_drafts(cluster, objective, None, &origins)?;
        self.act("action.draft", drafts)?;
        Ok(id)
    }

    fn action_drafts(
        &mut self,
        cluster: EntityId,
        objective: Option<EntityId>,
        rank: Option<String>,
        origins: &Origins,
    ) -> Result<(EntityId, Vec<Draft>), Failure> {
        let entity = self.entity_of(Kind::Cluster, cluster)?;
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
                    Some(objective) => self.children(Kind::Action, objective)?,
                    None => self.list(Kind::Action)?.to_vec(),
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
        if self.list(Kind::Cluster)?.is_empty() {
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
        let origins = self.origins()?;
        for (cluster, rank) in waiting.into_iter().zip(ranks) {
            let theme = cluster.theme.map(|theme| theme.id);
            let objective = objectives.get(&theme).copied();
            // In a plan that has its own axes, where an action goes is for people to say.
            let rank = objective.map(|_| rank.to_string());
            let (_, more) = self.action_drafts(cluster.id, objective, rank, &origins)?;
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

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
