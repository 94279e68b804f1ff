//! The annexe de traçabilité as a workbook: one row for each proposal, from the room to the action.

use super::{book_meta, tracking::column};
use crate::{
    model::{Book, Cell, Holds, Mark, Sheet},
    source::{PlanSource, ProposalSource},
    typography::NBSP,
    words::{Words, words},
};

/// Composes the workbook.
#[must_use]
pub fn annex_book(source: &PlanSource) -> Book {
    let words = words(&source.frame.language);
    let title = format!("{}{NBSP}: {}", words.tracing, source.title);
    Book {
        meta: book_meta(&source.frame, words, &title),
        read_me: [words.tracing_1, words.tracing_2, words.tracing_3].map(str::to_owned).to_vec(),
        read_me_name: words.read_me.to_owned(),
        lists: Vec::new(),
        lists_name: String::new(),
        sheets: vec![proposals(source, words)],
    }
}

/// Every proposal: where it was said, its group and vote, its rapprochement, its actions, what was answered.
pub(super) fn proposals(source: &PlanSource, words: &Words) -> Sheet {
    let mut columns = vec![
        column(words.code, 8, Holds::Words),
        column(words.words, 60, Holds::Words),
        column(words.theme, 18, Holds::Words),
        column(words.territory, 16, Holds::Words),
        column(words.workshop, 28, Holds::Words),
        column(words.day, 12, Holds::Day),
        column(words.table_heading, 8, Holds::Count),
        column(words.organisation, 20, Holds::Words),
        column(words.said_again, 9, Holds::Count),
        column(words.group_only, 26, Holds::Words),
        column(words.votes, 30, Holds::Words),
        column(words.cluster, 28, Holds::Words),
        column(words.actions, 14, Holds::Words),
        column(words.outcome, 26, Holds::Words),
        column(words.answer, 40, Holds::Words),
    ];
    columns[13].mark = Mark::Words { warn: vec![words.waiting.to_owned()], good: Vec::new() };
    let row = |one: &ProposalSource| {
        let workshop = match one.workshop {
            Some(number) => format!("{number} · {}", one.workshop_title),
            None => one.workshop_title.clone(),
        };
        vec![
            Cell::words(Some(&one.code)),
            Cell::words(Some(&one.text)),
            Cell::words(one.theme.as_deref()),
            Cell::words(one.territory.as_deref()),
            Cell::words(Some(&workshop)),
            Cell::day(one.date),
            Cell::count(one.table),
            Cell::words(one.organisation.as_deref()),
            if one.said_again > 0 { Cell::Count(i64::from(one.said_again)) } else { Cell::Empty },
            Cell::words(one.group.as_deref()),
            Cell::words(Some(&one.votes.join(" · "))),
            Cell::words(one.cluster.as_deref()),
            Cell::words(Some(&one.actions.join(", "))),
            Cell::words(Some(&outcome(one, words))),
            Cell::words(Some(&answers(one))),
        ]
    };
    Sheet {
        name: words.proposals.to_owned(),
        key: words.proposals_key.to_owned(),
        about: words.tracing_1.to_owned(),
        columns,
        rows: source.proposals.iter().map(row).collect(),
        held: 2,
        ..Sheet::default()
    }
}

/// What became of a proposal, in words: what was answered, else the actions that take it up.
pub(super) fn outcome(one: &ProposalSource, words: &Words) -> String {
    let kinds = words.outcome_kinds();
    let mut said: Vec<&str> = Vec::new();
    for given in &one.outcomes {
        let word = kinds.iter().find(|(name, _)| *name == given.kind).map_or(given.kind.as_str(), |(_, shown)| *shown);
        if !said.contains(&word) {
            said.push(word);
        }
    }
    match (said.is_empty(), one.actions.is_empty()) {
        (false, _) => said.join(", "),
        (true, false) => format!("{} {}", words.taken_up, one.actions.join(", ")),
        (true, true) => words.waiting.to_owned(),
    }
}

/// Why, and what was answered.
pub(super) fn answers(one: &ProposalSource) -> String {
    let said = one.outcomes.iter().flat_map(|given| [&given.reason, &given.answer]).flatten();
    said.cloned().collect::<Vec<_>>().join(" · ")
}
