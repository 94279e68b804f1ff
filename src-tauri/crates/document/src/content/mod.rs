//! What each document says, block by block.

mod actions;
mod agenda;
mod annex;
mod annex_book;
mod attendance;
mod cards;
mod handouts;
mod minutes;
mod open_data;
mod open_texts;
mod plan;
mod plan_b;
mod privacy;
mod proof;
mod slides;
mod tables;
mod tracking;

pub use agenda::agenda;
pub use annex::annex;
pub use annex_book::annex_book;
pub use attendance::attendance;
pub use cards::cards;
pub use handouts::{ballots, invitation, poster, tents};
pub use minutes::minutes;
pub use open_data::open_data;
pub(crate) use open_data::schema as open_schema;
pub use plan::{action_page, plan};
pub use privacy::{person, register};
pub use proof::proof;
pub use slides::slides;
pub use tracking::tracking;

use crate::{
    model::{Block, Meta, Run, Table, Text},
    source::{Frame, ProposalSource},
    typography::{NBSP, date, printable},
    words::Words,
};

/// A document under construction.
pub(crate) struct Page<'a> {
    pub words: &'a Words,
    pub blocks: Vec<Block>,
}

impl Page<'_> {
    pub fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.blocks.push(Block::Heading { level, text: text.into(), anchor: None });
    }

    pub fn anchored(&mut self, level: u8, text: impl Into<String>, anchor: impl Into<String>) {
        self.blocks.push(Block::Heading { level, text: text.into(), anchor: Some(anchor.into()) });
    }

    pub fn label(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Label { text: text.into() });
    }

    pub fn paragraph(&mut self, text: Text) {
        self.blocks.push(Block::Paragraph { text });
    }

    /// A text as people typed it: a paragraph per line.
    pub fn prose(&mut self, text: &str) {
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.paragraph(vec![Run::plain(printable(line))]);
        }
    }

    /// A text with its paragraphs, lists, bold and links.
    pub fn rich(&mut self, text: &str) {
        self.blocks.extend(crate::rich::blocks(text));
    }

    /// A rich text, or the sentence that says there is none.
    pub fn rich_or(&mut self, text: Option<&str>, nothing: &str) {
        match text.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => self.rich(text),
            None => self.paragraph(vec![Run::muted(nothing)]),
        }
    }

    pub fn list(&mut self, items: Vec<Text>) {
        if !items.is_empty() {
            self.blocks.push(Block::List { items, number: None });
        }
    }

    /// A table, or the sentence that says there is nothing to put in it.
    pub fn table_or(&mut self, table: Table, nothing: &str) {
        if table.rows.is_empty() {
            self.paragraph(vec![Run::muted(nothing)]);
        } else {
            self.blocks.push(Block::Table { table });
        }
    }
}

/// A column: heading, relative width, whether it holds figures.
pub(crate) type Column<'a> = (&'a str, u32, bool);

pub(crate) fn table(caption: &str, columns: &[Column<'_>], rows: Vec<Vec<Text>>) -> Table {
    Table {
        caption: caption.to_owned(),
        widths: columns.iter().map(|column| column.1).collect(),
        figures: columns.iter().map(|column| column.2).collect(),
        header: columns.iter().map(|column| column.0.to_owned()).collect(),
        rows,
        ..Table::default()
    }
}

pub(crate) fn cell(text: impl AsRef<str>) -> Text {
    vec![Run::plain(printable(text.as_ref()))]
}

pub(crate) fn optional(text: Option<&String>) -> Text {
    text.map_or_else(|| vec![Run::muted("—")], cell)
}

/// Names in a row, or the words that say they are to be set.
pub(crate) fn names(list: &[String], words: &Words) -> Text {
    if list.is_empty() { vec![Run::muted(words.to_set)] } else { cell(list.join(", ")) }
}

pub(crate) fn meta(frame: &Frame, words: &Words, title: &str, subtitle: String, cover: bool) -> Meta {
    Meta {
        title: printable(title),
        subtitle,
        language: frame.language.clone(),
        author: printable(&frame.organisation),
        date: frame.date,
        date_words: date(frame.date, words.french),
        running: printable(title),
        cover,
        contents_label: words.contents.to_owned(),
        emblem_alt: words.emblem.to_owned(),
        union: words.union.to_owned(),
        statement: frame.funding_statement.as_deref().map(printable),
        look: frame.look.clone().numbered(),
        ..Meta::default()
    }
}

/// What a workbook says of itself.
pub(crate) fn book_meta(frame: &Frame, words: &Words, title: &str) -> Meta {
    meta(frame, words, title, printable(&frame.process), false)
}

/// Funder's statement and file number, said once in the body: screen readers skip the foot of pages.
pub(crate) fn funding(page: &mut Page<'_>, frame: &Frame) {
    if let Some(statement) = &frame.funding_statement {
        let mut text = cell(statement);
        if let Some(number) = frame.funding_reference.as_ref().filter(|number| !number.trim().is_empty()) {
            text.push(Run::plain(format!(" ({}{NBSP}{})", page.words.file_number, printable(number))));
        }
        page.paragraph(text);
    }
}

/// « atelier 7, Besançon, table 3, CCAS ».
pub(crate) fn whereabouts(proposal: &ProposalSource, words: &Words) -> String {
    let workshop = match proposal.workshop {
        Some(number) => format!("{}{NBSP}{number}", words.workshop.to_lowercase()),
        None => proposal.workshop_title.clone(),
    };
    let table = proposal.table.map(|table| format!("{}{NBSP}{table}", words.table));
    let parts = [Some(workshop), proposal.territory.clone(), table, proposal.organisation.clone()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The anchor of an action's page.
pub(crate) fn action_anchor(number: &str) -> String {
    format!("action-{}", number.replace('.', "-"))
}
