//! A visible entity: its kind and the value of each field, read with the model's types.

use crate::{EntityId, Field};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The visible values of an entity, by field name, in the order of names (so that equal states have equal bytes).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(pub BTreeMap<String, Value>);

/// An entity as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Id.
    pub id: EntityId,
    /// Name of its kind; may be one that this version does not know.
    pub kind: String,
    /// Its values.
    pub fields: Fields,
}

impl Fields {
    /// The value of a field.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<&Value> {
        self.0.get(field.name())
    }

    /// A text, word, date or time.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<&str> {
        self.get(field)?.as_str()
    }

    /// A text of one's own, the usual need of views.
    #[must_use]
    pub fn string(&self, field: Field) -> Option<String> {
        self.text(field).map(str::to_owned)
    }

    /// The id in a reference.
    #[must_use]
    pub fn id(&self, field: Field) -> Option<EntityId> {
        self.text(field)?.parse().ok()
    }

    /// A whole number.
    #[must_use]
    pub fn number(&self, field: Field) -> Option<u32> {
        u32::try_from(self.get(field)?.as_u64()?).ok()
    }

    /// An instant or an amount.
    #[must_use]
    pub fn integer(&self, field: Field) -> Option<i64> {
        self.get(field)?.as_i64()
    }

    /// Yes or no; no when unset.
    #[must_use]
    pub fn flag(&self, field: Field) -> bool {
        self.get(field).and_then(Value::as_bool).unwrap_or(false)
    }
}

impl FromIterator<(Field, Value)> for Fields {
    fn from_iter<I: IntoIterator<Item = (Field, Value)>>(items: I) -> Self {
        Self(items.into_iter().map(|(field, value)| (field.name().to_owned(), value)).collect())
    }
}
