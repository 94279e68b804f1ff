//! A phone, or a stranger's program: bytes in, bytes out, nothing made decent on the way.

use crate::room::Hall;
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The reason of a refusal.
    pub fn refusal(&self) -> String {
        self.json()["refused"].as_str().unwrap_or_default().to_owned()
    }
}

pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// Sends bytes as they are and reads one answer. None if the room hangs up.
pub fn raw(address: SocketAddr, bytes: &[u8]) -> Option<Answer> {
    let mut stream = connect(address);
    // It may hang up before it has heard everything.
    stream.write_all(bytes).ok();
    read(&mut BufReader::new(stream))
}

pub fn read(stream: &mut BufReader<TcpStream>) -> Option<Answer> {
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            break;
        }
        head.push_str(&line);
    }
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length =
        head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).ok()?;
    Some(Answer { status, head, body: String::from_utf8_lossy(&body).into_owned() })
}

/// A phone that has the link.
pub struct Phone {
    pub address: SocketAddr,
    pub host: String,
    pub token: String,
    pub secret: String,
}

impl Phone {
    pub fn new(hall: &Hall, secret: u128) -> Self {
        let address = hall.room.address();
        Self { address, host: address.to_string(), token: hall.invitation.token(), secret: format!("{secret:032x}") }
    }

    fn head(&self, method: &str, path: &str) -> String {
        let Self { host, token, secret, .. } = self;
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nX-Moisson-Room: {token}\r\n\
             X-Moisson-Device: {secret}\r\n"
        )
    }

    pub fn get(&self, path: &str) -> Answer {
        raw(self.address, format!("{}\r\n", self.head("GET", path)).as_bytes()).unwrap()
    }

    /// Sends bytes that claim to be JSON.
    pub fn post_bytes(&self, path: &str, body: &[u8]) -> Option<Answer> {
        let head = self.head("POST", path);
        let length = body.len();
        let mut bytes =
            format!("{head}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n").into_bytes();
        bytes.extend_from_slice(body);
        raw(self.address, &bytes)
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_bytes(path, body.to_string().as_bytes()).unwrap()
    }

    pub fn propose(&self, key: u128, text: &str) -> Answer {
        self.post("/api/proposals", &serde_json::json!({ "key": format!("{key:032x}"), "text": text }))
    }

    /// What it is shown, since a version.
    pub fn scene(&self, since: &str) -> Value {
        self.get(&format!("/api/scene?since={since}")).json()
    }

    /// Listens; gives the lines of the stream.
    pub fn listen(&self) -> BufReader<TcpStream> {
        let device = self.scene("")["device"].as_str().unwrap().to_owned();
        let mut stream = connect(self.address);
        let path = format!("/api/live?room={}&device={device}", self.token);
        stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host).as_bytes()).unwrap();
        BufReader::new(stream)
    }
}

/// Reads a stream up to a line that begins so.
pub fn hear(stream: &mut BufReader<TcpStream>, start: &str) -> String {
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).unwrap() > 0, "the stream ended before « {start} »");
        if line.starts_with(start) {
            return line.trim().to_owned();
        }
    }
}
