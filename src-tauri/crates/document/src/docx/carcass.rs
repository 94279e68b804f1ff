//! An organisation's own DOCX as style model: its styles, theme, headers, footers and pages stay, its `{{contenu}}` paragraph (or
//! else its whole text) gives way to ours. What we call `Heading1` goes by the name that the model has for « heading 1 »; only
//! styles that it lacks are added.

use super::{body, parts};
use crate::{DocumentError, ModelProblem, model::Document, opc, package::Package};
use quick_xml::{Reader, events::Event};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read},
};
use zip::ZipArchive;

/// The paragraph that our text takes the place of.
const PLACE: &str = "{{contenu}}";
/// What a model may unpack to, in parts and bytes.
const MAX_PARTS: usize = 2_000;
const MAX_BYTES: u64 = 64 << 20;
const TEXT: &str = "word/document.xml";
const RELATIONS: &str = "word/_rels/document.xml.rels";
const TYPES: &str = "[Content_Types].xml";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

type Parts = BTreeMap<String, Vec<u8>>;

/// Whether a file can be a model.
///
/// # Errors
/// [`ModelProblem`] says why it cannot.
pub fn check_model(bytes: &[u8]) -> Result<(), ModelProblem> {
    let parts = unpacked(bytes)?;
    split(text(&parts, TEXT)?).map(|_| ())?;
    text(&parts, "word/styles.xml").map(|_| ())
}

/// Writes a document in the clothes of a model.
pub(super) fn write(document: &Document, model: &[u8]) -> Result<Vec<u8>, DocumentError> {
    let mut parts = unpacked(model)?;
    let whole = text(&parts, TEXT)?.to_owned();
    let around = split(&whole)?;
    let meta = &document.meta;
    let relations = parts.get(RELATIONS).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    // A model may have been made by Moisson: our names must be new in it.
    let turn = (0..).find(|turn| !relations.contains(&format!("\"rIdM{turn}"))).unwrap_or(0u32);
    let prefix = format!("rIdM{turn}");
    let (shapes, bullets) = free(&parts)?;
    let (styles, names) = dressed(text(&parts, "word/styles.xml")?, &parts::styles(meta), bullets);
    parts.insert(String::from("word/styles.xml"), styles.into_bytes());
    let (width, taken) = (around.width(meta.landscape), around.highest_id());
    let inside = body::inside(document, names, &prefix, width, taken, bullets + 1)?;
    parts.insert(TEXT.to_owned(), around.with(&inside.text, meta.landscape).into_bytes());
    listed(&mut parts, shapes, bullets, &inside.lists)?;

    let mut added = vec![(format!("{prefix}Emblem"), format!("media/m{turn}-eu.png"), super::EMBLEM.to_vec())];
    for picture in meta.look.pictures() {
        let name = format!("media/m{turn}-picture{}.{}", picture.place + 1, picture.kind());
        added.push((format!("{prefix}Picture{}", picture.place + 1), name, picture.bytes.as_ref().clone()));
    }
    for (number, code) in (1..).zip(inside.codes) {
        added.push((parts::code_id(&prefix, number), format!("media/m{turn}-code{number}.png"), code));
    }
    let mut targets = String::new();
    for (id, name, bytes) in added {
        targets.push_str(&parts::relationship(&id, "image", &name));
        parts.insert(format!("word/{name}"), bytes);
    }
    if !relations.contains("/numbering\"") {
        targets.push_str(&parts::relationship(&format!("{prefix}Numbering"), "numbering", "numbering.xml"));
    }
    parts.insert(RELATIONS.to_owned(), before_end(&relations, "</Relationships>", &targets).into_bytes());
    let types = String::from_utf8_lossy(parts.get(TYPES).ok_or(ModelProblem::NotADocument)?).into_owned();
    parts.insert(TYPES.to_owned(), typed(&types).into_bytes());
    // Its own properties and settings (a template it was made from, a password, tracked changes) say nothing of our text.
    parts.insert(String::from("docProps/core.xml"), opc::core(meta).into_bytes());
    if parts.contains_key("word/settings.xml") {
        parts.insert(String::from("word/settings.xml"), parts::settings(meta).into_bytes());
        parts.remove("word/_rels/settings.xml.rels");
    }
    let mut package = Package::new();
    if let Some(types) = parts.remove(TYPES) {
        package.part(TYPES, types)?;
    }
    for (name, bytes) in parts {
        package.part(&name, bytes)?;
    }
    package.finish()
}

/// Every part, if the file is a sound DOCX without programs or objects.
fn unpacked(bytes: &[u8]) -> Result<Parts, ModelProblem> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ModelProblem::NotADocument)?;
    if zip.len() > MAX_PARTS {
        return Err(ModelProblem::TooBig);
    }
    let (mut parts, mut left) = (Parts::new(), MAX_BYTES);
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(|_| ModelProblem::Damaged)?;
        let name = part.name().map_err(|_| ModelProblem::Damaged)?.into_owned();
        let mut bytes = Vec::new();
        part.take(left + 1).read_to_end(&mut bytes).map_err(|_| ModelProblem::Damaged)?;
        left = left.checked_sub(bytes.len() as u64).ok_or(ModelProblem::TooBig)?;
        let lower = name.to_ascii_lowercase();
        if lower.contains("vbaproject") || lower.contains("vbadata") {
            return Err(ModelProblem::Macros);
        }
        if lower.starts_with("word/embeddings/")
            || lower.starts_with("word/activex/")
            || lower.starts_with("word/afchunk")
        {
            return Err(ModelProblem::Objects);
        }
        if lower.ends_with(".rels") && outside(&String::from_utf8_lossy(&bytes)) {
            return Err(ModelProblem::Outside);
        }
        if !name.ends_with('/') {
            parts.insert(name, bytes);
        }
    }
    if !parts.contains_key(TEXT) || !parts.contains_key(TYPES) {
        return Err(ModelProblem::NotADocument);
    }
    Ok(parts)
}

/// Whether a part leads out of the file by something else than a link or the template it was made from.
fn outside(relations: &str) -> bool {
    relations.split("<Relationship ").skip(1).any(|one| {
        let one = one.split('>').next().unwrap_or_default();
        one.contains("TargetMode=\"External\"") && !one.contains("/hyperlink\"") && !one.contains("/attachedTemplate\"")
    })
}

fn text<'a>(parts: &'a Parts, name: &str) -> Result<&'a str, ModelProblem> {
    let bytes = parts.get(name).ok_or(ModelProblem::NotADocument)?;
    std::str::from_utf8(bytes).map(|text| text.trim_start_matches('\u{feff}')).map_err(|_| ModelProblem::Damaged)
}

/// The model's text around ours.
struct Around<'a> {
    /// From the declaration to the end of the root's tag.
    root: &'a str,
    before: &'a str,
    after: &'a str,
}

/// Finds the place of our text: that of its paragraph, else all that stands before the last section's properties.
fn split(xml: &str) -> Result<Around<'_>, ModelProblem> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut depth, mut start, mut words) = (0u32, 0, String::new());
    let (mut root, mut body, mut end) = (None, None, None);
    let (mut place, mut section) = (None, None);
    loop {
        let at = position(&reader);
        match reader.read_event().map_err(|_| ModelProblem::Damaged)? {
            Event::Start(tag) => {
                if depth == 0 {
                    root = Some(position(&reader));
                }
                if depth == 1 && tag.name().0 == "w:body" {
                    body = Some(position(&reader));
                }
                if tag.name().0 == "w:altChunk" {
                    return Err(ModelProblem::Objects);
                }
                if depth == 2 {
                    (start, words) = (at, String::new());
                    if tag.name().0 == "w:sectPr" {
                        section = Some(at);
                    }
                }
                depth += 1;
            }
            Event::Text(piece) if depth > 2 => words.push_str(&piece),
            Event::End(tag) => {
                depth = depth.checked_sub(1).ok_or(ModelProblem::Damaged)?;
                if depth == 2 && words.contains(PLACE) && place.is_none() {
                    place = Some((start, position(&reader)));
                }
                if depth == 1 && tag.name().0 == "w:body" {
                    end = Some(at);
                }
            }
            Event::Empty(tag) if depth == 2 && tag.name().0 == "w:sectPr" => section = Some(at),
            Event::Empty(tag) if tag.name().0 == "w:altChunk" => return Err(ModelProblem::Objects),
            Event::DocType(_) => return Err(ModelProblem::Damaged),
            Event::Eof => break,
            _ => {}
        }
    }
    let (Some(root), Some(body), Some(end)) = (root, body, end) else { return Err(ModelProblem::NotADocument) };
    if !xml[..root].contains(WORD) {
        // Strict Open XML goes by other names, which ours would not be among.
        return Err(ModelProblem::NotADocument);
    }
    let (from, to) = place.unwrap_or((body, section.unwrap_or(end)));
    Ok(Around { root: &xml[..root], before: &xml[root..from], after: &xml[to..] })
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

impl Around<'_> {
    /// Room between the margins of its last section, in twentieths of a point.
    fn width(&self, landscape: bool) -> u32 {
        let number = |element: &str, name: &str| -> Option<u32> {
            let tag = self.after.rsplit(element).next().filter(|_| self.after.contains(element))?.split('>').next()?;
            tag.split(&format!("{name}=\"")).nth(1)?.split('"').next()?.parse().ok()
        };
        let (width, height) = (number("<w:pgSz", "w:w").unwrap_or(11_906), number("<w:pgSz", "w:h").unwrap_or(16_838));
        let across = if landscape { width.max(height) } else { width };
        let margins = number("<w:pgMar", "w:left").unwrap_or(1_134) + number("<w:pgMar", "w:right").unwrap_or(1_134);
        across.saturating_sub(margins).max(3_000)
    }

    /// The highest number that a bookmark or picture around ours has.
    fn highest_id(&self) -> u32 {
        let numbers = |text: &str| -> u32 {
            let after = text.split("id=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<u32>().ok());
            // Beyond it lie numbers drawn by chance, and the last that Word takes.
            after.filter(|id| *id < 1_000_000_000).max().unwrap_or(0)
        };
        numbers(self.before).max(numbers(self.after))
    }

    /// The whole text, with ours inside.
    fn with(&self, inside: &str, landscape: bool) -> String {
        let mut root = self.root.to_owned();
        for (name, space) in body::NAMESPACES {
            if !root.contains(&format!("{name}=")) {
                root.insert_str(root.len() - 1, &format!(" {name}=\"{space}\""));
            }
        }
        let after = if landscape { lying(self.after) } else { self.after.to_owned() };
        [root.as_str(), self.before, inside, &after].concat()
    }
}

/// The last section on its side.
fn lying(after: &str) -> String {
    let side = r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#;
    match after.rfind("<w:pgSz").and_then(|from| Some((from, from + after[from..].find("/>")? + 2))) {
        Some((from, to)) => [&after[..from], side, &after[to..]].concat(),
        None => after.to_owned(),
    }
}

const LISTS: &str = "word/numbering.xml";

/// The first numbers that no shape and no list of the model has.
fn free(parts: &Parts) -> Result<(u32, u32), ModelProblem> {
    let Some(bytes) = parts.get(LISTS) else { return Ok((0, 1)) };
    let lists = std::str::from_utf8(bytes).map_err(|_| ModelProblem::Damaged)?;
    let free = |name: &str| -> u32 {
        let before = format!("{name}=\"");
        let used = lists.split(&before).skip(1);
        used.filter_map(|rest| rest.split('"').next()?.parse::<u32>().ok()).max().map_or(1, |most| most + 1)
    };
    Ok((free("w:abstractNumId"), free("w:numId")))
}

/// Our lists among the model's, from those numbers on.
fn listed(parts: &mut Parts, shapes: u32, bullets: u32, starts: &[u32]) -> Result<(), ModelProblem> {
    let Some(bytes) = parts.get(LISTS) else {
        parts.insert(LISTS.to_owned(), parts::numbering(starts).into_bytes());
        return Ok(());
    };
    let lists = std::str::from_utf8(bytes).map_err(|_| ModelProblem::Damaged)?;
    let ours = parts::list_shapes(shapes);
    let at =
        lists.find("<w:num ").or_else(|| lists.find("<w:numIdMacAtCleanup")).or_else(|| lists.rfind("</w:numbering>"));
    let at = at.ok_or(ModelProblem::Damaged)?;
    let lists = [&lists[..at], &ours, &lists[at..]].concat();
    let at =
        lists.find("<w:numIdMacAtCleanup").or_else(|| lists.rfind("</w:numbering>")).ok_or(ModelProblem::Damaged)?;
    let lists = [&lists[..at], &parts::lists(bullets, shapes, starts), &lists[at..]].concat();
    parts.insert(LISTS.to_owned(), lists.into_bytes());
    Ok(())
}

/// A style in few words: its id, its name, its kind.
fn facts(style: &str) -> Option<(&str, String, &str)> {
    let value = |from: &str| style.split(from).nth(1)?.split('"').next();
    Some((value("w:styleId=\"")?, value("<w:name w:val=\"")?.to_lowercase(), value("w:type=\"").unwrap_or("paragraph")))
}

fn each_style(sheet: &str) -> impl Iterator<Item = &str> {
    sheet.split("<w:style ").skip(1).filter_map(|rest| rest.split("</w:style>").next())
}

/// The model's styles with those of ours that it lacks, and the name that each of ours goes by in it.
fn dressed(theirs: &str, ours: &str, bullets: u32) -> (String, BTreeMap<String, String>) {
    let known: BTreeMap<(String, &str), &str> =
        each_style(theirs).filter_map(facts).map(|(id, name, kind)| ((name, kind), id)).collect();
    let taken: BTreeSet<&str> = each_style(theirs).filter_map(facts).map(|(id, ..)| id).collect();
    let mut names = BTreeMap::new();
    let mut lacking = Vec::new();
    for style in each_style(ours) {
        let Some((id, name, kind)) = facts(style) else { continue };
        let here = known.get(&(name, kind)).map(|id| (*id).to_owned());
        if here.is_none() {
            lacking.push(style);
        }
        let new = if taken.contains(id) { format!("Moisson{id}") } else { id.to_owned() };
        names.insert(id.to_owned(), here.unwrap_or(new));
    }
    let mut added = String::new();
    for style in lacking {
        let mut style = format!("<w:style {style}</w:style>").replace(" w:default=\"1\"", "");
        style = style.replace("<w:numId w:val=\"1\"/>", &format!("<w:numId w:val=\"{bullets}\"/>"));
        for (id, name) in &names {
            for place in ["w:styleId=\"", "<w:basedOn w:val=\"", "<w:next w:val=\""] {
                style = style.replace(&format!("{place}{id}\""), &format!("{place}\u{e000}{name}\""));
            }
        }
        added.push_str(&style.replace('\u{e000}', ""));
    }
    (before_end(theirs, "</w:styles>", &added), names)
}

fn before_end(text: &str, end: &str, added: &str) -> String {
    match text.rfind(end) {
        Some(at) => [&text[..at], added, &text[at..]].concat(),
        None => text.to_owned(),
    }
}

/// The natures of the parts that we add.
fn typed(types: &str) -> String {
    let mut added = String::new();
    for (extension, kind) in [("png", "image/png"), ("jpeg", "image/jpeg")] {
        if !types.contains(&format!("Extension=\"{extension}\"")) {
            added.push_str(&format!(r#"<Default Extension="{extension}" ContentType="{kind}"/>"#));
        }
    }
    let override_of = |part: &str, kind: &str| {
        let absent = !types.contains(&format!("PartName=\"{part}\""));
        if absent { format!(r#"<Override PartName="{part}" ContentType="{kind}"/>"#) } else { String::new() }
    };
    added.push_str(&override_of(
        "/word/numbering.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml",
    ));
    added.push_str(&override_of("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"));
    // A template becomes a document.
    let types = types.replace("wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml");
    before_end(&types, "</Types>", &added)
}
