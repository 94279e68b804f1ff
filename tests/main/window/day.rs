//! A day of eight hours in the real window, played in some ten minutes (`--thorough`): what is typed is all that grows.

use super::hands::Hands;
use crate::tools::thorough;
use std::fs;

const HOURS: usize = 8;
/// What one room says in an hour, put in groups as it comes.
const PROPOSALS: usize = 60;
const GROUPS: usize = 6;
/// How often all places are seen in an hour.
const ROUNDS: usize = 2;
/// Seconds of a pause, some ten minutes of that day.
const PAUSE: u64 = 15;
/// A change with its words, what lists are read from, and what finds it again.
const BYTES_A_CHANGE: u64 = 2_000;

/// Sentences as a room says them, no two alike: alike ones would all resemble one another, which is shown and held.
fn said(number: usize) -> String {
    const DOING: [&str; 8] =
        ["ouvrir", "former", "financer", "partager", "simplifier", "relancer", "traduire", "raccourcir"];
    const WHAT: [&str; 9] = [
        "le covoiturage des apprentis",
        "une garde d'enfants le soir",
        "les dossiers de logement",
        "un atelier de velos",
        "le parrainage avec des entreprises",
        "la permanence de la mission locale",
        "les bilans de sante",
        "des cours de francais",
        "un pret d'ordinateurs",
    ];
    const WHERE: [&str; 7] = [
        "dans chaque bourg",
        "avant l'entretien",
        "avec les communes",
        "pour qui travaille de nuit",
        "en trois semaines",
        "sans rendez-vous",
        "pres de la gare",
    ];
    let (doing, what, place) = (DOING[number % 8], WHAT[number % 9], WHERE[number % 7]);
    format!("{doing} {what} {place}")
}

#[tokio::test]
async fn a_day_of_eight_hours_holds_no_more_memory_and_writes_what_was_typed() {
    if !thorough() {
        eprintln!("SKIPPED: a day of eight hours is played with --thorough");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    moisson!("new", &file, "--template", "spie").done();
    let hands = Hands::on(&file, &[]).await;
    let mut held = Vec::new();
    let before = fs::metadata(&file).unwrap().len();
    for hour in 0..HOURS {
        // Each hour another atelier, as in a hall where rooms follow one another.
        hands.press("ctrl+3").await;
        hands.pause(2).await;
        for _ in 0..hour {
            hands.press("Down").await;
        }
        hands.press("Return").await;
        hands.pause(2).await;
        for n in 0..PROPOSALS {
            hands.types(&said(hour * PROPOSALS + n));
            hands.press("Return").await;
            hands.holds("proposal", hour * PROPOSALS + n + 1).await;
        }
        // The last group of each hour is taken back.
        for group in 0..GROUPS {
            for key in ["Down", "g"] {
                hands.press(key).await;
                hands.pause(1).await;
            }
            hands.types(&format!("Groupe {group} de l'heure {hour}"));
            hands.press("Return").await;
            hands.holds("group", hour * (GROUPS - 1) + group + 1).await;
            hands.press("n").await;
        }
        hands.press("Escape").await;
        hands.press("ctrl+z").await;
        hands.holds("group", (hour + 1) * (GROUPS - 1)).await;
        hands.press("ctrl+k").await;
        hands.types("accueil gare");
        hands.press("Escape").await;
        // What is held at rest, as in the pause after it; what was laid out and shown on the way goes some seconds later.
        hands.press("ctrl+1").await;
        hands.pause(PAUSE).await;
        held.push(hands.held());
        let mut most = held[hour];
        for (key, _) in [super::PLACES; ROUNDS].iter().flatten() {
            hands.press(&format!("ctrl+{key}")).await;
            hands.pause(2).await;
            most = most.max(hands.held());
        }
        println!(
            "hour {}: {:.1} MB held at rest, {most:.1} at most in {ROUNDS} rounds of all places",
            hour + 1,
            held[hour]
        );
    }
    drop(hands);
    moisson!("verify", &file).done();
    assert!(held[HOURS - 1] <= held[1] * 1.05, "from the second hour to the eighth: {held:?} MB");
    let info = moisson!("info", &file, "--json").json();
    let each = (fs::metadata(&file).unwrap().len() - before) / info["changes"].as_u64().unwrap();
    println!("{each} bytes written for each change");
    assert!(each < BYTES_A_CHANGE, "{each} bytes for each change");
}
