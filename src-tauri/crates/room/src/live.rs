//! Telling phones that something changed: small, at most once in a while, the same for all.

use crate::{
    gate::{allowed, asked},
    refusal::Refusal,
    server::{Hall, News},
};
use axum::{
    extract::{RawQuery, State},
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, stream};
use serde_json::json;
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio::sync::watch;

/// Between two signs of life; a phone that hears none for three of them connects anew.
const BEAT: Duration = Duration::from_secs(12);

/// The stream of one phone. An event source sends no headers: the token comes in the address, and the phone by its
/// fingerprint.
pub async fn live(
    State(hall): State<Arc<Hall>>,
    RawQuery(query): RawQuery,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refusal> {
    let device = asked(query.as_deref(), "device");
    if !hall.invitation.admits(&asked(query.as_deref(), "room")) {
        return Err(Refusal::Token);
    }
    allowed(hall.brakes.reads.allow(&device))?;
    let number = hall.devices().listen(&device).ok_or(Refusal::Device)?;
    hall.desk_has_news();
    let mut news = hall.news.subscribe();
    // What is known now is told at once.
    news.mark_changed();
    let ears = Ears { hall, tag: device, number, news };
    let events = stream::unfold(Some(ears), |ears| async move {
        let mut ears = ears?;
        let event = ears.next().await?;
        let last = ears.news.borrow().closed;
        Some((Ok(event), (!last).then_some(ears)))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(BEAT).event(Event::default().event("beat").data("1"))))
}

/// A phone that listens, until it goes.
struct Ears {
    hall: Arc<Hall>,
    tag: String,
    number: u64,
    news: watch::Receiver<News>,
}

impl Ears {
    async fn next(&mut self) -> Option<Event> {
        self.news.changed().await.ok()?;
        let news = self.news.borrow_and_update().clone();
        if news.closed {
            return Some(Event::default().event("closed").data("1"));
        }
        if !self.hall.devices().listens(&self.tag, self.number) {
            return None;
        }
        // Many phones do not all fetch at the same instant.
        let spread = (self.hall.devices().connected() * 2).min(1_500);
        Some(Event::default().event("news").data(json!({ "version": news.version, "spread": spread }).to_string()))
    }
}

impl Drop for Ears {
    fn drop(&mut self) {
        self.hall.devices().leave(&self.tag);
        self.hall.desk_has_news();
    }
}
