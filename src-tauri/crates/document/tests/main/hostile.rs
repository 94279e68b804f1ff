//! A démarche whose texts are all one would rather not meet.

use chrono::NaiveDate;
use moisson_document::{
    Colour, Face, Look, Mark, Picture, Source,
    form::{Field, Form, Group, Section, Value},
    source::*,
};
use std::sync::Arc;

/// Formulas, markup, control characters, other scripts, a word without end, forty lines, nothing at all.
pub fn texts() -> Vec<String> {
    vec![
        String::from("=HYPERLINK(\"http://example.org\";\"cliquez\")"),
        String::from("+33 3 81 00 00 00"),
        String::from("-2+3+cmd|' /C calc'!A0"),
        String::from("@SUM(1+1)*cmd"),
        String::from("\t=1+1"),
        String::from("<script>alert(1)</script> & ]]> <!-- \"guillemets\" 'apostrophes'"),
        String::from("Caractères \u{0}\u{1}\u{b}\u{1f} interdits \u{fffe}\u{ffff}, retour\u{d}chariot"),
        String::from("الوصول إلى العمل في بيزانسون"),
        String::from("Żółć gęślą jaźń, Łukasz Wiśniewski"),
        String::from("Garde d’enfants 👩‍👧‍👦🚲 partagée 🇫🇷"),
        "Donaudampfschifffahrtsgesellschaftskapitän".repeat(6),
        (1..=40).map(|line| format!("ligne {line}")).collect::<Vec<_>>().join("\n"),
        String::from("# Titre *gras* | colonne [lien](http://example.org) `code`"),
        String::from("{{contenu}} ${x} #set page(width: 1cm) \\ @label $math$"),
        String::from("   "),
    ]
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

/// A charter with everything, in words one would rather not meet.
fn look() -> Look {
    let png = Arc::new(include_bytes!("../../../../../assets/document/eu.png").to_vec());
    let picture = |alt: &str, width: u32| Picture {
        alt: alt.to_owned(),
        width,
        height: 400,
        bytes: png.clone(),
        ..Picture::default()
    };
    let mark =
        |text: &String| Mark { name: text.clone(), statement: Some(text.clone()), logo: Some(picture(text, 600)) };
    Look {
        face: Face::Ubuntu,
        footer: Some(texts()[5].clone()),
        logos: vec![picture(&texts()[5], 600), picture(&texts()[7], 9_000)],
        cover: Some(picture("", 600)),
        funders: texts()[..8].iter().map(mark).collect(),
        ..Look::contrast().coloured(Colour(0x12_3456), Colour(0x65_4321))
    }
}

pub fn frame(language: &str) -> Frame {
    Frame {
        language: language.to_owned(),
        process: String::from("SPIE / du \"Doubs\" & <Cie>"),
        organisation: String::from("Département =du= Doubs"),
        funding_reference: Some(String::from("=2022/001")),
        funding_statement: Some(String::from("Cofinancé par l’Union européenne & <autres>")),
        funders: vec![FunderSource { name: texts()[0].clone(), statement: Some(texts()[5].clone()) }],
        date: day("2022-09-15").unwrap_or_default(),
        look: look(),
    }
}

fn workshop() -> WorkshopSource {
    WorkshopSource {
        number: Some(7),
        title: texts()[5].clone(),
        theme: String::from("Mobilité"),
        territories: vec![String::from("Besançon"), texts()[7].clone()],
        date: day("2022-05-12"),
        place: Some(texts()[9].clone()),
        present: Some(14),
        proposals: 15,
        votes: vec![texts()[2].clone()],
    }
}

fn proposals() -> Vec<ProposalSource> {
    (1u32..)
        .zip(texts())
        .map(|(place, text)| ProposalSource {
            code: format!("7.{place}"),
            text: text.clone(),
            workshop: Some(7),
            workshop_title: texts()[5].clone(),
            territory: Some(String::from("Besançon")),
            organisation: Some(text.clone()),
            table: Some(place),
            group: Some(text.clone()),
            votes: vec![text.clone()],
            cluster: Some(text.clone()),
            actions: if place % 2 == 0 { vec![String::from("1.1.1")] } else { Vec::new() },
            theme: Some(String::from("Mobilité")),
            date: day("2022-05-12"),
            outcomes: vec![OutcomeSource {
                kind: String::from("set_aside"),
                reason: Some(text.clone()),
                answer: Some(text),
            }],
            ..ProposalSource::default()
        })
        .collect()
}

fn action(number: u32, text: &str) -> ActionSource {
    let some = || Some(text.to_owned());
    let list = || vec![text.to_owned()];
    ActionSource {
        id: format!("action{number}"),
        number: format!("1.1.{number}"),
        title: text.to_owned(),
        status: Some(String::from("late")),
        priority: Some(number),
        themes: list(),
        territories: list(),
        reasons: some(),
        description: some(),
        audience: some(),
        means: some(),
        conditions: some(),
        risks: some(),
        governance: some(),
        user_involvement: some(),
        leads: list(),
        partners: list(),
        starts_on: day("2022-10-01"),
        ends_on: day("2024-03-31"),
        milestones: vec![MilestoneSource {
            what: text.to_owned(),
            who: some(),
            due_on: day("2023-01-01"),
            done_on: None,
        }],
        fundings: vec![FundingSource {
            funder: text.to_owned(),
            year: Some(2023),
            planned: 1_234_567,
            actual: Some(99),
            kind: Some(String::from("running")),
            state: some(),
        }],
        indicators: vec![IndicatorSource {
            name: text.to_owned(),
            unit: some(),
            target: some(),
            baseline: some(),
            ..IndicatorSource::default()
        }],
        findings: list(),
        proposals: vec![String::from("7.2"), String::from("7.4")],
        clusters: list(),
        progress: Some(40),
    }
}

pub fn plan(language: &str) -> PlanSource {
    let actions = (1u32..).zip(texts()).map(|(number, text)| action(number, &text)).collect();
    let theme = ThemeSource {
        number: 1,
        name: texts()[12].clone(),
        short_name: Some(String::from("Mobilité")),
        description: Some(texts()[11].clone()),
        findings: texts()
            .into_iter()
            .map(|text| FindingSource { number: None, figure: Some(text.clone()), source: Some(text.clone()), text })
            .collect(),
    };
    PlanSource {
        frame: frame(language),
        title: String::from("=Plan <d’actions> & suite"),
        introduction: Some(texts()[11].clone()),
        method_note: Some(texts()[13].clone()),
        easy_summary: Some(texts()[11].clone()),
        territories: vec![String::from("Besançon"), texts()[7].clone()],
        themes: vec![theme],
        workshops: vec![workshop()],
        axes: vec![AxisSource {
            number: String::from("1"),
            title: texts()[6].clone(),
            description: None,
            objectives: vec![ObjectiveSource {
                number: String::from("1.1"),
                title: texts()[11].clone(),
                description: None,
                actions,
            }],
        }],
        loose: vec![ActionSource {
            number: String::from("9"),
            title: String::from("Sans objectif"),
            ..ActionSource::default()
        }],
        proposals: proposals(),
        priorities: vec![PrioritySource {
            territories: vec![String::from("Besançon")],
            theme: String::from("Mobilité"),
            label: texts()[0].clone(),
            score: texts()[2].clone(),
            rank: 1,
            ..PrioritySource::default()
        }],
        organisations: texts(),
        glossary: texts().into_iter().map(|text| (text.clone(), text)).collect(),
        presented_on: None,
        changes: Some(ChangesSource {
            version: texts()[3].clone(),
            adopted_on: day("2022-09-15"),
            rows: texts()
                .into_iter()
                .map(|text| ChangeSource {
                    action: Some((String::from("1.1.1"), text.clone())),
                    kind: String::from("action"),
                    title: text.clone(),
                    how: String::from("changed"),
                    field: String::from("risks"),
                    before: text.clone(),
                    after: text,
                })
                .collect(),
        }),
    }
}

/// A form of one action whose every field holds a text.
pub fn form(text: &str) -> Form {
    let key = |name: &str| format!("m1_{}_{name}abcdef", "0".repeat(25));
    let names = ["title", "lead", "risks", "description", "what"];
    let field = |name: &'static str| Field { key: key(&name[..2]), name, value: Value::Words(text.to_owned()) };
    let group = Group { kind: "action", place: 1, blank: false, fields: names.map(field).to_vec() };
    Form {
        frame: frame("fr"),
        process: String::from("00000000-0000-7000-8000-000000000000"),
        sections: vec![Section {
            key: format!("m1_{}", "0".repeat(25)),
            number: String::from("1.1.1"),
            title: text.to_owned(),
            trail: text.to_owned(),
            groups: vec![group],
        }],
    }
}

/// The material of its atelier, with a vote by each way of answering.
fn room(language: &str) -> RoomSource {
    let code = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="90" height="90"><path d="M0 0h9v9H0z"/></svg>"##;
    let answers = [
        PaperAnswer::Crosses,
        PaperAnswer::Dots(3),
        PaperAnswer::Scores(0, 10),
        PaperAnswer::Scores(0, 100),
        PaperAnswer::Grades(vec![String::from("Excellent"), String::from("À rejeter"), texts()[10].clone()]),
        PaperAnswer::Ranks,
        PaperAnswer::Duels,
        PaperAnswer::ImpactEffort,
        PaperAnswer::Consent,
        PaperAnswer::Opinion,
    ];
    let vote = |answer| PaperVoteSource {
        question: texts()[5].clone(),
        rule: texts()[2].clone(),
        options: texts().into_iter().filter(|text| text.len() < 200).collect(),
        answer,
    };
    RoomSource {
        frame: frame(language),
        workshop: workshop(),
        starts_at: Some(String::from("09:00")),
        ends_at: None,
        question: Some(texts()[11].clone()),
        aims: Some(texts()[11].clone()),
        steps: texts().into_iter().map(|text| (text, Some(20))).collect(),
        diary: Some(code.to_owned()),
        door: Some(DoorSource {
            address: texts()[0].clone(),
            word: String::from("BCDFGH"),
            page_code: code.to_owned(),
            wifi: Some(texts()[9].clone()),
            wifi_code: Some(code.to_owned()),
        }),
        votes: answers.into_iter().map(vote).collect(),
        copies: 3,
        tables: 2,
    }
}

/// Every document of it, and of a démarche in which nothing was said yet.
pub fn sources(language: &str) -> Vec<Source> {
    let full = Box::new(plan(language));
    let empty = Box::new(PlanSource { frame: frame(language), title: String::from("Plan"), ..PlanSource::default() });
    let signer = |text: String| SignerSource {
        name: text.clone(),
        organisation: Some(text.clone()),
        role: Some(text),
        arrived_at: Some(String::from("09:05")),
        remote: true,
        signature: Some(String::from("M10 20L40 60L90 10")),
    };
    let sheet = |filled: bool| AttendanceSheetSource {
        frame: frame(language),
        workshop: workshop(),
        starts_at: Some(String::from("09:00")),
        ends_at: Some(String::from("17:00")),
        half_days: vec![HalfDay::Morning, HalfDay::Afternoon],
        people: if filled { texts().into_iter().map(signer).collect() } else { Vec::new() },
        filled,
        present: 15,
        blank_lines: 24,
    };
    let minutes = MinutesSource {
        frame: frame(language),
        workshop: workshop(),
        question: Some(texts()[5].clone()),
        aims: Some(texts()[11].clone()),
        groups: vec![GroupSource { name: Some(texts()[0].clone()), proposals: proposals() }],
        remarks: texts(),
        decisions: texts(),
        next_steps: texts(),
        ..MinutesSource::default()
    };
    vec![
        Source::Plan(full.clone()),
        Source::Plan(empty.clone()),
        Source::Tracking(full.clone()),
        Source::Tracking(empty.clone()),
        Source::Slides(full.clone()),
        Source::Slides(empty.clone()),
        Source::Annex(full),
        Source::Annex(empty),
        Source::Minutes(Box::new(minutes)),
        Source::Agenda(Box::new(AgendaSource {
            frame: frame(language),
            workshop: workshop(),
            ..AgendaSource::default()
        })),
        Source::Attendance(Box::new(sheet(false))),
        Source::Attendance(Box::new(sheet(true))),
        Source::Invitation(Box::new(room(language))),
        Source::Poster(Box::new(room(language))),
        Source::Poster(Box::new(RoomSource { door: None, ..room(language) })),
        Source::Ballots(Box::new(room(language))),
        Source::Ballots(Box::new(RoomSource { votes: Vec::new(), ..room(language) })),
        Source::Tents(Box::new(room(language))),
        Source::Proof(Box::new(ProofSource {
            frame: frame(language),
            rows: vec![
                ProofRow { workshop: workshop(), held: true, signed: (3, 14), files: texts() },
                ProofRow { workshop: workshop(), ..ProofRow::default() },
            ],
            notices: texts(),
        })),
        Source::Cards(Box::new(CardsSource {
            frame: frame(language),
            workshop: Some(texts()[5].clone()),
            question: Some(texts()[11].clone()),
            first: 1,
            count: 11,
        })),
    ]
}
