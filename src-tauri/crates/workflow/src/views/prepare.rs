//! Préparer: the démarche, its territories, themes, organisations, findings and ateliers.

use moisson_domain::EntityId;
use serde::Serialize;
use specta::Type;

/// Everything that Préparer shows, in the order people gave it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Preparation {
    /// The démarche itself.
    pub process: ProcessRow,
    /// Bassins.
    pub territories: Vec<TerritoryRow>,
    /// Thématiques.
    pub themes: Vec<ThemeRow>,
    /// Collèges.
    pub colleges: Vec<CollegeRow>,
    /// Structures.
    pub organisations: Vec<OrganisationRow>,
    /// Constats.
    pub findings: Vec<FindingRow>,
    /// Ateliers, by number.
    pub workshops: Vec<WorkshopRow>,
    /// Participants, by pseudonym.
    pub participants: Vec<ParticipantRow>,
}

/// The démarche.
#[derive(Debug, Clone, Default, Serialize, Type)]
pub struct ProcessRow {
    /// Its id, the same on every laptop.
    pub id: EntityId,
    /// Its title.
    pub title: String,
    /// Who leads it.
    pub organisation: Option<String>,
    /// File number of the European operation.
    pub funding_reference: Option<String>,
    /// What the funder wants said on every document.
    pub funding_statement: Option<String>,
    /// First day, `YYYY-MM-DD`.
    pub started_on: Option<String>,
    /// Day the plan is presented.
    pub presented_on: Option<String>,
    /// Title of the plan.
    pub plan_title: Option<String>,
    /// First words of the plan.
    pub introduction: Option<String>,
    /// How the plan was made, in the plan.
    pub method_note: Option<String>,
    /// The essential of the plan, easy to read.
    pub easy_summary: Option<String>,
    /// Whom to ask about personal data.
    pub data_contact: Option<String>,
    /// What allows the processing of personal data.
    pub legal_basis: Option<String>,
    /// The day from which names and addresses are no longer kept.
    pub retain_until: Option<String>,
}

/// A bassin.
#[derive(Debug, Clone, Serialize, Type)]
pub struct TerritoryRow {
    /// Id.
    pub id: EntityId,
    /// Name.
    pub name: String,
    /// How many ateliers are held there.
    pub workshops: u32,
}

/// A thématique.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ThemeRow {
    /// Id.
    pub id: EntityId,
    /// Its place in the list, from 1; shown beside its colour.
    pub number: u32,
    /// Full name.
    pub name: String,
    /// Name for narrow places.
    pub short_name: String,
    /// One of the seven theme colours, 1 to 7.
    pub colour: u8,
    /// A few words on what it covers.
    pub description: Option<String>,
    /// How many ateliers treat it.
    pub workshops: u32,
    /// How many proposals it has.
    pub proposals: u32,
}

/// A collège.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CollegeRow {
    /// Id.
    pub id: EntityId,
    /// Name.
    pub name: String,
    /// How many structures belong to it.
    pub organisations: u32,
}

/// A structure.
#[derive(Debug, Clone, Serialize, Type)]
pub struct OrganisationRow {
    /// Id.
    pub id: EntityId,
    /// Name.
    pub name: String,
    /// Short name or initials.
    pub short_name: Option<String>,
    /// Its collège.
    pub college: Option<EntityId>,
    /// Name of its collège.
    pub college_name: Option<String>,
}

/// A participant, known by a pseudonym.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ParticipantRow {
    /// Id.
    pub id: EntityId,
    /// Pseudonym shown in rooms.
    pub code: String,
    /// Structure.
    pub organisation: Option<EntityId>,
    /// facilitator, rapporteur, lead or member.
    pub role: Option<String>,
    /// The person's name, kept outside the journal on this laptop only.
    pub name: Option<String>,
    /// Their e-mail address, kept likewise.
    pub email: Option<String>,
    /// Whether they were forgotten: no name can be given any more.
    pub forgotten: bool,
}

/// A constat.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FindingRow {
    /// Id.
    pub id: EntityId,
    /// Number, such as `2.1`.
    pub number: Option<String>,
    /// The fact.
    pub text: String,
    /// The figure that supports it.
    pub figure: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Thématique.
    pub theme: Option<EntityId>,
    /// Bassins it concerns; none means all.
    pub territories: Vec<EntityId>,
}

/// An atelier, as lists show it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct WorkshopRow {
    /// Id.
    pub id: EntityId,
    /// Number.
    pub number: Option<u32>,
    /// Title.
    pub title: String,
    /// Thématique.
    pub theme: Option<ThemeRef>,
    /// Bassins.
    pub territories: Vec<Named>,
    /// Day, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Local time, `HH:MM`.
    pub starts_at: Option<String>,
    /// Local time, `HH:MM`.
    pub ends_at: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// The question asked to the room.
    pub question: Option<String>,
    /// What the atelier is for.
    pub aims: Option<String>,
    /// planned, running or closed.
    pub state: String,
    /// draft, review, final or sent.
    pub minutes_state: Option<String>,
    /// People present.
    pub present_count: Option<u32>,
    /// Proposals noted.
    pub proposals: u32,
    /// Of which not yet in a group.
    pub ungrouped: u32,
    /// Votes closed.
    pub ballots: u32,
    /// Séquences, in order.
    pub steps: Vec<StepRow>,
}

/// A séquence of the déroulé.
#[derive(Debug, Clone, Serialize, Type)]
pub struct StepRow {
    /// Id.
    pub id: EntityId,
    /// Title.
    pub title: String,
    /// Length in minutes.
    pub minutes: Option<u32>,
    /// Minutes as planned, where the room has since made it longer or shorter.
    pub planned: Option<u32>,
    /// Minutes under which its method no longer works.
    pub shortest: Option<u32>,
    /// Method, as named in the library of methods.
    pub method: Option<String>,
    /// When it was started, milliseconds since 1970 by this laptop's clock.
    pub started_at: Option<f64>,
    /// When it was ended.
    pub ended_at: Option<f64>,
}

/// An entity and its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Named {
    /// Id.
    pub id: EntityId,
    /// Name.
    pub name: String,
}

/// A thématique as a coloured, numbered tile shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ThemeRef {
    /// Id.
    pub id: EntityId,
    /// Number.
    pub number: u32,
    /// Short name.
    pub short_name: String,
    /// Colour, 1 to 7.
    pub colour: u8,
}
