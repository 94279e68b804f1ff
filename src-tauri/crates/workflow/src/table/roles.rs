//! What columns are called, in French and in English.

use crate::home::fold;

macro_rules! roles {
    ($($role:ident $name:literal $doc:literal: $($heading:literal)*;)*) => {
        /// What a column may be.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ColumnRole { $(#[doc = $doc] $role),* }

        /// Each role and its headings as [`joined`], the surest first.
        const HEADINGS: &[(ColumnRole, &[&str])] = &[$((ColumnRole::$role, &[$($heading),*])),*];

        impl ColumnRole {
            /// The field's name, as reports show it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$role => $name),* }
            }
        }
    };
}

roles! {
    Id "id" "Identity of the row in its source.":
        "id" "identifiant" "identifier" "uuid" "guid" "ididee" "idproposition" "idcontribution" "proposalid" "rowid"
        "cle" "key" "ref" "reference" "code";
    Finding "finding" "The constat that a proposal answers.":
        "constat" "constatlie" "constats" "finding" "linkedfinding" "numeroduconstat" "nconstat" "diagnostic";
    Text "text" "The words themselves.":
        "texte" "text" "proposition" "proposal" "propositiondaction" "idee" "idea" "propositions" "proposals" "idees"
        "ideas" "contribution" "contributions" "verbatim" "contenu" "content" "body" "reponse" "answer" "suggestion"
        "suggestions" "constat" "constats" "finding" "findings" "statement" "enonce" "formulation" "libelle" "action"
        "intitule" "description" "titre" "title";
    Theme "theme" "Thématique.":
        "theme" "thematique" "themes" "thematiques" "topic" "category" "categorie" "rubrique" "domaine" "sujet" "axe"
        "subject";
    Table "table" "Table in the room.":
        "table" "ntable" "notable" "numtable" "numerodetable" "ndetable" "nodetable" "tableno" "tablenumber" "tablen" "tablenum";
    Organisation "organisation" "The structure that someone comes from.":
        "organisation" "organization" "structure" "organisme" "structures" "structuredappartenance"
        "organismedappartenance" "nomdelastructure" "nomstructure"
        "nomdelorganisme" "employeur" "employer" "company" "entreprise" "association" "etablissement" "institution"
        "service";
    College "college" "Family of organisations.":
        "college" "colleges" "collegedacteurs" "typedestructure" "typestructure" "typedorganisme" "famille" "categorie"
        "category" "type" "stakeholdergroup" "organisationtype" "organizationtype";
    Workshop "workshop" "Atelier.":
        "atelier" "workshop" "nomdelatelier" "titredelatelier" "numerodatelier" "natelier" "seance" "session"
        "workshoptitle" "workshopname" "ateliers";
    Group "group" "Regroupement.":
        "groupe" "group" "regroupement" "cluster" "grappe";
    Origin "origin" "How it was collected.":
        "origine" "origin" "canal" "channel" "provenance" "modedecollecte";
    Number "number" "Number given by people.":
        "numero" "number" "no" "n" "num" "nb" "numerodecarte" "cardnumber" "ordre";
    Figure "figure" "The figure that a finding rests on.":
        "chiffre" "figure" "chiffrecle" "keyfigure" "valeur" "value" "donnee" "donnees" "data" "indicateur" "chiffres";
    Source "source" "Where a finding comes from.":
        "source" "sources" "reference" "origine" "origin" "provenance";
    Territory "territory" "Bassins.":
        "bassin" "territoire" "territory" "bassindemploi" "bassins" "territoires" "territories" "bassinsdemploi" "area"
        "secteur" "lieu" "zone";
    Name "name" "Full name of a person or of an organisation.":
        "nom" "name" "nometprenom" "prenometnom" "nomprenom" "prenomnom" "nomcomplet" "fullname" "denomination"
        "raisonsociale" "structure" "nomdelastructure" "nomstructure" "organisation" "organization" "organisme"
        "nomdelorganisme" "structures" "organisations" "organizations" "participant" "participante" "participants"
        "personne" "intitule" "libelle" "entreprise" "association" "etablissement" "titre" "title";
    ShortName "short_name" "Acronym.":
        "sigle" "acronyme" "acronym" "nomcourt" "shortname" "abreviation" "abbreviation";
    Note "note" "Remark.":
        "note" "notes" "remarque" "remarques" "commentaire" "commentaires" "comment" "comments" "observation"
        "observations" "description";
    Code "code" "Pseudonym shown in rooms.":
        "code" "pseudonyme" "pseudonym" "pseudo" "badge" "codeparticipant" "participantcode" "nickname";
    FirstName "first_name" "Given name.":
        "prenom" "firstname" "givenname" "prenoms" "forename";
    LastName "last_name" "Family name.":
        "nomdefamille" "lastname" "surname" "familyname" "nomdusage";
    Email "email" "E-mail address.":
        "email" "mail" "courriel" "adresseemail" "adressemail" "adresseelectronique" "emailaddress" "mel"
        "adressecourriel";
    Phone "phone" "Telephone.":
        "telephone" "tel" "phone" "portable" "mobile" "phonenumber" "numerodetelephone" "ntelephone" "telephoneportable";
    Role "role" "What someone does.":
        "role" "fonction" "poste" "function" "position" "jobtitle" "qualite" "metier";
}

/// How surely a heading names a role: the smaller, the surer.
pub(super) type Doubt = usize;
/// Doubt from which a heading names a role among other words.
const LOOSE: Doubt = 100;
/// Doubt up to which an id column is one even if values recur in it.
pub(super) const SURE: Doubt = 8;

/// Words that say nothing of the role.
const EMPTY_WORDS: [&str; 28] = [
    "a",
    "au",
    "aux",
    "d",
    "de",
    "des",
    "du",
    "en",
    "et",
    "for",
    "l",
    "la",
    "le",
    "les",
    "ma",
    "mes",
    "mon",
    "my",
    "nos",
    "notre",
    "of",
    "our",
    "the",
    "vos",
    "votre",
    "your",
    "concerne",
    "concernee",
];
/// Words that join a head to what it is about: the head comes before them.
const JOINTS: [&str; 7] = ["d", "de", "des", "du", "of", "l", "for"];

/// The roles that a heading may name, with the doubt of each.
pub(super) fn named(heading: &str) -> Vec<(ColumnRole, Doubt)> {
    let whole = matching(&joined(heading));
    if whole.is_empty() { loosely(heading) } else { whole }
}

/// Whether a cell reads as a heading.
pub(super) fn is_known(cell: &str) -> bool {
    cell.len() <= 400 && !named(cell).is_empty()
}

/// Whether a whole line is one heading, word for word.
pub(super) fn is_exactly_known(line: &str) -> bool {
    let line = line.trim().trim_matches('"');
    !line.contains([';', ',', '\t', '|']) && line.len() <= 400 && !matching(&joined(line)).is_empty()
}

/// Letters and digits only, without case and accents.
fn joined(heading: &str) -> String {
    fold(heading).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn matching(joined: &str) -> Vec<(ColumnRole, Doubt)> {
    let doubt = |(role, headings): &(ColumnRole, &[&str])| {
        headings.iter().position(|heading| *heading == joined).map(|doubt| (*role, doubt))
    };
    if joined.is_empty() { Vec::new() } else { HEADINGS.iter().filter_map(doubt).collect() }
}

/// « Votre proposition (une phrase) », « Thème de la proposition », « Proposal theme »: every word that says something
/// is a heading; the first counts where others complete it, else the last.
fn loosely(heading: &str) -> Vec<(ColumnRole, Doubt)> {
    let folded = fold(heading);
    let outside = folded.split('(').next().unwrap_or_default();
    let words: Vec<&str> = outside.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let telling: Vec<&str> = words.iter().copied().filter(|word| !EMPTY_WORDS.contains(word)).collect();
    if words.len() > 8 || telling.iter().any(|word| word.len() == 1 || matching(word).is_empty()) {
        return Vec::new();
    }
    let head = if words.iter().any(|word| JOINTS.contains(word)) { telling.first() } else { telling.last() };
    let found = head.map(|word| matching(word)).unwrap_or_default();
    found.into_iter().map(|(role, doubt)| (role, LOOSE + doubt)).collect()
}
