//! What the plan says as a whole: who does what when, the calendar, the money, the indicators.

use super::{Page, action_anchor, actions::indicator, cell, names, plan::all_actions, table};
use crate::{
    figure,
    model::{Block, Run, Table, Text},
    source::{ActionSource, AxisSource, PlanSource},
    typography::{NBSP, euros, month_of},
    words::Words,
};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn all(page: &mut Page<'_>, source: &PlanSource) {
    let words = page.words;
    page.heading(1, words.annex_tables);
    page.heading(2, words.by_lead);
    let mut by_lead: Vec<&ActionSource> = all_actions(source).collect();
    by_lead.sort_by_key(|action| {
        (action.leads.first().cloned().unwrap_or_else(|| String::from("\u{10ffff}")), action.ends_on)
    });
    let rows = by_lead
        .into_iter()
        .map(|action| vec![names(&action.leads, words), link(action), cell(&action.title), ends(action, words)])
        .collect();
    let columns = [(words.lead, 6, false), (words.code, 2, false), (words.action, 12, false), (words.due, 5, false)];
    page.table_or(table(words.by_lead, &columns, rows), words.no_action);

    page.heading(2, words.calendar);
    calendar(page, source);

    page.heading(2, words.budget);
    budget(page, source);

    page.heading(2, words.indicators);
    let rows = all_actions(source)
        .flat_map(|action| action.indicators.iter().map(|one| indicator(one, Some(&action.number))))
        .collect();
    let columns = [
        (words.code, 2, false),
        (words.indicator, 10, false),
        (words.baseline, 3, true),
        (words.target, 4, true),
        (words.source, 6, false),
    ];
    page.table_or(table(words.indicators, &columns, rows), words.no_indicator);

    page.heading(1, words.follow_up);
    page.prose(words.follow_up_text);

    page.heading(1, words.became);
    let taken = source.proposals.iter().filter(|one| !one.actions.is_empty()).count();
    let waiting = source.proposals.len() - taken;
    let rows = [(words.taken_up, taken), (words.waiting, waiting)];
    let rows = rows.into_iter().map(|(label, count)| vec![cell(label), cell(count.to_string())]).collect();
    let columns = [(words.outcome, 8, false), (words.proposals, 4, true)];
    page.table_or(table(words.became, &columns, rows), words.no_proposal);
}

/// The actions of an axis at a glance, objective by objective.
pub(crate) fn overview(axis: &AxisSource, words: &Words) -> Table {
    let mut rows: Vec<Vec<Text>> = Vec::new();
    for objective in &axis.objectives {
        let strong = |text: &str| vec![Run::strong(text)];
        rows.push(vec![strong(&objective.number), strong(&objective.title), cell(""), cell("")]);
        rows.extend(
            objective.actions.iter().map(|action| {
                vec![link(action), cell(&action.title), names(&action.leads, words), ends(action, words)]
            }),
        );
    }
    let columns = [(words.code, 2, false), (words.action, 12, false), (words.lead, 6, false), (words.due, 5, false)];
    table(&axis.title, &columns, rows)
}

fn ends(action: &ActionSource, words: &Words) -> Text {
    action.ends_on.map_or_else(|| vec![Run::muted("—")], |day| cell(month_of(day, words.french)))
}

fn link(action: &ActionSource) -> Text {
    vec![Run::link(&action.number, action_anchor(&action.number))]
}

fn month_index(day: NaiveDate) -> i32 {
    day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0)
}

fn calendar(page: &mut Page<'_>, source: &PlanSource) {
    let words = page.words;
    let dated: Vec<(&ActionSource, NaiveDate, NaiveDate)> = all_actions(source)
        .filter_map(|action| {
            let from = action.starts_on.or(action.ends_on)?;
            Some((action, from, action.ends_on.unwrap_or(from).max(from)))
        })
        .collect();
    let (Some(first), Some(last)) = (dated.iter().map(|row| row.1).min(), dated.iter().map(|row| row.2).max()) else {
        page.paragraph(vec![Run::muted(words.no_date)]);
        return;
    };
    let start = month_index(first);
    let count = (month_index(last) - start + 1).clamp(1, 240);
    let months: Vec<String> = (0..count)
        .filter_map(|offset| {
            let index = start + offset;
            let day = NaiveDate::from_ymd_opt(index.div_euclid(12), u32::try_from(index.rem_euclid(12)).ok()? + 1, 1)?;
            Some(format!("{:02}/{}", day.month(), day.year()))
        })
        .collect();
    let offset = |day: NaiveDate| u32::try_from((month_index(day) - start).clamp(0, count - 1)).unwrap_or(0);
    // A page holds about thirty rows: longer calendars go on in a second figure.
    for (part, chunk) in dated.chunks(28).enumerate() {
        let rows: Vec<(String, u32, u32)> = chunk
            .iter()
            .map(|(action, from, to)| (format!("{} {}", action.number, action.title), offset(*from), offset(*to)))
            .collect();
        let twin = chunk
            .iter()
            .map(|(action, from, to)| {
                vec![
                    link(action),
                    cell(&action.title),
                    cell(month_of(*from, words.french)),
                    cell(month_of(*to, words.french)),
                ]
            })
            .collect();
        let columns =
            [(words.code, 2, false), (words.action, 10, false), (words.time, 4, false), (words.due, 4, false)];
        let part = if part > 0 { format!(" ({})", part + 1) } else { String::new() };
        page.blocks.push(Block::Figure {
            small: false,
            svg: figure::calendar(&rows, &months),
            alt: format!(
                "{}{part}{NBSP}: {} – {}",
                words.calendar,
                month_of(first, words.french),
                month_of(last, words.french)
            ),
            table: table(words.calendar, &columns, twin),
        });
    }
}

fn budget(page: &mut Page<'_>, source: &PlanSource) {
    let words = page.words;
    let mut lines: BTreeMap<&str, BTreeMap<Option<u32>, i64>> = BTreeMap::new();
    for one in all_actions(source).flat_map(|action| &action.fundings) {
        *lines.entry(&one.funder).or_default().entry(one.year).or_default() += one.planned;
    }
    let years: BTreeSet<Option<u32>> = lines.values().flat_map(BTreeMap::keys).copied().collect();
    let labels: Vec<String> =
        years.iter().map(|year| year.map_or_else(|| words.year_unknown.to_owned(), |year| year.to_string())).collect();
    let mut columns = vec![(words.funder, 8, false)];
    columns.extend(labels.iter().map(|label| (label.as_str(), 4, true)));
    columns.push((words.total, 4, true));
    let amount = |cents: i64, strong: bool| vec![Run { text: euros(cents, words.french), strong, ..Run::default() }];
    let mut rows: Vec<Vec<Text>> = Vec::new();
    for (funder, amounts) in &lines {
        let mut row = vec![cell(funder)];
        row.extend(years.iter().map(|year| amount(amounts.get(year).copied().unwrap_or_default(), false)));
        row.push(amount(amounts.values().sum(), true));
        rows.push(row);
    }
    if rows.len() > 1 {
        let of = |year: &Option<u32>| lines.values().filter_map(|amounts| amounts.get(year)).sum();
        let mut row = vec![vec![Run::strong(words.total)]];
        row.extend(years.iter().map(|year| amount(of(year), true)));
        row.push(amount(lines.values().flat_map(BTreeMap::values).sum(), true));
        rows.push(row);
    }
    page.table_or(table(words.budget, &columns, rows), words.no_budget);
}
