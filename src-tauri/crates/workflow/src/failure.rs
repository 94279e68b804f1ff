//! What goes wrong, and the one sentence that says it: what, where, what was kept, what to do.

use crate::{CardProblem, Language, photo::PhotoProblem, protection::SHORTEST_PASSPHRASE, table::TableError};
use moisson_document::DocumentError;
use moisson_domain::{InvalidValue, Kind};
use moisson_exchange::ExchangeError;
use moisson_room::RoomError;
use moisson_store::{DossierProblem, StoreError};
use moisson_tally::TallyError;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::{
    io,
    path::{Path, PathBuf},
};
use thiserror::Error;

/// A use case that could not be carried out. Nothing was changed.
#[derive(Debug, Error)]
pub enum Failure {
    /// The file or a dossier.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A value that a field refuses.
    #[error(transparent)]
    Value(#[from] InvalidValue),
    /// A table to import.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A table whose columns cannot serve.
    #[error("{}: {source}", path.display())]
    Columns {
        /// The file.
        path: PathBuf,
        /// Why.
        source: TableError,
    },
    /// A count of votes.
    #[error(transparent)]
    Tally(#[from] TallyError),
    /// A document.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// Nothing has that id, prefix or name.
    #[error("nothing is called `{reference}`")]
    NoSuch {
        /// What was looked for, if known.
        what: Option<Kind>,
        /// As given.
        reference: String,
    },
    /// Several things have that prefix or name.
    #[error("`{reference}` may be {count} things")]
    Ambiguous {
        /// As given.
        reference: String,
        /// How many.
        count: usize,
    },
    /// No conflict has that id, or no such version.
    #[error("there is no conflict `{reference}`")]
    NoSuchConflict {
        /// As given.
        reference: String,
    },
    /// The démarche itself cannot be deleted.
    #[error("the démarche cannot be deleted")]
    KeepsProcess,
    /// Only blank lines were given.
    #[error("nothing to note")]
    NothingToNote,
    /// A paste too large for a capture.
    #[error("{found} lines at once, {max} at most")]
    TooManyLines {
        /// Lines given.
        found: usize,
        /// The limit.
        max: usize,
    },
    /// A split that leaves one piece or none.
    #[error("a proposal is split in two at least")]
    SplitInTwo,
    /// Something set aside without a reason.
    #[error("setting aside wants a reason")]
    WhySetAside,
    /// A version of the plan under a label that an earlier one has, the plan having changed since.
    #[error("version `{label}` is adopted already")]
    VersionTaken {
        /// The label.
        label: String,
    },
    /// A merge of rapprochements without one to go on in.
    #[error("a merge wants another cluster to go on in")]
    MergeInto,
    /// A join of one proposal or none.
    #[error("two proposals at least are joined")]
    JoinTwo,
    /// A join across ateliers: that is a rapprochement.
    #[error("only proposals of one workshop are joined")]
    OneWorkshop,
    /// A « déjà dit » to take back where there is none.
    #[error("the proposal was not said again in this room")]
    NeverSaidAgain,
    /// A paper card that was entered already.
    #[error("card {number} was entered already: {text}")]
    CardTaken {
        /// Its number.
        number: u32,
        /// The words entered then.
        text: String,
    },
    /// A file that is not taken as a photo.
    #[error("{}: {problem}", path.display())]
    Photo {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: PhotoProblem,
    },
    /// A file that is not taken as a logo, emblem or cover picture.
    #[error("{}: {problem}", path.display())]
    Emblem {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: crate::EmblemProblem,
    },
    /// A file that is not taken as a style model.
    #[error("{}: {problem}", path.display())]
    Model {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: moisson_document::ModelProblem,
    },
    /// A charter that cannot be.
    #[error(transparent)]
    Charter(#[from] crate::CharterProblem),
    /// A change of a plan that was adopted, while no amendment is declared.
    #[error("the plan was adopted as {label}")]
    PlanAdopted {
        /// The version in force.
        label: String,
    },
    /// An amendment without a reason.
    #[error("an amendment wants a reason")]
    WhyAmend,
    /// An amendment of a plan that was never adopted.
    #[error("no version was adopted")]
    NothingAdopted,
    /// A form that cannot be taken back.
    #[error("{}: {problem}", path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: crate::FormProblem,
    },
    /// A field that changed here while its difference was looked at.
    #[error("`{field}` says something else by now")]
    FormMoved {
        /// The field.
        field: String,
    },
    /// An answer that a field does not take.
    #[error("{message}")]
    FormAnswer {
        /// Why, in French.
        french: String,
        /// Why.
        message: String,
    },
    /// No act to undo.
    #[error("nothing to undo")]
    NothingToUndo,
    /// Only texts can be redacted.
    #[error("the field `{field}` is no text")]
    NotAText {
        /// The field.
        field: String,
    },
    /// A file that should give a passphrase on its first line.
    #[error("{path}: no passphrase on the first line")]
    NoPassphrase {
        /// The file.
        path: PathBuf,
    },
    /// A passphrase that someone may guess.
    #[error("a passphrase has {SHORTEST_PASSPHRASE} signs at least")]
    ShortPassphrase,
    /// The system's keychain does not do what it was asked for.
    #[error("keychain: {detail}")]
    Keychain {
        /// What it says.
        detail: String,
    },
    /// No act to do again.
    #[error("nothing to redo")]
    NothingToRedo,
    /// The vote is not in the state the gesture needs.
    #[error("the vote is {state}")]
    BallotState {
        /// Its state.
        state: String,
    },
    /// A vote's bag was emptied at closing: it cannot be filled again.
    #[error("closed for good: {question}")]
    ClosedForGood {
        /// Its question.
        question: String,
    },
    /// Undoing the opening of a vote would lose what was voted.
    #[error("{bulletins} bulletins are in: {question}")]
    VotesIn {
        /// Its question.
        question: String,
        /// Bulletins in the bag.
        bulletins: u32,
    },
    /// A rehearsal would tell the result of a vote that is open.
    #[error("a vote is open: {question}")]
    RehearsalInVote {
        /// Its question.
        question: String,
    },
    /// What reaches beyond a rehearsal is not done in one.
    #[error("not in a rehearsal")]
    InRehearsal,
    /// A bulletin that the method refuses.
    #[error("bulletin refused: {reason}")]
    Bulletin {
        /// Why, as the method says it.
        reason: String,
    },
    /// A bulletin without the card that the vote asks for.
    #[error("card: {problem:?}")]
    Card {
        /// What is wrong with it.
        problem: CardProblem,
    },
    /// The room for phones.
    #[error(transparent)]
    Room(#[from] RoomError),
    /// Storage that laptops share.
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    /// What began the démarche has not arrived here.
    #[error("the beginning of the démarche is missing")]
    NotBegun,
    /// The system names no folder where this laptop could keep its keys.
    #[error("no folder for the keys of this laptop")]
    NoFolderForKeys,
    /// Not the public key of a laptop.
    #[error("`{key}` is no key of a laptop")]
    NoLaptopKey {
        /// As given.
        key: String,
    },
    /// The room for phones is closed.
    #[error("the room for phones is closed")]
    RoomClosed,
    /// A vote without at least two options.
    #[error("a vote needs two options at least")]
    TooFewOptions,
    /// A document that a démarche cannot give in that format.
    #[error("no {document} in {format}, but in {offered}")]
    NoSuchFormat {
        /// Document.
        document: String,
        /// Format.
        format: String,
        /// The formats that it is written in.
        offered: String,
    },
    /// Minutes of which atelier?
    #[error("minutes need an atelier")]
    WhichWorkshop,
    /// A folder without any démarche.
    #[error("{}: no démarche", path.display())]
    NoDemarche {
        /// The folder.
        path: PathBuf,
    },
    /// A file that cannot be written or read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

/// Whose fault it is, which decides the exit status and what the window offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// What was typed or chosen.
    Input,
    /// A file that is not what it should be.
    File,
    /// The disk, rights, another program.
    Environment,
    /// Ours.
    Bug,
}

/// A failure for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "AppError")]
pub struct Explained {
    /// Whose fault.
    pub kind: FailureKind,
    /// Stable code to branch on.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// What can be done, a line each.
    pub hints: Vec<String>,
}

pub(crate) type Sentence = (FailureKind, &'static str, String, String);

impl Failure {
    /// The failure in a person's language.
    #[must_use]
    pub fn explain(&self, language: Language) -> Explained {
        let (kind, code, fr, en) = self.sentence();
        Explained { kind, code: code.to_owned(), message: language.say(fr, en), hints: self.hints(language) }
    }

    fn sentence(&self) -> Sentence {
        use FailureKind::{Environment, Input};
        match self {
            Self::Store(error) => store(error),
            Self::Value(error) => value(error),
            Self::Table(error) => crate::import::explain(error),
            Self::Columns { path, source } => {
                let (kind, code, fr, en) = crate::import::explain(source);
                let path = path.display();
                (kind, code, format!("{path} : {fr}"), format!("{path}: {en}"))
            }
            Self::Tally(error) => (
                Input,
                "tally",
                format!("Le décompte est impossible : {}.", tally_in_french(error)),
                format!("The count is impossible: {error}."),
            ),
            Self::Document(DocumentError::UnknownFormat(name)) => (
                Input,
                "no_such_format",
                format!("Aucun format ne s’appelle « {name} »."),
                format!("No format is called “{name}”."),
            ),
            Self::Document(error) => (
                FailureKind::Bug,
                "document",
                format!("Le document n’a pas pu être composé : {error}."),
                format!("The document could not be composed: {error}."),
            ),
            Self::NoSuch { what, reference } => {
                let what = what.map_or("", Kind::name);
                (
                    Input,
                    "no_such",
                    format!("Rien ne correspond à « {reference} » {what}").trim_end().to_owned() + ".",
                    format!("Nothing matches “{reference}” {what}").trim_end().to_owned() + ".",
                )
            }
            Self::Ambiguous { reference, count } => (
                Input,
                "ambiguous",
                format!("« {reference} » peut désigner {count} choses : donnez plus de lettres."),
                format!("“{reference}” may mean {count} things: give more letters."),
            ),
            Self::NoSuchConflict { reference } => (
                Input,
                "no_such_conflict",
                format!("Il n’y a rien à trancher sous « {reference} », ou pas cette version."),
                format!("There is nothing to settle under “{reference}”, or not that version."),
            ),
            Self::PlanAdopted { label } => (
                Input,
                "plan_adopted",
                format!(
                    "Le plan est adopté ({label}) : ses fiches ne changent plus, sauf par un amendement déclaré avec son motif."
                ),
                format!(
                    "The plan is adopted ({label}): its actions change no more, except by an amendment declared with its reason."
                ),
            ),
            Self::WhyAmend => (
                Input,
                "why_amend",
                "Un amendement se déclare avec son motif : qui l’a décidé, quand, pourquoi.".into(),
                "An amendment is declared with its reason: who decided it, when, why.".into(),
            ),
            Self::NothingAdopted => (
                Input,
                "nothing_adopted",
                "Aucune version n’est adoptée : le plan peut encore changer librement.".into(),
                "No version is adopted: the plan may still change freely.".into(),
            ),
            Self::Form { path, problem } => crate::forms::explain(path, problem),
            Self::FormMoved { field } => (
                Input,
                "form_moved",
                format!("« {field} » a changé ici entre-temps : relisez la différence avant de l’accepter."),
                format!("“{field}” changed here meanwhile: read the difference again before accepting it."),
            ),
            Self::FormAnswer { french, message } => (Input, "form_answer", french.clone(), message.clone()),
            Self::KeepsProcess => (
                Input,
                "keeps_process",
                "La démarche elle-même ne se supprime pas.".into(),
                "The démarche itself cannot be deleted.".into(),
            ),
            Self::NothingToNote => {
                (Input, "nothing_to_note", "Il n’y a rien à noter.".into(), "There is nothing to note.".into())
            }
            Self::TooManyLines { found, max } => (
                Input,
                "too_many_lines",
                format!("{found} lignes d’un coup, c’est plus que {max} : importez-les comme un fichier CSV."),
                format!("{found} lines at once is more than {max}: import them as a CSV file."),
            ),
            Self::SplitInTwo => (
                Input,
                "split_in_two",
                "Pour partager une proposition, il faut au moins deux morceaux.".into(),
                "A proposal is split into two pieces at least.".into(),
            ),
            Self::WhySetAside => (
                Input,
                "why_set_aside",
                "Pour écarter, il faut une raison : ceux qui ont proposé la liront.".into(),
                "Setting aside wants a reason: those who proposed will read it.".into(),
            ),
            Self::VersionTaken { label } => (
                Input,
                "version_taken",
                format!("La version « {label} » est déjà adoptée : donnez un autre nom à celle-ci."),
                format!("Version “{label}” is adopted already: give this one another name."),
            ),
            Self::MergeInto => (
                Input,
                "merge_into",
                "Choisissez l’autre rapprochement dans lequel continuer.".into(),
                "Choose the other cluster to go on in.".into(),
            ),
            Self::JoinTwo => (
                Input,
                "join_two",
                "Choisissez au moins deux propositions à réunir.".into(),
                "Choose two proposals at least to join.".into(),
            ),
            Self::OneWorkshop => (
                Input,
                "one_workshop",
                "On ne réunit que des propositions d’un même atelier ; rapprochez les autres dans Consolider.".into(),
                "Only proposals of one workshop are joined; bring others together under Consolidate.".into(),
            ),
            Self::NeverSaidAgain => (
                Input,
                "never_said_again",
                "Cette proposition n’a pas été redite dans cet atelier.".into(),
                "This proposal was not said again in this workshop.".into(),
            ),
            Self::CardTaken { number, text } => {
                let text = crate::session::shorten(text, 60);
                (
                    Input,
                    "card_taken",
                    format!("La carte {number} est déjà saisie : « {text} »."),
                    format!("Card {number} was entered already: “{text}”."),
                )
            }
            Self::Photo { path, problem } => photo(path, problem),
            Self::Emblem { path, problem } => {
                let (fr, en) = crate::emblem::explain(path, *problem);
                (FailureKind::File, "emblem", fr, en)
            }
            Self::Model { path, problem } => {
                let (fr, en) = crate::emblem::explain_model(path, *problem);
                (FailureKind::File, "model", fr, en)
            }
            Self::Charter(problem) => {
                let (fr, en) = crate::charter::explain(problem);
                (Input, "charter", fr, en)
            }
            Self::NothingToUndo => {
                (Input, "nothing_to_undo", "Il n’y a rien à annuler.".into(), "There is nothing to undo.".into())
            }
            Self::NotAText { field } => (
                Input,
                "not_a_text",
                format!("Le champ « {field} » n’est pas un texte : seul un passage de texte peut être retiré."),
                format!("The field “{field}” is no text: only a passage of text can be withdrawn."),
            ),
            Self::NoPassphrase { path } => (
                Input,
                "no_passphrase",
                format!("{} : la phrase secrète doit être sur la première ligne.", path.display()),
                format!("{}: the passphrase has to be on the first line.", path.display()),
            ),
            Self::ShortPassphrase => (
                Input,
                "short_passphrase",
                format!(
                    "Une phrase secrète a au moins {SHORTEST_PASSPHRASE} signes : quatre mots sans lien, par exemple."
                ),
                format!("A passphrase has {SHORTEST_PASSPHRASE} signs at least: four words at random, for example."),
            ),
            Self::Keychain { detail } => (
                Environment,
                "keychain",
                format!(
                    "Le trousseau de cet ordinateur ne retient pas la phrase secrète ({detail}) ; elle sera demandée à chaque ouverture."
                ),
                format!(
                    "This computer’s keychain does not remember the passphrase ({detail}); it will be asked for each time."
                ),
            ),
            Self::NothingToRedo => {
                (Input, "nothing_to_redo", "Il n’y a rien à rétablir.".into(), "There is nothing to redo.".into())
            }
            Self::BallotState { state } => (
                Input,
                "ballot_state",
                format!("Ce scrutin ne le permet plus (état : {state})."),
                format!("This vote no longer allows it (state: {state})."),
            ),
            Self::ClosedForGood { question } => (
                Input,
                "closed_for_good",
                format!(
                    "La clôture de « {question} » ne s’annule pas : l’urne a été vidée et mélangée, et personne ne saurait rendre \
                     son bulletin à chacun. Le résultat reste ; pour revoter, reposez la question en un nouveau tour."
                ),
                format!(
                    "Closing “{question}” cannot be undone: the ballots were emptied out and shuffled, and nobody could give each \
                     person theirs back. The result stays; to vote again, ask the question anew as another round."
                ),
            ),
            Self::VotesIn { question, bulletins } => (
                Input,
                "votes_in",
                format!(
                    "« {question} » a déjà reçu des bulletins ({bulletins}) : annuler l’ouverture du vote les ferait disparaître. \
                     Clôturez-le, ou retirez d’abord ce qui a été saisi."
                ),
                format!(
                    "“{question}” has received ballots already ({bulletins}): undoing its opening would make them disappear. Close \
                     it, or withdraw first what was typed in."
                ),
            ),
            Self::RehearsalInVote { question } => (
                Input,
                "rehearsal_in_vote",
                format!(
                    "Le scrutin « {question} » est ouvert : une répétition en montrerait le résultat. Closez-le d’abord."
                ),
                format!("The vote “{question}” is open: a rehearsal would show its result. Close it first."),
            ),
            Self::InRehearsal => (
                Input,
                "in_rehearsal",
                "C’est une répétition : rien n’en sort et rien n’en est gardé. Terminez-la d’abord.".into(),
                "This is a rehearsal: nothing leaves it and nothing of it is kept. End it first.".into(),
            ),
            Self::Bulletin { reason } => (
                Input,
                "bulletin",
                format!("Ce bulletin n’est pas valable : {reason}."),
                format!("This bulletin is not valid: {reason}."),
            ),
            Self::Card { problem } => card(*problem),
            Self::Room(error) => room(error),
            Self::Exchange(error) => crate::meeting::explain(error),
            Self::NoDemarche { path } => {
                let path = path.display();
                (
                    Input,
                    "no_demarche",
                    format!("Le dossier {path} ne contient aucune démarche (.moisson)."),
                    format!("The folder {path} holds no démarche (.moisson)."),
                )
            }
            Self::NotBegun => (
                Input,
                "not_begun",
                "Le début de cette démarche n’est pas encore arrivé ici : prenez d’abord un dossier complet.".into(),
                "The beginning of this démarche has not arrived here yet: take in a whole dossier first.".into(),
            ),
            Self::NoFolderForKeys => (
                Environment,
                "no_folder_for_keys",
                "Ce compte n’a pas de dossier pour les données des applications : donnez-en un par --keys.".into(),
                "This account has no folder for the data of applications: give one by --keys.".into(),
            ),
            Self::NoLaptopKey { key } => (
                Input,
                "no_laptop_key",
                format!("« {key} » n’est pas la clé d’un portable : elle commence par age1 et se copie en entier."),
                format!("“{key}” is not the key of a laptop: it begins with age1 and is copied whole."),
            ),
            Self::RoomClosed => (
                Input,
                "room_closed",
                "La salle n’est pas ouverte aux téléphones.".into(),
                "The room is not open to phones.".into(),
            ),
            Self::TooFewOptions => (
                Input,
                "too_few_options",
                "Un scrutin demande au moins deux choix.".into(),
                "A vote needs at least two options.".into(),
            ),
            Self::NoSuchFormat { document, format, offered } => (
                Input,
                "no_such_format",
                format!("Le document « {document} » ne s’écrit pas en « {format} », mais en {offered}."),
                format!("“{document}” is not written as “{format}”, but as {offered}."),
            ),
            Self::WhichWorkshop => (
                Input,
                "which_workshop",
                "De quel atelier faut-il le compte rendu ?".into(),
                "Which workshop are the minutes of?".into(),
            ),
            Self::Io { path, source } => {
                let path = path.display();
                (
                    Environment,
                    "io",
                    format!("Impossible d’écrire ou de lire {path} ({source}). Rien n’a été laissé à moitié écrit."),
                    format!("{path} cannot be written or read ({source}). Nothing was left half-written."),
                )
            }
        }
    }

    fn hints(&self, language: Language) -> Vec<String> {
        let hint = match self {
            Self::Store(StoreError::InUse { .. }) => language.say(
                "Fermez l’autre fenêtre, ou travaillez sur une copie que vous fusionnerez.",
                "Close the other window, or work on a copy that you merge later.",
            ),
            Self::Store(StoreError::WrongPassphrase { .. }) => language.say(
                "Vérifiez les majuscules et la langue du clavier. Sans la phrase secrète, personne ne peut ouvrir ce fichier : \
                 ouvrez une copie qui n’en a pas, ou fusionnez les dossiers des autres ordinateurs dans un nouveau fichier.",
                "Check capitals and the language of the keyboard. Without the passphrase nobody can open this file: open a copy \
                 that has none, or merge the other laptops’ dossiers into a new file.",
            ),
            Self::Store(StoreError::Newer { .. }) => {
                language.say("Mettez Moisson à jour sur cet ordinateur.", "Update Moisson on this computer.")
            }
            Self::Store(StoreError::Damaged { .. }) => language.say(
                "Ouvrez une sauvegarde, ou fusionnez les dossiers des autres ordinateurs dans un nouveau fichier.",
                "Open a backup, or merge the other laptops’ dossiers into a new file.",
            ),
            Self::Store(StoreError::ReadOnly { .. }) => language.say(
                "Copiez le fichier dans un dossier où vous pouvez écrire.",
                "Copy the file to a folder where you can write.",
            ),
            Self::Store(StoreError::Full { .. }) => {
                language.say("Libérez de la place, puis recommencez.", "Free some space, then try again.")
            }
            Self::Store(StoreError::Dossier { problem: DossierProblem::OtherProcess { .. }, .. }) => language
                .say("Ouvrez d’abord la démarche à laquelle il appartient.", "First open the démarche it belongs to."),
            Self::Store(StoreError::Dossier { .. }) => language.say(
                "Demandez un nouveau dossier à la personne qui l’a préparé.",
                "Ask whoever prepared it for a new dossier.",
            ),
            _ => return Vec::new(),
        };
        vec![hint]
    }
}

fn photo(path: &Path, problem: &PhotoProblem) -> Sentence {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (fr, en) = match problem {
        PhotoProblem::TooBig => ("est trop lourd pour une photo", "is too large for a photo"),
        PhotoProblem::TooManyPixels => ("a trop de pixels pour une photo", "has too many pixels for a photo"),
        PhotoProblem::NotAPicture => (
            "n’est pas une image JPEG, PNG, WebP ou GIF : enregistrez-la dans l’un de ces formats",
            "is no JPEG, PNG, WebP or GIF picture: save it as one of these",
        ),
        PhotoProblem::Damaged => ("est une image abîmée", "is a damaged picture"),
    };
    let kept = ("rien n’a été ajouté", "nothing was added");
    (FailureKind::File, "photo", format!("{name} {fr} ; {}.", kept.0), format!("{name} {en}; {}.", kept.1))
}

fn card(problem: CardProblem) -> Sentence {
    let (code, fr, en) = match problem {
        CardProblem::Needed => ("card_needed", "Ce vote demande une carte.", "This vote asks for a card."),
        CardProblem::Unknown => {
            ("card_unknown", "Cette carte n’est pas de ce vote.", "This card does not belong to this vote.")
        }
        CardProblem::Spent => ("card_spent", "Cette carte a déjà servi.", "This card was used already."),
    };
    (FailureKind::Input, code, fr.into(), en.into())
}

fn room(error: &RoomError) -> Sentence {
    let (code, fr, en) = match error {
        RoomError::Taken { address } => (
            "room_taken",
            format!("Un autre programme occupe {address} : la salle n’est pas ouverte."),
            format!("Another program uses {address}: the room is not open."),
        ),
        RoomError::Address { address, source } => (
            "room_address",
            format!(
                "Impossible d’écouter sur {address} ({source}) : vérifiez que cet ordinateur est bien sur ce réseau."
            ),
            format!("Cannot listen on {address} ({source}): check that this laptop is on that network."),
        ),
        RoomError::Start(source) => (
            "room_start",
            format!("La salle n’a pas pu s’ouvrir ({source})."),
            format!("The room could not be opened ({source})."),
        ),
        RoomError::TooLongForQr => (
            "room_qr",
            String::from("Le nom du Wi-Fi ou sa clé sont trop longs pour un code QR."),
            String::from("The Wi-Fi’s name or key is too long for a QR code."),
        ),
    };
    (FailureKind::Environment, code, fr, en)
}

fn store(error: &StoreError) -> Sentence {
    use FailureKind::{Bug, Environment, File, Input};
    match error {
        StoreError::NotFound { path } => {
            let path = path.display();
            (Input, "not_found", format!("Le fichier {path} n’existe pas."), format!("The file {path} does not exist."))
        }
        StoreError::Exists { path } => {
            let path = path.display();
            (
                Input,
                "exists",
                format!("Le fichier {path} existe déjà ; il n’a pas été touché. Choisissez un autre nom."),
                format!("The file {path} exists already; it was not touched. Choose another name."),
            )
        }
        StoreError::NotADemarche { path } => {
            let path = path.display();
            (
                File,
                "not_a_demarche",
                format!("{path} n’est pas une démarche de Moisson ; il n’a pas été touché."),
                format!("{path} is not a Moisson démarche; it was not touched."),
            )
        }
        StoreError::Newer { path, found, known } => {
            let path = path.display();
            (
                File,
                "newer",
                format!(
                    "{path} a été écrit par une version plus récente de Moisson (schéma {found}, ici {known}) ; il n’a pas été touché."
                ),
                format!(
                    "{path} was written by a newer version of Moisson (schema {found}, here {known}); it was not touched."
                ),
            )
        }
        StoreError::Damaged { path, detail } => {
            let path = path.display();
            (
                File,
                "damaged",
                format!("{path} est abîmé ou incomplet ({detail}) ; il n’a pas été touché."),
                format!("{path} is damaged or incomplete ({detail}); it was not touched."),
            )
        }
        StoreError::Locked { path } => {
            let path = path.display();
            (
                Input,
                "locked",
                format!("{path} est protégé par une phrase secrète : donnez-la pour l’ouvrir."),
                format!("{path} is protected by a passphrase: give it to open the file."),
            )
        }
        StoreError::WrongPassphrase { path } => {
            let path = path.display();
            (
                Input,
                "wrong_passphrase",
                format!("{path} ne s’ouvre pas avec cette phrase secrète ; il n’a pas été touché."),
                format!("{path} does not open with this passphrase; it was not touched."),
            )
        }
        StoreError::InUse { path } => {
            let path = path.display();
            (
                Environment,
                "in_use",
                format!("{path} est déjà ouvert dans une autre fenêtre ou un autre programme."),
                format!("{path} is already open in another window or program."),
            )
        }
        StoreError::ReadOnly { path } => {
            let path = path.display();
            (
                Environment,
                "read_only",
                format!("{path} ou son dossier ne peut pas être modifié (lecture seule) ; rien n’a été écrit."),
                format!("{path} or its folder cannot be written (read-only); nothing was written."),
            )
        }
        StoreError::Full { path } => {
            let path = path.display();
            (
                Environment,
                "full",
                format!("Il n’y a plus de place pour écrire {path} ; ce qui était enregistré l’est toujours."),
                format!("No room is left to write {path}; what was saved still is."),
            )
        }
        StoreError::Io { path, source } => {
            let path = path.display();
            (
                Environment,
                "io",
                format!("{path} ne peut pas être lu ({source})."),
                format!("{path} cannot be read ({source})."),
            )
        }
        StoreError::Sqlite { path, source } => {
            let path = path.display();
            (
                Bug,
                "sqlite",
                format!("La base de {path} a refusé l’opération ({source}) ; rien n’a été modifié."),
                format!("The database of {path} refused the operation ({source}); nothing was changed."),
            )
        }
        StoreError::Dossier { path, problem } => dossier(&path.display().to_string(), problem),
        StoreError::NoSuchEntity(id) => {
            (Input, "no_such", format!("Rien ne correspond à « {id} »."), format!("Nothing matches “{id}”."))
        }
        StoreError::NoSuchState(digest) => (
            Input,
            "no_such_state",
            format!(
                "Aucun état connu de cette démarche n’a l’empreinte {digest} : donnez plutôt un dossier de l’autre ordinateur."
            ),
            format!(
                "No known state of this démarche has the fingerprint {digest}: give a dossier of the other laptop instead."
            ),
        ),
        StoreError::NoSuchChange(id) => {
            (Input, "no_such", format!("Aucune modification « {id} »."), format!("No change “{id}”."))
        }
        StoreError::Stopped => {
            (Input, "stopped", "Arrêté : rien n’a été modifié.".into(), "Stopped: nothing was changed.".into())
        }
    }
}

fn dossier(path: &str, problem: &DossierProblem) -> Sentence {
    let (code, fr, en) = match problem {
        DossierProblem::Locked => (
            "dossier_locked",
            String::from("est protégé par une phrase secrète : donnez-la pour l’ouvrir"),
            String::from("is locked with a passphrase: give it to open the dossier"),
        ),
        DossierProblem::WrongPassphrase => (
            "wrong_passphrase",
            String::from("ne s’ouvre pas avec cette phrase secrète, ou est abîmé"),
            String::from("does not open with this passphrase, or is damaged"),
        ),
        DossierProblem::NotADossier => {
            ("not_a_dossier", String::from("n’est pas un dossier d’atelier"), String::from("is not a dossier"))
        }
        DossierProblem::Newer(version) => (
            "dossier_newer",
            format!("a été écrit par une version plus récente de Moisson (format {version})"),
            format!("was written by a newer version of Moisson (format {version})"),
        ),
        DossierProblem::OtherProcess { title } => (
            "other_process",
            format!("appartient à une autre démarche, « {title} »"),
            format!("belongs to another démarche, “{title}”"),
        ),
        DossierProblem::Damaged(detail) => {
            ("dossier_damaged", format!("est abîmé ({detail})"), format!("is damaged ({detail})"))
        }
        DossierProblem::Change { line, source } => (
            "dossier_damaged",
            format!("est abîmé ou falsifié à la ligne {line} ({source})"),
            format!("is damaged or forged at line {line} ({source})"),
        ),
    };
    (
        FailureKind::File,
        code,
        format!("{path} {fr} ; rien n’en a été pris, la démarche est inchangée."),
        format!("{path} {en}; nothing was taken from it, the démarche is unchanged."),
    )
}

fn value(error: &InvalidValue) -> Sentence {
    let (code, fr, en) = match error {
        InvalidValue::UnknownField { kind, field } => (
            "unknown_field",
            format!("« {kind} » n’a pas de champ « {field} »."),
            format!("“{kind}” has no field “{field}”."),
        ),
        InvalidValue::WrongType { kind, field, value } => (
            "wrong_type",
            format!("« {value} » ne convient pas au champ « {field} » ({kind})."),
            format!("“{value}” does not fit the field “{field}” ({kind})."),
        ),
        InvalidValue::TooLong { field, bytes, max, .. } => (
            "too_long",
            format!("Ce texte est trop long pour le champ « {field} » ({bytes} octets, {max} au plus)."),
            format!("This text is too long for the field “{field}” ({bytes} bytes, {max} at most)."),
        ),
        InvalidValue::Required { kind, field } => (
            "required",
            format!("Le champ « {field} » ({kind}) ne peut pas rester vide."),
            format!("The field “{field}” ({kind}) cannot be left empty."),
        ),
    };
    (FailureKind::Input, code, fr, en)
}

/// What makes a count impossible, to end a sentence; the error's own words are the English ones.
fn tally_in_french(error: &TallyError) -> String {
    match error {
        TallyError::UnknownMethod(name) => format!("aucune méthode ne s’appelle « {name} »"),
        TallyError::NoOptions => String::from("il n’y a aucun choix"),
        TallyError::TooManyOptions(count) => format!("{count} choix, 10 000 au plus"),
        TallyError::DuplicateOption(id) => format!("le choix « {id} » y est deux fois"),
        TallyError::Grades(count) => format!("{count} mentions : de 2 à 20 sont possibles"),
        TallyError::TooManyForDuels { options, most } => {
            format!("{options} choix, {most} au plus pour un décompte par duels")
        }
        TallyError::WrongRule { method, rule } => format!("« {rule} » n’est pas une règle de la méthode « {method} »"),
        TallyError::TooManySets => String::from(
            "le meilleur de tant d’ensembles ne peut être cherché en un temps raisonnable : prenez rule=seq-pav, siège par siège, ou rule=mes",
        ),
        TallyError::Scale { min, max } => format!("une échelle de {min} à {max} n’en est pas une"),
        TallyError::TooManyTies(most) => {
            format!("il y a tant d’égalités que plus de {most} façons de les rompre seraient à essayer")
        }
        TallyError::NoBudget => String::from("il n’y a pas de budget à répartir"),
        TallyError::NoCost(id) => format!("le projet « {id} » n’a pas de coût"),
        TallyError::Input { line, detail } => format!("ligne {line} : {detail}"),
    }
}
