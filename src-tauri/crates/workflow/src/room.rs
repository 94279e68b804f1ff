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
use moisson_room::Sharing;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Lines that one paste may bring; more is an import.
const MAX_LINES: usize = 500;

impl Session {
    /// Notes proposals: each non-empty line is one, in its own words.
    ///
    /// # Errors
    /// [`Failure::NothingToNote`], [`Failure::TooManyLines`], what a field refuses, or what the store reports.
    pub fn capture(&mut self, workshop: EntityId, capture: &Capture) -> Result<Vec<EntityId>, Failure> {
        self.capture_all(workshop, std::slice::from_ref(capture))
    }

    /// Notes what was said at several tables, or answers several constats, as one act.
    ///
    /// # Errors
    /// As [`Session::capture`].
    pub fn capture_all(&mut self, workshop: EntityId, captures: &[Capture]) -> Result<Vec<EntityId>, Failure> {
        let (ids, drafts) = self.capture_drafts(workshop, captures)?;
        self.act("proposal.capture", drafts)?;
        Ok(ids)
    }

    /// What captures note, by keyboard or phone.
    pub(crate) fn capture_drafts(
        &mut self,
        workshop: EntityId,
        captures: &[Capture],
    ) -> Result<(Vec<EntityId>, Vec<Draft>), Failure> {
        self.entity_of(Kind::Workshop, workshop)?;
        let lines = |capture: &Capture| -> Vec<String> {
            capture.text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
        };
        let found: usize = captures.iter().map(|capture| lines(capture).len()).sum();
        if found == 0 {
            return Err(Failure::NothingToNote);
        }
        if found > MAX_LINES {
            return Err(Failure::TooManyLines { found, max: MAX_LINES });
        }
        self.check_cards(workshop, captures)?;
        let mut ids = Vec::with_capacity(found);
        let mut drafts = Vec::with_capacity(found + 1);
        for capture in captures {
            for line in lines(capture) {
                let id = self.new_id();
                drafts.push(Draft::set(id, Kind::Proposal.name(), noted(workshop, capture, &line)));
                if let Some(finding) = capture.finding {
                    drafts.push(self.link(id, "finding", finding));
                }
                ids.push(id);
            }
        }
        Ok((ids, drafts))
    }

    /// A paper card is entered once.
    fn check_cards(&self, workshop: EntityId, captures: &[Capture]) -> Result<(), Failure> {
        let numbers: Vec<u32> = captures.iter().filter_map(|capture| capture.card_number).collect();
        if numbers.is_empty() {
            return Ok(());
        }
        let mut entered: HashMap<u32, String> = HashMap::new();
        for proposal in self.children(Kind::Proposal, workshop)? {
            if let Some(number) = proposal.fields.number(Field::CardNumber) {
                entered.insert(number, text(&proposal, Field::Text));
            }
        }
        for capture in captures {
            if let Some(number) = capture.card_number
                && let Some(text) = entered.insert(number, capture.text.trim().to_owned())
            {
                return Err(Failure::CardTaken { number, text });
            }
        }
        Ok(())
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
                    Some(parent) => self.children(kind, parent)?.pop(),
                    None => self.list(kind)?.last().cloned(),
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
        let verb = match target {
            Target::None => "release",
            Target::Existing { .. } => "put",
            Target::New { .. } => "gather",
        };
        self.act(&format!("{}.{verb}", kind.name()), drafts)?;
        Ok(into)
    }

    /// The board of an atelier.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn board(&self, workshop: EntityId) -> Result<Board, Failure> {
        let _page = self.page()?;
        let entity = self.entity_of(Kind::Workshop, workshop)?;
        let catalog = self.catalog()?;
        let findings = self.findings(&catalog)?;
        let all = self.children(Kind::Proposal, workshop)?;
        let ballots = self.ballots(workshop)?;
        let closed = ballots.iter().filter(|ballot| ballot.state == "closed").count();
        let (parked, proposals): (Vec<&Entity>, Vec<&Entity>) =
            all.iter().partition(|proposal| proposal.fields.flag(Field::Parked));
        let again = self.said_again(Some(workshop), &catalog)?;
        let row = counted(&proposals, u32::try_from(closed).unwrap_or(u32::MAX));
        let row = workshop_row(&entity, &catalog, self.steps(workshop)?, row);
        let card = |proposal: &Entity| ProposalCard {
            id: proposal.id,
            text: text(proposal, Field::Text),
            table: proposal.fields.number(Field::Table),
            origin: proposal.fields.string(Field::Origin),
            card_number: proposal.fields.number(Field::CardNumber),
            support: again.times(proposal.id),
            came_from: catalog.came_from(proposal.id, &all),
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
        for proposal in proposals {
            let group = proposal.fields.id(Field::Group);
            match groups.iter_mut().find(|column| Some(column.id) == group) {
                Some(column) => column.proposals.push(card(proposal)),
                // In no group, or in one that is gone: it must stay in sight.
                None => ungrouped.push(card(proposal)),
            }
        }
        ungrouped.reverse();
        let parked = parked.into_iter().map(card).collect();
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
            photos: self.photos(workshop)?,
            parked,
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
            rehearsal: false,
            timer: timer.clone(),
            title: String::new(),
            question: String::new(),
            groups: Vec::new(),
            silent: None,
            steps: Vec::new(),
            ballot: None,
            join: None,
        };
        match scene {
            Scene::Black => {}
            Scene::Join { workshop } => {
                let workshop = self.entity_of(Kind::Workshop, *workshop)?;
                view.title = name(&workshop).name;
            }
            Scene::Board { workshop }
            | Scene::Question { workshop }
            | Scene::Agenda { workshop }
            | Scene::Timer { workshop } => {
                let board = self.board(*workshop)?;
                view.title = heading(&board.workshop);
                if matches!(scene, Scene::Agenda { .. }) {
                    view.steps = board.workshop.steps.iter().map(projected_step).collect();
                }
                view.question = board.workshop.question.unwrap_or_default();
                let alone = matches!(self.sharing_now(*workshop)?, Some((_, Some(Sharing::Silent))));
                if matches!(scene, Scene::Board { .. }) && alone {
                    let grouped: usize = board.groups.iter().map(|group| group.proposals.len()).sum();
                    view.silent = u32::try_from(grouped + board.ungrouped.len()).ok();
                } else if matches!(scene, Scene::Board { .. }) {
                    view.groups = board.groups.into_iter().map(projected_group).collect();
                    if !board.ungrouped.is_empty() {
                        view.groups.push(ProjectedGroup { name: None, proposals: words(board.ungrouped) });
                    }
                }
            }
            Scene::Group { group } => {
                // One that was dissolved meanwhile leaves the wall empty, not stuck.
                if let Some(workshop) = self.store.entity(*group)?.and_then(|group| group.fields.id(Field::Workshop)) {
                    let board = self.board(workshop)?;
                    view.title = heading(&board.workshop);
                    view.question = board.workshop.question.unwrap_or_default();
                    let one = board.groups.into_iter().find(|one| one.id == *group);
                    view.groups = one.into_iter().map(projected_group).collect();
                }
            }
            Scene::Ballot { ballot } => {
                let mut ballot = self.ballot(*ballot)?;
                ballot.entered.clear();
                if ballot.state != "closed" && (ballot.secret || !ballot.settings.live) {
                    // Whatever a later version may count meanwhile, the wall has no result before closing unless it was asked.
                    ballot.outcome = None;
                }
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

/// The fields of a proposal noted in an atelier.
fn noted(workshop: EntityId, capture: &Capture, line: &str) -> Fields {
    let mut set = fields([(Field::Workshop, json!(workshop)), (Field::Text, json!(line))]);
    let more = [
        (Field::Table, capture.table.map(Value::from)),
        (Field::Theme, capture.theme.map(|id| json!(id))),
        (Field::Organisation, capture.organisation.map(|id| json!(id))),
        (Field::Group, capture.group.map(|id| json!(id))),
        (Field::CardNumber, capture.card_number.map(Value::from)),
        (Field::Origin, Some(json!(capture.origin.as_deref().unwrap_or("keyboard")))),
    ];
    for (field, value) in more {
        if let Some(value) = value {
            set.0.insert(field.name().to_owned(), value);
        }
    }
    set
}

fn words(cards: Vec<ProposalCard>) -> Vec<ProjectedProposal> {
    cards.into_iter().map(|card| ProjectedProposal { text: card.text, support: card.support }).collect()
}

fn projected_group(group: GroupColumn) -> ProjectedGroup {
    ProjectedGroup { name: Some(group.name), proposals: words(group.proposals) }
}

fn projected_step(step: &StepRow) -> ProjectedStep {
    ProjectedStep {
        title: step.title.clone(),
        minutes: step.minutes,
        started_at: step.started_at,
        ended_at: step.ended_at,
    }
}

/// « Atelier 7 · Mobilité ».
fn heading(workshop: &WorkshopRow) -> String {
    match workshop.number {
        Some(number) => format!("{number} · {}", workshop.title),
        None => workshop.title.clone(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use crate::{
        Failure, Field, Kind,
        testing::{noted, room},
        views::*,
    };
    use serde_json::json;

    fn card(text: &str, table: u32, number: u32) -> Capture {
        let origin = Some("paper".to_owned());
        Capture { text: text.into(), table: Some(table), card_number: Some(number), origin, ..Capture::default() }
    }

    #[test]
    fn lines_of_several_tables_are_one_act() {
        let (mut session, workshop, _folder) = room();
        let at = |text: &str, table| Capture { text: text.into(), table: Some(table), ..Capture::default() };
        let ids = session.capture_all(workshop, &[at("Un\n\nDeux", 1), at("Trois", 2)]).unwrap();
        assert_eq!(ids.len(), 3);
        let tables: Vec<_> = session.board(workshop).unwrap().ungrouped.iter().map(|card| card.table).collect();
        assert_eq!(tables, [Some(2), Some(1), Some(1)], "newest first");
        session.undo().unwrap();
        assert!(session.board(workshop).unwrap().ungrouped.is_empty());
    }

    #[test]
    fn a_paper_card_is_entered_once_and_the_words_entered_then_are_told() {
        let (mut session, workshop, _folder) = room();
        session.capture(workshop, &card("Un garage", 3, 12)).unwrap();
        let refused = session.capture(workshop, &card("Une navette", 4, 12));
        assert!(matches!(refused, Err(Failure::CardTaken { number: 12, text }) if text == "Un garage"));
        let twice = [card("Une navette", 4, 13), card("Un bus", 4, 13)];
        assert!(matches!(session.capture_all(workshop, &twice), Err(Failure::CardTaken { number: 13, .. })));
        assert_eq!(session.board(workshop).unwrap().ungrouped.len(), 1, "all or none");
        // Taken back, the number is free again.
        session.undo().unwrap();
        session.capture(workshop, &card("Une navette", 4, 12)).unwrap();
    }

    #[test]
    fn the_wall_never_has_names_tables_drafts_or_results_before_closing() {
        let (mut session, workshop, _folder) = room();
        let named = [(Field::Name, json!("Structure Secrète"))].into_iter().collect();
        let organisation = session.create_entity(Kind::Organisation, named, None).unwrap();
        let code = [(Field::Code, json!("Hêtre"))].into_iter().collect();
        let participant = session.create_entity(Kind::Participant, code, None).unwrap();
        session.set_person(participant, PersonKey::Name, "Prénom Nom").unwrap();
        session.edit_entity(workshop, [(Field::Aims, json!("Objectif gardé"))].into_iter().collect()).unwrap();
        let step = [
            (Field::Workshop, json!(workshop)),
            (Field::Title, json!("Accueil")),
            (Field::Instructions, json!("Consigne gardée")),
        ];
        session.create_entity(Kind::Step, step.into_iter().collect(), None).unwrap();
        let said = Capture { text: "Une navette".into(), organisation: Some(organisation), ..Capture::default() };
        let one = session.capture(workshop, &said).unwrap()[0];
        let other = noted(&mut session, workshop, "Un garage");
        let group = session.group(&[one, other], &Target::New { name: "Bouger".into() }).unwrap().unwrap();
        let ballot = NewBallot {
            workshop,
            method: RoomMethod::Approval,
            question: "Que garder ?".into(),
            about: vec![one, other],
            settings: BallotSettings::default(),
            secret: true,
            present_count: Some(9),
            costs: Vec::new(),
        };
        let ballot = session.new_ballot(&ballot).unwrap();
        let option = session.ballot(ballot).unwrap().options[0].id.to_string();
        let bulletin = serde_json::from_value(json!({ "approve": [option], "channel": "paper", "table": 5 })).unwrap();
        session.cast(ballot, &bulletin).unwrap();
        let scenes = [
            Scene::Black,
            Scene::Board { workshop },
            Scene::Question { workshop },
            Scene::Agenda { workshop },
            Scene::Group { group },
            Scene::Timer { workshop },
            Scene::Ballot { ballot },
        ];
        for scene in scenes {
            let view = session.projected(&scene, false, &Timer::default()).unwrap();
            let wall = serde_json::to_value(&view).unwrap();
            let shown = wall.to_string();
            for kept in ["Secrète", "Prénom", "Hêtre", "gardé", "paper"] {
                assert!(!shown.contains(kept), "{scene:?} shows {kept}");
            }
            assert!(
                wall["ballot"].is_null() || wall["ballot"]["outcome"].is_null(),
                "no result while the vote is open"
            );
            assert!(wall["ballot"].is_null() || wall["ballot"]["entered"] == json!([]), "no bulletin");
        }
        let open = session.projected(&Scene::Ballot { ballot }, false, &Timer::default()).unwrap();
        assert_eq!(open.ballot.unwrap().bulletins, 1, "how many voted may be told");
        session.close_ballot(ballot).unwrap();
        let closed = session.projected(&Scene::Ballot { ballot }, false, &Timer::default()).unwrap();
        assert!(closed.ballot.unwrap().outcome.is_some());
    }
}
