//! Verbs that bring files in and out.

use crate::{
    args::{Bundle, Cli, Conflicts, Demo, Export, ExportWhat, Merge, Publish, Rule},
    output::Output,
    world::{open, passphrase, read, surroundings},
};
use indicatif::{ProgressBar, ProgressStyle};
use moisson_workflow::{
    Access, BundleOptions, DemoOptions, Failure, Incoming, Kind, Progress, Session, Since, Stop, is_server,
    views::{DocumentKind, ExportReport, SettleRule},
    write_together,
};
use serde_json::json;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

type Done = Result<ExitCode, Failure>;

pub fn bundle(cli: &Cli, out: &Output, args: &Bundle) -> Done {
    let session = read(cli, &args.file)?;
    let workshops =
        args.workshop.iter().map(|name| session.find(Some(Kind::Workshop), name)).collect::<Result<Vec<_>, _>>()?;
    let since = args.since.as_ref().map(|since| {
        let path = PathBuf::from(since);
        if path.exists() { Since::Dossier(path) } else { Since::Digest(since.clone()) }
    });
    let options = BundleOptions {
        workshops: &workshops,
        people: args.with_people,
        since,
        passphrase: passphrase(args.passphrase_file.as_deref())?,
    };
    let report = session.bundle(&args.o, options)?;
    out.result(&report, || {
        let (path, changes) = (&report.path, report.changes);
        out.say(format!("{path} : {changes} modifications"), format!("{path}: {changes} changes"))
    });
    Ok(ExitCode::SUCCESS)
}

pub fn merge(cli: &Cli, out: &Output, args: &Merge) -> Done {
    let mut session = open(cli, &args.file)?;
    let paths: Vec<&Path> = args.dossiers.iter().map(PathBuf::as_path).collect();
    let passphrase = passphrase(args.passphrase_file.as_deref())?;
    let incoming = Incoming { paths: &paths, passphrase: passphrase.as_deref() };
    let bar = ProgressBar::new(0).with_style(ProgressStyle::default_bar());
    let mut progress = |progress: Progress| {
        bar.set_length(progress.total);
        bar.set_position(progress.done);
        Stop::No
    };
    let report = if args.dry_run {
        session.preview_merge(incoming, &mut progress)
    } else {
        session.merge(incoming, &mut progress)
    };
    bar.finish_and_clear();
    let report = report?;
    out.result(&report, || {
        let mut lines = vec![out.say(
            format!(
                "{} modifications nouvelles, {} déjà connues, {} en attente ; {} désaccords nouveaux",
                report.changes_new, report.changes_known, report.changes_waiting, report.conflicts_new
            ),
            format!(
                "{} new changes, {} known, {} waiting; {} new conflicts",
                report.changes_new, report.changes_known, report.changes_waiting, report.conflicts_new
            ),
        )];
        for gap in &report.gaps {
            let (replica, missing, waiting) = (&gap.replica, gap.missing, gap.waiting);
            lines.push(out.say(
                format!("{waiting} modifications attendent {missing} autres de l’ordinateur « {replica} » : demandez-lui son dossier."),
                format!("{waiting} changes wait for {missing} others of laptop “{replica}”: ask for its dossier."),
            ));
        }
        for replica in &report.cloned {
            lines.push(out.say(
                format!("Le fichier de l’ordinateur « {replica} » a été copié et a servi deux fois ; rien n’est perdu."),
                format!("The file of laptop “{replica}” was copied and used twice; nothing is lost."),
            ));
        }
        for (kind, touched) in &report.entities {
            lines.push(format!("{kind:>14}  +{}  ~{}", touched.created, touched.updated));
        }
        lines.join("\n")
    });
    Ok(ExitCode::SUCCESS)
}

pub fn conflicts(cli: &Cli, out: &Output, args: &Conflicts) -> Done {
    if let Some(id) = &args.settle {
        let mut session = open(cli, &args.file)?;
        session.settle_by_id(id, args.keep, args.value.as_deref())?;
        let left = session.conflicts()?.len();
        out.result(&json!({ "settled": id, "conflicts": left }), || {
            out.say(format!("Tranché ; il en reste {left}"), format!("Settled; {left} left"))
        });
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(rule) = args.settle_all {
        let rule = match rule {
            Rule::Mine => SettleRule::Mine,
            Rule::Theirs => SettleRule::Theirs,
            Rule::Latest => SettleRule::Latest,
            Rule::Merged => SettleRule::Merged,
        };
        let (settled, left) = open(cli, &args.file)?.settle_all(rule)?;
        out.result(&json!({ "settled": settled, "conflicts": left }), || {
            out.say(format!("{settled} tranchés ; il en reste {left}"), format!("{settled} settled; {left} left"))
        });
        return Ok(ExitCode::SUCCESS);
    }
    let conflicts = read(cli, &args.file)?.conflicts()?;
    out.result(&conflicts, || {
        let mut lines = Vec::new();
        for conflict in &conflicts {
            lines.push(format!("{}  {}  {}", conflict.id, conflict.kind, conflict.title));
            for (number, version) in (1..).zip(&conflict.versions) {
                lines.push(format!("  {number}. {}  ({})", version.shown, version.replica));
            }
            lines.extend(conflict.offered.iter().map(|text| format!("  = {text}")));
        }
        if lines.is_empty() {
            lines.push(out.say("Aucun désaccord.", "No conflict."));
        }
        lines.join("\n")
    });
    Ok(ExitCode::SUCCESS)
}

pub fn draft(cli: &Cli, out: &Output, file: &Path) -> Done {
    let report = open(cli, file)?.draft_plan()?;
    out.result(&report, || {
        let (actions, proposals) = (report.actions, report.proposals);
        out.say(
            format!("{actions} fiches-actions ébauchées à partir de {proposals} propositions"),
            format!("{actions} actions drafted from {proposals} proposals"),
        )
    });
    Ok(ExitCode::SUCCESS)
}

pub fn check(cli: &Cli, out: &Output, file: &Path) -> Done {
    let session = read(cli, file)?;
    let (plan, all) = (session.plan()?, session.plan_checks()?);
    let actions: Vec<_> = plan
        .axes
        .iter()
        .flat_map(|axis| &axis.objectives)
        .flat_map(|objective| &objective.actions)
        .chain(&plan.loose)
        .filter(|action| !action.gaps.is_empty())
        .collect();
    let value = json!({
        "gaps": plan.gaps, "unanswered": plan.unanswered, "clusters_without_action": plan.clusters.len(),
        "actions": actions.iter().map(|action| json!({
            "id": action.id, "number": action.number, "title": action.title, "gaps": action.gaps,
        })).collect::<Vec<_>>(),
        "complete": all.complete, "checks": all.checks, "adopted": plan.lock,
    });
    out.result(&value, || {
        let rows = all.checks.iter().map(|check| match &check.action {
            Some(action) => format!("{}  {} : {}", action.number, action.title, check.words),
            None => check.words.clone(),
        });
        rows.collect::<Vec<_>>().join("\n")
    });
    Ok(ExitCode::SUCCESS)
}

pub fn export(cli: &Cli, out: &Output, args: &Export) -> Done {
    let session = read(cli, &args.file)?;
    let document = match args.document {
        ExportWhat::Plan => DocumentKind::Plan,
        ExportWhat::Minutes if args.with_names => DocumentKind::MinutesWithNames,
        ExportWhat::Minutes => DocumentKind::Minutes,
        ExportWhat::Agenda => DocumentKind::Agenda,
        ExportWhat::Attendance if args.with_names => DocumentKind::AttendanceFilled,
        ExportWhat::Attendance => DocumentKind::Attendance,
        ExportWhat::Cards => DocumentKind::Cards,
        ExportWhat::Tracking => DocumentKind::Tracking,
        ExportWhat::Slides => DocumentKind::Slides,
        ExportWhat::Annex => DocumentKind::Annex,
        ExportWhat::Invitation => DocumentKind::Invitation,
        ExportWhat::Poster => DocumentKind::Poster,
        ExportWhat::Ballots => DocumentKind::Ballots,
        ExportWhat::Tents => DocumentKind::Tents,
        ExportWhat::Proof => DocumentKind::Proof,
        ExportWhat::Register => DocumentKind::Register,
        ExportWhat::Form => return crate::forms::send(&session, out, args),
        ExportWhat::Person => return person(&session, out, args),
    };
    let mut formats = args.format.iter().map(|name| session.format(name)).collect::<Result<Vec<_>, _>>()?;
    if formats.is_empty() {
        formats.extend(moisson_workflow::formats(document).first());
    }
    let each = |ids: Vec<_>| ids.into_iter().map(Some).collect();
    let workshops: Vec<_> = match (&args.workshop, document) {
        (
            _,
            DocumentKind::Plan
            | DocumentKind::Tracking
            | DocumentKind::Slides
            | DocumentKind::Annex
            | DocumentKind::Proof
            | DocumentKind::Register,
        ) => vec![None],
        (Some(name), _) => vec![Some(session.find(Some(Kind::Workshop), name)?)],
        (None, DocumentKind::Cards) => vec![None],
        (None, DocumentKind::Agenda) => each(session.workshops_with_steps()?),
        (None, DocumentKind::Ballots) => each(session.workshops_with_votes()?),
        (
            None,
            DocumentKind::Attendance
            | DocumentKind::AttendanceFilled
            | DocumentKind::Invitation
            | DocumentKind::Poster
            | DocumentKind::Tents,
        ) => each(session.all_workshops()?),
        (None, _) => each(session.workshops_with_proposals()?),
    };
    let source = |workshop| Ok((session.source(document, workshop)?, formats.clone()));
    let asked = workshops.into_iter().map(source).collect::<Result<Vec<_>, Failure>>()?;
    let report = write_together(&asked, &args.o)?;
    out.result(&report, || written(&report));
    Ok(ExitCode::SUCCESS)
}

/// All that is kept of a participant.
fn person(session: &Session, out: &Output, args: &Export) -> Done {
    let participant = session.find_participant(args.of.as_deref().unwrap_or_default())?;
    let names = if args.format.is_empty() { vec![String::from("pdf")] } else { args.format.clone() };
    let formats = names.iter().map(|name| session.format(name)).collect::<Result<Vec<_>, _>>()?;
    let report = session.person_papers(participant)?.write(&formats, &args.o)?;
    out.result(&report, || written(&report));
    Ok(ExitCode::SUCCESS)
}

/// The files, then what is wrong with the marks of the funders.
fn written(report: &ExportReport) -> String {
    let rows = report.files.iter().map(|file| format!("{}  {} o  {:.0} ms", file.path, file.bytes, file.ms));
    rows.chain(report.notices.iter().map(|notice| format!("! {notice}"))).collect::<Vec<_>>().join("\n")
}

pub fn publish(cli: &Cli, out: &Output, args: &Publish) -> Done {
    let data = read(cli, &args.file)?.source(DocumentKind::OpenData, None)?;
    let report = match args.open_data.to_str().filter(|address| is_server(address)) {
        Some(address) => {
            let access = Access::from_variables(|name| std::env::var(name).ok());
            data.deposit(address, &access, &|| false)?
        }
        None => data.unpack(&args.open_data)?,
    };
    out.result(&report, || written(&report));
    Ok(ExitCode::SUCCESS)
}

pub fn demo(cli: &Cli, out: &Output, args: &Demo) -> Done {
    let options = DemoOptions {
        proposals: args.proposals,
        workshops: args.workshops,
        seed: cli.seed.unwrap_or(2022),
        language: cli.lang(),
    };
    let report = moisson_workflow::demo(&args.folder, &options)?;
    out.result(&report, || {
        let lines = report.files.iter().chain(&report.dossiers).cloned();
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(ExitCode::SUCCESS)
}

pub fn backup(cli: &Cli, out: &Output, file: &Path, folder: Option<&Path>) -> Done {
    let report = read(cli, file)?.backup(folder)?;
    out.result(&report, || report.path.clone());
    Ok(ExitCode::SUCCESS)
}

pub fn protect(cli: &Cli, out: &Output, file: &Path, words: Option<&Path>) -> Done {
    let words = passphrase(words)?;
    let report = moisson_workflow::protect(file, words.as_deref(), None, &mut surroundings(cli, file))?;
    out.result(&report, || {
        let (path, copies) = (file.display(), report.copies);
        let done = match words {
            Some(_) => out.say(
                format!("{path} et {copies} de ses copies ne s’ouvrent plus qu’avec la phrase secrète."),
                format!("{path} and {copies} of its copies open with the passphrase alone."),
            ),
            None => out.say(
                format!("{path} et {copies} de ses copies s’ouvrent sans phrase secrète."),
                format!("{path} and {copies} of its copies open without a passphrase."),
            ),
        };
        let left = report.left.iter().map(|copy| out.say("Reste comme elle était : ", "Left as it was: ") + &copy.why);
        std::iter::once(done).chain(left).collect::<Vec<_>>().join("\n")
    });
    Ok(ExitCode::SUCCESS)
}

pub fn restore(cli: &Cli, out: &Output, backup: &Path, file: &Path) -> Done {
    let info = Session::restore(backup, file, surroundings(cli, file))?.info()?;
    out.result(&info, || {
        let path = file.display();
        out.say(
            format!("Démarche « {} » rétablie : {path}", info.title),
            format!("Démarche “{}” restored: {path}", info.title),
        )
    });
    Ok(ExitCode::SUCCESS)
}

pub fn recover(cli: &Cli, out: &Output, damaged: &Path, backups: Option<&Path>, file: &Path) -> Done {
    let (_, report) = Session::recover(damaged, backups, file, surroundings(cli, file))?;
    out.result(&report, || {
        let (path, found, spoiled) = (&report.path, report.found, report.spoiled);
        let (more, waiting) = (report.not_in_backup, report.waiting);
        let from = report.backup.clone().unwrap_or_else(|| out.say("aucune sauvegarde", "no backup"));
        out.say(
            format!(
                "{path} : {found} modifications retrouvées, dont {more} qui manquaient à la sauvegarde ({from}) ; \
                 {spoiled} illisibles, {waiting} en attente"
            ),
            format!(
                "{path}: {found} changes found, of which {more} were not in the backup ({from}); \
                 {spoiled} unreadable, {waiting} waiting"
            ),
        )
    });
    Ok(ExitCode::SUCCESS)
}
