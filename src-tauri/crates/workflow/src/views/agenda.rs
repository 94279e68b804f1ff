//! The déroulé: the library it is made from, its séquences in full, what was said before on the same theme.

use super::{Named, ThemeRef};
use moisson_domain::EntityId;
use moisson_room::Sharing;
use serde::{Deserialize, Serialize};
use specta::Type;

/// The methods and the déroulés made of them, in one language.
#[derive(Debug, Clone, Serialize, Type)]
pub struct MethodLibrary {
    /// Methods, in the order of an atelier.
    pub methods: Vec<MethodView>,
    /// Déroulés, shortest first.
    pub templates: Vec<AgendaTemplate>,
}

/// A method of animation.
#[derive(Debug, Clone, Serialize, Type)]
pub struct MethodView {
    /// Id, kept in a séquence's `method`.
    pub id: String,
    /// open, propose, sort, decide, act, pause or close.
    pub family: String,
    /// Name.
    pub name: String,
    /// What it is for.
    pub goal: String,
    /// What must be at hand.
    pub material: Vec<String>,
    /// What is read aloud.
    pub wording: String,
    /// What the facilitator does, in order.
    pub steps: Vec<String>,
    /// What experience teaches.
    pub tip: String,
    /// Usual minutes for up to 12 people, up to 30, and more.
    pub minutes: [u32; 3],
    /// Minutes under which it no longer works.
    pub shortest: u32,
}

/// A déroulé of the library.
#[derive(Debug, Clone, Serialize, Type)]
pub struct AgendaTemplate {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// When to take it.
    pub goal: String,
    /// Minutes in all.
    pub minutes: u32,
    /// Ids of its methods, in order.
    pub methods: Vec<String>,
}

/// How a déroulé of the library is fitted to an atelier.
#[derive(Debug, Clone, Copy, Default, Deserialize, Type)]
#[serde(default)]
pub struct AgendaFit {
    /// How many people are expected.
    pub people: Option<u32>,
    /// Minutes in all, where they are not the template's.
    pub minutes: Option<u32>,
}

/// A new length of a séquence.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
pub struct StepLength {
    /// The séquence.
    pub step: EntityId,
    /// Its minutes.
    pub minutes: u32,
}

/// The déroulé of an atelier, in full.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Agenda {
    /// The atelier.
    pub workshop: EntityId,
    /// Its séquences, in order.
    pub steps: Vec<StepDetail>,
}

/// A séquence with all that whoever runs it needs.
#[derive(Debug, Clone, Serialize, Type)]
pub struct StepDetail {
    /// Id.
    pub id: EntityId,
    /// Title.
    pub title: String,
    /// Name of its method; what people wrote, where the library has no such method.
    pub method: Option<String>,
    /// What it is for.
    pub goal: Option<String>,
    /// What must be at hand, a line each.
    pub material: Option<String>,
    /// What is read aloud.
    pub wording: Option<String>,
    /// How it goes, a line per gesture.
    pub instructions: Option<String>,
    /// The question it asks, where it is not the atelier's.
    pub question: Option<String>,
    /// Who sees then what others propose; as set in the room where it does not say.
    pub sharing: Option<Sharing>,
}

/// What other ateliers said on the same theme, and what became of it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Previous {
    /// The theme.
    pub theme: Option<ThemeRef>,
    /// Ateliers that have something to show, by date.
    pub rooms: Vec<PreviousRoom>,
}

/// An atelier held on the same theme.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PreviousRoom {
    /// Id.
    pub id: EntityId,
    /// Number.
    pub number: Option<u32>,
    /// Title.
    pub title: String,
    /// Bassins.
    pub territories: Vec<Named>,
    /// Day, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Proposals noted there.
    pub proposals: u32,
    /// Its groups that mattered most: those a vote placed first, else those with most proposals.
    pub groups: Vec<PreviousGroup>,
    /// Decisions taken there.
    pub decisions: Vec<String>,
    /// Next steps promised there.
    pub next_steps: Vec<PreviousStep>,
}

/// A group of another atelier.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PreviousGroup {
    /// Id.
    pub id: EntityId,
    /// Name.
    pub name: String,
    /// Proposals in it.
    pub proposals: u32,
    /// Its rank in the room's vote, from 1.
    pub rank: Option<u32>,
    /// Actions that take it up.
    pub actions: Vec<PreviousAction>,
    /// What was answered to its proposals.
    pub answers: Vec<String>,
}

/// An action that takes up what was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PreviousAction {
    /// Id.
    pub id: EntityId,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Status word.
    pub status: Option<String>,
}

/// A next step of another atelier.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PreviousStep {
    /// What.
    pub text: String,
    /// Whether it is done.
    pub done: bool,
}
