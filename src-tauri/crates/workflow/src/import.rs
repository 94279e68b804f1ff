//! Importing tables: rows become entities once, however often the same file is taken in; bad rows are named, good ones kept.

use crate::{
    Failure, FailureKind, Session,
    catalog::name,
    home::fold,
    session::shorten,
    table::{ColumnRole, Columns, RowProblem, Table, TableError, TableRow, read_table, recognise},
    views::*,
};
use moisson_domain::{EntityId, Field, Fields, Kind, check, spread};
use moisson_journal::Draft;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::Path,
};

/// How an import is done.
#[derive(Debug, Clone, Copy)]
pub struct ImportOptions {
    /// What the rows are.
    pub kind: ImportKind,
    /// The atelier of proposals whose row names none.
    pub workshop: Option<EntityId>,
    /// False for a preview.
    pub keep: bool,
}

/// First rows shown in a preview.
const SAMPLE: usize = 8;

/// What the démarche knows, by folded name, to resolve what rows name.
struct Known {
    themes: HashMap<String, EntityId>,
    organisations: HashMap<String, EntityId>,
    colleges: HashMap<String, EntityId>,
    territories: HashMap<String, EntityId>,
    workshops: HashMap<String, EntityId>,
    findings: HashMap<String, EntityId>,
    unknown: BTreeSet<String>,
}

/// A row turned into what it would create.
struct Row {
    key: String,
    set: Fields,
    links: Vec<(&'static str, EntityId)>,
    person: BTreeMap<String, String>,
    shown: String,
}

impl Session {
    /// Imports a table, or previews it.
    ///
    /// # Errors
    /// [`Failure::Table`] where the file is no table or has no usable column; nothing is written then.
    pub fn import(&mut self, path: &Path, options: ImportOptions) -> Result<ImportReport, Failure> {
        let table = read_table(path)?;
        let columns =
            recognise(&table, options.kind).map_err(|source| Failure::Columns { path: path.to_owned(), source })?;
        if let Some(workshop) = options.workshop {
            self.entity_of(Kind::Workshop, workshop)?;
        }
        let mut known = self.known()?;
        let mut report = ImportReport {
            columns: columns
                .found
                .iter()
                .map(|(role, index)| {
                    (role.as_str().to_owned(), table.headings.get(*index).cloned().unwrap_or_default())
                })
                .collect(),
            ignored: columns.ignored.clone(),
            ..ImportReport::default()
        };
        let kind = entity_kind(options.kind);
        let mut present = self.present(kind)?;
        let mut drafts = Vec::new();
        let mut people = Vec::new();
        let mut ranks =
            spread(if kind.is_ordered() && kind != Kind::Proposal { table.rows.len() } else { 0 }).into_iter();
        for row in &table.rows {
            let made = self.row(&table, &columns, row, options, &mut known);
            let made = made.and_then(|made| self.acceptable(kind, made));
            let made = match made {
                Ok(made) => made,
                Err(reason) => {
                    report.rejected.push(RejectedRow { line: row.line, reason });
                    continue;
                }
            };
            let key = fingerprint(&made.key);
            if !present.insert(key.clone()) {
                report.known += 1;
                continue;
            }
            report.created += 1;
            if report.sample.len() < SAMPLE {
                report.sample.push(shorten(&made.shown, 140));
            }
            if options.keep {
                let id = self.new_id();
                let mut set = made.set;
                set.0.insert(Field::SourceKey.name().to_owned(), json!(key));
                if let Some(rank) = ranks.next() {
                    set.0.insert(Field::Rank.name().to_owned(), json!(rank.to_string()));
                }
                drafts.push(Draft::set(id, kind.name(), set));
                for (word, to) in made.links {
                    drafts.push(self.link(id, word, to));
                }
                if !made.person.is_empty() {
                    people.push((id, made.person));
                }
            }
        }
        report.unknown = known.unknown.into_iter().collect();
        if options.keep {
            self.act(&format!("import.{}", kind.name()), drafts)?;
            for (participant, person) in people {
                self.store.keep_person(participant, &person)?;
            }
        }
        Ok(report)
    }

    fn known(&self) -> Result<Known, Failure> {
        let by_name = |kind: Kind, more: &[Field]| -> Result<HashMap<String, EntityId>, Failure> {
            let mut names = HashMap::new();
            for entity in self.list(kind)?.iter() {
                let others = more.iter().filter_map(|field| match entity.fields.get(*field)? {
                    Value::String(text) => Some(text.clone()),
                    Value::Number(number) => Some(number.to_string()),
                    _ => None,
                });
                for name in std::iter::once(name(entity).name).chain(others).chain([entity.id.to_string()]) {
                    names.entry(fold(name.trim())).or_insert(entity.id);
                }
            }
            Ok(names)
        };
        let mut themes = by_name(Kind::Theme, &[Field::ShortName])?;
        for (index, theme) in self.list(Kind::Theme)?.iter().enumerate() {
            themes.entry((index + 1).to_string()).or_insert(theme.id);
        }
        Ok(Known {
            themes,
            organisations: by_name(Kind::Organisation, &[Field::ShortName])?,
            colleges: by_name(Kind::College, &[])?,
            territories: by_name(Kind::Territory, &[])?,
            workshops: by_name(Kind::Workshop, &[Field::Number])?,
            findings: by_name(Kind::Finding, &[Field::Number])?,
            unknown: BTreeSet::new(),
        })
    }

    /// Why a row cannot be trusted, for people.
    fn spoiled(&self, table: &Table, problem: &RowProblem) -> String {
        let language = self.language();
        match problem {
            RowProblem::TooFewCells { cells, columns } | RowProblem::TooManyCells { cells, columns } => language.say(
                format!(
                    "{cells} cellules pour {columns} colonnes : un séparateur dans un texte n’est pas entre guillemets"
                ),
                format!("{cells} cells for {columns} columns: a separator within a text is not quoted"),
            ),
            RowProblem::OpenQuote => {
                language.say("un guillemet s’ouvre et ne se ferme pas", "a quotation mark never closes")
            }
            RowProblem::HugeCell { column, characters } => {
                let heading = table.headings.get(*column).cloned().unwrap_or_default();
                language.say(
                    format!("le texte de « {heading} » a {characters} caractères, c’est trop"),
                    format!("the text of “{heading}” has {characters} characters, too many"),
                )
            }
        }
    }

    /// The identities of imported rows that are here.
    fn present(&self, kind: Kind) -> Result<BTreeSet<String>, Failure> {
        let mut keys = BTreeSet::new();
        self.store.for_each(Some(kind.name()), |entity| {
            let key = entity.fields.string(Field::SourceKey);
            // What was typed by hand is known by its name, so that an import does not double it.
            keys.insert(key.unwrap_or_else(|| fingerprint(&text_key(kind, &entity.fields, &name(&entity).name))));
        })?;
        Ok(keys)
    }

    fn acceptable(&self, kind: Kind, made: Row) -> Result<Row, String> {
        for (field, value) in &made.set.0 {
            check(kind, field, value).map_err(|error| Failure::from(error).explain(self.language()).message)?;
        }
        Ok(made)
    }

    fn row(
        &self,
        table: &Table,
        columns: &Columns,
        row: &TableRow,
        options: ImportOptions,
        known: &mut Known,
    ) -> Result<Row, String> {
        let language = self.language();
        if let Some(problem) = row.problem.as_ref().filter(|problem| problem.spoils()) {
            return Err(self.spoiled(table, problem));
        }
        let cell = |role: ColumnRole| columns.cell(row, role).map(str::to_owned);
        let mut set = Fields::default();
        let mut put = |field: Field, value: Value| {
            set.0.insert(field.name().to_owned(), value);
        };
        let mut links = Vec::new();
        let mut person = BTreeMap::new();
        let missing = |what: &str| {
            language.say(format!("la colonne « {what} » est vide"), format!("the column “{what}” is empty"))
        };
        let heading = |role: ColumnRole| columns.heading_of(table, role).unwrap_or_else(|| role.as_str().to_owned());
        let shown = match options.kind {
            ImportKind::Proposals => {
                let text = cell(ColumnRole::Text).ok_or_else(|| missing(&heading(ColumnRole::Text)))?;
                let named = cell(ColumnRole::Workshop);
                let workshop = match &named {
                    Some(name) => known.workshops.get(&fold(name)).copied().or(options.workshop),
                    None => options.workshop,
                };
                let workshop = workshop.ok_or_else(|| {
                    language.say("aucun atelier connu pour cette ligne", "no known workshop for this row")
                })?;
                put(Field::Workshop, json!(workshop));
                put(Field::Text, json!(text));
                put(Field::Origin, json!("import"));
                if let Some(theme) = cell(ColumnRole::Theme) {
                    match known.themes.get(&fold(&theme)) {
                        Some(id) => put(Field::Theme, json!(id)),
                        None => {
                            known.unknown.insert(format!("{} : {theme}", heading(ColumnRole::Theme)));
                            put(Field::SourceTheme, json!(theme));
                        }
                    }
                }
                if let Some(organisation) = cell(ColumnRole::Organisation) {
                    match known.organisations.get(&fold(&organisation)) {
                        Some(id) => put(Field::Organisation, json!(id)),
                        None => {
                            known.unknown.insert(format!("{} : {organisation}", heading(ColumnRole::Organisation)));
                            put(Field::SourceOrganisation, json!(organisation));
                        }
                    }
                }
                for (role, field, names) in [
                    (ColumnRole::College, Field::College, &known.colleges),
                    (ColumnRole::Territory, Field::Territory, &known.territories),
                ] {
                    if let Some(name) = cell(role) {
                        match names.get(&fold(&name)) {
                            Some(id) => put(field, json!(id)),
                            None => _ = known.unknown.insert(format!("{} : {name}", heading(role))),
                        }
                    }
                }
                if let Some(number) = cell(ColumnRole::Table).and_then(|table| digits(&table)) {
                    put(Field::Table, json!(number));
                }
                if let Some(id) = cell(ColumnRole::Finding).and_then(|name| known.findings.get(&fold(&name)).copied()) {
                    links.push(("finding", id));
                }
                text
            }
            ImportKind::Findings => {
                let text = cell(ColumnRole::Text).ok_or_else(|| missing(&heading(ColumnRole::Text)))?;
                put(Field::Text, json!(text));
                for (role, field) in [
                    (ColumnRole::Number, Field::Number),
                    (ColumnRole::Figure, Field::Figure),
                    (ColumnRole::Source, Field::Source),
                ] {
                    if let Some(value) = cell(role) {
                        put(field, json!(value));
                    }
                }
                if let Some(theme) = cell(ColumnRole::Theme) {
                    match known.themes.get(&fold(&theme)) {
                        Some(id) => put(Field::Theme, json!(id)),
                        None => _ = known.unknown.insert(format!("{} : {theme}", heading(ColumnRole::Theme))),
                    }
                }
                if let Some(names) = cell(ColumnRole::Territory) {
                    for name in names.split([',', ';', '/']).map(str::trim).filter(|name| !name.is_empty()) {
                        match known.territories.get(&fold(name)) {
                            Some(id) => links.push(("territory", *id)),
                            None => _ = known.unknown.insert(format!("{} : {name}", heading(ColumnRole::Territory))),
                        }
                    }
                }
                text
            }
            ImportKind::Organisations => {
                let name = cell(ColumnRole::Name).ok_or_else(|| missing(&heading(ColumnRole::Name)))?;
                put(Field::Name, json!(name));
                for (role, field) in [
                    (ColumnRole::ShortName, Field::ShortName),
                    (ColumnRole::Role, Field::Role),
                    (ColumnRole::Note, Field::Note),
                ] {
                    if let Some(value) = cell(role) {
                        put(field, json!(value));
                    }
                }
                if let Some(college) = cell(ColumnRole::College) {
                    match known.colleges.get(&fold(&college)) {
                        Some(id) => put(Field::College, json!(id)),
                        None => _ = known.unknown.insert(format!("{} : {college}", heading(ColumnRole::College))),
                    }
                }
                name
            }
            ImportKind::Participants => {
                let name: Vec<String> =
                    [cell(ColumnRole::FirstName), cell(ColumnRole::LastName).or_else(|| cell(ColumnRole::Name))]
                        .into_iter()
                        .flatten()
                        .collect();
                let name = name.join(" ");
                let code = cell(ColumnRole::Code);
                if name.is_empty() && code.is_none() {
                    return Err(missing(&heading(ColumnRole::Name)));
                }
                // In the journal a pseudonym only: initials and line, never the name.
                let initials: String = name.split([' ', '-']).filter_map(|word| word.chars().next()).collect();
                let code = code.unwrap_or_else(|| format!("{}{}", initials.to_uppercase(), row.line));
                put(Field::Code, json!(code));
                if let Some(organisation) = cell(ColumnRole::Organisation) {
                    match known.organisations.get(&fold(&organisation)) {
                        Some(id) => put(Field::Organisation, json!(id)),
                        None => {
                            _ = known.unknown.insert(format!("{} : {organisation}", heading(ColumnRole::Organisation)));
                        }
                    }
                }
                if let Some(college) = cell(ColumnRole::College) {
                    match known.colleges.get(&fold(&college)) {
                        Some(id) => put(Field::College, json!(id)),
                        None => _ = known.unknown.insert(format!("{} : {college}", heading(ColumnRole::College))),
                    }
                }
                if let Some(role) = cell(ColumnRole::Role) {
                    put(Field::Role, json!(shorten(&role, 60)));
                }
                for (key, value) in
                    [("name", Some(name)), ("email", cell(ColumnRole::Email)), ("phone", cell(ColumnRole::Phone))]
                {
                    if let Some(value) = value.filter(|value| !value.is_empty()) {
                        person.insert(key.to_owned(), value);
                    }
                }
                code
            }
        };
        let kind = entity_kind(options.kind);
        let key = match cell(ColumnRole::Id) {
            Some(id) => format!("{}id:{}", scope(&set), fold(&id)),
            None => text_key(kind, &set, &shown),
        };
        Ok(Row { key, set, links, person, shown })
    }
}

const fn entity_kind(kind: ImportKind) -> Kind {
    match kind {
        ImportKind::Proposals => Kind::Proposal,
        ImportKind::Findings => Kind::Finding,
        ImportKind::Participants => Kind::Participant,
        ImportKind::Organisations => Kind::Organisation,
    }
}

/// Identities hold within an atelier.
fn scope(set: &Fields) -> String {
    set.text(Field::Workshop).map(|workshop| format!("{workshop}:")).unwrap_or_default()
}

fn text_key(kind: Kind, set: &Fields, text: &str) -> String {
    let words = fold(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let code = if kind == Kind::Participant { "code" } else { "text" };
    format!("{}{code}:{words}", scope(set))
}

/// The number in « table 3 » or « 3 ».
fn digits(text: &str) -> Option<u32> {
    let digits: String = text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The identity of a row as it is kept: neither an address nor a whole text stands in the journal twice.
fn fingerprint(key: &str) -> String {
    blake3::hash(key.as_bytes()).to_hex()[..32].to_owned()
}

/// Why a table cannot be read, for people.
pub(crate) fn explain(error: &TableError) -> (FailureKind, &'static str, String, String) {
    use FailureKind::{Environment, File, Input};
    match error {
        TableError::NotFound { path } => {
            let path = path.display();
            (Input, "not_found", format!("Le fichier {path} n’existe pas."), format!("The file {path} does not exist."))
        }
        TableError::Unreadable { path, source } => {
            let path = path.display();
            (
                Environment,
                "unreadable",
                format!("{path} ne peut pas être lu ({source})."),
                format!("{path} cannot be read ({source})."),
            )
        }
        TableError::NotATable { path, looks_like } => {
            let path = path.display();
            (
                File,
                "not_a_table",
                format!(
                    "{path} n’est pas un tableau CSV ou XLSX ({looks_like}) : rien n’a été importé. Enregistrez-le en CSV ou en XLSX."
                ),
                format!("{path} is no CSV or XLSX table ({looks_like}): nothing was imported. Save it as CSV or XLSX."),
            )
        }
        TableError::OldWorkbook { path } => {
            let path = path.display();
            (
                File,
                "old_workbook",
                format!("{path} est un ancien classeur Excel (.xls) : enregistrez-le en .xlsx."),
                format!("{path} is an old Excel workbook (.xls): save it as .xlsx."),
            )
        }
        TableError::Protected { path } => {
            let path = path.display();
            (
                File,
                "protected",
                format!("{path} est protégé par un mot de passe : enregistrez-en une copie sans protection."),
                format!("{path} is protected by a password: save a copy without it."),
            )
        }
        TableError::Damaged { path, detail } => {
            let path = path.display();
            (
                File,
                "damaged_table",
                format!("{path} est un tableau abîmé ({detail}) : rien n’a été lu."),
                format!("{path} is a damaged table ({detail}): nothing was read."),
            )
        }
        TableError::NoColumn { path, column } => {
            let path = path.display();
            (
                Input,
                "no_column",
                format!("{path} n’a pas de colonne « {column} » : donnez-lui ce nom dans la première ligne."),
                format!("{path} has no column “{column}”: give one that name in the first row."),
            )
        }
        TableError::Empty { path } => {
            let path = path.display();
            (
                File,
                "empty_table",
                format!("{path} n’a aucune ligne à importer."),
                format!("{path} has no row to import."),
            )
        }
        TableError::TooBig { path, limit } => {
            let (path, most, what) = (path.display(), limit.most(), limit.as_str());
            (
                File,
                "too_big",
                format!(
                    "{path} est trop gros pour un import ({most} {what} au plus) : partagez-le en plusieurs fichiers."
                ),
                format!("{path} is too big for an import ({most} {what} at most): split it."),
            )
        }
        TableError::NoUsableColumn { wanted, headings, .. } => {
            let (wanted, headings) = (wanted.as_str(), headings.join(", "));
            (
                Input,
                "no_usable_column",
                format!(
                    "Aucune colonne ne peut servir de « {wanted} » (en-têtes : {headings}) : renommez la bonne colonne « {wanted} »."
                ),
                format!("No column can be the “{wanted}” (headings: {headings}): rename the right column “{wanted}”."),
            )
        }
    }
}
