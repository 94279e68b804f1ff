//! A change as one line of JSON: the form it has in a dossier, readable with any tool.
//!
//! ```json
//! {"id":"…32 hex…","prev":"…"|null,"writer":"…","seq":1,"act":1,"clock":[1655200000000,0],"wall":1655200000000,
//!  "kind":"proposal","entity":"…uuid…","author":"","overwrites":[["text","…32 hex…"]],"body":"{…}"}
//! ```
//! `body` is the text of a [`Body`](crate::Body), as a JSON string. A change whose content is withheld has instead
//! `"body_hash"` (32 hexadecimal digits).

use crate::{Change, ChangeId, Clock, Header, InvalidChange, Overwrite, WriterId, body::check};
use moisson_domain::EntityId;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Longest line accepted, in bytes: texts are limited to 200 kB, an urn of 10,000 bulletins takes about 2 MB.
pub const MAX_LINE: usize = 16 << 20;

/// Longest name of a kind, field or author, in bytes.
const MAX_NAME: usize = 200;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    id: ChangeId,
    prev: Option<ChangeId>,
    writer: WriterId,
    seq: u64,
    act: u64,
    clock: (u64, u16),
    wall: i64,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    entity: EntityId,
    #[serde(borrow)]
    author: Cow<'a, str>,
    overwrites: Vec<(String, ChangeId)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body_hash: Option<String>,
}

/// The line for a change, without its end of line; `withhold` leaves the content out and proves only its place.
#[must_use]
pub fn write_line(change: &Change, withhold: bool) -> String {
    let header = &change.header;
    let body = change.body.clone().filter(|_| !withhold);
    let line = Line {
        id: change.id,
        prev: header.prev,
        writer: header.writer,
        seq: header.seq,
        act: header.act,
        clock: (header.clock.millis(), header.clock.counter()),
        wall: header.wall,
        kind: Cow::Borrowed(&header.kind),
        entity: header.entity,
        author: Cow::Borrowed(&header.author),
        overwrites: header.overwrites.iter().map(|by| (by.field.clone(), by.change)).collect(),
        body_hash: body.is_none().then(|| hex::encode(header.body_hash)),
        body,
    };
    // Strings, numbers and lists only: serialising cannot fail.
    serde_json::to_string(&line).unwrap_or_default()
}

/// Reads and verifies a line.
///
/// # Errors
/// [`InvalidChange`] says what is wrong with it.
pub fn read_line(line: &str) -> Result<Change, InvalidChange> {
    let malformed = |why: String| InvalidChange::Malformed(why);
    if line.len() > MAX_LINE {
        return Err(malformed(format!("a line of {} bytes", line.len())));
    }
    let line: Line<'_> = serde_json::from_str(line).map_err(|error| malformed(error.to_string()))?;
    if line.clock.0 >= 1 << 47 || line.seq >= 1 << 47 {
        return Err(malformed(String::from("a number out of range")));
    }
    let names = line.overwrites.iter().map(|(field, _)| field.as_str()).chain([&*line.kind, &*line.author]);
    if names.map(str::len).any(|bytes| bytes > MAX_NAME) {
        return Err(malformed(String::from("a name out of range")));
    }
    let body = line.body.as_deref().map(check).transpose()?;
    let hash = match (&body, &line.body_hash) {
        (Some(body), None) => body.hash,
        (None, Some(text)) => {
            let mut hash = [0; 16];
            hex::decode_to_slice(text, &mut hash).map_err(|error| malformed(error.to_string()))?;
            hash
        }
        _ => return Err(malformed(String::from("needs either a body or its hash"))),
    };
    let header = Header {
        prev: line.prev,
        writer: line.writer,
        seq: line.seq,
        act: line.act,
        clock: Clock::new(line.clock.0, line.clock.1),
        wall: line.wall,
        kind: line.kind.into_owned(),
        entity: line.entity,
        author: line.author.into_owned(),
        body_hash: hash,
        overwrites: line.overwrites.into_iter().map(|(field, change)| Overwrite { field, change }).collect(),
    };
    let change = Change { id: line.id, header, body: line.body };
    change.verify_with(body.as_ref())?;
    Ok(change)
}
