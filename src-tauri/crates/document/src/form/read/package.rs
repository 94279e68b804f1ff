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

/// A numbered list of a DOCX. Lists of one shape count on from each other, unless one of them begins anew.
#[derive(Default)]
pub(super) struct Numbers {
    pub shape: String,
    pub first: u32,
    pub restart: Option<u32>,
}

/// The numbered lists of a DOCX, by number; lists with bullets, and what cannot be read, count as absent.
pub(super) fn numbered_lists(xml: &str) -> BTreeMap<String, Numbers> {
    let mut reader = Reader::from_str(xml);
    // Of each shape: what its first level begins with, and whether it counts.
    let mut shapes: BTreeMap<String, (u32, bool)> = BTreeMap::new();
    let mut found: BTreeMap<String, Numbers> = BTreeMap::new();
    let (mut shape, mut list, mut level) = (None, None, String::new());
    loop {
        let start = match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => start,
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => continue,
        };
        let value = || attribute(&start, "val").unwrap_or_default();
        match start.local_name().as_ref() {
            "abstractNum" => (shape, list) = (attribute(&start, "abstractNumId"), None),
            "num" => (shape, list) = (None, attribute(&start, "numId")),
            "lvl" | "lvlOverride" => level = attribute(&start, "ilvl").unwrap_or_default(),
            "start" if level == "0" => {
                if let Some(shape) = &shape {
                    shapes.entry(shape.clone()).or_default().0 = value().parse().unwrap_or(1);
                }
            }
            "numFmt" if level == "0" => {
                if let Some(shape) = &shape {
                    shapes.entry(shape.clone()).or_default().1 = !matches!(value().as_str(), "bullet" | "none");
                }
            }
            "abstractNumId" => {
                let counted = shapes.get(&value()).filter(|(_, counts)| *counts);
                let numbers = counted.map(|(first, _)| Numbers { shape: value(), first: *first, restart: None });
                found.extend(list.clone().zip(numbers));
            }
            "startOverride" if level == "0" => {
                if let Some(numbers) = list.as_ref().and_then(|list| found.get_mut(list)) {
                    numbers.restart = value().parse().ok();
                }
            }
            _ => {}
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
