//! Which documents there are, what each is made from, and the formats it is written in.

use crate::{
    DocumentError, Format, Part, Work, content, json, preview,
    source::{
        AgendaSource, AttendanceSheetSource, CardsSource, Frame, MinutesSource, PersonSource, PlanSource, ProofSource,
        RegisterSource, RoomSource,
    },
    write,
};

/// A document that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Plan d’actions.
    Plan,
    /// Compte rendu.
    Minutes,
    /// Déroulé.
    Agenda,
    /// Feuille d’émargement.
    Attendance,
    /// Tableau de suivi.
    Tracking,
    /// Diaporama du comité.
    Slides,
    /// Annexe de traçabilité.
    Annex,
    /// Cartes vierges numérotées.
    Cards,
    /// Invitation.
    Invitation,
    /// Affiche.
    Poster,
    /// Bulletins.
    Ballots,
    /// Chevalets de table.
    Tents,
    /// Contents of the file of proof.
    Proof,
    /// Entry of the register of processing.
    Register,
    /// What is kept of a person.
    Person,
}

impl Nature {
    /// The formats it is written in, the one that most want first.
    #[must_use]
    pub const fn formats(self) -> &'static [Format] {
        match self {
            Self::Plan => &[Format::Pdf, Format::Docx, Format::Odt, Format::Html, Format::Md, Format::Json],
            Self::Minutes | Self::Agenda => {
                &[Format::Pdf, Format::Docx, Format::Odt, Format::Html, Format::Md, Format::Json]
            }
            Self::Attendance => &[Format::Pdf, Format::Docx, Format::Odt],
            Self::Tracking => &[Format::Xlsx, Format::Csv],
            Self::Slides => &[Format::Pptx, Format::Pdf],
            Self::Annex => &[Format::Pdf, Format::Xlsx, Format::Csv, Format::Html],
            Self::Person => &[Format::Pdf, Format::Docx, Format::Odt, Format::Html, Format::Md, Format::Json],
            Self::Invitation | Self::Register => &[Format::Pdf, Format::Docx, Format::Odt, Format::Html, Format::Md],
            Self::Cards | Self::Poster | Self::Ballots | Self::Tents | Self::Proof => &[Format::Pdf],
        }
    }
}

/// Everything a document needs.
#[derive(Debug, Clone)]
pub enum Source {
    /// Plan d’actions.
    Plan(Box<PlanSource>),
    /// Compte rendu.
    Minutes(Box<MinutesSource>),
    /// Déroulé.
    Agenda(Box<AgendaSource>),
    /// Feuille d’émargement.
    Attendance(Box<AttendanceSheetSource>),
    /// Tableau de suivi.
    Tracking(Box<PlanSource>),
    /// Diaporama du comité.
    Slides(Box<PlanSource>),
    /// Annexe de traçabilité.
    Annex(Box<PlanSource>),
    /// Cartes.
    Cards(Box<CardsSource>),
    /// Invitation.
    Invitation(Box<RoomSource>),
    /// Affiche.
    Poster(Box<RoomSource>),
    /// Bulletins.
    Ballots(Box<RoomSource>),
    /// Chevalets de table.
    Tents(Box<RoomSource>),
    /// Contents of the file of proof.
    Proof(Box<ProofSource>),
    /// Entry of the register of processing.
    Register(Box<RegisterSource>),
    /// What is kept of a person.
    Person(Box<PersonSource>),
}

impl Source {
    /// Which document it makes.
    #[must_use]
    pub const fn nature(&self) -> Nature {
        match self {
            Self::Plan(_) => Nature::Plan,
            Self::Minutes(_) => Nature::Minutes,
            Self::Agenda(_) => Nature::Agenda,
            Self::Attendance(_) => Nature::Attendance,
            Self::Tracking(_) => Nature::Tracking,
            Self::Slides(_) => Nature::Slides,
            Self::Annex(_) => Nature::Annex,
            Self::Cards(_) => Nature::Cards,
            Self::Invitation(_) => Nature::Invitation,
            Self::Poster(_) => Nature::Poster,
            Self::Ballots(_) => Nature::Ballots,
            Self::Tents(_) => Nature::Tents,
            Self::Proof(_) => Nature::Proof,
            Self::Register(_) => Nature::Register,
            Self::Person(_) => Nature::Person,
        }
    }

    /// What it says of its démarche.
    #[must_use]
    pub fn frame(&self) -> &Frame {
        match self {
            Self::Plan(source) | Self::Tracking(source) | Self::Slides(source) | Self::Annex(source) => &source.frame,
            Self::Minutes(source) => &source.frame,
            Self::Agenda(source) => &source.frame,
            Self::Attendance(source) => &source.frame,
            Self::Cards(source) => &source.frame,
            Self::Invitation(source) | Self::Poster(source) | Self::Ballots(source) | Self::Tents(source) => {
                &source.frame
            }
            Self::Proof(source) => &source.frame,
            Self::Register(source) => &source.frame,
            Self::Person(source) => &source.frame,
        }
    }

    /// Composes the document and writes it.
    ///
    /// # Errors
    /// [`DocumentError`] names what is not fit to be written, or the format that it is not written in.
    pub fn write(&self, format: Format) -> Result<Vec<Part>, DocumentError> {
        if !self.nature().formats().contains(&format) {
            return Err(DocumentError::NotOffered(format.extension()));
        }
        write(&self.compose(format)?, format)
    }

    /// Its first pages, as SVG pictures; none for a workbook.
    ///
    /// # Errors
    /// [`DocumentError`] names what is not fit to be written.
    pub fn preview(&self) -> Result<Vec<String>, DocumentError> {
        let format = if matches!(self, Self::Annex(_)) { Format::Pdf } else { self.nature().formats()[0] };
        preview::pages(self.compose(format)?)
    }

    fn compose(&self, format: Format) -> Result<Work, DocumentError> {
        Ok(match (self, format) {
            (Self::Plan(source), Format::Json) => Work::Data(json::write("plan", source.as_ref())?),
            (Self::Minutes(source), Format::Json) => Work::Data(json::write("minutes", source.as_ref())?),
            (Self::Agenda(source), Format::Json) => Work::Data(json::write("agenda", source.as_ref())?),
            (Self::Person(source), Format::Json) => Work::Data(json::write("person", source.as_ref())?),
            (Self::Plan(source), _) => Work::Text(content::plan(source)?),
            (Self::Minutes(source), _) => Work::Text(content::minutes(source)?),
            (Self::Agenda(source), _) => Work::Text(content::agenda(source)?),
            (Self::Attendance(source), _) => Work::Text(content::attendance(source)?),
            (Self::Tracking(source), _) => Work::Book(content::tracking(source)),
            (Self::Slides(source), _) => Work::Deck(content::slides(source)?),
            (Self::Annex(source), Format::Xlsx | Format::Csv) => Work::Book(content::annex_book(source)),
            (Self::Annex(source), _) => Work::Text(content::annex(source)?),
            (Self::Cards(source), _) => Work::Cards(content::cards(source)),
            (Self::Invitation(source), _) => Work::Text(content::invitation(source)?),
            (Self::Poster(source), _) => Work::Handout(content::poster(source)),
            (Self::Ballots(source), _) => Work::Handout(content::ballots(source)),
            (Self::Tents(source), _) => Work::Handout(content::tents(source)),
            (Self::Proof(source), _) => Work::Text(content::proof(source)?),
            (Self::Register(source), _) => Work::Text(content::register(source)?),
            (Self::Person(source), _) => Work::Text(content::person(source)?),
        })
    }
}
