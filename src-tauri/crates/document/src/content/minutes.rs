//! The compte rendu of an atelier.

use super::{Page, cell, funding, meta, optional, table};
use crate::{
    Document, DocumentError,
    figure::{self, votes},
    model::{Block, Run, Text},
    source::{MinutesSource, PictureSource, VoteSource},
    typography::{NBSP, date, printable},
    words::{Words, words},
};

/// Composes the minutes.
///
/// # Errors
/// [`DocumentError`] names what is not fit to be written.
pub fn minutes(source: &MinutesSource) -> Result<Document, DocumentError> {
    let words = words(&source.frame.language);
    let mut page = Page { words, blocks: Vec::new() };
    let workshop = &source.workshop;
    let number = workshop.number.map(|number| format!("{}{NBSP}{number} · ", words.workshop)).unwrap_or_default();
    let title = format!("{}{NBSP}: {number}{}", words.minutes, workshop.title);
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
    if let Some(introduction) = &source.introduction {
        page.anchored(1, words.introduction, "introduction");
        page.prose(introduction);
    }
    agenda(&mut page, source);
    attendance(&mut page, source);
    recalled(&mut page, source);
    groups(&mut page, source);
    page.heading(1, words.priorities);
    if source.votes.is_empty() {
        page.paragraph(vec![Run::muted(words.no_vote)]);
    }
    for vote in &source.votes {
        result(&mut page, vote);
    }
    worth(&mut page, source);
    for (label, part, items) in [
        (words.remarks, "remarks", &source.remarks),
        (words.decisions, "decisions", &source.decisions),
        (words.next, "next_steps", &source.next_steps),
    ] {
        if !items.is_empty() {
            page.anchored(1, label, part);
            page.list(items.iter().map(cell).collect());
        }
    }
    Document { meta: meta(&source.frame, words, &title, source.frame.process.clone(), false), blocks: page.blocks }
        .checked()
}

fn state(word: &str, words: &Words) -> &'static str {
    match word {
        "review" => words.review,
        "final" => words.final_,
        "sent" => words.sent,
        _ => words.draft,
    }
}

fn facts(page: &mut Page<'_>, source: &MinutesSource) {
    let words = page.words;
    let workshop = &source.workshop;
    let mut times: Vec<String> = Vec::new();
    times.extend(source.starts_at.clone());
    times.extend(source.ends_at.clone());
    let day = workshop.date.map(|day| date(day, words.french));
    let times = Some(times.join(" – ")).filter(|times| !times.is_empty());
    let present = workshop.present.map(|count| count.to_string());
    page.blocks.push(Block::Panel {
        items: vec![
            (words.theme.to_owned(), cell(&workshop.theme)),
            (words.territory.to_owned(), cell(workshop.territories.join(", "))),
            (words.day.to_owned(), optional(day.as_ref())),
            (words.schedule.to_owned(), optional(times.as_ref())),
            (words.place.to_owned(), optional(workshop.place.as_ref())),
            (words.present.to_owned(), optional(present.as_ref())),
            (words.state.to_owned(), cell(state(&source.state, words))),
        ],
    });
}

fn agenda(page: &mut Page<'_>, source: &MinutesSource) {
    let words = page.words;
    if !source.steps.is_empty() {
        page.heading(1, words.agenda);
        let rows = source
            .steps
            .iter()
            .map(|(title, minutes)| {
                vec![
                    cell(title),
                    cell(minutes.map_or_else(|| String::from("—"), |minutes| format!("{minutes}{NBSP}min"))),
                ]
            })
            .collect();
        page.table_or(table(words.agenda, &[(words.sequence, 8, false), (words.duration, 3, true)], rows), "");
    }
}

/// Who was there: numbers by structure and college; names only where the source brings them.
fn attendance(page: &mut Page<'_>, source: &MinutesSource) {
    let words = page.words;
    let presence = &source.presence;
    let mut here = source.attendance.clone();
    if presence.other > 0 {
        here.push((words.others.to_owned(), presence.other));
    }
    if here.is_empty() && presence.excused_count == 0 {
        return;
    }
    page.heading(1, words.attendance);
    let counted = |rows: &[(String, u32)]| -> Vec<Vec<Text>> {
        rows.iter().map(|(name, count)| vec![cell(name), cell(count.to_string())]).collect()
    };
    if !here.is_empty() {
        let columns = [(words.organisation, 8, false), (words.present, 3, true)];
        page.table_or(table(words.attendance, &columns, counted(&here)), "");
    }
    if presence.colleges.len() > 1 {
        let columns = [(words.college, 8, false), (words.present, 3, true)];
        page.table_or(table(words.colleges, &columns, counted(&presence.colleges)), "");
    }
    if presence.remote > 0 {
        page.paragraph(vec![Run::plain(format!("{}{NBSP}{}.", presence.remote, words.remotely))]);
    }
    if presence.excused_count > 0 {
        let named: Vec<String> = presence.excused.iter().map(|(name, count)| format!("{name} ({count})")).collect();
        let detail = if named.is_empty() { String::new() } else { format!(" — {}", named.join(", ")) };
        page.paragraph(vec![
            Run::strong(format!("{}{NBSP}: {}", words.excused, presence.excused_count)),
            Run::plain(printable(&detail)),
        ]);
    }
    if !presence.attendees.is_empty() {
        let rows = presence.attendees.iter().map(|one| {
            let mut name = cell(&one.name);
            if one.remote {
                name.push(Run::muted(format!(" ({})", words.remotely)));
            }
            vec![name, optional(one.organisation.as_ref())]
        });
        let columns = [(words.person, 8, false), (words.organisation, 8, false)];
        page.table_or(table(words.by_name, &columns, rows.collect()), "");
    }
}

/// What the room said the atelier was worth, by hands from 1 to 5.
fn worth(page: &mut Page<'_>, source: &MinutesSource) {
    let words = page.words;
    let Some(mean) = source.mean else { return };
    page.heading(1, words.worth);
    let mut mean = format!("{mean:.1}");
    if words.french {
        mean = mean.replace('.', ",");
    }
    page.paragraph(vec![Run::plain(format!("{}{NBSP}: ", words.worth_mean)), Run::strong(mean), Run::plain(".")]);
    let rows = (1..)
        .zip(&source.ratings)
        .map(|(mark, hands): (u32, &u32)| vec![cell(mark.to_string()), cell(hands.to_string())]);
    let columns = [(words.mark, 3, true), (words.hands, 3, true)];
    page.table_or(table(words.worth, &columns, rows.collect()), "");
}

fn recalled(page: &mut Page<'_>, source: &MinutesSource) {
    if source.findings.is_empty() {
        return;
    }
    page.heading(1, page.words.recalled);
    page.list(
        source
            .findings
            .iter()
            .map(|one| {
                let number = one.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
                let mut text = vec![Run::strong(number), Run::plain(printable(&one.text))];
                if let Some(figure) = &one.figure {
                    text.push(Run::muted(format!(" ({})", printable(figure))));
                }
                text
            })
            .collect(),
    );
}

fn groups(page: &mut Page<'_>, source: &MinutesSource) {
    let words = page.words;
    page.heading(1, words.proposals);
    if source.groups.iter().all(|group| group.proposals.is_empty()) {
        page.paragraph(vec![Run::muted(words.no_proposal)]);
    }
    for group in source.groups.iter().filter(|group| !group.proposals.is_empty()) {
        page.heading(2, group.name.clone().unwrap_or_else(|| words.ungrouped.to_owned()));
        let item = |one: &crate::source::ProposalSource| -> Text {
            let table = one.table.map(|table| format!("{}{NBSP}{table}", words.table));
            let again =
                (one.said_again > 0).then(|| format!("{} {}{NBSP}{}", words.said, one.said_again + 1, words.times));
            let said_by: Vec<String> = [table, one.organisation.clone(), again].into_iter().flatten().collect();
            let mut text = cell(&one.text);
            // The code stays with what follows: alone at the end of a line, it would seem part of the words.
            let said_by = said_by.join(" · ");
            let said_by = if said_by.is_empty() { said_by } else { format!("{NBSP}·{NBSP}{said_by}") };
            text.push(Run::muted(format!("  {}{said_by}", one.code)));
            if !one.came_from.is_empty() {
                let how = if one.joined { words.joins } else { words.piece_of };
                let quoted: Vec<String> = one.came_from.iter().map(|said| quote(said, words.french)).collect();
                text.push(Run::muted(format!(" ({how} {})", quoted.join(", "))));
            }
            text
        };
        page.list(group.proposals.iter().map(item).collect());
    }
}

/// Words in quotation marks.
fn quote(said: &str, french: bool) -> String {
    let said = printable(said);
    if french { format!("«{NBSP}{said}{NBSP}»") } else { format!("“{said}”") }
}

fn result(page: &mut Page<'_>, vote: &VoteSource) {
    let words = page.words;
    page.heading(2, printable(&vote.question));
    let present = vote.present.map(|count| format!(", {count}{NBSP}{}", words.people)).unwrap_or_default();
    page.paragraph(vec![
        Run::plain(printable(&vote.rule)),
        Run::muted(format!(" {}{NBSP}{}{present}.", vote.bulletins, words.bulletins)),
    ]);
    let rows =
        vote.rows.iter().map(|row| vec![cell(row.rank.to_string()), cell(&row.label), cell(&row.score)]).collect();
    let columns = [(words.rank, 2, true), (words.choice, 10, false), (words.result, 6, false)];
    let twin = table(&vote.question, &columns, rows);
    if twin.rows.is_empty() {
        return;
    }
    let said: Vec<String> =
        vote.rows.iter().map(|row| format!("{}. {} ({})", row.rank, row.label, row.score)).collect();
    let alt = printable(&format!("{}{NBSP}: {}", words.result, said.join(" ; ")));
    if let Some(picture) = &vote.picture {
        page.blocks.push(Block::Table { table: twin });
        return pictured(page, vote, picture, alt);
    }
    let svg = if vote.grades.is_empty() {
        figure::bars(&vote.rows.iter().map(|row| (row.label.clone(), row.value, row.score.clone())).collect::<Vec<_>>())
    } else {
        let rows = vote.rows.iter().map(|row| (row.label.clone(), row.profile.clone(), row.score.clone()));
        figure::profiles(&rows.collect::<Vec<_>>())
    };
    page.blocks.push(Block::Figure { small: false, svg, alt, table: twin.clone() });
    page.blocks.push(Block::Table { table: twin });
}

/// A figure of its own kind, and its own table after it.
fn pictured(page: &mut Page<'_>, vote: &VoteSource, picture: &PictureSource, alt: String) {
    let widths = |at: usize| if at == 0 { 8 } else { 3 };
    let columns: Vec<(&str, u32, bool)> =
        picture.header.iter().enumerate().map(|(at, head)| (head.as_str(), widths(at), at > 0)).collect();
    let rows = picture.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let twin = table(&vote.question, &columns, rows);
    page.blocks.push(Block::Figure { small: false, svg: votes::draw(&picture.shape), alt, table: twin.clone() });
    page.blocks.push(Block::Table { table: twin });
}
