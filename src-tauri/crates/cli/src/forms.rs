//! The plan with others: forms sent and taken back, a plan that exists already, adoption and amendments.

use crate::{
    args::{Cli, Export, Import},
    output::Output,
    world::open,
};
use moisson_workflow::{
    Failure, Session,
    views::{AmendmentFilter, FormDifference, FormTaken, PlanImportAsked},
};
use serde_json::json;
use std::{path::Path, process::ExitCode};

type Done = Result<ExitCode, Failure>;

pub fn send(session: &Session, out: &Output, args: &Export) -> Done {
    let of = args.of.as_deref().unwrap_or_default();
    let of = session.find(None, of)?;
    let names = if args.format.is_empty() { vec![String::from("docx")] } else { args.format.clone() };
    let formats = names.iter().map(|name| session.format(name)).collect::<Result<Vec<_>, _>>()?;
    let report = session.form(of)?.write(&formats, &args.o)?;
    out.result(&report, || report.files.iter().map(|file| file.path.clone()).collect::<Vec<_>>().join("\n"));
    Ok(ExitCode::SUCCESS)
}

/// Takes what a partner wrote. What was changed here since the form was sent, and what is no answer, is told and left.
pub fn take(cli: &Cli, out: &Output, args: &Import) -> Done {
    let mut session = open(cli, &args.file)?;
    let found = session.read_form(&args.input, None)?;
    let all: Vec<&FormDifference> = found.actions.iter().flat_map(|action| &action.differences).collect();
    let (left, good): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.moved || one.problem.is_some());
    let taken: Vec<FormTaken> = good
        .iter()
        .map(|one| FormTaken {
            key: one.key.clone(),
            value: one.theirs.clone(),
            seen: one.current.clone(),
            parts: one.parts.clone(),
        })
        .collect();
    if !args.dry_run && !taken.is_empty() {
        session.take_form(&taken)?;
    }
    let value = json!({ "taken": good, "left": left, "same": found.same, "remarks": found.remarks });
    out.result(&value, || {
        let (took, rest) = (good.len(), left.len());
        let mut lines = vec![out.say(
            format!("{took} reprises, {rest} laissées, {} inchangées", found.same),
            format!("{took} taken, {rest} left, {} unchanged", found.same),
        )];
        lines.extend(found.remarks.iter().cloned());
        for one in &left {
            let why =
                one.problem.clone().unwrap_or_else(|| out.say("modifié ici depuis l’envoi", "changed here since"));
            lines.push(format!("  {} : « {} » ({why})", one.field, one.theirs));
        }
        lines.join("\n")
    });
    Ok(ExitCode::SUCCESS)
}

pub fn plan(cli: &Cli, out: &Output, args: &Import) -> Done {
    let mut session = open(cli, &args.file)?;
    let asked = PlanImportAsked { sheet: args.sheet.clone(), columns: None };
    let report = if args.dry_run {
        session.preview_plan(&args.input, &asked)?
    } else {
        session.import_plan(&args.input, &asked)?
    };
    out.result(&report, || {
        let (made, known) = (report.created, report.known);
        let mut lines = vec![out.say(
            format!(
                "{} axes, {} objectifs, {} actions créés ; {known} actions déjà là",
                made.axes, made.objectives, made.actions
            ),
            format!(
                "{} axes, {} objectives, {} actions created; {known} actions known",
                made.axes, made.objectives, made.actions
            ),
        )];
        for note in &report.notes {
            let (line, reason) = (note.line, &note.reason);
            lines.push(out.say(
                format!("ligne {line}, gardé en remarque : {reason}"),
                format!("line {line}, kept as a remark: {reason}"),
            ));
        }
        lines.join("\n")
    });
    Ok(ExitCode::SUCCESS)
}

pub fn adopt(cli: &Cli, out: &Output, file: &Path, label: Option<&str>) -> Done {
    let mut session = open(cli, file)?;
    let next = session.plan_history(&AmendmentFilter::default())?.next;
    let label = label.unwrap_or(&next);
    let id = session.adopt_plan(label)?;
    out.result(&json!({ "version": label, "id": id }), || {
        out.say(
            format!("Plan adopté : {label}. Ses fiches ne changent plus, sauf par un amendement déclaré (plan amend)."),
            format!("Plan adopted: {label}. Its actions change no more, except by a declared amendment (plan amend)."),
        )
    });
    Ok(ExitCode::SUCCESS)
}

pub fn amend(cli: &Cli, out: &Output, file: &Path, reason: Option<&str>) -> Done {
    let reason = reason.unwrap_or_default();
    let id = open(cli, file)?.amend_plan(reason)?;
    out.result(&json!({ "amendment": id, "reason": reason }), || {
        out.say(
            "Amendement déclaré : le plan peut changer jusqu’à sa prochaine adoption.",
            "Amendment declared: the plan may change until it is adopted again.",
        )
    });
    Ok(ExitCode::SUCCESS)
}
