//! Verbs on one démarche.

use crate::{
    args::{Capture, Cli, Import, ImportWhat, New},
    output::Output,
    world::{open, passphrase, read, surroundings},
};
use moisson_workflow::{
    Failure, ImportOptions, Kind, Session,
    views::{self, ImportKind},
};
use serde::Deserialize;
use serde_json::json;
use std::{io::BufRead, path::Path, process::ExitCode};

type Done = Result<ExitCode, Failure>;

pub fn new(cli: &Cli, out: &Output, args: &New) -> Done {
    let name = || args.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let replica = args.replica.clone().unwrap_or_else(name);
    let world = surroundings(cli, &args.file);
    let session = match &args.from {
        Some(dossier) => {
            let passphrase = passphrase(args.passphrase_file.as_deref())?;
            Session::create_from_dossier(&args.file, dossier, passphrase.as_deref(), &replica, world)?
        }
        None => Session::new_process(&args.file, args.template.parse()?, args.title.as_deref(), &replica, world)?,
    };
    let info = session.info()?;
    out.result(&info, || {
        let path = args.file.display();
        out.say(
            format!("Démarche « {} » créée : {path}", info.title),
            format!("Démarche “{}” made: {path}", info.title),
        )
    });
    Ok(ExitCode::SUCCESS)
}

pub fn info(cli: &Cli, out: &Output, file: &Path) -> Done {
    let info = read(cli, file)?.info()?;
    out.result(&info, || {
        let mut lines = vec![
            info.title.clone(),
            out.say(
                format!("Ordinateurs : {}", info.replicas.join(", ")),
                format!("Laptops: {}", info.replicas.join(", ")),
            ),
            out.say(
                format!("{} modifications, {} en attente, {} désaccords", info.changes, info.waiting, info.conflicts),
                format!("{} changes, {} waiting, {} conflicts", info.changes, info.waiting, info.conflicts),
            ),
        ];
        lines.extend(info.entities.iter().map(|(kind, count)| format!("{count:>8}  {kind}")));
        lines.join("\n")
    });
    Ok(ExitCode::SUCCESS)
}

pub fn import(cli: &Cli, out: &Output, args: &Import) -> Done {
    let kind = match args.what {
        ImportWhat::Proposals => ImportKind::Proposals,
        ImportWhat::Participants => ImportKind::Participants,
        ImportWhat::Findings => ImportKind::Findings,
        ImportWhat::Organisations => ImportKind::Organisations,
        ImportWhat::Form => return crate::forms::take(cli, out, args),
        ImportWhat::Plan => return crate::forms::plan(cli, out, args),
    };
    let mut session = open(cli, &args.file)?;
    let workshop = args.workshop.as_deref().map(|name| session.find(Some(Kind::Workshop), name)).transpose()?;
    let report = session.import(&args.input, ImportOptions { kind, workshop, keep: !args.dry_run })?;
    out.result(&report, || {
        let mut lines = vec![out.say(
            format!("{} créées, {} déjà là, {} refusées", report.created, report.known, report.rejected.len()),
            format!("{} created, {} known, {} rejected", report.created, report.known, report.rejected.len()),
        )];
        for row in &report.rejected {
            let (line, reason) = (row.line, &row.reason);
            lines.push(out.say(format!("ligne {line} : {reason}"), format!("line {line}: {reason}")));
        }
        if !report.unknown.is_empty() {
            let names = report.unknown.join(" · ");
            lines.push(out.say(
                format!("Gardé tel quel, inconnu ici : {names}"),
                format!("Kept as written, unknown here: {names}"),
            ));
        }
        lines.join("\n")
    });
    Ok(ExitCode::SUCCESS)
}

/// A proposal as a JSON line; references by id, prefix or name.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Line {
    text: String,
    table: Option<u32>,
    theme: Option<String>,
    organisation: Option<String>,
    group: Option<String>,
    finding: Option<String>,
    origin: Option<String>,
    card_number: Option<u32>,
}

pub fn capture(cli: &Cli, out: &Output, args: &Capture) -> Done {
    let mut session = open(cli, &args.file)?;
    let workshop = session.find(Some(Kind::Workshop), &args.workshop)?;
    let mut ids = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|source| Failure::Io { path: "stdin".into(), source })?;
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let read: Line = if line.starts_with('{') {
            serde_json::from_str(line).unwrap_or_else(|_| Line { text: line.to_owned(), ..Line::default() })
        } else {
            Line { text: line.to_owned(), ..Line::default() }
        };
        let find = |kind, name: &Option<String>| name.as_deref().map(|name| session.find(Some(kind), name)).transpose();
        let theme = read.theme.or_else(|| args.theme.clone());
        let capture = views::Capture {
            text: read.text,
            table: read.table,
            finding: find(Kind::Finding, &read.finding)?,
            theme: find(Kind::Theme, &theme)?,
            organisation: find(Kind::Organisation, &read.organisation)?,
            group: find(Kind::Group, &read.group)?,
            origin: read.origin,
            card_number: read.card_number,
        };
        ids.extend(session.capture(workshop, &capture)?);
    }
    out.result(&json!({ "created": ids.len(), "ids": ids }), || match ids.len() {
        1 => out.say(String::from("1 proposition notée"), String::from("1 proposal noted")),
        count => out.say(format!("{count} propositions notées"), format!("{count} proposals noted")),
    });
    Ok(ExitCode::SUCCESS)
}

pub fn digest(cli: &Cli, out: &Output, file: &Path) -> Done {
    let digest = read(cli, file)?.digest()?;
    out.result(&json!({ "digest": digest }), || digest.clone());
    Ok(ExitCode::SUCCESS)
}

pub fn diagnostic(cli: &Cli, out: &Output, file: &Path) -> Done {
    let figures = json!({ "moisson": env!("CARGO_PKG_VERSION"), "demarche": read(cli, file)?.diagnostic()? });
    out.result(&figures, || serde_json::to_string_pretty(&figures).unwrap_or_default());
    Ok(ExitCode::SUCCESS)
}

pub fn verify(cli: &Cli, out: &Output, file: &Path) -> Done {
    let report = read(cli, file)?.verify()?;
    let sound = report.problems.is_empty();
    let value = json!({
        "sound": sound, "changes": report.changes, "entities": report.entities, "problems": report.problems,
    });
    out.result(&value, || {
        out.say(
            format!("{} modifications, {} entités vérifiées", report.changes, report.entities),
            format!("{} changes, {} entities verified", report.changes, report.entities),
        )
    });
    if sound {
        return Ok(ExitCode::SUCCESS);
    }
    for problem in &report.problems {
        eprintln!("{} : {problem}", file.display());
    }
    Ok(ExitCode::from(1))
}

pub fn dump(cli: &Cli, out: &Output, file: &Path, entity: Option<&str>) -> Done {
    read(cli, file)?.dump(entity, |object| out.line(&object.to_string()))?;
    Ok(ExitCode::SUCCESS)
}

pub fn search(cli: &Cli, out: &Output, file: &Path, query: &str, limit: u32) -> Done {
    for hit in read(cli, file)?.search(query, limit)? {
        out.result(&hit, || format!("{}  {}  {}", hit.id, hit.kind, hit.text));
    }
    Ok(ExitCode::SUCCESS)
}

pub fn undo(cli: &Cli, out: &Output, file: &Path, list: bool) -> Done {
    if list {
        let history = read(cli, file)?.history()?;
        out.result(&history, || {
            let rows = history.acts.iter().map(|act| format!("{}  {}  {}", act.id, act.label, act.subject));
            rows.collect::<Vec<_>>().join("\n")
        });
        return Ok(ExitCode::SUCCESS);
    }
    let report = open(cli, file)?.undo()?;
    out.result(&report, || {
        let (label, subject) = (&report.act.label, &report.act.subject);
        out.say(format!("Annulé : {label} « {subject} »"), format!("Undone: {label} “{subject}”"))
    });
    Ok(ExitCode::SUCCESS)
}

pub fn redo(cli: &Cli, out: &Output, file: &Path) -> Done {
    let report = open(cli, file)?.redo()?;
    out.result(&report, || {
        let (label, subject) = (&report.act.label, &report.act.subject);
        out.say(format!("Refait : {label} « {subject} »"), format!("Done again: {label} “{subject}”"))
    });
    Ok(ExitCode::SUCCESS)
}

pub fn redact(cli: &Cli, out: &Output, file: &Path, (reference, field, reason): (&String, &String, &String)) -> Done {
    let mut session = open(cli, file)?;
    let entity = session.find(None, reference)?;
    let report = session.redact(entity, field, reason, None)?;
    out.result(&report, || {
        let mut lines = vec![out.say(
            format!("Passage retiré de {} modifications, ici et partout où la démarche fusionnera.", report.changes),
            format!("Passage withdrawn from {} changes, here and wherever the process merges.", report.changes),
        )];
        lines.extend(copies(out, &report.copies));
        lines.join("\n")
    });
    Ok(ExitCode::SUCCESS)
}

pub fn forget(cli: &Cli, out: &Output, file: &Path, participant: &str, redact_quotes: bool) -> Done {
    let mut session = open(cli, file)?;
    let participant = session.find_participant(participant)?;
    let confirmed: Vec<_> = if redact_quotes {
        session.quotes(participant)?.into_iter().map(|quote| (quote.entity, quote.field)).collect()
    } else {
        Vec::new()
    };
    let report = session.forget(participant, &confirmed, None)?;
    out.result(&report, || {
        let (redacted, left) = (report.redacted, report.left.len());
        let mut lines = vec![out.say(
            format!("Participant oublié ; {redacted} textes ont perdu son nom, {left} le citent encore."),
            format!("Participant forgotten; {redacted} texts lost the name, {left} still quote it."),
        )];
        lines.extend(report.left.iter().map(|quote| format!("  {}  {}  {}", quote.entity, quote.field, quote.text)));
        lines.extend(copies(out, &report.copies));
        lines.join("\n")
    });
    Ok(ExitCode::SUCCESS)
}

pub fn forget_everyone(cli: &Cli, out: &Output, file: &Path) -> Done {
    let report = open(cli, file)?.forget_everyone(None)?;
    out.result(&report, || {
        let (people, quotes) = (report.people, report.quotes);
        let mut lines = vec![out.say(
            format!("{people} participants oubliés ; {quotes} textes en citent encore."),
            format!("{people} participants forgotten; {quotes} texts still quote one."),
        )];
        lines.extend(copies(out, &report.copies));
        lines.join("\n")
    });
    Ok(ExitCode::SUCCESS)
}

/// Backups that still hold what was withdrawn.
fn copies(out: &Output, copies: &[String]) -> Vec<String> {
    let say = |path| out.say(format!("À supprimer vous-même : {path}"), format!("To delete yourself: {path}"));
    copies.iter().map(say).collect()
}

pub fn history(cli: &Cli, out: &Output, file: &Path, reference: Option<&str>, table: Option<&Path>) -> Done {
    let session = read(cli, file)?;
    if let Some(path) = table {
        let lines = session.export_history(path)?;
        out.result(&json!({ "path": path, "lines": lines }), || path.display().to_string());
        return Ok(ExitCode::SUCCESS);
    }
    let entity = reference.map(|name| session.find(None, name)).transpose()?;
    session.trail(entity, |row| {
        out.result(row, || {
            let text = |key: &str| row[key].as_str().unwrap_or_default();
            let mut line = format!("{}  {}  {}  {}", text("at"), text("replica"), text("author"), text("label"));
            for (field, values) in row["fields"].as_object().into_iter().flatten() {
                line.push_str(&format!("\n    {field} : {} → {}", values["before"], values["after"]));
            }
            line
        });
    })?;
    Ok(ExitCode::SUCCESS)
}
