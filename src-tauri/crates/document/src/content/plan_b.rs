//! Plan B: the page to hold when the projector, the network or the power fails.

use super::{Page, agenda::glance, cell};
use crate::{
    model::{Block, Run},
    source::AgendaSource,
    typography::{NBSP, printable},
};

/// A page of its own: what to do at once, the hours, the questions, how to go on with paper and type it in later.
pub(super) fn plan_b(page: &mut Page<'_>, source: &AgendaSource) {
    let words = page.words;
    page.blocks.push(Block::PageBreak);
    page.anchored(1, words.plan_b, "plan-b");
    page.paragraph(vec![Run::strong(words.plan_b_text)]);
    for (label, items) in [
        (words.no_projector, [words.b_projector_1, words.b_projector_2]),
        (words.no_network, [words.b_network_1, words.b_network_2]),
        (words.no_power, [words.b_power_1, words.b_power_2]),
    ] {
        page.heading(2, label);
        page.list(items.into_iter().map(|item| cell(printable(item))).collect());
    }
    let questions: Vec<(Option<&String>, &String)> = source
        .question
        .iter()
        .map(|question| (None, question))
        .chain(source.steps.iter().filter_map(|step| Some((step.starts_at.as_ref(), step.question.as_ref()?))))
        .collect();
    if !questions.is_empty() {
        page.heading(2, words.plan_b_questions);
        let item = |(time, question): (Option<&String>, &String)| {
            let time = time.map(|time| format!("{time}{NBSP}: ")).unwrap_or_default();
            vec![Run::muted(time), Run::strong(printable(question))]
        };
        page.list(questions.into_iter().map(item).collect());
    }
    page.heading(2, words.on_paper);
    let paper = [words.b_paper_1, words.b_paper_2, words.b_paper_3, words.b_paper_4, words.b_paper_5];
    page.list(paper.into_iter().map(|item| cell(printable(item))).collect());
    page.heading(2, words.plan_b_hours);
    glance(page, source);
    page.heading(2, words.later);
    let later = [words.b_later_1, words.b_later_2, words.b_later_3];
    page.list(later.into_iter().map(|item| cell(printable(item))).collect());
}
