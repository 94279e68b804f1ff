//! Why a phone is turned away, and how often each reason was met.

use crate::desk::Declined;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::sync::atomic::{AtomicU32, Ordering};

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Asked for under another name than the room's address.
    Host,
    /// Sent by a page that is not the room's.
    Origin,
    /// Neither the room's token nor any.
    Token,
    /// Not the word on the wall.
    Word,
    /// No secret of its own, or not one.
    Device,
    /// Nothing is there.
    Path,
    /// Not what was expected: no JSON, another encoding, a field too many or too few.
    Body,
    /// More bytes than a proposal takes.
    Large,
    /// Too slow to say what it wants.
    Slow,
    /// Too often.
    Often,
    /// Too many connections at once.
    Connections,
    /// Too many phones.
    Crowd,
    /// Silenced by the facilitator.
    Silenced,
    /// The laptop is busy; later.
    Busy,
    /// The proposal or vote is gone.
    Gone,
    /// The vote is closed.
    Closed,
    /// Against the rule of the vote, or an empty proposal.
    Invalid,
    /// The vote asks for a card.
    CardNeeded,
    /// Not a card of this vote.
    CardUnknown,
    /// A card that was used.
    CardSpent,
    /// The démarche's file cannot be used just now.
    Trouble,
}

impl Refusal {
    /// Every reason.
    pub const ALL: [Self; 21] = [
        Self::Host,
        Self::Origin,
        Self::Token,
        Self::Word,
        Self::Device,
        Self::Path,
        Self::Body,
        Self::Large,
        Self::Slow,
        Self::Often,
        Self::Connections,
        Self::Crowd,
        Self::Silenced,
        Self::Busy,
        Self::Gone,
        Self::Closed,
        Self::Invalid,
        Self::CardNeeded,
        Self::CardUnknown,
        Self::CardSpent,
        Self::Trouble,
    ];

    const fn status(self) -> StatusCode {
        match self {
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::Origin | Self::Silenced => StatusCode::FORBIDDEN,
            Self::Token | Self::Word | Self::Device => StatusCode::UNAUTHORIZED,
            Self::Path => StatusCode::NOT_FOUND,
            Self::Body => StatusCode::BAD_REQUEST,
            Self::Large => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::Often => StatusCode::TOO_MANY_REQUESTS,
            Self::Connections | Self::Crowd | Self::Busy | Self::Trouble => StatusCode::SERVICE_UNAVAILABLE,
            Self::Gone => StatusCode::GONE,
            Self::Closed | Self::CardSpent => StatusCode::CONFLICT,
            Self::Invalid | Self::CardNeeded | Self::CardUnknown => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// Seconds after which trying again makes sense.
    const fn again(self) -> Option<u16> {
        match self {
            Self::Often => Some(5),
            Self::Busy | Self::Connections | Self::Slow => Some(3),
            Self::Crowd | Self::Trouble => Some(20),
            _ => None,
        }
    }
}

impl From<Declined> for Refusal {
    fn from(declined: Declined) -> Self {
        match declined {
            Declined::Gone => Self::Gone,
            Declined::Closed => Self::Closed,
            Declined::Invalid => Self::Invalid,
            Declined::CardNeeded => Self::CardNeeded,
            Declined::CardUnknown => Self::CardUnknown,
            Declined::CardSpent => Self::CardSpent,
            Declined::Trouble => Self::Trouble,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status(), axum::Json(serde_json::json!({ "refused": self }))).into_response();
        if let Some(seconds) = self.again() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        // Read by whoever counts refusals.
        response.extensions_mut().insert(self);
        response
    }
}

/// How often each reason was met.
#[derive(Debug, Default)]
pub struct Refusals([AtomicU32; Refusal::ALL.len()]);

impl Refusals {
    /// Goes on from what was met before.
    pub fn after(before: &[(Refusal, u32)]) -> Self {
        let all = Self::default();
        for (refusal, count) in before {
            all.0[*refusal as usize].store(*count, Ordering::Relaxed);
        }
        all
    }

    /// Counts one.
    pub fn count(&self, refusal: Refusal) {
        self.0[refusal as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// Those that were met.
    pub fn met(&self) -> Vec<(Refusal, u32)> {
        let counts = self.0.iter().map(|count| count.load(Ordering::Relaxed));
        Refusal::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect()
    }
}
