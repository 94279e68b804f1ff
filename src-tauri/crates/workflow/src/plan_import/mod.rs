//! Importing a plan that exists already, from a workbook: previewed, its columns mapped by hand where need be, taken in as
//! one act. Nothing that is here is changed, and importing again creates nothing twice.

mod columns;
mod rows;
#[cfg(test)]
mod tests;

use crate::{
    Failure, Session,
    catalog::{Catalog, count, name},
    home::fold,
    session::fields,
    table::{Sheet, read_sheets},
    views::*,
};
use moisson_domain::{EntityId, Field, Fields, Kind, Rank, spread};
use moisson_journal::Draft;
use rows::{Found, Rows, bare};
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// Actions that a preview lists.
const SHOWN: usize = 200;

/// What is written on the way, and what was known before.
struct Writing {
    drafts: Vec<Draft>,
    catalog: Catalog,
    /// By folded title: axes, objectives of an axis, titles of actions.
    axes: BTreeMap<String, EntityId>,
    objectives: BTreeMap<(EntityId, String), EntityId>,
    titles: BTreeSet<String>,
    organisations: BTreeMap<String, EntityId>,
    /// The last place among axes, among structures, and among the children of each.
    last: BTreeMap<(Kind, Option<EntityId>), Option<Rank>>,
    report: PlanImport,
}

impl Session {
    /// Says what a plan in a workbook or a CSV file would bring.
    ///
    /// # Errors
    /// [`Failure::Table`] where the file is no table.
    pub fn preview_plan(&mut self, path: &Path, asked: &PlanImportAsked) -> Result<PlanImport, Failure> {
        Ok(self.written_plan(path, asked)?.report)
    }

    /// Takes a plan in, as one act that can be undone.
    ///
    /// # Errors
    /// [`Failure::Table`] where the file is no table; what the store reports.
    pub fn import_plan(&mut self, path: &Path, asked: &PlanImportAsked) -> Result<PlanImport, Failure> {
        let Writing { drafts, report, .. } = self.written_plan(path, asked)?;
        self.touch([Kind::Action]);
        self.act("import.plan", drafts)?;
        Ok(report)
    }

    fn written_plan(&mut self, path: &Path, asked: &PlanImportAsked) -> Result<Writing, Failure> {
        let sheets = read_sheets(path)?;
        let (at, first) = chosen(&sheets, asked);
        let sheet = &sheets[at];
        let rows = under_headings(sheet, first, asked, self.language());
        let mut writing = self.writing(&sheets, at, &rows)?;
        for action in rows.actions() {
            self.write_action(&mut writing, action)?;
        }
        Ok(writing)
    }

    fn writing(&self, sheets: &[Sheet], at: usize, rows: &Rows<'_>) -> Result<Writing, Failure> {
        let below = |sheet: &Sheet| {
            let heading = columns::heading_row(&sheet.rows).map_or(0, |(at, _)| at + 1);
            count(&sheet.rows[heading.min(sheet.rows.len())..])
        };
        let columns = rows.headings.iter().enumerate().map(|(column, heading)| PlanColumnRow {
            heading: heading.clone(),
            sample: rows::sample(&rows.sheet.rows[rows.first..], column),
            role: rows.roles.get(column).copied().flatten(),
        });
        let report = PlanImport {
            sheets: sheets.iter().map(|sheet| PlanSheet { name: sheet.name.clone(), rows: below(sheet) }).collect(),
            sheet: sheets[at].name.clone(),
            columns: columns.collect(),
            ..PlanImport::default()
        };
        let catalog = self.catalog()?;
        let mut organisations = BTreeMap::new();
        for one in &catalog.organisations {
            for name in std::iter::once(&one.name).chain(&one.short_name) {
                organisations.entry(fold(name.trim())).or_insert(one.id);
            }
        }
        let mut axes = BTreeMap::new();
        let mut objectives = BTreeMap::new();
        for axis in self.list(Kind::Axis)?.iter() {
            axes.entry(fold(bare(&name(axis).name))).or_insert(axis.id);
            for objective in self.children(Kind::Objective, axis.id)? {
                objectives.entry((axis.id, fold(bare(&name(&objective).name)))).or_insert(objective.id);
            }
        }
        let titles = self.list(Kind::Action)?.iter().map(|action| fold(name(action).name.trim())).collect();
        Ok(Writing {
            drafts: Vec::new(),
            catalog,
            axes,
            objectives,
            titles,
            organisations,
            last: BTreeMap::new(),
            report,
        })
    }

    fn write_action(&mut self, to: &mut Writing, action: Found) -> Result<(), Failure> {
        let known = !to.titles.insert(fold(action.title.trim()));
        if to.report.actions.len() < SHOWN {
            to.report.actions.push(PlanImportAction {
                line: action.line,
                axis: bare(&action.axis).to_owned(),
                objective: bare(&action.objective).to_owned(),
                title: action.title.clone(),
                known,
                leads: action.leads.join(", "),
                ends_on: action.ends_on.clone(),
                parts: [count(&action.milestones), count(&action.indicators), count(&action.fundings)],
            });
        }
        if known {
            to.report.known += 1;
            return Ok(());
        }
        let objective = self.place(to, &action)?;
        let id = self.new_id();
        let mut set = fields([(Field::Title, json!(action.title)), (Field::Objective, json!(objective))]);
        set.0.retain(|_, value| !value.is_null());
        let rank = self.next_rank(to, Kind::Action, objective)?;
        let texts = action.texts.iter().map(|(role, words)| (text_field(*role), json!(words)));
        let days = [(Field::StartsOn, &action.starts_on), (Field::EndsOn, &action.ends_on)];
        let days = days.into_iter().filter_map(|(field, day)| Some((field, json!(day.as_ref()?))));
        let status = (Field::Status, json!(action.status.unwrap_or("to_discuss")));
        for (field, value) in texts.chain(days).chain([status, (Field::Rank, json!(rank))]) {
            moisson_domain::check(Kind::Action, field.name(), &value)?;
            set.0.insert(field.name().to_owned(), value);
        }
        to.drafts.push(Draft::set(id, Kind::Action.name(), set));
        to.report.created.actions += 1;
        self.write_ties(to, id, &action)?;
        self.write_lines(to, id, &action);
        self.write_remarks(to, id, action.odd);
        Ok(())
    }

    /// The objective an action stands under, made with its axis where there is none; none where the sheet names neither.
    fn place(&mut self, to: &mut Writing, action: &Found) -> Result<Option<EntityId>, Failure> {
        let (axis, objective) = (bare(&action.axis), bare(&action.objective));
        if axis.is_empty() && objective.is_empty() {
            return Ok(None);
        }
        let other = self.language().say("Autres actions", "Other actions");
        let axis = if axis.is_empty() { other.as_str() } else { axis };
        let axis_id = match to.axes.get(&fold(axis)) {
            Some(id) => *id,
            None => {
                let id = self.new_id();
                let rank = self.next_rank(to, Kind::Axis, None)?;
                let set = fields([(Field::Title, json!(axis)), (Field::Rank, json!(rank))]);
                to.drafts.push(Draft::set(id, Kind::Axis.name(), set));
                to.axes.insert(fold(axis), id);
                to.report.created.axes += 1;
                id
            }
        };
        // An axis without objectives has one of its own name: actions hang under objectives.
        let objective = if objective.is_empty() { axis } else { objective };
        let key = (axis_id, fold(objective));
        if let Some(id) = to.objectives.get(&key) {
            return Ok(Some(*id));
        }
        let id = self.new_id();
        let rank = self.next_rank(to, Kind::Objective, Some(axis_id))?;
        let set =
            fields([(Field::Title, json!(objective)), (Field::Parent, json!(axis_id)), (Field::Rank, json!(rank))]);
        to.drafts.push(Draft::set(id, Kind::Objective.name(), set));
        to.objectives.insert(key, id);
        to.report.created.objectives += 1;
        Ok(Some(id))
    }

    /// The next place in a list, after what is here and what was just written.
    fn next_rank(&self, to: &mut Writing, kind: Kind, parent: Option<EntityId>) -> Result<Option<String>, Failure> {
        let last = match to.last.get(&(kind, parent)) {
            Some(last) => last.clone(),
            None => {
                let siblings = match parent {
                    Some(parent) => self.children(kind, parent)?,
                    None => self.list(kind)?.to_vec(),
                };
                siblings.last().and_then(|one| Rank::parse(one.fields.text(Field::Rank)?))
            }
        };
        let next = Rank::between(last.as_ref(), None);
        to.last.insert((kind, parent), next.clone());
        Ok(next.map(|rank| rank.to_string()))
    }

    fn write_ties(&mut self, to: &mut Writing, id: EntityId, action: &Found) -> Result<(), Failure> {
        for (word, names) in [("lead", &action.leads), ("partner", &action.partners)] {
            for name in names {
                let organisation = match to.organisations.get(&fold(name)) {
                    Some(id) => *id,
                    None => {
                        let id = self.new_id();
                        let rank = self.next_rank(to, Kind::Organisation, None)?;
                        let set = fields([(Field::Name, json!(name)), (Field::Rank, json!(rank))]);
                        to.drafts.push(Draft::set(id, Kind::Organisation.name(), set));
                        to.organisations.insert(fold(name), id);
                        to.report.organisations.push(name.clone());
                        id
                    }
                };
                let link = self.link(id, word, organisation);
                to.drafts.push(link);
            }
        }
        for name in &action.themes {
            let same = |theme: &&ThemeRow| {
                [&theme.name, &theme.short_name].iter().any(|one| fold(one) == fold(name))
                    || theme.number.to_string() == *name
            };
            match to.catalog.themes.iter().find(same).map(|theme| theme.id) {
                Some(theme) => to.drafts.push(self.link(id, "theme", theme)),
                None => self.unknown(to, id, action.line, name),
            }
        }
        for name in &action.territories {
            let found = to.catalog.territories.iter().find(|one| fold(&one.name) == fold(name)).map(|one| one.id);
            match found {
                Some(territory) => to.drafts.push(self.link(id, "territory", territory)),
                None => self.unknown(to, id, action.line, name),
            }
        }
        Ok(())
    }

    fn unknown(&mut self, to: &mut Writing, id: EntityId, line: u32, name: &str) {
        let what = self.language().say("Inconnu ici", "Unknown here");
        self.write_remarks(to, id, vec![(line, what, name.to_owned())]);
    }

    fn write_lines(&mut self, to: &mut Writing, id: EntityId, action: &Found) {
        let ranked = |mut set: Fields, rank: &Rank| {
            set.0.retain(|_, value| !value.is_null());
            set.0.insert(Field::Rank.name().to_owned(), json!(rank.to_string()));
            set
        };
        for (what, rank) in action.milestones.iter().zip(spread(action.milestones.len())) {
            let set = fields([(Field::Action, json!(id)), (Field::What, json!(what))]);
            to.drafts.push(Draft::set(self.new_id(), Kind::Milestone.name(), ranked(set, &rank)));
        }
        for ((name, target), rank) in action.indicators.iter().zip(spread(action.indicators.len())) {
            let set = fields([(Field::Action, json!(id)), (Field::Name, json!(name)), (Field::Target, json!(target))]);
            to.drafts.push(Draft::set(self.new_id(), Kind::Indicator.name(), ranked(set, &rank)));
        }
        for ((funder, amount, year), rank) in action.fundings.iter().zip(spread(action.fundings.len())) {
            let set = fields([
                (Field::Action, json!(id)),
                (Field::Funder, json!(funder)),
                (Field::Planned, json!(amount)),
                (Field::Year, json!(year)),
            ]);
            to.drafts.push(Draft::set(self.new_id(), Kind::Funding.name(), ranked(set, &rank)));
        }
        let made = &mut to.report.created;
        made.milestones += count(&action.milestones);
        made.indicators += count(&action.indicators);
        made.fundings += count(&action.fundings);
    }

    /// What could not be read as it should is kept as a remark on its action, and told.
    fn write_remarks(&mut self, to: &mut Writing, id: EntityId, odd: Vec<(u32, String, String)>) {
        for (line, heading, words) in odd {
            let text = self.language().say(format!("{heading} : {words}"), format!("{heading}: {words}"));
            let set = fields([(Field::About, json!(id)), (Field::Text, json!(text)), (Field::Kind, json!("comment"))]);
            to.drafts.push(Draft::set(self.new_id(), Kind::Note.name(), set));
            to.report.notes.push(RejectedRow { line, reason: text });
        }
    }
}

/// The sheet that is asked for, else the one whose headings name most of a plan; and the place of its headings.
fn chosen(sheets: &[Sheet], asked: &PlanImportAsked) -> (usize, usize) {
    let heading = |sheet: &Sheet| columns::heading_row(&sheet.rows);
    let named = asked.sheet.as_ref().and_then(|name| sheets.iter().position(|sheet| sheet.name == *name));
    let best = || {
        let scored =
            sheets.iter().enumerate().rev().map(|(at, sheet)| (at, heading(sheet).map_or(0, |(_, known)| known)));
        scored.max_by_key(|(_, known)| *known).map_or(0, |(at, _)| at)
    };
    let at = named.unwrap_or_else(best);
    (at, heading(&sheets[at]).map_or(0, |(at, _)| at))
}

fn under_headings<'a>(
    sheet: &'a Sheet,
    heading: usize,
    asked: &PlanImportAsked,
    language: crate::Language,
) -> Rows<'a> {
    let width = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let mut headings = sheet.rows.get(heading).map(|row| row.cells.clone()).unwrap_or_default();
    headings.resize(width, String::new());
    let mut roles = columns::roles(&headings);
    if let Some(columns) = &asked.columns {
        roles = columns.clone();
        roles.resize(width, None);
    }
    for (number, heading) in (1..).zip(&mut headings).filter(|(_, heading)| heading.is_empty()) {
        *heading = number.to_string();
    }
    Rows { sheet, headings, first: (heading + 1).min(sheet.rows.len()), roles, language }
}

const fn text_field(role: PlanColumn) -> Field {
    match role {
        PlanColumn::Number => Field::Number,
        PlanColumn::Reasons => Field::Reasons,
        PlanColumn::Audience => Field::Audience,
        PlanColumn::Means => Field::Means,
        PlanColumn::Conditions => Field::Conditions,
        PlanColumn::Risks => Field::Risks,
        PlanColumn::Governance => Field::Governance,
        _ => Field::Description,
    }
}
