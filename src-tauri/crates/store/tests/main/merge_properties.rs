//! Merging in any order, any number of times, gives one state, and no words are lost.

use crate::laptops::Laptop;
use moisson_domain::{EntityId, Field, Fields, Kind};
use moisson_journal::{ChangeId, Draft};
use moisson_store::{Selection, Since, StoreError};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

/// One thing that one laptop does. `pick` chooses among the proposals it sees.
#[derive(Debug, Clone)]
enum Step {
    Note { laptop: usize, room: usize },
    Write { laptop: usize, pick: usize, field: Field, value: u8 },
    Delete { laptop: usize, pick: usize },
    Undo { laptop: usize },
    Redo { laptop: usize },
    Unknown { laptop: usize, pick: usize },
    Redact { laptop: usize, pick: usize },
    Meet { laptop: usize, from: usize, how: Meeting },
    Clone { laptop: usize },
    Reopen { laptop: usize },
    Clock { laptop: usize, wall: i64 },
}

/// What of one laptop's work another gets.
#[derive(Debug, Clone, Copy)]
enum Meeting {
    Whole,
    OneRoom(usize),
    Lacking,
    Beheaded,
}

/// 1970, 2099, a day in the past, a sensible one.
const CLOCKS: [i64; 4] = [0, 4_070_908_800_000, 1_500_000_000_000, 1_655_200_000_000];
const MOST: usize = 6;

fn step() -> impl Strategy<Value = Step> {
    let laptop = 0..MOST;
    let pick = 0..20_usize;
    let field = prop::sample::select(vec![Field::Text, Field::Table, Field::Group, Field::Rank]);
    let how = prop_oneof![
        3 => Just(Meeting::Whole),
        1 => (0..2_usize).prop_map(Meeting::OneRoom),
        2 => Just(Meeting::Lacking),
        1 => Just(Meeting::Beheaded),
    ];
    prop_oneof![
        4 => (laptop.clone(), 0..2_usize).prop_map(|(laptop, room)| Step::Note { laptop, room }),
        6 => (laptop.clone(), pick.clone(), field, 0..4_u8)
            .prop_map(|(laptop, pick, field, value)| Step::Write { laptop, pick, field, value }),
        1 => (laptop.clone(), pick.clone()).prop_map(|(laptop, pick)| Step::Delete { laptop, pick }),
        2 => laptop.clone().prop_map(|laptop| Step::Undo { laptop }),
        1 => laptop.clone().prop_map(|laptop| Step::Redo { laptop }),
        1 => (laptop.clone(), pick.clone()).prop_map(|(laptop, pick)| Step::Unknown { laptop, pick }),
        1 => (laptop.clone(), pick).prop_map(|(laptop, pick)| Step::Redact { laptop, pick }),
        5 => (laptop.clone(), 0..MOST, how).prop_map(|(laptop, from, how)| Step::Meet { laptop, from, how }),
        1 => laptop.clone().prop_map(|laptop| Step::Clone { laptop }),
        1 => laptop.clone().prop_map(|laptop| Step::Reopen { laptop }),
        1 => (laptop, prop::sample::select(CLOCKS.to_vec())).prop_map(|(laptop, wall)| Step::Clock { laptop, wall }),
    ]
}

/// As many cases as asked for, few by default: each writes real files and waits for the disk.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(40);
    ProptestConfig { cases, max_shrink_iters: 400, ..ProptestConfig::default() }
}

/// Someone who watches over everybody's shoulder: which words were written, and what their writer had in sight then. Plain
/// sets, none of the journal's own account of what overwrites what.
#[derive(Default)]
struct Witness {
    writes: BTreeMap<ChangeId, Write>,
    redacted: BTreeSet<(ChangeId, String)>,
}

struct Write {
    entity: EntityId,
    set: BTreeMap<String, Value>,
    seen: BTreeSet<ChangeId>,
}

impl Witness {
    /// Notes what a laptop just wrote, all that it had before being in sight.
    fn watch(&mut self, laptop: &Laptop, before: &BTreeSet<ChangeId>) {
        let mut seen = before.clone();
        laptop.reads(|change| {
            if before.contains(&change.id) || self.writes.contains_key(&change.id) {
                return;
            }
            let set = change.read_body().unwrap().unwrap().set;
            if change.header.kind == Kind::Redaction.name() {
                let changes: Vec<ChangeId> = serde_json::from_value(set["changes"].clone()).unwrap();
                let field = set["field"].as_str().unwrap();
                self.redacted.extend(changes.into_iter().map(|id| (id, field.to_owned())));
            }
            let entity = change.header.entity;
            self.writes.insert(change.id, Write { entity, set, seen: seen.clone() });
            seen.insert(change.id);
        });
    }

    /// What a field of an entity holds: the values that nobody who had them in sight wrote over.
    fn live(&self, entity: EntityId, field: &str) -> BTreeMap<ChangeId, Value> {
        let of_field = |(_, write): &(&ChangeId, &Write)| write.entity == entity && write.set.contains_key(field);
        let writes: Vec<_> = self.writes.iter().filter(of_field).collect();
        let value = |id: &ChangeId, write: &Write| {
            if self.redacted.contains(&(*id, field.to_owned())) { Value::Null } else { write.set[field].clone() }
        };
        let unseen = |id: &ChangeId| writes.iter().all(|(_, other)| !other.seen.contains(id));
        writes.iter().filter(|(id, _)| unseen(id)).map(|(id, write)| (**id, value(id, write))).collect()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_order_and_any_number_of_merges_give_one_state_and_lose_nothing(
        count in 2..=4_usize,
        steps in prop::collection::vec(step(), 1..40),
        order in Just((0..MOST).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let folder = crate::laptops::folder();
        let rooms = [EntityId::from_bytes([3; 16]), EntityId::from_bytes([4; 16])];
        let groups: Vec<EntityId> = (5..8).map(|byte| EntityId::from_bytes([byte; 16])).collect();
        let mut laptops: Vec<Laptop> = (0..count).map(|n| Laptop::new(&folder, n as u64)).collect();
        let mut witness = Witness::default();
        for (number, step) in steps.into_iter().enumerate() {
            let laptop = match step {
                Step::Note { laptop, .. } | Step::Write { laptop, .. } | Step::Delete { laptop, .. }
                | Step::Undo { laptop } | Step::Redo { laptop } | Step::Unknown { laptop, .. }
                | Step::Redact { laptop, .. } | Step::Meet { laptop, .. } | Step::Clone { laptop }
                | Step::Reopen { laptop } | Step::Clock { laptop, .. } => laptop % laptops.len(),
            };
            let before = laptops[laptop].knows();
            let picked = |laptops: &[Laptop], pick: usize| {
                let known = laptops[laptop].proposals();
                known.get(pick % known.len().max(1)).map(|one| one.id)
            };
            // Unique words, so that each can be looked for at the end.
            let words = format!("mot{number}fin \"\\\n\u{1}é\u{2028}</x>");
            match step {
                Step::Note { room, .. } => {
                    laptops[laptop].proposal(rooms[room], &words);
                }
                Step::Write { pick, field, value, .. } => {
                    let value = match field {
                        Field::Table => json!(value),
                        Field::Group => groups.get(usize::from(value)).map_or(Value::Null, |id| json!(id)),
                        Field::Rank => json!(format!("{value}0")),
                        _ => json!(words),
                    };
                    if let Some(id) = picked(&laptops, pick) {
                        laptops[laptop].writes(id, Kind::Proposal, &[(field, value)]);
                    }
                }
                Step::Delete { pick, .. } => {
                    if let Some(id) = picked(&laptops, pick) {
                        laptops[laptop].acts(vec![Draft::life(id, "proposal", true)]);
                    }
                }
                Step::Undo { .. } => laptops[laptop].undoes(),
                Step::Redo { .. } => laptops[laptop].redoes(),
                Step::Unknown { pick, .. } => {
                    // A later version's field on a proposal, and a kind of its own.
                    let mut drafts = vec![draft(EntityId::from_bytes([8; 16]), "hologram", "beam", &words)];
                    drafts.extend(picked(&laptops, pick).map(|id| draft(id, "proposal", "echo", &words)));
                    laptops[laptop].acts(drafts);
                }
                Step::Redact { pick, .. } => {
                    if let Some(id) = picked(&laptops, pick) {
                        laptops[laptop].redacts(id, Field::Text);
                    }
                }
                Step::Meet { from, how, .. } => {
                    let dossier = folder.path().join(format!("meet-{number}.dossier"));
                    let giver = &laptops[from % laptops.len()];
                    let mut selection = Selection::default();
                    match how {
                        Meeting::OneRoom(room) => selection.workshops = vec![rooms[room]],
                        Meeting::Lacking => selection.since = Some(Since::Digest(laptops[laptop].store.digest().unwrap())),
                        Meeting::Whole | Meeting::Beheaded => {}
                    }
                    if matches!(giver.store.bundle(&dossier, &selection), Err(StoreError::NoSuchState(_))) {
                        let theirs = laptops[laptop].bundles(folder.path(), &format!("theirs-{number}"), &[]);
                        selection.since = Some(Since::Dossier(theirs));
                        giver.store.bundle(&dossier, &selection).unwrap();
                    }
                    if matches!(how, Meeting::Beheaded) {
                        crate::adversarial_dossier::rewrite(&dossier, &dossier, |lines| { lines.drain(..lines.len().min(1)); });
                    }
                    laptops[laptop].merges(&[&dossier]);
                }
                Step::Clone { .. } => {
                    if laptops.len() < MOST {
                        let number = laptops.len() as u64;
                        let clone = laptops[laptop].clones(&folder, number);
                        laptops.push(clone);
                    }
                }
                Step::Reopen { .. } => laptops[laptop].reopens(),
                Step::Clock { wall, .. } => laptops[laptop].wall = wall,
            }
            witness.watch(&laptops[laptop], &before);
            laptops[laptop].is_sound();
        }
        let dossiers: Vec<PathBuf> =
            laptops.iter().enumerate().map(|(n, laptop)| laptop.bundles(folder.path(), &format!("end-{n}"), &[])).collect();
        let order: Vec<usize> = order.into_iter().filter(|index| *index < laptops.len()).collect();
        let mut digests = BTreeSet::new();
        for (turn, laptop) in laptops.iter_mut().enumerate() {
            for index in order.iter().cycle().skip(turn).take(order.len()) {
                laptop.merges(&[&dossiers[*index]]);
            }
            // Again, in one go: what is known changes nothing.
            laptop.merges(&dossiers.iter().collect::<Vec<_>>());
            laptop.is_sound();
            prop_assert_eq!(laptop.store.waiting_count().unwrap(), 0);
            digests.insert(laptop.store.digest().unwrap());
        }
        prop_assert_eq!(digests.len(), 1);
        for laptop in &laptops {
            // Everything that was ever written is in the journal of every laptop, save what was redacted.
            let mut left = witness.writes.keys().copied().collect::<BTreeSet<_>>();
            laptop.reads(|change| {
                let body = change.read_body().unwrap().unwrap();
                let write = &witness.writes[&change.id];
                for (field, value) in &write.set {
                    if witness.redacted.contains(&(change.id, field.clone())) {
                        assert!(!body.set.contains_key(field));
                    } else {
                        assert_eq!(body.set.get(field), Some(value));
                    }
                }
                left.remove(&change.id);
            });
            prop_assert!(left.is_empty());
        }
        // No redacted word is left in any file.
        let gone = witness.redacted.iter().filter_map(|(id, field)| witness.writes[id].set.get(field)?.as_str());
        let kept: BTreeSet<&str> = witness.writes.iter()
            .flat_map(|(id, write)| write.set.iter().filter(|(field, _)| !witness.redacted.contains(&(*id, (*field).clone()))))
            .filter_map(|(_, value)| value.as_str())
            .collect();
        // What follows is escaped in the file.
        let gone: Vec<&str> = gone.filter(|words| !kept.contains(words)).filter_map(|words| words.split(' ').next()).collect();
        for laptop in &laptops {
            let bytes = laptop.bytes();
            for words in &gone {
                prop_assert!(!bytes.windows(words.len()).any(|window| window == words.as_bytes()), "{} is still there", words);
            }
        }
        // What people see is what nobody overwrote; where that is more than one value, they are asked.
        let conflicts: BTreeMap<(EntityId, String), BTreeSet<ChangeId>> = laptops[0].store.conflicts().unwrap().into_iter()
            .map(|conflict| ((conflict.entity, conflict.field), conflict.versions.iter().map(|version| version.change).collect()))
            .collect();
        for proposal in laptops[0].proposals() {
            for field in ["text", "table", "group", "rank", "echo"] {
                let live = witness.live(proposal.id, field);
                let values: BTreeSet<String> = live.values().map(Value::to_string).collect();
                let shown = proposal.fields.0.get(field).unwrap_or(&Value::Null);
                prop_assert!(live.is_empty() && shown.is_null() || values.contains(&shown.to_string()), "{} of {:?}", field, live);
                let asked = conflicts.get(&(proposal.id, field.to_owned()));
                if values.len() > 1 && field != "rank" {
                    prop_assert_eq!(asked, Some(&live.keys().copied().collect()));
                } else {
                    prop_assert_eq!(asked, None);
                }
            }
        }
    }
}

fn draft(entity: EntityId, kind: &str, field: &str, words: &str) -> Draft {
    Draft::set(entity, kind, Fields([(field.to_owned(), json!(words))].into()))
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

#[test]
fn words_that_waited_are_gone_when_their_redaction_comes_with_what_they_waited_for() {
    let folder = crate::laptops::folder();
    let mut a = Laptop::new(&folder, 1);
    let mut b = Laptop::new(&folder, 2);
    let id = a.proposal(EntityId::from_bytes([5; 16]), "le nom de quelqu’un");
    let gap = a.bundles(folder.path(), "gap", &[]);
    crate::adversarial_dossier::rewrite(&gap, &gap, |lines| lines.remove(0));
    b.merges(&[&gap]);
    a.redacts(id, Field::Text);
    b.merges(&[&a.bundles(folder.path(), "whole", &[])]);
    b.is_sound();
    let words = "le nom de quelqu".as_bytes();
    for laptop in [&a, &b] {
        assert!(!laptop.bytes().windows(words.len()).any(|window| window == words));
    }
}

#[test]
fn a_clock_set_to_2099_or_1970_drags_nobody_along_and_overrules_nobody() {
    let folder = crate::laptops::folder();
    let mut ahead = Laptop::new(&folder, 1);
    let mut sane = Laptop::new(&folder, 2);
    let id = sane.proposal(EntityId::from_bytes([5; 16]), "un bus");
    ahead.merges(&[&sane.bundles(folder.path(), "first", &[])]);
    ahead.wall = 4_070_908_800_000;
    ahead.writes(id, Kind::Proposal, &[(Field::Text, json!("un bus en 2099"))]);
    sane.merges(&[&ahead.bundles(folder.path(), "ahead", &[])]);
    // Whoever saw the change of 2099 and writes over it is not overruled by it.
    sane.writes(id, Kind::Proposal, &[(Field::Text, json!("un bus du soir"))]);
    let text = |laptop: &Laptop| laptop.store.entity(id).unwrap().unwrap().fields.string(Field::Text).unwrap();
    assert_eq!(text(&sane), "un bus du soir");
    sane.reads(|change| {
        if change.header.wall < 4_000_000_000_000 {
            assert!(change.header.clock.millis() < 1_800_000_000_000, "dragged to {}", change.header.clock.millis());
        }
    });
    // A clock of 1970 still follows what it saw.
    ahead.wall = 0;
    ahead.merges(&[&sane.bundles(folder.path(), "second", &[])]);
    ahead.writes(id, Kind::Proposal, &[(Field::Text, json!("un bus en 1970"))]);
    sane.merges(&[&ahead.bundles(folder.path(), "third", &[])]);
    assert_eq!((text(&ahead), text(&sane)), ("un bus en 1970".to_owned(), "un bus en 1970".to_owned()));
    assert!(sane.store.conflicts().unwrap().is_empty());
    assert_eq!(ahead.store.digest().unwrap(), sane.store.digest().unwrap());
    // Nor does a file that is opened anew, on a clock that was set back, come before what it wrote.
    let clock_of = |laptop: &Laptop, text: &str| {
        let mut clock = None;
        laptop.reads(|change| {
            if change.body.as_deref().is_some_and(|body| body.contains(text)) {
                clock = Some(change.header.clock);
            }
        });
        clock.unwrap()
    };
    ahead.reopens();
    ahead.wall -= 1500;
    ahead.writes(id, Kind::Proposal, &[(Field::Text, json!("un bus rouvert"))]);
    assert!(clock_of(&ahead, "un bus rouvert") > clock_of(&ahead, "un bus en 1970"));
}
