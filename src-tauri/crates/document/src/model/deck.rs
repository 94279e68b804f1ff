//! The neutral slide show: few kinds of slides, all of editable text and tables.

use super::{Meta, Table, Text, even};
use crate::{
    DocumentError,
    typography::{line, set},
};
use serde::Serialize;

/// A slide show.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Deck {
    /// Title, language, author, date.
    pub meta: Meta,
    /// Slides; the first is the cover.
    pub slides: Vec<Slide>,
    /// Heading of the notes, where they are read.
    pub notes_label: String,
}

/// A slide.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Slide {
    /// Title: what the slide says, each its own.
    pub title: String,
    /// What stands on it.
    pub body: Body,
    /// Lines under the body.
    pub lines: Vec<Text>,
    /// What the speaker says.
    pub notes: String,
}

/// What stands on a slide.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Body {
    /// Only lines.
    #[default]
    Lines,
    /// Numbers in large, each with what it counts.
    Figures {
        /// Number and words.
        items: Vec<(String, String)>,
    },
    /// A table, its cells shaded from 0 (none) to 4.
    Table {
        /// The table.
        table: Table,
        /// Shade of each cell; empty for none.
        shades: Vec<Vec<u8>>,
    },
}

impl Deck {
    /// Checks what every writer relies on: a title on each slide, tables without holes, nothing that no format can hold.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn checked(mut self) -> Result<Self, DocumentError> {
        self.meta.clean();
        let french = self.meta.language != "en";
        if self.meta.title.trim().is_empty() {
            return Err(DocumentError::NoTitle);
        }
        for slide in &mut self.slides {
            slide.title = line(&slide.title, french);
            slide.notes = set(&slide.notes, french);
            slide.lines.iter_mut().flatten().for_each(|run| run.text = line(&run.text, french));
            match &mut slide.body {
                Body::Lines => {}
                Body::Figures { items } => {
                    for (number, words) in items {
                        *number = line(number, french);
                        *words = line(words, french);
                    }
                }
                Body::Table { table, .. } => {
                    table.clean(french);
                    even(table, &slide.title)?;
                }
            }
        }
        Ok(self)
    }
}
