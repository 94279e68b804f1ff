//! The project's own measurements: each figure beside a bare SQLite table measured in the same run.

mod documents;
mod places;
mod region;
mod votes;

use crate::{
    args::Cli,
    load::{self, Load},
    output::Output,
    world::surroundings,
};
use moisson_workflow::{
    Bare, BundleOptions, EntityId, Failure, Finder, Incoming, Kind, Session, Stop, Template, views::Capture,
};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};

/// Every measurement and how it is made.
const ALL: [(&str, Measure); 12] = [
    ("capture-1000", small),
    ("capture-150000", large),
    ("merge-15x10000", merge),
    ("merge-15x100000", merge_ten_times),
    ("search-150000", search),
    ("places-150000", places::places),
    ("phones-40", phones_40),
    ("phones-500", phones_500),
    ("phones-100-150000", phones_100_in_150000),
    ("votes-500", votes::live),
    ("documents-120", documents::documents),
    ("region", region::read),
];

type Measure = fn(&Cli, &Path) -> Result<Value, Failure>;

/// Single captures timed at each size.
const SAMPLES: usize = 400;
/// How often what takes seconds is done, in turn with what it is measured beside: the median counts.
const ROUNDS: usize = 5;
/// Lines of one paste, the way a démarche is filled.
const PASTE: usize = 500;

pub fn run(cli: &Cli, out: &Output, names: &[String], keep: Option<&Path>) -> Result<ExitCode, Failure> {
    if let Some(unknown) = names.iter().find(|name| !ALL.iter().any(|(known, _)| known == name)) {
        return Err(Failure::NoSuch { what: None, reference: unknown.clone() });
    }
    let mut figures = serde_json::Map::new();
    for (name, measure) in ALL.iter().filter(|(name, _)| names.is_empty() || names.iter().any(|wanted| wanted == name))
    {
        let folder = tempfile::tempdir().map_err(|source| Failure::Io { path: std::env::temp_dir(), source })?;
        figures.insert((*name).to_owned(), measure(cli, keep.unwrap_or(folder.path()))?);
    }
    let figures = Value::Object(figures);
    out.result(&figures, || serde_json::to_string_pretty(&figures).unwrap_or_default());
    Ok(ExitCode::SUCCESS)
}

fn small(cli: &Cli, folder: &Path) -> Result<Value, Failure> {
    capture(cli, folder, 1_000)
}

fn large(cli: &Cli, folder: &Path) -> Result<Value, Failure> {
    capture(cli, folder, 150_000)
}

/// Queries as they are typed, rare and common words, slips of the fingers, in a démarche of 150,000 proposals.
fn search(cli: &Cli, folder: &Path) -> Result<Value, Failure> {
    let size = 150_000;
    let mut session = new(cli, &folder.join("bench.moisson"), "bench")?;
    for number in 1..=15 {
        let workshop = workshop(&session, number)?;
        fill(&mut session, workshop, number * size, size / 15)?;
    }
    let mut finder = None;
    let reading = timed(|| {
        finder = Some(Finder::read(&session)?);
        Ok(())
    })?;
    let Some(mut finder) = finder else { return Ok(Value::Null) };
    let first = timed(|| session.hits(&mut finder, "navette", 20).map(drop))?;
    let mut times = Vec::new();
    for number in 0..SAMPLES {
        let query = match number % 4 {
            0 => String::from("navette gare"),
            1 => format!("proposition {}", size + number * 37),
            2 => String::from("navete gare actvité"),
            3 if number % 8 == 7 => String::from("demadne"),
            _ => String::from("zon"),
        };
        times.push(timed(|| session.hits(&mut finder, &query, 20).map(drop))?);
    }
    // While a room speaks: each search follows something new.
    let here = workshop(&session, 1)?;
    let mut following = Vec::new();
    for number in 0..SAMPLES / 10 {
        session.capture(here, &Capture { text: text(size * 20 + number), ..Capture::default() })?;
        following.push(timed(|| session.hits(&mut finder, "navete gare", 20).map(drop))?);
    }
    Ok(json!({
        "proposals": size,
        "read_s": reading.as_secs_f64(),
        "first_ms": first.as_secs_f64() * 1000.0,
        "query_ms": quantiles(&mut times),
        "query_after_a_capture_ms": quantiles(&mut following),
    }))
}

/// Forty phones in a few seconds: whether the measure itself works.
fn phones_40(cli: &Cli, folder: &Path) -> Result<Value, Failure> {
    phones(cli, folder, 0, &Load { devices: 40, within: Duration::from_secs(4) })
}

/// What a village hall may bring: five hundred phones that join, propose twice and vote once within three minutes.
fn phones_500(cli: &Cli, folder: &Path) -> Result<Value, Failure> {
    phones(cli, folder, 0, &Load { devices: 500, within: Duration::from_secs(180) })
}

/// A hundred phones while someone types in a démarche of 150,000 proposals.
fn phones_100_in_150000(cli: &Cli, folder: &Path) -> Result<Value, Failure> {
    phones(cli, folder, 150_000, &Load { devices: 100, within: Duration::from_secs(60) })
}

/// Phones at work while someone types: their waiting, and the typist's.
fn phones(cli: &Cli, folder: &Path, size: usize, load: &Load) -> Result<Value, Failure> {
    let path = folder.join("bench.moisson");
    let mut session = new(cli, &path, "bench")?;
    for number in 1..=15 {
        let workshop = workshop(&session, number)?;
        fill(&mut session, workshop, number * size, size / 15)?;
    }
    let title = [(moisson_workflow::Field::Title, json!("200"))].into_iter().collect();
    let here = session.create_entity(Kind::Workshop, title, None)?;
    fill(&mut session, here, 0, 200)?;
    let words = |number: usize| Capture { text: text(number), table: Some(3), ..Capture::default() };
    let mut alone = Vec::new();
    for number in 0..SAMPLES / 4 {
        alone.push(timed(|| session.capture(here, &words(number)).map(drop))?);
    }
    let reader = Session::open_to_read(&path, surroundings(cli, &path))?;
    forget_peak();
    let mut typed = Vec::new();
    let report = load::run(session, reader, here, load, |session, number| {
        typed.push(timed(|| session.with(|session| session.capture(here, &words(number)).map(drop)))?);
        Ok(())
    })?;
    Ok(json!({
        "proposals": size,
        "devices": load.devices,
        "within_s": load.within.as_secs(),
        "requests": report.requests,
        "errors": report.errors,
        "phones_ms": quantiles(&mut report.times.clone()),
        "told": report.told,
        "noted": report.noted,
        "bulletins": report.bulletins,
        "capture_alone_ms": quantiles(&mut alone),
        "capture_with_phones_ms": quantiles(&mut typed),
        "captures": typed.len(),
        "peak_mb": peak_mb(),
    }))
}

pub fn text(number: usize) -> String {
    format!("Proposition {number} : une navette à la demande entre la gare et la zone d’activité, matin et soir")
}

fn id(number: usize) -> [u8; 16] {
    (number as u128).to_be_bytes()
}

fn new(cli: &Cli, path: &Path, replica: &str) -> Result<Session, Failure> {
    Session::new_process(path, Template::Spie, None, replica, surroundings(cli, path))
}

/// Fills an atelier with proposals numbered from `first`.
fn fill(session: &mut Session, workshop: EntityId, first: usize, count: usize) -> Result<(), Failure> {
    for start in (first..first + count).step_by(PASTE) {
        let lines: Vec<String> = (start..(start + PASTE).min(first + count)).map(text).collect();
        session.capture(workshop, &Capture { text: lines.join("\n"), ..Capture::default() })?;
    }
    Ok(())
}

fn workshop(session: &Session, number: usize) -> Result<EntityId, Failure> {
    session.find(Some(Kind::Workshop), &number.to_string())
}

/// An atelier the size of a real one.
fn atelier_of_200(session: &mut Session) -> Result<EntityId, Failure> {
    let title = [(moisson_workflow::Field::Title, json!("200"))].into_iter().collect();
    let atelier = session.create_entity(Kind::Workshop, title, None)?;
    fill(session, atelier, 0, 200)?;
    Ok(atelier)
}

/// One capture, key to disk, in turn with one bare insert of the same durability.
fn capture(cli: &Cli, folder: &Path, size: usize) -> Result<Value, Failure> {
    let mut session = new(cli, &folder.join("bench.moisson"), "bench")?;
    let mut bare = Bare::create(&folder.join("bare.sqlite"))?;
    for number in 1..=15 {
        let workshop = workshop(&session, number)?;
        fill(&mut session, workshop, number * size, size / 15)?;
    }
    bare.insert((0..size).map(|number| (id(number), id(number % 15), text(number))))?;
    let here = workshop(&session, 1)?;
    let (mut ours, mut theirs, mut boards) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..SAMPLES {
        let words = text(number);
        let capture = Capture { text: words.clone(), table: Some(3), ..Capture::default() };
        ours.push(timed(|| session.capture(here, &capture).map(drop))?);
        theirs.push(timed(|| Ok(bare.insert([(id(size * 2 + number), id(1), words)])?))?);
    }
    let empty = atelier_of_200(&mut session)?;
    for _ in 0..20 {
        boards.push(timed(|| session.board(empty).map(drop))?);
    }
    Ok(json!({
        "proposals": size,
        "capture_ms": quantiles(&mut ours),
        "bare_insert_ms": quantiles(&mut theirs),
        "ratio_p50": ratio(&ours, &theirs),
        "board_of_200_ms": quantiles(&mut boards),
    }))
}

/// Fifteen laptops' dossiers into an empty démarche, beside the bare insert of the same proposals. One proposal in twenty is
/// there before the laptops part, and edited on two of them: as many conflicts.
fn merge(cli: &Cli, folder: &Path) -> Result<Value, Failure> {
    merge_of(cli, folder, 10_000)
}

/// The same, ten times larger: how each figure grows.
fn merge_ten_times(cli: &Cli, folder: &Path) -> Result<Value, Failure> {
    merge_of(cli, folder, 100_000)
}

fn merge_of(cli: &Cli, folder: &Path, each: usize) -> Result<Value, Failure> {
    let laptops = 15;
    let shared = each / 20 * laptops;
    let base = folder.join("base.moisson");
    let invitation = folder.join("base.dossier");
    let mut session = new(cli, &base, "base")?;
    let common = workshop(&session, 1)?;
    fill(&mut session, common, 0, shared)?;
    session.bundle(&invitation, BundleOptions::default())?;
    let mut known: Vec<EntityId> = Vec::new();
    session.dump(Some(Kind::Proposal.name()), |one| {
        known.extend(one["id"].as_str().and_then(|id| id.parse::<EntityId>().ok()));
    })?;
    let mut dossiers: Vec<PathBuf> = Vec::new();
    for laptop in 1..=laptops {
        let file = folder.join(format!("{laptop}.moisson"));
        let name = format!("L{laptop}");
        let mut session = Session::create_from_dossier(&file, &invitation, None, &name, surroundings(cli, &file))?;
        for id in
            known.iter().skip(laptop - 1).step_by(laptops).chain(known.iter().skip(laptop % laptops).step_by(laptops))
        {
            let words = [(moisson_workflow::Field::Text, json!(format!("{name} l’a réécrite ainsi, pour {id}")))];
            session.edit_entity(*id, words.into_iter().collect())?;
        }
        let workshop = workshop(&session, laptop)?;
        fill(&mut session, workshop, laptop * each, each - shared / laptops)?;
        let dossier = folder.join(format!("{laptop}.dossier"));
        session.bundle(&dossier, BundleOptions::default())?;
        dossiers.push(dossier);
    }
    let paths: Vec<&Path> = dossiers.iter().map(PathBuf::as_path).collect();
    let incoming = Incoming { paths: &paths, passphrase: None };
    let united = |folder: &Path| -> Result<(Session, Duration), Failure> {
        let file = folder.join("all.moisson");
        let mut session = Session::create_from_dossier(&file, &invitation, None, "all", surroundings(cli, &file))?;
        let taken = timed(|| session.merge(incoming, &mut |_| Stop::No).map(drop))?;
        Ok((session, taken))
    };
    let inserted = |folder: &Path| {
        let mut bare = Bare::create(&folder.join("bare.sqlite"))?;
        let rows = (0..laptops * each).map(|number| (id(number), id(number / each), text(number)));
        timed(|| Ok(bare.insert(rows)?))
    };
    forget_peak();
    let (mut session, first) = united(folder)?;
    let peak = peak_mb();
    let again = timed(|| session.merge(incoming, &mut |_| Stop::No).map(drop))?;
    let (mut ours, mut theirs) = (vec![first], vec![inserted(folder)?]);
    for _ in 1..ROUNDS {
        let round = tempfile::tempdir_in(folder).map_err(|source| Failure::Io { path: folder.to_owned(), source })?;
        ours.push(united(round.path())?.1);
        theirs.push(inserted(round.path())?);
    }
    ours.sort_unstable();
    theirs.sort_unstable();
    let info = session.info()?;
    let small = atelier_of_200(&mut session)?;
    drop(session);
    let file = folder.join("all.moisson");
    let opening = timed(|| Session::open(&file, surroundings(cli, &file))?.board(small).map(drop))?;
    let size = |path: &Path| std::fs::metadata(path).map(|data| data.len()).unwrap_or_default();
    Ok(json!({
        "proposals": info.entities.get(Kind::Proposal.name()),
        "conflicts": info.conflicts,
        "merge_s": ours[ours.len() / 2].as_secs_f64(),
        "bare_insert_s": theirs[theirs.len() / 2].as_secs_f64(),
        "ratio": ratio(&ours, &theirs),
        "merge_again_s": again.as_secs_f64(),
        "open_and_atelier_ms": opening.as_secs_f64() * 1000.0,
        "peak_mb": peak,
        "file_mb": size(&file) / 1_000_000,
        "bare_file_mb": size(&folder.join("bare.sqlite")) / 1_000_000,
    }))
}

/// Starts counting the peak memory of this process anew, where the system can (Linux).
#[expect(clippy::disallowed_methods, reason = "measures")]
pub fn forget_peak() {
    std::fs::write("/proc/self/clear_refs", "5").ok();
}

/// Peak memory of this process since then, in megabytes.
pub fn peak_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kb| kb / 1000)
}

#[expect(clippy::disallowed_methods, reason = "measures")]
/// How long it took.
pub fn timed(run: impl FnOnce() -> Result<(), Failure>) -> Result<Duration, Failure> {
    let start = Instant::now();
    run()?;
    Ok(start.elapsed())
}

/// Median and 99th percentile, milliseconds; sorts the samples.
pub fn quantiles(samples: &mut [Duration]) -> Value {
    samples.sort_unstable();
    let at =
        |percent: usize| samples.get(samples.len() * percent / 100).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
    json!({ "p50": at(50), "p99": at(99) })
}

/// Of the medians of sorted samples.
fn ratio(ours: &[Duration], theirs: &[Duration]) -> f64 {
    ours[ours.len() / 2].as_secs_f64() / theirs[theirs.len() / 2].as_secs_f64()
}
