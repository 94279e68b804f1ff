//! Who may ask: from which address, under which name, from which page, and how often.

use crate::{refusal::Refusal, server::Hall};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, State},
    http::{HeaderMap, HeaderName, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;
use std::{net::IpAddr, sync::Arc};

/// The token, where there is one.
pub const ROOM: HeaderName = HeaderName::from_static("x-moisson-room");
/// The phone's secret. A page from elsewhere may not send such a header without asking first, and is never answered.
pub const DEVICE: HeaderName = HeaderName::from_static("x-moisson-device");

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// Stands before everything: checks name and origin, brakes, counts refusals, sets the headers that protect.
pub async fn gate(State(hall): State<Arc<Hall>>, request: Request, next: Next) -> Response {
    let tag = secret(request.headers()).map(|secret| hall.tag(&secret));
    let mut response = match admit(&hall, &request) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    let said = response.extensions().get::<Refusal>().copied();
    // What the layers below refuse by themselves is said as everything else is: a code, no page, no trace.
    let refusal = said.or(match response.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Some(Refusal::Large),
        StatusCode::REQUEST_TIMEOUT => Some(Refusal::Slow),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Some(Refusal::Path),
        status if status.is_client_error() => Some(Refusal::Body),
        status if status.is_server_error() => Some(Refusal::Trouble),
        _ => None,
    });
    if let Some(refusal) = refusal {
        if said.is_none() {
            response = refusal.into_response();
        }
        hall.refused(refusal, tag.as_deref());
    }
    hall.page.protect(response.headers_mut());
    response
}

fn admit(hall: &Hall, request: &Request) -> Result<(), Refusal> {
    let headers = request.headers();
    let one = |name: HeaderName| {
        let mut all = headers.get_all(name).iter();
        (all.next().map(|value| value.to_str().unwrap_or_default()), all.next().is_some())
    };
    let (host, hosts) = one(header::HOST);
    let named = request.uri().authority().is_none_or(|authority| authority.as_str() == hall.host);
    if host != Some(hall.host.as_str()) || hosts || !named {
        return Err(Refusal::Host);
    }
    let (origin, origins) = one(header::ORIGIN);
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let ours = match origin {
        Some(origin) => !origins && origin == hall.origin,
        None => reads,
    };
    if !ours {
        return Err(Refusal::Origin);
    }
    let Peer(address) = peer(request.extensions());
    allowed(hall.brakes.address.allow(&address))
}

/// One more, or too often.
pub const fn allowed(yes: bool) -> Result<(), Refusal> {
    if yes { Ok(()) } else { Err(Refusal::Often) }
}

/// The value of a name in an address; ours are plain letters, digits, dots and hyphens.
pub fn asked(query: Option<&str>, name: &str) -> String {
    let pairs = query.unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).next().unwrap_or_default()
}

/// The address, as the one who accepted the connection noted it.
pub fn peer(extensions: &axum::http::Extensions) -> Peer {
    extensions.get().copied().unwrap_or(Peer(IpAddr::from([0, 0, 0, 0])))
}

/// Thirty-two hexadecimal digits.
pub fn read_key(text: &str) -> Option<[u8; 16]> {
    let plain = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    plain.then(|| u128::from_str_radix(text, 16).ok()).flatten().map(u128::to_be_bytes)
}

fn secret(headers: &HeaderMap) -> Option<[u8; 16]> {
    read_key(headers.get(DEVICE)?.to_str().ok()?)
}

/// A phone that may look: it has the token and a secret of its own.
pub struct Guest {
    /// Its fingerprint here.
    pub tag: String,
    /// Its secret.
    pub secret: [u8; 16],
}

impl FromRequestParts<Arc<Hall>> for Guest {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, hall: &Arc<Hall>) -> Result<Self, Refusal> {
        let token = parts.headers.get(ROOM).and_then(|token| token.to_str().ok()).unwrap_or_default();
        if !hall.invitation.admits(token) {
            return Err(Refusal::Token);
        }
        arrive(hall, parts)
    }
}

/// A phone that shows its secret, new or known.
pub fn arrive(hall: &Hall, parts: &Parts) -> Result<Guest, Refusal> {
    let secret = secret(&parts.headers).ok_or(Refusal::Device)?;
    let tag = hall.tag(&secret);
    hall.arrive(&tag, peer(&parts.extensions).0)?;
    allowed(hall.brakes.reads.allow(&tag))?;
    Ok(Guest { tag, secret })
}

/// A phone that may say something.
pub struct Speaker(pub Guest);

impl FromRequestParts<Arc<Hall>> for Speaker {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, hall: &Arc<Hall>) -> Result<Self, Refusal> {
        let guest = Guest::from_request_parts(parts, hall).await?;
        if hall.devices().is_silenced(&guest.tag) {
            return Err(Refusal::Silenced);
        }
        allowed(hall.brakes.writes.allow(&guest.tag))?;
        Ok(Self(guest))
    }
}

/// What a phone sent, in JSON.
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<Hall>> for Sent<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, hall: &Arc<Hall>) -> Result<Self, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if kind != Some("application/json") {
            return Err(Refusal::Body);
        }
        let bytes = Bytes::from_request(request, hall).await.map_err(|error| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Refusal::Large,
            _ => Refusal::Body,
        })?;
        serde_json::from_slice(&bytes).map(Self).map_err(|_| Refusal::Body)
    }
}
