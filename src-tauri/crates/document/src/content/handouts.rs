//! What an atelier needs on paper: invitation, poster, bulletins, table tents.

use super::{Page, cell, funding, meta, optional, table};
use crate::{
    Document, DocumentError,
    model::{Block, Code, Handout, Meta, Paper, Run, Shape},
    source::{PaperAnswer, PaperVoteSource, RoomSource},
    typography::{NBSP, date, printable},
    words::{Words, words},
};

/// Bulletins and tables that one print run may hold.
const MOST: u32 = 500;

/// The invitation: a letter, with the code that puts the atelier into a diary.
///
/// # Errors
/// [`DocumentError`] names what is not fit to be written.
pub fn invitation(source: &RoomSource) -> Result<Document, DocumentError> {
    let words = words(&source.frame.language);
    let mut page = Page { words, blocks: Vec::new() };
    page.paragraph(vec![Run::plain(words.invited)]);
    let day = source.workshop.date.map(|day| date(day, words.french));
    let place = [source.workshop.place.clone(), Some(source.workshop.territories.join(", "))];
    let place: Vec<String> = place.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    page.blocks.push(Block::Panel {
        items: vec![
            (words.day.to_owned(), optional(day.as_ref())),
            (words.schedule.to_owned(), optional(hours(source).as_ref())),
            (words.place.to_owned(), optional(Some(place.join(", ")).filter(|text| !text.is_empty()).as_ref())),
        ],
    });
    funding(&mut page, &source.frame);
    if let Some(question) = &source.question {
        page.heading(1, words.question);
        page.paragraph(vec![Run::strong(printable(question))]);
    }
    if let Some(aims) = &source.aims {
        page.heading(1, words.aims);
        page.prose(aims);
    }
    if !source.steps.is_empty() {
        page.heading(1, words.agenda);
        let step = |(title, minutes): &(String, Option<u32>)| {
            let minutes = minutes.map(|minutes| format!(" ({minutes}{NBSP}min)")).unwrap_or_default();
            vec![Run::plain(printable(title)), Run::muted(minutes)]
        };
        page.list(source.steps.iter().map(step).collect());
    }
    page.heading(1, words.practical);
    page.list(vec![cell(words.nothing_to_install), cell(words.come_as_you_are), cell(words.tell_us_access)]);
    if let (Some(svg), Some(day)) = (&source.diary, &day) {
        page.heading(1, words.in_your_diary);
        page.paragraph(vec![Run::plain(words.diary_how)]);
        let row = vec![cell(&source.workshop.title), cell(day), optional(hours(source).as_ref())];
        let columns = [(words.workshop, 8, false), (words.day, 4, false), (words.schedule, 4, false)];
        page.blocks.push(Block::Figure {
            svg: svg.clone(),
            small: true,
            alt: words.diary_alt.to_owned(),
            table: table(words.in_your_diary, &columns, vec![row]),
        });
    }
    let title = format!("{}{NBSP}: {}", words.invitation, source.workshop.title);
    let meta = meta(&source.frame, words, &title, source.frame.process.clone(), false);
    Document { meta, blocks: page.blocks }.checked()
}

/// The poster at the door: what, when, where, and how phones come in.
#[must_use]
pub fn poster(source: &RoomSource) -> Handout {
    let words = words(&source.frame.language);
    let workshop = &source.workshop;
    let number = workshop.number.map(|number| format!("{}{NBSP}{number} · ", words.workshop)).unwrap_or_default();
    let place = [workshop.place.clone().unwrap_or_default(), workshop.territories.join(", ")];
    let place: Vec<String> = place.into_iter().filter(|text| !text.is_empty()).collect();
    let facts = [workshop.date.map(|day| date(day, words.french)), hours(source), Some(place.join(", "))];
    let mut codes = Vec::new();
    if let Some(door) = &source.door {
        if let (Some(name), Some(svg)) = (&door.wifi, &door.wifi_code) {
            codes.push(Code { svg: svg.clone(), label: words.first_wifi.to_owned(), words: vec![name.clone()] });
        }
        let label = if codes.is_empty() { words.open_page } else { words.then_page };
        let typed = vec![door.address.clone(), door.word.clone()];
        codes.push(Code { svg: door.page_code.clone(), label: label.to_owned(), words: typed });
    } else if let Some(svg) = &source.diary {
        codes.push(Code { svg: svg.clone(), label: words.in_your_diary.to_owned(), words: Vec::new() });
    }
    Handout {
        meta: sheet_meta(source, words, words.poster),
        shape: Shape::Poster {
            over: source.frame.process.clone(),
            title: format!("{number}{}", workshop.title),
            facts: facts.into_iter().flatten().filter(|text| !text.is_empty()).collect(),
            question: source.question.clone(),
            codes,
            note: if source.door.is_some() { words.no_phone_needed } else { words.welcome }.to_owned(),
        },
    }
    .checked()
}

/// Bulletins of the votes of an atelier, each as its method asks.
#[must_use]
pub fn ballots(source: &RoomSource) -> Handout {
    let words = words(&source.frame.language);
    let papers = source.votes.iter().map(|vote| paper(source, vote, words)).collect();
    Handout {
        meta: sheet_meta(source, words, words.paper_ballots),
        shape: Shape::Papers { papers, copies: source.copies.clamp(1, MOST) },
    }
    .checked()
}

/// Table tents.
#[must_use]
pub fn tents(source: &RoomSource) -> Handout {
    let words = words(&source.frame.language);
    Handout {
        meta: sheet_meta(source, words, words.table_tents),
        shape: Shape::Tents {
            word: words.table_word.to_owned(),
            count: source.tables.clamp(1, MOST),
            under: source.workshop.title.clone(),
            question: source.question.clone(),
        },
    }
    .checked()
}

fn hours(source: &RoomSource) -> Option<String> {
    let times: Vec<String> = source.starts_at.iter().chain(&source.ends_at).cloned().collect();
    Some(times.join(" – ")).filter(|times| !times.is_empty())
}

fn sheet_meta(source: &RoomSource, words: &Words, what: &str) -> Meta {
    let title = format!("{what}{NBSP}: {}", source.workshop.title);
    meta(&source.frame, words, &title, source.frame.process.clone(), false)
}

fn paper(source: &RoomSource, vote: &PaperVoteSource, words: &Words) -> Paper {
    let own = |list: &[&str]| -> Vec<String> { list.iter().map(|word| (*word).to_owned()).collect() };
    let one = || vec![String::new()];
    let (columns, boxes, written) = match &vote.answer {
        PaperAnswer::Crosses => (Vec::new(), one(), false),
        // As many boxes as dots: one colours those one gives.
        PaperAnswer::Dots(points) => (Vec::new(), vec![String::new(); (*points).clamp(1, 8) as usize], false),
        PaperAnswer::Scores(min, max) if max.saturating_sub(*min) < 11 => {
            (Vec::new(), (*min..=*max).map(|score| score.to_string()).collect(), false)
        }
        PaperAnswer::Scores(..) | PaperAnswer::Ranks => (Vec::new(), one(), true),
        PaperAnswer::Grades(grades) => (grades.clone(), vec![String::new(); grades.len()], false),
        PaperAnswer::Duels => (Vec::new(), own(&["A", "B"]), false),
        PaperAnswer::ImpactEffort => (own(&[words.impact, words.effort]), vec![String::new(); 2], true),
        PaperAnswer::Consent => (own(&[words.consent, words.stand_aside, words.object]), vec![String::new(); 3], false),
        PaperAnswer::Opinion => (own(&[words.agree, words.disagree, words.pass]), vec![String::new(); 3], false),
    };
    let options = match vote.answer {
        PaperAnswer::Duels => duels(&vote.options),
        _ => vote.options.clone(),
    };
    let how = match &vote.answer {
        PaperAnswer::Dots(points) => words.colour_dots(*points),
        PaperAnswer::Scores(min, max) => words.score_between(*min, *max),
        PaperAnswer::Grades(_) | PaperAnswer::Consent | PaperAnswer::Opinion => words.one_cross_each.to_owned(),
        PaperAnswer::Ranks => words.write_ranks.to_owned(),
        PaperAnswer::Duels => words.circle_one.to_owned(),
        PaperAnswer::ImpactEffort => words.impact_how.to_owned(),
        PaperAnswer::Crosses => words.cross_what.to_owned(),
    };
    let number =
        source.workshop.number.map(|number| format!("{}{NBSP}{number} · ", words.workshop)).unwrap_or_default();
    Paper {
        head: format!("{number}{}", source.workshop.title),
        question: vote.question.clone(),
        how: format!("{how} {}", vote.rule),
        columns,
        boxes,
        written,
        options,
    }
}

/// Every two options, as many as a sheet holds.
fn duels(options: &[String]) -> Vec<String> {
    const HELD: usize = 15;
    let pairs = options.iter().enumerate().flat_map(|(index, a)| options[index + 1..].iter().map(move |b| (a, b)));
    pairs.take(HELD).map(|(a, b)| format!("A{NBSP}: {a}  —  B{NBSP}: {b}")).collect()
}
