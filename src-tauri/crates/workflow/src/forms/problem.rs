//! Why a file cannot be taken back, for people.

use crate::FailureKind;
use moisson_document::form::FormError;
use std::path::Path;

/// Why a file is no form of this démarche.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormProblem {
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] FormError),
    /// It holds no field of a form.
    #[error("no form")]
    NoForm,
    /// It is a form of another démarche.
    #[error("a form of another démarche, “{0}”")]
    Elsewhere(String),
}

/// Why a file cannot be taken back: kind, code, French, English.
pub(crate) fn explain(path: &Path, problem: &FormProblem) -> (FailureKind, &'static str, String, String) {
    use FormError::{Damaged, Foreign, Protected, TooBig};
    use FormProblem::{Elsewhere, NoForm, Unreadable};
    let (code, fr, en) = match problem {
        Unreadable(Foreign) => (
            "form_foreign",
            String::from("n’est ni un DOCX ni un XLSX : demandez au partenaire d’enregistrer dans l’un de ces formats"),
            String::from("is neither DOCX nor XLSX: ask the partner to save it as one of them"),
        ),
        Unreadable(Damaged(detail)) => {
            ("form_damaged", format!("est abîmé ({detail})"), format!("is damaged ({detail})"))
        }
        Unreadable(Protected) => (
            "form_protected",
            String::from(
                "est protégé par un mot de passe, ou d’un ancien format : demandez-en une copie en DOCX ou XLSX",
            ),
            String::from("is protected by a password, or of an old format: ask for a copy as DOCX or XLSX"),
        ),
        Unreadable(TooBig) => {
            ("form_too_big", String::from("est trop gros pour une fiche"), String::from("is too big for a form"))
        }
        NoForm => (
            "no_form",
            String::from("n’est pas une fiche envoyée par Moisson : aucune rubrique n’y a été reconnue"),
            String::from("is no form sent by Moisson: no field was recognised in it"),
        ),
        Elsewhere(title) => (
            "form_elsewhere",
            format!("est une fiche d’une autre démarche, « {title} »"),
            format!("is a form of another process, “{title}”"),
        ),
    };
    let path = path.display();
    (
        FailureKind::File,
        code,
        format!("{path} {fr} ; rien n’en a été pris."),
        format!("{path} {en}; nothing was taken from it."),
    )
}
