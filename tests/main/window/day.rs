//! A day of eight hours in the real window, played in some ten minutes (`--thorough`): what is typed is all that grows.

use super::in_the_room;
use crate::tools::thorough;
use std::{fs, time::Duration};

const HOURS: usize = 8;
/// What one room says in an hour, put in groups as it comes.
const PROPOSALS: usize = 60;
const GROUPS: usize = 6;
/// A change with its words, what lists are read from, and what finds it again.
const BYTES_A_CHANGE: u64 = 2_000;

#[tokio::test]
async fn a_day_of_eight_hours_holds_no_more_memory_and_writes_what_was_typed() {
    if !thorough() {
        eprintln!("SKIPPED: a day of eight hours is played with --thorough");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    let app = in_the_room(&file).await;
    let mut held = Vec::new();
    let before = fs::metadata(&file).unwrap().len();
    for hour in 0..HOURS {
        // Each hour another atelier, as in a hall where rooms follow one another.
        if hour > 0 {
            app.press_by_hand("ctrl+3");
            app.focused("[data-testid='atelier']").await;
            (0..hour).for_each(|_| app.press_by_hand("Down"));
            app.press_by_hand("Return");
        }
        app.focused("[data-testid='capture']").await;
        for n in 0..PROPOSALS {
            app.type_by_hand(&format!("Heure {hour}, proposition {n} : ouvrir un lieu d'accueil pres de la gare"));
            app.press_by_hand("Return");
            // No faster than the window, where other programs are at work.
            app.reads(&format!("Heure {hour}, proposition {n} ")).await;
        }
        app.counts("[data-testid='card']", PROPOSALS).await;
        for group in 0..GROUPS {
            app.press_by_hand("Down");
            app.focused("[data-testid='card']").await;
            app.press_by_hand("g");
            app.focused("[data-testid='naming-field']").await;
            app.type_by_hand(&format!("Groupe {group} de l'heure {hour}"));
            app.press_by_hand("Return");
            app.counts("[data-testid='column']", group + 1).await;
            app.press_by_hand("n");
            app.focused("[data-testid='capture']").await;
        }
        app.press_by_hand("Escape");
        app.press_by_hand("ctrl+z");
        app.counts("[data-testid='column']", GROUPS - 1).await;
        for (key, place) in super::PLACES {
            app.press_by_hand(&format!("ctrl+{key}"));
            app.counts(&format!("main[data-place='{place}']"), 1).await;
            app.settled().await;
        }
        app.press_by_hand("ctrl+k");
        app.focused("[data-testid='palette-input']").await;
        app.type_by_hand("accueil gare");
        app.press_by_hand("Escape");
        tokio::time::sleep(Duration::from_secs(10)).await;
        held.push(app.held());
        println!("hour {}: {:.1} MB held", hour + 1, held[hour]);
    }
    app.close().await;
    moisson!("verify", &file).done();
    assert!(held[HOURS - 1] <= held[1] * 1.05, "from the second hour to the eighth: {held:?} MB");
    let info = moisson!("info", &file, "--json").json();
    let each = (fs::metadata(&file).unwrap().len() - before) / info["changes"].as_u64().unwrap();
    println!("{each} bytes written for each change");
    assert!(each < BYTES_A_CHANGE, "{each} bytes for each change");
}
