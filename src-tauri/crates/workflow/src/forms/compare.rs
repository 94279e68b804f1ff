//! Comparing: what a form that came back says, what is said here, and what was said when it was sent.

use super::{
    FormProblem, LINES, Slot,
    key::{Key, even, plain, print},
    read, send, slots,
};
use crate::{Failure, Session, catalog::Catalog, home::fold, session::shorten, text_merge, views::*};
use moisson_document::form::{self, Answer, Filled, Given, PROCESS, Remark, SENT, TITLE};
use moisson_domain::{Entity, EntityId, Field, Kind};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::Read,
    path::Path,
};

/// Bytes that a form may have.
const MOST: u64 = 64 << 20;

/// A new line: its action, its kind, its place on the form.
type Line = (EntityId, Kind, usize);
/// What a field of it says, and why that is no answer.
type Said = (String, Option<String>);

/// What is gathered while a form is read.
struct Reading<'a> {
    session: &'a Session,
    catalog: Catalog,
    rows: BTreeMap<EntityId, ActionRow>,
    found: FormReturn,
    seen: BTreeSet<String>,
    /// New lines.
    lines: BTreeMap<Line, BTreeMap<&'static str, Said>>,
    places: BTreeMap<Line, String>,
}

impl Session {
    /// Reads a form that a partner sent back, and compares it with what is here. Nothing is changed.
    ///
    /// # Errors
    /// [`Failure::Form`] where the file is none of this démarche; what the store reports.
    pub fn read_form(&self, path: &Path, expected: Option<EntityId>) -> Result<FormReturn, Failure> {
        let refused = |problem| Failure::Form { path: path.to_owned(), problem };
        let filled = form::read(&bytes(path)?).map_err(|error| refused(error.into()))?;
        if let Some(process) = filled.identity.get(PROCESS).filter(|id| **id != self.store.process().to_string()) {
            let title = filled.identity.get(TITLE).unwrap_or(process);
            return Err(refused(FormProblem::Elsewhere(title.clone())));
        }
        if filled.answers.iter().all(|answer| answer.key.is_none() && answer.section.is_none()) {
            return Err(refused(FormProblem::NoForm));
        }
        let mut reading = self.reading(path, &filled)?;
        for answer in &filled.answers {
            reading.take(answer)?;
        }
        reading.finish(&filled, expected)
    }

    fn reading(&self, path: &Path, filled: &Filled) -> Result<Reading<'_>, Failure> {
        let plan = self.plan()?;
        let rows = plan.axes.into_iter().flat_map(|axis| axis.objectives).flat_map(|one| one.actions).chain(plan.loose);
        Ok(Reading {
            session: self,
            catalog: self.catalog()?,
            rows: rows.map(|row| (row.id, row)).collect(),
            found: FormReturn {
                path: path.display().to_string(),
                sent_on: filled.identity.get(SENT).cloned(),
                ..FormReturn::default()
            },
            seen: BTreeSet::new(),
            lines: BTreeMap::new(),
            places: BTreeMap::new(),
        })
    }

    /// What a field said when its fingerprint was taken, if the journal still knows.
    fn said_then(&self, entity: &Entity, slot: Slot, fingerprint: &str, now: &str) -> Result<Option<String>, Failure> {
        if print(now) == fingerprint {
            return Ok(Some(now.to_owned()));
        }
        if print("") == fingerprint {
            return Ok(Some(String::new()));
        }
        let Slot::Field(field) = slot else { return Ok(None) };
        let mut then = None;
        self.store.trail(Some(entity.id), |row| {
            let said = row.fields.get(field.name()).map(|(_, value)| send::plainly(value));
            then = said.filter(|said| print(said) == fingerprint).or(then.take());
        })?;
        Ok(then)
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |source| Failure::Io { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(MOST + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

impl Reading<'_> {
    fn french(&self) -> bool {
        self.session.language() == crate::Language::Fr
    }

    fn say(&self, fr: impl Into<String>, en: impl Into<String>) -> String {
        self.session.language().say(fr, en)
    }

    fn take(&mut self, answer: &Answer) -> Result<(), Failure> {
        let key = answer.key.as_deref().and_then(Key::read).or_else(|| by_label(answer));
        match key {
            Some(Key::Field { entity, kind, slot, print }) => self.field(answer, entity, kind, slot, Some(&print)),
            Some(Key::New { action, kind, place, slot }) => {
                self.new_line(answer, action, kind, place, slot);
                Ok(())
            }
            // Found by its label: what was sent is not known.
            Some(Key::Action(action)) => match labelled(answer) {
                Some(slot) => self.field(answer, action, Kind::Action, slot, None),
                None => Ok(()),
            },
            None => {
                self.unread(answer);
                Ok(())
            }
        }
    }

    fn unread(&mut self, answer: &Answer) {
        let words = match &answer.given {
            Given::Nothing => return,
            Given::Words(words) | Given::Marked(words) | Given::Unclear(_, words) => shorten(words, 80),
            Given::Number(number) => number.to_string(),
            Given::Day(day) => day.to_string(),
        };
        let (label, place) = (&answer.label, &answer.place);
        let said = self.say(
            format!("« {label} » ({place}) n’est pas une rubrique de la fiche ; il y est écrit : « {words} »."),
            format!("“{label}” ({place}) is no field of the form; it says: “{words}”."),
        );
        self.found.remarks.push(said);
    }

    fn field(
        &mut self,
        answer: &Answer,
        id: EntityId,
        kind: Kind,
        slot: Slot,
        fingerprint: Option<&str>,
    ) -> Result<(), Failure> {
        let Some(entity) = self.session.store.entity(id)?.filter(|entity| entity.kind == kind.name()) else {
            self.gone(answer, id, kind);
            return Ok(());
        };
        let action = if kind == Kind::Action { Some(id) } else { entity.fields.id(Field::Action) };
        let Some(row) = action.and_then(|action| self.rows.get(&action)).cloned() else {
            self.gone(answer, id, kind);
            return Ok(());
        };
        let now = send::said(&entity, slot, &self.catalog);
        let language = self.session.language();
        let (theirs, mut problem) = match read::answer(slot, &answer.given, language) {
            Ok(theirs) => (theirs, None),
            Err((words, why)) => (words, Some(why)),
        };
        let sent = match fingerprint {
            Some(fingerprint) => self.session.said_then(&entity, slot, fingerprint, &now)?,
            None => None,
        };
        // A form in cells holds the words alone, and so does one in which nothing is bold: then marks say nothing.
        let marked = matches!(answer.given, Given::Marked(_));
        let says = |text: &str| {
            if marked {
                let even = |text: &str| plain(&moisson_document::evened(text));
                return even(&theirs) == even(text);
            }
            plain(&theirs) == plain(text) || plain(&theirs) == plain(&moisson_document::plain(text))
        };
        let untouched = fingerprint.is_some_and(|before| print(&theirs) == before) || sent.as_deref().is_some_and(says);
        if says(&now) || untouched || self.same_names(slot, &theirs, &now) {
            self.found.same += 1;
            return Ok(());
        }
        if fingerprint.is_none() && theirs.is_empty() {
            return Ok(());
        }
        let key = Key::Field { entity: id, kind, slot, print: fingerprint.map_or_else(|| print(&now), str::to_owned) }
            .written();
        if !self.seen.insert(key.clone()) {
            problem = Some(self.say(
                "cette rubrique est deux fois dans le fichier, avec des réponses différentes",
                "this field is in the file twice, with different answers",
            ));
        }
        let moved = fingerprint.is_some_and(|before| print(&now) != before);
        let prose = matches!(form::expects(slot.name()), form::Expects::Prose | form::Expects::Line);
        let both = sent.as_ref().filter(|_| moved && prose && problem.is_none());
        let both = both.and_then(|base| text_merge::merged(&even(base), &even(&now), &even(&theirs)));
        let names = moisson_domain::Kind::title(kind).map(Field::name) == Some(slot.name());
        let how = if kind != Kind::Action && names && theirs.is_empty() { FormHow::Gone } else { FormHow::Changed };
        if problem.is_none() && kind == Kind::Action && names && theirs.is_empty() {
            problem = Some(self.say("une action garde un titre", "an action keeps a title"));
        }
        let line = (kind != Kind::Action).then(|| crate::catalog::name(&entity).name);
        let mut notes = self.notes(answer, slot, &theirs);
        if !marked && plain(&now) != plain(&moisson_document::plain(&now)) {
            notes.push(self.say(
                "le gras et les liens de ce texte seraient perdus : cette réponse n’en a pas",
                "the bold and the links of this text would be lost: this answer has none",
            ));
        }
        let french = self.french();
        let show = |said: &str| send::shown(slot, said, french);
        self.push(
            &row,
            FormDifference {
                key,
                kind: kind.name().to_owned(),
                line,
                field: slot.name().to_owned(),
                how,
                sent: sent.as_deref().map(show),
                current: show(&now),
                theirs: if problem.is_some() { theirs } else { show(&theirs) },
                both,
                parts: BTreeMap::new(),
                moved,
                problem,
                notes,
                place: answer.place.clone(),
            },
        );
        Ok(())
    }

    /// Structures tied are the same in any order, by either of their names.
    fn same_names(&self, slot: Slot, theirs: &str, now: &str) -> bool {
        let ids = |names: &str| -> Option<BTreeSet<EntityId>> {
            super::accept::named(names).map(|name| super::accept::organisation(&self.catalog, name)).collect()
        };
        matches!(slot, Slot::Tied(_)) && ids(theirs).is_some_and(|one| Some(one) == ids(now))
    }

    fn notes(&self, answer: &Answer, slot: Slot, theirs: &str) -> Vec<String> {
        let mut notes = Vec::new();
        if answer.formula {
            notes.push(self.say(
                "la réponse est une formule : c’est son résultat qui a été lu",
                "the answer is a formula: its result was read",
            ));
        }
        if matches!(slot, Slot::Tied(_)) {
            let unknown = |name: &&str| super::accept::organisation(&self.catalog, name).is_none();
            let unknown: Vec<&str> = super::accept::named(theirs).filter(unknown).collect();
            if !unknown.is_empty() {
                let names = unknown.join(", ");
                notes.push(self.say(
                    format!("structure nouvelle, qui sera ajoutée à la démarche : {names}"),
                    format!("a new structure, that will be added to the process: {names}"),
                ));
            }
        }
        notes
    }

    fn gone(&mut self, answer: &Answer, id: EntityId, kind: Kind) {
        if matches!(answer.given, Given::Nothing) || !self.seen.insert(id.to_string()) {
            return;
        }
        let label = &answer.label;
        let said = if kind == Kind::Action {
            self.say(
                "Une fiche de ce fichier n’est plus dans le plan, ou n’y a jamais été : ses réponses ne peuvent pas être reprises.",
                "An action of this file is no longer in the plan, or never was: its answers cannot be taken.",
            )
        } else {
            self.say(
                format!("Une ligne de ce fichier (« {label} », {}) a été supprimée ici depuis l’envoi.", answer.place),
                format!("A line of this file (“{label}”, {}) was deleted here since it was sent.", answer.place),
            )
        };
        self.found.remarks.push(said);
    }

    fn new_line(&mut self, answer: &Answer, action: EntityId, kind: Kind, place: usize, slot: Slot) {
        let language = self.session.language();
        let read = match read::answer(slot, &answer.given, language) {
            Ok(said) if said.is_empty() => return,
            Ok(said) => (send::shown(slot, &said, self.french()), None),
            Err((words, why)) => (words, Some(why)),
        };
        self.lines.entry((action, kind, place)).or_default().insert(slot.name(), read);
        self.places.entry((action, kind, place)).or_insert_with(|| answer.place.clone());
    }

    fn finish(mut self, filled: &Filled, expected: Option<EntityId>) -> Result<FormReturn, Failure> {
        for ((action, kind, place), parts) in std::mem::take(&mut self.lines) {
            let Some(row) = self.rows.get(&action).cloned() else { continue };
            let name = LINES.iter().find(|(of, ..)| *of == kind).map_or("", |(.., field)| field.name());
            let theirs = parts.get(name).map(|(said, _)| said.clone()).unwrap_or_default();
            let mut problem = parts.values().find_map(|(_, why)| why.clone());
            if theirs.is_empty() {
                let label = form::label(kind.name(), name, self.french());
                problem = Some(self.say(
                    format!("cette ligne n’a pas de « {label} » : sans cela elle ne peut pas être ajoutée"),
                    format!("this line has no “{label}”: it cannot be added without"),
                ));
            }
            let slot = slots(kind).next().unwrap_or(Slot::Field(Field::Title));
            let difference = FormDifference {
                key: Key::New { action, kind, place, slot }.written(),
                kind: kind.name().to_owned(),
                line: None,
                field: name.to_owned(),
                how: FormHow::New,
                sent: Some(String::new()),
                current: String::new(),
                theirs,
                both: None,
                parts: parts.into_iter().map(|(field, (said, _))| (field.to_owned(), said)).collect(),
                moved: false,
                problem,
                notes: Vec::new(),
                place: self.places.get(&(action, kind, place)).cloned().unwrap_or_default(),
            };
            self.push(&row, difference);
        }
        self.remark(filled, expected);
        Ok(self.found)
    }

    fn remark(&mut self, filled: &Filled, expected: Option<EntityId>) {
        let mut remarks = Vec::new();
        let about: BTreeSet<EntityId> = filled
            .answers
            .iter()
            .filter_map(|answer| match Key::read(answer.section.as_deref()?)? {
                Key::Action(action) => Some(action),
                _ => None,
            })
            .collect();
        if let Some(expected) = expected.filter(|one| !about.contains(one)) {
            let named = |id: &EntityId| self.rows.get(id).map(|row| format!("{} {}", row.number, row.title));
            let asked = named(&expected).unwrap_or_default();
            let names: Vec<String> = about.iter().filter_map(named).collect();
            let names = if names.is_empty() { String::from("?") } else { names.join(", ") };
            remarks.push(self.say(
                format!("Ce fichier n’est pas la fiche « {asked} », mais : {names}."),
                format!("This file is not the form of “{asked}”, but of: {names}."),
            ));
        }
        for remark in &filled.remarks {
            remarks.push(match remark {
                Remark::Formula(place) => self.say(
                    format!("{place} contient une formule : c’est son résultat qui a été lu."),
                    format!("{place} holds a formula: its result was read."),
                ),
                Remark::Merged(place) => self.say(
                    format!("{place} : des cellules ont été fusionnées, la réponse n’est pas sûre."),
                    format!("{place}: cells were merged, the answer is not sure."),
                ),
                Remark::Tracked => self.say(
                    "Le suivi des modifications est actif dans ce fichier : le texte a été lu comme si tout était accepté.",
                    "Changes are tracked in this file: the text was read as if all were accepted.",
                ),
            });
        }
        if filled.answers.iter().any(|answer| answer.key.is_none())
            && filled.answers.iter().any(|one| one.key.is_some())
        {
            remarks.push(self.say(
                "Des lignes ont perdu leur repère caché : elles ont été reconnues à leur intitulé quand c’était possible.",
                "Some lines lost their hidden mark: they were recognised by their label where possible.",
            ));
        }
        remarks.append(&mut self.found.remarks);
        self.found.remarks = remarks;
    }

    fn push(&mut self, row: &ActionRow, difference: FormDifference) {
        let known = self.found.actions.iter_mut().find(|one| one.action.id == row.id);
        match known {
            Some(action) => action.differences.push(difference),
            None => self.found.actions.push(FormAction {
                action: CheckedAction { id: row.id, number: row.number.clone(), title: row.title.clone() },
                differences: vec![difference],
            }),
        }
    }
}

/// The action above an answer whose own key is lost.
fn by_label(answer: &Answer) -> Option<Key> {
    labelled(answer)?;
    Key::read(answer.section.as_deref()?).filter(|key| matches!(key, Key::Action(_)))
}

/// The field of an action that a label names, in either language.
fn labelled(answer: &Answer) -> Option<Slot> {
    let same = |slot: &Slot| {
        [true, false]
            .iter()
            .any(|french| fold(form::label("action", slot.name(), *french)) == fold(answer.label.trim()))
    };
    slots(Kind::Action).find(same)
}
