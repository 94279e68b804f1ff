//! What is said of a démarche's file and of a dossier.

use super::{FailureKind, Sentence};
use moisson_store::{DossierProblem, StoreError};

pub(super) fn store(error: &StoreError) -> Sentence {
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
                format!("{path} is not a Moisson process; it was not touched."),
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
                "No known state of this process has the fingerprint {digest}: give a dossier of the other laptop instead."
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
            format!("belongs to another process, “{title}”"),
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
