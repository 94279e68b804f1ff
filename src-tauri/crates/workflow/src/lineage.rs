//! Splitting and joining proposals. What was said stays as it was said: the words that were split or joined are put aside,
//! tied to those that come from them, and one undo brings them back.

use crate::{
    Failure, Session,
    catalog::{Catalog, text},
    session::fields,
    views::{Came, CameFrom},
};
use moisson_domain::{Entity, EntityId, Field, Fields, Kind};
use moisson_journal::Draft;
use serde_json::json;

/// Pieces that one proposal may be split into.
const MAX_PIECES: usize = 20;

/// What a piece, or a whole, keeps of the proposal it comes from.
const KEPT: [Field; 10] = [
    Field::Workshop,
    Field::Step,
    Field::Theme,
    Field::Territory,
    Field::Table,
    Field::College,
    Field::Organisation,
    Field::Origin,
    Field::Group,
    Field::Cluster,
];

impl Session {
    /// Splits a proposal in as many as there are texts. Each keeps where it was said, by whom, its regroupement and what it
    /// answers; the original is put aside.
    ///
    /// # Errors
    /// [`Failure::SplitInTwo`], [`Failure::TooManyLines`], [`Failure::NoSuch`], or what the store reports.
    pub fn split(&mut self, proposal: EntityId, texts: &[String]) -> Result<Vec<EntityId>, Failure> {
        let whole = self.entity_of(Kind::Proposal, proposal)?;
        let texts: Vec<&str> = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        if texts.len() < 2 {
            return Err(Failure::SplitInTwo);
        }
        if texts.len() > MAX_PIECES {
            return Err(Failure::TooManyLines { found: texts.len(), max: MAX_PIECES });
        }
        let (mut drafts, mut pieces) = (vec![aside(proposal)], Vec::new());
        for words in texts {
            let id = self.new_id();
            drafts.push(Draft::set(id, Kind::Proposal.name(), with(kept(&[&whole]), words)));
            drafts.push(self.link(id, "split_from", proposal));
            drafts.extend(self.answered(id, &[proposal])?);
            pieces.push(id);
        }
        self.act("proposal.split", drafts)?;
        Ok(pieces)
    }

    /// Joins proposals of one atelier under one wording. The new one keeps what they have in common, and all the constats
    /// they answer; they are put aside.
    ///
    /// # Errors
    /// [`Failure::JoinTwo`], [`Failure::OneWorkshop`], [`Failure::NothingToNote`], [`Failure::NoSuch`], or what the store
    /// reports.
    pub fn join(&mut self, proposals: &[EntityId], words: &str) -> Result<EntityId, Failure> {
        let mut sources: Vec<Entity> = Vec::new();
        for id in proposals {
            if sources.iter().all(|one| one.id != *id) {
                sources.push(self.entity_of(Kind::Proposal, *id)?);
            }
        }
        if sources.len() < 2 {
            return Err(Failure::JoinTwo);
        }
        if words.trim().is_empty() {
            return Err(Failure::NothingToNote);
        }
        let workshop = sources[0].fields.get(Field::Workshop);
        if sources.iter().any(|one| one.fields.get(Field::Workshop) != workshop) {
            return Err(Failure::OneWorkshop);
        }
        let id = self.new_id();
        let all: Vec<&Entity> = sources.iter().collect();
        let mut drafts = vec![Draft::set(id, Kind::Proposal.name(), with(kept(&all), words.trim()))];
        let ids: Vec<EntityId> = sources.iter().map(|one| one.id).collect();
        for source in &ids {
            drafts.push(self.link(id, "joined_from", *source));
            drafts.push(aside(*source));
        }
        drafts.extend(self.answered(id, &ids)?);
        self.act("proposal.join", drafts)?;
        Ok(id)
    }

    /// Puts proposals aside, or takes them up again.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], or what the store reports.
    pub fn park(&mut self, proposals: &[EntityId], parked: bool) -> Result<(), Failure> {
        let mut drafts = Vec::new();
        for id in proposals {
            if self.entity_of(Kind::Proposal, *id)?.fields.flag(Field::Parked) != parked {
                drafts.push(Draft::set(*id, Kind::Proposal.name(), fields([(Field::Parked, json!(parked))])));
            }
        }
        self.act(if parked { "proposal.park" } else { "proposal.unpark" }, drafts)?;
        Ok(())
    }

    /// Ties to the constats that any of these answer.
    fn answered(&mut self, id: EntityId, sources: &[EntityId]) -> Result<Vec<Draft>, Failure> {
        let mut findings = Vec::new();
        for source in sources {
            for link in self.children(Kind::Link, *source)? {
                let finding = link.fields.id(Field::To).filter(|_| link.fields.text(Field::Kind) == Some("finding"));
                findings.extend(finding.filter(|finding| !findings.contains(finding)));
            }
        }
        Ok(findings.into_iter().map(|finding| self.link(id, "finding", finding)).collect())
    }
}

fn aside(proposal: EntityId) -> Draft {
    Draft::set(proposal, Kind::Proposal.name(), fields([(Field::Parked, json!(true))]))
}

/// The fields that all of these have in common, of those that go on.
fn kept(sources: &[&Entity]) -> Fields {
    let common = KEPT.into_iter().filter_map(|field| {
        let value = sources.first()?.fields.get(field)?;
        sources.iter().all(|one| one.fields.get(field) == Some(value)).then(|| (field, value.clone()))
    });
    common.collect()
}

fn with(mut set: Fields, words: &str) -> Fields {
    set.0.insert(Field::Text.name().to_owned(), json!(words));
    set
}

impl Catalog {
    /// What a proposal was split or joined from, in the words it had, among these.
    pub(crate) fn came_from(&self, proposal: EntityId, among: &[Entity]) -> Vec<CameFrom> {
        let of = |word, how| {
            let words = |id| among.iter().find(|one| one.id == id).map(|one| text(one, Field::Text));
            let came = move |id| Some(CameFrom { how, id, text: words(id)? });
            self.linked(proposal, word).into_iter().filter_map(came).collect::<Vec<_>>()
        };
        [of("split_from", Came::Split), of("joined_from", Came::Joined)].concat()
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

    #[test]
    fn pieces_keep_where_it_was_said_and_the_original_is_put_aside_until_undone() {
        let (mut session, workshop, _folder) = room();
        let text = [(Field::Text, json!("Peu ont le permis"))].into_iter().collect();
        let finding = session.create_entity(Kind::Finding, text, None).unwrap();
        let said = "Une navette, et un garage solidaire";
        let capture = Capture { text: said.into(), table: Some(3), finding: Some(finding), ..Capture::default() };
        let whole = session.capture(workshop, &capture).unwrap()[0];
        session.group(&[whole], &Target::New { name: "Bouger".into() }).unwrap();
        session.say_again(whole, workshop).unwrap();
        let pieces =
            session.split(whole, &["Une navette".into(), " Un garage solidaire ".into(), "  ".into()]).unwrap();
        assert_eq!(pieces.len(), 2);
        let board = session.board(workshop).unwrap();
        let cards = &board.groups[0].proposals;
        assert_eq!(
            cards.iter().map(|card| card.text.as_str()).collect::<Vec<_>>(),
            ["Une navette", "Un garage solidaire"]
        );
        for card in cards {
            assert_eq!((card.table, card.support), (Some(3), 1), "said at that table, and again");
            assert_eq!(card.finding.as_ref().unwrap().id, finding);
            assert_eq!(card.came_from, [CameFrom { how: Came::Split, id: whole, text: said.into() }]);
        }
        assert_eq!(board.parked.iter().map(|card| card.id).collect::<Vec<_>>(), [whole]);
        assert_eq!(board.workshop.proposals, 2, "what is put aside is not counted twice");
        session.undo().unwrap();
        let board = session.board(workshop).unwrap();
        assert_eq!(board.groups[0].proposals.iter().map(|card| card.text.as_str()).collect::<Vec<_>>(), [said]);
        assert!(board.parked.is_empty());
    }

    #[test]
    fn a_join_keeps_what_all_have_in_common_and_the_words_of_each() {
        let (mut session, workshop, _folder) = room();
        let capture = |text: &str, table| Capture { text: text.into(), table: Some(table), ..Capture::default() };
        let one = session.capture(workshop, &capture("Plus de bus", 1)).unwrap()[0];
        let other = session.capture(workshop, &capture("Des bus plus tôt", 2)).unwrap()[0];
        session.say_again(one, workshop).unwrap();
        let joined = session.join(&[one, other, one], "Des bus plus tôt et plus souvent").unwrap();
        let board = session.board(workshop).unwrap();
        assert_eq!(board.ungrouped.len(), 1);
        let card = &board.ungrouped[0];
        assert_eq!((card.id, card.table, card.support), (joined, None, 1));
        let words: Vec<&str> = card.came_from.iter().map(|from| from.text.as_str()).collect();
        assert_eq!(words, ["Plus de bus", "Des bus plus tôt"]);
        // One of both taken up again stands beside the joined one; nothing was lost.
        session.park(&[one], false).unwrap();
        assert_eq!(session.board(workshop).unwrap().ungrouped.len(), 2);
        session.undo().unwrap();
        session.undo().unwrap();
        assert_eq!(session.board(workshop).unwrap().ungrouped.len(), 2);
        assert!(session.board(workshop).unwrap().parked.is_empty());
    }

    #[test]
    fn what_cannot_be_split_or_joined_is_refused_and_nothing_changes() {
        let (mut session, workshop, _folder) = room();
        let one = noted(&mut session, workshop, "Un");
        let title = [(Field::Title, json!("Santé"))].into_iter().collect();
        let elsewhere = session.create_entity(Kind::Workshop, title, None).unwrap();
        let other = noted(&mut session, elsewhere, "Deux");
        let before = session.digest().unwrap();
        assert!(matches!(session.split(one, &["Un".into(), " ".into()]), Err(Failure::SplitInTwo)));
        assert!(matches!(session.split(one, &vec!["x".into(); 21]), Err(Failure::TooManyLines { .. })));
        assert!(matches!(session.join(&[one, one], "Un"), Err(Failure::JoinTwo)));
        assert!(matches!(session.join(&[one, other], "Un"), Err(Failure::OneWorkshop)));
        assert!(session.join(&[one, workshop], "Un").is_err());
        assert_eq!(session.digest().unwrap(), before);
    }
}
