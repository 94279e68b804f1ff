//! The entry of the register of processing, and what is kept of one person.

use super::{Column, Page, cell, meta, optional, table};
use crate::{
    Document, DocumentError,
    model::Run,
    source::{PersonSource, RegisterSource},
    typography::{date, printable},
    words::{Words, words},
};
use chrono::NaiveDate;

/// Composes the entry of the register.
///
/// # Errors
/// [`DocumentError`] names what is not fit to be written.
pub fn register(source: &RegisterSource) -> Result<Document, DocumentError> {
    let words = words(&source.frame.language);
    let mut page = Page { words, blocks: Vec::new() };
    page.paragraph(vec![Run::plain(words.register_lead)]);
    page.heading(1, words.register_controller);
    page.paragraph(cell(&source.frame.organisation));
    page.rich_or(source.contact.as_deref(), words.register_no_contact);
    page.heading(1, words.register_purposes);
    page.list(lines(words.register_purposes_list));
    page.heading(1, words.register_basis);
    page.rich_or(source.basis.as_deref(), words.register_no_basis);
    page.heading(1, words.register_data);
    let counted = |what: &str, count: u32, where_: &str| vec![cell(what), cell(count.to_string()), cell(where_)];
    let rows = vec![
        counted(words.register_participants, source.participants, words.register_in_journal),
        counted(words.register_names, source.names, words.register_outside),
        counted(words.register_addresses, source.addresses, words.register_outside),
        counted(words.signatures, source.signatures, words.register_outside),
        counted(words.register_photos, source.photos, words.register_photos_where),
    ];
    let columns: [Column<'_>; 3] =
        [(words.register_what, 8, false), (words.register_count, 3, true), (words.register_where, 12, false)];
    page.table_or(table(words.register_data, &columns, rows), words.register_nothing);
    page.paragraph(vec![Run::plain(words.register_not_kept)]);
    page.heading(1, words.register_recipients);
    page.list(lines(words.register_recipients_list));
    page.heading(1, words.register_duration);
    page.paragraph(until(source.retain_until, words));
    page.heading(1, words.register_safety);
    page.list(lines(words.register_safety_list));
    page.heading(1, words.register_rights);
    page.list(lines(words.register_rights_list));
    let meta = meta(&source.frame, words, words.register, source.frame.process.clone(), false);
    Document { meta, blocks: page.blocks }.checked()
}

/// Composes what is kept of a person, for that person.
///
/// # Errors
/// [`DocumentError`] names what is not fit to be written.
pub fn person(source: &PersonSource) -> Result<Document, DocumentError> {
    let words = words(&source.frame.language);
    let mut page = Page { words, blocks: Vec::new() };
    page.paragraph(vec![Run::plain(words.person_lead)]);
    page.heading(1, words.person_kept);
    let named = |key: &str| match key {
        "name" => words.person_name.to_owned(),
        "email" => words.person_email.to_owned(),
        "phone" => words.person_phone.to_owned(),
        other => printable(other),
    };
    let mut rows = vec![vec![cell(words.person_code), cell(&source.code)]];
    rows.extend(source.kept.iter().map(|(key, value)| vec![cell(named(key)), cell(value)]));
    rows.push(vec![cell(words.person_organisation), optional(source.organisation.as_ref())]);
    let columns: [Column<'_>; 2] = [(words.register_what, 6, false), (words.person_value, 14, false)];
    page.table_or(table(words.person_kept, &columns, rows), words.register_nothing);
    if source.forgotten {
        page.paragraph(vec![Run::strong(words.person_forgotten)]);
    }
    page.heading(1, words.person_rooms);
    let rooms = source.rooms.iter().map(|room| {
        let signed = if room.signature.is_some() { words.person_signed } else { words.person_not_signed };
        vec![
            cell(&room.workshop.title),
            cell(room.workshop.date.map_or_else(String::new, |day| date(day, words.french))),
            cell(if room.excused { words.person_excused } else { words.present }),
            cell(signed),
        ]
    });
    let columns: [Column<'_>; 4] = [
        (words.workshop, 9, false),
        (words.day, 5, false),
        (words.person_presence, 4, false),
        (words.signatures, 4, false),
    ];
    page.table_or(table(words.person_rooms, &columns, rooms.collect()), words.person_no_room);
    page.heading(1, words.person_quotes);
    if source.quotes.is_empty() {
        page.paragraph(vec![Run::muted(words.person_no_quote)]);
    } else {
        page.list(source.quotes.iter().map(cell).collect());
    }
    page.paragraph(vec![Run::plain(words.person_not_tied)]);
    page.heading(1, words.register_duration);
    page.paragraph(until(source.retain_until, words));
    page.heading(1, words.register_rights);
    page.list(lines(words.person_rights_list));
    page.rich_or(source.contact.as_deref(), words.register_no_contact);
    let meta = meta(&source.frame, words, words.person_title, source.frame.process.clone(), false);
    Document { meta, blocks: page.blocks }.checked()
}

fn until(day: Option<NaiveDate>, words: &Words) -> Vec<Run> {
    match day {
        Some(day) => vec![Run::plain(words.register_until), Run::strong(date(day, words.french))],
        None => vec![Run::muted(words.register_no_date)],
    }
}

/// A text of the catalogue, an item a line.
fn lines(text: &str) -> Vec<Vec<Run>> {
    text.lines().map(|line| vec![Run::plain(line)]).collect()
}
