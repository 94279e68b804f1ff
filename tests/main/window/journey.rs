//! A whole atelier of the demo, played in the real window with the wall, thirty phones and a table that writes on paper: what
//! they say arrives, once.

use super::{
    driver::{App, until},
    phones::Phones,
};
use crate::tools::{docx_text, files, letters, pdf_text};
use fantoccini::key::Key;
use moisson_workflow::{EntityId, Fields, Kind, Language, Session, Surroundings, views::AgendaFit};
use rand::SeedableRng;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

const PHONES: usize = 30;
/// People who write on paper.
const PAPERS: usize = 5;
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
        "question": "Que mettre en route avant l’hiver ?", "present_count": PHONES + PAPERS,
    }))
    .unwrap();
    let workshop = session.create_entity(Kind::Workshop, fields, None).unwrap();
    session.apply_agenda(workshop, "ninety-minutes", AgendaFit::default()).unwrap();
    (file, workshop)
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
    app.find("[data-testid='phones-panel']").await;
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

/// What a table wrote on paper: who sat where, how many wrote this very bulletin, and the digits that say it.
struct Papers {
    table: &'static str,
    copies: &'static str,
    digits: &'static [&'static str],
}

/// Types the papers of a table while phones vote. The wall says how many bulletins there are, and nothing of what they say.
async fn type_papers(app: &App, entry: &str, papers: &Papers) {
    app.turn_to_main().await;
    app.find("[data-testid='bulletin-table']").await.send_keys(papers.table).await.unwrap();
    app.click("[data-testid='bulletin-weight']").await;
    app.press(&[Key::Control.into()], 'a').await;
    app.type_text(papers.copies).await;
    app.focus(entry).await;
    // The options stand as they do on the board, the digits as the four were heard.
    let options = app.texts(&format!("{entry} ol > li")).await;
    let heard = |option: &String| HEARD.iter().position(|words| option.contains(words)).unwrap();
    let places: Vec<usize> = options.iter().map(heard).collect();
    for bulletin in papers.digits {
        app.focused(entry).await;
        for place in &places {
            app.press(&[], char::from(bulletin.as_bytes()[*place])).await;
        }
        app.press(&[], Key::Enter.into()).await;
    }
    // Phones' bulletins are counted and never listed: whoever types sees only what they typed.
    app.counts("[data-testid='bulletin']", papers.digits.len()).await;
}

/// Once every bulletin is in, closes the vote; the wall, that showed only how many, shows the result. Back to the board.
async fn close_vote(app: &App, all: usize, picture: &str) {
    app.turn_to_projector().await;
    app.reads(&format!("{all} bulletins")).await;
    assert_eq!(app.count("[data-testid='projector-result']").await, 0, "hidden until the vote is closed");
    app.turn_to_main().await;
    app.press(&[], 'c').await;
    app.find("[data-testid='result']").await;
    app.turn_to_projector().await;
    app.find("[data-testid='projector-result']").await;
    app.reads(&format!("{all} bulletins")).await;
    app.picture(picture).await;
    app.turn_to_main().await;
    app.press(&[], Key::Escape.into()).await;
    app.focused("[data-testid='capture']").await;
}

/// The order that the phone with this number puts the four in.
const fn order(phone: usize) -> [usize; 4] {
    if phone < 18 { [2, 0, 1, 3] } else { [0, 1, 2, 3] }
}

/// What a closed vote counted.
struct Counted {
    outcome: Value,
    winner: String,
    /// By label.
    scores: BTreeMap<String, Value>,
    /// Labels, by the id that the result names.
    labels: BTreeMap<String, String>,
}

impl Counted {
    fn channel(&self, name: &str) -> Option<f64> {
        self.outcome["by_channel"][name].as_f64()
    }

    /// How many more put one before the other than the reverse.
    fn margin(&self, one: &str, other: &str) -> f64 {
        let steps = self.outcome["explanation"].as_array().unwrap();
        let duels = steps.iter().find(|step| step["step"] == "duels").expect("rankings are counted by duels");
        let at = |label: &str| {
            let options = duels["options"].as_array().unwrap();
            options.iter().position(|id| self.labels[id.as_str().unwrap()] == label).unwrap()
        };
        duels["margins"][at(one)][at(other)].as_f64().unwrap()
    }
}

fn result(file: &Path, question: &str) -> Counted {
    let session = Session::open_to_read(file, surroundings()).unwrap();
    let board = session.home().unwrap();
    let ids: Vec<EntityId> = board.workshops.iter().map(|row| row.id).collect();
    let rows = ids.into_iter().flat_map(|id| session.board(id).unwrap().ballots);
    let found: Vec<_> = rows.filter(|row| row.question == question).collect();
    assert_eq!(found.len(), 1, "one vote « {question} »");
    let view = session.ballot(found[0].id).unwrap();
    let outcome = serde_json::to_value(view.outcome.unwrap()).unwrap();
    assert_eq!((outcome["ballots"].as_f64(), &outcome["invalid"]), (Some(35.0), &json!(0)), "{outcome}");
    let labels: BTreeMap<_, _> = view.options.into_iter().map(|one| (one.id.to_string(), one.label)).collect();
    let scores = labels.iter().map(|(id, label)| (label.clone(), outcome["scores"][id].clone())).collect();
    let winner = labels[outcome["winners"][0].as_str().unwrap()].clone();
    Counted { outcome, winner, scores, labels }
}

#[tokio::test]
async fn an_atelier_is_played_with_the_wall_thirty_phones_and_papers_and_all_they_say_arrives_once() {
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
    phones.begin(&json!({ "do": "vote", "question": "Où vont les gommettes ?", "method": "dots", "bulletins": dots }));
    let papers = Papers { table: "3", copies: "1", digits: &["5000", "0500", "3200", "1112", "0005"] };
    type_papers(&app, "[data-testid='enter-dots']", &papers).await;
    phones.ended();
    phones.picture(1, "journee-telephone-vote");
    close_vote(&app, PHONES + PAPERS, "journee-mur-gommettes").await;

    open_vote(&app, '6', "Dans quel ordre les mettre en route ?").await;
    // Eighteen phones and the papers begin with the third, twelve phones with the first.
    let orders: Vec<_> = (0..PHONES).map(|n| json!(order(n).map(|at| HEARD[at]))).collect();
    phones.begin(&json!({
        "do": "vote", "question": "Dans quel ordre les mettre en route ?", "method": "schulze", "bulletins": orders,
    }));
    let papers = Papers { table: "4", copies: "1", digits: &["2314", "2314", "2314", "2314", "2314"] };
    type_papers(&app, "[data-testid='enter-digits']", &papers).await;
    phones.ended();
    phones.picture(1, "journee-telephone-classement");
    close_vote(&app, PHONES + PAPERS, "journee-mur-classement").await;

    open_vote(&app, '2', "Que vaut chaque idée ?").await;
    let grade = |n: usize, i: usize| if (n + i).is_multiple_of(3) { 4 } else { i };
    let grades: Vec<_> = (0..PHONES)
        .map(|n| Value::Object((0..4).map(|i| (HEARD[i].to_owned(), json!(grade(n, i)))).collect()))
        .collect();
    phones.begin(
        &json!({ "do": "vote", "question": "Que vaut chaque idée ?", "method": "majority-judgment", "bulletins": grades }),
    );
    // A table that agreed: one line stands for five.
    let papers = Papers { table: "5", copies: "5", digits: &["1523"] };
    type_papers(&app, "[data-testid='enter-grades']", &papers).await;
    phones.ended();
    phones.picture(2, "journee-telephone-mentions");
    close_vote(&app, PHONES + PAPERS, "journee-mur-jugement").await;

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

    let dots = result(&file, "Où vont les gommettes ?");
    let ranking = result(&file, "Dans quel ordre les mettre en route ?");
    let judged = result(&file, "Que vaut chaque idée ?");
    let number = |value: usize| Some(f64::from(u32::try_from(value).unwrap()));
    for (i, label) in HEARD.into_iter().enumerate() {
        let given = |n: usize| if n % 4 == i { 3 } else { 2 * usize::from((n + 1) % 4 == i) };
        let papers = [9, 8, 1, 7];
        let points = (0..PHONES).map(given).sum::<usize>() + papers[i];
        assert_eq!(dots.scores[label]["points"].as_f64(), number(points), "{label}");
        let profile: Vec<_> = judged.scores[label]["profile"].as_array().unwrap().iter().map(Value::as_f64).collect();
        for (value, found) in profile.into_iter().enumerate() {
            let phones = (0..PHONES).filter(|&n| grade(n, i) == value).count();
            let papers = if [0, 4, 1, 2][i] == value { PAPERS } else { 0 };
            assert_eq!(found, number(phones + papers), "{label}, grade {value}");
        }
    }
    assert_eq!(ranking.winner, HEARD[2], "23 of 35 put it first");
    assert_eq!(ranking.margin(HEARD[2], HEARD[0]), 23.0 - 12.0);
    assert_eq!(ranking.margin(HEARD[0], HEARD[3]), 35.0, "everyone puts the last one last");
    for result in [&dots, &ranking, &judged] {
        assert_eq!((result.channel("phone"), result.channel("paper")), (Some(30.0), Some(5.0)));
    }

    let written = files(&folder.path().join("documents"), "docx");
    assert_eq!(written.len(), 1, "one set of minutes");
    let minutes = letters(&docx_text(&written[0]));
    for text in ideas().into_iter().flatten() {
        assert_eq!(minutes.matches(&letters(&text)).count(), 1, "« {text} » in the minutes");
    }
    // Every vote has its question, its figure and the table that says the same.
    let pdf = files(&folder.path().join("documents"), "pdf");
    assert_eq!(pdf.len(), 1, "one set of minutes to print");
    let printed = letters(&pdf_text(&pdf[0]));
    for question in ["Où vont les gommettes ?", "Dans quel ordre les mettre en route ?", "Que vaut chaque idée ?"] {
        assert!(minutes.contains(&letters(question)) && printed.contains(&letters(question)), "{question}");
    }
    for figure in ["Écart du choix en ligne sur celui en colonne", "À rejeter"] {
        assert!(minutes.contains(&letters(figure)), "{figure}");
    }
    moisson!("verify", &file).done();
}
