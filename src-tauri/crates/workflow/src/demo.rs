//! The SPIE demo: three laptops, fifteen ateliers, and the project lead's laptop that brought them together.

use crate::{BundleOptions, Failure, Language, Session, Surroundings, Template, session::fields, views::*};
use chrono::{DateTime, FixedOffset, NaiveDate};
use moisson_domain::{EntityId, Field, Fields, Kind};
use moisson_journal::Draft;
use moisson_store::{Incoming, Stop};
use moisson_tally::Ballot;
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha20Rng;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

/// How large a demo, and by which chance.
#[derive(Debug, Clone, Copy)]
pub struct DemoOptions {
    /// How many proposals; as many as were written for it if none.
    pub proposals: Option<usize>,
    /// How many ateliers were held, 15 at most.
    pub workshops: Option<usize>,
    /// Seed: the same gives the same files.
    pub seed: u64,
    /// Language of what the program itself writes.
    pub language: Language,
}

impl Default for DemoOptions {
    fn default() -> Self {
        Self { proposals: None, workshops: None, seed: 2022, language: Language::Fr }
    }
}

/// What was made.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DemoReport {
    /// One démarche per laptop.
    pub files: Vec<String>,
    /// Their dossiers.
    pub dossiers: Vec<String>,
    /// Proposals in all.
    pub proposals: usize,
}

/// The laptops: file name and bassin. The last brings the others together.
const LAPTOPS: [(&str, &str); 3] =
    [("besancon", "Besançon"), ("montbeliard", "Montbéliard"), ("pontarlier", "Pontarlier")];
const PROJECT: &str = "projet";

#[derive(Deserialize)]
struct Said {
    workshop: u32,
    text: String,
    table: Option<u32>,
    organisation: Option<String>,
    origin: Option<String>,
    group: Option<String>,
}

#[derive(Deserialize)]
struct Room {
    workshop: u32,
    present_count: u32,
    #[serde(default)]
    attendance: Vec<Present>,
    #[serde(default)]
    decisions: Vec<String>,
    #[serde(default)]
    next_steps: Vec<NextStep>,
    #[serde(default)]
    remarks: Vec<String>,
}

#[derive(Deserialize)]
struct Present {
    organisation: String,
    count: u32,
}

#[derive(Deserialize)]
struct NextStep {
    text: String,
    who: Option<String>,
    when: Option<String>,
}

#[derive(Deserialize)]
struct Axis {
    title: String,
    description: Option<String>,
    objectives: Vec<Objective>,
}

#[derive(Deserialize)]
struct Objective {
    title: String,
    description: Option<String>,
}

#[derive(Deserialize)]
struct Cluster {
    name: String,
    groups: Vec<RoomGroup>,
    action: Option<Action>,
}

#[derive(Deserialize)]
struct RoomGroup {
    workshop: u32,
    group: String,
}

#[derive(Deserialize)]
struct Action {
    objective: String,
    lead: Option<String>,
    #[serde(default)]
    partners: Vec<String>,
    #[serde(default)]
    milestones: Vec<Value>,
    #[serde(default)]
    fundings: Vec<Funding>,
    #[serde(default)]
    indicators: Vec<Value>,
    #[serde(flatten)]
    fields: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Funding {
    funder: String,
    year: Option<u32>,
    kind: Option<String>,
    planned_euros: Option<i64>,
}

#[derive(Deserialize)]
struct Recombine {
    verbs_actions: Vec<String>,
    audiences: Vec<String>,
    places: Vec<String>,
    conditions: Vec<String>,
    patterns: Vec<String>,
    #[serde(default)]
    actors: Vec<String>,
}

macro_rules! asset {
    ($name:literal) => {
        read(include_str!(concat!("../../../../assets/demo/", $name, ".json")))
    };
}

/// The texts are compiled in and read by every test of the demo.
fn read<T: DeserializeOwned>(text: &str) -> Vec<T> {
    serde_json::from_str(text).unwrap_or_default()
}

/// The clock of June 2022, moved by hand, and the chance of the seed.
struct Stage {
    clock: Arc<AtomicI64>,
    random: ChaCha20Rng,
    language: Language,
}

impl Stage {
    fn surroundings(&mut self) -> Surroundings {
        let clock = Arc::clone(&self.clock);
        Surroundings {
            now: Box::new(move || instant(clock.fetch_add(1700, Ordering::Relaxed))),
            random: ChaCha20Rng::seed_from_u64(self.random.random()),
            author: String::new(),
            language: self.language,
        }
    }

    fn at(&self, day: &str, hour: u32) {
        let day: NaiveDate = day.parse().unwrap_or_default();
        if let Some(time) = day.and_hms_opt(hour, 0, 0) {
            self.clock.store(time.and_utc().timestamp_millis(), Ordering::Relaxed);
        }
    }
}

fn instant(millis: i64) -> DateTime<FixedOffset> {
    let paris = FixedOffset::east_opt(2 * 3600);
    let utc = DateTime::from_timestamp_millis(millis).unwrap_or_default();
    paris.map_or_else(|| utc.fixed_offset(), |paris| utc.with_timezone(&paris))
}

/// Makes the demo in a folder.
///
/// # Errors
/// [`Failure::Io`] where the folder cannot be written, or a file is already there.
pub fn demo(folder: &Path, options: &DemoOptions) -> Result<DemoReport, Failure> {
    fs::create_dir_all(folder).map_err(|source| Failure::Io { path: folder.to_owned(), source })?;
    let random = ChaCha20Rng::seed_from_u64(options.seed);
    let mut stage = Stage { clock: Arc::default(), random, language: options.language };
    stage.at("2022-05-16", 8);
    let path = |name: &str, extension: &str| folder.join(format!("{name}.{extension}"));
    let mut report = DemoReport::default();

    let [first, others @ ..] = &LAPTOPS;
    let start = path(first.0, "moisson");
    let base = Session::new_process(&start, Template::Spie, None, first.1, stage.surroundings())?;
    let invitation = path("invitation", "dossier");
    base.bundle(&invitation, BundleOptions::default())?;
    let mut laptops = vec![(first, base)];
    for laptop in others {
        let file = path(laptop.0, "moisson");
        laptops.push((laptop, Session::create_from_dossier(&file, &invitation, None, laptop.1, stage.surroundings())?));
    }
    fs::remove_file(&invitation).map_err(|source| Failure::Io { path: invitation.clone(), source })?;

    let said = texts(options, &mut stage.random);
    report.proposals = said.len();
    let mut dossiers = Vec::new();
    for ((name, territory), session) in &mut laptops {
        session.hold(territory, &said, &mut stage)?;
        session.disagree(territory)?;
        let dossier = path(name, "dossier");
        session.bundle(&dossier, BundleOptions::default())?;
        report.files.push(session.path().display().to_string());
        dossiers.push(dossier);
    }
    drop(laptops);

    stage.at("2022-07-11", 7);
    let file = path(PROJECT, "moisson");
    let mut project = Session::create_from_dossier(&file, &dossiers[0], None, "Projet", stage.surroundings())?;
    let paths: Vec<&Path> = dossiers.iter().map(PathBuf::as_path).collect();
    project.merge(Incoming { paths: &paths, passphrase: None }, &mut |_| Stop::No)?;
    project.consolidate()?;
    let dossier = path(PROJECT, "dossier");
    project.bundle(&dossier, BundleOptions::default())?;
    report.files.push(file.display().to_string());
    dossiers.push(dossier);
    report.dossiers = dossiers.iter().map(|dossier| dossier.display().to_string()).collect();
    Ok(report)
}

/// The project lead's démarche of the demo in a folder, made if it is not there.
///
/// # Errors
/// As [`demo`].
pub fn demo_consolidated(folder: &Path, options: &DemoOptions) -> Result<PathBuf, Failure> {
    let file = folder.join(format!("{PROJECT}.moisson"));
    if !file.exists() {
        // What an interrupted start may have left.
        for (name, _) in LAPTOPS {
            crate::merge::remove(&folder.join(format!("{name}.moisson")));
        }
        demo(folder, options)?;
    }
    Ok(file)
}

/// What is said, atelier by atelier: what was written for the demo, then as much more as asked for, by recombination.
fn texts(options: &DemoOptions, random: &mut ChaCha20Rng) -> Vec<Said> {
    let mut said: Vec<Said> = asset!("proposals");
    let rooms = u32::try_from(options.workshops.unwrap_or(15).clamp(1, 15)).unwrap_or(15);
    said.retain(|one| one.workshop <= rooms);
    let wanted = options.proposals.unwrap_or(said.len());
    if wanted < said.len() {
        // Evenly: the first of every atelier, then the second…
        let mut places: BTreeMap<u32, usize> = BTreeMap::new();
        let mut placed: Vec<(usize, Said)> = said
            .into_iter()
            .map(|one| {
                let place = places.entry(one.workshop).or_default();
                *place += 1;
                (*place, one)
            })
            .collect();
        placed.sort_by_key(|(place, one)| (*place, one.workshop));
        placed.truncate(wanted);
        placed.sort_by_key(|(place, one)| (one.workshop, *place));
        return placed.into_iter().map(|(_, one)| one).collect();
    }
    let parts: Option<Recombine> = serde_json::from_str(include_str!("../../../../assets/demo/recombine.json")).ok();
    let Some(parts) = parts else { return said };
    let mut seen: HashSet<String> = HashSet::new();
    let mut index = 0_u32;
    while said.len() < wanted {
        let text = recombined(&parts, random);
        index += 1;
        // Past what distinct combinations give, a number keeps texts distinct.
        let text = if seen.insert(text.clone()) { text } else { format!("{text} ({index})") };
        said.push(Said {
            workshop: 1 + index % rooms,
            text,
            table: Some(1 + index % 5),
            organisation: None,
            origin: Some(String::from("keyboard")),
            group: None,
        });
    }
    said
}

fn recombined(parts: &Recombine, random: &mut ChaCha20Rng) -> String {
    let pick = |list: &Vec<String>, random: &mut ChaCha20Rng| list.choose(random).cloned().unwrap_or_default();
    let text = pick(&parts.patterns, random)
        .replace("{action}", &pick(&parts.verbs_actions, random))
        .replace("{audience}", &pick(&parts.audiences, random))
        .replace("{place}", &pick(&parts.places, random))
        .replace("{condition}", &pick(&parts.conditions, random))
        .replace("{actor}", &pick(&parts.actors, random));
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Session {
    /// Holds the ateliers of a bassin: what is said, grouped, voted, decided.
    fn hold(&mut self, territory: &str, said: &[Said], stage: &mut Stage) -> Result<(), Failure> {
        let rooms: Vec<Room> = asset!("minutes");
        let catalog = self.catalog()?;
        let organisations: BTreeMap<String, EntityId> = catalog
            .organisations
            .iter()
            .flat_map(|one| [(one.name.clone(), one.id), (one.short_name.clone().unwrap_or_default(), one.id)])
            .collect();
        for row in self.workshops(&catalog)? {
            let (Some(number), Some(date)) = (row.number, row.date.clone()) else { continue };
            let said: Vec<&Said> = said.iter().filter(|one| one.workshop == number).collect();
            if said.is_empty() || !row.territories.iter().any(|one| one.name == territory) {
                continue;
            }
            stage.at(&date, 12);
            let room = rooms.iter().find(|room| room.workshop == number);
            let present = room.map_or(24, |room| room.present_count);
            self.edit_entity(
                row.id,
                fields([(Field::State, json!("running")), (Field::PresentCount, json!(present))]),
            )?;
            let groups = self.say(row.id, &said, &organisations)?;
            if groups.len() >= 2 {
                self.vote(row.id, number, &groups, present, &mut stage.random)?;
            }
            if let Some(room) = room {
                self.conclude(row.id, room, &organisations)?;
            }
            let set = fields([(Field::State, json!("closed")), (Field::MinutesState, json!("review"))]);
            self.edit_entity(row.id, set)?;
        }
        Ok(())
    }

    /// Notes what is said, then groups it. Large numbers are noted by the hundred.
    fn say(
        &mut self,
        workshop: EntityId,
        said: &[&Said],
        organisations: &BTreeMap<String, EntityId>,
    ) -> Result<Vec<EntityId>, Failure> {
        let mut groups: Vec<(String, Vec<EntityId>)> = Vec::new();
        for chunk in said.chunks(if said.len() > 100 { 500 } else { 1 }) {
            let mut drafts = Vec::new();
            for one in chunk {
                let id = self.new_id();
                let origin = one.origin.as_deref().unwrap_or("keyboard");
                let mut set = fields([
                    (Field::Workshop, json!(workshop)),
                    (Field::Text, json!(one.text)),
                    (Field::Origin, json!(origin)),
                ]);
                if let Some(table) = one.table {
                    set.0.insert(Field::Table.name().to_owned(), json!(table));
                }
                if let Some(id) = one.organisation.as_ref().and_then(|name| organisations.get(name)) {
                    set.0.insert(Field::Organisation.name().to_owned(), json!(id));
                }
                drafts.push(Draft::set(id, Kind::Proposal.name(), set));
                if let Some(name) = &one.group {
                    match groups.iter_mut().find(|(group, _)| group == name) {
                        Some((_, ids)) => ids.push(id),
                        None => groups.push((name.clone(), vec![id])),
                    }
                }
            }
            self.act("proposal.capture", drafts)?;
        }
        let mut made = Vec::new();
        for (name, ids) in groups {
            made.extend(self.group(&ids, &Target::New { name })?);
        }
        Ok(made)
    }

    /// A vote on the groups, by a method that changes from room to room.
    fn vote(
        &mut self,
        workshop: EntityId,
        number: u32,
        groups: &[EntityId],
        present: u32,
        random: &mut ChaCha20Rng,
    ) -> Result<(), Failure> {
        let method = match number % 4 {
            0 => RoomMethod::MajorityJudgment,
            2 => RoomMethod::Approval,
            3 if number == 11 => RoomMethod::Hands,
            _ => RoomMethod::Dots,
        };
        let question = self.language().say(
            "Que faut-il mettre en route avant la fin de l’année ?",
            "What should be started before the end of the year?",
        );
        let ballot = self.new_ballot(&NewBallot {
            workshop,
            method,
            question,
            about: groups.to_vec(),
            settings: BallotSettings {
                points: Some(5),
                max_per_option: Some(3),
                grades: Some(5),
                ..BallotSettings::default()
            },
            secret: method != RoomMethod::Hands,
            present_count: Some(present),
            costs: Vec::new(),
        })?;
        let options = self.ballot(ballot)?.options;
        // What the room likes, option by option.
        let liked: Vec<f64> = options.iter().map(|_| random.random_range(0.25..0.95)).collect();
        let id = |index: usize| options[index].id.to_string();
        let voters = if method == RoomMethod::Hands { 1 } else { present - random.random_range(0..3) };
        for voter in 0..voters {
            let mut bulletin =
                Ballot { channel: Some(String::from("paper")), table: Some(1 + voter % 5), ..Ballot::default() };
            match method {
                RoomMethod::Hands => {
                    let counts =
                        liked.iter().enumerate().map(|(index, share)| (id(index), (f64::from(present) * share) as u32));
                    bulletin.counts = Some(counts.collect());
                    bulletin.channel = Some(String::from("hands"));
                }
                RoomMethod::Approval => {
                    let kept = (0..options.len()).filter(|index| random.random_bool(liked[*index]));
                    bulletin.approve = Some(kept.map(id).collect());
                }
                RoomMethod::MajorityJudgment => {
                    let grade = |share: f64, random: &mut ChaCha20Rng| {
                        ((share * 4.0 + random.random_range(-1.6..1.6)).round().clamp(0.0, 4.0)) as u8
                    };
                    bulletin.grades = Some(
                        liked.iter().enumerate().map(|(index, share)| (id(index), grade(*share, random))).collect(),
                    );
                }
                _ => {
                    let mut points: BTreeMap<String, u32> = BTreeMap::new();
                    for _ in 0..5 {
                        let wanted = (0..options.len()).filter(|index| random.random_bool(liked[*index]));
                        let wanted: Vec<usize> = wanted.collect();
                        if let Some(index) = wanted.choose(random) {
                            let dots = points.entry(id(*index)).or_default();
                            *dots = (*dots + 1).min(3);
                        }
                    }
                    bulletin.points = Some(points);
                }
            }
            self.cast(ballot, &bulletin)?;
        }
        self.close_ballot(ballot)
    }

    fn conclude(
        &mut self,
        workshop: EntityId,
        room: &Room,
        organisations: &BTreeMap<String, EntityId>,
    ) -> Result<(), Failure> {
        let mut drafts = Vec::new();
        for present in &room.attendance {
            if let Some(organisation) = organisations.get(&present.organisation) {
                let set = fields([
                    (Field::Workshop, json!(workshop)),
                    (Field::Organisation, json!(organisation)),
                    (Field::Count, json!(present.count)),
                    (Field::Mode, json!("on_site")),
                ]);
                drafts.push(Draft::set(self.new_id(), Kind::Attendance.name(), set));
            }
        }
        let next = room.next_steps.iter().map(|step| {
            let in_words = |day: &String| day.parse().map_or(day.clone(), |day| moisson_document::date(day, true));
            let more: Vec<String> = step.who.iter().cloned().chain(step.when.iter().map(in_words)).collect();
            let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
            ("next_step", format!("{}{more}", step.text))
        });
        let notes: Vec<(&str, String)> = room
            .decisions
            .iter()
            .map(|text| ("decision_taken", text.clone()))
            .chain(room.remarks.iter().map(|text| ("comment", text.clone())))
            .chain(next)
            .collect();
        for ((word, text), rank) in notes.iter().zip(moisson_domain::spread(notes.len())) {
            let set = fields([(Field::About, json!(workshop)), (Field::Text, json!(text)), (Field::Kind, json!(word))]);
            self.ranked(Kind::Note, set, &rank, &mut drafts);
        }
        self.act("workshop.close", drafts)?;
        Ok(())
    }

    /// What two laptops wrote of the same thing without seeing each other.
    fn disagree(&mut self, territory: &str) -> Result<(), Failure> {
        let theme = self.list(Kind::Theme)?.get(1).map(|theme| theme.id);
        let finding = self.list(Kind::Finding)?.first().map(|finding| finding.id);
        let organisation = self.list(Kind::Organisation)?.last().map(|organisation| organisation.id);
        let edits: [(Option<EntityId>, Field, &str); 3] = match territory {
            "Besançon" => [
                (
                    theme,
                    Field::Description,
                    "Se rendre au travail, en formation et aux rendez-vous, en ville comme en campagne.",
                ),
                (
                    self.store.process().into(),
                    Field::MethodNote,
                    "Quinze ateliers de deux heures, une même trame, un vote dans chaque salle ; tout ce qui a été dit figure en annexe.",
                ),
                (organisation, Field::Note, "Souhaite accueillir le prochain atelier."),
            ],
            "Pontarlier" => [
                (
                    theme,
                    Field::Description,
                    "Aller travailler sans voiture dans le Haut-Doubs, y compris en horaires décalés et en hiver.",
                ),
                (finding, Field::Figure, "à vérifier avec les chiffres de juin"),
                (None, Field::Note, ""),
            ],
            _ => [
                (finding, Field::Figure, "chiffre à actualiser au 30 juin 2022"),
                (None, Field::Note, ""),
                (None, Field::Note, ""),
            ],
        };
        for (id, field, text) in edits {
            if let Some(id) = id {
                self.edit_entity(id, fields([(field, json!(text))]))?;
            }
        }
        if let ("Montbéliard", Some(id)) = (territory, organisation) {
            self.remove_entities(&[id])?;
        }
        Ok(())
    }

    /// The project lead's work: rapprochements, axes, objectives, fiches-actions.
    fn consolidate(&mut self) -> Result<(), Failure> {
        let mut objectives: BTreeMap<String, EntityId> = BTreeMap::new();
        let axes: Vec<Axis> = asset!("axes");
        for axis in axes {
            let set = with_description([(Field::Title, json!(axis.title))], axis.description);
            let parent = self.create_entity(Kind::Axis, set, None)?;
            for objective in axis.objectives {
                let name = objective.title.clone();
                let set = [(Field::Title, json!(objective.title)), (Field::Parent, json!(parent))];
                let id = self.create_entity(Kind::Objective, with_description(set, objective.description), None)?;
                objectives.insert(name, id);
            }
        }
        let origins = self.origins()?;
        let mut by_group: BTreeMap<(u32, String), Vec<EntityId>> = BTreeMap::new();
        self.store.for_each(Some(Kind::Proposal.name()), |proposal| {
            let source = origins.source(&proposal);
            if let (Some(number), Some(group)) = (source.workshop_number, source.group) {
                by_group.entry((number, group.name)).or_default().push(proposal.id);
            }
        })?;
        let organisations: BTreeMap<String, EntityId> = origins
            .catalog
            .organisations
            .iter()
            .flat_map(|one| [(one.name.clone(), one.id), (one.short_name.clone().unwrap_or_default(), one.id)])
            .collect();
        let clusters: Vec<Cluster> = asset!("clusters");
        for cluster in clusters {
            let proposals: Vec<EntityId> = cluster
                .groups
                .iter()
                .filter_map(|group| by_group.get(&(group.workshop, group.group.clone())))
                .flatten()
                .copied()
                .collect();
            if proposals.is_empty() {
                continue;
            }
            let Some(id) = self.cluster(&proposals, &Target::New { name: cluster.name })? else { continue };
            if let Some(action) = cluster.action {
                let objective = objectives.get(&action.objective).copied();
                let sheet = self.draft_action(id, objective)?;
                self.fill(sheet, action, &organisations)?;
            }
        }
        Ok(())
    }

    fn fill(
        &mut self,
        id: EntityId,
        action: Action,
        organisations: &BTreeMap<String, EntityId>,
    ) -> Result<(), Failure> {
        let mut set = Fields(action.fields);
        set.0.retain(|name, value| {
            !value.is_null() && Field::named(name).is_some_and(|field| Kind::Action.rule(field).is_some())
        });
        set.0.insert(Field::Status.name().to_owned(), json!("planned"));
        self.edit_entity(id, set)?;
        let named = |names: &[String]| -> Vec<EntityId> {
            names.iter().filter_map(|name| organisations.get(name).copied()).collect()
        };
        self.set_links(id, "lead", &named(&action.lead.into_iter().collect::<Vec<_>>()))?;
        self.set_links(id, "partner", &named(&action.partners))?;
        let fundings = action.fundings.into_iter().map(|line| {
            let cents = line.planned_euros.map(|euros| euros * 100);
            json!({ "funder": line.funder, "year": line.year, "kind": line.kind, "planned": cents })
        });
        let parts = [
            (Kind::Milestone, action.milestones),
            (Kind::Funding, fundings.collect()),
            (Kind::Indicator, action.indicators),
        ];
        for (kind, rows) in parts {
            for row in rows {
                let Value::Object(row) = row else { continue };
                let mut set: Fields = Fields(row.into_iter().map(text_of_numbers(kind)).collect());
                set.0.retain(|name, _| Field::named(name).is_some_and(|field| kind.rule(field).is_some()));
                set.0.insert(Field::Action.name().to_owned(), json!(id));
                self.create_entity(kind, set, None)?;
            }
        }
        Ok(())
    }
}

/// Targets and baselines are texts (« 45 % », « au moins 30 ») even where the demo gives a number.
fn text_of_numbers(kind: Kind) -> impl Fn((String, Value)) -> (String, Value) {
    move |(name, value)| match value {
        Value::Number(number) if kind == Kind::Indicator => (name, json!(number.to_string())),
        value => (name, value),
    }
}

fn with_description<const N: usize>(items: [(Field, Value); N], description: Option<String>) -> Fields {
    let mut set = fields(items);
    if let Some(text) = description {
        set.0.insert(Field::Description.name().to_owned(), json!(text));
    }
    set
}
