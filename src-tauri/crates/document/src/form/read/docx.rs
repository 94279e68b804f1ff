//! DOCX: the rows of tables, label and answer side by side. A key may stand on either; without one, the label speaks.

use super::{
    Answer, Filled, FormError, Given, Remark, Strange, answered, is_field, key_in,
    package::{Numbers, attribute, damaged, entity},
    words,
};
use crate::{
    model::Run,
    rich::{is_safe, marked},
};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::collections::{BTreeMap, BTreeSet};

/// A row under construction.
#[derive(Default)]
struct Row {
    cells: Vec<Cell>,
    keys: Vec<String>,
}

#[derive(Default)]
struct Cell {
    text: String,
    /// The same with what is bold and what leads somewhere; a run for each change, line ends within.
    runs: Vec<Run>,
    /// Columns that it spans, and whether it goes on from the cell above.
    span: usize,
    continued: bool,
    /// The list that the paragraph under way is an item of.
    item: Option<List>,
}

/// A list, as items name it.
#[derive(Clone, PartialEq)]
enum List {
    Bullets,
    /// By the name that its items give it.
    Numbers(String),
}

/// Where the reader is.
#[derive(Default)]
struct Place {
    filled: Filled,
    section: Option<String>,
    /// Rows under way: a table may stand within a cell.
    rows: Vec<Row>,
    /// Words of a paragraph outside of tables.
    loose: String,
    /// Whether letters are words of people.
    reading: bool,
    /// Whether within a run, and whether that run is bold.
    running: bool,
    strong: bool,
    /// Where the words under way lead, and the targets of links by name.
    address: Option<String>,
    links: BTreeMap<String, String>,
    /// The numbered lists, by name.
    lists: BTreeMap<String, Numbers>,
    /// The next number of each shape of list, and the lists that were met: those of one shape go on from each other.
    next: BTreeMap<String, u32>,
    met: BTreeSet<String>,
    /// The code of the field under way, and whether letters are of it.
    code: Option<String>,
    coding: bool,
    /// Elements to skip until they end.
    skipped: usize,
    tracked: bool,
}

pub(super) fn read(
    xml: &str,
    links: BTreeMap<String, String>,
    lists: BTreeMap<String, Numbers>,
) -> Result<Filled, FormError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut place = Place { links, lists, ..Place::default() };
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(start) => place.open(&start),
            Event::Empty(start) => {
                place.open(&start);
                place.close(start.local_name().as_ref());
            }
            Event::End(end) => place.close(end.local_name().as_ref()),
            Event::Text(text) if place.reading => place.say(&text.xml10_content()),
            Event::Text(text) if place.coding => place.code.get_or_insert_default().push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if place.coding => {
                place.code.get_or_insert_default().push_str(&entity(&reference));
            }
            Event::GeneralRef(reference) if place.reading => place.say(&entity(&reference)),
            Event::DocType(_) => return Err(FormError::Damaged(String::from("DOCTYPE"))),
            Event::Eof => break,
            _ => {}
        }
    }
    if place.tracked {
        place.filled.remarks.push(Remark::Tracked);
    }
    Ok(place.filled)
}

/// Where a field leads, if it is a link.
fn target(code: &str) -> Option<String> {
    let quoted = code.trim().strip_prefix("HYPERLINK")?.trim().strip_prefix('"')?;
    Some(quoted.split('"').next()?.to_owned()).filter(|address| is_safe(address))
}

impl Cell {
    fn put(&mut self, words: &str, strong: bool, address: Option<String>) {
        let address = address.filter(|address| is_safe(address));
        match self.runs.last_mut().filter(|last| last.strong == strong && last.address == address) {
            Some(last) => last.text.push_str(words),
            None => self.runs.push(Run { text: words.to_owned(), strong, address, ..Run::default() }),
        }
    }
}

impl Place {
    fn cell(&mut self) -> Option<&mut Cell> {
        self.rows.last_mut()?.cells.last_mut()
    }

    fn say(&mut self, words: &str) {
        let (strong, address) = (self.strong, self.address.clone());
        let item = self.cell().and_then(|cell| cell.item.take_if(|_| !words.trim().is_empty()));
        let mark = item.map(|list| self.mark(list));
        match self.cell() {
            Some(cell) => {
                if let Some(mark) = mark {
                    cell.text.push_str(&mark);
                    cell.put(&mark, false, None);
                }
                cell.text.push_str(words);
                cell.put(words, strong, address);
            }
            None => self.loose.push_str(words),
        }
    }

    fn open(&mut self, start: &BytesStart<'_>) {
        let name = start.local_name();
        if self.skipped > 0 || matches!(name.as_ref(), "del" | "moveFrom" | "Fallback") {
            self.skipped += 1;
            self.tracked |= name.as_ref() == "del";
            return;
        }
        match name.as_ref() {
            "tr" => self.rows.push(Row::default()),
            "tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.cells.push(Cell { span: 1, ..Cell::default() });
                }
            }
            "gridSpan" => {
                let span = attribute(start, "val").and_then(|text| text.parse().ok()).unwrap_or(1);
                if let Some(cell) = self.cell() {
                    cell.span = span;
                }
            }
            "vMerge" => {
                let continued = attribute(start, "val").as_deref() != Some("restart");
                if let Some(cell) = self.cell() {
                    cell.continued = continued;
                }
            }
            "numPr" => self.is_item(Some(List::Bullets)),
            "numId" => {
                let name = attribute(start, "val").unwrap_or_default();
                let numbers = self.lists.contains_key(&name);
                match name.as_str() {
                    "0" => self.is_item(None),
                    _ if numbers => self.is_item(Some(List::Numbers(name))),
                    _ => {}
                }
            }
            "pStyle" => {
                let style = attribute(start, "val").unwrap_or_default();
                if style.contains("ListBullet") {
                    self.is_item(Some(List::Bullets));
                } else if style.contains("ListNumber") {
                    self.is_item(Some(List::Numbers(style)));
                }
            }
            "tag" | "bookmarkStart" => {
                let name = if name.as_ref() == "tag" { "val" } else { "name" };
                let key = attribute(start, name).as_deref().and_then(key_in).map(str::to_owned);
                if let (Some(key), Some(row)) = (key, self.rows.last_mut()) {
                    row.keys.push(key);
                }
            }
            "ins" => self.tracked = true,
            "r" => (self.running, self.strong) = (true, false),
            // The mark of a paragraph may be bold too: that is no word.
            "b" if self.running => {
                self.strong = !matches!(attribute(start, "val").as_deref(), Some("0" | "false" | "off"));
            }
            "hyperlink" => self.address = attribute(start, "id").and_then(|id| self.links.get(&id)).cloned(),
            "fldChar" => match attribute(start, "fldCharType").as_deref() {
                Some("begin") => self.code = Some(String::new()),
                Some("separate") => self.address = self.code.take().as_deref().and_then(target),
                _ => (self.code, self.address) = (None, None),
            },
            "instrText" => self.coding = true,
            "t" => self.reading = true,
            "br" | "cr" => self.say("\n"),
            "tab" if self.cell().is_some_and(|cell| !cell.text.is_empty()) => self.say("\t"),
            "noBreakHyphen" => self.say("-"),
            _ => {}
        }
    }

    /// What stands before the next item of a list.
    fn mark(&mut self, list: List) -> String {
        let List::Numbers(name) = list else { return String::from("- ") };
        let (shape, first, restart) = match self.lists.get(&name) {
            Some(numbers) => (numbers.shape.clone(), numbers.first, numbers.restart),
            None => (name.clone(), 1, None),
        };
        let next = self.next.entry(shape).or_insert(first);
        if let Some(restart) = restart.filter(|_| self.met.insert(name)) {
            *next = restart;
        }
        *next += 1;
        format!("{}. ", *next - 1)
    }

    fn is_item(&mut self, list: Option<List>) {
        if let Some(cell) = self.cell() {
            cell.item = list;
        }
    }

    fn close(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "t" => self.reading = false,
            "instrText" => self.coding = false,
            "r" => (self.running, self.strong) = (false, false),
            "hyperlink" => self.address = None,
            "p" => match self.cell() {
                Some(cell) => {
                    cell.item = None;
                    cell.text.push('\n');
                    cell.put("\n", false, None);
                }
                None => {
                    let loose = std::mem::take(&mut self.loose);
                    self.meet(&loose);
                }
            },
            "tr" => {
                if let Some(row) = self.rows.pop() {
                    self.row(&row);
                }
            }
            _ => {}
        }
    }

    /// The key of an action, which what follows belongs to.
    fn meet(&mut self, text: &str) {
        if let Some(key) = key_in(text).filter(|key| !is_field(key)) {
            self.section = Some(key.to_owned());
        }
    }

    fn row(&mut self, row: &Row) {
        if let Some(outer) = self.cell() {
            // A table within a cell is part of what was answered there.
            let inner: Vec<&str> = row.cells.iter().map(|cell| cell.text.trim()).collect();
            outer.text.push_str(&inner.join(" · "));
            outer.text.push('\n');
            return;
        }
        let key = row.keys.iter().find(|key| is_field(key)).cloned();
        let label = row.cells.first().map(|cell| cell.text.trim()).unwrap_or_default();
        self.meet(label);
        let label = label.lines().next().unwrap_or_default().trim().to_owned();
        let heads = |cell: &Cell| words::ANSWERS.contains(&cell.text.trim());
        if key.is_none() && row.cells.iter().any(heads) {
            return;
        }
        let given = match row.cells.as_slice() {
            [] => return,
            [one] if key.is_some() || one.span > 1 => Given::Unclear(Strange::Merged, one.text.trim().to_owned()),
            [_] => return,
            [_, answer, ..] if answer.continued => Given::Unclear(Strange::Merged, String::new()),
            [_, rest @ ..] => {
                let all: Vec<&str> = rest.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect();
                let given = answered(&all.join("\n"));
                let marks = |run: &Run| run.strong || run.address.is_some();
                match (&given, rest) {
                    (Given::Words(_), [one]) if one.runs.iter().any(marks) => Given::Marked(marked(&one.runs)),
                    _ => given,
                }
            }
        };
        if matches!(given, Given::Unclear(..)) && key.is_some() {
            self.filled.remarks.push(Remark::Merged(label.clone()));
        }
        self.filled.answers.push(Answer {
            key,
            section: self.section.clone(),
            place: label.clone(),
            label,
            given,
            formula: false,
        });
    }
}
