//! Clore: what is left, decisions and next steps, what it was worth, and the minutes to correct before they leave.

use crate::{
    Failure, Session,
    catalog::{count, name, text},
    session::fields,
    views::*,
};
use moisson_document::{
    content,
    model::{Block, Document, Text},
};
use moisson_domain::{Entity, EntityId, Field, Kind};
use moisson_journal::Draft;
use serde_json::json;

impl Session {
    /// What closing an atelier asks for, and its minutes as they would be printed.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], [`Failure::Document`] or what the store reports.
    pub fn closing(&self, workshop: EntityId) -> Result<Closing, Failure> {
        let entity = self.entity_of(Kind::Workshop, workshop)?;
        let notes = self.children(Kind::Note, workshop)?;
        let disputed = self.store.disputed()?;
        let rows = |word: &str| -> Vec<NoteRow> {
            let of_kind = notes.iter().filter(|note| note.fields.text(Field::Kind) == Some(word));
            let row = |note: &Entity| NoteRow {
                id: note.id,
                text: text(note, Field::Text),
                done: note.fields.flag(Field::Done),
                conflict: disputed.contains(&note.id),
            };
            of_kind.map(row).collect()
        };
        let (decisions, next_steps) = (rows("decision_taken"), rows("next_step"));
        let ratings = self.ratings(workshop)?;
        let document = content::minutes(&self.minutes_source(workshop, false)?)?;
        Ok(Closing {
            workshop,
            closed: entity.fields.text(Field::State) == Some("closed"),
            left: self.left(&entity, !decisions.is_empty() || !next_steps.is_empty(), &ratings)?,
            remarks: rows("comment"),
            mean: mean(&ratings),
            introduction: entity.fields.string(Field::Introduction),
            minutes_state: entity.fields.string(Field::MinutesState).unwrap_or_else(|| String::from("draft")),
            minutes: printed(&document),
            decisions,
            next_steps,
            ratings,
        })
    }

    fn left(&self, workshop: &Entity, concluded: bool, ratings: &[u32; 5]) -> Result<Vec<Left>, Failure> {
        let id = workshop.id;
        let mut left = Vec::new();
        let proposals = self.children(Kind::Proposal, id)?;
        let groups = self.children(Kind::Group, id)?;
        let steps = self.children(Kind::Step, id)?;
        let running = steps.iter().filter(|step| crate::agenda::under_way(step));
        left.extend(running.map(|step| Left::RunningStep { step: name(step) }));
        for ballot in self.children(Kind::Ballot, id)? {
            if ballot.fields.text(Field::State) == Some("open") {
                left.push(Left::OpenBallot { ballot: name(&ballot) });
            }
        }
        let grouped = |one: &Entity| {
            let group = one.fields.id(Field::Group);
            groups.iter().any(|known| Some(known.id) == group)
        };
        let ungrouped = proposals.iter().filter(|one| !grouped(one)).count();
        if ungrouped > 0 {
            left.push(Left::Ungrouped { count: u32::try_from(ungrouped).unwrap_or(u32::MAX) });
        }
        let disputed = self.store.disputed()?;
        let here = proposals.iter().chain(&groups).chain(&steps).chain([workshop]);
        let disagreements: Vec<_> = here.filter(|one| disputed.contains(&one.id)).collect();
        if !disagreements.is_empty() {
            left.push(Left::Disagreements { count: count(&disagreements) });
        }
        if workshop.fields.number(Field::PresentCount).is_none() {
            left.push(Left::NoAttendance);
        }
        if !concluded {
            left.push(Left::NoDecision);
        }
        if ratings.iter().sum::<u32>() == 0 {
            left.push(Left::NoRating);
        }
        Ok(left)
    }

    /// Closes an atelier: the séquence under way ends, and its minutes are a draft. One act.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn close_workshop(&mut self, workshop: EntityId) -> Result<(), Failure> {
        let entity = self.entity_of(Kind::Workshop, workshop)?;
        let mut set = fields([(Field::State, json!("closed"))]);
        if entity.fields.get(Field::MinutesState).is_none() {
            set.0.insert(Field::MinutesState.name().to_owned(), json!("draft"));
        }
        let mut drafts = vec![Draft::set(workshop, Kind::Workshop.name(), set)];
        drafts.extend(self.ended(workshop, None, self.wall())?);
        self.act("workshop.close", drafts)?;
        Ok(())
    }

    /// Notes one more hand for a mark from 1 to 5.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn rate(&mut self, workshop: EntityId, mark: u8) -> Result<(), Failure> {
        self.entity_of(Kind::Workshop, workshop)?;
        let set = fields([
            (Field::Workshop, json!(workshop)),
            (Field::Value, json!(mark.clamp(1, 5))),
            (Field::Count, json!(1)),
            (Field::Channel, json!("hands")),
        ]);
        let id = self.new_id();
        self.act("rating.give", vec![Draft::set(id, Kind::Rating.name(), set)])?;
        Ok(())
    }

    /// Takes back a hand for a mark, the one noted last on this laptop or another.
    ///
    /// # Errors
    /// What the store reports.
    pub fn unrate(&mut self, workshop: EntityId, mark: u8) -> Result<(), Failure> {
        let ratings = self.children(Kind::Rating, workshop)?;
        let last = ratings.iter().rfind(|one| one.fields.number(Field::Value) == Some(u32::from(mark)));
        let drafts = last.map(|one| Draft::life(one.id, Kind::Rating.name(), true)).into_iter().collect();
        self.act("rating.take_back", drafts)?;
        Ok(())
    }

    /// Hands raised for each mark, from 1 to 5.
    pub(crate) fn ratings(&self, workshop: EntityId) -> Result<[u32; 5], Failure> {
        let mut hands = [0; 5];
        for rating in self.children(Kind::Rating, workshop)? {
            let mark = rating.fields.number(Field::Value).and_then(|mark| mark.checked_sub(1));
            if let Some(sum) = mark.and_then(|mark| hands.get_mut(mark as usize)) {
                *sum += rating.fields.number(Field::Count).unwrap_or(1);
            }
        }
        Ok(hands)
    }
}

/// The mean of hands raised for 1 to 5, if there are any.
pub(crate) fn mean(hands: &[u32; 5]) -> Option<f64> {
    let all: u32 = hands.iter().sum();
    let sum: u32 = (1..).zip(hands).map(|(mark, hands)| mark * hands).sum();
    (all > 0).then(|| f64::from(sum) / f64::from(all))
}

/// A document as the window shows it.
fn printed(document: &Document) -> Vec<PrintedBlock> {
    let plain = |text: &Text| text.iter().map(|run| run.text.as_str()).collect::<String>();
    let block = |block: &Block| {
        Some(match block {
            Block::Heading { level, text, anchor } => {
                PrintedBlock::Heading { level: *level, text: text.clone(), part: anchor.clone() }
            }
            Block::Action { title, anchor, .. } => {
                PrintedBlock::Heading { level: 3, text: title.clone(), part: Some(anchor.clone()) }
            }
            Block::Label { text } => PrintedBlock::Heading { level: 4, text: text.clone(), part: None },
            Block::Paragraph { text } => PrintedBlock::Paragraph { text: plain(text) },
            Block::List { items, number } => {
                let mark = |index: u32| number.map(|first| format!("{}. ", first + index)).unwrap_or_default();
                let items = (0..).zip(items).map(|(index, item)| mark(index) + &plain(item)).collect();
                PrintedBlock::List { items }
            }
            Block::Table { table } => PrintedBlock::Table {
                caption: table.caption.clone(),
                header: table.header.clone(),
                rows: table.rows.iter().map(|row| row.iter().map(plain).collect()).collect(),
            },
            Block::Panel { items } => {
                PrintedBlock::Facts { items: items.iter().map(|(label, text)| (label.clone(), plain(text))).collect() }
            }
            // Each figure is followed by the table that says the same.
            Block::Figure { .. } | Block::PageBreak => return None,
        })
    };
    document.blocks.iter().filter_map(block).collect()
}
