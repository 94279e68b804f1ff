//! Publier: documents written whole or not at all, under names that sort and say what they are.

use crate::{Failure, Session, home::fold, merge::bytes, views::*};
use moisson_document::{
    Format, Nature, Part, Source,
    source::{PlanSource, WorkshopSource},
};
use moisson_domain::{EntityId, Kind};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    time::Instant,
};
use tempfile::NamedTempFile;

/// Everything a document needs, read at one moment; composing and writing it no longer needs the démarche.
pub struct DocumentSource {
    source: Source,
    name: String,
}

/// Which document, and for which atelier where it is of one.
fn nature(document: DocumentKind) -> Nature {
    match document {
        DocumentKind::Plan => Nature::Plan,
        DocumentKind::Minutes | DocumentKind::MinutesWithNames => Nature::Minutes,
        DocumentKind::Agenda => Nature::Agenda,
        DocumentKind::Attendance | DocumentKind::AttendanceFilled => Nature::Attendance,
        DocumentKind::Tracking => Nature::Tracking,
        DocumentKind::Slides => Nature::Slides,
        DocumentKind::Annex => Nature::Annex,
        DocumentKind::Cards => Nature::Cards,
    }
}

/// The documents in the order in which a démarche needs them: for the room, after it, for the committee.
const OFFERED: [(DocumentKind, OfWorkshop); 8] = [
    (DocumentKind::Plan, OfWorkshop::No),
    (DocumentKind::Slides, OfWorkshop::No),
    (DocumentKind::Tracking, OfWorkshop::No),
    (DocumentKind::Annex, OfWorkshop::No),
    (DocumentKind::Minutes, OfWorkshop::Yes),
    (DocumentKind::Agenda, OfWorkshop::Yes),
    (DocumentKind::Attendance, OfWorkshop::Yes),
    (DocumentKind::Cards, OfWorkshop::Maybe),
];

/// The documents that can be written, each with its formats, the one that most want first.
#[must_use]
pub fn document_offers() -> Vec<DocumentOffer> {
    let offer = |(document, of_workshop): (DocumentKind, OfWorkshop)| DocumentOffer {
        document,
        of_workshop,
        formats: formats(document).iter().map(|format| format.extension().to_owned()).collect(),
    };
    OFFERED.into_iter().map(offer).collect()
}

/// The formats of a document, the one that most want first.
#[must_use]
pub fn formats(document: DocumentKind) -> &'static [Format] {
    nature(document).formats()
}

impl Session {
    /// A format by its name.
    ///
    /// # Errors
    /// [`Failure::Document`] where there is none.
    pub fn format(&self, name: &str) -> Result<Format, Failure> {
        Ok(name.trim().parse()?)
    }

    /// Reads all that a document will say.
    ///
    /// # Errors
    /// [`Failure::WhichWorkshop`], [`Failure::NoSuch`] or what the store reports.
    pub fn source(&self, document: DocumentKind, workshop: Option<EntityId>) -> Result<DocumentSource, Failure> {
        let of = |workshop: Option<EntityId>| -> Result<EntityId, Failure> {
            let workshop = workshop.ok_or(Failure::WhichWorkshop)?;
            Ok(self.entity_of(Kind::Workshop, workshop)?.id)
        };
        let say = |fr: &str, en: &str| self.language().say(fr, en);
        let (source, name) = match document {
            DocumentKind::Plan => (Source::Plan(Box::new(self.plan_source()?)), say("plan-d-actions", "action-plan")),
            DocumentKind::Tracking => {
                (Source::Tracking(Box::new(self.plan_source()?)), say("tableau-de-suivi", "tracking"))
            }
            DocumentKind::Slides => {
                let source = PlanSource { changes: self.change_sources()?, ..self.plan_source()? };
                (Source::Slides(Box::new(source)), say("diaporama-du-comite", "committee-slides"))
            }
            DocumentKind::Annex => {
                (Source::Annex(Box::new(self.plan_source()?)), say("annexe-de-tracabilite", "traceability-annex"))
            }
            DocumentKind::Minutes | DocumentKind::MinutesWithNames => {
                let minutes = self.minutes_source(of(workshop)?, document == DocumentKind::MinutesWithNames)?;
                let name = name(&say("compte-rendu-atelier", "minutes-workshop"), &minutes.workshop);
                (Source::Minutes(Box::new(minutes)), name)
            }
            DocumentKind::Agenda => {
                let agenda = self.agenda_source(of(workshop)?)?;
                let name = name(&say("deroule-atelier", "agenda-workshop"), &agenda.workshop);
                (Source::Agenda(Box::new(agenda)), name)
            }
            DocumentKind::Attendance | DocumentKind::AttendanceFilled => {
                let filled = document == DocumentKind::AttendanceFilled;
                let sheet = self.attendance_sheet_source(of(workshop)?, filled)?;
                let name = name(&say("emargement-atelier", "attendance-workshop"), &sheet.workshop);
                (
                    Source::Attendance(Box::new(sheet)),
                    if filled { say(&format!("{name}-signe"), &format!("{name}-signed")) } else { name },
                )
            }
            DocumentKind::Cards => {
                let (cards, room) = self.cards_source(workshop)?;
                let name = match room {
                    Some(room) => name(&say("cartes-atelier", "cards-workshop"), &room),
                    None => say("cartes", "cards"),
                };
                (Source::Cards(Box::new(cards)), name)
            }
        };
        Ok(DocumentSource { source, name })
    }

    /// Writes a document in several formats into a folder.
    ///
    /// # Errors
    /// As [`Session::source`] and [`DocumentSource::write`].
    pub fn export(
        &self,
        document: DocumentKind,
        workshop: Option<EntityId>,
        formats: &[Format],
        folder: &Path,
    ) -> Result<ExportReport, Failure> {
        self.source(document, workshop)?.write(formats, folder)
    }

    /// Ateliers in which something was said, by date.
    ///
    /// # Errors
    /// What the store reports.
    pub fn workshops_with_proposals(&self) -> Result<Vec<EntityId>, Failure> {
        let rows = self.workshops(&self.catalog()?)?;
        Ok(rows.into_iter().filter(|row| row.proposals > 0).map(|row| row.id).collect())
    }

    /// Every atelier, by date.
    ///
    /// # Errors
    /// What the store reports.
    pub fn all_workshops(&self) -> Result<Vec<EntityId>, Failure> {
        Ok(self.workshops(&self.catalog()?)?.into_iter().map(|row| row.id).collect())
    }

    /// Ateliers that have a déroulé, by date.
    ///
    /// # Errors
    /// What the store reports.
    pub fn workshops_with_steps(&self) -> Result<Vec<EntityId>, Failure> {
        let rows = self.workshops(&self.catalog()?)?;
        Ok(rows.into_iter().filter(|row| !row.steps.is_empty()).map(|row| row.id).collect())
    }
}

impl DocumentSource {
    /// Writes it in several formats. All are composed before the first file is touched.
    ///
    /// # Errors
    /// [`Failure::NoSuchFormat`], [`Failure::Document`] or [`Failure::Io`]; no file is left half-written.
    #[expect(clippy::disallowed_methods, reason = "tells a person how long it took; decides nothing")]
    pub fn write(&self, formats: &[Format], folder: &Path) -> Result<ExportReport, Failure> {
        let offered = self.source.nature().formats();
        if let Some(format) = formats.iter().find(|format| !offered.contains(format)) {
            let offered: Vec<&str> = offered.iter().map(|format| format.extension()).collect();
            let format = format.extension().to_owned();
            return Err(Failure::NoSuchFormat { document: self.name.clone(), format, offered: offered.join(", ") });
        }
        let mut written: Vec<(Format, Part, f64)> = Vec::new();
        for format in formats {
            let started = Instant::now();
            let parts = self.source.write(*format)?;
            let ms = started.elapsed().as_secs_f64() * 1000.0;
            written.extend(parts.into_iter().map(|part| (*format, part, ms)));
        }
        let named = |part: &Part| if part.suffix.is_empty() { String::new() } else { format!("-{}", part.suffix) };
        let files = written
            .into_iter()
            .map(|(format, part, ms)| (format!("{}{}", self.name, named(&part)), (format, part.bytes, ms)));
        let mut report = ExportReport::default();
        for (name, file) in files {
            report.files.extend(put(&name, folder, vec![file])?.files);
        }
        Ok(report)
    }
}

/// Puts what was composed into a folder, each under its name and format.
pub(crate) fn put(name: &str, folder: &Path, written: Vec<(Format, Vec<u8>, f64)>) -> Result<ExportReport, Failure> {
    fs::create_dir_all(folder).map_err(|source| Failure::Io { path: folder.to_owned(), source })?;
    let mut report = ExportReport::default();
    for (format, content, ms) in written {
        let path = folder.join(format!("{name}.{}", format.extension()));
        replace(&path, folder, &content)?;
        report.files.push(ExportedFile {
            path: path.display().to_string(),
            format: format.extension().to_owned(),
            bytes: bytes(content.len() as u64),
            ms,
        });
    }
    Ok(report)
}

/// A new file that others may read as the folder allows: documents are made to be passed on.
fn beside(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Writes a file beside its place, then puts it there in one step.
fn replace(path: &PathBuf, folder: &Path, content: &[u8]) -> Result<(), Failure> {
    let failed = |source| Failure::Io { path: path.clone(), source };
    let mut file = beside(folder).map_err(failed)?;
    file.write_all(content).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// `compte-rendu-atelier-07-mobilite-besancon`.
fn name(prefix: &str, workshop: &WorkshopSource) -> String {
    let number = workshop.number.map(|number| format!("{number:02}")).unwrap_or_default();
    slug(&[prefix, &number, &workshop.theme, &workshop.territories.join(" ")].join(" "))
}

/// A file name that every system accepts.
pub(crate) fn slug(text: &str) -> String {
    let words: Vec<String> = fold(text)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.join("-").chars().take(100).collect()
}
