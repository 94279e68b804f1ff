//! Which column is what: by its heading in French or English, else by what it holds.

use super::{
    Table, TableError, TableRow,
    content::{self, Content},
    roles::{self, ColumnRole, Doubt},
};
use crate::views::ImportKind;

/// Which column is what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// Role and index of each column that serves, from left to right.
    pub found: Vec<(ColumnRole, usize)>,
    /// Headings that do not.
    pub ignored: Vec<String>,
}

impl Columns {
    /// The cell of a row in that role; `None` where it is empty or no column has the role.
    #[must_use]
    pub fn cell<'a>(&self, row: &'a TableRow, role: ColumnRole) -> Option<&'a str> {
        row.cells.get(self.index(role)?).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// The heading under which a role was found.
    #[must_use]
    pub fn heading_of(&self, table: &Table, role: ColumnRole) -> Option<String> {
        table.headings.get(self.index(role)?).cloned()
    }

    fn index(&self, role: ColumnRole) -> Option<usize> {
        self.found.iter().find(|(found, _)| *found == role).map(|(_, index)| *index)
    }

    fn has(&self, role: ColumnRole) -> bool {
        self.index(role).is_some()
    }

    fn takes(&self, index: usize) -> bool {
        self.found.iter().any(|(_, taken)| *taken == index)
    }
}

/// The roles that serve for a kind, the one it cannot do without first.
const fn wanted(kind: ImportKind) -> &'static [ColumnRole] {
    use ColumnRole::{
        Code, College, Email, Figure, Finding, FirstName, Id, LastName, Name, Note, Number, Organisation, Phone, Role,
        ShortName, Source, Table, Territory, Text, Theme, Workshop,
    };
    match kind {
        ImportKind::Proposals => &[Text, Id, Finding, Theme, Table, Organisation, College, Workshop, Territory],
        ImportKind::Findings => &[Text, Id, Theme, Number, Figure, Source, Territory],
        ImportKind::Participants => &[Name, Code, FirstName, LastName, Id, Organisation, College, Email, Phone, Role],
        ImportKind::Organisations => &[Name, Id, ShortName, College, Role, Note],
    }
}

/// Roles any of which does in place of the required one.
const fn enough(kind: ImportKind) -> &'static [ColumnRole] {
    use ColumnRole::{Code, FirstName, LastName, Name, Text};
    match kind {
        ImportKind::Proposals | ImportKind::Findings => &[Text],
        ImportKind::Participants => &[Name, LastName, FirstName, Code],
        ImportKind::Organisations => &[Name],
    }
}

/// Says which column is what.
///
/// Headings decide. Where none names the column that the import cannot do without, its content does; where no heading
/// names anything at all, content decides for the others too.
///
/// # Errors
/// [`TableError::NoUsableColumn`] where nothing can be the required column.
pub fn recognise(table: &Table, kind: ImportKind) -> Result<Columns, TableError> {
    let contents: Vec<Content> = (0..table.headings.len()).map(|index| Content::of(table, index)).collect();
    let mut columns = by_heading(table, kind, &contents);
    let unnamed = columns.found.is_empty();
    if !enough(kind).iter().any(|role| columns.has(*role)) {
        let required = wanted(kind)[0];
        let free = |index: &usize| {
            let foreign = roles::named(&table.headings[*index]);
            !columns.takes(*index) && foreign.iter().all(|(role, _)| *role == ColumnRole::Note)
        };
        let candidates: Vec<usize> = (0..contents.len()).filter(free).collect();
        let index = content::required(&contents, &candidates, required).ok_or_else(|| TableError::NoUsableColumn {
            kind,
            wanted: required,
            headings: table.headings.clone(),
        })?;
        columns.found.push((required, index));
    }
    if unnamed {
        for role in wanted(kind) {
            let free: Vec<usize> = (0..contents.len()).filter(|index| !columns.takes(*index)).collect();
            if let Some(index) = content::optional(&contents, &free, *role).filter(|_| !columns.has(*role)) {
                columns.found.push((*role, index));
            }
        }
    }
    columns.found.sort_by_key(|(_, index)| *index);
    columns.ignored = (0..contents.len())
        .filter(|index| !columns.takes(*index))
        .filter(|index| contents[*index].filled > 0 || table.headings[*index] != (index + 1).to_string())
        .map(|index| table.headings[index].clone())
        .collect();
    Ok(columns)
}

/// The columns that headings name: of several for one role, one that holds something, then the surest, then the first.
fn by_heading(table: &Table, kind: ImportKind, contents: &[Content]) -> Columns {
    let mut claims: Vec<((bool, Doubt, usize), ColumnRole)> = Vec::new();
    for (index, heading) in table.headings.iter().enumerate() {
        let content = &contents[index];
        for (role, doubt) in roles::named(heading) {
            // « Code », « réf. » name an identity only where no two rows share it: else rows would be lost as known.
            let misleads = role == ColumnRole::Id && doubt > roles::SURE && !content.is_distinct();
            if wanted(kind).contains(&role) && !misleads {
                claims.push(((content.filled == 0, doubt, index), role));
            }
        }
    }
    claims.sort();
    let mut columns = Columns::default();
    for ((_, _, index), role) in claims {
        if !columns.has(role) && !columns.takes(index) {
            columns.found.push((role, index));
        }
    }
    columns
}
