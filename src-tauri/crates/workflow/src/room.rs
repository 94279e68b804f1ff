//! Animer: noting what the room says, grouping it, the board.

use crate::{
    Failure, Session,
    catalog::{name, text},
    prepare::{counted, workshop_row},
    session::{fields, millis, shorten},
    views::*,
};
use moisson_domain::{Entity, EntityId, Field, Fields, Kind};
use moisson_journal::Draft;
use serde_json::{Value, json};

/// Lines that one paste may bring; more is an import.
const MAX_LINES: usize = 500;

impl Session {
    /// Notes proposals: each non-empty line is one, in its own words.
    ///
    /// # Errors
    /// [`Failure::NothingToNote`], [`Failure::TooManyLines`], what a field refuses, or what the store reports.
    pub fn capture(&mut self, workshop: EntityId, capture: &Capture) -> Result<Vec<EntityId>, Failure> {
        let (ids, drafts) = self.capture_drafts(workshop, capture)?;
        self.act("proposal.capture", drafts)?;
        Ok(ids)
    }

    /// What a capture notes, by keyboard or phone.
    pub(crate) fn capture_drafts(
        &mut self,
        workshop: EntityId,
        capture: &Capture,
    ) -> Result<(Vec<EntityId>, Vec<Draft>), Failure> {
        self.entity_of(Kind::Workshop, workshop)?;
        let lines: Vec<&str> = capture.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if lines.is_empty() {
            return Err(Failure::NothingToNote);
        }
        if lines.len() > MAX_LINES {
            return Err(Failure::TooManyLines { found: lines.len(), max: MAX_LINES });
        }
        let mut ids = Vec::with_capacity(lines.len());
        let mut drafts = Vec::with_capacity(lines.len() + 1);
        for line in lines {
            let id = self.new_id();
            let mut set = fields([(Field::Workshop, json!(workshop)), (Field::Text, json!(line))]);
            let more = [
                (Field::Table, capture.table.map(Value::from)),
                (Field::Theme, capture.theme.map(|id| json!(id))),
                (Field::Organisation, capture.organisation.map(|id| json!(id))),
                (Field::Group, capture.group.map(|id| json!(id))),
                (Field::Origin, Some(json!(capture.origin.as_deref().unwrap_or("keyboard")))),
            ];
            for (field, value) in more {
                if let Some(value) = value {
                    set.0.insert(field.name().to_owned(), value);
                }
            }
            drafts.push(Draft::set(id, Kind::Proposal.name(), set));
            if let Some(finding) = capture.finding {
                drafts.push(self.link(id, "finding", finding));
            }
            ids.push(id);
        }
        Ok((ids, drafts))
    }

    /// Puts proposals in a group that exists, a new one, or none. Returns the group.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], what a field refuses, or what the store reports.
    pub fn group(&mut self, proposals: &[EntityId], target: &Target) -> Result<Option<EntityId>, Failure> {
        let workshop = match proposals.first() {
            Some(id) => self.entity_of(Kind::Proposal, *id)?.fields.id(Field::Workshop),
            None => None,
        };
        self.put(proposals, target, Kind::Group, Field::Group, workshop.map(|id| (Field::Workshop, json!(id))))
    }

    /// Puts proposals in a group or a rapprochement, made if need be, as one act.
    pub(crate) fn put(
        &mut self,
        proposals: &[EntityId],
        target: &Target,
        kind: Kind,
        field: Field,
        parent: Option<(Field, Value)>,
    ) -> Result<Option<EntityId>, Failure> {
        let mut drafts = Vec::new();
        let into = match target {
            Target::None => None,
            Target::Existing { id } => Some(self.entity_of(kind, *id)?.id),
            Target::New { name } => {
                let id = self.new_id();
                let last = match parent.as_ref().and_then(|(_, value)| value.as_str()?.parse().ok()) {
                    Some(parent) => self.store.children(kind, parent)?.pop(),
                    None => self.store.list(kind)?.pop(),
                };
                let rank = last.and_then(|last| moisson_domain::Rank::parse(last.fields.text(Field::Rank)?));
                let rank = moisson_domain::Rank::between(rank.as_ref(), None).map(|rank| json!(rank.to_string()));
                let mut set: Fields = parent.into_iter().collect();
                set.0.insert(Field::Name.name().to_owned(), json!(name.trim()));
                set.0.insert(Field::Rank.name().to_owned(), rank.unwrap_or(Value::Null));
                drafts.push(Draft::set(id, kind.name(), set));
                Some(id)
            }
        };
        let value = into.map_or(Value::Null, |id| json!(id));
        for id in proposals {
            let proposal = self.entity_of(Kind::Proposal, *id)?;
            if proposal.fields.id(field) != into {
                drafts.push(Draft::set(*id, Kind::Proposal.name(), fields([(field, value.clone())])));
            }
        }
        let verb = if into.is_some() { "put" } else { "release" };
        self.act(&format!("{}.{verb}", kind.name()), drafts)?;
        Ok(into)
    }

    /// The board of an atelier.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn board(&self, workshop: EntityId) -> Result<Board, Failure> {
        let entity = self.entity_of(Kind::Workshop, workshop)?;
        let catalog = self.catalog()?;
        let findings = self.findings(&catalog)?;
        let proposals = self.store.children(Kind::Proposal, workshop)?;
        let ballots = self.ballots(workshop)?;
        let closed = ballots.iter().filter(|ballot| ballot.state == "closed").count();
        let row = counted(&proposals, u32::try_from(closed).unwrap_or(u32::MAX));
        let row = workshop_row(&entity, &catalog, self.steps(workshop)?, row);
        let card = |proposal: &Entity| ProposalCard {
            id: proposal.id,
            text: text(proposal, Field::Text),
            table: proposal.fields.number(Field::Table),
            origin: proposal.fields.string(Field::Origin),
            organisation: proposal.fields.id(Field::Organisation).and_then(|id| catalog.organisation(id)),
            finding: catalog.linked(proposal.id, "finding").first().and_then(|id| {
                let finding = findings.iter().find(|finding| finding.id == *id)?;
                let name = finding.number.clone().unwrap_or_else(|| shorten(&finding.text, 30));
                Some(Named { id: *id, name })
            }),
            theme: proposal.fields.id(Field::Theme),
            group: proposal.fields.id(Field::Group),
            conflict: catalog.disputed.contains(&proposal.id),
            noted_at: millis(i64::try_from(proposal.id.millis()).unwrap_or(0)),
        };
        let mut groups: Vec<GroupColumn> = self
            .store
            .children(Kind::Group, workshop)?
            .iter()
            .map(|group| GroupColumn {
                id: group.id,
                name: name(group).name,
                conflict: catalog.disputed.contains(&group.id),
                proposals: Vec::new(),
            })
            .collect();
        let mut ungrouped = Vec::new();
        for proposal in &proposals {
            let group = proposal.fields.id(Field::Group);
            match groups.iter_mut().find(|column| Some(column.id) == group) {
                Some(column) => column.proposals.push(card(proposal)),
                // In no group, or in one that is gone: it must stay in sight.
                None => ungrouped.push(card(proposal)),
            }
        }
        ungrouped.reverse();
        let theme = entity.fields.id(Field::Theme);
        Ok(Board {
            findings: findings.into_iter().filter(|finding| finding.theme == theme || theme.is_none()).collect(),
            colleges: catalog
                .colleges
                .iter()
                .map(|college| CollegeRow { id: college.id, name: college.name.clone(), organisations: 0 })
                .collect(),
            organisations: catalog.organisations,
            themes: catalog.themes,
            workshop: row,
            groups,
            ungrouped,
            ballots,
        })
    }

    /// What the projector draws for a scene: words only, no name, no draft, no result before closing.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn projected(&self, scene: &Scene, frozen: bool, timer: &Timer) -> Result<ProjectorView, Failure> {
        let mut view = ProjectorView {
            scene: scene.clone(),
            frozen,
            timer: timer.clone(),
            title: String::new(),
            question: String::new(),
            groups: Vec::new(),
            ballot: None,
            join: None,
        };
        match scene {
            Scene::Black => {}
            Scene::Join { workshop } => {
                let workshop = self.entity_of(Kind::Workshop, *workshop)?;
                view.title = name(&workshop).name;
            }
            Scene::Board { workshop } | Scene::Timer { workshop } => {
                let board = self.board(*workshop)?;
                view.title = heading(&board.workshop);
                view.question = board.workshop.question.unwrap_or_default();
                if matches!(scene, Scene::Board { .. }) {
                    let words = |cards: Vec<ProposalCard>| cards.into_iter().map(|card| card.text).collect();
                    let groups = board.groups.into_iter();
                    view.groups = groups
                        .map(|group| ProjectedGroup { name: Some(group.name), proposals: words(group.proposals) })
                        .collect();
                    if !board.ungrouped.is_empty() {
                        view.groups.push(ProjectedGroup { name: None, proposals: words(board.ungrouped) });
                    }
                }
            }
            Scene::Ballot { ballot } => {
                let mut ballot = self.ballot(*ballot)?;
                ballot.entered.clear();
                if let Some(workshop) = ballot.workshop {
                    view.title = heading(&self.board(workshop)?.workshop);
                }
                view.question.clone_from(&ballot.question);
                view.ballot = Some(ballot);
            }
        }
        Ok(view)
    }
}

/// « Atelier 7 · Mobilité ».
fn heading(workshop: &WorkshopRow) -> String {
    match workshop.number {
        Some(number) => format!("{number} · {}", workshop.title),
        None => workshop.title.clone(),
    }
}
