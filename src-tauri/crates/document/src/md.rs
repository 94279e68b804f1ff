//! Markdown (CommonMark with tables).

use crate::model::{Block, Document, Table, Text};
use std::fmt::Write;

pub(crate) fn write(document: &Document) -> String {
    let meta = &document.meta;
    let mut out = format!("# {}\n\n", escape(&meta.title));
    for line in [&meta.subtitle, &meta.author, &meta.date_words] {
        if !line.is_empty() {
            let _ = writeln!(out, "{}  ", escape(line));
        }
    }
    for (name, statement) in meta.funders() {
        let said = if statement.is_empty() { String::new() } else { format!(" — {}", escape(statement)) };
        let _ = write!(out, "\n{}{said}\n", escape(name));
    }
    for block in document.told_once() {
        out.push('\n');
        match block {
            Block::Heading { level, text, .. } => {
                let _ = writeln!(out, "{} {}", "#".repeat(usize::from(*level) + 1), escape(text));
            }
            Block::Action { number, title, trail, .. } => {
                let _ = writeln!(out, "#### {number} {}", escape(title));
                if !trail.is_empty() {
                    let _ = write!(out, "\n{}\n", escape(trail));
                }
            }
            Block::Label { text } => {
                let _ = writeln!(out, "**{}**", escape(text));
            }
            Block::Paragraph { text } => {
                let _ = writeln!(out, "{}", runs(text));
            }
            Block::List { items, number } => {
                for (index, item) in (0..).zip(items) {
                    let mark = number.map_or_else(|| String::from("-"), |first| format!("{}.", first + index));
                    let _ = writeln!(out, "{mark} {}", runs(item));
                }
            }
            Block::Panel { items } => {
                for (label, text) in items {
                    let _ = writeln!(out, "- {} : {}", escape(label), runs(text));
                }
            }
            Block::Table { table } | Block::Figure { table, .. } => self::table(&mut out, table),
            Block::PageBreak => {}
        }
    }
    out
}

fn table(out: &mut String, table: &Table) {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    out.push_str(&line(table.header.iter().map(|cell| escape(cell)).collect()));
    out.push_str(&line(table.figures.iter().map(|figures| if *figures { "---:" } else { "---" }.to_owned()).collect()));
    for row in &table.rows {
        out.push_str(&line(row.iter().map(runs).collect()));
    }
}

#[allow(clippy::ptr_arg, reason = "used as a function of a cell")]
fn runs(text: &Text) -> String {
    text.iter()
        .map(|run| {
            let words = escape(&run.text);
            let words = match &run.address {
                Some(address) => format!("[{words}](<{}>)", address.replace(['<', '>', '\n'], "")),
                None => words,
            };
            if run.strong && !words.trim().is_empty() { format!("**{}**", words.trim()) } else { words }
        })
        .collect()
}

/// Text in which nothing is markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' => {
                out.push('\\');
                out.push(letter);
            }
            other => out.push(other),
        }
    }
    out
}
