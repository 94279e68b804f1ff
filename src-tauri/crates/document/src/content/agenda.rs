//! The déroulé: the sheet that whoever runs the atelier holds in one hand.

use super::{Page, cell, funding, meta, optional, plan_b, table};
use crate::{
    Document, DocumentError,
    model::{Block, Run, Text},
    source::{AgendaSource, PreviousSource, StepSource},
    typography::{NBSP, date, printable},
    words::{Words, words},
};

/// Composes the déroulé: at a glance, what to bring, each séquence in full, what was said before, and the plan B.
///
/// # Errors
/// [`DocumentError`] names what is not fit to be written.
pub fn agenda(source: &AgendaSource) -> Result<Document, DocumentError> {
    let words = words(&source.frame.language);
    let mut page = Page { words, blocks: Vec::new() };
    let workshop = &source.workshop;
    let number = workshop.number.map(|number| format!("{}{NBSP}{number} · ", words.workshop)).unwrap_or_default();
    let title = format!("{}{NBSP}: {number}{}", words.running_sheet, workshop.title);
    facts(&mut page, source);
    funding(&mut page, &source.frame);
    if let Some(question) = &source.question {
        page.heading(1, words.question);
        page.paragraph(vec![Run::strong(printable(question))]);
    }
    if let Some(aims) = &source.aims {
        page.heading(1, words.aims);
        page.prose(aims);
    }
    page.heading(1, words.at_a_glance);
    glance(&mut page, source);
    material(&mut page, source);
    previous(&mut page, &source.previous);
    if !source.steps.is_empty() {
        page.heading(1, words.step_by_step);
        for step in &source.steps {
            in_full(&mut page, step);
        }
    }
    plan_b::plan_b(&mut page, source);
    Document { meta: meta(&source.frame, words, &title, source.frame.process.clone(), false), blocks: page.blocks }
        .checked()
}

fn facts(page: &mut Page<'_>, source: &AgendaSource) {
    let words = page.words;
    let workshop = &source.workshop;
    let times: Vec<String> = source.starts_at.iter().chain(&source.ends_at).cloned().collect();
    let times = Some(times.join(" – ")).filter(|times| !times.is_empty());
    let day = workshop.date.map(|day| date(day, words.french));
    page.blocks.push(Block::Panel {
        items: vec![
            (words.theme.to_owned(), cell(&workshop.theme)),
            (words.territory.to_owned(), cell(workshop.territories.join(", "))),
            (words.day.to_owned(), optional(day.as_ref())),
            (words.schedule.to_owned(), optional(times.as_ref())),
            (words.place.to_owned(), optional(workshop.place.as_ref())),
        ],
    });
}

/// The whole on one table: when, what, how long.
pub(super) fn glance(page: &mut Page<'_>, source: &AgendaSource) {
    let words = page.words;
    let row = |step: &StepSource| {
        let method = step.method.as_ref().filter(|method| **method != step.title);
        vec![optional(step.starts_at.as_ref()), cell(&step.title), optional(method), length(step.minutes)]
    };
    let mut rows: Vec<Vec<Text>> = source.steps.iter().map(row).collect();
    if !rows.is_empty() {
        let all = source.steps.iter().filter_map(|step| step.minutes).sum::<u32>();
        let end = source.steps.last().and_then(|step| step.ends_at.clone());
        rows.push(vec![
            optional(end.as_ref()),
            vec![Run::strong(words.minutes_in_all)],
            vec![Run::plain("")],
            vec![Run::strong(format!("{all}{NBSP}min"))],
        ]);
    }
    let columns =
        [(words.time_of, 2, false), (words.sequence, 8, false), (words.method, 6, false), (words.duration, 3, true)];
    page.table_or(table(words.agenda, &columns, rows), words.no_step);
}

fn length(minutes: Option<u32>) -> Text {
    cell(minutes.map_or_else(|| String::from("—"), |minutes| format!("{minutes}{NBSP}min")))
}

/// Everything to bring, once each, in the order in which it serves.
fn material(page: &mut Page<'_>, source: &AgendaSource) {
    let mut seen: Vec<&String> = Vec::new();
    for item in source.steps.iter().flat_map(|step| &step.material) {
        if !seen.contains(&item) {
            seen.push(item);
        }
    }
    if !seen.is_empty() {
        page.heading(1, page.words.to_bring);
        page.list(seen.into_iter().map(cell).collect());
    }
}

fn in_full(page: &mut Page<'_>, step: &StepSource) {
    let words = page.words;
    let time = step.starts_at.as_ref().map(|time| format!("{time} · ")).unwrap_or_default();
    let minutes = step.minutes.map(|minutes| format!(" ({minutes}{NBSP}min)")).unwrap_or_default();
    page.heading(2, printable(&format!("{time}{}{minutes}", step.title)));
    if let Some(goal) = &step.goal {
        page.paragraph(vec![Run::muted(format!("{}{NBSP}: ", words.goal)), Run::plain(printable(goal))]);
    }
    if let Some(question) = &step.question {
        page.paragraph(vec![Run::strong(printable(question))]);
    }
    if let Some(wording) = &step.wording {
        for (at, line) in wording.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
            let label = if at == 0 { format!("{}{NBSP}: ", words.read_aloud) } else { String::new() };
            page.paragraph(vec![Run::muted(label), Run::strong(printable(line))]);
        }
    }
    page.list(step.instructions.iter().map(cell).collect());
}

fn previous(page: &mut Page<'_>, rooms: &[PreviousSource]) {
    if rooms.is_empty() {
        return;
    }
    let words = page.words;
    page.heading(1, words.said_before);
    for room in rooms {
        let number = room.number.map(|number| format!("{}{NBSP}{number} · ", words.workshop)).unwrap_or_default();
        let day = room.date.map(|day| format!(", {}", date(day, words.french))).unwrap_or_default();
        page.heading(2, printable(&format!("{number}{} ({}{day})", room.title, room.territories.join(", "))));
        let groups = room.groups.iter().map(|group| {
            let rank = group.rank.map(|rank| format!(" · {}{NBSP}{rank}", words.rank_in_vote)).unwrap_or_default();
            let mut text = cell(&group.name);
            text.push(Run::muted(format!(" — {}{NBSP}: {}{rank}", words.proposals.to_lowercase(), group.proposals)));
            text.extend(became(group, words));
            text
        });
        page.list(groups.collect());
        let said = |label: &str, text: &str| vec![Run::muted(format!("{label}{NBSP}: ")), Run::plain(printable(text))];
        let decisions = room.decisions.iter().map(|one| said(words.decisions, one));
        let next = room.next_steps.iter().map(|(text, done)| said(if *done { words.done } else { words.to_do }, text));
        page.list(decisions.chain(next).collect());
    }
}

fn became(group: &crate::source::PreviousGroupSource, words: &Words) -> Text {
    let actions: Vec<String> = group.actions.iter().map(|(number, title)| format!("{number} {title}")).collect();
    let mut text = Vec::new();
    if actions.is_empty() && group.answers.is_empty() {
        text.push(Run::muted(format!(" · {}", words.waiting)));
    }
    if !actions.is_empty() {
        text.push(Run::plain(printable(&format!(" · {} {}", words.taken_up, actions.join(" ; ")))));
    }
    if !group.answers.is_empty() {
        text.push(Run::plain(printable(&format!(" · {}", group.answers.join(" ; ")))));
    }
    text
}
