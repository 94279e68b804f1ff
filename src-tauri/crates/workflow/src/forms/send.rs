//! Sending: an action, an objective or a whole axis as a form.

use super::{
    LINES, Slot,
    key::{Key, print},
    slots,
};
use crate::{Failure, Session, catalog::Catalog, publish, views::*};
use moisson_document::{
    Format,
    form::{self, Form, Group, Section, Value},
};
use moisson_domain::{Entity, EntityId, Kind};
use std::path::Path;

/// Everything a form needs, read at one moment.
pub struct FormSource {
    form: Form,
    name: String,
}

impl Session {
    /// Reads a form for one action, or for all those of an objective or an axis.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn form(&self, of: EntityId) -> Result<FormSource, Failure> {
        let plan = self.plan()?;
        let catalog = self.catalog()?;
        let mut sections = Vec::new();
        let mut name = String::from("fiche");
        for axis in &plan.axes {
            for objective in &axis.objectives {
                let whole = axis.id == of || objective.id == of;
                for row in objective.actions.iter().filter(|row| whole || row.id == of) {
                    let trail = format!("{} {} › {} {}", axis.number, axis.title, objective.number, objective.title);
                    sections.push(self.form_section(row, trail, &catalog)?);
                }
                if objective.id == of {
                    name = format!("fiches {} {}", objective.number, objective.title);
                }
            }
            if axis.id == of {
                name = format!("fiches {} {}", axis.number, axis.title);
            }
        }
        for row in plan.loose.iter().filter(|row| row.id == of) {
            sections.push(self.form_section(row, String::new(), &catalog)?);
        }
        match sections.as_slice() {
            [] => return Err(Failure::NoSuch { what: Some(Kind::Action), reference: of.to_string() }),
            [one] if one.key == Key::Action(of).written() => name = format!("fiche {} {}", one.number, one.title),
            _ => {}
        }
        let form = Form { frame: self.frame()?, process: self.store.process().to_string(), sections };
        Ok(FormSource { form, name: publish::slug(&name) })
    }

    fn form_section(&self, row: &ActionRow, trail: String, catalog: &Catalog) -> Result<Section, Failure> {
        let action = self.entity_of(Kind::Action, row.id)?;
        let mut groups = vec![self.form_group(Kind::Action, &action, 1, catalog)];
        for (kind, blanks, _) in LINES {
            let lines = self.children(kind, row.id)?;
            for (place, line) in (1..).zip(&lines) {
                groups.push(self.form_group(kind, line, place, catalog));
            }
            groups.extend((1..=blanks).map(|place| blank(row.id, kind, place, lines.len())));
        }
        Ok(Section {
            key: Key::Action(row.id).written(),
            number: row.number.clone(),
            title: row.title.clone(),
            trail,
            groups,
        })
    }

    fn form_group(&self, kind: Kind, entity: &Entity, place: usize, catalog: &Catalog) -> Group {
        let field = |slot: Slot| {
            let said = said(entity, slot, catalog);
            let key = Key::Field { entity: entity.id, kind, slot, print: print(&said) };
            form::Field { key: key.written(), name: slot.name(), value: value(entity, slot, said) }
        };
        Group { kind: kind.name(), place, blank: false, fields: slots(kind).map(field).collect() }
    }
}

impl FormSource {
    /// Writes it in several formats, all composed before the first file is touched.
    ///
    /// # Errors
    /// [`Failure::Document`] or [`Failure::Io`]; no file is left half-written.
    #[expect(clippy::disallowed_methods, reason = "tells a person how long it took; decides nothing")]
    pub fn write(&self, formats: &[Format], folder: &Path) -> Result<ExportReport, Failure> {
        let mut written = Vec::new();
        for format in formats {
            let started = std::time::Instant::now();
            let bytes = form::write(&self.form, *format)?;
            written.push((*format, bytes, started.elapsed().as_secs_f64() * 1000.0));
        }
        publish::put(&self.name, folder, written)
    }
}

/// An empty line, for what the partner adds.
fn blank(action: EntityId, kind: Kind, place: usize, after: usize) -> Group {
    let field = |slot: Slot| form::Field {
        key: Key::New { action, kind, place, slot }.written(),
        name: slot.name(),
        value: Value::Empty,
    };
    Group { kind: kind.name(), place: after + place, blank: true, fields: slots(kind).map(field).collect() }
}

/// What a field says, in no language: days and amounts as the journal holds them, names a line each.
pub(super) fn said(entity: &Entity, slot: Slot, catalog: &Catalog) -> String {
    match slot {
        Slot::Tied(word) => {
            let tied = catalog.linked(entity.id, word);
            let names = catalog.organisations.iter().filter(|one| tied.contains(&one.id));
            names.map(|one| one.short_name.as_deref().unwrap_or(&one.name)).collect::<Vec<_>>().join("\n")
        }
        Slot::Field(field) => entity.fields.get(field).map(plainly).unwrap_or_default(),
    }
}

/// A value of the journal, as text.
pub(super) fn plainly(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn value(entity: &Entity, slot: Slot, said: String) -> Value {
    if said.is_empty() {
        return Value::Empty;
    }
    let Slot::Field(field) = slot else { return Value::Words(said) };
    match form::expects(slot.name()) {
        form::Expects::Day => said.parse().map_or(Value::Words(said), Value::Day),
        form::Expects::Money => entity.fields.integer(field).map_or(Value::Words(said), Value::Money),
        form::Expects::Count => entity.fields.number(field).map_or(Value::Words(said), Value::Count),
        _ => Value::Words(said),
    }
}

/// What a field says, as people of a language read it.
pub(super) fn shown(slot: Slot, said: &str, french: bool) -> String {
    let read = match form::expects(slot.name()) {
        form::Expects::Day => said.parse().ok().map(Value::Day),
        form::Expects::Money => said.parse().ok().map(Value::Money),
        form::Expects::Count => said.parse().ok().map(Value::Count),
        form::Expects::Status => form::status_shown(said, french).map(|word| Value::Words(word.to_owned())),
        _ => None,
    };
    read.map_or_else(|| said.to_owned(), |value| value.shown(french))
}
