//! The value of a field as it crosses the bridge: whatever JSON the journal holds.

use serde::Serialize;
use specta::Type;
use std::collections::BTreeMap;

/// How the window types a [`serde_json::Value`], which has no TypeScript twin of its own because of its wide integers.
/// Never built: it only stands in `#[specta(type = JsonValue)]`.
#[derive(Serialize, Type)]
#[serde(untagged)]
pub enum JsonValue {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<JsonValue>),
    /// Named values.
    Object(BTreeMap<String, JsonValue>),
}
