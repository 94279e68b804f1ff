//! Forms that come back: what each field holds, and what was done to the file on the way.

mod docx;
mod package;
mod xlsx;

use super::{MARK, NAME, words};
use chrono::NaiveDate;
use package::Parts;
use std::collections::BTreeMap;
use thiserror::Error;

/// A form that came back.
#[derive(Debug, Clone, Default)]
pub struct Filled {
    /// What the file says of itself: démarche, title, day.
    pub identity: BTreeMap<String, String>,
    /// Its answers, in the order of the file.
    pub answers: Vec<Answer>,
    /// What was done to it that is worth saying.
    pub remarks: Vec<Remark>,
}

/// What stands beside a label.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The key, where it is still there.
    pub key: Option<String>,
    /// The key of the action above it, where one was read.
    pub section: Option<String>,
    /// The label as it stands.
    pub label: String,
    /// What was answered.
    pub given: Given,
    /// Where, for people: « 1.2.3!C7 », or the label.
    pub place: String,
    /// Whether it is what a formula gave.
    pub formula: bool,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// Nothing.
    Nothing,
    /// Words.
    Words(String),
    /// Words of which some are bold or lead somewhere, with their marks as [`crate::evened`] writes them.
    Marked(String),
    /// A number.
    Number(f64),
    /// A day.
    Day(NaiveDate),
    /// What cannot be taken for an answer, and why.
    Unclear(Strange, String),
}

/// What makes an answer unclear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strange {
    /// Its cell is merged with another.
    Merged,
    /// A formula gave an error.
    Error,
}

/// What was done to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// A formula stands in an answer: what it gave was read.
    Formula(String),
    /// Cells are merged.
    Merged(String),
    /// Changes are tracked: the text is read as if they were accepted.
    Tracked,
}

/// Why a file is no form.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FormError {
    /// It is something else than DOCX and XLSX.
    #[error("neither DOCX nor XLSX")]
    Foreign,
    /// It is damaged.
    #[error("damaged: {0}")]
    Damaged(String),
    /// It is protected by a password.
    #[error("protected by a password")]
    Protected,
    /// It is larger than a form can be.
    #[error("too big")]
    TooBig,
}

/// Reads a form, telling DOCX from XLSX by what is in it.
///
/// # Errors
/// A [`FormError`] where the file is none of them, damaged or too big.
pub fn read(bytes: &[u8]) -> Result<Filled, FormError> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(FormError::Protected);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(FormError::Foreign);
    }
    let mut parts = Parts::open(bytes)?;
    let mut filled = if parts.has("word/document.xml") {
        let links = "word/_rels/document.xml.rels";
        let links = if parts.has(links) { package::links(&parts.text(links)?) } else { BTreeMap::new() };
        let lists = "word/numbering.xml";
        let lists = if parts.has(lists) { package::numbered_lists(&parts.text(lists)?) } else { BTreeMap::new() };
        docx::read(&parts.text("word/document.xml")?, links, lists)?
    } else if parts.has("xl/workbook.xml") {
        xlsx::read(bytes)?
    } else {
        return Err(FormError::Foreign);
    };
    if parts.has("docProps/custom.xml") {
        filled.identity = package::properties(&parts.text("docProps/custom.xml")?);
    }
    Ok(filled)
}

/// The key that a text holds: of a field, or of an action.
fn key_in(text: &str) -> Option<&str> {
    let rest = &text[text.find(MARK)?..];
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
    (end >= MARK.len() + NAME).then(|| &rest[..end])
}

/// Whether a key is that of a field rather than of a whole action.
fn is_field(key: &str) -> bool {
    key.len() > MARK.len() + NAME
}

/// A text without the words that stand where nothing is written.
fn answered(text: &str) -> Given {
    let mut text = text.trim();
    for empty in words::EMPTY {
        text = text.strip_prefix(empty).unwrap_or(text).trim();
        text = text.strip_suffix(empty).unwrap_or(text).trim();
    }
    if text.is_empty() { Given::Nothing } else { Given::Words(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_in_what_surrounds_it() {
        let action = format!("m1_{}", "0".repeat(25));
        let field = format!("{action}_m1wt");
        assert_eq!(key_in(&format!("Référence : {action}")), Some(action.as_str()));
        assert_eq!(key_in(&format!("{field} ")), Some(field.as_str()));
        assert!(is_field(&field) && !is_field(&action));
        assert_eq!(key_in("m1_abc"), None);
    }

    #[test]
    fn the_words_of_an_empty_field_are_no_answer() {
        assert_eq!(answered(" (à compléter) "), Given::Nothing);
        assert_eq!(answered("Le gel (à compléter)"), Given::Words("Le gel".into()));
    }
}
