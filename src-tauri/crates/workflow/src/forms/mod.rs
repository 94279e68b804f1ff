//! Forms for partners who install nothing: sent as DOCX or XLSX, taken back, compared field by field, taken one by one.
//!
//! The file holds no copy of what was sent: each key ends with a fingerprint of it, and the words themselves are looked for
//! in the journal, where they still are. So a difference is told three ways: what was sent, what is here, what came back.

mod accept;
mod compare;
mod key;
mod problem;
mod read;
mod send;
#[cfg(test)]
mod tests;

pub use problem::FormProblem;
pub(crate) use problem::explain;
pub(crate) use read::{cents, day};
pub use send::FormSource;

use moisson_domain::{Field, Kind};

/// Lines of an action that a form carries, how many empty ones it offers, and the field that names them.
const LINES: [(Kind, usize, Field); 3] =
    [(Kind::Milestone, 2, Field::What), (Kind::Funding, 2, Field::Funder), (Kind::Indicator, 1, Field::Name)];

/// What a field of a form is: a field of the journal, or ties to structures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// A field.
    Field(Field),
    /// Structures tied by links of that kind.
    Tied(&'static str),
}

/// The fields of a form, each with the two letters that stand for it in keys.
const SLOTS: [(Kind, Slot, &str); 28] = [
    (Kind::Action, Slot::Field(Field::Title), "ti"),
    (Kind::Action, Slot::Tied("lead"), "le"),
    (Kind::Action, Slot::Tied("partner"), "pa"),
    (Kind::Action, Slot::Field(Field::Reasons), "re"),
    (Kind::Action, Slot::Field(Field::Description), "de"),
    (Kind::Action, Slot::Field(Field::Audience), "au"),
    (Kind::Action, Slot::Field(Field::Means), "me"),
    (Kind::Action, Slot::Field(Field::Conditions), "co"),
    (Kind::Action, Slot::Field(Field::Risks), "ri"),
    (Kind::Action, Slot::Field(Field::Governance), "go"),
    (Kind::Action, Slot::Field(Field::UserInvolvement), "us"),
    (Kind::Action, Slot::Field(Field::StartsOn), "so"),
    (Kind::Action, Slot::Field(Field::EndsOn), "eo"),
    (Kind::Action, Slot::Field(Field::Status), "st"),
    (Kind::Action, Slot::Field(Field::Progress), "pr"),
    (Kind::Milestone, Slot::Field(Field::What), "wt"),
    (Kind::Milestone, Slot::Field(Field::Who), "wo"),
    (Kind::Milestone, Slot::Field(Field::DueOn), "du"),
    (Kind::Milestone, Slot::Field(Field::DoneOn), "do"),
    (Kind::Funding, Slot::Field(Field::Funder), "fu"),
    (Kind::Funding, Slot::Field(Field::Year), "ye"),
    (Kind::Funding, Slot::Field(Field::Planned), "pl"),
    (Kind::Indicator, Slot::Field(Field::Name), "na"),
    (Kind::Indicator, Slot::Field(Field::Unit), "un"),
    (Kind::Indicator, Slot::Field(Field::Baseline), "ba"),
    (Kind::Indicator, Slot::Field(Field::Target), "ta"),
    (Kind::Indicator, Slot::Field(Field::Source), "sc"),
    (Kind::Indicator, Slot::Field(Field::Frequency), "fr"),
];

impl Slot {
    /// Its name on the form and in the window.
    const fn name(self) -> &'static str {
        match self {
            Self::Field(field) => field.name(),
            Self::Tied(word) => word,
        }
    }
}

/// The fields of a kind, in the order of the form.
fn slots(kind: Kind) -> impl Iterator<Item = Slot> {
    SLOTS.into_iter().filter(move |(of, ..)| *of == kind).map(|(_, slot, _)| slot)
}
