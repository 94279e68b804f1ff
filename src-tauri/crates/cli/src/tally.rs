//! `tally`: counts a vote from a file; needs no démarche.

use crate::{args::Tally, output::Output};
use moisson_workflow::{
    Failure,
    tally::{self, Method, Satisfaction, Settings, SharingRule, TallyError, Weight, read},
};
use std::process::ExitCode;

pub fn tally(out: &Output, args: &Tally) -> Result<ExitCode, Failure> {
    let method: Method = args.method.parse()?;
    let bytes = std::fs::read(&args.input).map_err(|source| Failure::Io { path: args.input.clone(), source })?;
    let mut election = read::election(&bytes, method)?;
    if args.seats.is_some() {
        election.settings.seats = args.seats;
    }
    for option in &args.options {
        set(&mut election.settings, option)
            .ok_or_else(|| TallyError::Input { line: 0, detail: format!("--option {option}") })?;
    }
    let outcome = tally::tally(method, &election)?;
    let label = |id: &String| {
        let option = election.options.iter().find(|option| option.id == *id);
        option.and_then(|option| option.label.clone()).unwrap_or_else(|| id.clone())
    };
    out.result(&outcome, || {
        let mut lines = Vec::new();
        let mut place = 1;
        for rank in &outcome.ranking {
            let names: Vec<String> = rank.iter().map(label).collect();
            lines.push(format!("{place:>3}. {}", names.join(" = ")));
            place += rank.len();
        }
        lines.push(out.say(
            format!("{} bulletins, {} nuls", outcome.ballots, outcome.invalid),
            format!("{} ballots, {} invalid", outcome.ballots, outcome.invalid),
        ));
        lines.join("\n")
    });
    Ok(ExitCode::SUCCESS)
}

/// Changes the setting that `name=value` says; none where it says no setting.
fn set(settings: &mut Settings, option: &str) -> Option<()> {
    let (name, value) = option.split_once('=')?;
    match name {
        "grades" => settings.grades = value.parse().ok()?,
        "points" => settings.points = value.parse().ok()?,
        "max_per_option" => settings.max_per_option = Some(value.parse().ok()?),
        "max_choices" => settings.max_choices = Some(value.parse().ok()?),
        "min" => settings.min = value.parse().ok()?,
        "max" => settings.max = Some(value.parse().ok()?),
        "quorum" => settings.quorum = Some(value.parse().ok()?),
        "prior" => settings.prior = Weight::parse(value)?,
        "groups" => settings.groups = Some(value.parse().ok().filter(|groups| (1..=20).contains(groups))?),
        "present" => settings.present = Some(value.parse().ok()?),
        "budget" => settings.budget = Some(Weight::parse(value)?),
        "rule" => {
            settings.rule = Some(match value {
                "mes" => SharingRule::Mes,
                "greedy" => SharingRule::Greedy,
                "pav" => SharingRule::Pav,
                "seq-pav" => SharingRule::SeqPav,
                _ => return None,
            });
        }
        "satisfaction" => {
            settings.satisfaction = match value {
                "cost" => Satisfaction::Cost,
                "cardinality" => Satisfaction::Cardinality,
                _ => return None,
            }
        }
        _ => return None,
    }
    Some(())
}
