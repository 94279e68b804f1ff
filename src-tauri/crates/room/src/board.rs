//! What phones are shown, by version: each fetches only what changed since the version it knows.

use crate::desk::{Item, Scene};
use moisson_domain::EntityId;
use serde::Serialize;
use std::collections::HashMap;

/// Departures remembered; a phone that knows an older version fetches everything.
const GONE: usize = 2_000;

/// The scene, versioned.
#[derive(Debug)]
pub struct Board {
    /// Drawn when the room opens: versions of another opening mean nothing here.
    epoch: u32,
    version: u64,
    head: Scene,
    /// The version at which the head last changed.
    headed: u64,
    items: HashMap<EntityId, (Item, u64)>,
    gone: Vec<(EntityId, u64)>,
    /// Departures before this version are forgotten.
    floor: u64,
}

/// What a phone lacks.
#[derive(Debug, Serialize)]
pub struct Lacking<'a> {
    /// The version it will know then.
    version: String,
    /// The version that this builds on; none where `items` are all there are.
    since: Option<String>,
    /// All but the items, where it changed.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    head: Option<&'a Scene>,
    items: Vec<&'a Item>,
    gone: Vec<EntityId>,
}

impl Board {
    pub fn new(epoch: u32) -> Self {
        Self { epoch, version: 0, head: Scene::default(), headed: 0, items: HashMap::new(), gone: Vec::new(), floor: 0 }
    }

    pub fn version(&self) -> String {
        self.name(self.version)
    }

    fn name(&self, version: u64) -> String {
        format!("{:08x}-{version}", self.epoch)
    }

    /// Takes in what is now to be shown; true if it differs.
    pub fn update(&mut self, mut scene: Scene) -> bool {
        let next = self.version + 1;
        let mut changed = false;
        let mut old = std::mem::take(&mut self.items);
        for item in std::mem::take(&mut scene.items) {
            let kept = old.remove(&item.id).filter(|(known, _)| *known == item);
            changed |= kept.is_none();
            self.items.insert(item.id, kept.unwrap_or((item, next)));
        }
        changed |= !old.is_empty();
        self.gone.retain(|(id, _)| !self.items.contains_key(id));
        self.gone.extend(old.into_keys().map(|id| (id, next)));
        if self.gone.len() > GONE {
            self.gone.clear();
            self.floor = next;
        }
        if self.head != scene {
            changed = true;
            self.head = scene;
            self.headed = next;
        }
        if changed {
            self.version = next;
        }
        changed
    }

    /// What a phone that knows this version lacks; all of it if it knows none, or one from elsewhere.
    pub fn since(&self, known: &str) -> Lacking<'_> {
        let known = known
            .split_once('-')
            .filter(|(epoch, _)| u32::from_str_radix(epoch, 16) == Ok(self.epoch))
            .and_then(|(_, version)| version.parse::<u64>().ok())
            .filter(|version| (self.floor..=self.version).contains(version));
        let after = known.unwrap_or(0);
        let items = self.items.values().filter(|(_, at)| *at > after).map(|(item, _)| item).collect();
        let gone = match known {
            Some(_) => self.gone.iter().filter(|(_, at)| *at > after).map(|(id, _)| *id).collect(),
            None => Vec::new(),
        };
        let head = known.is_none_or(|known| known < self.headed).then_some(&self.head);
        Lacking { version: self.version(), since: known.map(|known| self.name(known)), head, items, gone }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(id: u8, text: &str) -> Item {
        Item { id: EntityId::from_bytes([id; 16]), text: text.to_owned(), table: None, supports: 0 }
    }

    fn scene(items: &[(u8, &str)]) -> Scene {
        Scene { items: items.iter().map(|(id, text)| item(*id, text)).collect(), ..Scene::default() }
    }

    fn texts(lacking: &Lacking<'_>) -> Vec<String> {
        let mut texts: Vec<String> = lacking.items.iter().map(|item| item.text.clone()).collect();
        texts.sort();
        texts
    }

    #[test]
    fn a_phone_fetches_only_what_changed() {
        let mut board = Board::new(9);
        assert!(board.update(scene(&[(1, "a"), (2, "b")])));
        let first = board.version();
        assert!(!board.update(scene(&[(1, "a"), (2, "b")])), "nothing differs");
        assert_eq!(board.version(), first);
        assert!(board.update(scene(&[(2, "b2"), (3, "c")])));
        let lacking = board.since(&first);
        assert_eq!(lacking.since.as_ref(), Some(&first));
        assert!(lacking.head.is_none(), "title, question and votes are as they were");
        assert_eq!(texts(&lacking), ["b2", "c"]);
        assert_eq!(lacking.gone, [EntityId::from_bytes([1; 16])]);
        // What went and came back is there again.
        assert!(board.update(scene(&[(1, "a"), (2, "b2"), (3, "c")])));
        assert_eq!(board.since(&first).gone, []);
        let before = board.version();
        assert!(board.update(Scene { question: String::from("Et vous ?"), ..scene(&[(1, "a"), (2, "b2"), (3, "c")]) }));
        let asked = board.since(&before);
        assert_eq!((asked.head.unwrap().question.as_str(), asked.items.len()), ("Et vous ?", 0));
    }

    #[test]
    fn a_phone_that_knows_another_opening_or_nothing_fetches_all() {
        let mut board = Board::new(9);
        board.update(scene(&[(1, "a")]));
        for known in ["", "00000008-1", "00000009-77", "nonsense", "00000009-"] {
            let lacking = board.since(known);
            assert!(lacking.since.is_none() && lacking.head.is_some(), "{known}");
            assert_eq!(texts(&lacking), ["a"]);
        }
    }
}
