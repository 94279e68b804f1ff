//! Merging in any order, any number of times, gives one state, and no words are lost.

use crate::laptops::Laptop;
use moisson_domain::{EntityId, Field, Kind};
use moisson_journal::Draft;
use proptest::prelude::*;
use serde_json::json;
use std::{collections::BTreeSet, path::PathBuf};

/// One thing that one laptop does.
#[derive(Debug, Clone)]
enum Step {
    Note { laptop: usize, text: String },
    Edit { laptop: usize, pick: usize, text: String },
    Move { laptop: usize, pick: usize, table: u32 },
    Delete { laptop: usize, pick: usize },
    Undo { laptop: usize },
    Meet { laptop: usize, from: usize },
}

const LAPTOPS: usize = 3;

fn step() -> impl Strategy<Value = Step> {
    let laptop = 0..LAPTOPS;
    let text = "[a-zé ’]{1,12}";
    prop_oneof![
        4 => (laptop.clone(), text).prop_map(|(laptop, text)| Step::Note { laptop, text }),
        3 => (laptop.clone(), 0..20_usize, text).prop_map(|(laptop, pick, text)| Step::Edit { laptop, pick, text }),
        2 => (laptop.clone(), 0..20_usize, 1..6_u32).prop_map(|(laptop, pick, table)| Step::Move { laptop, pick, table }),
        1 => (laptop.clone(), 0..20_usize).prop_map(|(laptop, pick)| Step::Delete { laptop, pick }),
        1 => laptop.clone().prop_map(|laptop| Step::Undo { laptop }),
        2 => (laptop, 0..LAPTOPS).prop_map(|(laptop, from)| Step::Meet { laptop, from }),
    ]
}

/// As many cases as asked for, few by default: each writes real files and waits for the disk.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(40);
    ProptestConfig { cases, max_shrink_iters: 200, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_order_and_any_number_of_merges_give_one_state_and_lose_no_words(
        steps in prop::collection::vec(step(), 1..30),
        orders in prop::collection::vec(Just((0..LAPTOPS).collect::<Vec<_>>()).prop_shuffle(), LAPTOPS),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let workshop = EntityId::from_bytes([3; 16]);
        let mut laptops: Vec<Laptop> = (0..LAPTOPS).map(|n| Laptop::new(&folder, n as u64)).collect();
        let mut written: BTreeSet<String> = BTreeSet::new();
        for (number, step) in steps.into_iter().enumerate() {
            match step {
                Step::Note { laptop, text } => {
                    // Unique words, so that each can be looked for at the end.
                    let text = format!("{text} {number}");
                    laptops[laptop].proposal(workshop, &text);
                    written.insert(text);
                }
                Step::Edit { laptop, pick, text } => {
                    let text = format!("{text} {number}");
                    let known = laptops[laptop].proposals();
                    if let Some(one) = known.get(pick % known.len().max(1)) {
                        laptops[laptop].writes(one.id, Kind::Proposal, &[(Field::Text, json!(text))]);
                        written.insert(text);
                    }
                }
                Step::Move { laptop, pick, table } => {
                    let known = laptops[laptop].proposals();
                    if let Some(one) = known.get(pick % known.len().max(1)) {
                        laptops[laptop].writes(one.id, Kind::Proposal, &[(Field::Table, json!(table))]);
                    }
                }
                Step::Delete { laptop, pick } => {
                    let known = laptops[laptop].proposals();
                    if let Some(one) = known.get(pick % known.len().max(1)) {
                        laptops[laptop].acts(vec![Draft::life(one.id, "proposal", true)]);
                    }
                }
                Step::Undo { laptop } => laptops[laptop].undoes(),
                Step::Meet { laptop, from } => {
                    let dossier = laptops[from].bundles(folder.path(), &format!("meet-{number}"), &[]);
                    laptops[laptop].merges(&[&dossier]);
                }
            }
        }
        let dossiers: Vec<PathBuf> =
            laptops.iter().enumerate().map(|(n, laptop)| laptop.bundles(folder.path(), &format!("end-{n}"), &[])).collect();
        let mut digests = BTreeSet::new();
        for (laptop, order) in laptops.iter_mut().zip(&orders) {
            for index in order {
                laptop.merges(&[&dossiers[*index]]);
            }
            // Again, in one go: what is known changes nothing.
            laptop.merges(&dossiers.iter().collect::<Vec<_>>());
            laptop.is_sound();
            digests.insert(laptop.store.digest().unwrap());
        }
        prop_assert_eq!(digests.len(), 1);
        // Every text that was ever written is still in the journal of every laptop.
        for laptop in &laptops {
            let dossier = laptop.bundles(folder.path(), "all", &[]);
            let mut found = BTreeSet::new();
            moisson_store::Dossier::open(&dossier, None).unwrap().for_each_change(|change| {
                let body = change.read_body().unwrap().unwrap();
                found.extend(body.set.get("text").and_then(|text| text.as_str()).map(str::to_owned));
                Ok(())
            }).unwrap();
            prop_assert!(written.is_subset(&found));
        }
    }
}

#[test]
fn a_dossier_of_one_atelier_keeps_the_others_words_home_until_the_whole_arrives() {
    let folder = tempfile::tempdir().unwrap();
    let mut a = Laptop::new(&folder, 1);
    let mut b = Laptop::new(&folder, 2);
    let rooms = [EntityId::from_bytes([5; 16]), EntityId::from_bytes([6; 16])];
    for (room, name) in rooms.iter().zip(["Mobilité", "Santé"]) {
        a.writes(*room, Kind::Workshop, &[(Field::Title, json!(name))]);
    }
    a.proposal(rooms[0], "un bus");
    a.proposal(rooms[1], "un médecin");
    let one = a.bundles(folder.path(), "one", &rooms[..1]);
    let all = a.bundles(folder.path(), "all", &[]);
    b.merges(&[&one]);
    b.is_sound();
    let texts = |laptop: &Laptop| -> Vec<String> {
        laptop.proposals().iter().filter_map(|one| one.fields.string(Field::Text)).collect()
    };
    assert_eq!(texts(&b), ["un bus"]);
    b.merges(&[&all]);
    b.is_sound();
    assert_eq!(texts(&b).len(), 2);
    assert_eq!(a.store.digest().unwrap(), b.store.digest().unwrap());
}

#[test]
fn changes_that_came_too_early_wait_for_those_they_follow() {
    // A ── 1 ── 2 ──►   B gets 2's dossier through C, which never had 1: here simulated by a dossier without its first line.
    let folder = tempfile::tempdir().unwrap();
    let mut a = Laptop::new(&folder, 1);
    let mut b = Laptop::new(&folder, 2);
    let room = EntityId::from_bytes([5; 16]);
    a.proposal(room, "un bus");
    let whole = a.bundles(folder.path(), "whole", &[]);
    let gap = folder.path().join("gap.dossier");
    crate::adversarial_dossier::rewrite(&whole, &gap, |lines| lines.remove(0));
    b.merges(&[&gap]);
    b.is_sound();
    assert_eq!((b.proposals().len(), b.store.waiting_count().unwrap()), (0, 1));
    b.merges(&[&whole]);
    b.is_sound();
    assert_eq!((b.proposals().len(), b.store.waiting_count().unwrap()), (1, 0));
}
