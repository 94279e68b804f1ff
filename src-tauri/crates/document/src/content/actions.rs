//! A fiche-action: one page where its text allows.

use super::{Page, action_anchor, cell, names, optional, table, whereabouts};
use crate::{
    figure,
    model::{Block, Run, Text},
    source::{ActionSource, PlanSource, ProposalSource},
    typography::{NBSP, date, euros, month_of},
};
use std::collections::BTreeMap;

/// Words quoted on the page of an action; all are in the annex.
const QUOTED: usize = 3;

pub(crate) fn sheet(page: &mut Page<'_>, source: &PlanSource, action: &ActionSource, trail: &str) {
    let words = page.words;
    page.blocks.push(Block::Action {
        number: action.number.clone(),
        title: crate::typography::printable(&action.title),
        trail: trail.to_owned(),
        anchor: action_anchor(&action.number),
    });
    let time = match (action.starts_on, action.ends_on) {
        (None, None) => vec![Run::muted(words.to_set)],
        (Some(day), None) | (None, Some(day)) => cell(month_of(day, words.french)),
        (Some(from), Some(to)) => cell(format!("{} – {}", month_of(from, words.french), month_of(to, words.french))),
    };
    let priority =
        action.priority.map_or_else(|| vec![Run::muted(words.to_set)], |priority| cell(priority.to_string()));
    let status = action.status.as_deref().map(|word| {
        words.statuses().iter().find(|(name, _)| *name == word).map_or(word, |(_, shown)| shown).to_owned()
    });
    let status = status.map_or_else(|| vec![Run::muted(words.to_set)], cell);
    let audience =
        action.audience.as_ref().map_or_else(|| vec![Run::muted(words.to_set)], |text| cell(crate::rich::plain(text)));
    let mut leads = names(&action.leads, words);
    leads.iter_mut().for_each(|run| run.strong = !run.muted);
    page.blocks.push(Block::Panel {
        items: vec![
            (words.lead.to_owned(), leads),
            (words.territories.to_owned(), names(&action.territories, words)),
            (words.time.to_owned(), time),
            (words.priority.to_owned(), priority),
            (words.partners.to_owned(), names(&action.partners, words)),
            (words.audience.to_owned(), audience),
            (words.themes.to_owned(), names(&action.themes, words)),
            (words.status.to_owned(), status),
        ],
    });
    page.label(words.why);
    page.rich_or(action.reasons.as_deref(), words.none_set);
    if !action.findings.is_empty() {
        page.paragraph(vec![Run::muted(format!("{}{NBSP}: {}", words.findings, action.findings.join(" ; ")))]);
    }
    page.label(words.what);
    page.rich_or(action.description.as_deref(), words.none_set);
    milestones(page, action);
    money(page, action);
    indicators(page, action);
    for (label, texts) in [
        (words.risks, [&action.conditions, &action.risks]),
        (words.governance, [&action.governance, &action.user_involvement]),
    ] {
        if texts.iter().any(|text| text.is_some()) {
            page.label(label);
            texts.into_iter().flatten().for_each(|text| page.rich(text));
        }
    }
    origin(page, source, action);
}

fn milestones(page: &mut Page<'_>, action: &ActionSource) {
    let words = page.words;
    page.label(words.steps);
    let rows = action
        .milestones
        .iter()
        .map(|one| {
            let due = one.due_on.map(|day| date(day, words.french));
            vec![cell(&one.what), optional(one.who.as_ref()), optional(due.as_ref())]
        })
        .collect();
    let columns = [(words.step, 10, false), (words.who, 6, false), (words.due, 5, false)];
    page.table_or(table(words.steps, &columns, rows), words.none_set);
}

fn money(page: &mut Page<'_>, action: &ActionSource) {
    let words = page.words;
    page.label(words.money);
    if let Some(means) = &action.means {
        page.rich(means);
    }
    let mut years: Vec<Option<u32>> = action.fundings.iter().map(|one| one.year).collect();
    years.sort_unstable();
    years.dedup();
    let mut funders: Vec<&String> = Vec::new();
    for one in &action.fundings {
        if !funders.contains(&&one.funder) {
            funders.push(&one.funder);
        }
    }
    let sum = |funder: Option<&String>, year: Option<Option<u32>>| -> i64 {
        let lines = action.fundings.iter();
        let lines = lines.filter(|one| funder.is_none_or(|funder| one.funder == *funder));
        lines.filter(|one| year.is_none_or(|year| one.year == year)).map(|one| one.planned).sum()
    };
    let row = |name: &str, funder: Option<&String>, strong: bool| -> Vec<Text> {
        let amounts = years.iter().map(|year| sum(funder, Some(*year))).chain([sum(funder, None)]);
        let run = |text: String| vec![Run { text, strong, ..Run::default() }];
        std::iter::once(run(name.to_owned())).chain(amounts.map(|cents| run(euros(cents, words.french)))).collect()
    };
    let mut rows: Vec<Vec<Text>> = funders.iter().map(|funder| row(funder, Some(funder), false)).collect();
    if rows.len() > 1 {
        rows.push(row(words.total, None, true));
    }
    let labels: Vec<String> =
        years.iter().map(|year| year.map_or_else(|| words.year_unknown.to_owned(), |year| year.to_string())).collect();
    let mut columns = vec![(words.funder, 9, false)];
    columns.extend(labels.iter().map(|label| (label.as_str(), 4, true)));
    columns.push((words.total, 4, true));
    page.table_or(table(words.money, &columns, rows), words.no_budget);
}

fn indicators(page: &mut Page<'_>, action: &ActionSource) {
    let words = page.words;
    page.label(words.know);
    let rows = action.indicators.iter().map(|one| indicator(one, None)).collect();
    let columns =
        [(words.indicator, 9, false), (words.baseline, 3, true), (words.target, 4, true), (words.source, 8, false)];
    page.table_or(table(words.know, &columns, rows), words.no_indicator);
}

/// A row of indicators, with the number of its action in front where many actions share the table.
pub(crate) fn indicator(one: &crate::source::IndicatorSource, action: Option<&str>) -> Vec<Text> {
    let unit = one.unit.as_deref().map(|unit| format!("{NBSP}{unit}")).unwrap_or_default();
    let target = one.target.as_ref().map(|target| format!("{target}{unit}"));
    let source = [one.source.clone(), one.frequency.clone()];
    let source = source.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let source = Some(source).filter(|source| !source.is_empty());
    let mut row: Vec<Text> = action.map(|number| vec![Run::link(number, action_anchor(number))]).into_iter().collect();
    row.extend([
        cell(&one.name),
        optional(one.baseline.as_ref()),
        optional(target.as_ref()),
        optional(source.as_ref()),
    ]);
    row
}

fn origin(page: &mut Page<'_>, source: &PlanSource, action: &ActionSource) {
    let words = page.words;
    page.label(words.origin);
    let proposals: Vec<&ProposalSource> =
        source.proposals.iter().filter(|one| action.proposals.contains(&one.code)).collect();
    if proposals.is_empty() {
        page.paragraph(vec![Run::muted(words.no_proposal)]);
        return;
    }
    let quote = |one: &&ProposalSource| -> Text {
        let open = if words.french { format!("«{NBSP}") } else { String::from("“") };
        let close = if words.french { format!("{NBSP}»") } else { String::from("”") };
        vec![
            Run::plain(format!("{open}{}{close} ", crate::typography::printable(&one.text))),
            Run::muted(format!("({}, {})", one.code, whereabouts(one, words))),
        ]
    };
    page.list(proposals.iter().take(QUOTED).map(quote).collect());
    if proposals.len() > QUOTED {
        let more = proposals.len() - QUOTED;
        let text = if words.french {
            format!("… et {more} autres{NBSP}: toutes sont dans l’")
        } else {
            format!("… and {more} more: all are in the ")
        };
        let annex = if words.french { "annexe" } else { "annex" };
        page.paragraph(vec![Run::plain(text), Run::link(annex, "annex"), Run::plain(".")]);
    }
    let mut by_place: BTreeMap<&str, f64> = BTreeMap::new();
    for one in &proposals {
        *by_place.entry(one.territory.as_deref().unwrap_or("—")).or_default() += 1.0;
    }
    if by_place.len() > 1 {
        let rows: Vec<(String, f64, String)> =
            by_place.iter().map(|(place, count)| ((*place).to_owned(), *count, count.to_string())).collect();
        let said: Vec<String> = rows.iter().map(|(place, _, count)| format!("{place} {count}")).collect();
        let twin = rows.iter().map(|(place, _, count)| vec![cell(place), cell(count)]).collect();
        let columns = [(words.territory, 4, false), (words.proposals, 2, true)];
        page.blocks.push(Block::Figure {
            small: true,
            svg: figure::small_bars(&rows),
            alt: format!("{} / {}{NBSP}: {}", words.proposals, words.territory, said.join(", ")),
            table: table(words.origin, &columns, twin),
        });
    }
}
