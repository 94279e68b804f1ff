//! A form as DOCX: a table per group, label and answer side by side. The label is under a content control that holds the key, so
//! does a bookmark; answers without marks are under one too.

use super::{Expects, Field, Form, Group, Section, expects, words};
use crate::{
    DocumentError,
    docx::{Xml, package},
    model::Block,
    opc,
    typography::{line, printable},
    xml::Written as Result,
};

/// Widths of label and answer, in twentieths of a point.
const WIDTHS: [&str; 2] = ["2900", "6738"];

pub(super) fn write(form: &Form) -> std::result::Result<Vec<u8>, DocumentError> {
    let mut meta = form.meta();
    meta.clean();
    // Bookmarks of headings come before, with numbers of their own.
    let mut controls = 10_000;
    let body = crate::docx::document(&meta, |xml| {
        for words in form.words().how {
            xml.paragraph("Normal", |xml| xml.run(words, None, false))?;
        }
        form.sections.iter().try_for_each(|section| self::section(xml, form, section, &mut controls))
    })?;
    package(&meta, &body, Some(&opc::custom(&form.identity())))
}

fn section(xml: &mut Xml, form: &Form, section: &Section, controls: &mut u32) -> Result {
    let french = form.french();
    if form.sections.len() > 1 {
        xml.page_break()?;
    }
    if !section.trail.is_empty() {
        xml.paragraph("Trail", |xml| xml.run(&line(&section.trail, french), None, false))?;
    }
    let title = line(&format!("{}  {}", section.number, section.title), french);
    xml.heading("Heading3", &title, None)?;
    let reference = format!("{}\u{a0}: {}", form.words().reference, section.key);
    xml.paragraph("Normal", |xml| xml.run(&reference, Some("Muted"), false))?;
    section.groups.iter().try_for_each(|group| self::group(xml, form, group, controls))
}

fn group(xml: &mut Xml, form: &Form, group: &Group, controls: &mut u32) -> Result {
    let title = form.group_title(group);
    xml.table_of(&title, &WIDTHS, |xml| {
        xml.table_row(true, |xml| {
            xml.cell(WIDTHS[0], |xml| xml.paragraph("TableHead", |xml| xml.run(&title, None, false)))?;
            xml.cell(WIDTHS[1], |xml| xml.paragraph("TableHead", |xml| xml.run(form.words().answer, None, false)))
        })?;
        group.fields.iter().try_for_each(|field| row(xml, form, group.kind, field, controls))
    })
}

fn row(xml: &mut Xml, form: &Form, kind: &str, field: &Field, controls: &mut u32) -> Result {
    let (label, help) = words::label(kind, field.name, form.french());
    let mut next = || {
        *controls += 1;
        controls.to_string()
    };
    let (named, answered) = (next(), next());
    xml.table_row(false, |xml| {
        xml.cell(WIDTHS[0], |xml| {
            xml.paragraph("TableText", |xml| {
                xml.empty("w:bookmarkStart", &[("w:id", &named), ("w:name", &field.key)])?;
                control(xml, &named, label, &field.key, "sdtContentLocked", None, |xml| xml.run(label, None, true))?;
                xml.empty("w:bookmarkEnd", &[("w:id", &named)])?;
                if help.is_empty() { Ok(()) } else { xml.run(&format!("\n{help}"), Some("Muted"), false) }
            })
        })?;
        xml.cell(WIDTHS[1], |xml| answer(xml, form, field, &answered, label))
    })
}

fn answer(xml: &mut Xml, form: &Form, field: &Field, id: &str, label: &str) -> Result {
    let shown = printable(&field.value.shown(form.french()));
    let shown = if field.name == "status" {
        super::status_shown(&shown, form.french()).map_or(shown, str::to_owned)
    } else {
        shown
    };
    let choices = (expects(field.name) == Expects::Status).then(|| form.french());
    // No control around what may have marks: LibreOffice keeps but the letters of the first paragraph within. The label has the key.
    if expects(field.name) == Expects::Prose {
        return prose(xml, form, &shown);
    }
    xml.paragraph("TableText", |xml| {
        control(xml, id, label, &field.key, "sdtLocked", choices, |xml| text(xml, form, &shown, shown.is_empty()))
    })
}

/// A long answer as it is written in the plan, bold and links too.
fn prose(xml: &mut Xml, form: &Form, words: &str) -> Result {
    let blocks = crate::rich::blocks(words);
    if blocks.is_empty() {
        return xml.paragraph("TableText", |xml| text(xml, form, "", true));
    }
    blocks.iter().try_for_each(|block| match block {
        Block::Paragraph { text } => xml.paragraph("TableText", |xml| xml.runs(text)),
        Block::List { items, number } => xml.list(items, *number),
        _ => Ok(()),
    })
}

fn text(xml: &mut Xml, form: &Form, words: &str, empty: bool) -> Result {
    if empty { xml.run(form.words().empty, Some("Muted"), false) } else { xml.run(words, None, false) }
}

/// A content control: what it is called, its key, what it lets people do.
fn control(
    xml: &mut Xml,
    id: &str,
    label: &str,
    key: &str,
    lock: &str,
    statuses: Option<bool>,
    inside: impl FnOnce(&mut Xml) -> Result,
) -> Result {
    xml.open("w:sdt", &[])?;
    xml.open("w:sdtPr", &[])?;
    xml.empty("w:alias", &[("w:val", label)])?;
    xml.empty("w:tag", &[("w:val", key)])?;
    xml.empty("w:id", &[("w:val", id)])?;
    xml.empty("w:lock", &[("w:val", lock)])?;
    if let Some(french) = statuses {
        xml.open("w:comboBox", &[])?;
        for (_, shown) in crate::words::words(if french { "fr" } else { "en" }).statuses() {
            xml.empty("w:listItem", &[("w:displayText", shown), ("w:value", shown)])?;
        }
        xml.close("w:comboBox")?;
    }
    xml.close("w:sdtPr")?;
    xml.open("w:sdtContent", &[])?;
    inside(xml)?;
    xml.close("w:sdtContent")?;
    xml.close("w:sdt")
}
