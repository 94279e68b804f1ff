//! Which column is what: by its heading in French or English, else by what it holds.

use super::{Table, TableError, TableRow};
use crate::{home::fold, views::ImportKind};

macro_rules! roles {
    ($($role:ident $name:literal: $($heading:literal)*;)*) => {
        /// What a column may be.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each role is the field it feeds")]
        pub(crate) enum ColumnRole { $($role),* }

        impl ColumnRole {
            /// The field's name, as reports show it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$role => $name),* }
            }

            /// The role that a heading names, accents, case and punctuation forgiven.
            fn named(heading: &str) -> Option<Self> {
                let words: String = fold(heading).chars().filter(|c| c.is_alphanumeric()).collect();
                match words.as_str() { $($($heading)|* => Some(Self::$role),)* _ => None }
            }
        }
    };
}

roles! {
    Id "id": "id" "identifiant" "cle" "key" "uuid" "ref" "reference";
    Text "text": "text" "texte" "proposition" "propositions" "proposal" "proposals" "idee" "idees" "idea" "contenu" "content"
        "verbatim" "constat" "constats" "finding" "findings" "intitule" "body" "contribution" "titre" "title" "libelle";
    Theme "theme" : "theme" "thematique" "themes" "topic" "category" "categorie" "sujet";
    Table "table": "table" "numerodetable" "ntable" "tableno" "tablenumber" "group" "groupe";
    Organisation "organisation": "organisation" "organization" "structure" "organisme" "employeur" "company" "etablissement";
    College "college": "college" "famille" "collegedacteurs" "typedestructure";
    Workshop "workshop": "atelier" "workshop" "numerodatelier" "natelier" "seance";
    Finding "finding": "constatlie" "linkedfinding";
    Number "number": "numero" "no" "n" "number" "num";
    Figure "figure": "chiffre" "figure" "valeur" "donnee" "indicateur";
    Source "source": "source" "sources" "origine";
    Territory "territory": "bassin" "bassins" "territoire" "territoires" "territory" "territories";
    Name "name": "nom" "name" "denomination" "raisonsociale" "nomdelastructure" "participant" "nometprenom" "prenometnom";
    ShortName "short_name": "sigle" "acronyme" "nomcourt" "shortname" "abbreviation";
    Note "note": "note" "remarque" "commentaire" "comment";
    Code "code": "code" "pseudonyme" "pseudo" "pseudonym";
    FirstName "first_name": "prenom" "firstname" "givenname";
    LastName "last_name": "nomdefamille" "lastname" "surname" "familyname";
    Email "email": "email" "mail" "courriel" "adresseemail" "adressemail" "adresseelectronique";
    Phone "phone": "telephone" "tel" "phone" "portable" "mobile";
    Role "role": "role" "fonction" "poste";
}

/// Whether a cell reads as a heading.
pub(super) fn is_known(cell: &str) -> bool {
    ColumnRole::named(cell).is_some()
}

/// Which column is what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    /// Role and index of each column that serves.
    pub found: Vec<(ColumnRole, usize)>,
    /// Headings that do not.
    pub ignored: Vec<String>,
}

impl Columns {
    /// The cell of a row in that role, `None` where it is empty.
    pub fn cell<'a>(&self, row: &'a TableRow, role: ColumnRole) -> Option<&'a str> {
        let index = self.index(role)?;
        row.cells.get(index).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    /// The heading under which a role was found.
    pub fn heading_of(&self, table: &Table, role: ColumnRole) -> Option<String> {
        table.headings.get(self.index(role)?).cloned()
    }

    fn index(&self, role: ColumnRole) -> Option<usize> {
        self.found.iter().find(|(found, _)| *found == role).map(|(_, index)| *index)
    }
}

/// The roles that serve for a kind, the one it cannot do without first.
const fn wanted(kind: ImportKind) -> &'static [ColumnRole] {
    use ColumnRole::*;
    match kind {
        ImportKind::Proposals => &[Text, Id, Theme, Table, Organisation, Workshop, Finding],
        ImportKind::Findings => &[Text, Id, Number, Theme, Figure, Source, Territory],
        ImportKind::Participants => &[Name, Id, FirstName, LastName, Code, Organisation, College, Email, Phone, Role],
        ImportKind::Organisations => &[Name, Id, ShortName, College, Note],
    }
}

/// Finds the columns; the required one by its content if no heading names it.
pub(crate) fn recognise(table: &Table, kind: ImportKind) -> Result<Columns, TableError> {
    let roles = wanted(kind);
    let mut columns = Columns::default();
    for (index, heading) in table.headings.iter().enumerate() {
        match ColumnRole::named(heading).map(|role| meant(role, kind)) {
            Some(role) if roles.contains(&role) && columns.index(role).is_none() => columns.found.push((role, index)),
            _ if heading.is_empty() => {}
            _ => columns.ignored.push(heading.clone()),
        }
    }
    let enough = |role| columns.index(role).is_some();
    let has = match kind {
        ImportKind::Participants => [ColumnRole::Name, ColumnRole::LastName, ColumnRole::Code].into_iter().any(enough),
        _ => enough(roles[0]),
    };
    if !has {
        let index = by_content(table, &columns, kind).ok_or_else(|| TableError::NoUsableColumn {
            wanted: roles[0].as_str(),
            headings: table.headings.clone(),
            kind,
        })?;
        columns.ignored.retain(|heading| table.headings.get(index) != Some(heading));
        columns.found.push((roles[0], index));
    }
    Ok(columns)
}

/// « Structure » heads the names of organisations, « atelier » never does: the same heading serves two purposes.
const fn meant(role: ColumnRole, kind: ImportKind) -> ColumnRole {
    match (role, kind) {
        (ColumnRole::Organisation | ColumnRole::Text, ImportKind::Organisations) => ColumnRole::Name,
        (role, _) => role,
    }
}

/// The free column that reads most like sentences (texts) or like names (the rest).
fn by_content(table: &Table, columns: &Columns, kind: ImportKind) -> Option<usize> {
    let needed = match kind {
        ImportKind::Proposals | ImportKind::Findings => 12,
        ImportKind::Participants | ImportKind::Organisations => 3,
    };
    let free = |index: &usize| !columns.found.iter().any(|(_, taken)| taken == index);
    let letters = |index: usize| {
        let cells = table.rows.iter().take(200).filter_map(|row| row.cells.get(index));
        let count: usize = cells.map(|cell| cell.chars().filter(|c| c.is_alphabetic()).count()).sum();
        count / table.rows.len().clamp(1, 200)
    };
    let best = (0..table.headings.len()).filter(free).max_by_key(|index| letters(*index))?;
    (letters(best) >= needed).then_some(best)
}
