//! Phones in the room: what they are shown and what they may do, each as one use case.
//!
//! A phone is a stranger with a secret of its own. What it sends is known again by a hash of a number it drew, so that a
//! retry, or a queue that waited for the network, never doubles anything. A bulletin's key is a hash of the secret and the
//! vote: sent again it replaces, and nobody who holds the file can tell whose it is.

use crate::{
    Failure, Session,
    catalog::{text, theme_row},
    phone_votes::on_phones,
    session::fields,
    views::*,
};
use moisson_domain::{EntityId, Field, Kind};
use moisson_journal::Draft;
use moisson_room::{Entry, Invitation, Item, Receipt, Refusal, Scene, Sharing, Support, letters, read_letters};
use moisson_store::{HeldEntry, KeptInvitation, KnownEntry};
use serde_json::json;
use std::collections::BTreeSet;

/// Signs that a proposal from a phone may have.
const LONGEST: usize = 1_000;
/// Proposals that may wait to be read in one atelier.
const MOST_HELD: usize = 1_000;
/// Cards that one vote may have.
const MOST_CARDS: usize = 2_000;

impl Session {
    /// The invitation to an atelier's room and the port it was last open on: the one that was kept, so that phones come back,
    /// or a new one, which turns away those who have the old.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn invitation(&mut self, workshop: EntityId, renew: bool) -> Result<(Invitation, u16), Failure> {
        self.entity_of(Kind::Workshop, workshop)?;
        let kept = self.store.invitation(workshop)?;
        let port = kept.as_ref().map_or(0, |kept| kept.port);
        if let Some(kept) = kept.filter(|_| !renew).and_then(|kept| Invitation::kept(&kept.token, &kept.word)) {
            return Ok((kept, port));
        }
        let invitation = Invitation::draw(&mut |bytes| self.fill_random(bytes));
        self.keep_port(workshop, &invitation, port)?;
        Ok((invitation, port))
    }

    /// Keeps on which port phones were told to come.
    pub(crate) fn keep_port(&mut self, workshop: EntityId, invitation: &Invitation, port: u16) -> Result<(), Failure> {
        let kept = KeptInvitation { token: invitation.token(), word: invitation.word().to_owned(), port };
        Ok(self.store.keep_invitation(workshop, &kept)?)
    }

    /// What was refused in an atelier's room so far, also before the laptop was started anew.
    pub(crate) fn refused_in(&self, workshop: EntityId) -> Result<Vec<(Refusal, u32)>, Failure> {
        let kept = self.store.counted(workshop)?;
        // Reasons of a later version are not ours to tell.
        Ok(kept.and_then(|words| serde_json::from_str(&words).ok()).unwrap_or_default())
    }

    /// Keeps what was refused in an atelier's room: by reason, never by phone.
    pub(crate) fn keep_refused(&mut self, workshop: EntityId, refused: &[(Refusal, u32)]) -> Result<(), Failure> {
        Ok(self.store.keep_counted(workshop, &json!(refused).to_string())?)
    }

    /// What the phones of an atelier are shown: the question of the moment, what was proposed unless each writes alone, and
    /// the open votes.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn phone_scene(&self, workshop: EntityId, sharing: Sharing, moderated: bool) -> Result<Scene, Failure> {
        let entity = self.entity_of(Kind::Workshop, workshop)?;
        let themes = self.list(Kind::Theme)?;
        let themes: Vec<ThemeRow> = themes.iter().enumerate().map(theme_row).collect();
        let theme = themes.iter().find(|theme| Some(theme.id) == entity.fields.id(Field::Theme));
        let now = self
            .children(Kind::Step, workshop)?
            .into_iter()
            .find(|step| step.fields.get(Field::StartedAt).is_some() && step.fields.get(Field::EndedAt).is_none());
        let asked = now.and_then(|step| step.fields.string(Field::Question));
        let asked = asked.or_else(|| entity.fields.string(Field::Question)).unwrap_or_default();
        let mut ballots = Vec::new();
        for ballot in self.children(Kind::Ballot, workshop)? {
            ballots.extend(self.phone_ballot(&ballot)?);
        }
        let items = if sharing == Sharing::Silent { Vec::new() } else { self.phone_items(workshop)? };
        Ok(Scene {
            rehearsal: false,
            title: text(&entity, Field::Title),
            colour: theme.map(|theme| theme.colour),
            number: theme.map(|theme| theme.number),
            question: asked,
            sharing,
            moderated,
            ballots,
            items,
        })
    }

    fn phone_items(&self, workshop: EntityId) -> Result<Vec<Item>, Failure> {
        let supports = self.store.supports_of(workshop)?;
        let proposals = self.children(Kind::Proposal, workshop)?;
        let shown = proposals.into_iter().filter(|proposal| !proposal.fields.flag(Field::Parked));
        Ok(shown
            .map(|proposal| Item {
                id: proposal.id,
                text: text(&proposal, Field::Text),
                table: proposal.fields.number(Field::Table),
                supports: supports.get(&proposal.id).copied().unwrap_or(0),
            })
            .collect())
    }

    /// Notes a proposal that a phone sent, or holds it to be read first. Known again by its key, it is noted once.
    ///
    /// # Errors
    /// [`Failure::NothingToNote`], [`Failure::TooManyLines`] when too many wait, what a field refuses, or what the store reports.
    pub fn propose_by_phone(&mut self, workshop: EntityId, entry: &Entry, moderated: bool) -> Result<Receipt, Failure> {
        let key = entry_hash(&entry.key);
        match self.store.known_entry(key)? {
            Some(KnownEntry::Became(id)) => return Ok(Receipt::Noted { id }),
            Some(KnownEntry::Held) => return Ok(Receipt::Held),
            Some(KnownEntry::Refused) => return Ok(Receipt::Refused),
            None => {}
        }
        let words = plain(&entry.text);
        if words.is_empty() || words.chars().count() > LONGEST {
            return Err(Failure::NothingToNote);
        }
        let held = HeldEntry { key, table: entry.table.filter(|table| (1..=999).contains(table)), text: words };
        if !moderated {
            return Ok(Receipt::Noted { id: self.note_entry(workshop, &held)? });
        }
        let waiting = self.store.held(workshop)?.len();
        if waiting >= MOST_HELD {
            return Err(Failure::TooManyLines { found: waiting, max: MOST_HELD });
        }
        self.store.hold(workshop, &held)?;
        Ok(Receipt::Held)
    }

    /// Through the same path as the keyboard, and with it that the phone sent it.
    fn note_entry(&mut self, workshop: EntityId, held: &HeldEntry) -> Result<EntityId, Failure> {
        let origin = Some(String::from("phone"));
        let capture = Capture { text: held.text.clone(), table: held.table, origin, ..Capture::default() };
        let (ids, drafts) = self.capture_drafts(workshop, std::slice::from_ref(&capture))?;
        let id = ids.first().copied().ok_or(Failure::NothingToNote)?;
        if let Some(act) = self.checked("proposal.capture", drafts)? {
            self.with_by(|store, by| store.append_entry(held.key, id, &act, by))?;
        }
        Ok(id)
    }

    /// Proposals of an atelier's phones that wait to be read.
    ///
    /// # Errors
    /// What the store reports.
    pub fn held_proposals(&self, workshop: EntityId) -> Result<Vec<HeldProposal>, Failure> {
        let held = self.store.held(workshop)?.into_iter();
        Ok(held.map(|one| HeldProposal { key: hex(one.key), text: one.text, table: one.table, device: None }).collect())
    }

    /// Lets a proposal that waits onto the board, or sets it aside.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn moderate(&mut self, workshop: EntityId, key: &str, accept: bool) -> Result<(), Failure> {
        let wanted = u128::from_str_radix(key, 16).ok().map(u128::to_be_bytes);
        let found = self.store.held(workshop)?.into_iter().find(|held| Some(held.key) == wanted);
        let held = found.ok_or(Failure::NoSuch { what: Some(Kind::Proposal), reference: key.to_owned() })?;
        if accept {
            self.note_entry(workshop, &held)?;
        } else {
            self.store.refuse_held(held.key)?;
        }
        Ok(())
    }

    /// Supports a proposal from a phone, or takes the support back; twice is once.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn support_by_phone(&mut self, workshop: EntityId, support: &Support) -> Result<(), Failure> {
        let proposal = self.entity_of(Kind::Proposal, support.proposal)?;
        if proposal.fields.id(Field::Workshop) != Some(workshop) {
            return Err(Failure::NoSuch { what: Some(Kind::Proposal), reference: support.proposal.to_string() });
        }
        let key = hashed("moisson phone support", &[&support.secret, support.proposal.as_bytes()]);
        let (id, draft) = match self.store.known_entry(key)? {
            Some(KnownEntry::Became(id)) => {
                if self.store.entity(id)?.is_some() == support.on {
                    return Ok(());
                }
                (id, Draft::life(id, Kind::Support.name(), !support.on))
            }
            _ if !support.on => return Ok(()),
            _ => {
                let id = self.new_id();
                let set = fields([
                    (Field::Proposal, json!(support.proposal)),
                    (Field::Count, json!(1)),
                    (Field::Channel, json!("phone")),
                    (Field::SaidIn, json!(workshop)),
                ]);
                (id, Draft::set(id, Kind::Support.name(), set))
            }
        };
        let label = if support.on { "support.add" } else { "support.remove" };
        if let Some(act) = self.checked(label, vec![draft])? {
            self.with_by(|store, by| store.append_entry(key, id, &act, by))?;
        }
        Ok(())
    }

    /// Draws single-use cards for an open vote: from then on a phone's bulletin needs one. Only their hashes are kept, so
    /// what is returned is all there will ever be.
    ///
    /// # Errors
    /// [`Failure::BallotState`], [`Failure::TooManyLines`] or what the store reports.
    pub fn draw_cards(&mut self, ballot: EntityId, count: u32) -> Result<Vec<String>, Failure> {
        self.open_ballot(ballot)?;
        let (drawn, _) = self.store.cards(ballot)?;
        let wanted = usize::try_from(count).unwrap_or(usize::MAX);
        let all = wanted.saturating_add(usize::try_from(drawn).unwrap_or(usize::MAX));
        if all > MOST_CARDS {
            return Err(Failure::TooManyLines { found: all, max: MOST_CARDS });
        }
        let mut cards = BTreeSet::new();
        while cards.len() < wanted {
            let mut random = [0; 3];
            self.fill_random(&mut random);
            cards.insert(letters(random));
        }
        let hashes: Vec<[u8; 16]> = cards.iter().filter_map(|card| card_hash(ballot, card)).collect();
        self.store.put_cards(ballot, &hashes)?;
        self.touch([Kind::Ballot]);
        Ok(cards.into_iter().collect())
    }

    /// Open votes of an atelier as the facilitator follows them: how many bulletins, how many cards.
    ///
    /// # Errors
    /// What the store reports.
    pub fn phone_votes(&self, workshop: EntityId) -> Result<Vec<PhoneVote>, Failure> {
        let open = self.ballots(workshop)?.into_iter().filter(|ballot| ballot.state == "open");
        open.map(|ballot| {
            let (cards, used) = self.store.cards(ballot.id)?;
            let by_phone = on_phones(ballot.method);
            Ok(PhoneVote {
                id: ballot.id,
                question: ballot.question,
                by_phone,
                bulletins: ballot.bulletins,
                cards,
                used,
            })
        })
        .collect()
    }

    /// Empties the log once bulletins stopped coming, where someone who was reading kept it from being emptied with the last.
    ///
    /// # Errors
    /// What the store reports.
    pub fn settle_votes(&self) -> Result<(), Failure> {
        Ok(self.store.settle_log()?)
    }
}

/// What is wrong with a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardProblem {
    /// None was given.
    Needed,
    /// None such was drawn for this vote.
    Unknown,
    /// It was used.
    Spent,
}

/// Sixteen bytes that tell these apart from any others, and from which they cannot be found.
pub(crate) fn hashed(purpose: &str, parts: &[&[u8]]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new_derive_key(purpose);
    for part in parts {
        hasher.update(part);
    }
    let mut hash = [0; 16];
    hasher.finalize_xof().fill(&mut hash);
    hash
}

/// Under what the file knows what a phone sent.
pub(crate) fn entry_hash(key: &[u8; 16]) -> [u8; 16] {
    hashed("moisson phone entry", &[key])
}

pub(crate) fn hex(key: [u8; 16]) -> String {
    format!("{:032x}", u128::from_be_bytes(key))
}

pub(crate) fn card_hash(ballot: EntityId, typed: &str) -> Option<[u8; 16]> {
    let card = read_letters(typed)?;
    Some(hashed("moisson card", &[ballot.as_bytes(), card.as_bytes()]))
}

/// The words of one proposal: on one line, without the signs that only steer a display.
pub(crate) fn plain(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    // Joiners hold some scripts and pictures together.
    let kept: String = text
        .chars()
        .filter_map(|c| match c {
            c if c.is_whitespace() => Some(' '),
            '\u{200c}' | '\u{200d}' => Some(c),
            c if steers(c) => None,
            c => Some(c),
        })
        .collect();
    kept.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposal_is_one_line_of_words_and_nothing_that_steers() {
        assert_eq!(plain("  un\r\n bus\u{0} \u{202e}de\u{feff} nuit\t "), "un bus de nuit");
        assert_eq!(plain("<script>alert(1)</script>"), "<script>alert(1)</script>", "words are words, shown as such");
        assert_eq!(plain("👩\u{200d}🌾"), "👩\u{200d}🌾");
        assert_eq!(plain("\u{200b}\n\t"), "");
    }

    #[test]
    fn a_card_is_known_however_it_is_typed_and_only_for_its_vote() {
        let (one, other) = (EntityId::from_bytes([1; 16]), EntityId::from_bytes([2; 16]));
        assert_eq!(card_hash(one, "bcd fgh"), card_hash(one, "BCD-FGH"));
        assert_ne!(card_hash(one, "BCDFGH"), card_hash(other, "BCDFGH"));
        assert_eq!(card_hash(one, "nope"), None);
    }
}
