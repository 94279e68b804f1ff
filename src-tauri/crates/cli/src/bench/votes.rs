//! A vote of five hundred people that is seen live: how long the result takes after each bulletin.

use crate::{
    args::Cli,
    bench::{quantiles, timed},
    world::surroundings,
};
use moisson_workflow::{
    EntityId, Failure, Field, Kind, Session, Template,
    views::{BallotSettings, Capture, NewBallot, RoomMethod},
};
use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};
use std::path::Path;

const PEOPLE: usize = 500;
const OPTIONS: usize = 12;

pub fn live(cli: &Cli, folder: &Path) -> Result<Value, Failure> {
    let path = folder.join("bench.moisson");
    let mut session = Session::new_process(&path, Template::Blank, None, "bench", surroundings(cli, &path))?;
    let title = [(Field::Title, json!("Salle"))].into_iter().collect();
    let workshop = session.create_entity(Kind::Workshop, title, None)?;
    let lines: Vec<String> = (1..=OPTIONS).map(|n| format!("Proposition {n} : une navette à la demande")).collect();
    let about = session.capture(workshop, &Capture { text: lines.join("\n"), ..Capture::default() })?;
    let mut figures = serde_json::Map::new();
    for (name, method) in [
        ("dots", RoomMethod::Dots),
        ("majority-judgment", RoomMethod::MajorityJudgment),
        ("schulze", RoomMethod::Schulze),
    ] {
        figures.insert(name.to_owned(), followed(&mut session, workshop, &about, method)?);
    }
    Ok(json!({ "people": PEOPLE, "options": OPTIONS, "result_ms": figures }))
}

/// Casts one bulletin after the other; the time is that of the whole page of the vote, the result on it.
fn followed(
    session: &mut Session,
    workshop: EntityId,
    about: &[EntityId],
    method: RoomMethod,
) -> Result<Value, Failure> {
    let ballot = session.new_ballot(&NewBallot {
        workshop,
        method,
        question: String::from("Par quoi commencer ?"),
        about: about.to_vec(),
        settings: BallotSettings { live: true, ..BallotSettings::default() },
        secret: false,
        present_count: u32::try_from(PEOPLE).ok(),
        costs: Vec::new(),
    })?;
    let mut ids: Vec<String> = session.ballot(ballot)?.options.iter().map(|option| option.id.to_string()).collect();
    let mut chance = ChaCha20Rng::seed_from_u64(7);
    let mut times = Vec::with_capacity(PEOPLE);
    for _ in 0..PEOPLE {
        ids.shuffle(&mut chance);
        let said = match method {
            RoomMethod::Dots => json!({ "points": { &ids[0]: 3, &ids[1]: 2 } }),
            RoomMethod::MajorityJudgment => {
                let grades: serde_json::Map<String, Value> =
                    ids.iter().map(|id| (id.clone(), json!(chance.random_range(0..5)))).collect();
                json!({ "grades": grades })
            }
            _ => json!({ "ranking": ids.iter().map(|id| [id]).collect::<Vec<_>>() }),
        };
        let bulletin = serde_json::from_value(said).map_err(|_| Failure::NothingToNote)?;
        session.cast(ballot, &bulletin)?;
        times.push(timed(|| session.ballot(ballot).map(drop))?);
    }
    Ok(quantiles(&mut times))
}
