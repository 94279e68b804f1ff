//! Through a folder: a share, a stick, a synchronised folder.

use super::{Laptops, killed_at_random, rings, rounds, segments};
use crate::tools::run;
use std::{collections::BTreeSet, net::TcpListener, path::PathBuf, process::Command};

#[test]
fn three_laptops_that_meet_only_through_a_folder_agree_however_often_they_are_killed() {
    let mut laptops = Laptops::new();
    let place = laptops.place();
    killed_at_random(&mut laptops, &place, rounds(12));
}

#[test]
fn a_meeting_tells_who_was_met_and_is_quiet_when_nothing_is_new() {
    let mut laptops = Laptops::new();
    let place = laptops.place();
    laptops.note(0, "un bus le soir");
    laptops.note(1, "un bus le matin");
    let first = laptops.sync(0, &place).json();
    assert!(first["changes_put"].as_u64() > Some(0) && first["segments_put"] == 1, "{first}");
    let second = laptops.sync(1, &format!("file://{place}")).json();
    assert_eq!((second["segments_taken"].as_u64(), second["segments_put"].as_u64()), (Some(1), Some(1)), "{second}");
    assert!((1..10).contains(&second["changes_put"].as_u64().unwrap()), "only what lacks there: {second}");
    let quiet = laptops.sync(1, &place).json();
    assert_eq!((quiet["segments_taken"].as_u64(), quiet["segments_put"].as_u64()), (Some(0), Some(0)), "{quiet}");
    // Another démarche in the same folder is counted, and left alone.
    let other = laptops.folder.path().join("autre.moisson");
    moisson!("new", &other, "--template", "blank").done();
    let beside = run(&mut laptops.command(9, &["sync", other.to_str().unwrap(), &place, "--json"])).json();
    assert_eq!((beside["others"].as_u64(), beside["segments_taken"].as_u64()), (Some(1), Some(0)), "{beside}");
    laptops.meet(&place);
    laptops.agree();
}

#[test]
fn a_segment_that_is_cut_or_altered_is_refused_and_put_again_by_who_has_it() {
    for damage in [
        |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2),
        |bytes: &mut Vec<u8>| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        },
    ] {
        let mut laptops = Laptops::new();
        let place = laptops.place();
        laptops.note(0, "un bus le soir");
        laptops.sync(0, &place).done();
        let [segment] = segments(&place).try_into().unwrap();
        let mut bytes = std::fs::read(&segment).unwrap();
        damage(&mut bytes);
        std::fs::write(&segment, bytes).unwrap();
        let before = moisson!("digest", &laptops.files[1]).line();
        let refused = laptops.sync(1, &place);
        let name = segment.file_name().unwrap().to_str().unwrap();
        assert_eq!(refused.code, 1, "{}", refused.stderr);
        assert!(refused.stderr.contains(name) && refused.stderr.lines().count() == 1, "{}", refused.stderr);
        assert_eq!(moisson!("digest", &laptops.files[1]).line(), before);
        let mended = laptops.sync(0, &place).json();
        assert_eq!(mended["segments_restored"], 1, "{mended}");
        assert!(!segment.exists(), "what its own writer found altered is taken away");
        laptops.meet(&place);
        laptops.agree();
    }
}

#[test]
fn an_old_copy_of_the_folder_loses_nothing() {
    let mut laptops = Laptops::new();
    let place = laptops.place();
    laptops.note(0, "un bus le soir");
    laptops.meet(&place);
    let old = laptops.folder.path().join("ancien");
    run(Command::new("cp").arg("-r").arg(&place).arg(&old)).done();
    laptops.note(1, "un bus le matin");
    laptops.note(2, "une navette");
    laptops.meet(&place);
    std::fs::remove_dir_all(&place).unwrap();
    std::fs::rename(&old, &place).unwrap();
    laptops.note(0, "un parking-relais");
    laptops.meet(&place);
    laptops.agree();
    // A laptop that comes late finds everything there.
    let late = laptops.folder.path().join("tard.moisson");
    std::fs::copy(laptops.folder.path().join("base.moisson"), &late).unwrap();
    laptops.files.push(late);
    laptops.sync(3, &place).done();
    laptops.agree();
}

#[test]
fn what_is_no_place_is_told_in_a_sentence_and_leaves_everything_as_it_was() {
    let mut laptops = Laptops::new();
    laptops.note(0, "un bus le soir");
    let before = moisson!("digest", &laptops.files[0]).line();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let nobody = format!("webdav://127.0.0.1:{port}");
    let absent = laptops.folder.path().join("absent");
    let places = ["gopher://exemple.fr/partage", &nobody, absent.to_str().unwrap(), "s3://seau/doubs"];
    for place in places {
        for language in ["fr", "en"] {
            let file = laptops.files[0].to_str().unwrap();
            let mut command = laptops.command(0, &["sync", file, place, "--lang", language]);
            let said = run(command.env_remove("AWS_ACCESS_KEY_ID"));
            assert_eq!(said.code, 1, "{place}: {}", said.stderr);
            let sentence = said.stderr.trim();
            assert!(sentence.contains(place) && sentence.lines().count() == 1, "{sentence}");
            assert!(!sentence.contains("Error") && sentence.len() < 400, "{sentence}");
        }
    }
    assert!(!absent.exists());
    assert_eq!(moisson!("digest", &laptops.files[0]).line(), before);
    // A segment of another démarche, under its right name.
    let place = laptops.place();
    let other = laptops.folder.path().join("autre.moisson");
    moisson!("new", &other, "--template", "blank", "--title", "Une autre").done();
    run(&mut laptops.command(9, &["sync", other.to_str().unwrap(), &place])).done();
    let [stranger] = segments(&place).try_into().unwrap();
    laptops.sync(0, &place).done();
    let theirs = stranger.parent().unwrap();
    let ours = folders(&place).into_iter().find(|folder| folder != theirs).unwrap();
    std::fs::copy(&stranger, ours.join(stranger.file_name().unwrap())).unwrap();
    let refused = laptops.sync(1, &place);
    let name = stranger.file_name().unwrap().to_str().unwrap();
    assert!(refused.code == 1 && refused.stderr.contains(name), "{}", refused.stderr);
    assert_eq!(refused.stderr.trim().lines().count(), 1, "{}", refused.stderr);
    laptops.sync(0, &place);
    let digests: BTreeSet<String> = laptops.files[..2].iter().map(|file| moisson!("digest", file).line()).collect();
    assert_eq!(digests.len(), 1, "what is ours is exchanged all the same");
    assert!(stranger.exists() && ours.join(name).exists(), "what is not ours is left alone");
}

#[test]
fn two_laptops_at_once_and_what_an_upload_left_behind_lose_nothing() {
    let mut laptops = Laptops::new();
    let place = laptops.place();
    for round in 0..4 {
        for laptop in 0..3 {
            laptops.note(laptop, &format!("idée {laptop} du tour {round}"));
        }
        let meeting: Vec<_> = (0..3)
            .map(|laptop| {
                let file = laptops.files[laptop].to_str().unwrap();
                laptops.command(laptop, &["sync", file, &place]).stdout(std::process::Stdio::null()).spawn().unwrap()
            })
            .collect();
        for mut one in meeting {
            assert!(one.wait().unwrap().success());
        }
    }
    // Half a file under the name it is written under, and one of some other program.
    let inside = segments(&place)[0].parent().unwrap().to_owned();
    std::fs::write(inside.join(format!("{}.segment.part", "0".repeat(64))), b"age-encryption.org/v1").unwrap();
    std::fs::write(inside.join("desktop.ini"), b"[x]").unwrap();
    laptops.meet(&place);
    laptops.agree();
    assert_eq!(rings(&place).len(), 1, "those who meet agree on one ring");
}

#[test]
fn a_listing_that_lags_only_puts_something_twice() {
    let mut laptops = Laptops::new();
    let place = laptops.place();
    laptops.note(0, "un bus le soir");
    laptops.sync(0, &place).done();
    let aside = laptops.folder.path().join("pas-encore-listé");
    let hidden: Vec<PathBuf> = segments(&place).into_iter().chain(rings(&place)).collect();
    std::fs::create_dir(&aside).unwrap();
    for file in &hidden {
        std::fs::rename(file, aside.join(file.file_name().unwrap())).unwrap();
    }
    laptops.note(1, "un bus le matin");
    laptops.meet_in(&[1, 0], &place);
    for file in &hidden {
        std::fs::rename(aside.join(file.file_name().unwrap()), file).unwrap();
    }
    laptops.meet(&place);
    laptops.agree();
    assert_eq!(rings(&place).len(), 1, "those who meet agree on one ring");
}

#[test]
fn a_ring_that_is_altered_is_put_again_and_keeps_nobody_out() {
    let mut laptops = Laptops::new();
    let place = laptops.place();
    laptops.note(0, "un bus le soir");
    laptops.sync(0, &place).done();
    let [ring] = rings(&place).try_into().unwrap();
    let mut bytes = std::fs::read(&ring).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&ring, bytes).unwrap();
    let mended = laptops.sync(1, &place).json();
    assert_eq!(mended["segments_restored"], 1, "{mended}");
    assert!(!ring.exists());
    laptops.meet(&place);
    laptops.agree();
}

#[test]
fn a_clock_years_off_changes_nothing() {
    let mut laptops = Laptops::new();
    let place = laptops.place();
    for (laptop, year) in [(0, "1999"), (1, "2061"), (2, "2022")] {
        laptops.note(laptop, &format!("noté en {year}"));
        let file = laptops.files[laptop].to_str().unwrap();
        let now = format!("{year}-07-05T14:00:00+02:00");
        run(&mut laptops.command(laptop, &["sync", file, &place, "--now", &now])).done();
    }
    laptops.meet(&place);
    laptops.agree();
}

fn folders(place: &str) -> Vec<PathBuf> {
    std::fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path()).collect()
}
