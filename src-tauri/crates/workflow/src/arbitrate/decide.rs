//! What the committee decides, and the list of reasons it decides for.

use crate::{Failure, Session, catalog::text, session::fields, views::*};
use moisson_domain::{EntityId, Field, Kind};
use moisson_journal::Draft;
use serde_json::json;

/// The word of notes on the démarche that hold reasons for setting something aside.
const REASON: &str = "set_aside_reason";

impl Session {
    /// Notes a decision of the committee on rapprochements, beside those taken before. Where they are merged, they join the other
    /// one in the same act.
    ///
    /// # Errors
    /// [`Failure::WhySetAside`] without a reason, [`Failure::MergeInto`] without a rapprochement to go on in,
    /// [`Failure::NoSuch`], or what the store reports.
    pub fn decide(&mut self, new: &NewDecision) -> Result<(), Failure> {
        let reason = new.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
        if new.kind == DecisionKind::SetAside && reason.is_none() {
            return Err(Failure::WhySetAside);
        }
        let into = match (new.kind, new.into) {
            (DecisionKind::Merge, None) => return Err(Failure::MergeInto),
            (DecisionKind::Merge, into) => into,
            _ => None,
        };
        if into.is_some_and(|into| new.clusters.contains(&into)) {
            return Err(Failure::MergeInto);
        }
        let today = (self.world.now)().date_naive().to_string();
        let (mut drafts, mut names) = (Vec::new(), Vec::new());
        for cluster in &new.clusters {
            let entity = self.entity_of(Kind::Cluster, *cluster)?;
            names.push(text(&entity, Field::Name));
            let note = into.map(|_| text(&entity, Field::Name));
            let set = fields([
                (Field::About, json!(into.unwrap_or(*cluster))),
                (Field::Kind, json!(new.kind)),
                (Field::Reason, json!(reason)),
                (Field::DecidedOn, json!(today)),
                (Field::Body, json!(new.body)),
                (Field::Note, json!(note)),
            ]);
            drafts.push(Draft::set(self.new_id(), Kind::Decision.name(), set));
        }
        if let Some(into) = into {
            drafts.extend(self.join_drafts(into, &new.clusters)?);
        }
        self.act(&format!("decision.{}", word(new.kind)), drafts)?;
        Ok(())
    }

    /// Reasons offered where something is set aside: the committee's, else the usual ones.
    pub(crate) fn set_aside_reasons(&self) -> Result<Vec<String>, Failure> {
        let notes = self.children(Kind::Note, self.store.process())?;
        let ours: Vec<String> = notes
            .iter()
            .filter(|note| note.fields.text(Field::Kind) == Some(REASON))
            .map(|note| text(note, Field::Text))
            .collect();
        if !ours.is_empty() {
            return Ok(ours);
        }
        let usual = [
            ("Existe déjà sur le territoire", "Exists already in the territory"),
            ("Hors de la compétence des signataires", "Outside the signatories’ competence"),
            ("Contraire à la réglementation", "Against regulations"),
            ("Coût hors de proportion", "Cost out of proportion"),
            ("Trop peu soutenue par les ateliers", "Too little support from the workshops"),
            ("Relève d’une autre démarche", "Belongs to another process"),
        ];
        Ok(usual.into_iter().map(|(french, english)| self.language().say(french, english)).collect())
    }

    /// Makes the list of reasons these, in this order.
    ///
    /// # Errors
    /// What the store reports.
    pub fn set_reasons(&mut self, reasons: &[String]) -> Result<(), Failure> {
        let process = self.store.process();
        let mut wanted: Vec<&str> = Vec::new();
        for reason in reasons.iter().map(|reason| reason.trim()).filter(|reason| !reason.is_empty()) {
            if !wanted.contains(&reason) {
                wanted.push(reason);
            }
        }
        let mut notes = self.children(Kind::Note, process)?;
        notes.retain(|note| note.fields.text(Field::Kind) == Some(REASON));
        let mut drafts = Vec::new();
        for (reason, rank) in wanted.iter().zip(moisson_domain::spread(wanted.len())) {
            let rank = json!(rank.to_string());
            // One that stays stays the same note, so that what two laptops did to it meets.
            let known = notes.iter().position(|note| note.fields.text(Field::Text) == Some(reason));
            let (id, set) = match known {
                Some(at) => (notes.remove(at).id, fields([(Field::Rank, rank)])),
                None => {
                    let set = [
                        (Field::About, json!(process)),
                        (Field::Text, json!(reason)),
                        (Field::Kind, json!(REASON)),
                        (Field::Rank, rank),
                    ];
                    (self.new_id(), fields(set))
                }
            };
            drafts.push(Draft::set(id, Kind::Note.name(), set));
        }
        drafts.extend(notes.iter().map(|note| Draft::life(note.id, Kind::Note.name(), true)));
        self.act("decision.reasons", drafts)?;
        Ok(())
    }

    /// Decisions on something, latest first.
    pub(crate) fn decisions(&self, about: EntityId) -> Result<Vec<DecisionRow>, Failure> {
        let mut all = self.children(Kind::Decision, about)?;
        // Of one day's, the one noted last: ids are made in the order of time.
        all.sort_by(|one, other| {
            let day = |entity: &moisson_domain::Entity| entity.fields.string(Field::DecidedOn);
            day(other).cmp(&day(one)).then(other.id.cmp(&one.id))
        });
        let of = |entity: &moisson_domain::Entity, field| entity.fields.string(field);
        let row = |entity: &moisson_domain::Entity| DecisionRow {
            id: entity.id,
            kind: text(entity, Field::Kind),
            reason: of(entity, Field::Reason),
            decided_on: of(entity, Field::DecidedOn),
            body: of(entity, Field::Body),
            note: of(entity, Field::Note),
        };
        Ok(all.iter().map(row).collect())
    }
}

const fn word(kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::Retain => "retain",
        DecisionKind::Merge => "merge",
        DecisionKind::Study => "study",
        DecisionKind::SetAside => "set_aside",
    }
}
