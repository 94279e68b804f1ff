//! A whole atelier of the demo, played in the real window with the wall and thirty phones: what they say arrives, once.

use super::driver::{App, Tree, until};
use crate::tools::{docx_text, files, letters};
use fantoccini::key::Key;
use moisson_workflow::{EntityId, Fields, Kind, Language, Session, Surroundings, views::AgendaFit};
use rand::SeedableRng;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{ChildStdin, ChildStdout, Command, Stdio},
};

const PHONES: usize = 30;
/// What the facilitator notes, and the room then votes on.
const HEARD: [&str; 4] =
    ["Une navette à la demande", "Des vélos en location", "Avancer l’argent du permis", "Un garage solidaire"];

fn surroundings() -> Surroundings {
    Surroundings {
        now: Box::new(|| chrono::Local::now().fixed_offset()),
        random: rand_chacha::ChaCha20Rng::from_os_rng(),
        author: String::new(),
        language: Language::Fr,
    }
}

/// The demo of one laptop, with one more atelier to be held, its déroulé taken from the library.
fn prepared(folder: &Path) -> (PathBuf, EntityId) {
    moisson!("demo", folder, "--seed", "7").done();
    let file = folder.join("besancon.moisson");
    let mut session = Session::open(&file, surroundings()).unwrap();
    let fields: Fields = serde_json::from_value(json!({
        "title": "Revenir sur les mobilités", "number": 16, "state": "planned", "starts_at": "14:00", "ends_at": "15:30",
        "question": "Que mettre en route avant l’hiver ?", "present_count": PHONES,
    }))
    .unwrap();
    let workshop = session.create_entity(Kind::Workshop, fields, None).unwrap();
    session.apply_agenda(workshop, "ninety-minutes", AgendaFit::default()).unwrap();
    (file, workshop)
}

/// The browser with the phones in it, which does one thing after the other.
struct Phones {
    says: ChildStdin,
    hears: BufReader<ChildStdout>,
    _browser: Tree,
}

impl Phones {
    fn start() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/main/window/phones.mjs");
        let mut browser = Tree::start(
            Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()),
        );
        let (says, hears) = browser.pipes();
        Self { says, hears: BufReader::new(hears), _browser: browser }
    }

    /// Begins to do something.
    fn begin(&mut self, what: &Value) {
        writeln!(self.says, "{what}").unwrap();
    }

    /// Waits until every phone has done it.
    fn ended(&mut self) {
        let mut line = String::new();
        self.hears.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).expect("the browser is there (script/test installs it)");
        assert!(answer["done"].is_string(), "phones: {answer}");
    }

    fn act(&mut self, what: &Value) {
        self.begin(what);
        self.ended();
    }

    fn picture(&mut self, phone: usize, name: &str) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        self.act(&json!({ "do": "picture", "phone": phone, "path": folder.join(format!("{name}.png")) }));
    }
}

/// What the phone with this number proposes.
fn idea(phone: usize) -> String {
    format!("Idée {phone:02} d’un téléphone, pour aller au travail")
}

/// What ten of them propose besides.
fn second(phone: usize) -> String {
    format!("Seconde idée {phone:02}, pour rentrer le soir")
}

/// Everything that phones propose: one idea each, a second one from every third.
fn ideas() -> Vec<Vec<String>> {
    (0..PHONES).map(|n| if n % 3 == 0 { vec![idea(n), second(n)] } else { vec![idea(n)] }).collect()
}

/// The atelier is entered by keyboard alone, its first séquence begun, the room opened to phones.
async fn begin(app: &App) {
    app.press(&[Key::Control.into()], '3').await;
    app.focused("[data-testid='atelier']").await;
    app.press(&[], Key::Enter.into()).await;
    app.focused("[data-testid='capture']").await;
    app.reads("Revenir sur les mobilités").await;
    app.press(&[], Key::Escape.into()).await;
    app.press(&[], 's').await;
    app.find("[data-testid='step-left']").await;
    app.press(&[], 'q').await;
    app.choose("[data-testid='phones-interface']", "127.0.0.1").await;
    app.click("[data-testid='phones-open']").await;
    app.find("[data-testid='phones-join']").await;
}

/// Shows a scene by its number in the menu of the wall, and turns to the wall.
async fn show(app: &App, key: char, scene: &str) {
    app.turn_to_main().await;
    app.press(&[], 'p').await;
    app.find("[data-testid='project-menu']").await;
    app.press(&[], key).await;
    app.turn_to_projector().await;
    app.find(&format!("[data-testid='projector'][data-scene='{scene}']")).await;
}

/// Selects the four cards of the only regroupement and opens a vote on them, shown on the wall too.
async fn open_vote(app: &App, method: char, question: &str) {
    app.turn_to_main().await;
    // Out of the line, if the keyboard is there, and back into it: from the empty line down to the board.
    app.press(&[], Key::Escape.into()).await;
    app.press(&[], 'n').await;
    app.focused("[data-testid='capture']").await;
    app.press(&[], Key::Down.into()).await;
    app.focused("[data-testid='card']").await;
    app.press(&[], Key::Home.into()).await;
    for _ in 1..HEARD.len() {
        app.press(&[Key::Shift.into()], Key::Down.into()).await;
    }
    app.counts("[data-testid='card'][aria-selected='true']", HEARD.len()).await;
    app.press(&[], 'v').await;
    app.focused("[data-testid='ballot-question']").await;
    app.press(&[Key::Alt.into()], method).await;
    app.press(&[Key::Control.into()], 'a').await;
    app.type_text(question).await;
    app.press(&[], Key::Enter.into()).await;
    app.find("[data-testid='ballot-page'][data-state='open']").await;
    app.press(&[], 'p').await;
    app.turn_to_projector().await;
    app.find("[data-testid='projector'][data-scene='ballot']").await;
    app.find("[data-testid='wall-vote-join']").await;
    app.reads(question).await;
}

/// Once every bulletin is in, closes the vote; the wall, that showed only how many, shows the result. Back to the board.
async fn close_vote(app: &App, picture: &str) {
    app.reads(&format!("{PHONES} bulletins")).await;
    assert_eq!(app.count("[data-testid='projector-result']").await, 0, "hidden until the vote is closed");
    app.turn_to_main().await;
    app.press(&[], 'c').await;
    app.find("[data-testid='result']").await;
    app.turn_to_projector().await;
    app.find("[data-testid='projector-result']").await;
    app.reads(&format!("{PHONES} bulletins")).await;
    app.picture(picture).await;
    app.turn_to_main().await;
    app.press(&[], Key::Escape.into()).await;
    app.focused("[data-testid='capture']").await;
}

/// What a closed vote counted for each option, by its label.
fn scores(file: &Path, question: &str) -> BTreeMap<String, Value> {
    let session = Session::open_to_read(file, surroundings()).unwrap();
    let board = session.home().unwrap();
    let ids: Vec<EntityId> = board.workshops.iter().map(|row| row.id).collect();
    let rows = ids.into_iter().flat_map(|id| session.board(id).unwrap().ballots);
    let found: Vec<_> = rows.filter(|row| row.question == question).collect();
    assert_eq!(found.len(), 1, "one vote « {question} »");
    let view = session.ballot(found[0].id).unwrap();
    let outcome = serde_json::to_value(view.outcome.unwrap()).unwrap();
    assert_eq!((outcome["ballots"].as_f64(), &outcome["invalid"]), (Some(30.0), &json!(0)), "{outcome}");
    view.options.into_iter().map(|one| (one.label, outcome["scores"][one.id.to_string()].clone())).collect()
}

#[tokio::test]
async fn an_atelier_is_played_with_the_wall_and_thirty_phones_and_all_they_say_arrives_once() {
    let folder = tempfile::tempdir().unwrap();
    let (file, workshop) = prepared(folder.path());
    let app = App::open(&file).await;
    begin(&app).await;
    app.picture("journee-telephones").await;
    let address = app.read("[data-testid='phones-address']").await;
    let word = app.read("[data-testid='phones-word']").await;
    let token = {
        // The link stands only in the QR code; the file knows the token in it.
        let mut session = Session::open_to_read(&file, surroundings()).unwrap();
        session.invitation(workshop, false).unwrap().0.token()
    };
    let mut phones = Phones::start();
    let link = format!("{address}/#{token}");
    phones.begin(&json!({ "do": "join", "link": link, "address": address, "word": word, "count": PHONES }));
    app.press(&[], Key::Escape.into()).await;
    app.press(&[], 'n').await;
    app.focused("[data-testid='capture']").await;
    for words in HEARD {
        app.note(words).await;
    }
    phones.ended();
    app.reads(&format!("{PHONES} téléphones")).await;

    // Everyone proposes while the facilitator groups; one phone has lost the network, another falls asleep.
    phones.act(&json!({ "do": "lose", "phone": 7 }));
    phones.begin(&json!({ "do": "propose", "texts": ideas() }));
    app.press(&[], Key::Down.into()).await;
    app.focused("[data-testid='card']").await;
    app.press(&[], Key::End.into()).await;
    for _ in 1..HEARD.len() {
        app.press(&[Key::Shift.into()], Key::Up.into()).await;
    }
    app.counts("[data-testid='card'][aria-selected='true']", HEARD.len()).await;
    app.press(&[], 'g').await;
    app.focused("[data-testid='naming-field']").await;
    app.type_text("Se déplacer").await;
    app.press(&[], Key::Enter.into()).await;
    app.counts("[data-testid='column']", 1).await;
    phones.ended();
    phones.act(&json!({ "do": "find", "phone": 7 }));
    phones.act(&json!({ "do": "sleep", "phone": 3 }));
    let said: usize = ideas().iter().map(Vec::len).sum();
    until("every proposal is on the board", async || {
        app.read("[data-testid='column-ungrouped'] .count").await == said.to_string()
    })
    .await;
    app.picture("journee-salle").await;

    // Everyone reads the same, supports what the facilitator noted first and what a neighbour said.
    phones.act(&json!({ "do": "read", "texts": [HEARD[0], idea(7), second(27)] }));
    let supports: Vec<_> = (0..PHONES).map(|n| json!([HEARD[0], idea((n + 1) % PHONES)])).collect();
    phones.act(&json!({ "do": "support", "texts": supports }));
    phones.picture(0, "journee-telephone-soutenir");
    show(&app, '1', "board").await;
    app.find("[data-testid='projector-page']").await;
    app.picture("journee-mur").await;
    show(&app, '5', "group").await;
    for words in HEARD {
        app.reads(words).await;
    }
    app.reads(&format!("×\u{a0}{}", PHONES + 1)).await;

    open_vote(&app, '1', "Où vont les gommettes ?").await;
    app.picture("journee-mur-vote").await;
    let dots: Vec<_> = (0..PHONES).map(|n| json!({ HEARD[n % 4]: 3, HEARD[(n + 1) % 4]: 2 })).collect();
    phones.act(&json!({ "do": "vote", "question": "Où vont les gommettes ?", "method": "dots", "bulletins": dots }));
    phones.picture(1, "journee-telephone-vote");
    close_vote(&app, "journee-mur-gommettes").await;

    open_vote(&app, '3', "Que garder de tout cela ?").await;
    let approved: Vec<_> = (0..PHONES)
        .map(|n| if n.is_multiple_of(2) { json!([HEARD[0], HEARD[3]]) } else { json!([HEARD[n % 3]]) })
        .collect();
    phones.act(
        &json!({ "do": "vote", "question": "Que garder de tout cela ?", "method": "approval", "bulletins": approved }),
    );
    close_vote(&app, "journee-mur-approbation").await;

    open_vote(&app, '2', "Que vaut chaque idée ?").await;
    let grade = |n: usize, i: usize| if (n + i).is_multiple_of(3) { 4 } else { i };
    let grades: Vec<_> = (0..PHONES)
        .map(|n| Value::Object((0..4).map(|i| (HEARD[i].to_owned(), json!(grade(n, i)))).collect()))
        .collect();
    phones.act(
        &json!({ "do": "vote", "question": "Que vaut chaque idée ?", "method": "majority-judgment", "bulletins": grades }),
    );
    phones.picture(2, "journee-telephone-mentions");
    close_vote(&app, "journee-mur-jugement").await;

    // The end: how it was, the atelier closed, the minutes written.
    app.press(&[], Key::Escape.into()).await;
    app.press(&[Key::Shift.into()], 'c').await;
    app.click("[data-testid='rate-5']").await;
    app.click("[data-testid='close-confirm']").await;
    app.find("[data-testid='minutes-preview']").await;
    app.reads(&second(27)).await;
    app.picture("journee-compte-rendu").await;
    app.click("[data-testid='write-minutes']").await;
    app.find("[data-testid='minutes-files']").await;
    app.close().await;
    drop(phones);

    let session = Session::open_to_read(&file, surroundings()).unwrap();
    let board = session.board(workshop).unwrap();
    let mut arrived: Vec<_> = board.ungrouped.iter().map(|card| (card.text.clone(), card.support)).collect();
    arrived.sort();
    let once = |n: usize| [Some((idea(n), 1)), n.is_multiple_of(3).then(|| (second(n), 0))];
    let mut expected: Vec<_> = (0..PHONES).flat_map(once).flatten().collect();
    expected.sort();
    assert_eq!(arrived, expected, "nothing doubled, nothing lost");
    assert_eq!(board.groups.len(), 1);
    let supported: BTreeMap<_, _> =
        board.groups[0].proposals.iter().map(|card| (card.text.as_str(), card.support)).collect();
    assert_eq!(supported, HEARD.into_iter().map(|text| (text, if text == HEARD[0] { 30 } else { 0 })).collect());
    drop(session);

    let points = scores(&file, "Où vont les gommettes ?");
    let approvals = scores(&file, "Que garder de tout cela ?");
    let profiles = scores(&file, "Que vaut chaque idée ?");
    for (i, label) in HEARD.into_iter().enumerate() {
        let dots = (0..PHONES)
            .map(|n| {
                if n % 4 == i {
                    3.0
                } else if (n + 1) % 4 == i {
                    2.0
                } else {
                    0.0
                }
            })
            .sum::<f64>();
        assert_eq!(points[label]["points"].as_f64(), Some(dots), "{label}");
        let yes = |n: &usize| if n.is_multiple_of(2) { i == 0 || i == 3 } else { n % 3 == i };
        let voices = f64::from(u32::try_from((0..PHONES).filter(yes).count()).unwrap());
        assert_eq!(approvals[label]["votes"].as_f64(), Some(voices), "{label}: {}", approvals[label]);
        let profile: Vec<_> =
            profiles[label]["profile"].as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect();
        for (value, found) in profile.iter().enumerate() {
            let given = (0..PHONES).filter(|&n| grade(n, i) == value).count();
            assert_eq!(*found, f64::from(u32::try_from(given).unwrap()), "{label}, grade {value}");
        }
    }

    let written = files(&folder.path().join("documents"), "docx");
    assert_eq!(written.len(), 1, "one set of minutes");
    let minutes = letters(&docx_text(&written[0]));
    for text in ideas().into_iter().flatten() {
        assert_eq!(minutes.matches(&letters(&text)).count(), 1, "« {text} » in the minutes");
    }
    for question in ["Où vont les gommettes ?", "Que garder de tout cela ?", "Que vaut chaque idée ?"] {
        assert!(minutes.contains(&letters(question)), "{question}");
    }
    moisson!("verify", &file).done();
}
