//! The annexe de traçabilité, for who audits: every proposal with its group, vote, rapprochement and action, and the suite
//! donnée to each.

use super::{
    Page, action_anchor,
    annex_book::{answers, outcome},
    cell, funding, meta, optional,
    plan::all_actions,
    table,
};
use crate::{
    Document, DocumentError,
    model::{Run, Text},
    source::{PlanSource, ProposalSource},
    typography::{NBSP, date},
    words::{Words, words},
};

/// Composes the annex.
///
/// # Errors
/// [`DocumentError`] names what is not fit to be written.
pub fn annex(source: &PlanSource) -> Result<Document, DocumentError> {
    let words = words(&source.frame.language);
    let mut page = Page { words, blocks: Vec::new() };
    page.heading(1, words.tracing_read);
    for text in [words.tracing_1, words.tracing_2] {
        page.paragraph(vec![Run::plain(text)]);
    }
    funding(&mut page, &source.frame);
    sums(&mut page, source);
    page.heading(1, words.by_workshop);
    rooms(&mut page, source);
    page.heading(1, words.by_action);
    for action in all_actions(source) {
        page.anchored(2, format!("{} {}", action.number, action.title), action_anchor(&action.number));
        let clusters = if action.clusters.is_empty() { words.none_set.to_owned() } else { action.clusters.join(" ; ") };
        page.paragraph(vec![Run::muted(format!("{}{NBSP}: ", words.clusters)), Run::plain(clusters)]);
        let rows = source.proposals.iter().filter(|one| action.proposals.contains(&one.code)).map(|one| {
            vec![cell(&one.code), cell(&one.text), cell(super::whereabouts(one, words)), group_and_vote(one)]
        });
        let columns =
            [(words.code, 2, false), (words.words, 11, false), (words.said_where, 6, false), (words.group, 6, false)];
        page.table_or(table(&action.title, &columns, rows.collect()), words.no_proposal);
    }
    let title = format!("{}{NBSP}: {}", words.tracing, source.title);
    let mut meta = meta(&source.frame, words, &title, source.frame.process.clone(), true);
    meta.landscape = true;
    Document { meta, blocks: page.blocks }.checked()
}

/// How many there are of each fate, so that who reads knows that none is lost.
fn sums(page: &mut Page<'_>, source: &PlanSource) {
    let words = page.words;
    page.heading(2, words.fates);
    let mut counts: Vec<(String, usize)> = Vec::new();
    for one in &source.proposals {
        let fate = match (one.outcomes.is_empty(), one.actions.is_empty()) {
            (false, _) => outcome(one, words),
            (true, false) => words.taken_up_plain.to_owned(),
            (true, true) => words.waiting.to_owned(),
        };
        match counts.iter_mut().find(|(known, _)| *known == fate) {
            Some((_, count)) => *count += 1,
            None => counts.push((fate, 1)),
        }
    }
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut rows: Vec<Vec<Text>> =
        counts.iter().map(|(fate, count)| vec![cell(fate), cell(count.to_string())]).collect();
    if !rows.is_empty() {
        rows.push(vec![vec![Run::strong(words.total)], vec![Run::strong(source.proposals.len().to_string())]]);
    }
    page.table_or(
        table(words.fates, &[(words.outcome, 8, false), (words.proposals, 3, true)], rows),
        words.no_proposal,
    );
}

fn rooms(page: &mut Page<'_>, source: &PlanSource) {
    let words = page.words;
    let mut rooms: Vec<(Option<u32>, &String)> =
        source.proposals.iter().map(|one| (one.workshop, &one.workshop_title)).collect();
    rooms.sort();
    rooms.dedup();
    if rooms.is_empty() {
        page.paragraph(vec![Run::muted(words.no_proposal)]);
    }
    for (number, title) in rooms {
        let said = source.proposals.iter().filter(|one| one.workshop == number && one.workshop_title == *title);
        let said: Vec<&ProposalSource> = said.collect();
        let place = said.first().and_then(|one| one.territory.clone()).map(|place| format!(", {place}"));
        let day = said.first().and_then(|one| one.date).map(|day| format!(" ({})", date(day, words.french)));
        let number = number.map(|number| format!("{}{NBSP}{number} · ", words.workshop)).unwrap_or_default();
        page.heading(2, format!("{number}{title}{}{}", place.unwrap_or_default(), day.unwrap_or_default()));
        let rows = said.into_iter().map(|one| row(one, words)).collect();
        let columns = [
            (words.code, 2, false),
            (words.words, 12, false),
            (words.group, 7, false),
            (words.cluster, 6, false),
            (words.outcome, 8, false),
        ];
        page.table_or(table(title, &columns, rows), words.no_proposal);
    }
}

fn row(one: &ProposalSource, words: &Words) -> Vec<Text> {
    let mut said = cell(&one.text);
    let table = one.table.map(|table| format!("{}{NBSP}{table}", words.table));
    let speaker = [table, one.organisation.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    if !speaker.is_empty() {
        said.push(Run::muted(format!("  {speaker}")));
    }
    vec![cell(&one.code), said, group_and_vote(one), optional(one.cluster.as_ref()), fate(one, words)]
}

fn group_and_vote(one: &ProposalSource) -> Text {
    let mut group = optional(one.group.as_ref());
    if !one.votes.is_empty() {
        group.push(Run::muted(format!("  {}", one.votes.join(" · "))));
    }
    group
}

/// The suite donnée, with links to the actions.
pub(super) fn fate(one: &ProposalSource, words: &Words) -> Text {
    let mut text = match (one.outcomes.is_empty(), one.actions.is_empty()) {
        (true, true) => vec![Run::muted(words.waiting)],
        (true, false) => vec![Run::plain(format!("{} ", words.taken_up))],
        (false, true) => vec![Run::plain(outcome(one, words))],
        (false, false) => vec![Run::plain(format!("{} ", outcome(one, words)))],
    };
    for (index, number) in one.actions.iter().enumerate() {
        if index > 0 {
            text.push(Run::plain(", "));
        }
        text.push(Run::link(number, action_anchor(number)));
    }
    let answered = answers(one);
    if !answered.is_empty() {
        text.push(Run::muted(format!("  {answered}")));
    }
    text
}
