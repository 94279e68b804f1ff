//! The seven things that can be asked of the room.

use crate::{
    desk::{Declined, Desk, Entry, Origin, Receipt, Support, Voting},
    gate::{Guest, Sent, Speaker, allowed, arrive, asked, gate, peer, read_key},
    live::live,
    page::takes_gzip,
    refusal::Refusal,
    server::Hall,
};
use axum::{
    Json, Router,
    extract::{RawQuery, Request, State},
    http::{HeaderMap, header},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use moisson_domain::EntityId;
use moisson_tally::{Ballot, Mark, Stance};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{any::Any, collections::BTreeMap, sync::Arc};
use tower_http::{catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer};

type Hearing = State<Arc<Hall>>;

/// The routes, behind the gate.
pub fn router(hall: &Arc<Hall>) -> Router {
    let nothing = || async { Refusal::Path };
    Router::new()
        .route("/", get(page))
        .route("/api/join", post(join))
        .route("/api/scene", get(scene))
        .route("/api/live", get(live))
        .route("/api/proposals", post(propose))
        .route("/api/supports", post(support))
        .route("/api/votes", post(vote))
        .fallback(nothing)
        .method_not_allowed_fallback(nothing)
        .layer(RequestBodyLimitLayer::new(hall.limits.body))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::REQUEST_TIMEOUT, hall.limits.patience))
        .layer(CatchPanicLayer::custom(|_: Box<dyn Any + Send>| Refusal::Trouble.into_response()))
        .layer(from_fn_with_state(hall.clone(), gate))
        .with_state(hall.clone())
}

async fn page(State(hall): Hearing, headers: HeaderMap) -> Response {
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::VARY, "Accept-Encoding")];
    if takes_gzip(&headers) {
        (html, [(header::CONTENT_ENCODING, "gzip")], hall.page.gzipped.clone()).into_response()
    } else {
        (html, hall.page.html.clone()).into_response()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Join {
    word: Option<String>,
}

/// A phone comes in, by the token of its link or by the word on the wall.
async fn join(State(hall): Hearing, request: Request) -> Result<Json<Value>, Refusal> {
    let (mut parts, body) = request.into_parts();
    let from = peer(&parts.extensions).0;
    let Sent(Join { word }) = {
        use axum::extract::FromRequest;
        let mut copy = Request::new(body);
        copy.headers_mut().clone_from(&parts.headers);
        Sent::from_request(copy, &hall).await?
    };
    let guest = match word {
        Some(word) => {
            // Only wrong words count: a whole room may stand behind one address.
            allowed(hall.brakes.words.has(&from) && hall.brakes.all_words.has(&()))?;
            if !hall.invitation.admits_word(&word) {
                hall.brakes.words.allow(&from);
                hall.brakes.all_words.allow(&());
                return Err(Refusal::Word);
            }
            arrive(&hall, &parts)?
        }
        None => {
            use axum::extract::FromRequestParts;
            Guest::from_request_parts(&mut parts, &hall).await?
        }
    };
    Ok(Json(json!({ "token": hall.invitation.token(), "device": guest.tag })))
}

/// What changed since a version, for a phone that comes, or comes back.
async fn scene(State(hall): Hearing, guest: Guest, RawQuery(query): RawQuery) -> Response {
    let board = hall.board();
    let lacking = board.since(&asked(query.as_deref(), "since"));
    let body = json!({ "device": guest.tag, "scene": lacking }).to_string();
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Proposed {
    key: String,
    text: String,
    table: Option<u32>,
}

async fn propose(State(hall): Hearing, speaker: Speaker, Sent(sent): Sent<Proposed>) -> Result<Json<Receipt>, Refusal> {
    let key = read_key(&sent.key).ok_or(Refusal::Body)?;
    let device = speaker.0.tag.clone();
    let entry = Entry { key, text: sent.text, table: sent.table, device: device.clone() };
    let receipt = in_turn(&hall, move |desk| desk.propose(&entry)).await?;
    hall.devices().proposed(&device, key);
    Ok(Json(receipt))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Supported {
    proposal: EntityId,
    on: bool,
}

async fn support(State(hall): Hearing, speaker: Speaker, Sent(sent): Sent<Supported>) -> Result<Json<Value>, Refusal> {
    let support = Support { secret: speaker.0.secret, proposal: sent.proposal, on: sent.on };
    in_turn(&hall, move |desk| desk.support(&support)).await?;
    Ok(Json(json!({ "on": sent.on })))
}

/// A bulletin as phones fill it, one of these: no weight, no channel, no table.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Bulletin {
    Approve(Vec<String>),
    Points(BTreeMap<String, u32>),
    Grades(BTreeMap<String, u8>),
    Ranking(Vec<Vec<String>>),
    Scores(BTreeMap<String, Mark>),
    /// Two options, and which of them won: the first or the second, or neither where it was skipped.
    Duels(Vec<(String, String, Option<bool>)>),
    Consent {
        stances: BTreeMap<String, Stance>,
        #[serde(default)]
        reasons: BTreeMap<String, String>,
    },
    Votes(BTreeMap<String, i32>),
}

impl From<Bulletin> for Vec<Ballot> {
    fn from(bulletin: Bulletin) -> Self {
        let empty = || Ballot { channel: Some(String::from("phone")), ..Ballot::default() };
        let one = match bulletin {
            Bulletin::Approve(options) => Ballot { approve: Some(options), ..empty() },
            Bulletin::Points(points) => Ballot { points: Some(points), ..empty() },
            Bulletin::Grades(grades) => Ballot { grades: Some(grades), ..empty() },
            Bulletin::Ranking(ranking) => Ballot { ranking: Some(ranking), ..empty() },
            Bulletin::Scores(scores) => Ballot { scores: Some(scores), ..empty() },
            Bulletin::Consent { stances, reasons } => {
                let reasons = Some(reasons).filter(|reasons| !reasons.is_empty());
                Ballot { stances: Some(stances), reasons, ..empty() }
            }
            Bulletin::Votes(votes) => Ballot { votes: Some(votes), ..empty() },
            Bulletin::Duels(duels) => {
                let duel = |(a, b, first): (String, String, Option<bool>)| {
                    let won = first.map(|first| if first { a.clone() } else { b.clone() });
                    Ballot { duel: Some((a, b)), won, ..empty() }
                };
                return duels.into_iter().map(duel).collect();
            }
        };
        vec![one]
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Voted {
    ballot: EntityId,
    bulletin: Bulletin,
    card: Option<String>,
    slot: Option<String>,
    college: Option<EntityId>,
    territory: Option<EntityId>,
}

async fn vote(State(hall): Hearing, speaker: Speaker, Sent(sent): Sent<Voted>) -> Result<Json<Value>, Refusal> {
    let slot = match sent.slot {
        Some(slot) => Some(read_key(&slot).ok_or(Refusal::Body)?),
        None => None,
    };
    let bulletins = sent.bulletin.into();
    let origin = Origin { college: sent.college, territory: sent.territory };
    let voting = Voting { secret: speaker.0.secret, slot, card: sent.card, ballot: sent.ballot, bulletins, origin };
    in_turn(&hall, move |desk| desk.vote(&voting)).await?;
    Ok(Json(json!({ "cast": true })))
}

/// One writes at a time, and leaves the file free for as long as it held it: whoever types on the laptop goes between.
async fn in_turn<T: Send + 'static>(
    hall: &Arc<Hall>,
    run: impl FnOnce(&dyn Desk) -> Result<T, Declined> + Send + 'static,
) -> Result<T, Refusal> {
    let turn = hall.queue()?;
    let permit = turn.wait().await?;
    let desk = hall.desk.clone();
    let (done, took) = tokio::task::spawn_blocking(move || {
        let start = tokio::time::Instant::now();
        let done = run(&*desk);
        (done, start.elapsed())
    })
    .await
    .map_err(|_| Refusal::Trouble)?;
    permit.release_after(took);
    let done = done?;
    hall.stir();
    hall.desk_has_news();
    Ok(done)
}
