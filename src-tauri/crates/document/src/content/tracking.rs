//! The tableau de suivi: actions, steps, indicators, money, proposals, each on a sheet that goes on being filled in.

use super::{annex_book::proposals, book_meta, plan::all_actions};
use crate::{
    model::{Book, Cell, Chart, Column, Holds, Mark, Sheet},
    source::{ActionSource, PlanSource},
    typography::NBSP,
    words::{Words, words},
};
use std::collections::{BTreeMap, BTreeSet};

/// Lists that cells choose from, in the order of the tab that holds them.
const STATUS: usize = 0;
const LEADS: usize = 1;
const KINDS: usize = 2;
const NATURES: usize = 3;
const STATES: usize = 4;

/// Composes the workbook.
#[must_use]
pub fn tracking(source: &PlanSource) -> Book {
    let words = words(&source.frame.language);
    let title = format!("{}{NBSP}: {}", words.tracking, source.title);
    let read_me =
        [words.tracking_1, words.tracking_2, words.tracking_3, words.tracking_4, words.tracking_5, words.tracking_6];
    Book {
        meta: book_meta(&source.frame, words, &title),
        read_me: read_me.map(str::to_owned).to_vec(),
        read_me_name: words.read_me.to_owned(),
        lists: vec![
            (words.status.to_owned(), words.statuses().map(|(_, word)| word.to_owned()).to_vec()),
            (words.lead.to_owned(), structures(source)),
            (words.sort.to_owned(), words.indicator_kinds().map(|(_, word)| word.to_owned()).to_vec()),
            (words.nature.to_owned(), words.funding_kinds().map(|(_, word)| word.to_owned()).to_vec()),
            (words.funding_state.to_owned(), words.funding_states().map(|(_, word)| word.to_owned()).to_vec()),
        ],
        lists_name: words.lists.to_owned(),
        sheets: vec![
            actions(source, words),
            steps(source, words),
            indicators(source, words),
            budget(source, words),
            by_funder(source, words),
            proposals(source, words),
        ],
    }
}

pub(super) fn column(heading: &str, width: u16, holds: Holds) -> Column {
    Column { heading: heading.to_owned(), width, holds, mark: Mark::None }
}

fn structures(source: &PlanSource) -> Vec<String> {
    let named = all_actions(source).flat_map(|action| action.leads.iter().chain(&action.partners));
    let all: BTreeSet<&String> = source.organisations.iter().chain(named).collect();
    all.into_iter().cloned().collect()
}

/// The word of a list for a word of the journal, which is shown as it is where the list does not know it.
fn shown(list: &[(&str, &str)], word: Option<&String>) -> Cell {
    let known = word.map(|word| list.iter().find(|(name, _)| name == word).map_or(word.as_str(), |(_, shown)| *shown));
    Cell::words(known)
}

/// Each action with its axis and objective, in the order of the plan.
fn placed(source: &PlanSource) -> Vec<(String, String, &ActionSource)> {
    let mut rows = Vec::new();
    for axis in &source.axes {
        for objective in &axis.objectives {
            for action in &objective.actions {
                let axis = format!("{} {}", axis.number, axis.title);
                rows.push((axis, format!("{} {}", objective.number, objective.title), action));
            }
        }
    }
    rows.extend(source.loose.iter().map(|action| (String::new(), String::new(), action)));
    rows
}

fn actions(source: &PlanSource, words: &Words) -> Sheet {
    let statuses = words.statuses();
    let say = |names: &[&str]| -> Vec<String> {
        statuses.iter().filter(|(word, _)| names.contains(word)).map(|(_, shown)| (*shown).to_owned()).collect()
    };
    let (warn, good, over) = (say(&["late", "blocked", "paused"]), say(&["done"]), say(&["done", "dropped"]));
    let state = 9;
    let mut columns = vec![
        column(words.code, 8, Holds::Words),
        column(words.action, 42, Holds::Words),
        column(words.axis, 24, Holds::Words),
        column(words.objective, 24, Holds::Words),
        column(words.themes, 18, Holds::Words),
        column(words.territories, 16, Holds::Words),
        column(words.lead, 20, Holds::OneOf(LEADS)),
        column(words.partners, 24, Holds::Words),
        column(words.priority, 9, Holds::Count),
        column(words.status, 13, Holds::OneOf(STATUS)),
        column(words.progress, 12, Holds::Share),
        column(words.begins, 12, Holds::Day),
        column(words.ends, 12, Holds::Day),
        column(words.planned, 14, Holds::Money),
        column(words.spent, 14, Holds::Money),
        column(words.comment, 30, Holds::Words),
    ];
    columns[state].mark = Mark::Words { warn, good };
    columns[10].mark = Mark::Bar;
    columns[12].mark = Mark::Late { until: state, words: over };
    let budget = words.budget_sheet;
    let sum = |of: char, row: usize| format!("=SUMIFS({budget}!${of}:${of},{budget}!$A:$A,$A{row})");
    let row = |(index, (axis, objective, action)): (usize, &(String, String, &ActionSource))| {
        let row = index + 2;
        let planned = action.fundings.iter().map(|one| one.planned).sum();
        let spent = action.fundings.iter().filter_map(|one| one.actual).sum();
        vec![
            Cell::words(Some(&action.number)),
            Cell::words(Some(&action.title)),
            Cell::words(Some(axis)),
            Cell::words(Some(objective)),
            Cell::words(Some(&action.themes.join(", "))),
            Cell::words(Some(&action.territories.join(", "))),
            Cell::words(Some(&action.leads.join(", "))),
            Cell::words(Some(&action.partners.join(", "))),
            Cell::count(action.priority),
            shown(&statuses, action.status.as_ref()),
            Cell::Share(action.progress.unwrap_or(0)),
            Cell::day(action.starts_on),
            Cell::day(action.ends_on),
            Cell::Sum(sum('F', row), planned),
            Cell::Sum(sum('G', row), spent),
            Cell::Empty,
        ]
    };
    Sheet {
        name: words.actions.to_owned(),
        key: words.actions_key.to_owned(),
        about: words.actions_about.to_owned(),
        rows: placed(source).iter().enumerate().map(row).collect(),
        columns,
        held: 2,
        ..Sheet::default()
    }
}

/// Number and title of the action that a row is of.
fn of_action(action: &ActionSource) -> [Cell; 2] {
    [Cell::words(Some(&action.number)), Cell::words(Some(&action.title))]
}

fn steps(source: &PlanSource, words: &Words) -> Sheet {
    let mut columns = vec![
        column(words.code, 8, Holds::Words),
        column(words.action, 36, Holds::Words),
        column(words.step, 44, Holds::Words),
        column(words.who, 22, Holds::Words),
        column(words.due, 12, Holds::Day),
        column(words.done_on, 12, Holds::Day),
        column(words.comment, 30, Holds::Words),
    ];
    columns[4].mark = Mark::Late { until: 5, words: Vec::new() };
    let mut rows = Vec::new();
    for action in all_actions(source) {
        for one in &action.milestones {
            let mut row = of_action(action).to_vec();
            row.extend([
                Cell::words(Some(&one.what)),
                Cell::words(one.who.as_deref()),
                Cell::day(one.due_on),
                Cell::day(one.done_on),
                Cell::Empty,
            ]);
            rows.push(row);
        }
    }
    Sheet {
        name: words.steps.to_owned(),
        key: words.steps_key.to_owned(),
        about: words.steps_about.to_owned(),
        columns,
        rows,
        held: 1,
        ..Sheet::default()
    }
}

fn indicators(source: &PlanSource, words: &Words) -> Sheet {
    let columns = vec![
        column(words.code, 8, Holds::Words),
        column(words.action, 32, Holds::Words),
        column(words.indicator, 36, Holds::Words),
        column(words.sort, 14, Holds::OneOf(KINDS)),
        column(words.unit, 12, Holds::Words),
        column(words.baseline, 12, Holds::Words),
        column(words.target, 12, Holds::Words),
        column(words.source, 24, Holds::Words),
        column(words.frequency, 16, Holds::Words),
        column(words.last_value, 14, Holds::Words),
        column(words.measured_on, 12, Holds::Day),
        column(words.comment, 26, Holds::Words),
    ];
    let kinds = words.indicator_kinds();
    let mut rows = Vec::new();
    for action in all_actions(source) {
        for one in &action.indicators {
            let mut row = of_action(action).to_vec();
            row.extend([
                Cell::words(Some(&one.name)),
                shown(&kinds, one.kind.as_ref()),
                Cell::words(one.unit.as_deref()),
                number(one.baseline.as_deref()),
                number(one.target.as_deref()),
                Cell::words(one.source.as_deref()),
                Cell::words(one.frequency.as_deref()),
                number(one.value.as_deref()),
                Cell::day(one.measured_on),
                Cell::Empty,
            ]);
            rows.push(row);
        }
    }
    Sheet {
        name: words.indicators.to_owned(),
        key: words.indicators_key.to_owned(),
        about: words.indicators_about.to_owned(),
        columns,
        rows,
        held: 1,
        ..Sheet::default()
    }
}

/// A whole number where the text is one, so that it can be reckoned with.
fn number(text: Option<&str>) -> Cell {
    let whole = text.map(str::trim).filter(|text| text.len() < 15).and_then(|text| text.parse::<i64>().ok());
    whole.map_or_else(|| Cell::words(text), Cell::Count)
}

fn budget(source: &PlanSource, words: &Words) -> Sheet {
    let columns = vec![
        column(words.code, 8, Holds::Words),
        column(words.action, 36, Holds::Words),
        column(words.funder, 28, Holds::Words),
        column(words.year, 9, Holds::Count),
        column(words.nature, 16, Holds::OneOf(NATURES)),
        column(words.planned, 15, Holds::Money),
        column(words.spent, 15, Holds::Money),
        column(words.funding_state, 14, Holds::OneOf(STATES)),
    ];
    let (kinds, states) = (words.funding_kinds(), words.funding_states());
    let mut rows = Vec::new();
    for action in all_actions(source) {
        for one in &action.fundings {
            let mut row = of_action(action).to_vec();
            row.extend([
                Cell::words(Some(&one.funder)),
                Cell::count(one.year),
                shown(&kinds, one.kind.as_ref()),
                Cell::Money(one.planned),
                one.actual.map_or(Cell::Empty, Cell::Money),
                shown(&states, one.state.as_ref()),
            ]);
            rows.push(row);
        }
    }
    Sheet {
        name: words.budget_sheet.to_owned(),
        key: words.budget_key.to_owned(),
        about: words.budget_about.to_owned(),
        columns,
        rows,
        held: 1,
        ..Sheet::default()
    }
}

/// Money of each funder by year, computed from the sheet of the budget, with its sums and a chart.
fn by_funder(source: &PlanSource, words: &Words) -> Sheet {
    let mut lines: BTreeMap<&str, BTreeMap<Option<u32>, i64>> = BTreeMap::new();
    for one in all_actions(source).flat_map(|action| &action.fundings) {
        *lines.entry(&one.funder).or_default().entry(one.year).or_default() += one.planned;
    }
    let years: BTreeSet<Option<u32>> = lines.values().flat_map(BTreeMap::keys).copied().collect();
    let mut columns = vec![column(words.funder, 32, Holds::Words)];
    for year in &years {
        let heading = year.map_or_else(|| words.year_unknown.to_owned(), |year| year.to_string());
        columns.push(column(&heading, 15, Holds::Money));
    }
    columns.push(column(words.total, 16, Holds::Money));
    let sheet = words.budget_sheet;
    let row = |(index, (funder, amounts)): (usize, (&&str, &BTreeMap<Option<u32>, i64>))| {
        let row = index + 2;
        let of = format!("{sheet}!$F:$F,{sheet}!$C:$C,$A{row}");
        let mut cells = vec![Cell::words(Some(funder))];
        for year in &years {
            let when = year.map_or_else(|| format!("{sheet}!$D:$D,\"=\""), |year| format!("{sheet}!$D:$D,{year}"));
            cells.push(Cell::Sum(format!("=SUMIFS({of},{when})"), amounts.get(year).copied().unwrap_or_default()));
        }
        cells.push(Cell::Sum(format!("=SUMIFS({of})"), amounts.values().sum()));
        cells
    };
    let rows: Vec<Vec<Cell>> = lines.iter().enumerate().map(row).collect();
    let said: Vec<String> = lines
        .iter()
        .map(|(funder, amounts)| format!("{funder} {}", crate::typography::euros(amounts.values().sum(), words.french)))
        .collect();
    let chart = (!rows.is_empty()).then(|| Chart {
        title: words.budget.to_owned(),
        alt: crate::typography::printable(&format!("{}{NBSP}: {}", words.budget, said.join(", "))),
    });
    Sheet {
        name: words.funders_sheet.to_owned(),
        key: words.funders_key.to_owned(),
        about: words.budget.to_owned(),
        columns,
        rows,
        total: Some(words.total.to_owned()),
        held: 1,
        chart,
    }
}
