//! The neutral models: a document of blocks, a workbook, a slide show, cards. Every format can write them, and they are
//! valid by construction.

mod book;
mod cards;
mod deck;
mod handout;

pub use book::{Book, Cell, Chart, Column, Holds, Mark, Sheet};
pub use cards::Cards;
pub use deck::{Body, Deck, Slide};
pub use handout::{Code, Handout, Paper, Shape};

use crate::{
    DocumentError, Look,
    typography::{line, set},
};
use chrono::NaiveDate;
use serde::Serialize;

/// A document.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Document {
    /// Title, subtitle, language, author, date.
    pub meta: Meta,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// What a document says of itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Meta {
    /// Title.
    pub title: String,
    /// Line under the title.
    pub subtitle: String,
    /// Language (ISO 639-1).
    pub language: String,
    /// Organisation that answers for it.
    pub author: String,
    /// Date of the document.
    pub date: NaiveDate,
    /// The date in words.
    pub date_words: String,
    /// Short title for the foot of pages.
    pub running: String,
    /// Whether it has a cover and a table of contents, or a plain heading.
    pub cover: bool,
    /// Heading of the table of contents.
    pub contents_label: String,
    /// What the emblem shows, for those who cannot see it.
    pub emblem_alt: String,
    /// UNION EUROPÉENNE, in full.
    pub union: String,
    /// The funder's statement.
    pub statement: Option<String>,
    /// Whether it is a piece of a document, to be looked at: neither cover nor heading.
    pub piece: bool,
    /// Whether its pages lie on their side.
    pub landscape: bool,
    /// Whether each page says how many there are: sheets that are signed.
    pub page_total: bool,
    /// Charter.
    pub look: Look,
}

/// A stretch of text in one style.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Run {
    /// Text.
    pub text: String,
    /// Bold.
    pub strong: bool,
    /// Muted: labels, origins.
    pub muted: bool,
    /// Anchor in this document that it leads to.
    pub link: Option<String>,
    /// Address outside of it that it leads to.
    pub address: Option<String>,
    /// A drawing (SVG) that stands for the text, for writers that draw.
    pub drawing: Option<String>,
}

/// Text of a paragraph or cell.
pub type Text = Vec<Run>;

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Relative widths.
    pub widths: Vec<u32>,
    /// Columns of figures, aligned right.
    pub figures: Vec<bool>,
    /// Headings, repeated on each page.
    pub header: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<Text>>,
    /// Least height of a row in millimetres, where people write by hand.
    pub row_height: Option<u32>,
}

/// A block.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 to 4.
        level: u8,
        /// Text.
        text: String,
        /// Where links lead.
        anchor: Option<String>,
    },
    /// The head of a fiche-action: its own page, its number in a tile. A heading of level 3.
    Action {
        /// Number.
        number: String,
        /// Title.
        title: String,
        /// Axis › objective; empty where the heading above says it.
        trail: String,
        /// Where links lead.
        anchor: String,
    },
    /// A label over a part of a fiche-action: a heading of level 4, out of the table of contents.
    Label {
        /// Text.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Text.
        text: Text,
    },
    /// A list.
    List {
        /// Items.
        items: Vec<Text>,
        /// The number of the first one, where they are numbered.
        number: Option<u32>,
    },
    /// A table.
    Table {
        /// The table.
        table: Table,
    },
    /// A picture, and the same as a table for writers that do not draw.
    Figure {
        /// SVG.
        svg: String,
        /// Whether it stands beside text rather than across the page.
        small: bool,
        /// What it shows, for those who cannot see it.
        alt: String,
        /// The same facts.
        table: Table,
    },
    /// Facts side by side on a soft ground.
    Panel {
        /// Label and fact.
        items: Vec<(String, Text)>,
    },
    /// A new page.
    PageBreak,
}

impl Run {
    /// Plain text.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Bold text.
    #[must_use]
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: true, ..Self::default() }
    }

    /// Muted text.
    #[must_use]
    pub fn muted(text: impl Into<String>) -> Self {
        Self { text: text.into(), muted: true, ..Self::default() }
    }

    /// A link within the document.
    #[must_use]
    pub fn link(text: impl Into<String>, anchor: impl Into<String>) -> Self {
        Self { text: text.into(), link: Some(anchor.into()), ..Self::default() }
    }
}

impl Document {
    /// Its blocks, for formats that write the table of each figure: one that stands after its figure too, for those who print, is
    /// told once.
    pub(crate) fn told_once(&self) -> impl Iterator<Item = &Block> {
        let again = |at: usize| match (at.checked_sub(1).map(|before| &self.blocks[before]), &self.blocks[at]) {
            (Some(Block::Figure { table: twin, .. }), Block::Table { table }) => twin == table,
            _ => false,
        };
        (0..self.blocks.len()).filter(move |at| !again(*at)).map(|at| &self.blocks[at])
    }

    /// Checks what every writer relies on, and drops links that lead nowhere.
    ///
    /// # Errors
    /// The first thing that does not hold, with the heading above it.
    pub fn checked(mut self) -> Result<Self, DocumentError> {
        self.meta.clean();
        if self.meta.title.trim().is_empty() {
            return Err(DocumentError::NoTitle);
        }
        let french = self.meta.language != "en";
        for block in &mut self.blocks {
            block.clean(french);
            if let Block::Figure { svg, .. } = block {
                *svg = self.meta.look.paint(svg);
            }
        }
        // A piece begins where it stands in the whole.
        let (mut level, mut heading) = (if self.meta.piece { 2 } else { 0 }, String::new());
        for block in &self.blocks {
            let (next, text) = match block {
                Block::Heading { level, text, .. } => (*level, text),
                Block::Action { title, .. } => (3, title),
                Block::Label { text } => (4, text),
                Block::Figure { alt, table, .. } => {
                    if alt.trim().is_empty() {
                        return Err(DocumentError::NoAlternative { heading });
                    }
                    even(table, &heading)?;
                    continue;
                }
                Block::Table { table } => {
                    even(table, &heading)?;
                    continue;
                }
                _ => continue,
            };
            if next > level + 1 {
                return Err(DocumentError::SkippedLevel { heading: text.clone(), level: next, after: level });
            }
            level = next;
            heading.clone_from(text);
        }
        self.drop_dead_links();
        Ok(self)
    }

    pub(crate) fn drop_dead_links(&mut self) {
        let anchors: std::collections::BTreeSet<String> = self
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Heading { anchor, .. } => anchor.clone(),
                Block::Action { anchor, .. } => Some(anchor.clone()),
                _ => None,
            })
            .collect();
        let mend = |text: &mut Text| {
            for run in text {
                run.link = run.link.take().filter(|anchor| anchors.contains(anchor));
            }
        };
        for block in &mut self.blocks {
            match block {
                Block::Paragraph { text } => mend(text),
                Block::List { items, .. } => items.iter_mut().for_each(mend),
                Block::Table { table } | Block::Figure { table, .. } => table.rows.iter_mut().flatten().for_each(mend),
                Block::Panel { items } => items.iter_mut().for_each(|(_, text)| mend(text)),
                _ => {}
            }
        }
    }
}

impl Meta {
    pub(crate) fn clean(&mut self) {
        let french = self.language != "en";
        for text in [&mut self.title, &mut self.subtitle, &mut self.author, &mut self.running] {
            *text = line(text, french);
        }
        self.statement = self.statement.as_deref().map(|text| line(text, french));
        self.look.footer = self.look.footer.as_deref().map(|text| line(text, french));
        let emblems = self.look.funders.iter_mut().filter_map(|mark| mark.logo.as_mut());
        for picture in self.look.logos.iter_mut().chain(&mut self.look.cover).chain(emblems) {
            picture.alt = line(&picture.alt, french);
        }
        for mark in &mut self.look.funders {
            mark.name = line(&mark.name, french);
            mark.statement = mark.statement.as_deref().map(|text| line(text, french));
        }
    }

    /// Who funds and what they want said, for formats that carry no emblem.
    pub(crate) fn funders(&self) -> Vec<(&str, &str)> {
        let union = self.statement.as_deref().map(|statement| (self.union.as_str(), statement));
        let others = self.look.funders.iter().map(|mark| (mark.name.as_str(), mark.statement.as_deref().unwrap_or("")));
        union.into_iter().chain(others).collect()
    }

    /// The language with its country, as office programs name it.
    #[must_use]
    pub fn locale(&self) -> &'static str {
        if self.language == "en" { "en-GB" } else { "fr-FR" }
    }
}

impl Block {
    /// Takes out what no format can hold; headings are one line.
    fn clean(&mut self, french: bool) {
        let clean = |text: &mut Text| text.iter_mut().for_each(|run| run.text = set(&run.text, french));
        match self {
            Self::Heading { text, .. } | Self::Label { text } => *text = line(text, french),
            Self::Action { title, trail, .. } => {
                *title = line(title, french);
                *trail = line(trail, french);
            }
            Self::Paragraph { text } => clean(text),
            Self::List { items, .. } => items.iter_mut().for_each(clean),
            Self::Table { table } => table.clean(french),
            Self::Figure { alt, table, .. } => {
                *alt = line(alt, french);
                table.clean(french);
            }
            Self::Panel { items } => items.iter_mut().for_each(|(_, text)| clean(text)),
            Self::PageBreak => {}
        }
    }
}

impl Table {
    pub(crate) fn clean(&mut self, french: bool) {
        self.caption = line(&self.caption, french);
        self.header.iter_mut().for_each(|cell| *cell = line(cell, french));
        self.rows.iter_mut().flatten().flatten().for_each(|run| run.text = set(&run.text, french));
    }
}

/// Letters that a line of a panel holds, where it is written as lines.
const PANEL_LINE: usize = 100;

/// The facts of a panel, each on the first line that has room for it: a fiche-action is one page.
pub(crate) fn packed(items: &[(String, Text)]) -> Vec<Vec<&(String, Text)>> {
    let letters = |(label, text): &(String, Text)| -> usize {
        label.chars().count() + text.iter().map(|run| run.text.chars().count()).sum::<usize>() + 6
    };
    let mut lines: Vec<(usize, Vec<&(String, Text)>)> = Vec::new();
    for item in items {
        let needs = letters(item);
        match lines.iter_mut().find(|(used, _)| used + needs <= PANEL_LINE) {
            Some((used, line)) => {
                *used += needs;
                line.push(item);
            }
            None => lines.push((needs, vec![item])),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

fn even(table: &Table, heading: &str) -> Result<(), DocumentError> {
    let columns = table.header.len();
    let ragged = |cells| DocumentError::Ragged { heading: heading.to_owned(), cells, columns };
    if table.widths.len() != columns || table.figures.len() != columns {
        return Err(ragged(table.widths.len()));
    }
    match table.rows.iter().find(|row| row.len() != columns) {
        Some(row) => Err(ragged(row.len())),
        None => Ok(()),
    }
}
