//! The kinds of entities, the fields of each and where each hangs: the whole model in one table.

use crate::{Field, ValueType};
use serde::{Deserialize, Serialize};

/// What one kind expects of one of its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldRule {
    /// The field.
    pub field: Field,
    /// The type of its value.
    pub value: ValueType,
    /// Whether an entity of this kind means nothing without it.
    pub required: bool,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal $(under $parent:ident)? $(to $target:ident)? {
        $($field:ident $(($req:ident))? : $value:ident),* $(,)?
    })*) => {
        /// A kind of entity.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $($(#[$doc])* $variant),* }

        impl Kind {
            /// Every kind, in the order of the model.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in the journal.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The kind of that name, if this version knows it.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }

            /// Its fields.
            #[must_use]
            pub const fn fields(self) -> &'static [FieldRule] {
                match self {
                    $(Self::$variant => &[$(FieldRule {
                        field: Field::$field,
                        value: ValueType::$value,
                        required: kinds!(@required $($req)?),
                    }),*]),*
                }
            }

            /// The field that names the entity it hangs under, and that lists are read by.
            #[must_use]
            pub const fn parent(self) -> Option<Field> {
                match self { $(Self::$variant => kinds!(@field $($parent)?)),* }
            }

            /// The field that names the other end, for kinds that tie two entities.
            #[must_use]
            pub const fn target(self) -> Option<Field> {
                match self { $(Self::$variant => kinds!(@field $($target)?)),* }
            }
        }
    };
    (@required required) => { true };
    (@required) => { false };
    (@field $field:ident) => { Some(Field::$field) };
    (@field) => { None };
}

kinds! {
    /// A démarche.
    Process = "process" {
        Title (required): Text, Organisation: Text, FundingReference: Text, FundingStatement: Text, StartedOn: Date, PresentedOn: Date, Languages: Text, Charter: Text, PlanTitle: Text, Introduction: Text, MethodNote: Text, PriorityRule: Word, Weights: Json, EasySummary: Text, DataContact: Text, LegalBasis: Text, RetainUntil: Date,
    }
    /// A bassin.
    Territory = "territory" {
        Name (required): Text, Rank: Rank, Note: Text,
    }
    /// A thématique.
    Theme = "theme" {
        Name (required): Text, ShortName: Text, Colour: Text, Icon: Text, Rank: Rank, Description: Text,
    }
    /// A family of organisations.
    College = "college" {
        Name (required): Text, Rank: Rank,
    }
    /// A structure.
    Organisation = "organisation" {
        Name (required): Text, ShortName: Text, College: Ref, Role: Text, Note: Text, Rank: Rank, SourceKey: Text,
    }
    /// A person in a room, under a pseudonym.
    Participant = "participant" {
        Code: Text, Organisation: Ref, College: Ref, Role: Word, AttendsRemotely: Bool, Rank: Rank, SourceKey: Text, Forgotten: Bool,
    }
    /// A constat of the diagnostic.
    Finding = "finding" {
        Text (required): Text, Number: Text, Theme: Ref, Figure: Text, Source: Text, Rank: Rank, SourceKey: Text,
    }
    /// An atelier.
    Workshop = "workshop" {
        Title (required): Text, Number: Int, Theme: Ref, Date: Date, StartsAt: Time, EndsAt: Time, Place: Text, Mode: Word, Question: Text, Aims: Text, State: Word, MinutesState: Word, PresentCount: Int, Introduction: Text, Rank: Rank,
    }
    /// A séquence of a déroulé.
    Step = "step" under Workshop {
        Workshop (required): Ref, Title (required): Text, Method: Text, Minutes: Int, Rank: Rank, Question: Text, Aims: Text, Instructions: Text, Material: Text, Wording: Text, Planned: Int, StartedAt: Instant, EndedAt: Instant, Sharing: Word,
    }
    /// Who was there.
    Attendance = "attendance" under Workshop {
        Workshop (required): Ref, Participant: Ref, Organisation: Ref, Count: Int, Mode: Word, ArrivedAt: Instant, Excused: Bool,
    }
    /// A hand raised on what an atelier was worth, from 1 to 5 (ROTI).
    Rating = "rating" under Workshop {
        Workshop (required): Ref, Value (required): Int, Count: Int, Channel: Word,
    }
    /// What someone proposes, in their words.
    Proposal = "proposal" under Workshop {
        Workshop (required): Ref, Text (required): Text, Step: Ref, Theme: Ref, Territory: Ref, Table: Int, College: Ref, Organisation: Ref, Origin: Word, CardNumber: Int, Group: Ref, Cluster: Ref, Rank: Rank, Parked: Bool, SourceKey: Text, SourceTheme: Text, SourceOrganisation: Text,
    }
    /// A « déjà dit ».
    Support = "support" under Proposal {
        Proposal (required): Ref, Count: Int, College: Ref, Channel: Word, SaidIn: Ref,
    }
    /// An argument about something.
    Argument = "argument" under About {
        About (required): Ref, Text (required): Text, Stance: Word, College: Ref,
    }
    /// A regroupement in one atelier.
    Group = "group" under Workshop {
        Workshop (required): Ref, Name (required): Text, Rank: Rank, Colour: Text,
    }
    /// A scrutin.
    Ballot = "ballot" under Workshop {
        Question (required): Text, Method (required): Word, Workshop: Ref, Settings: Json, Secret: Bool, Weights: Json, PresentCount: Int, Abstentions: Int, State: Word, OpenedAt: Instant, ClosedAt: Instant, RoundOf: Ref, TieBreak: Json, Result: Json, Rank: Rank,
    }
    /// What can be chosen in a scrutin.
    Option = "option" under Ballot {
        Ballot (required): Ref, Label (required): Text, About: Ref, Cost: Cents, Rank: Rank,
    }
    /// The bulletins one laptop collected, shuffled.
    Urn = "urn" under Ballot {
        Ballot (required): Ref, Bulletins (required): Json, Channel: Word, CountedBy: Text, Invalid: Int,
    }
    /// A rapprochement of proposals of several ateliers.
    Cluster = "cluster" {
        Name (required): Text, Theme: Ref, Note: Text, Rank: Rank, Feasibility: Word, Competence: Text, Schemes: Text,
    }
    /// Two proposals judged different.
    Distinct = "distinct" under A to B {
        A (required): Ref, B (required): Ref,
    }
    /// An arbitrage.
    Decision = "decision" under About {
        About (required): Ref, Kind (required): Word, Reason: Text, DecidedOn: Date, Body: Text, Note: Text,
    }
    /// An axis of the plan.
    Axis = "axis" {
        Title (required): Text, Rank: Rank, Description: Text,
    }
    /// An objective under an axis.
    Objective = "objective" under Parent {
        Title (required): Text, Parent: Ref, Rank: Rank, Description: Text,
    }
    /// A fiche-action.
    Action = "action" under Objective {
        Title (required): Text, Objective: Ref, Rank: Rank, Number: Text, Reasons: Text, Description: Text, Audience: Text, Means: Text, Conditions: Text, Risks: Text, Governance: Text, UserInvolvement: Text, StartsOn: Date, EndsOn: Date, Recurring: Bool, Priority: Int, Status: Word, Progress: Percent, Confidential: Bool,
    }
    /// A step of an action.
    Milestone = "milestone" under Action {
        Action (required): Ref, What (required): Text, Who: Text, DueOn: Date, DoneOn: Date, Rank: Rank,
    }
    /// A line of an action's budget.
    Funding = "funding" under Action {
        Action (required): Ref, Funder (required): Text, Year: Int, Kind: Word, Planned: Cents, Actual: Cents, State: Word, Rank: Rank,
    }
    /// What tells whether an action works.
    Indicator = "indicator" under Action {
        Action (required): Ref, Name (required): Text, Kind: Word, Unit: Text, Baseline: Text, Target: Text, Source: Text, Frequency: Text, Rank: Rank,
    }
    /// A reading of an indicator.
    Measure = "measure" under Indicator {
        Indicator (required): Ref, Date (required): Date, Value (required): Text, Note: Text,
    }
    /// What became of a proposal.
    Outcome = "outcome" under Proposal {
        Proposal (required): Ref, Kind (required): Word, Action: Ref, Reason: Text, Answer: Text,
    }
    /// A remark, a decision taken, a next step.
    Note = "note" under About {
        About (required): Ref, Text (required): Text, Kind: Word, Done: Bool, Rank: Rank,
    }
    /// A plan as adopted.
    PlanVersion = "plan_version" {
        Label (required): Text, AdoptedOn: Date, Digest: Text,
    }
    /// A file kept in the démarche.
    Attachment = "attachment" under About {
        Sha256 (required): Text, Name (required): Text, MediaType: Text, Bytes: Int, Description: Text, About: Ref, Role: Word,
    }
    /// Colours, fonts and logos of documents.
    Charter = "charter" {
        Name (required): Text, Colours: Json, Fonts: Json, Footer: Text, Preset: Text,
    }
    /// Who funds, and what must be shown for it.
    Funder = "funder" {
        Name (required): Text, Statement: Text, Emblem: Text, Preset: Text,
    }
    /// A tie between two entities.
    Link = "link" under From to To {
        From (required): Ref, To (required): Ref, Kind (required): Word, AgreedOn: Date,
    }
    /// An erasure: which changes lose which field, everywhere and for good. Hangs under nothing, so that it always travels.
    Redaction = "redaction" {
        About (required): Ref, Field (required): Text, Changes (required): Json, Reason: Text,
    }
    /// One opening of a file on one laptop; signs its changes.
    Writer = "writer" {
        Replica (required): Text, Program: Text,
    }
}

impl Kind {
    /// What this kind expects of a field, if it has it.
    #[must_use]
    pub fn rule(self, field: Field) -> Option<&'static FieldRule> {
        self.fields().iter().find(|rule| rule.field == field)
    }

    /// Whether its entities are put in order by people.
    #[must_use]
    pub fn is_ordered(self) -> bool {
        self.rule(Field::Rank).is_some()
    }

    /// The field that says what an entity is called, for lists, histories and conflicts.
    #[must_use]
    pub const fn title(self) -> Option<Field> {
        Some(match self {
            Self::Process | Self::Workshop | Self::Step | Self::Axis | Self::Objective | Self::Action => Field::Title,
            Self::Territory
            | Self::Theme
            | Self::College
            | Self::Organisation
            | Self::Group
            | Self::Cluster
            | Self::Indicator
            | Self::Attachment
            | Self::Charter
            | Self::Funder => Field::Name,
            Self::Finding | Self::Proposal | Self::Argument | Self::Note => Field::Text,
            Self::Participant => Field::Code,
            Self::Ballot => Field::Question,
            Self::Option | Self::PlanVersion => Field::Label,
            Self::Milestone => Field::What,
            Self::Funding => Field::Funder,
            Self::Measure => Field::Value,
            Self::Writer => Field::Replica,
            Self::Attendance
            | Self::Rating
            | Self::Support
            | Self::Urn
            | Self::Distinct
            | Self::Decision
            | Self::Outcome
            | Self::Redaction
            | Self::Link => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name_and_hangs_by_a_field_it_has() {
        for kind in Kind::ALL {
            assert_eq!(Kind::named(kind.name()), Some(*kind));
            for field in [kind.parent(), kind.target(), kind.title()].into_iter().flatten() {
                assert!(kind.rule(field).is_some(), "{} has no {}", kind.name(), field.name());
            }
        }
    }
}
