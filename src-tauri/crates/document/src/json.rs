//! JSON for those who reuse: what documents are made of, under a schema that is published with the program.

use crate::{
    DocumentError,
    source::{AgendaSource, MinutesSource, PlanSource},
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// Version of these files: raised when a key is renamed or dropped.
const VERSION: u32 = 1;

/// A file of data: its nature and version, then what it holds.
#[derive(Serialize, JsonSchema)]
struct File<'a, T> {
    /// `plan`, `minutes` or `agenda`.
    document: &'a str,
    /// Version of the format.
    version: u32,
    #[serde(flatten)]
    content: &'a T,
}

pub(crate) fn write(document: &str, content: &impl Serialize) -> Result<Vec<u8>, DocumentError> {
    let file = File { document, version: VERSION, content };
    serde_json::to_vec_pretty(&file).map_err(|error| DocumentError::Json(error.to_string()))
}

/// The JSON Schema (draft 2020-12) of a file of data, by the document's name; for `open-data` its tables and columns.
#[must_use]
pub fn schema(document: &str) -> Option<Value> {
    let schema = match document {
        "plan" => schemars::schema_for!(File<'_, PlanSource>),
        "minutes" => schemars::schema_for!(File<'_, MinutesSource>),
        "agenda" => schemars::schema_for!(File<'_, AgendaSource>),
        // Tables are no JSON: what they hold, column by column.
        "open-data" => return Some(crate::content::open_schema()),
        _ => return None,
    };
    Some(schema.to_value())
}
