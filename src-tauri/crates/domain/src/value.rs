//! What a value of each type looks like, checked where it enters and nowhere else.

use crate::{Field, Kind};
use chrono::{NaiveDate, NaiveTime};
use serde_json::Value;
use thiserror::Error;

/// Longest text of one field, in bytes: a very long contribution fits, a 40 MB paste does not.
const MAX_TEXT: usize = 200_000;

/// The type of a field's value, as JSON holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// Words of people, kept as written.
    Text,
    /// A word of a list, in English, translated at the edge; an unknown word survives.
    Word,
    /// A whole number, zero or more.
    Int,
    /// 0 to 100.
    Percent,
    /// Yes or no.
    Bool,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A local time, `HH:MM`.
    Time,
    /// What the machine observed, milliseconds since 1970.
    Instant,
    /// Money in cents.
    Cents,
    /// The id of another entity.
    Ref,
    /// A place in an order (fractional index).
    Rank,
    /// A structure that changes as a whole.
    Json,
}

/// A value that a field cannot hold.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InvalidValue {
    /// The kind has no such field.
    #[error("{kind} has no field `{field}`")]
    UnknownField {
        /// Kind.
        kind: &'static str,
        /// Field as given.
        field: String,
    },
    /// The value is not of the field's type.
    #[error("`{value}` is no value for {kind}.{field}")]
    WrongType {
        /// Kind.
        kind: &'static str,
        /// Field.
        field: &'static str,
        /// The value, shortened.
        value: String,
    },
    /// The text is longer than a field may hold.
    #[error("{kind}.{field} is {bytes} bytes long, {max} at most")]
    TooLong {
        /// Kind.
        kind: &'static str,
        /// Field.
        field: &'static str,
        /// Its length.
        bytes: usize,
        /// The limit.
        max: usize,
    },
    /// A required field is missing or empty.
    #[error("{kind}.{field} is required")]
    Required {
        /// Kind.
        kind: &'static str,
        /// Field.
        field: &'static str,
    },
}

/// Checks a value against the field's rule; `null` clears a field that is not required.
///
/// # Errors
/// [`InvalidValue`] says which field refuses what.
pub fn check(kind: Kind, name: &str, value: &Value) -> Result<Field, InvalidValue> {
    let rule = Field::named(name)
        .and_then(|field| kind.rule(field))
        .ok_or_else(|| InvalidValue::UnknownField { kind: kind.name(), field: name.to_owned() })?;
    let field = rule.field;
    let empty = value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
    if empty {
        return if rule.required {
            Err(InvalidValue::Required { kind: kind.name(), field: field.name() })
        } else {
            Ok(field)
        };
    }
    let text = value.as_str();
    let good = match rule.value {
        ValueType::Text => match text {
            Some(text) if text.len() > MAX_TEXT => {
                return Err(InvalidValue::TooLong {
                    kind: kind.name(),
                    field: field.name(),
                    bytes: text.len(),
                    max: MAX_TEXT,
                });
            }
            found => found.is_some(),
        },
        ValueType::Word => text.is_some_and(|word| word.len() <= 64),
        ValueType::Int => value.as_u64().is_some_and(|n| n <= u64::from(u32::MAX)),
        ValueType::Percent => value.as_u64().is_some_and(|n| n <= 100),
        ValueType::Bool => value.is_boolean(),
        ValueType::Date => text.is_some_and(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").is_ok()),
        ValueType::Time => text.is_some_and(|time| NaiveTime::parse_from_str(time, "%H:%M").is_ok()),
        ValueType::Instant | ValueType::Cents => value.is_i64() || value.is_u64(),
        ValueType::Ref => text.is_some_and(|id| id.parse::<crate::EntityId>().is_ok()),
        ValueType::Rank => text.is_some_and(|rank| crate::Rank::parse(rank).is_some()),
        ValueType::Json => true,
    };
    if good {
        Ok(field)
    } else {
        let shown: String = value.to_string().chars().take(60).collect();
        Err(InvalidValue::WrongType { kind: kind.name(), field: field.name(), value: shown })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_must_fit_its_field() {
        assert!(check(Kind::Workshop, "date", &json!("2022-06-23")).is_ok());
        assert!(check(Kind::Workshop, "date", &json!("23/06/2022")).is_err());
        assert!(check(Kind::Workshop, "starts_at", &json!("14:00")).is_ok());
        assert!(check(Kind::Workshop, "place", &Value::Null).is_ok());
        assert_eq!(
            check(Kind::Proposal, "text", &json!("  ")),
            Err(InvalidValue::Required { kind: "proposal", field: "text" })
        );
        assert!(check(Kind::Proposal, "colour", &json!("x")).is_err());
        assert!(check(Kind::Proposal, "text", &json!("x".repeat(MAX_TEXT + 1))).is_err());
    }
}
