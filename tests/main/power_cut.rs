//! Power cuts as the disk sees them: what the program wrote is recorded call by call, then played back up to any moment,
//! with what no `fsync` had asked for yet kept, lost or torn at random. What was acknowledged before must be there after.
//!
//! The recording is strace's. A file's writes may reach the disk in any order until the file is synced: the model of
//! Pillai et al., « All File Systems Are Not Created Equal », OSDI 2014, without its reordering of names.

use crate::tools::{chance, moisson_cli, run, strace_works, thorough};
use rand::Rng;
use std::{collections::HashMap, path::Path, process::Command};

/// The two files that hold a démarche; its shared memory is made anew at each opening.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    Main,
    Wal,
}

enum Event {
    Write {
        part: Part,
        at: usize,
        bytes: Vec<u8>,
    },
    Cut {
        part: Part,
        length: usize,
    },
    Synced(Part),
    Gone(Part),
    /// The program said on its output that what came before is kept.
    Acknowledged,
}

/// Acts recorded, lines noted in each, and moments played back where all of them are not.
const ACTS: usize = 12;
const LINES: usize = 3;
const SAMPLE: usize = 60;
const THOROUGH: usize = 10_000;

fn line(act: usize, number: usize) -> String {
    format!("acte {act}, ligne {number}")
}

/// Notes every line under strace; `None` where one program may not watch another.
fn record(file: &Path, trace: &Path) -> Option<Vec<Event>> {
    if !strace_works() {
        return None;
    }
    let mut script = String::new();
    for act in 0..ACTS {
        let lines: String = (0..LINES).map(|number| line(act, number) + "\n").collect();
        let words = trace.with_extension(act.to_string());
        std::fs::write(&words, lines).unwrap();
        script += &format!("\"$0\" capture \"$1\" --workshop 1 < '{}' || exit 1\n", words.display());
    }
    run(Command::new("strace")
        .args(["-f", "-xx", "-s", "1000000", "-o"])
        .arg(trace)
        .args(["-e", "trace=openat,close,pwrite64,write,ftruncate,fsync,fdatasync,unlink"])
        .args(["sh", "-c", &script])
        .arg(moisson_cli())
        .arg(file))
    .done();
    let trace = std::fs::read_to_string(trace).unwrap();
    assert!(!trace.contains("<unfinished"), "two threads wrote at once: their order is not known");
    Some(events(&trace, file))
}

fn events(trace: &str, file: &Path) -> Vec<Event> {
    let name = file.to_str().unwrap();
    let part_of = |path: &[u8]| match path.strip_prefix(name.as_bytes()) {
        Some(b"") => Some(Part::Main),
        Some(b"-wal") => Some(Part::Wal),
        _ => None,
    };
    let mut open: HashMap<(u32, u32), Part> = HashMap::new();
    let mut events = Vec::new();
    for line in trace.lines() {
        let Some((process, call)) = line.split_once(' ') else { continue };
        let Some((call, arguments)) = call.trim_start().split_once('(') else { continue };
        let Some((arguments, result)) = arguments.rsplit_once(" = ") else { continue };
        let arguments = arguments.trim_end().trim_end_matches(')');
        let process = process.parse().unwrap();
        let words: Vec<&str> = arguments.split(", ").collect();
        let number = |word: &str| word.parse::<usize>().unwrap();
        let known = |open: &HashMap<_, _>| words[0].parse().ok().and_then(|fd| open.get(&(process, fd)).copied());
        match call {
            "openat" => {
                if let (Some(part), Ok(fd)) = (part_of(&bytes(words[1])), result.parse()) {
                    open.insert((process, fd), part);
                }
            }
            "close" => drop(open.remove(&(process, words[0].parse().unwrap()))),
            "unlink" => events.extend(part_of(&bytes(words[0])).map(Event::Gone)),
            "pwrite64" => events.extend(known(&open).map(|part| {
                let bytes = bytes(words[1]);
                assert_eq!(bytes.len(), number(result), "strace left out a part of it");
                Event::Write { part, at: number(words[3]), bytes }
            })),
            "ftruncate" => events.extend(known(&open).map(|part| Event::Cut { part, length: number(words[1]) })),
            "fsync" | "fdatasync" => events.extend(known(&open).map(Event::Synced)),
            "write" if words[0] == "1" => events.push(Event::Acknowledged),
            _ => {}
        }
    }
    events
}

/// A string as `strace -xx` prints it.
fn bytes(printed: &str) -> Vec<u8> {
    let hex = printed.trim_matches('"').replace("\\x", "");
    (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect()
}

/// The files as the disk holds them when the power goes after `before`.
fn disk(start: &[u8], before: &[Event], chance: &mut impl Rng) -> HashMap<Part, Vec<u8>> {
    let mut disk = HashMap::from([(Part::Main, start.to_vec())]);
    for (index, event) in before.iter().enumerate() {
        match event {
            Event::Write { part, at, bytes } => {
                let safe = before[index..].iter().any(|later| matches!(later, Event::Synced(synced) if synced == part));
                let reached = match chance.random_range(0..4) {
                    0 if !safe => 0,
                    1 if !safe => chance.random_range(0..=bytes.len() / 512) * 512,
                    _ => bytes.len(),
                };
                let file = disk.entry(*part).or_default();
                if reached > 0 {
                    file.resize(file.len().max(at + reached), 0);
                    file[*at..at + reached].copy_from_slice(&bytes[..reached]);
                }
            }
            Event::Cut { part, length } => disk.entry(*part).or_default().resize(*length, 0),
            Event::Gone(part) => drop(disk.remove(part)),
            Event::Synced(_) | Event::Acknowledged => {}
        }
    }
    disk
}

#[test]
fn what_was_acknowledged_is_there_whenever_the_power_goes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    moisson!("new", &file, "--template", "spie").done();
    let start = std::fs::read(&file).unwrap();
    let Some(events) = record(&file, &folder.path().join("trace")) else { return };
    let said = events.iter().filter(|event| matches!(event, Event::Acknowledged)).count();
    assert_eq!(said, ACTS, "each act is acknowledged once");
    println!("{} calls recorded", events.len());
    let mut chance = chance();
    let moments = if thorough() { THOROUGH } else { SAMPLE };
    for moment in 0..moments {
        // Every moment in turn where there are enough of them, any moment otherwise.
        let until =
            if moments > events.len() { moment % (events.len() + 1) } else { chance.random_range(0..=events.len()) };
        let before = &events[..until];
        let cut = folder.path().join("coupé.moisson");
        for suffix in ["", "-wal", "-shm"] {
            std::fs::remove_file(folder.path().join(format!("coupé.moisson{suffix}"))).ok();
        }
        for (part, bytes) in disk(&start, before, &mut chance) {
            let suffix = if part == Part::Wal { "-wal" } else { "" };
            std::fs::write(folder.path().join(format!("coupé.moisson{suffix}")), bytes).unwrap();
        }
        // Work goes on in it.
        let told = format!("power gone after call {until} of {}", events.len());
        let mut capture = Command::new("sh");
        capture.args(["-c", "echo 'après la coupure' | \"$0\" capture \"$1\" --workshop 1"]);
        let went_on = run(capture.arg(moisson_cli()).arg(&cut));
        assert_eq!(went_on.code, 0, "{told}: {}", went_on.stderr);
        moisson!("verify", &cut).done();
        let rows = moisson!("dump", &cut, "--entity", "proposal").rows();
        let there: Vec<&str> = rows.iter().map(|row| row["text"].as_str().unwrap()).collect();
        let acts = before.iter().filter(|event| matches!(event, Event::Acknowledged)).count();
        let kept = (0..acts).flat_map(|act| (0..LINES).map(move |number| line(act, number)));
        for words in kept.chain([String::from("après la coupure")]) {
            let count = there.iter().filter(|text| **text == words).count();
            assert_eq!(count, 1, "« {words} », {told}");
        }
    }
}
