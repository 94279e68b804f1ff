//! The parts of a package that strangers hand over: few, small, and each read once.

use super::FormError;
use quick_xml::{Reader, events::Event};
use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};
use zip::ZipArchive;

/// Bytes that a file may have.
const MAX_FILE: usize = 64 << 20;
/// Bytes that a part may have once unpacked.
const MAX_PART: u64 = 64 << 20;
/// Parts that a file may have.
const MAX_PARTS: usize = 10_000;

/// The parts of a package.
pub(super) struct Parts<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Parts<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, FormError> {
        if bytes.len() > MAX_FILE {
            return Err(FormError::TooBig);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > MAX_PARTS { Err(FormError::TooBig) } else { Ok(Self(archive)) }
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.index_for_name(name).is_some()
    }

    pub fn text(&mut self, name: &str) -> Result<String, FormError> {
        let part = self.0.by_name(name).map_err(damaged)?;
        let mut bytes = Vec::new();
        part.take(MAX_PART + 1).read_to_end(&mut bytes).map_err(damaged)?;
        if bytes.len() as u64 > MAX_PART {
            return Err(FormError::TooBig);
        }
        String::from_utf8(bytes).map_err(damaged)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "what `map_err` hands over")]
pub(super) fn damaged(error: impl ToString) -> FormError {
    FormError::Damaged(error.to_string())
}

/// The properties that a file has of its own; what cannot be read counts as absent.
pub(super) fn properties(xml: &str) -> BTreeMap<String, String> {
    let mut reader = Reader::from_str(xml);
    let mut found = BTreeMap::new();
    let mut name = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) if start.local_name().as_ref() == "property" => {
                name = attribute(&start, "name");
            }
            Ok(Event::Text(text)) => {
                if let Some(name) = &name {
                    found.entry(name.clone()).or_insert_with(String::new).push_str(&text.xml10_content());
                }
            }
            Ok(Event::GeneralRef(reference)) => {
                if let Some(name) = &name {
                    found.entry(name.clone()).or_insert_with(String::new).push_str(&entity(&reference));
                }
            }
            Ok(Event::End(end)) if end.local_name().as_ref() == "property" => name = None,
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// Where the links of a part lead, by the name it calls them; what cannot be read counts as absent.
pub(super) fn links(xml: &str) -> BTreeMap<String, String> {
    let mut reader = Reader::from_str(xml);
    let mut found = BTreeMap::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) if start.local_name().as_ref() == "Relationship" => {
                found.extend(attribute(&start, "Id").zip(attribute(&start, "Target")));
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(start: &quick_xml::events::BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|one| one.key.local_name().as_ref() == name)?;
    let raw = found.value.into_owned();
    let text = quick_xml::escape::unescape(&raw).ok().map(std::borrow::Cow::into_owned);
    Some(text.unwrap_or(raw))
}

/// The letter that `&amp;` or `&#233;` stands for.
pub(super) fn entity(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    quick_xml::escape::resolve_predefined_entity(reference).unwrap_or_default().to_owned()
}
