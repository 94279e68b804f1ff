//! Telling phones what changed: small, at most once in a while, the same for all. So nobody has to ask, and a change costs one
//! reading of the démarche whether ten phones hear of it or five hundred.

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
    // What it lacks is told at once.
    news.mark_changed();
    let known = asked(query.as_deref(), "since");
    let ears = Ears { hall, tag: device, number, known, news };
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
    /// The version it was last told.
    known: String,
    news: watch::Receiver<News>,
}

impl Ears {
    async fn next(&mut self) -> Option<Event> {
        loop {
            self.news.changed().await.ok()?;
            let news = self.news.borrow_and_update().clone();
            if news.closed {
                return Some(Event::default().event("closed").data("1"));
            }
            if !self.hall.devices().listens(&self.tag, self.number) {
                return None;
            }
            if news.version == self.known {
                continue;
            }
            let event = Event::default().event("scene");
            if news.since == self.known {
                self.known = news.version;
                return Some(event.data(news.lacking));
            }
            // It missed one, or has just come.
            let (version, lacking) = self.hall.lacking(&self.known);
            self.known = version;
            return Some(event.data(lacking));
        }
    }
}

impl Drop for Ears {
    fn drop(&mut self) {
        self.hall.devices().leave(&self.tag);
        self.hall.desk_has_news();
    }
}
