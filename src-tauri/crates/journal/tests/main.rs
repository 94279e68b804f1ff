//! The rules of the journal, told by small situations of two laptops.
#![allow(clippy::unwrap_used, missing_docs)]

use moisson_domain::{EntityId, Fields};
use moisson_journal::{
    Act, Change, ChangeId, Clock, Draft, InvalidChange, Signature, WriterId, body_hash, complete, compose, erase,
    read_line, resolve, restore, write_line,
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, convert::Infallible};

/// A laptop that writes about one entity.
struct Laptop {
    signature: Signature,
    known: Vec<Change>,
}

const ENTITY: EntityId = EntityId::from_bytes([1; 16]);

fn laptop(id: u8) -> Laptop {
    let signature = Signature {
        writer: WriterId([id; 16]),
        prev: None,
        seq: 1,
        clock: Clock::default(),
        wall: 1_655_200_000_000 + i64::from(id),
        author: String::new(),
    };
    Laptop { signature, known: Vec::new() }
}

impl Laptop {
    fn writes(&mut self, set: &[(&str, Value)]) -> ChangeId {
        let set = Fields(set.iter().map(|(field, value)| ((*field).to_owned(), value.clone())).collect());
        let act = Act { label: "test".into(), undoes: None, drafts: vec![Draft::set(ENTITY, "proposal", set)] };
        let known = self.known.clone();
        let changes = compose(&act, &mut self.signature, |_| Ok::<_, Infallible>(known.clone()), || [7; 12]).unwrap();
        self.known.extend(changes.clone());
        changes[0].id
    }

    /// Takes in what another knows: a union.
    fn meets(&mut self, other: &Self) {
        for change in &other.known {
            if !self.known.contains(change) {
                self.known.push(change.clone());
            }
        }
    }

    fn text(&self) -> Option<Value> {
        resolve(&self.known).unwrap().fields.0.get("text").cloned()
    }

    fn conflicts(&self) -> Vec<(String, usize)> {
        let state = resolve(&self.known).unwrap();
        state.conflicts.into_iter().map(|conflict| (conflict.field, conflict.versions.len())).collect()
    }
}

fn two_that_know_one_proposal() -> (Laptop, Laptop) {
    let (mut a, mut b) = (laptop(1), laptop(2));
    a.writes(&[("text", json!("Un bus le soir")), ("table", json!(3))]);
    b.meets(&a);
    (a, b)
}

/// Nothing was undone since.
const NONE: BTreeSet<ChangeId> = BTreeSet::new();

#[test]
fn a_text_edited_on_two_laptops_keeps_both_versions() {
    let (mut a, mut b) = two_that_know_one_proposal();
    a.writes(&[("text", json!("Un bus le soir et le dimanche"))]);
    b.writes(&[("text", json!("Un bus à la demande"))]);
    a.meets(&b);
    b.meets(&a);
    assert_eq!(a.conflicts(), [("text".to_owned(), 2)]);
    assert_eq!(resolve(&a.known), resolve(&b.known), "the pick is the same on both");
    // Settling is one more change that saw both.
    a.writes(&[("text", json!("Un bus à la demande, le soir et le dimanche"))]);
    b.meets(&a);
    assert_eq!((b.conflicts(), b.text()), (vec![], Some(json!("Un bus à la demande, le soir et le dimanche"))));
}

#[test]
fn two_people_who_write_the_same_agree() {
    let (mut a, mut b) = two_that_know_one_proposal();
    a.writes(&[("text", json!("Une navette"))]);
    b.writes(&[("text", json!("Une navette"))]);
    a.meets(&b);
    assert_eq!(a.conflicts(), []);
}

#[test]
fn different_fields_edited_at_once_do_not_conflict() {
    let (mut a, mut b) = two_that_know_one_proposal();
    a.writes(&[("text", json!("Une navette"))]);
    b.writes(&[("table", json!(5))]);
    a.meets(&b);
    assert_eq!(a.conflicts(), []);
}

#[test]
fn what_one_deletes_while_another_edits_comes_back_with_a_question() {
    let (mut a, mut b) = two_that_know_one_proposal();
    a.writes(&[("deleted", json!(true))]);
    assert!(!resolve(&a.known).unwrap().alive);
    b.writes(&[("text", json!("Une navette"))]);
    a.meets(&b);
    assert!(resolve(&a.known).unwrap().alive);
    assert_eq!(a.conflicts(), [("deleted".to_owned(), 2)]);
    // Deleting again, having seen the edit, settles it.
    a.writes(&[("deleted", json!(true))]);
    b.meets(&a);
    assert!(!resolve(&b.known).unwrap().alive);
}

#[test]
fn what_was_edited_before_it_was_deleted_stays_deleted() {
    let (mut a, mut b) = two_that_know_one_proposal();
    b.writes(&[("text", json!("Une navette"))]);
    a.meets(&b);
    a.writes(&[("deleted", json!(true))]);
    b.meets(&a);
    assert!(!resolve(&b.known).unwrap().alive);
    assert_eq!(b.conflicts(), []);
}

#[test]
fn undo_puts_back_the_value_before_unless_someone_changed_it_since() {
    let (mut a, mut b) = two_that_know_one_proposal();
    let edit = a.writes(&[("text", json!("Une navette"))]);
    let restored = restore(&a.known, &[edit], &NONE).draft.unwrap();
    assert_eq!(restored.set.0.get("text"), Some(&json!("Un bus le soir")));
    b.meets(&a);
    b.writes(&[("text", json!("Deux navettes"))]);
    a.meets(&b);
    let restored = restore(&a.known, &[edit], &NONE);
    assert_eq!((restored.draft, restored.kept), (None, vec!["text".to_owned()]));
}

#[test]
fn edits_of_one_field_are_undone_one_after_the_other_but_never_over_someone_elses() {
    let (mut a, mut b) = two_that_know_one_proposal();
    let first = a.writes(&[("text", json!("Une navette"))]);
    let second = a.writes(&[("text", json!("Deux navettes"))]);
    let back = restore(&a.known, &[second], &NONE).draft.unwrap().set.0["text"].clone();
    let undoing = a.writes(&[("text", back)]);
    let void = [second, undoing].into();
    let restored = restore(&a.known, &[first], &void).draft.unwrap();
    assert_eq!(restored.set.0.get("text"), Some(&json!("Un bus le soir")));
    // The other person's words were there in between: undoing the second edit brought them back, and the first lies below.
    b.meets(&a);
    b.writes(&[("text", json!("Un tram"))]);
    a.meets(&b);
    let third = a.writes(&[("text", json!("Trois trams"))]);
    let undoing = a.writes(&[("text", json!("Un tram"))]);
    let restored = restore(&a.known, &[first], &[third, undoing].into());
    assert_eq!((restored.draft, restored.kept), (None, vec!["text".to_owned()]));
}

#[test]
fn undoing_a_creation_deletes_it_unless_someone_worked_on_it() {
    let mut a = laptop(1);
    let made = a.writes(&[("text", json!("Un bus"))]);
    assert_eq!(restore(&a.known, &[made], &NONE).draft.unwrap().set.0.get("deleted"), Some(&json!(true)));
    let mut b = laptop(2);
    b.meets(&a);
    b.writes(&[("text", json!("Deux bus"))]);
    a.meets(&b);
    assert_eq!(restore(&a.known, &[made], &NONE).draft, None);
}

#[test]
fn a_line_reads_back_and_shows_any_tampering() {
    let (a, _) = two_that_know_one_proposal();
    let line = write_line(&a.known[0], false);
    assert_eq!(read_line(&line).unwrap(), a.known[0]);
    let forged = line.replace("le soir", "le midi");
    assert!(matches!(read_line(&forged), Err(InvalidChange::WrongId(_) | InvalidChange::WrongBody(_))));
    assert!(read_line(&line.replace("\"seq\":1", "\"seq\":2")).is_err());
    // Withheld: its place in the chain is proved, its words do not travel.
    let withheld = write_line(&a.known[0], true);
    assert!(!withheld.contains("bus"));
    let change = read_line(&withheld).unwrap();
    assert_eq!((change.id, change.body), (a.known[0].id, None));
}

#[test]
fn an_erased_field_leaves_a_change_that_still_verifies_and_cannot_be_guessed() {
    let (a, _) = two_that_know_one_proposal();
    let change = &a.known[0];
    let body = change.body.as_deref().unwrap();
    let text = [String::from("text")].into();
    let left = erase(body, &text).unwrap().unwrap();
    assert!(!left.contains("bus") && left.contains("table"));
    // The salt that the erased value was hashed with is gone with it.
    let salt = serde_json::from_str::<Value>(body).unwrap()["salt"].as_str().unwrap().to_owned();
    assert!(!left.contains(&salt));
    let erased = Change { body: Some(left.clone()), ..change.clone() };
    erased.verify().unwrap();
    assert_eq!(read_line(&write_line(&erased, false)).unwrap(), erased);
    // What stays cannot be changed under cover of the erasure.
    let forged = Change { body: Some(left.replace(":3", ":4")), ..change.clone() };
    assert_eq!(forged.verify(), Err(InvalidChange::WrongBody(change.id)));
    // Erased twice is erased once; the whole body, met again, gives the whole body.
    assert_eq!(erase(&left, &text).unwrap(), None);
    assert_eq!(complete(&left, body).unwrap(), body);
    let other = erase(body, &[String::from("table")].into()).unwrap().unwrap();
    let both = complete(&left, &other).unwrap();
    assert_eq!(body_hash(&both).unwrap(), change.header.body_hash);
    assert!(both.contains("bus") && both.contains("table"));
    assert_eq!(resolve(&[erased]).unwrap().fields.0.keys().collect::<Vec<_>>(), ["table"]);
}
