//! The sentence for each failure, and what can be done, in both languages.

use super::{Failure, FailureKind, Sentence, files};
use crate::{CardProblem, Language, photo::PhotoProblem, protection::SHORTEST_PASSPHRASE};
use moisson_document::DocumentError;
use moisson_domain::{InvalidValue, Kind};
use moisson_room::RoomError;
use moisson_store::{DossierProblem, StoreError};
use moisson_tally::TallyError;
use std::path::Path;

impl Failure {
    pub(super) fn sentence(&self) -> Sentence {
        use FailureKind::{Environment, Input};
        match self {
            Self::Store(error) => files::store(error),
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
                "The process itself cannot be deleted.".into(),
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
                    format!("The folder {path} holds no process (.moisson)."),
                )
            }
            Self::NotBegun => (
                Input,
                "not_begun",
                "Le début de cette démarche n’est pas encore arrivé ici : prenez d’abord un dossier complet.".into(),
                "The beginning of this process has not arrived here yet: take in a whole dossier first.".into(),
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
    pub(super) fn hints(&self, language: Language) -> Vec<String> {
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
                .say("Ouvrez d’abord la démarche à laquelle il appartient.", "First open the process it belongs to."),
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
