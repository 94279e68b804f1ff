//! A plan of 120 actions, written: what the first and the next PDF take, every format of every document, the preview of an action
//! that is being edited.

use crate::{
    args::Cli,
    bench::{forget_peak, peak_mb, timed},
    world::surroundings,
};
use moisson_workflow::{
    EntityId, Failure, Field, Kind, Session, Template, document_offers,
    views::{Capture, DocumentKind, OfWorkshop},
    write_together,
};
use serde_json::{Value, json};
use std::path::Path;

const ACTIONS: usize = 120;
const PROPOSALS: usize = 600;
/// Edits of an action, each followed by its preview.
const EDITS: usize = 12;

/// A fiche-action as people write them: half a page of sentences.
const WHAT: &str = "Mettre en place, avec les communes et les employeurs volontaires, une réponse simple que chaque personne \
    accompagnée comprend et peut demander. Un référent par bassin tient la liste à jour et rappelle sous deux jours. Les \
    partenaires se réunissent chaque trimestre pour regarder ce qui a servi, ce qui manque et ce qu’il faut arrêter.";

pub fn documents(cli: &Cli, folder: &Path) -> Result<Value, Failure> {
    let mut session = plan_of(cli, &folder.join("bench.moisson"))?;
    let into = folder.join("documents");
    let pdf = [session.format("pdf")?];
    let gathered = timed(|| session.source(DocumentKind::Plan, None).map(drop))?;
    let source = session.source(DocumentKind::Plan, None)?;
    let first = timed(|| source.write(&pdf, &into).map(drop))?;
    // Another introduction: nothing that was laid out before can be taken as it is.
    let process = session.charter()?.process;
    session.edit_entity(process, [(Field::Introduction, json!("Autre introduction."))].into_iter().collect())?;
    let source = session.source(DocumentKind::Plan, None)?;
    let next = timed(|| source.write(&pdf, &into).map(drop))?;

    let action = session.plan()?.axes[0].objectives[0].actions[0].id;
    let mut previews = Vec::new();
    for edit in 0..EDITS {
        let text = (Field::Description, json!(format!("{WHAT} {edit}")));
        session.edit_entity(action, [text].into_iter().collect())?;
        previews.push(timed(|| session.action_page(action)?.preview().map(drop))?);
    }
    previews.sort_unstable();

    let workshop = session.all_workshops()?.first().copied();
    forget_peak();
    let mut files = 0;
    let mut each = serde_json::Map::new();
    let mut asked = Vec::new();
    let all = timed(|| {
        for offer in document_offers() {
            let of = if offer.of_workshop == OfWorkshop::No { None } else { workshop };
            let formats = offer.formats.iter().map(|name| session.format(name)).collect::<Result<Vec<_>, _>>()?;
            asked.push((session.source(offer.document, of)?, formats));
        }
        let report = write_together(&asked, &into)?;
        files = report.files.len();
        for file in report.files {
            let name = Path::new(&file.path).file_name().unwrap_or_default().to_string_lossy().into_owned();
            each.insert(name, json!(file.ms.round()));
        }
        Ok(())
    })?;
    let ms = |time: std::time::Duration| time.as_secs_f64() * 1000.0;
    Ok(json!({
        "actions": ACTIONS,
        "proposals": PROPOSALS,
        "gather_ms": ms(gathered),
        "pdf_first_ms": ms(first),
        "pdf_next_ms": ms(next),
        "preview_edited_ms": { "median": ms(previews[EDITS / 2]), "worst": ms(previews[EDITS - 1]) },
        "all_documents_all_formats_ms": ms(all),
        "files": files,
        "of_which_ms": each,
        "peak_mb": peak_mb(),
    }))
}

/// A démarche whose plan has that many actions, each with its steps, money and indicators.
fn plan_of(cli: &Cli, file: &Path) -> Result<Session, Failure> {
    let mut session = Session::new_process(file, Template::Spie, None, "bench", surroundings(cli, file))?;
    let workshops = session.all_workshops()?;
    for number in 0..PROPOSALS {
        let text = format!("Créer un relais {number} pour que chacun trouve une réponse près de chez lui");
        session.capture(workshops[number % workshops.len()], &Capture { text, ..Capture::default() })?;
    }
    let mut objective = None;
    for number in 0..ACTIONS {
        if number % 6 == 0 {
            let title = |what: &str| (Field::Title, json!(format!("{what} {}", number / 6 + 1)));
            let axis = make(&mut session, Kind::Axis, &[title("Axe")])?;
            objective = Some(make(&mut session, Kind::Objective, &[title("Objectif"), (Field::Parent, json!(axis))])?);
        }
        action(&mut session, number, objective)?;
    }
    Ok(session)
}

fn action(session: &mut Session, number: usize, objective: Option<EntityId>) -> Result<(), Failure> {
    let fields = [
        (Field::Title, json!(format!("Ouvrir un relais de proximité dans le bassin, étape {number}"))),
        (Field::Objective, json!(objective)),
        (Field::Reasons, json!(WHAT)),
        (Field::Description, json!(WHAT)),
        (Field::Audience, json!("Allocataires, jeunes sans diplôme")),
        (Field::Risks, json!("Le recrutement ; l’éloignement des communes.")),
        (Field::StartsOn, json!("2023-01-01")),
        (Field::EndsOn, json!("2024-12-31")),
    ];
    let action = make(session, Kind::Action, &fields)?;
    for (what, due) in
        [("Recruter un référent", "2023-03-31"), ("Ouvrir", "2023-09-01"), ("Faire le bilan", "2024-06-30")]
    {
        make(
            session,
            Kind::Milestone,
            &[(Field::Action, json!(action)), (Field::What, json!(what)), (Field::DueOn, json!(due))],
        )?;
    }
    for (funder, cents) in [("Département", 2_000_000), ("FSE+", 3_000_000)] {
        let line = [
            (Field::Action, json!(action)),
            (Field::Funder, json!(funder)),
            (Field::Year, json!(2023)),
            (Field::Planned, json!(cents)),
        ];
        make(session, Kind::Funding, &line)?;
    }
    make(
        session,
        Kind::Indicator,
        &[(Field::Action, json!(action)), (Field::Name, json!("Personnes accueillies")), (Field::Target, json!("300"))],
    )?;
    Ok(())
}

fn make(session: &mut Session, kind: Kind, fields: &[(Field, Value)]) -> Result<EntityId, Failure> {
    session.create_entity(kind, fields.iter().cloned().collect(), None)
}
