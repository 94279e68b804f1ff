//! A region: a thousand ateliers, 150,000 proposals, two thousand actions; and what each place reads of them before it is drawn.

use crate::{args::Cli, bench, world::surroundings};
use moisson_workflow::{
    EntityId, Failure, Field, Kind, Session, Template,
    views::{AmendmentFilter, Capture, OutcomeFilter, ProposalFilter, Target},
};
use serde_json::{Value, json};
use std::path::Path;

const WORKSHOPS: usize = 1_000;
const SAID: usize = 150;
const ACTIONS: usize = 2_000;
/// Proposals in each rapprochement.
const TOGETHER: usize = 50;
/// Times that each place is opened, after the first.
const VISITS: usize = 7;

/// A place, and what it reads.
type Opened = (&'static str, fn(&mut Session, EntityId) -> Result<(), Failure>);

const PLACES: [Opened; 13] = [
    ("accueil", |session, _| session.home().map(drop)),
    ("preparer", |session, _| session.preparation().map(drop)),
    ("animer_board", |session, workshop| session.board(workshop).map(drop)),
    ("fusionner", |session, _| session.conflicts().map(drop)),
    ("consolider", |session, _| session.consolidation(&ProposalFilter::default()).map(drop)),
    ("consolider_words", |session, _| {
        let text = Some(String::from("navette 149"));
        session.consolidation(&ProposalFilter { text, ..ProposalFilter::default() }).map(drop)
    }),
    ("arbitrage", |session, _| session.arbitration().map(drop)),
    ("suites", |session, _| session.outcomes(&OutcomeFilter::default()).map(drop)),
    ("plan", |session, _| session.plan().map(drop)),
    ("verifications", |session, _| session.plan_checks().map(drop)),
    ("suivi", |session, _| session.tracking().map(drop)),
    ("versions", |session, _| session.plan_history(&AmendmentFilter::default()).map(drop)),
    ("partenaires", |session, _| session.partners().map(drop)),
];

pub fn places(cli: &Cli, folder: &Path) -> Result<Value, Failure> {
    let file = folder.join("bench.moisson");
    let workshop = region(cli, &file)?;
    // As after opening the file: nothing is known yet, and the first place reads where every proposal stands.
    let mut session = Session::open(&file, surroundings(cli, &file))?;
    let outline = bench::timed(|| session.outline().map(drop))?;
    let first = bench::timed(|| session.home().map(drop))?;
    let mut places = serde_json::Map::new();
    for (name, open) in PLACES {
        open(&mut session, workshop)?;
        let mut times = Vec::new();
        for _ in 0..VISITS {
            times.push(bench::timed(|| open(&mut session, workshop))?);
        }
        places.insert(name.to_owned(), bench::quantiles(&mut times));
    }
    let plan = session.plan()?;
    if let Some(row) = plan.axes.iter().flat_map(|axis| &axis.objectives).flat_map(|one| &one.actions).next() {
        let mut times = Vec::new();
        for _ in 0..VISITS {
            times.push(bench::timed(|| session.action(row.id).map(drop))?);
        }
        places.insert(String::from("fiche_action"), bench::quantiles(&mut times));
    }
    let mut after = Vec::new();
    for number in 0..VISITS {
        session.capture(workshop, &Capture { text: bench::text(number), ..Capture::default() })?;
        after.push(bench::timed(|| session.home().map(drop))?);
    }
    Ok(json!({
        "proposals": WORKSHOPS * SAID,
        "workshops": WORKSHOPS,
        "actions": ACTIONS,
        "outline_after_opening_ms": outline.as_secs_f64() * 1000.0,
        "first_after_opening_ms": first.as_secs_f64() * 1000.0,
        "places_ms": places,
        "accueil_after_a_capture_ms": bench::quantiles(&mut after),
    }))
}

/// Makes the file; returns one of its ateliers.
fn region(cli: &Cli, file: &Path) -> Result<EntityId, Failure> {
    let mut session = Session::new_process(file, Template::Spie, None, "bench", surroundings(cli, file))?;
    let of = |session: &mut Session, kind: Kind, field: Field, text: String| {
        session.create_entity(kind, [(field, json!(text))].into_iter().collect(), None)
    };
    let preparation = session.preparation()?;
    let (themes, territories) = (preparation.themes, preparation.territories);
    let mut said = Vec::with_capacity(WORKSHOPS * SAID);
    let mut last = None;
    for number in 0..WORKSHOPS {
        let workshop = of(&mut session, Kind::Workshop, Field::Title, format!("Atelier {number}"))?;
        let theme = themes[number % themes.len()].id;
        session.edit_entity(workshop, [(Field::Theme, json!(theme))].into_iter().collect())?;
        session.set_links(workshop, "territory", &[territories[number % territories.len()].id])?;
        let lines: Vec<String> = (number * SAID..(number + 1) * SAID).map(bench::text).collect();
        said.extend(session.capture(workshop, &Capture { text: lines.join("\n"), ..Capture::default() })?);
        last = Some(workshop);
    }
    // Of a rapprochement, each proposal comes from another atelier.
    for number in 0..ACTIONS {
        let cluster = of(&mut session, Kind::Cluster, Field::Name, format!("Rapprochement {number}"))?;
        let members: Vec<EntityId> = (0..TOGETHER).map(|one| said[(number + one * ACTIONS) % said.len()]).collect();
        session.cluster(&members, &Target::Existing { id: cluster })?;
    }
    session.draft_plan()?;
    last.ok_or(Failure::WhichWorkshop)
}
