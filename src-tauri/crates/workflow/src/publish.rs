//! Publier: documents written whole or not at all, under names that sort and say what they are.

use crate::{Failure, Session, home::fold, merge::bytes, views::*};
use moisson_document::{
    Format, content,
    source::{AgendaSource, MinutesSource, PlanSource, WorkshopSource},
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
    content: Content,
    name: String,
}

enum Content {
    Plan(Box<PlanSource>),
    Minutes(Box<MinutesSource>),
    Agenda(Box<AgendaSource>),
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
        let language = self.language();
        match document {
            DocumentKind::Plan => Ok(DocumentSource {
                content: Content::Plan(Box::new(self.plan_source()?)),
                name: language.say("plan-d-actions", "action-plan"),
            }),
            DocumentKind::Minutes | DocumentKind::MinutesWithNames => {
                let workshop = workshop.ok_or(Failure::WhichWorkshop)?;
                self.entity_of(Kind::Workshop, workshop)?;
                let minutes = self.minutes_source(workshop, document == DocumentKind::MinutesWithNames)?;
                let name = name(&language.say("compte-rendu-atelier", "minutes-workshop"), &minutes.workshop);
                Ok(DocumentSource { content: Content::Minutes(Box::new(minutes)), name })
            }
            DocumentKind::Agenda => {
                let workshop = workshop.ok_or(Failure::WhichWorkshop)?;
                self.entity_of(Kind::Workshop, workshop)?;
                let agenda = self.agenda_source(workshop)?;
                let name = name(&language.say("deroule-atelier", "agenda-workshop"), &agenda.workshop);
                Ok(DocumentSource { content: Content::Agenda(Box::new(agenda)), name })
            }
        }
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
    /// [`Failure::Document`] or [`Failure::Io`]; no file is left half-written.
    #[expect(clippy::disallowed_methods, reason = "tells a person how long it took; decides nothing")]
    pub fn write(&self, formats: &[Format], folder: &Path) -> Result<ExportReport, Failure> {
        let document = match &self.content {
            Content::Plan(source) => content::plan(source)?,
            Content::Minutes(source) => content::minutes(source)?,
            Content::Agenda(source) => content::agenda(source)?,
        };
        let mut written = Vec::new();
        for format in formats {
            let started = Instant::now();
            let bytes = match (format, &self.content) {
                (Format::Json, Content::Plan(source)) => moisson_document::source_json(source.as_ref())?,
                (Format::Json, Content::Minutes(source)) => moisson_document::source_json(source.as_ref())?,
                (Format::Json, Content::Agenda(source)) => moisson_document::source_json(source.as_ref())?,
                (format, _) => moisson_document::write(&document, *format)?,
            };
            written.push((*format, bytes, started.elapsed().as_secs_f64() * 1000.0));
        }
        fs::create_dir_all(folder).map_err(|source| Failure::Io { path: folder.to_owned(), source })?;
        let mut report = ExportReport::default();
        for (format, content, ms) in written {
            let path = folder.join(format!("{}.{}", self.name, format.extension()));
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
}

/// Writes a file beside its place, then puts it there in one step.
fn replace(path: &PathBuf, folder: &Path, content: &[u8]) -> Result<(), Failure> {
    let failed = |source| Failure::Io { path: path.clone(), source };
    let mut file = NamedTempFile::new_in(folder).map_err(failed)?;
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
fn slug(text: &str) -> String {
    let words: Vec<String> = fold(text)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.join("-").chars().take(100).collect()
}
