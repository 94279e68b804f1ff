//! Who may read what lies in storage, and the keys it lies under.
//!
//! Every laptop has a key of its own; what is exchanged is under a key of the démarche, that the ring gives to each laptop under
//! its own. Rings only grow and are put together like sets, so that two laptops that change them at once agree without talking.
//! Removing a laptop turns the key: a new one is drawn, given to those who stay, and used from then on.

use crate::{
    ExchangeError, Key,
    seal::{self, is_public_key},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read, Seek, Write},
};

/// A ring larger than this is nobody's: a thousand laptops and as many turns fit.
const MOST: usize = 1 << 22;

/// Laptops by their public keys, and keys of the démarche by theirs. What is here is never taken out again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ring {
    laptops: BTreeMap<String, Laptop>,
    turns: BTreeMap<String, Turn>,
}

/// A laptop.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Laptop {
    /// How often it was admitted again or removed: odd, it is out. Of two the higher counts.
    standing: u32,
    /// How often it was named, and its last name: counted apart, so that who names it does not let it in again.
    named: (u32, String),
}

impl Laptop {
    /// Whether it may read.
    #[must_use]
    pub const fn is_admitted(&self) -> bool {
        self.standing.is_multiple_of(2)
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.named.1
    }

    fn union(&mut self, other: &Self) {
        self.standing = self.standing.max(other.standing);
        if self.named < other.named {
            self.named.clone_from(&other.named);
        }
    }
}

/// A key of the démarche, drawn when a laptop was removed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Turn {
    /// The highest is in use.
    generation: u32,
    secret: String,
    /// Whom it was given to.
    holders: BTreeSet<String>,
}

impl std::fmt::Debug for Turn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Turn")
            .field("generation", &self.generation)
            .field("holders", &self.holders)
            .finish_non_exhaustive()
    }
}

/// How far a ring that lies in storage may be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belief {
    /// Who wrote it had the key that is in use here.
    Whole,
    /// Who wrote it had an earlier key: someone who has not met since it was turned, who turned it at the same time, or who was
    /// removed.
    Past,
    /// Who wrote it had none.
    None,
}

/// A ring as it lies in storage, under the keys of those it names.
#[derive(Serialize, Deserialize)]
struct Sealed {
    /// The ring, as the text that the proofs are of.
    ring: String,
    /// By each key of the démarche, that who wrote this had it. Who has one believes only what that one proves: the storage knows
    /// public keys at most, and whoever was removed does not have the last.
    proofs: BTreeMap<String, String>,
}

impl Ring {
    /// The laptops, by their public keys.
    #[must_use]
    pub const fn laptops(&self) -> &BTreeMap<String, Laptop> {
        &self.laptops
    }

    /// How often the key was turned.
    #[must_use]
    pub fn generation(&self) -> u32 {
        self.turns.values().map(|turn| turn.generation).max().unwrap_or_default()
    }

    /// Whether a laptop is known here and may read.
    #[must_use]
    pub fn admits(&self, public: &str) -> bool {
        self.laptops.get(public).is_some_and(Laptop::is_admitted)
    }

    /// Whether a laptop was removed.
    #[must_use]
    pub fn removed(&self, public: &str) -> bool {
        self.laptops.get(public).is_some_and(|laptop| !laptop.is_admitted())
    }

    /// Lets a laptop in, or names one that is. False if the key is none.
    pub fn admit(&mut self, public: &str, name: &str) -> bool {
        if !is_public_key(public) {
            return false;
        }
        let laptop = self.laptops.entry(public.to_owned()).or_default();
        laptop.standing += u32::from(!laptop.is_admitted());
        if laptop.name() != name {
            laptop.named = (laptop.named.0 + 1, name.to_owned());
        }
        true
    }

    /// Keeps a laptop out from now on, and turns the key. False if it is not in.
    pub fn remove(&mut self, public: &str) -> bool {
        let Some(laptop) = self.laptops.get_mut(public).filter(|laptop| laptop.is_admitted()) else { return false };
        laptop.standing += 1;
        self.mend();
        true
    }

    /// Adds what another ring has.
    pub fn union(&mut self, other: &Self) {
        for (public, theirs) in &other.laptops {
            self.laptops.entry(public.clone()).or_default().union(theirs);
        }
        for (public, theirs) in &other.turns {
            self.turns.entry(public.clone()).or_insert_with(|| theirs.clone()).holders.extend(theirs.holders.clone());
        }
    }

    /// Whether the other has nothing that is not here.
    #[must_use]
    pub fn includes(&self, other: &Self) -> bool {
        let mut both = self.clone();
        both.union(other);
        both == *self
    }

    /// Turns the key if the one in use was given to someone who is out: also when two laptops each removed another at once. Then
    /// notes that all who are in are given it.
    pub fn mend(&mut self) {
        let out: Vec<&String> = self.laptops.iter().filter(|(_, one)| !one.is_admitted()).map(|(key, _)| key).collect();
        let current = self.in_use();
        // The first key is that of everybody who holds the démarche.
        let is_known_outside =
            current.map_or(!out.is_empty(), |(_, turn)| out.iter().any(|key| turn.holders.contains(*key)));
        if is_known_outside {
            self.turn();
        }
        let admitted: Vec<String> = self.admitted().map(str::to_owned).collect();
        if let Some(public) = self.in_use().map(|(public, _)| public.clone())
            && let Some(turn) = self.turns.get_mut(&public)
        {
            turn.holders.extend(admitted);
        }
    }

    fn turn(&mut self) {
        let key = Key::draw();
        let turn = Turn { generation: self.generation() + 1, secret: key.secret(), holders: BTreeSet::new() };
        self.turns.insert(key.public().to_owned(), turn);
    }

    /// Takes from a ring that is believed no further than its past the keys to read with. If one is new, the key is turned, since
    /// who gave it may be out: theirs is never locked with, and if they are in they find here that ours is to be believed.
    pub fn learn(&mut self, other: &Self) {
        let known = self.turns.len();
        for (public, theirs) in &other.turns {
            self.turns.entry(public.clone()).or_insert_with(|| theirs.clone());
        }
        if self.turns.len() > known {
            self.turn();
            self.mend();
        }
    }

    /// The key that is locked with: the last, or the first one if it was never turned.
    #[must_use]
    pub fn key(&self, first: &Key) -> Key {
        self.in_use().and_then(|(_, turn)| Key::parse(&turn.secret)).unwrap_or_else(|| first.clone())
    }

    /// All keys, the one in use first: what was locked before still opens.
    #[must_use]
    pub fn keys(&self, first: &Key) -> Vec<Key> {
        let mut turns: Vec<(&String, &Turn)> = self.turns.iter().collect();
        turns.sort_by_key(|(public, turn)| std::cmp::Reverse((turn.generation, *public)));
        let turned = turns.into_iter().filter_map(|(_, turn)| Key::parse(&turn.secret));
        turned.chain(std::iter::once(first.clone())).collect()
    }

    /// Writes the ring under the keys of those it admits, and, before the key was ever turned, of whoever holds the démarche.
    ///
    /// # Errors
    /// What writing gives.
    pub fn seal(&self, first: &Key, to: impl Write) -> Result<(), ExchangeError> {
        let ring = serde_json::to_string(self).map_err(std::io::Error::other)?;
        let proofs = self.keys(first).iter().map(|key| (key.public().to_owned(), key.proof(&ring))).collect();
        let text = serde_json::to_vec(&Sealed { ring, proofs }).map_err(std::io::Error::other)?;
        let open_to_all = self.turns.is_empty().then(|| first.public());
        let named: Vec<&str> = self.admitted().chain(open_to_all).collect();
        Ok(seal::seal(&text[..], to, &named)?)
    }

    /// Reads a ring with the key of this laptop or the first one, and tells how far it may be believed by this one.
    ///
    /// # Errors
    /// [`ExchangeError::Closed`] if it is for others, [`ExchangeError::Altered`] if it is none.
    pub fn read(
        &self,
        file: &str,
        sealed: impl Read + Seek,
        own: &Key,
        first: &Key,
    ) -> Result<(Self, Belief), ExchangeError> {
        let altered = || ExchangeError::Altered { file: file.to_owned() };
        let mut text = Limited(Vec::new());
        seal::unseal(file, sealed, [own, first], &mut text).map_err(|error| match error {
            ExchangeError::Local(_) => altered(),
            other => other,
        })?;
        let sealed: Sealed = serde_json::from_slice(&text.0).map_err(|_| altered())?;
        let ring: Self = serde_json::from_str(&sealed.ring).map_err(|_| altered())?;
        let proves = |key: &Key| sealed.proofs.get(key.public()).is_some_and(|proof| key.proves(&sealed.ring, proof));
        let belief = match self.keys(first).iter().position(proves) {
            Some(0) => Belief::Whole,
            Some(_) => Belief::Past,
            None => Belief::None,
        };
        Ok((ring.sound(), belief))
    }

    /// Without what cannot be locked with or opened by.
    fn sound(mut self) -> Self {
        self.laptops.retain(|public, _| is_public_key(public));
        self.turns.retain(|public, turn| Key::parse(&turn.secret).is_some_and(|key| key.public() == public));
        self
    }

    fn in_use(&self) -> Option<(&String, &Turn)> {
        self.turns.iter().max_by_key(|(public, turn)| (turn.generation, *public))
    }

    fn admitted(&self) -> impl Iterator<Item = &str> {
        self.laptops.iter().filter(|(_, laptop)| laptop.is_admitted()).map(|(public, _)| public.as_str())
    }
}

/// Takes so much and no more: a stranger's file may unpack to anything.
struct Limited(Vec<u8>);

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > MOST {
            return Err(std::io::Error::other("a ring of more than four megabytes"));
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

    use super::*;
    use std::io::Cursor;

    struct Three {
        first: Key,
        keys: [Key; 3],
        ring: Ring,
    }

    fn three() -> Three {
        let keys = [Key::draw(), Key::draw(), Key::draw()];
        let mut ring = Ring::default();
        for (key, name) in keys.iter().zip(["Besançon", "Pontarlier", "Morteau"]) {
            assert!(ring.admit(key.public(), name));
        }
        Three { first: Key::derived(b"doubs"), keys, ring }
    }

    fn sealed(ring: &Ring, first: &Key) -> Cursor<Vec<u8>> {
        let mut bytes = Vec::new();
        ring.seal(first, &mut bytes).unwrap();
        Cursor::new(bytes)
    }

    #[test]
    fn who_holds_the_demarche_reads_the_ring_until_the_key_is_turned() {
        let Three { first, keys, mut ring } = three();
        let newcomer = Key::draw();
        let (read, belief) = Ring::default().read("a", sealed(&ring, &first), &newcomer, &first).unwrap();
        assert_eq!((&read, belief), (&ring, Belief::Whole));
        assert_eq!(ring.key(&first).public(), first.public());
        assert!(ring.remove(keys[2].public()) && !ring.remove(keys[2].public()));
        assert_eq!((ring.generation(), ring.keys(&first).len()), (1, 2));
        assert_ne!(ring.key(&first).public(), first.public());
        let turned = sealed(&ring, &first);
        for out in [&newcomer, &keys[2]] {
            let read = Ring::default().read("a", turned.clone(), out, &first);
            assert!(matches!(read, Err(ExchangeError::Closed { .. })), "nor with the first key");
        }
        let (read, belief) = Ring::default().read("a", turned, &keys[1], &first).unwrap();
        assert_eq!((&read, belief), (&ring, Belief::Whole), "who stays finds the new key");
        // Let in again, it is given the new key, which stays.
        assert!(ring.admit(keys[2].public(), "Morteau"));
        ring.mend();
        assert_eq!(ring.generation(), 1);
        assert!(Ring::default().read("a", sealed(&ring, &first), &keys[2], &first).is_ok());
    }

    #[test]
    fn two_that_each_remove_another_at_once_end_with_a_key_that_neither_has() {
        let Three { first, keys, ring } = three();
        let (mut one, mut other) = (ring.clone(), ring);
        one.remove(keys[1].public());
        other.remove(keys[2].public());
        let (mut left, mut right) = (one.clone(), other.clone());
        left.union(&other);
        right.union(&one);
        assert_eq!(left, right, "put together in any order");
        left.mend();
        assert_eq!(left.generation(), 2);
        for out in [&keys[1], &keys[2]] {
            assert!(left.removed(out.public()));
            assert!(Ring::default().read("a", sealed(&left, &first), out, &first).is_err());
        }
        assert!(left.includes(&right) && !right.includes(&left));
        let settled = left.clone();
        left.mend();
        assert_eq!(left, settled, "once is enough");
    }

    #[test]
    fn two_that_turned_the_key_at_once_find_each_other() {
        let Three { first, keys, ring } = three();
        let fourth = Key::draw();
        let mut both = ring;
        both.admit(fourth.public(), "Maîche");
        let (mut one, mut other) = (both.clone(), both);
        one.remove(keys[2].public());
        other.remove(fourth.public());
        // The second finds what the first put: it reads with its key, and locks with neither.
        let (found, belief) = other.read("a", sealed(&one, &first), &keys[1], &first).unwrap();
        assert_eq!(belief, Belief::Past);
        other.learn(&found);
        let (theirs, ours) = (one.key(&first), other.key(&first));
        assert!(other.generation() == 2 && ours.public() != theirs.public());
        assert!(other.keys(&first).iter().any(|key| key.public() == theirs.public()));
        assert!(!other.removed(keys[2].public()), "who is out is not believed about who is out");
        // So the first believes the second, and both end with the same.
        let (found, belief) = one.read("a", sealed(&other, &first), &keys[0], &first).unwrap();
        assert_eq!(belief, Belief::Whole);
        one.union(&found);
        one.mend();
        let (found, belief) = other.read("a", sealed(&one, &first), &keys[1], &first).unwrap();
        assert_eq!(belief, Belief::Whole);
        other.union(&found);
        other.mend();
        assert_eq!(one, other);
        for out in [&keys[2], &fourth] {
            assert!(one.removed(out.public()) && one.read("a", sealed(&one, &first), out, &first).is_err());
        }
        let settled = one.clone();
        one.learn(&other);
        assert_eq!(one, settled, "nothing new turns nothing");
    }

    #[test]
    fn a_ring_is_believed_only_from_who_has_the_key_in_use() {
        let Three { first, keys, ring } = three();
        let mut turned = ring.clone();
        turned.remove(keys[2].public());
        // Who was removed knows the public keys and the first key, and writes a ring in which it is in.
        let (old, belief) = turned.read("a", sealed(&ring, &first), &keys[0], &first).unwrap();
        assert!(belief == Belief::Past && turned.includes(&old));
        // The storage knows neither: a ring of its own making.
        let stranger = Key::derived(b"quelqu'un");
        let mut forged = Ring::default();
        forged.admit(keys[0].public(), "Besançon");
        forged.admit(Key::draw().public(), "Intrus");
        let (_, belief) = ring.read("a", sealed(&forged, &stranger), &keys[0], &first).unwrap();
        assert_eq!(belief, Belief::None);
        // What is given to others, and no ring at all.
        let other = ring.read("a", sealed(&Ring::default(), &stranger), &keys[0], &first);
        assert!(matches!(other, Err(ExchangeError::Closed { .. })));
        let mut noise = Vec::new();
        keys[0].seal(&b"{}"[..], &mut noise).unwrap();
        assert!(matches!(ring.read("a", Cursor::new(noise), &keys[0], &first), Err(ExchangeError::Altered { .. })));
    }

    #[test]
    fn a_name_is_the_last_that_was_given() {
        let Three { keys, mut ring, .. } = three();
        let mut other = ring.clone();
        assert!(other.admit(keys[0].public(), "Besançon 2") && !other.admit("age1rien", "Rien"));
        // Named on one, removed on the other at once: it is out, under its new name.
        ring.remove(keys[0].public());
        ring.union(&other);
        assert_eq!(ring.laptops()[keys[0].public()].name(), "Besançon 2");
        assert!(ring.removed(keys[0].public()));
    }

    #[test]
    fn secrets_are_not_written_where_people_look() {
        let Three { first, keys, mut ring } = three();
        ring.remove(keys[0].public());
        assert!(!format!("{ring:?}").contains("SECRET"));
        assert!(!String::from_utf8_lossy(sealed(&ring, &first).get_ref()).contains("Besan"));
    }
}
