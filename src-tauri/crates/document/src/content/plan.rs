//! The plan d'actions.

use super::{Page, actions, annex::fate, cell, funding, meta, optional, table, tables};
use crate::{
    Document, DocumentError,
    model::{Block, Meta, Run},
    source::{ActionSource, PlanSource},
    typography::{NBSP, date},
    words::words,
};

/// Composes the plan.
///
/// # Errors
/// [`DocumentError`] names what is not fit to be written.
pub fn plan(source: &PlanSource) -> Result<Document, DocumentError> {
    let words = words(&source.frame.language);
    let mut page = Page { words, blocks: Vec::new() };
    summary(&mut page, source);
    easy(&mut page, source);
    made(&mut page, source);
    state_of_play(&mut page, source);
    for axis in &source.axes {
        page.anchored(1, format!("{} · {}", axis.number, axis.title), format!("axis-{}", axis.number));
        if let Some(text) = &axis.description {
            page.prose(text);
        }
        page.table_or(tables::overview(axis, words), words.no_action);
        for objective in &axis.objectives {
            page.blocks.push(Block::PageBreak);
            page.heading(2, format!("{} · {}", objective.number, objective.title));
            if let Some(text) = &objective.description {
                page.prose(text);
            }
            if objective.actions.is_empty() {
                page.paragraph(vec![Run::muted(words.no_action)]);
            }
            let trail = format!("{} {} › {} {}", axis.number, axis.title, objective.number, objective.title);
            sheets(&mut page, source, &objective.actions, &trail);
        }
    }
    if source.axes.is_empty() && source.loose.is_empty() {
        page.heading(1, words.actions);
        page.paragraph(vec![Run::muted(words.no_action)]);
    }
    if !source.loose.is_empty() {
        page.heading(1, words.loose);
        page.heading(2, words.actions);
        sheets(&mut page, source, &source.loose, words.loose);
    }
    tables::all(&mut page, source);
    glossary(&mut page, source);
    annex(&mut page, source);
    let subtitle = source.frame.process.clone();
    Document { meta: meta(&source.frame, words, &source.title, subtitle, true), blocks: page.blocks }.checked()
}

/// The page of one action as it will stand in the plan; none if the plan has no such action.
///
/// # Errors
/// [`DocumentError`] names what is not fit to be written.
pub fn action_page(source: &PlanSource, id: &str) -> Result<Option<Document>, DocumentError> {
    let words = words(&source.frame.language);
    let Some(action) = all_actions(source).find(|one| one.id == id) else { return Ok(None) };
    let trail = source.axes.iter().flat_map(|axis| axis.objectives.iter().map(move |objective| (axis, objective)));
    let mut trail = trail
        .filter(|(_, objective)| objective.actions.iter().any(|one| one.id == id))
        .map(|(axis, one)| format!("{} {} › {} {}", axis.number, axis.title, one.number, one.title));
    let trail = trail.next_back().unwrap_or_else(|| words.loose.to_owned());
    let mut page = Page { words, blocks: Vec::new() };
    actions::sheet(&mut page, source, action, &trail);
    let meta = Meta { piece: true, ..meta(&source.frame, words, &source.title, source.frame.process.clone(), false) };
    Document { meta, blocks: page.blocks }.checked().map(Some)
}

/// Fiches-actions, each on a page of its own; the first stands under the heading of what they serve.
fn sheets(page: &mut Page<'_>, source: &PlanSource, actions: &[ActionSource], trail: &str) {
    for (index, action) in actions.iter().enumerate() {
        if index > 0 {
            page.blocks.push(Block::PageBreak);
        }
        // Under that heading, where it belongs is said already.
        actions::sheet(page, source, action, if index > 0 { trail } else { "" });
    }
}

/// Every action with the number of its place, in order.
pub(crate) fn all_actions(source: &PlanSource) -> impl Iterator<Item = &ActionSource> {
    source.axes.iter().flat_map(|axis| &axis.objectives).flat_map(|one| &one.actions).chain(&source.loose)
}

fn summary(page: &mut Page<'_>, source: &PlanSource) {
    let words = page.words;
    page.heading(1, words.summary);
    if let Some(text) = &source.introduction {
        page.prose(text);
    }
    let actions = all_actions(source).count();
    let taken = source.proposals.iter().filter(|one| !one.actions.is_empty()).count();
    let people: u32 = source.workshops.iter().filter_map(|one| one.present).sum();
    let (rooms, said) = (source.workshops.len(), source.proposals.len());
    let axes = source.axes.len();
    page.paragraph(vec![
        Run::strong(if words.french {
            format!("{actions}{NBSP}actions sur {axes}{NBSP}axes")
        } else {
            format!("{actions} actions on {axes} axes")
        }),
        Run::plain(if words.french {
            format!(
                ", nées de {said}{NBSP}propositions notées dans {rooms}{NBSP}ateliers ({people}{NBSP}présences) ; {taken}{NBSP}propositions sont reprises par une action."
            )
        } else {
            format!(", from {said} proposals noted in {rooms} workshops ({people} attendances); {taken} proposals are taken up by an action.")
        }),
    ]);
    page.list(
        source
            .axes
            .iter()
            .map(|axis| vec![Run::link(format!("{} · {}", axis.number, axis.title), format!("axis-{}", axis.number))])
            .collect(),
    );
    page.heading(2, words.funding);
    funding(page, &source.frame);
}

/// The essential in short sentences, for those to whom a plan is hard to read: an idea on each line.
fn easy(page: &mut Page<'_>, source: &PlanSource) {
    if let Some(text) = source.easy_summary.as_deref().filter(|text| !text.trim().is_empty()) {
        page.heading(1, page.words.easy);
        let lines = text.lines().map(|line| line.trim().trim_start_matches(['-', '•', '–']).trim());
        page.list(lines.filter(|line| !line.is_empty()).map(cell).collect());
    }
}

fn made(page: &mut Page<'_>, source: &PlanSource) {
    let words = page.words;
    page.heading(1, words.made);
    if let Some(text) = &source.method_note {
        page.prose(text);
    }
    let rows = source
        .workshops
        .iter()
        .map(|one| {
            vec![
                cell(one.number.map_or_else(String::new, |number| number.to_string())),
                cell(&one.title),
                cell(one.territories.join(", ")),
                cell(one.date.map_or_else(String::new, |day| date(day, words.french))),
                cell(one.present.map_or_else(|| String::from("—"), |count| count.to_string())),
                cell(one.proposals.to_string()),
            ]
        })
        .collect();
    let columns = [
        (words.code, 2, true),
        (words.workshop, 9, false),
        (words.territory, 6, false),
        (words.day, 6, false),
        (words.present, 4, true),
        (words.proposals, 5, true),
    ];
    page.table_or(table(words.made, &columns, rows), words.no_workshop);
    let mut rules: Vec<&String> = source.workshops.iter().flat_map(|one| &one.votes).collect();
    rules.sort();
    rules.dedup();
    if !rules.is_empty() {
        page.heading(2, words.votes);
        page.list(rules.into_iter().map(cell).collect());
    }
}

fn state_of_play(page: &mut Page<'_>, source: &PlanSource) {
    let words = page.words;
    page.heading(1, words.state_of_play);
    for theme in &source.themes {
        page.heading(2, format!("{} · {}", theme.number, theme.name));
        if let Some(text) = &theme.description {
            page.prose(text);
        }
        let rows = theme
            .findings
            .iter()
            .map(|one| {
                vec![
                    optional(one.number.as_ref()),
                    cell(&one.text),
                    optional(one.figure.as_ref()),
                    optional(one.source.as_ref()),
                ]
            })
            .collect();
        let columns = [(words.code, 2, false), (words.findings, 12, false), ("", 4, false), (words.source, 5, false)];
        let columns = columns
            .map(|(name, width, figures)| (if name.is_empty() { words.indicator } else { name }, width, figures));
        page.table_or(table(&theme.name, &columns, rows), words.no_finding);
    }
}

/// What short names stand for: those of structures that the plan names.
fn glossary(page: &mut Page<'_>, source: &PlanSource) {
    let words = page.words;
    let named = |short: &str| {
        all_actions(source).flat_map(|action| action.leads.iter().chain(&action.partners)).any(|name| name == short)
            || source.proposals.iter().any(|one| one.organisation.as_deref() == Some(short))
    };
    let mut known: Vec<&(String, String)> = source.glossary.iter().filter(|(short, _)| named(short)).collect();
    known.sort();
    known.dedup();
    if known.is_empty() {
        return;
    }
    page.heading(1, words.glossary);
    let rows = known.into_iter().map(|(short, full)| vec![vec![Run::strong(short)], cell(full)]).collect();
    page.table_or(table(words.glossary, &[(words.short_name, 3, false), (words.full_name, 10, false)], rows), "");
}

fn annex(page: &mut Page<'_>, source: &PlanSource) {
    let words = page.words;
    page.anchored(1, words.annex, "annex");
    if source.proposals.is_empty() {
        page.paragraph(vec![Run::muted(words.no_proposal)]);
    }
    let mut workshops: Vec<(&String, Option<u32>)> =
        source.proposals.iter().map(|one| (&one.workshop_title, one.workshop)).collect();
    workshops.sort_by_key(|(title, number)| (*number, *title));
    workshops.dedup();
    for (title, number) in workshops {
        let of_workshop = |one: &&crate::source::ProposalSource| one.workshop_title == *title && one.workshop == number;
        let proposals: Vec<_> = source.proposals.iter().filter(of_workshop).collect();
        let place = proposals.first().and_then(|one| one.territory.clone()).unwrap_or_default();
        let number = number.map(|number| format!("{}{NBSP}{number} · ", words.workshop)).unwrap_or_default();
        let place = if place.is_empty() { String::new() } else { format!(", {place}") };
        page.heading(2, format!("{number}{title}{place}"));
        let rows = proposals
            .into_iter()
            .map(|one| {
                let speaker = one.organisation.as_ref().map(|name| format!("{name} · "));
                let table = one.table.map(|table| format!("{}{NBSP}{table}", words.table));
                let speaker = format!("{}{}", speaker.unwrap_or_default(), table.unwrap_or_default());
                let mut said = cell(&one.text);
                if !speaker.is_empty() {
                    said.push(Run::muted(format!("  {}", speaker.trim_end_matches([' ', '·']))));
                }
                let mut group = optional(one.group.as_ref());
                if !one.votes.is_empty() {
                    group.push(Run::muted(format!("  {}", one.votes.join(" · "))));
                }
                vec![cell(&one.code), said, group, fate(one, words)]
            })
            .collect();
        let columns =
            [(words.code, 2, false), (words.words, 11, false), (words.group, 6, false), (words.outcome, 6, false)];
        page.table_or(table(title, &columns, rows), words.no_proposal);
    }
}
