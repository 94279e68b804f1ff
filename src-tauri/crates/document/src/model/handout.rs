//! What is hung on a wall, cut out or folded: one page after the other, each of a few shapes.

use super::Meta;
use crate::typography::{line, set};
use serde::Serialize;

/// Sheets for the room.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Handout {
    /// Title, language, author, date.
    pub meta: Meta,
    /// What they are.
    pub shape: Shape,
}

/// The shape of a sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Shape {
    /// One page read from afar.
    Poster {
        /// What stands over the title.
        over: String,
        /// Title.
        title: String,
        /// Day, hours, place.
        facts: Vec<String>,
        /// The question asked.
        question: Option<String>,
        /// Codes that phones read, in the order of use.
        codes: Vec<Code>,
        /// What to know besides.
        note: String,
    },
    /// Bulletins, two to a page where they fit.
    Papers {
        /// One for each vote.
        papers: Vec<Paper>,
        /// How many of each.
        copies: u32,
    },
    /// Table tents, folded in the middle.
    Tents {
        /// « Table ».
        word: String,
        /// How many.
        count: u32,
        /// What stands under the number.
        under: String,
        /// The question asked.
        question: Option<String>,
    },
}

/// A code that a phone reads.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Code {
    /// SVG.
    pub svg: String,
    /// What it does.
    pub label: String,
    /// What one types without it.
    pub words: Vec<String>,
}

/// A bulletin.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Paper {
    /// Atelier and vote.
    pub head: String,
    /// The question.
    pub question: String,
    /// How to fill it in.
    pub how: String,
    /// Headings over the boxes; none where each option has the boxes that `boxes` says.
    pub columns: Vec<String>,
    /// Boxes after each option: as many as columns, or these words in them.
    pub boxes: Vec<String>,
    /// Whether a box is a line to write a number on.
    pub written: bool,
    /// The options.
    pub options: Vec<String>,
}

impl Default for Shape {
    fn default() -> Self {
        Self::Papers { papers: Vec::new(), copies: 0 }
    }
}

impl Handout {
    /// Takes out what no format can hold, and sets texts as their language does.
    #[must_use]
    pub fn checked(mut self) -> Self {
        self.meta.clean();
        let french = self.meta.language != "en";
        let one = |text: &mut String| *text = line(text, french);
        match &mut self.shape {
            Shape::Poster { over, title, facts, question, codes, note } => {
                [over, title, note].into_iter().chain(facts).for_each(one);
                question.iter_mut().for_each(|text| *text = set(text, french));
                for code in codes {
                    one(&mut code.label);
                    // What is typed stays as it is typed.
                    code.words.iter_mut().for_each(|text| *text = line(text, false));
                }
            }
            Shape::Papers { papers, .. } => {
                for paper in papers {
                    let texts = [&mut paper.head, &mut paper.question, &mut paper.how].into_iter();
                    texts.chain(&mut paper.options).chain(&mut paper.columns).for_each(one);
                }
            }
            Shape::Tents { under, question, .. } => {
                one(under);
                question.iter_mut().for_each(|text| *text = set(text, french));
            }
        }
        self
    }
}
