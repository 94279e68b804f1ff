//! The feuille d'émargement that European audits ask for: to be signed by hand, or what was signed.

use super::{Page, Text, cell, funding, meta, optional, table};
use crate::{
    Document, DocumentError,
    model::{Block, Run},
    source::{AttendanceSheetSource, HalfDay, SignerSource},
    typography::{NBSP, date, printable},
    words::words,
};

/// Height of a line that one signs on, in millimetres.
const LINE: u32 = 11;

/// Composes the sheet.
///
/// # Errors
/// [`DocumentError`] names what is not fit to be written.
pub fn attendance(source: &AttendanceSheetSource) -> Result<Document, DocumentError> {
    let words = words(&source.frame.language);
    let mut page = Page { words, blocks: Vec::new() };
    facts(&mut page, source);
    funding(&mut page, &source.frame);
    page.heading(1, words.facilitators);
    let blank = || vec![vec![Run::plain("")]; 3];
    let mut facilitators = table(
        words.facilitators,
        &[(words.person, 8, false), (words.organisation, 8, false), (words.signature, 8, false)],
        vec![blank(), blank()],
    );
    facilitators.row_height = Some(LINE);
    page.blocks.push(Block::Table { table: facilitators });
    page.heading(1, words.participants);
    let halves: Vec<&str> = source
        .half_days
        .iter()
        .map(|half| match half {
            HalfDay::Morning => words.signature_morning,
            HalfDay::Afternoon => words.signature_afternoon,
        })
        .collect();
    let mut columns =
        vec![(words.code, 2, false), (words.person, 9, false), (words.organisation, 9, false), (words.role, 6, false)];
    columns.extend(halves.iter().map(|half| (*half, 8, false)));
    columns.push((words.photo_consent, 5, false));
    let mut rows: Vec<Vec<Text>> = Vec::new();
    for (index, person) in source.people.iter().enumerate() {
        rows.push(signer(index + 1, person, source, page.words.arrived, page.words.remotely));
    }
    // What stays empty once everybody has signed is crossed, so that nobody is added afterwards.
    let crossed = if source.filled { "—" } else { "" };
    for index in 0..source.blank_lines {
        let number = source.people.len() + usize::try_from(index).unwrap_or(0) + 1;
        let mut row = vec![cell(number.to_string())];
        row.resize(columns.len(), vec![Run::muted(crossed)]);
        rows.push(row);
    }
    let mut list = table(words.participants, &columns, rows);
    list.row_height = Some(LINE);
    page.table_or(list, words.nobody);
    let total = if source.filled { source.present.to_string() } else { String::from("__________") };
    page.paragraph(vec![Run::strong(format!("{}{NBSP}: {total}", words.total_present))]);
    page.paragraph(vec![Run::plain(if source.filled { words.lines_crossed } else { words.cross_lines })]);
    page.heading(1, words.privacy);
    page.paragraph(vec![Run::plain(words.privacy_notice)]);
    page.paragraph(vec![Run::plain(words.photo_notice)]);
    let workshop = &source.workshop;
    let number = workshop.number.map(|number| format!("{}{NBSP}{number} · ", words.workshop)).unwrap_or_default();
    let title = format!("{}{NBSP}: {number}{}", words.attendance_sheet, workshop.title);
    let mut meta = meta(&source.frame, words, &title, source.frame.process.clone(), false);
    meta.landscape = true;
    meta.page_total = true;
    Document { meta, blocks: page.blocks }.checked()
}

fn facts(page: &mut Page<'_>, source: &AttendanceSheetSource) {
    let words = page.words;
    let workshop = &source.workshop;
    let times: Vec<String> = source.starts_at.iter().chain(&source.ends_at).cloned().collect();
    let times = Some(times.join(" – ")).filter(|times| !times.is_empty());
    let day = workshop.date.map(|day| date(day, words.french));
    page.blocks.push(Block::Panel {
        items: vec![
            (words.operation.to_owned(), cell(&source.frame.process)),
            (words.file_number.to_owned(), optional(source.frame.funding_reference.as_ref())),
            (words.theme.to_owned(), cell(&workshop.theme)),
            (words.day.to_owned(), optional(day.as_ref())),
            (words.schedule.to_owned(), optional(times.as_ref())),
            (words.place.to_owned(), optional(workshop.place.as_ref())),
        ],
    });
}

fn signer(
    number: usize,
    person: &SignerSource,
    source: &AttendanceSheetSource,
    arrived: &str,
    remotely: &str,
) -> Vec<Text> {
    let or_blank = |text: Option<&String>| text.map_or_else(|| vec![Run::plain("")], cell);
    let mut row = vec![
        cell(number.to_string()),
        cell(&person.name),
        or_blank(person.organisation.as_ref()),
        or_blank(person.role.as_ref()),
    ];
    for _ in &source.half_days {
        row.push(if source.filled { signed(person, arrived, remotely) } else { vec![Run::plain("")] });
    }
    row.push(vec![Run::plain("")]);
    row
}

/// The signature as it was drawn, or when the person came.
fn signed(person: &SignerSource, arrived: &str, remotely: &str) -> Text {
    let mut said = Vec::new();
    if let Some(outline) = &person.signature {
        let path = quick_xml::escape::escape(outline);
        let svg = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200" width="600" height="200"><path d="{path}" fill="none" stroke="#1d1b17" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/></svg>"##
        );
        let name = printable(&person.name);
        said.push(Run { text: format!("✓ {name} "), drawing: Some(svg), ..Run::default() });
    }
    if person.remote {
        said.push(Run::muted(format!("{remotely} ")));
    }
    if let Some(time) = &person.arrived_at {
        said.push(Run::muted(format!("{arrived}{NBSP}{time}")));
    }
    if said.is_empty() { vec![Run::plain("")] } else { said }
}
