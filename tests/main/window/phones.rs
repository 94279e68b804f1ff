//! Phones in one Chromium, told what to do by the test.

use super::driver::Tree;
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{ChildStdin, ChildStdout, Command, Stdio},
};

/// The browser with the phones in it, which does one thing after the other.
pub struct Phones {
    says: ChildStdin,
    hears: BufReader<ChildStdout>,
    _browser: Tree,
}

impl Phones {
    pub fn start() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/main/window/phones.mjs");
        let mut browser = Tree::start(
            Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()),
        );
        let (says, hears) = browser.pipes();
        Self { says, hears: BufReader::new(hears), _browser: browser }
    }

    /// Begins to do something.
    pub fn begin(&mut self, what: &Value) {
        writeln!(self.says, "{what}").unwrap();
    }

    /// Waits until every phone has done it.
    pub fn ended(&mut self) {
        let mut line = String::new();
        self.hears.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).expect("the browser is there (script/test installs it)");
        assert!(answer["done"].is_string(), "phones: {answer}");
    }

    pub fn act(&mut self, what: &Value) {
        self.begin(what);
        self.ended();
    }

    pub fn picture(&mut self, phone: usize, name: &str) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        self.act(&json!({ "do": "picture", "phone": phone, "path": folder.join(format!("{name}.png")) }));
    }
}
