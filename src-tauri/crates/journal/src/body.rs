//! What a change says, hashed field by field, so that one field can be erased while the rest still verifies.
//!
//! The hash of a body is taken over one *leaf* per field, and a leaf over a salt and the exact bytes of the value (the way
//! selective disclosure works in RFC 9901). The salt of a leaf comes from the body's own salt. Erasing a field replaces its
//! value by its leaf, and the body's salt by the salts of the fields that stay: what is left still proves itself, and what
//! went cannot be guessed by trying words against a hash.

use crate::{ChangeId, InvalidChange, hash::Hashed};
use moisson_domain::DELETED;
use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

/// What a change says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Body {
    /// What was done, a stable code such as `proposal.capture`, for the history.
    pub label: String,
    /// The act it undoes, named by that act's first change.
    #[serde(default)]
    pub undoes: Option<ChangeId>,
    /// The fields it sets; `null` clears one. An erased field is not among them.
    pub set: BTreeMap<String, Value>,
    /// The fields whose values were erased, each with its leaf.
    #[serde(default)]
    pub erased: BTreeMap<String, String>,
}

/// A body with the exact bytes of its values.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw<'a> {
    #[serde(borrow)]
    label: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    undoes: Option<ChangeId>,
    /// Of a whole body; absent once something was erased.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    salt: Option<Cow<'a, str>>,
    /// The salts of the fields that stay, once something was erased: 32 hexadecimal digits each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    salts: BTreeMap<String, String>,
    #[serde(borrow)]
    set: BTreeMap<String, &'a RawValue>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    erased: BTreeMap<String, String>,
}

/// Hash of a body: 16 bytes of BLAKE3.
pub type BodyHash = [u8; 16];

impl<'a> Raw<'a> {
    fn read(body: &'a str) -> Result<Self, InvalidChange> {
        serde_json::from_str(body).map_err(|error| InvalidChange::Malformed(error.to_string()))
    }

    /// The salt of a field's leaf.
    fn salt_of(&self, field: &str) -> Option<BodyHash> {
        if let Some(salt) = &self.salt {
            let mut hashed = Hashed::new();
            hashed.text(salt);
            hashed.text(field);
            return Some(hashed.finish());
        }
        let mut salt = [0; 16];
        hex::decode_to_slice(self.salts.get(field)?, &mut salt).ok()?;
        Some(salt)
    }

    fn leaf(&self, field: &str, value: &RawValue) -> Option<BodyHash> {
        let mut hashed = Hashed::new();
        hashed.bytes(&self.salt_of(field)?);
        hashed.bytes(value.get().as_bytes());
        Some(hashed.finish())
    }

    /// The leaf of every field, erased or not.
    fn leaves(&self) -> Option<BTreeMap<&str, BodyHash>> {
        let mut leaves = BTreeMap::new();
        for (field, value) in &self.set {
            leaves.insert(field.as_str(), self.leaf(field, value)?);
        }
        for (field, leaf) in &self.erased {
            let mut bytes = [0; 16];
            hex::decode_to_slice(leaf, &mut bytes).ok()?;
            if leaves.insert(field.as_str(), bytes).is_some() {
                return None;
            }
        }
        Some(leaves)
    }

    fn hash(&self) -> Option<BodyHash> {
        let whole = self.salts.is_empty() && self.erased.is_empty();
        if self.salt.is_some() != whole || (!whole && !self.salts.keys().eq(self.set.keys())) {
            return None;
        }
        let mut hashed = Hashed::new();
        hashed.text(&self.label);
        hashed.bytes(&self.undoes.map_or([0; 16], |id| id.0));
        for (field, leaf) in self.leaves()? {
            hashed.text(field);
            hashed.bytes(&leaf);
        }
        Some(hashed.finish())
    }

    fn write(&self) -> String {
        // Strings and valid JSON only: serialising cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Writes a new body; `salt` is random.
pub(crate) fn write(label: &str, salt: &str, undoes: Option<ChangeId>, set: &BTreeMap<String, Value>) -> String {
    let values: BTreeMap<&String, String> = set.iter().map(|(field, value)| (field, value.to_string())).collect();
    let set = values
        .iter()
        // The text of a value is JSON.
        .filter_map(|(field, value)| Some(((*field).clone(), serde_json::from_str::<&RawValue>(value).ok()?)))
        .collect();
    Raw {
        label: Cow::Borrowed(label),
        undoes,
        salt: Some(Cow::Borrowed(salt)),
        salts: BTreeMap::new(),
        set,
        erased: BTreeMap::new(),
    }
    .write()
}

/// Hash of a body, whole or with fields erased: the same for both.
///
/// # Errors
/// [`InvalidChange::Malformed`] where it is not a body.
pub fn body_hash(body: &str) -> Result<BodyHash, InvalidChange> {
    Raw::read(body)?.hash().ok_or_else(|| InvalidChange::Malformed(String::from("a body without its salts")))
}

/// What a body sets, erased fields included, and whether the life of its entity is set to something other than a truth.
pub(crate) struct Checked {
    pub hash: BodyHash,
    pub fields: BTreeSet<String>,
    pub odd_life: bool,
}

/// All that verifying a change needs of its body, read once.
pub(crate) fn check(body: &str) -> Result<Checked, InvalidChange> {
    let raw = Raw::read(body)?;
    let hash = raw.hash().ok_or_else(|| InvalidChange::Malformed(String::from("a body without its salts")))?;
    let odd_life = raw.set.get(DELETED).is_some_and(|value| !matches!(value.get(), "true" | "false"));
    let Raw { set, erased, .. } = raw;
    Ok(Checked { hash, fields: set.into_keys().chain(erased.into_keys()).collect(), odd_life })
}

/// The body without the values of these fields; `None` when none of them is there.
///
/// # Errors
/// [`InvalidChange::Malformed`] where it is not a body.
pub fn erase(body: &str, fields: &BTreeSet<String>) -> Result<Option<String>, InvalidChange> {
    let raw = Raw::read(body)?;
    let without = || InvalidChange::Malformed(String::from("a body without its salts"));
    let mut left = BTreeMap::new();
    let mut salts = BTreeMap::new();
    let mut erased = raw.erased.clone();
    for (field, value) in &raw.set {
        if fields.contains(field) {
            erased.insert(field.clone(), hex::encode(raw.leaf(field, value).ok_or_else(without)?));
        } else {
            salts.insert(field.clone(), hex::encode(raw.salt_of(field).ok_or_else(without)?));
            left.insert(field.clone(), *value);
        }
    }
    if erased.len() == raw.erased.len() {
        return Ok(None);
    }
    Ok(Some(Raw { salt: None, salts, set: left, erased, label: raw.label, undoes: raw.undoes }.write()))
}

/// Of two bodies with the same hash, one that holds what either holds.
///
/// # Errors
/// [`InvalidChange::Malformed`] where one is not a body.
pub fn complete(ours: &str, theirs: &str) -> Result<String, InvalidChange> {
    let (one, two) = (Raw::read(ours)?, Raw::read(theirs)?);
    if one.salt.is_some() || two.set.keys().all(|field| one.set.contains_key(field)) {
        return Ok(ours.to_owned());
    }
    if two.salt.is_some() {
        return Ok(theirs.to_owned());
    }
    let (mut set, mut salts, mut erased) = (two.set, two.salts, one.erased);
    set.extend(one.set);
    salts.extend(one.salts);
    erased.retain(|field, _| !set.contains_key(field));
    Ok(Raw { salt: None, salts, set, erased, label: one.label, undoes: one.undoes }.write())
}
