//! The diaporama du comité: what twenty minutes hold, to be edited by whoever presents it.

use super::{cell, meta, names, plan::all_actions, table};
use crate::{
    DocumentError,
    model::{Body, Deck, Run, Slide, Text},
    source::{ActionSource, AxisSource, ChangeSource, PlanSource},
    typography::{NBSP, euros, month_of},
    words::{Words, words},
};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// Rows that a slide shows without being read from a list.
const ROWS: usize = 7;
/// Changes told on slides; the rest is counted.
const CHANGES: usize = 28;
/// Columns of places or half-years that a slide is wide enough for.
const COLUMNS: usize = 8;

/// Composes the slide show.
///
/// # Errors
/// [`DocumentError`] names what is not fit to be written.
pub fn slides(source: &PlanSource) -> Result<Deck, DocumentError> {
    let words = words(&source.frame.language);
    let mut slides = vec![cover(source, words), figures(source, words)];
    slides.extend(heat(source, words));
    slides.extend(priorities(source, words));
    slides.push(axes(source, words));
    slides.extend(source.axes.iter().flat_map(|axis| axis_slides(axis, words)));
    slides.extend(calendar(source, words));
    slides.extend(budget(source, words));
    slides.extend(changes(source, words));
    slides.push(decisions(source, words));
    let meta = meta(&source.frame, words, &source.title, source.frame.process.clone(), true);
    Deck { meta, slides, notes_label: words.notes.to_owned() }.checked()
}

fn cover(source: &PlanSource, words: &Words) -> Slide {
    Slide { title: source.title.clone(), notes: words.cover_notes.to_owned(), ..Slide::default() }
}

/// « Comment ce plan a été fait », in numbers.
fn figures(source: &PlanSource, words: &Words) -> Slide {
    let people: u32 = source.workshops.iter().filter_map(|one| one.present).sum();
    let held = source.workshops.iter().filter(|one| one.proposals > 0 || one.present.is_some()).count();
    let taken = source.proposals.iter().filter(|one| !one.actions.is_empty()).count();
    let items = vec![
        (held.to_string(), words.workshops_held.to_owned()),
        (people.to_string(), words.attendances.to_owned()),
        (source.proposals.len().to_string(), words.proposals_noted.to_owned()),
        (all_actions(source).count().to_string(), words.actions_in_plan.to_owned()),
        (taken.to_string(), words.proposals_taken.to_owned()),
        (source.territories.len().to_string(), words.territories_met.to_owned()),
    ];
    let mut rules: Vec<&String> = source.workshops.iter().flat_map(|one| &one.votes).collect();
    rules.sort();
    rules.dedup();
    let notes = [source.method_note.clone().unwrap_or_default()].into_iter().chain(rules.into_iter().cloned());
    Slide {
        title: words.made.to_owned(),
        body: Body::Figures { items },
        notes: notes.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
        ..Slide::default()
    }
}

/// Proposals by theme and bassin; a place where nobody was asked is shown as a hole.
fn heat(source: &PlanSource, words: &Words) -> Option<Slide> {
    if source.themes.is_empty() || source.territories.is_empty() {
        return None;
    }
    let mut counts: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for one in &source.proposals {
        if let (Some(theme), Some(place)) = (&one.theme, &one.territory) {
            *counts.entry((theme, place)).or_default() += 1;
        }
    }
    let asked: BTreeSet<(&str, &str)> = source
        .workshops
        .iter()
        .flat_map(|room| room.territories.iter().map(|place| (room.theme.as_str(), place.as_str())))
        .collect();
    let places: Vec<&String> = source.territories.iter().take(COLUMNS).collect();
    let most = counts.values().copied().max().unwrap_or(1).max(1);
    let mut columns = vec![(words.theme, 6, false)];
    columns.extend(places.iter().map(|place| (place.as_str(), 3, true)));
    let (mut rows, mut shades) = (Vec::new(), Vec::new());
    for theme in source.themes.iter().take(10) {
        let name = theme.short_name.as_deref().unwrap_or(&theme.name);
        let mut row: Vec<Text> = vec![cell(name)];
        let mut shade = vec![0];
        for place in &places {
            let count = counts.get(&(name, place.as_str())).copied();
            let held = asked.contains(&(name, place.as_str()));
            row.push(match (count, held) {
                (Some(count), _) => cell(count.to_string()),
                (None, true) => cell("0"),
                (None, false) => vec![Run::muted("—")],
            });
            shade.push(count.map_or(0, |count| u8::try_from((count * 4).div_ceil(most)).unwrap_or(4).min(4)));
        }
        rows.push(row);
        shades.push(shade);
    }
    Some(Slide {
        title: words.heat.to_owned(),
        body: Body::Table { table: table(words.heat, &columns, rows), shades },
        lines: vec![vec![Run::muted(words.heat_hole)]],
        notes: words.heat_notes.to_owned(),
    })
}

/// What each bassin put first.
fn priorities(source: &PlanSource, words: &Words) -> Vec<Slide> {
    let mut rows: Vec<Vec<Text>> = Vec::new();
    let mut silent = Vec::new();
    for place in &source.territories {
        let mut first: Vec<_> =
            source.priorities.iter().filter(|one| one.rank <= 2 && one.territories.contains(place)).collect();
        first.sort_by_key(|one| one.rank);
        if first.is_empty() {
            silent.push(place.clone());
            continue;
        }
        for (index, one) in first.into_iter().take(3).enumerate() {
            let name = if index == 0 { vec![Run::strong(place)] } else { vec![Run::plain("")] };
            rows.push(vec![name, cell(&one.theme), cell(short(&one.label, 90)), cell(&one.score)]);
        }
    }
    let columns = [
        (words.territory, 4, false),
        (words.theme, 4, false),
        (words.first_choice, 10, false),
        (words.result, 9, false),
    ];
    let lines = if silent.is_empty() {
        Vec::new()
    } else {
        vec![vec![Run::muted(format!("{}{NBSP}: {}", words.no_vote_yet, silent.join(", ")))]]
    };
    if rows.is_empty() {
        let nothing = vec![vec![Run::plain(words.no_vote)]];
        return vec![Slide { title: words.by_territory.to_owned(), lines: nothing, ..Slide::default() }];
    }
    let notes = words.by_territory_notes;
    let mut slides = paged(words.by_territory, &columns, &rows, 9, notes);
    if let Some(last) = slides.last_mut() {
        last.lines = lines;
    }
    slides
}

fn axes(source: &PlanSource, words: &Words) -> Slide {
    let row = |axis: &AxisSource| -> Vec<Text> {
        let actions: Vec<&ActionSource> = axis.objectives.iter().flat_map(|one| &one.actions).collect();
        let money: i64 = actions.iter().flat_map(|one| &one.fundings).map(|one| one.planned).sum();
        let money = if money > 0 { cell(euros(money, words.french)) } else { vec![Run::muted("—")] };
        vec![
            cell(format!("{} · {}", axis.number, axis.title)),
            cell(axis.objectives.len().to_string()),
            cell(actions.len().to_string()),
            money,
        ]
    };
    let rows: Vec<Vec<Text>> = source.axes.iter().take(9).map(row).collect();
    let columns =
        [(words.axis, 12, false), (words.objectives, 4, true), (words.actions, 4, true), (words.planned, 5, true)];
    let body = if rows.is_empty() {
        Body::Lines
    } else {
        Body::Table { table: table(words.axes, &columns, rows), shades: Vec::new() }
    };
    let lines = if source.axes.is_empty() { vec![vec![Run::plain(words.no_action)]] } else { Vec::new() };
    let notes = source.introduction.clone().unwrap_or_default();
    Slide { title: words.axes.to_owned(), body, lines, notes }
}

/// An axis: its actions with who leads and when, the most urgent first; as many slides as it takes.
fn axis_slides(axis: &AxisSource, words: &Words) -> Vec<Slide> {
    let mut actions: Vec<&ActionSource> = axis.objectives.iter().flat_map(|one| &one.actions).collect();
    actions.sort_by_key(|one| one.priority.unwrap_or(u32::MAX));
    let row = |action: &&ActionSource| -> Vec<Text> {
        let due =
            action.ends_on.map_or_else(|| vec![Run::muted(words.to_set)], |day| cell(month_of(day, words.french)));
        vec![cell(&action.number), cell(short(&action.title, 80)), names(&action.leads, words), due]
    };
    let title = format!("{} · {}", axis.number, axis.title);
    let rows: Vec<Vec<Text>> = actions.iter().take(ROWS).map(row).collect();
    let mut notes: Vec<String> = axis.description.iter().cloned().collect();
    notes.extend(axis.objectives.iter().map(|one| format!("{} {}", one.number, one.title)));
    notes.extend(actions.iter().skip(ROWS).map(|one| format!("{} {}", one.number, one.title)));
    if rows.is_empty() {
        let nothing = vec![vec![Run::plain(words.no_action)]];
        return vec![Slide { title, lines: nothing, notes: notes.join("\n"), ..Slide::default() }];
    }
    let more = actions.len().saturating_sub(ROWS);
    let lines = if more > 0 { vec![vec![Run::muted(words.more_actions(more))]] } else { Vec::new() };
    let columns = [(words.code, 2, false), (words.action, 12, false), (words.lead, 6, false), (words.due, 5, false)];
    let body = Body::Table { table: table(&axis.title, &columns, rows), shades: Vec::new() };
    vec![Slide { title, body, lines, notes: notes.join("\n") }]
}

/// Half-years, counted from the first of year 0.
fn half(day: NaiveDate) -> i32 {
    day.year() * 2 + i32::from(day.month() > 6)
}

/// How many actions of each axis are under way in each half-year.
fn calendar(source: &PlanSource, words: &Words) -> Option<Slide> {
    let span = |action: &ActionSource| match (action.starts_on, action.ends_on) {
        (Some(from), Some(to)) if from <= to => Some((half(from), half(to))),
        (Some(day), None) | (None, Some(day)) => Some((half(day), half(day))),
        _ => None,
    };
    let spans: Vec<(i32, i32)> = all_actions(source).filter_map(span).collect();
    let first = spans.iter().map(|span| span.0).min()?;
    let last = spans.iter().map(|span| span.1).max()?.min(first + i32::try_from(COLUMNS).unwrap_or(8) - 1);
    let headings: Vec<String> = (first..=last).map(|half| words.half_year(half / 2, half % 2 == 0)).collect();
    let mut columns = vec![(words.axis, 7, false)];
    columns.extend(headings.iter().map(|heading| (heading.as_str(), 3, true)));
    let (mut rows, mut shades) = (Vec::new(), Vec::new());
    for axis in source.axes.iter().take(9) {
        let spans: Vec<(i32, i32)> = axis.objectives.iter().flat_map(|one| &one.actions).filter_map(span).collect();
        let counts = (first..=last).map(|half| spans.iter().filter(|span| span.0 <= half && half <= span.1).count());
        let counts: Vec<usize> = counts.collect();
        let most = counts.iter().copied().max().unwrap_or(0).max(1);
        let mut row: Vec<Text> = vec![cell(format!("{} · {}", axis.number, short(&axis.title, 60)))];
        row.extend(
            counts.iter().map(|count| if *count == 0 { vec![Run::muted("—")] } else { cell(count.to_string()) }),
        );
        shades.push(
            std::iter::once(0)
                .chain(counts.iter().map(|count| u8::try_from((count * 4).div_ceil(most)).unwrap_or(4)))
                .collect(),
        );
        rows.push(row);
    }
    if rows.is_empty() {
        return None;
    }
    Some(Slide {
        title: words.calendar.to_owned(),
        body: Body::Table { table: table(words.calendar_about, &columns, rows), shades },
        lines: vec![vec![Run::muted(words.calendar_about)]],
        notes: words.calendar_notes.to_owned(),
    })
}

fn budget(source: &PlanSource, words: &Words) -> Option<Slide> {
    let mut lines: BTreeMap<&str, i64> = BTreeMap::new();
    for one in all_actions(source).flat_map(|action| &action.fundings) {
        *lines.entry(&one.funder).or_default() += one.planned;
    }
    let total: i64 = lines.values().sum();
    if total <= 0 {
        return None;
    }
    let mut sorted: Vec<(&str, i64)> = lines.into_iter().collect();
    sorted.sort_by_key(|(_, cents)| -cents);
    let share = |cents: i64| format!("{}{NBSP}%", (cents * 100 + total / 2) / total);
    let mut rows: Vec<Vec<Text>> = sorted
        .iter()
        .take(ROWS)
        .map(|(funder, cents)| vec![cell(funder), cell(euros(*cents, words.french)), cell(share(*cents))])
        .collect();
    let others: i64 = sorted.iter().skip(ROWS).map(|one| one.1).sum();
    if others > 0 {
        rows.push(vec![cell(words.other_funders), cell(euros(others, words.french)), cell(share(others))]);
    }
    let strong = |text: String| vec![Run::strong(text)];
    rows.push(vec![strong(words.total.to_owned()), strong(euros(total, words.french)), strong(format!("100{NBSP}%"))]);
    let columns = [(words.funder, 10, false), (words.planned, 5, true), (words.share, 3, true)];
    Some(Slide {
        title: words.budget.to_owned(),
        body: Body::Table { table: table(words.budget, &columns, rows), shades: Vec::new() },
        notes: words.budget_notes.to_owned(),
        ..Slide::default()
    })
}

/// What changed since the committee adopted the plan, as many slides as it takes.
fn changes(source: &PlanSource, words: &Words) -> Vec<Slide> {
    let Some(changes) = &source.changes else { return Vec::new() };
    let day = changes.adopted_on.map(|day| format!(" ({})", crate::typography::date(day, words.french)));
    let title = format!("{} {}{}", words.changed_since, changes.version, day.unwrap_or_default());
    if changes.rows.is_empty() {
        let lines = vec![vec![Run::plain(words.changed_nothing)]];
        return vec![Slide { title, lines, notes: words.changed_notes.to_owned(), ..Slide::default() }];
    }
    let row = |one: &ChangeSource| -> Vec<Text> {
        let label = crate::form::label(&one.kind, &one.field, words.french);
        let what = match (one.how.as_str(), label) {
            ("new", _) if one.kind != "link" => words.added.to_owned(),
            ("gone", _) if one.kind != "link" => words.removed.to_owned(),
            (_, "") => short(&one.title, 40),
            (_, label) => label.to_owned(),
        };
        let action = one.action.as_ref().map(|(number, title)| format!("{number} {}", short(title, 44)));
        let action = action.unwrap_or_else(|| short(&one.title, 50));
        let after = if one.field.is_empty() { short(&one.title, 60) } else { shown(one, &one.after, words) };
        vec![cell(action), cell(what), cell(shown(one, &one.before, words)), cell(after)]
    };
    let rows: Vec<Vec<Text>> = changes.rows.iter().take(CHANGES).map(row).collect();
    let columns =
        [(words.action, 8, false), (words.what_changed, 5, false), (words.before, 7, false), (words.after, 7, false)];
    let mut slides = paged(&title, &columns, &rows, ROWS, words.changed_notes);
    let more = changes.rows.len().saturating_sub(CHANGES);
    if let Some(last) = slides.last_mut().filter(|_| more > 0) {
        last.lines.push(vec![Run::muted(format!("+ {more}"))]);
    }
    slides
}

/// A value as a slide has room for it; statuses in words.
fn shown(change: &ChangeSource, value: &str, words: &Words) -> String {
    let value = crate::rich::plain(value);
    let status = if change.field == "status" { crate::form::status_shown(&value, words.french) } else { None };
    status.map_or_else(|| short(&value.replace('\n', " "), 60), str::to_owned)
}

/// What the committee is asked: what the plan itself does not settle.
fn decisions(source: &PlanSource, words: &Words) -> Slide {
    let of = |test: fn(&ActionSource) -> bool| all_actions(source).filter(|action| test(action)).count();
    let mut lines = vec![vec![Run::plain(words.ask_adopt)]];
    for (count, text) in [
        (of(|action| action.leads.is_empty()), words.ask_lead),
        (of(|action| action.ends_on.is_none()), words.ask_date),
        (of(|action| action.fundings.is_empty()), words.ask_money),
        (of(|action| action.indicators.is_empty()), words.ask_indicator),
        (
            source.proposals.iter().filter(|one| one.actions.is_empty() && one.outcomes.is_empty()).count(),
            words.ask_answer,
        ),
    ] {
        if count > 0 {
            lines.push(vec![Run::strong(count.to_string()), Run::plain(format!("{NBSP}{text}"))]);
        }
    }
    lines.push(vec![Run::plain(words.ask_next)]);
    Slide { title: words.ask.to_owned(), lines, notes: words.ask_notes.to_owned(), ..Slide::default() }
}

/// A table over as many slides as its rows take.
fn paged(title: &str, columns: &[super::Column<'_>], rows: &[Vec<Text>], most: usize, notes: &str) -> Vec<Slide> {
    let pages = rows.len().div_ceil(most);
    rows.chunks(most)
        .enumerate()
        .map(|(page, rows)| {
            let title = if pages > 1 { format!("{title} ({}/{pages})", page + 1) } else { title.to_owned() };
            let body = Body::Table { table: table(&title, columns, rows.to_vec()), shades: Vec::new() };
            Slide { title, body, notes: notes.to_owned(), ..Slide::default() }
        })
        .collect()
}

/// The first words of a text, that a slide has room for.
fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{}…", whole.trim_end_matches([',', ';', ':', ' ']))
}
