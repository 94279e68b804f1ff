//! `region`: several démarches side by side, read only.

use crate::{
    args::{Cli, Region, RegionReportName},
    output::Output,
    world::surroundings,
};
use indicatif::{ProgressBar, ProgressStyle};
use moisson_workflow::{
    Failure, Progress, Stop, region,
    views::{Late, RegionFigures, RegionQuestion, RegionReport},
};
use std::process::ExitCode;

/// Asks one question of all the démarches named.
pub fn compare(cli: &Cli, out: &Output, args: &Region) -> Result<ExitCode, Failure> {
    let question = match args.report {
        RegionReportName::Themes => RegionQuestion::Themes,
        RegionReportName::Support => RegionQuestion::Support,
        RegionReportName::Cost => RegionQuestion::Cost,
        RegionReportName::Late => RegionQuestion::Late,
        RegionReportName::Unanswered => RegionQuestion::Unanswered,
        RegionReportName::Likeness => RegionQuestion::Likeness,
    };
    let bar = ProgressBar::new(0).with_style(ProgressStyle::default_bar());
    let report = region(question, &args.sources, &|file| surroundings(cli, file), &mut |Progress { done, total }| {
        bar.set_length(total);
        bar.set_position(done);
        Stop::No
    });
    bar.finish_and_clear();
    let report = report?;
    out.result(&report, || told(out, &report));
    Ok(ExitCode::SUCCESS)
}

fn told(out: &Output, report: &RegionReport) -> String {
    let mut lines: Vec<String> =
        report.rows.iter().map(|row| format!("{} · {}", row.demarche, figures(out, &row.figures))).collect();
    let compared = report.demarches;
    lines.push(match compared {
        1 => out.say("1 démarche lue", "1 process read"),
        _ => out.say(format!("{compared} démarches comparées"), format!("{compared} processes compared")),
    });
    for total in report.totals.iter().filter(|total| !total.name.is_empty()) {
        let (name, count, among) = (&total.name, amount(out, report, total.count), total.demarches);
        lines.push(
            out.say(
                format!("  {name} : {count} ({among} démarches)"),
                format!("  {name}: {count} ({among} démarches)"),
            ),
        );
    }
    let left = |path| out.say(format!("Copie laissée de côté : {path}"), format!("Copy left aside: {path}"));
    lines.extend(report.copies.iter().map(left));
    lines.join("\n")
}

/// Costs are in cents, everything else is counted.
fn amount(out: &Output, report: &RegionReport, count: i64) -> String {
    if report.question == RegionQuestion::Cost { euros(out, count) } else { count.to_string() }
}

fn euros(out: &Output, cents: i64) -> String {
    let (sign, cents) = (if cents < 0 { "-" } else { "" }, cents.unsigned_abs());
    let (euros, cents) = (cents / 100, cents % 100);
    out.say(format!("{sign}{euros},{cents:02} €"), format!("€{sign}{euros}.{cents:02}"))
}

fn figures(out: &Output, figures: &RegionFigures) -> String {
    let none = |name: &str| if name.is_empty() { out.say("sans nom", "without a name") } else { name.to_owned() };
    // One in French is also none.
    let fr = |count: u32, word: &str| format!("{count} {word}{}", if count > 1 { "s" } else { "" });
    let en = |count: u32, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    match figures {
        RegionFigures::Themes { theme, territory, workshops, proposals, clustered } => out.say(
            format!(
                "{theme} · {territory} : {}, {}, {}",
                fr(*proposals, "proposition"),
                fr(*clustered, "rapprochée"),
                fr(*workshops, "atelier")
            ),
            format!(
                "{theme} · {territory}: {}, {clustered} brought together, {}",
                en(*proposals, "proposal"),
                en(*workshops, "atelier")
            ),
        ),
        RegionFigures::Support { theme, proposals, said_again } => out.say(
            format!("{} : {}, redites {said_again} fois", none(theme), fr(*proposals, "proposition")),
            format!("{}: {}, said again {}", none(theme), en(*proposals, "proposal"), en(*said_again, "time")),
        ),
        RegionFigures::Cost { axis, actions, planned } => out.say(
            format!("{} : {}, {} prévus", none(axis), fr(*actions, "action"), euros(out, *planned)),
            format!("{}: {}, {} planned", none(axis), en(*actions, "action"), euros(out, *planned)),
        ),
        RegionFigures::Late { number, action, leads, ends_on, why, .. } => {
            let why = match why {
                Late::End => out.say("échéance passée", "past its last day"),
                Late::Step => out.say("étape en retard", "a step is overdue"),
                Late::Start => out.say("pas commencée", "not begun"),
            };
            let (day, leads) = (ends_on.as_deref().unwrap_or("—"), leads.join(", "));
            format!("{number} {action} ({day}, {why}) {leads}").trim_end().to_owned()
        }
        RegionFigures::Unanswered { proposals, unanswered } => out.say(
            format!("{} sans suite donnée sur {proposals}", fr(*unanswered, "proposition")),
            format!("{unanswered} of {} without an answer", en(*proposals, "proposal")),
        ),
        RegionFigures::Likeness { cluster, other_demarche, other_cluster, score, why, .. } => {
            format!("{cluster} ~ {other_demarche} · {other_cluster} ({score:.2}: {})", why.join(", "))
        }
    }
}
