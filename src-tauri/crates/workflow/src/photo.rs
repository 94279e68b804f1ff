//! Photos of flip charts: read as a stranger's file, turned upright, made small, kept in the démarche and carried in dossiers.

use crate::{
    Failure, Session,
    catalog::text,
    picture::{MAX_SIDE, Unread, upright},
    session::fields,
    views::PhotoRow,
};
use image::{ImageFormat, ImageReader, codecs::jpeg::JpegEncoder, imageops::FilterType};
use moisson_domain::{Entity, EntityId, Field, Kind};
use moisson_journal::Draft;
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    fs::File,
    io::{Cursor, Read},
    path::Path,
};
use thiserror::Error;

/// Bytes that a photo may have before it is made small: the largest that phones make, and to spare.
const MAX_FILE: u64 = 64 << 20;

/// Longest side once made small: handwriting on a flip chart stays readable.
const SIDE: u32 = 2_000;

/// Quality of JPEG once made small.
const QUALITY: u8 = 80;

/// Why a file is not taken as a photo.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PhotoProblem {
    /// It is larger than any photo.
    #[error("it is larger than {} MB", MAX_FILE >> 20)]
    TooBig,
    /// It is wider or higher than any photo, or would take too much memory.
    #[error("it has too many pixels")]
    TooManyPixels,
    /// It is no picture that can be read.
    #[error("it is no JPEG, PNG, WebP or GIF picture")]
    NotAPicture,
    /// It is one, but a damaged one.
    #[error("it is damaged")]
    Damaged,
}

/// A photo made small, ready to be kept. Making it needs no démarche: nobody waits to type meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    name: String,
    jpeg: Vec<u8>,
}

impl Photo {
    /// Reads a picture from a file and makes it small.
    ///
    /// # Errors
    /// [`Failure::Photo`] says why it is not taken; [`Failure::Io`].
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let failed = |source| Failure::Io { path: path.to_owned(), source };
        let refused = |problem| Failure::Photo { path: path.to_owned(), problem };
        let mut bytes = Vec::new();
        File::open(path).map_err(failed)?.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > MAX_FILE {
            return Err(refused(PhotoProblem::TooBig));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, jpeg: smaller(&bytes).map_err(refused)? })
    }
}

/// The picture upright, no side longer than [`SIDE`], as JPEG: nothing of the file itself is kept, nor where it was taken.
fn smaller(bytes: &[u8]) -> Result<Vec<u8>, PhotoProblem> {
    let picture = upright(bytes, SIDE, FilterType::Triangle).map_err(|unread| match unread {
        Unread::NotAPicture => PhotoProblem::NotAPicture,
        Unread::TooManyPixels => PhotoProblem::TooManyPixels,
        Unread::Damaged => PhotoProblem::Damaged,
    })?;
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    picture.to_rgb8().write_with_encoder(encoder).map_err(|_| PhotoProblem::Damaged)?;
    Ok(jpeg)
}

/// What is shown must be a JPEG of bearable size, whatever a dossier brought under a photo's name.
fn is_showable(bytes: &[u8]) -> bool {
    let reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg);
    reader.into_dimensions().is_ok_and(|(width, height)| width <= MAX_SIDE && height <= MAX_SIDE)
}

impl Session {
    /// Keeps a photo of an atelier.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], or what the store reports.
    pub fn attach_photo(&mut self, workshop: EntityId, photo: &Photo) -> Result<EntityId, Failure> {
        self.entity_of(Kind::Workshop, workshop)?;
        let id = self.new_id();
        let set = fields([
            (Field::Sha256, json!(moisson_store::fingerprint(&photo.jpeg))),
            (Field::Name, json!(photo.name)),
            (Field::MediaType, json!("image/jpeg")),
            (Field::Bytes, Value::from(photo.jpeg.len())),
            (Field::About, json!(workshop)),
        ]);
        let drafts = vec![Draft::set(id, Kind::Attachment.name(), set)];
        if let Some(act) = self.checked("photo.attach", drafts)? {
            self.with_by(|store, by| store.attach(&act, &photo.jpeg, by))?;
        }
        Ok(id)
    }

    /// The bytes of a photo, a JPEG; none if they have not arrived on this laptop or cannot be shown.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], or what the store reports.
    pub fn photo(&self, id: EntityId) -> Result<Option<Vec<u8>>, Failure> {
        let entity = self.entity_of(Kind::Attachment, id)?;
        let bytes = self.store.attachment(&text(&entity, Field::Sha256))?;
        Ok(bytes.filter(|bytes| is_showable(bytes)))
    }

    /// The photos of an atelier, in the order they were taken in.
    pub(crate) fn photos(&self, workshop: EntityId) -> Result<Vec<PhotoRow>, Failure> {
        let mut photos = self.children(Kind::Attachment, workshop)?;
        if photos.is_empty() {
            return Ok(Vec::new());
        }
        photos.sort_by_key(|photo| photo.id);
        let here: BTreeSet<String> = self.store.attachments()?;
        let row = |photo: &Entity| PhotoRow {
            id: photo.id,
            name: text(photo, Field::Name),
            description: photo.fields.string(Field::Description),
            here: here.contains(&text(photo, Field::Sha256)),
        };
        Ok(photos.iter().map(row).collect())
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it should be"
)]
mod tests {
    use super::{Photo, PhotoProblem, SIDE};
    use crate::{BundleOptions, Failure, Session, testing::room};
    use image::{ImageFormat, Rgb, RgbImage};
    use moisson_store::{Incoming, Stop};
    use std::{fs, path::Path};

    fn picture(path: &Path, width: u32, height: u32, format: ImageFormat) {
        let shade = |x: u32, y: u32| Rgb([(x % 251) as u8, (y % 241) as u8, 90]);
        RgbImage::from_fn(width, height, shade).save_with_format(path, format).unwrap();
    }

    #[test]
    fn a_photo_is_made_small_kept_once_and_taken_back() {
        let (mut session, workshop, folder) = room();
        let path = folder.path().join("paperboard.png");
        picture(&path, 3_000, 1_500, ImageFormat::Png);
        let photo = Photo::read(&path).unwrap();
        let id = session.attach_photo(workshop, &photo).unwrap();
        let again = session.attach_photo(workshop, &photo).unwrap();
        let jpeg = session.photo(id).unwrap().unwrap();
        assert_eq!(jpeg, session.photo(again).unwrap().unwrap());
        let small = image::load_from_memory_with_format(&jpeg, ImageFormat::Jpeg).unwrap();
        assert_eq!((small.width(), small.height()), (SIDE, SIDE / 2));
        let photos = session.board(workshop).unwrap().photos;
        assert_eq!(
            photos.iter().map(|photo| (photo.name.as_str(), photo.here)).collect::<Vec<_>>(),
            [("paperboard.png", true), ("paperboard.png", true)]
        );
        assert!(session.verify().unwrap().problems.is_empty());
        session.undo().unwrap();
        assert_eq!(session.board(workshop).unwrap().photos.len(), 1);
    }

    #[test]
    fn hostile_files_are_refused_with_one_sentence_and_nothing_is_kept() {
        let (_, _, folder) = room();
        let path = folder.path().join("photo.jpg");
        let refused = |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            match Photo::read(&path) {
                Err(Failure::Photo { problem, .. }) => problem,
                other => unreachable!("{other:?}"),
            }
        };
        assert_eq!(refused(b""), PhotoProblem::NotAPicture);
        assert_eq!(refused(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), PhotoProblem::NotAPicture);
        assert_eq!(refused(b"BM\x00\x00a bitmap"), PhotoProblem::NotAPicture);
        picture(&path, 40, 40, ImageFormat::Png);
        let png = fs::read(&path).unwrap();
        assert_eq!(refused(&png[..png.len() / 2]), PhotoProblem::Damaged);
        // A few bytes that promise a picture of 60,000 by 60,000.
        let mut bomb = png;
        bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        assert!(matches!(refused(&bomb), PhotoProblem::TooManyPixels | PhotoProblem::Damaged));
        assert!(matches!(Photo::read(&folder.path().join("none.jpg")), Err(Failure::Io { .. })));
    }

    #[test]
    fn a_dossier_carries_photos_and_what_is_not_a_photo_is_not_shown() {
        let (mut session, workshop, folder) = room();
        let path = folder.path().join("p.jpg");
        picture(&path, 60, 40, ImageFormat::Jpeg);
        let photo = session.attach_photo(workshop, &Photo::read(&path).unwrap()).unwrap();
        let disguised = super::Photo { name: "x.jpg".into(), jpeg: b"<script>".to_vec() };
        let disguised = session.attach_photo(workshop, &disguised).unwrap();
        let dossier = folder.path().join("a.dossier");
        session.bundle(&dossier, BundleOptions::default()).unwrap();
        let (world, _, _other) = room();
        let there = folder.path().join("there.moisson");
        let mut there = Session::create_from_dossier(&there, &dossier, None, "B", world.world).unwrap();
        assert_eq!(there.photo(photo).unwrap(), session.photo(photo).unwrap());
        assert!(there.photo(photo).unwrap().is_some());
        assert_eq!(there.photo(disguised).unwrap(), None);
        assert_eq!(there.digest().unwrap(), session.digest().unwrap());
        assert!(there.verify().unwrap().problems.is_empty());
        // Met again, it changes nothing.
        let report = there.merge(Incoming { paths: &[&dossier], passphrase: None }, &mut |_| Stop::No).unwrap();
        assert_eq!(report.changes_new, 0);
    }
}
