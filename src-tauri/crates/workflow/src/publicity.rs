//! What European programmes ask of documents, checked on each export and said in sentences (implementing regulation (EU) 821/2014,
//! chapter II).
//!
//! Much is right by construction and is not checked: the emblem's colours and proportions, UNION EUROPÉENNE in full and in letters
//! that programmes allow, on a plain ground, no logo higher than the emblem. What is left depends on what people entered.

use crate::{Failure, Session, home::fold};
use moisson_document::{Format, source::Frame};
use moisson_domain::{Field, Kind};

/// Words by which a statement names who funds.
const NAMES: [&str; 6] =
    ["union europeenne", "european union", "fonds social europeen", "european social fund", "feder", "next generation"];

impl Session {
    /// What is wrong with the marks of the funders, whatever the document.
    pub(crate) fn publicity(&self) -> Result<Vec<String>, Failure> {
        let process = self.process_row()?;
        let language = self.language();
        let say = |fr: &str, en: &str| language.say(fr, en);
        let mut notices = Vec::new();
        match (&process.funding_reference, &process.funding_statement) {
            (Some(_), None) => notices.push(say(
                "La démarche a un numéro de dossier européen, mais aucune mention du programme : ni l’emblème ni la mention ne figureront sur les documents.",
                "The process has a European file number but no statement of the programme: neither emblem nor statement will stand on documents.",
            )),
            (_, Some(statement)) => {
                let folded = fold(statement);
                if !NAMES.iter().any(|name| folded.contains(name)) {
                    notices.push(say(
                        "La mention ne nomme ni l’Union européenne ni le fonds : reprenez celle de la convention.",
                        "The statement names neither the European Union nor the fund: take the one of the agreement.",
                    ));
                }
                if statement.chars().any(char::is_alphabetic) && statement.to_uppercase() == *statement {
                    notices.push(say(
                        "La mention est tout en capitales : écrivez-la en minuscules, comme la convention.",
                        "The statement is all in capitals: write it in small letters, as in the agreement.",
                    ));
                }
            }
            (None, None) => {}
        }
        let here = self.store.attachments()?;
        for picture in self.list(Kind::Attachment)?.iter().filter(|one| one.fields.get(Field::Role).is_some()) {
            let name = picture.fields.string(Field::Name).unwrap_or_default();
            if picture.fields.string(Field::Sha256).is_none_or(|sha256| !here.contains(&sha256)) {
                notices.push(language.say(
                    format!("« {name} » n’est pas sur cet ordinateur : les documents paraîtront sans cette image."),
                    format!("“{name}” is not on this laptop: documents will appear without this picture."),
                ));
            }
        }
        for funder in self.list(Kind::Funder)?.iter() {
            let name = funder.fields.string(Field::Name).unwrap_or_default();
            let emblem = self.children(Kind::Attachment, funder.id)?;
            if emblem.is_empty() && funder.fields.string(Field::Statement).is_none() {
                notices.push(language.say(
                    format!("« {name} » n’a ni logo ni mention : seul son nom paraîtra."),
                    format!("“{name}” has neither logo nor statement: only its name will appear."),
                ));
            }
        }
        Ok(notices)
    }
}

/// What is wrong with a document in a format, beside that.
pub(crate) fn of_format(frame: &Frame, format: Format) -> Option<(String, String)> {
    frame.funding_statement.as_ref()?;
    if format == Format::Docx && frame.look.model.is_some() {
        return Some((
            String::from(
                "Le DOCX suit le modèle de l’organisation : l’emblème est en tête du texte ; vérifiez que le pied de page du modèle le porte aussi.",
            ),
            String::from(
                "The DOCX follows the organisation’s model: the emblem heads the text; check that the model’s footer has it too.",
            ),
        ));
    }
    let bare = matches!(format, Format::Md | Format::Csv | Format::Json);
    bare.then(|| {
        let name = format.extension();
        (
            format!("Le format {name} ne peut pas porter l’emblème : ne le diffusez pas sans le PDF ou la page web."),
            format!("The format {name} cannot carry the emblem: do not publish it without the PDF or the web page."),
        )
    })
}
