//! A démarche whose texts are all one would rather not meet: every document of it is written, and judged by software that is
//! not ours.

use crate::tools::{files, letters, pdf_text, run, through_libreoffice};
use chrono::DateTime;
use moisson_workflow::{
    Emblem, EntityId, Field, Fields, Kind, Language, Session, Surroundings, Template,
    views::{Capture, CharterChange, NewBallot, PictureRole, RoomMethod},
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const NOW: &str = "2022-09-15T09:00:00+02:00";

/// Formulas, markup, control characters, other scripts and directions, words without end, forty lines.
fn texts() -> Vec<String> {
    vec![
        String::from("=HYPERLINK(\"http://example.org\";\"cliquez\")"),
        String::from("+33 3 81 00 00 00"),
        String::from("-2+3+cmd|' /C calc'!A0"),
        String::from("@SUM(1+1)*cmd"),
        String::from("<script>alert(1)</script> & ]]> <!-- \"guillemets\" 'apostrophes'"),
        String::from("Caractères \u{1}\u{b}\u{1f} interdits \u{fffe}, retour\rchariot"),
        String::from("الوصول إلى العمل في بيزانسون، 3 مرات"),
        String::from("Żółć gęślą jaźń, Łukasz Wiśniewski-Brzęczyszczykiewicz"),
        String::from("Garde d’enfants 👩‍👧‍👦🚲 partagée 🇫🇷 👍🏽 ✅"),
        "Donaudampfschifffahrtsgesellschaftskapitän".repeat(4),
        (1..=40).map(|line| format!("ligne {line}")).collect::<Vec<_>>().join("\n"),
        String::from("Mobilité / Besançon \\ Nord : « essai » ? *"),
        String::from("{{contenu}} ${x} #set page(width: 1cm) @label $math$ `code`"),
        String::from("ab\u{202e}cd\u{202c} שלום עולם"),
    ]
}

struct Hostile {
    session: Session,
    texts: Vec<String>,
    next: usize,
}

impl Hostile {
    fn text(&mut self) -> Value {
        self.next += 1;
        json!(self.texts[self.next % self.texts.len()])
    }

    fn make<const N: usize>(&mut self, kind: Kind, fields: [(Field, Value); N]) -> EntityId {
        self.session.create_entity(kind, fields.into_iter().collect(), None).unwrap()
    }

    /// An action with everything, and one with nothing but its title.
    fn action(&mut self, objective: EntityId, organisation: EntityId, full: bool) {
        let title = self.text();
        let action = self.make(Kind::Action, [(Field::Title, title), (Field::Objective, json!(objective))]);
        if !full {
            return;
        }
        let mut fields = Fields::default();
        for field in [
            Field::Reasons,
            Field::Description,
            Field::Audience,
            Field::Means,
            Field::Conditions,
            Field::Risks,
            Field::Governance,
        ] {
            let text = self.text();
            fields.0.extend(Fields::from_iter([(field, text)]).0);
        }
        self.session.edit_entity(action, fields).unwrap();
        self.session.set_links(action, "lead", &[organisation]).unwrap();
        let (what, who, funder, name, unit) = (self.text(), self.text(), self.text(), self.text(), self.text());
        let due = (Field::DueOn, json!("2023-01-31"));
        self.make(Kind::Milestone, [(Field::Action, json!(action)), (Field::What, what), (Field::Who, who), due]);
        let planned = (Field::Planned, json!(1_234_567));
        self.make(
            Kind::Funding,
            [(Field::Action, json!(action)), (Field::Funder, funder), (Field::Year, json!(2023)), planned],
        );
        self.make(Kind::Indicator, [(Field::Action, json!(action)), (Field::Name, name), (Field::Unit, unit)]);
    }
}

fn world() -> Surroundings {
    Surroundings {
        now: Box::new(|| DateTime::parse_from_rfc3339(NOW).unwrap()),
        random: ChaCha20Rng::seed_from_u64(3),
        author: String::new(),
        language: Language::Fr,
    }
}

/// The démarche, with so many actions and proposals, under a charter with everything.
fn demarche(folder: &Path, actions: usize, proposals: usize) -> PathBuf {
    let file = folder.join("hostile.moisson");
    let title = "SPIE / \"Doubs\" & <Cie> =1+1";
    let session = Session::new_process(&file, Template::Blank, Some(title), "A", world()).unwrap();
    let mut one = Hostile { session, texts: texts(), next: 0 };
    let process = one.session.charter().unwrap().process;
    let about = [
        (Field::Organisation, json!("Département / =du= Doubs 🏔")),
        (Field::FundingReference, json!("=2022/001")),
        (Field::FundingStatement, json!("Cofinancé par l’Union européenne")),
        (Field::Introduction, json!(texts()[10])),
        (Field::EasySummary, json!(texts()[10])),
    ];
    one.session.edit_entity(process, about.into_iter().collect()).unwrap();
    let (name, theme) = (one.text(), one.text());
    let organisation = one.make(Kind::Organisation, [(Field::Name, name), (Field::ShortName, json!("=CCAS"))]);
    let theme = one.make(Kind::Theme, [(Field::Name, theme)]);
    for _ in 0..texts().len() {
        let (place, finding) = (one.text(), one.text());
        one.make(Kind::Territory, [(Field::Name, place)]);
        one.make(Kind::Finding, [(Field::Text, finding), (Field::Theme, json!(theme))]);
    }
    let workshop = one.make(
        Kind::Workshop,
        [
            (Field::Title, json!(texts()[11])),
            (Field::Number, json!(7)),
            (Field::Theme, json!(theme)),
            (Field::Date, json!("2022-06-23")),
            (Field::StartsAt, json!("09:00")),
            (Field::Place, json!(texts()[8])),
            (Field::Question, json!(texts()[10])),
            (Field::Aims, json!(texts()[6])),
        ],
    );
    let mut said = Vec::new();
    for _ in 0..proposals {
        let text = one.text();
        let capture = Capture { text: text.as_str().unwrap().replace('\n', " "), ..Capture::default() };
        said.extend(one.session.capture(workshop, &capture).unwrap());
    }
    for method in [RoomMethod::MajorityJudgment, RoomMethod::Dots, RoomMethod::Approval] {
        let vote = NewBallot {
            workshop,
            method,
            question: texts()[12].clone(),
            about: said[..6].to_vec(),
            settings: serde_json::from_value(json!({})).unwrap(),
            secret: false,
            present_count: None,
            costs: Vec::new(),
        };
        one.session.new_ballot(&vote).unwrap();
    }
    for _ in 0..2 {
        let axis = one.text();
        let axis = one.make(Kind::Axis, [(Field::Title, axis)]);
        let objective = one.text();
        let objective = one.make(Kind::Objective, [(Field::Title, objective), (Field::Parent, json!(axis))]);
        for number in 0..actions / 2 {
            one.action(objective, organisation, number % 5 != 0);
        }
    }
    charter(&mut one, folder);
    file
}

fn charter(one: &mut Hostile, folder: &Path) {
    let logo = folder.join("logo.svg");
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 90"><rect width="900" height="90" fill="#1f5fa8"/></svg>"##;
    fs::write(&logo, svg).unwrap();
    let logo = Emblem::logo(&logo).unwrap();
    let cover = Emblem::cover(&folder.join("logo.svg")).unwrap();
    one.session.attach_emblem(PictureRole::Logo, None, &logo).unwrap();
    one.session.attach_emblem(PictureRole::Cover, None, &cover).unwrap();
    let funder = one.make(Kind::Funder, [(Field::Name, json!(texts()[4])), (Field::Statement, json!(texts()[9]))]);
    one.session.attach_emblem(PictureRole::Emblem, Some(funder), &logo).unwrap();
    let change = CharterChange {
        preset: Some(String::from("department")),
        footer: Some(texts()[4].clone()),
        ..CharterChange::default()
    };
    one.session.set_charter(&change).unwrap();
}

const DOCUMENTS: [(&str, &str); 12] = [
    ("plan", "pdf,docx,odt,html,md,json"),
    ("tracking", "xlsx,csv"),
    ("slides", "pptx,pdf"),
    ("annex", "pdf,xlsx,csv,html"),
    ("minutes", "pdf,docx,odt,html,md,json"),
    ("attendance", "pdf,docx,odt"),
    ("invitation", "pdf,docx,odt,html,md"),
    ("poster", "pdf"),
    ("ballots", "pdf"),
    ("tents", "pdf"),
    ("cards", "pdf"),
    ("proof", "zip"),
];

fn export_all(file: &Path, into: &Path, documents: &[(&str, &str)]) {
    for (document, formats) in documents {
        moisson!("export", file, document, "--format", formats, "--now", NOW, "-o", into).done();
    }
    moisson!("publish", file, "--open-data", &into.join("open"), "--now", NOW).done();
}

/// What the judges of `../shared` say; nothing where they are not beside this repository.
fn judged(script: &str, documents: &[PathBuf]) {
    let judge = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/check").join(script);
    if !judge.exists() {
        eprintln!("SKIPPED: no {}", judge.display());
        return;
    }
    let said = run(Command::new(judge).args(documents));
    assert_eq!(said.code, 0, "{}\n{}", said.stdout, said.stderr);
}

#[test]
fn every_document_of_a_hostile_demarche_is_sound_and_the_same_twice() {
    let thorough = std::env::var_os("MOISSON_THOROUGH").is_some();
    let folder = tempfile::tempdir().unwrap();
    let (actions, proposals) = if thorough { (300, 400) } else { (12, 14) };
    let file = demarche(folder.path(), actions, proposals);
    let (first, second) = (folder.path().join("1"), folder.path().join("2"));
    export_all(&file, &first, &DOCUMENTS);
    // Every writer twice; each document twice where there is time.
    let again: &[(&str, &str)] =
        if thorough { &DOCUMENTS } else { &[("plan", "pdf,docx,odt"), ("tracking", "xlsx"), ("poster", "pdf")] };
    export_all(&file, &second, again);
    let twice: Vec<PathBuf> =
        ["pdf", "docx", "odt", "xlsx", "zip"].iter().flat_map(|kind| files(&second, kind)).collect();
    assert!(twice.len() >= 5);
    for path in twice {
        let once = first.join(path.strip_prefix(&second).unwrap());
        assert!(fs::read(&path).unwrap() == fs::read(&once).unwrap(), "{} is not the same twice", once.display());
    }

    judged("verapdf", &files(&first, "pdf"));
    let office: Vec<PathBuf> = ["docx", "odt", "xlsx", "pptx"].iter().flat_map(|kind| files(&first, kind)).collect();
    assert!(office.len() >= 11, "{office:?}");
    judged("office", &office);

    let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/main/axe.mjs");
    let said = run(Command::new("node").arg(axe).args(files(&first, "html")));
    assert_eq!(said.code, 0, "{}\n{}", said.stdout, said.stderr);

    // Nothing but the names that Moisson gives: no text of people reaches the file system.
    for path in files(&first, "pdf").iter().chain(&office) {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c)), "{name}");
    }
    let plan = letters(&pdf_text(&first.join("plan-d-actions.pdf")));
    for word in ["Wiśniewski", "ligne 40", "cliquez", "guillemets"] {
        assert!(plan.contains(&letters(word)), "the plan says {word}");
    }
    let converted = folder.path().join("lo");
    fs::create_dir(&converted).unwrap();
    let opened: &[&str] =
        if thorough { &["plan-d-actions.docx", "plan-d-actions.odt"] } else { &["plan-d-actions.docx"] };
    for name in opened {
        let text = letters(&pdf_text(&through_libreoffice(&first.join(name), &converted)));
        assert!(text.contains(&letters("ligne 40")) && text.contains("wiśniewski"), "{name}");
    }

    // A document of ours, as an organisation would have restyled it, is the model of the next.
    let mut session = Session::open(&file, world()).unwrap();
    let ours = files(&first, "docx");
    let invitation = ours.iter().find(|path| path.to_str().unwrap().contains("invitation")).unwrap();
    let model = Emblem::model(invitation).unwrap();
    session.attach_emblem(PictureRole::Model, None, &model).unwrap();
    drop(session);
    let dressed = folder.path().join("dressed");
    for document in ["plan", "attendance", "invitation"] {
        moisson!("export", &file, document, "--format", "docx", "--now", NOW, "-o", &dressed).done();
    }
    judged("office", &files(&dressed, "docx"));
    // It shows the code that it speaks of, in our clothes and in the model's (names of parts stand in a package as they are).
    for (folder, code) in [(&first, b"/code1.png".as_slice()), (&dressed, b"-code1.png".as_slice())] {
        for path in files(folder, "docx") {
            let shown = fs::read(&path).unwrap().windows(code.len()).any(|part| part == code);
            assert_eq!(shown, path.to_str().unwrap().contains("invitation"), "{}", path.display());
        }
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_said_in_one_sentence_and_nothing_is_left_half_written() {
    let folder = tempfile::tempdir().unwrap();
    moisson!("demo", folder.path(), "--seed", "7", "--proposals", "20").done();
    let file = folder.path().join("pontarlier.moisson");
    // A file stands where the folder should be.
    let taken = folder.path().join("taken");
    fs::write(&taken, b"mine").unwrap();
    let refused = moisson!("export", &file, "plan", "--format", "md", "-o", &taken);
    assert_eq!(refused.code, 1);
    assert_eq!(refused.stderr.trim().lines().count(), 1, "{}", refused.stderr);
    assert_eq!(fs::read(&taken).unwrap(), b"mine");
}
