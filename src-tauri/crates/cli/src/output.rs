//! What goes to stdout and stderr.

use moisson_workflow::{Failure, Language};
use serde::Serialize;
use std::io::{self, Write};

/// Where and how to print.
pub struct Output {
    /// One JSON document, or one per line.
    pub json: bool,
    /// Language of a person's text.
    pub language: Language,
}

impl Output {
    /// Prints a result: as JSON, or the person's text.
    pub fn result(&self, value: &impl Serialize, text: impl FnOnce() -> String) {
        let line = if self.json { serde_json::to_string(value).unwrap_or_default() } else { text() };
        self.line(&line);
    }

    /// Prints a line. A reader that went away (`| head`) is no error.
    #[allow(clippy::unused_self, reason = "one way to print")]
    pub fn line(&self, line: &str) {
        if writeln!(io::stdout(), "{line}").is_err() {
            std::process::exit(0);
        }
    }

    /// The text of the language.
    pub fn say(&self, fr: impl Into<String>, en: impl Into<String>) -> String {
        self.language.say(fr, en)
    }

    /// Prints a failure on stderr: one sentence, then hints.
    pub fn failure(&self, failure: &Failure) {
        let explained = failure.explain(self.language);
        let mut text = explained.message;
        for hint in explained.hints {
            text.push('\n');
            text.push_str(&hint);
        }
        // Nothing is left to do if even stderr is closed.
        let _ = writeln!(io::stderr(), "{text}");
    }
}
