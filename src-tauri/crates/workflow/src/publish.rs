//! Publier: documents written whole or not at all, under names that sort and say what they are.

use crate::{Failure, Language, Session, home::fold, merge::bytes, proof::Member, publicity, views::*};
use moisson_document::{
    Format, Nature, Part, Source,
    source::{PlanSource, RoomSource, WorkshopSource},
};
use moisson_domain::{EntityId, Kind};
use moisson_exchange::{Access, Storage};
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
    /// What is wrong with the marks of the funders.
    notices: Vec<String>,
    language: Language,
}

/// One document, or a bundle of them.
enum Content {
    One(Source),
    Bundle(Vec<Member>),
    Data(Box<PlanSource>, EntityId),
}

/// Which document, and for which atelier where it is of one.
const fn nature(document: DocumentKind) -> Option<Nature> {
    Some(match document {
        DocumentKind::Plan => Nature::Plan,
        DocumentKind::Minutes | DocumentKind::MinutesWithNames => Nature::Minutes,
        DocumentKind::Agenda => Nature::Agenda,
        DocumentKind::Attendance | DocumentKind::AttendanceFilled => Nature::Attendance,
        DocumentKind::Tracking => Nature::Tracking,
        DocumentKind::Slides => Nature::Slides,
        DocumentKind::Annex => Nature::Annex,
        DocumentKind::Cards => Nature::Cards,
        DocumentKind::Invitation => Nature::Invitation,
        DocumentKind::Poster => Nature::Poster,
        DocumentKind::Ballots => Nature::Ballots,
        DocumentKind::Tents => Nature::Tents,
        DocumentKind::Register => Nature::Register,
        DocumentKind::Proof | DocumentKind::OpenData => return None,
    })
}

/// How bundles are written.
const BUNDLED: &[Format] = &[Format::Zip];

/// The documents in the order in which a démarche needs them: for the room, after it, for the committee.
const OFFERED: [(DocumentKind, OfWorkshop); 15] = [
    (DocumentKind::Plan, OfWorkshop::No),
    (DocumentKind::Slides, OfWorkshop::No),
    (DocumentKind::Tracking, OfWorkshop::No),
    (DocumentKind::Annex, OfWorkshop::No),
    (DocumentKind::Proof, OfWorkshop::No),
    (DocumentKind::OpenData, OfWorkshop::No),
    (DocumentKind::Register, OfWorkshop::No),
    (DocumentKind::Minutes, OfWorkshop::Yes),
    (DocumentKind::Agenda, OfWorkshop::Yes),
    (DocumentKind::Invitation, OfWorkshop::Yes),
    (DocumentKind::Poster, OfWorkshop::Yes),
    (DocumentKind::Attendance, OfWorkshop::Yes),
    (DocumentKind::Ballots, OfWorkshop::Yes),
    (DocumentKind::Tents, OfWorkshop::Yes),
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
    nature(document).map_or(BUNDLED, Nature::formats)
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
        self.source_with(document, workshop, None)
    }

    /// The same, with how phones come into the room that is open: for the poster.
    ///
    /// # Errors
    /// As [`Session::source`].
    pub fn source_with(
        &self,
        document: DocumentKind,
        workshop: Option<EntityId>,
        join: Option<&JoinView>,
    ) -> Result<DocumentSource, Failure> {
        let say = |fr: &str, en: &str| self.language().say(fr, en);
        let (content, name) = match document {
            DocumentKind::Proof => (Content::Bundle(self.proof_members()?), say("dossier-de-preuve", "file-of-proof")),
            DocumentKind::OpenData => (
                Content::Data(Box::new(self.open_source()?), self.store.process()),
                say("donnees-ouvertes", "open-data"),
            ),
            _ => {
                let (source, name) = self.one(document, workshop, join)?;
                (Content::One(source), name)
            }
        };
        Ok(DocumentSource { content, name, notices: self.publicity()?, language: self.language() })
    }

    /// Reads all that is kept of a person, for that person.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn person_papers(&self, participant: EntityId) -> Result<DocumentSource, Failure> {
        let source = self.person_source(participant)?;
        let name = slug(&[&self.language().say("donnees-de", "data-of"), source.code.as_str()].join(" "));
        let content = Content::One(Source::Person(Box::new(source)));
        Ok(DocumentSource { content, name, notices: Vec::new(), language: self.language() })
    }

    /// One document, and the name of its file.
    fn one(
        &self,
        document: DocumentKind,
        workshop: Option<EntityId>,
        join: Option<&JoinView>,
    ) -> Result<(Source, String), Failure> {
        let of = |workshop: Option<EntityId>| -> Result<EntityId, Failure> {
            let workshop = workshop.ok_or(Failure::WhichWorkshop)?;
            Ok(self.entity_of(Kind::Workshop, workshop)?.id)
        };
        let say = |fr: &str, en: &str| self.language().say(fr, en);
        Ok(match document {
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
            DocumentKind::Invitation | DocumentKind::Poster | DocumentKind::Ballots | DocumentKind::Tents => {
                let room = Box::new(self.room_source(document, of(workshop)?, join)?);
                let (prefix, make): (String, fn(Box<RoomSource>) -> Source) = match document {
                    DocumentKind::Invitation => (say("invitation-atelier", "invitation-workshop"), Source::Invitation),
                    DocumentKind::Poster => (say("affiche-atelier", "poster-workshop"), Source::Poster),
                    DocumentKind::Ballots => (say("bulletins-atelier", "ballots-workshop"), Source::Ballots),
                    _ => (say("chevalets-atelier", "tents-workshop"), Source::Tents),
                };
                let name = name(&prefix, &room.workshop);
                (make(room), name)
            }
            DocumentKind::Register => (
                Source::Register(Box::new(self.register_source()?)),
                say("registre-des-traitements", "record-of-processing"),
            ),
            DocumentKind::Proof | DocumentKind::OpenData => return Err(Failure::WhichWorkshop),
        })
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

/// Writes several documents, each in its formats, into a folder, on all cores at once. All are composed before the first file is
/// touched.
///
/// # Errors
/// [`Failure::NoSuchFormat`], [`Failure::Document`] or [`Failure::Io`]; no file is left half-written.
pub fn write_together(asked: &[(DocumentSource, Vec<Format>)], folder: &Path) -> Result<ExportReport, Failure> {
    let asked: Vec<_> = asked.iter().map(|(source, formats)| (source, formats.as_slice())).collect();
    write(&asked, folder)
}

fn write(asked: &[(&DocumentSource, &[Format])], folder: &Path) -> Result<ExportReport, Failure> {
    let mut works = Vec::new();
    for (source, formats) in asked {
        source.offers(formats)?;
        works.extend(formats.iter().map(|format| (*source, *format)));
    }
    let mut report = ExportReport::default();
    let mut tell = |notice: String| {
        if !report.notices.contains(&notice) {
            report.notices.push(notice);
        }
    };
    for (source, formats) in asked {
        source.notices.iter().cloned().for_each(&mut tell);
        if let Content::One(one) = &source.content {
            let of_format = formats.iter().filter_map(|format| publicity::of_format(one.frame(), *format));
            of_format.map(|(fr, en)| source.language.say(fr, en)).for_each(&mut tell);
        }
    }
    let composed = moisson_document::together(&works, |(source, format)| source.compose(*format));
    let composed = composed.into_iter().collect::<Result<Vec<_>, _>>()?;
    for ((source, format), (parts, ms)) in works.into_iter().zip(composed) {
        for part in parts {
            let suffix = if part.suffix.is_empty() { String::new() } else { format!("-{}", part.suffix) };
            let written = put(&format!("{}{suffix}", source.name), folder, vec![(format, part.bytes, ms)])?;
            report.files.extend(written.files);
        }
    }
    Ok(report)
}

impl DocumentSource {
    /// Writes it in several formats. All are composed before the first file is touched.
    ///
    /// # Errors
    /// As [`write_together`].
    pub fn write(&self, formats: &[Format], folder: &Path) -> Result<ExportReport, Failure> {
        write(&[(self, formats)], folder)
    }

    /// Refuses formats in which it is not written.
    fn offers(&self, formats: &[Format]) -> Result<(), Failure> {
        let offered = match &self.content {
            Content::One(source) => source.nature().formats(),
            Content::Bundle(_) | Content::Data(..) => BUNDLED,
        };
        let Some(format) = formats.iter().find(|format| !offered.contains(format)) else { return Ok(()) };
        let offered: Vec<&str> = offered.iter().map(|format| format.extension()).collect();
        let format = format.extension().to_owned();
        Err(Failure::NoSuchFormat { document: self.name.clone(), format, offered: offered.join(", ") })
    }

    /// Its files in a format, and how many milliseconds they took.
    #[expect(clippy::disallowed_methods, reason = "tells a person how long it took; decides nothing")]
    fn compose(&self, format: Format) -> Result<(Vec<Part>, f64), Failure> {
        let started = Instant::now();
        let parts = match &self.content {
            Content::One(source) => source.write(format)?,
            Content::Bundle(_) | Content::Data(..) => {
                vec![Part { suffix: String::new(), bytes: moisson_document::archive(self.members()?)? }]
            }
        };
        Ok((parts, started.elapsed().as_secs_f64() * 1000.0))
    }
}

impl DocumentSource {
    /// The files of a bundle, each under its path in it; none for a document.
    ///
    /// # Errors
    /// [`Failure::Document`].
    pub fn members(&self) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let mut files = Vec::new();
        match &self.content {
            Content::One(_) => {}
            Content::Bundle(members) => {
                let composed = moisson_document::together(members, |member| member.source.write(member.format));
                for (member, parts) in members.iter().zip(composed) {
                    files.extend(parts?.into_iter().map(|part| (member.path.clone(), part.bytes)));
                }
            }
            Content::Data(plan, process) => files.extend(moisson_document::open_data(plan, &process.to_string())?),
        }
        Ok(files)
    }

    /// Writes the files of a bundle into a folder, as they lie in it.
    ///
    /// # Errors
    /// [`Failure::Document`] or [`Failure::Io`]; no file is left half-written.
    pub fn unpack(&self, folder: &Path) -> Result<ExportReport, Failure> {
        let mut report = ExportReport { files: Vec::new(), notices: self.notices.clone() };
        let files = self.members()?;
        for (path, content) in files {
            let path = folder.join(path);
            let into = path.parent().unwrap_or(folder).to_owned();
            fs::create_dir_all(&into).map_err(|source| Failure::Io { path: into.clone(), source })?;
            replace(&path, &into, &content)?;
            let format = path.extension().unwrap_or_default().to_string_lossy().into_owned();
            let bytes = bytes(content.len() as u64);
            report.files.push(ExportedFile { path: path.display().to_string(), format, bytes, ms: 0.0 });
        }
        Ok(report)
    }

    /// Puts the files of a bundle below an address that others read: a bucket, a folder of a server. All or none of those that are new.
    ///
    /// # Errors
    /// [`Failure::Document`] or [`Failure::Exchange`].
    pub fn deposit(&self, address: &str, access: &Access, stop: &dyn Fn() -> bool) -> Result<ExportReport, Failure> {
        let files = self.members()?;
        let storage = Storage::open(address, access)?;
        storage.deposit(&files, stop)?;
        let shown = storage.address();
        let written = files.iter().map(|(path, content)| ExportedFile {
            path: format!("{shown}/{path}"),
            format: Path::new(path).extension().unwrap_or_default().to_string_lossy().into_owned(),
            bytes: bytes(content.len() as u64),
            ms: 0.0,
        });
        Ok(ExportReport { files: written.collect(), notices: self.notices.clone() })
    }

    /// Its first pages as pictures (SVG); none for a workbook or a bundle.
    ///
    /// # Errors
    /// [`Failure::Document`].
    pub fn preview(&self) -> Result<Vec<String>, Failure> {
        match &self.content {
            Content::One(source) => Ok(source.preview()?),
            Content::Bundle(members) => {
                Ok(members.first().map(|one| one.source.preview()).transpose()?.unwrap_or_default())
            }
            Content::Data(..) => Ok(Vec::new()),
        }
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
pub(crate) fn name(prefix: &str, workshop: &WorkshopSource) -> String {
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
