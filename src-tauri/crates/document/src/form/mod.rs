//! Forms for partners who install nothing: an action as labelled fields, filled with any office program and read back.
//!
//! Each field carries its key where people do not look: in DOCX on the content controls of its label and answer and in a
//! bookmark (LibreOffice 7 drops the tags of controls, nobody drops bookmarks), in XLSX in a hidden column. Readers give
//! back what each key holds and where; they judge nothing.

mod docx;
mod read;
mod words;
mod xlsx;

pub use read::{Answer, Filled, FormError, Given, Remark, Strange, read};

use crate::{DocumentError, Format, model::Meta, source::Frame, typography::date};
use chrono::NaiveDate;

/// What every key begins with: the version of the form.
pub const MARK: &str = "m1_";
/// Letters and digits by which a key names an entity, after its [`MARK`].
pub const NAME: usize = 25;
/// The name under which the file says which démarche it is of.
pub const PROCESS: &str = "MoissonProcess";
/// The name under which it says that démarche's title.
pub const TITLE: &str = "MoissonTitle";
/// The name under which it says the day it was written.
pub const SENT: &str = "MoissonSent";

/// A form.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// Démarche, language, day.
    pub frame: Frame,
    /// Id of the démarche.
    pub process: String,
    /// Its actions.
    pub sections: Vec<Section>,
}

/// An action of a form.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Key of the action.
    pub key: String,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Axis › objective.
    pub trail: String,
    /// Its fields, then its lines.
    pub groups: Vec<Group>,
}

/// Fields that belong together: those of the action, or those of one step, funder or indicator.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// Kind: `action`, `milestone`, `funding`, `indicator`.
    pub kind: &'static str,
    /// Place among those of its kind, from 1.
    pub place: usize,
    /// Whether it is empty, for what the partner adds.
    pub blank: bool,
    /// Fields.
    pub fields: Vec<Field>,
}

/// A field.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// Its key: letters, digits and underscores, 40 at most, so that it can name a bookmark.
    pub key: String,
    /// Its name in the journal.
    pub name: &'static str,
    /// What it holds.
    pub value: Value,
}

/// What a field holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Value {
    /// Nothing yet.
    #[default]
    Empty,
    /// Words.
    Words(String),
    /// A day.
    Day(NaiveDate),
    /// Cents of euro.
    Money(i64),
    /// A whole number, such as a year.
    Count(u32),
}

/// What is expected of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expects {
    /// A text of several lines.
    Prose,
    /// A line.
    Line,
    /// A day.
    Day,
    /// An amount in euros.
    Money,
    /// A whole number.
    Count,
    /// A word of the list of statuses.
    Status,
}

/// What is expected of the field of that name.
#[must_use]
pub fn expects(name: &str) -> Expects {
    match name {
        "starts_on" | "ends_on" | "due_on" | "done_on" => Expects::Day,
        "planned" => Expects::Money,
        "year" | "progress" => Expects::Count,
        "status" => Expects::Status,
        "reasons" | "description" | "audience" | "means" | "conditions" | "risks" | "governance"
        | "user_involvement" => Expects::Prose,
        _ => Expects::Line,
    }
}

/// What a field is called on the form, by kind and name.
#[must_use]
pub fn label(kind: &str, name: &str, french: bool) -> &'static str {
    words::label(kind, name, french).0
}

/// The word of the journal for a status as people write it.
#[must_use]
pub fn status(written: &str) -> Option<&'static str> {
    let same = |shown: &str| shown.to_lowercase() == written.trim().to_lowercase();
    let known = ["fr", "en"].into_iter().flat_map(|language| crate::words::words(language).statuses());
    known.into_iter().find(|(word, shown)| *word == written.trim() || same(shown)).map(|(word, _)| word)
}

/// A status as people read it.
#[must_use]
pub fn status_shown(word: &str, french: bool) -> Option<&'static str> {
    let statuses = crate::words::words(if french { "fr" } else { "en" }).statuses();
    statuses.into_iter().find(|(known, _)| *known == word).map(|(_, shown)| shown)
}

/// Writes a form.
///
/// # Errors
/// [`DocumentError`] where the format is none of a form.
pub fn write(form: &Form, format: Format) -> Result<Vec<u8>, DocumentError> {
    match format {
        Format::Docx => docx::write(form),
        Format::Xlsx => xlsx::write(form),
        format => Err(DocumentError::NotOffered(format.extension())),
    }
}

impl Form {
    fn french(&self) -> bool {
        self.frame.language != "en"
    }

    fn words(&self) -> &'static words::FormWords {
        words::form_words(self.french())
    }

    fn meta(&self) -> Meta {
        let words = self.words();
        let documents = crate::words::words(&self.frame.language);
        let title = match self.sections.as_slice() {
            [one] => format!("{} {}", one.number, one.title),
            _ => words.title.to_owned(),
        };
        Meta {
            running: title.clone(),
            title,
            subtitle: words.subtitle.to_owned(),
            language: self.frame.language.clone(),
            author: self.frame.process.clone(),
            date: self.frame.date,
            date_words: date(self.frame.date, self.french()),
            emblem_alt: documents.emblem.to_owned(),
            union: documents.union.to_owned(),
            statement: self.frame.funding_statement.clone(),
            ..Meta::default()
        }
    }

    /// What the file says of itself where only programs look.
    fn identity(&self) -> [(&'static str, String); 3] {
        [(PROCESS, self.process.clone()), (TITLE, self.frame.process.clone()), (SENT, self.frame.date.to_string())]
    }

    fn group_title(&self, group: &Group) -> String {
        let words = self.words();
        let name = words::group(group.kind, self.french());
        match (group.kind, group.blank) {
            ("action", _) => name.to_owned(),
            (_, true) => format!("{name} {} ({})", group.place, words.new_line),
            (_, false) => format!("{name} {}", group.place),
        }
    }
}

impl Value {
    /// As people of a language write it.
    #[must_use]
    pub fn shown(&self, french: bool) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Words(words) => words.clone(),
            Self::Day(day) if french => day.format("%d/%m/%Y").to_string(),
            Self::Day(day) => day.to_string(),
            Self::Money(cents) => {
                let sign = if french { ',' } else { '.' };
                match cents % 100 {
                    0 => (cents / 100).to_string(),
                    part => format!("{}{sign}{:02}", cents / 100, part.abs()),
                }
            }
            Self::Count(count) => count.to_string(),
        }
    }
}
