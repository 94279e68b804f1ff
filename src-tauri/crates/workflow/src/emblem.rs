//! Logos, emblems and cover pictures: read as a stranger's file, drawn once as pixels, so that nothing of the file itself is kept
//! and every writer can show them.

use crate::{
    Failure,
    picture::{Unread, limits, upright},
};
use image::{DynamicImage, ImageFormat, ImageReader, imageops::FilterType};
use moisson_document::ModelProblem;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{self, roxmltree},
};
use std::{
    fs::File,
    io::{Cursor, Read},
    path::Path,
};
use thiserror::Error;

/// Bytes that a file may have: a logo sent by a communications office, and to spare.
const MAX_FILE: u64 = 20 << 20;
/// Elements of a drawing.
const MAX_NODES: u32 = 200_000;
/// Longest side of what is kept: 25 mm at 600 dots to the inch, and a cover across a page.
const LOGO: u32 = 1_200;
const COVER: u32 = 2_200;

/// Why a file is not taken as a picture of the charter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EmblemProblem {
    /// It is too large.
    #[error("it is larger than {} MB", MAX_FILE >> 20)]
    TooBig,
    /// It has too many pixels, or would take too much memory.
    #[error("it has too many pixels")]
    TooManyPixels,
    /// It is no picture that can be read.
    #[error("it is no PNG, JPEG, WebP, GIF or SVG picture")]
    NotAPicture,
    /// It is one, but a damaged one.
    #[error("it is damaged")]
    Damaged,
    /// A drawing with a program in it.
    #[error("it holds a script")]
    Scripted,
    /// A drawing that shows another file.
    #[error("it shows another file")]
    Outside,
    /// A drawing whose letters are not outlines.
    #[error("its letters are not outlines")]
    Letters,
}

/// A picture of the charter, ready to be kept. Making it needs no démarche: nobody waits to type meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emblem {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) media_type: &'static str,
}

impl Emblem {
    /// Reads a logo: kept as PNG, see-through where it is.
    ///
    /// # Errors
    /// [`Failure::Emblem`] says why it is not taken; [`Failure::Io`].
    pub fn logo(path: &Path) -> Result<Self, Failure> {
        let refused = |problem| Failure::Emblem { path: path.to_owned(), problem };
        let picture = read(path)?.and_then(|bytes| pixels(&bytes, LOGO)).map_err(refused)?;
        let mut bytes = Vec::new();
        picture
            .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
            .map_err(|_| refused(EmblemProblem::Damaged))?;
        Ok(Self { name: name(path), bytes, media_type: "image/png" })
    }

    /// Reads a cover picture: kept as JPEG.
    ///
    /// # Errors
    /// [`Failure::Emblem`] says why it is not taken; [`Failure::Io`].
    pub fn cover(path: &Path) -> Result<Self, Failure> {
        let refused = |problem| Failure::Emblem { path: path.to_owned(), problem };
        let picture = read(path)?.and_then(|bytes| pixels(&bytes, COVER)).map_err(refused)?;
        // What is see-through is paper.
        let mut flat = image::RgbaImage::from_pixel(picture.width(), picture.height(), image::Rgba([255; 4]));
        image::imageops::overlay(&mut flat, &picture.to_rgba8(), 0, 0);
        let mut bytes = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 85);
        let flat = DynamicImage::ImageRgba8(flat).to_rgb8();
        flat.write_with_encoder(encoder).map_err(|_| refused(EmblemProblem::Damaged))?;
        Ok(Self { name: name(path), bytes, media_type: "image/jpeg" })
    }

    /// Reads an organisation's own DOCX, of which documents take the styles, headers and footers.
    ///
    /// # Errors
    /// [`Failure::Model`] says why it is not taken; [`Failure::Io`].
    pub fn model(path: &Path) -> Result<Self, Failure> {
        let refused = |problem| Failure::Model { path: path.to_owned(), problem };
        let bytes = read(path)?.map_err(|_| refused(ModelProblem::TooBig))?;
        // What is larger than a dossier carries would stay on this laptop.
        if bytes.len() > 16 << 20 {
            return Err(refused(ModelProblem::TooBig));
        }
        moisson_document::check_model(&bytes).map_err(refused)?;
        let media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        Ok(Self { name: name(path), bytes, media_type })
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(path: &Path) -> Result<Result<Vec<u8>, EmblemProblem>, Failure> {
    let failed = |source| Failure::Io { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(if bytes.len() as u64 > MAX_FILE { Err(EmblemProblem::TooBig) } else { Ok(bytes) })
}

/// The picture, no side longer than this.
fn pixels(bytes: &[u8], side: u32) -> Result<DynamicImage, EmblemProblem> {
    match upright(bytes, side, FilterType::Lanczos3) {
        Ok(picture) => Ok(DynamicImage::ImageRgba8(picture.to_rgba8())),
        // A drawing, or nothing that is one.
        Err(Unread::NotAPicture) => drawn(bytes, side),
        Err(Unread::TooManyPixels) => Err(EmblemProblem::TooManyPixels),
        Err(Unread::Damaged) => Err(EmblemProblem::Damaged),
    }
}

/// A drawing (SVG) as pixels, if there is nothing in it but outlines.
fn drawn(bytes: &[u8], side: u32) -> Result<DynamicImage, EmblemProblem> {
    let text = std::str::from_utf8(bytes).map_err(|_| EmblemProblem::NotAPicture)?;
    if !text.contains("<svg") {
        return Err(EmblemProblem::NotAPicture);
    }
    let options = roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(text, options).map_err(|_| EmblemProblem::Damaged)?;
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        harmless(node)?;
    }
    let tree = usvg::Tree::from_xmltree(&document, &usvg::Options::default()).map_err(|_| EmblemProblem::Damaged)?;
    let size = tree.size();
    let longest = size.width().max(size.height());
    #[expect(clippy::cast_precision_loss, reason = "a side of some thousand pixels")]
    let scale = side as f32 / longest;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no longer than the side")]
    let [width, height] = [size.width(), size.height()].map(|one| (one * scale).round().max(1.0) as u32);
    let mut map = Pixmap::new(width, height).ok_or(EmblemProblem::Damaged)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut map.as_mut());
    let straight = map.pixels().iter().flat_map(|pixel| {
        let pixel = pixel.demultiply();
        [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]
    });
    let picture = image::RgbaImage::from_raw(width, height, straight.collect()).ok_or(EmblemProblem::Damaged)?;
    if picture.pixels().all(|pixel| pixel.0[3] == 0) {
        return Err(EmblemProblem::Damaged);
    }
    Ok(DynamicImage::ImageRgba8(picture))
}

fn harmless(node: roxmltree::Node<'_, '_>) -> Result<(), EmblemProblem> {
    match node.tag_name().name() {
        "script" | "foreignObject" | "iframe" | "handler" => return Err(EmblemProblem::Scripted),
        "text" | "tspan" => return Err(EmblemProblem::Letters),
        _ => {}
    }
    for attribute in node.attributes() {
        let (name, value) = (attribute.name().to_ascii_lowercase(), attribute.value().trim());
        let code = value.to_ascii_lowercase().replace(char::is_whitespace, "").starts_with("javascript:");
        if name.starts_with("on") || code {
            return Err(EmblemProblem::Scripted);
        }
        if name == "href" && !value.starts_with('#') && !value.starts_with("data:image/") {
            return Err(EmblemProblem::Outside);
        }
    }
    Ok(())
}

/// Width and height of a picture that is kept, if it can still be shown: a dossier may have brought anything under its name.
pub(crate) fn shown(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    reader.format().filter(|format| matches!(format, ImageFormat::Png | ImageFormat::Jpeg))?;
    reader.limits(limits(COVER * 2));
    // Read whole: a writer of PDF would stop at a damaged one.
    reader.decode().ok().map(|picture| (picture.width(), picture.height()))
}

pub(crate) fn explain_model(path: &Path, problem: ModelProblem) -> (String, String) {
    let name = name(path);
    let (fr, en) = match problem {
        ModelProblem::NotADocument => (
            "n’est pas un document Word (.docx) : enregistrez-le dans ce format",
            "is no Word document (.docx): save it as one",
        ),
        ModelProblem::Damaged => ("est un document abîmé", "is a damaged document"),
        ModelProblem::TooBig => ("est trop lourd pour un modèle", "is too large for a model"),
        ModelProblem::Macros => {
            ("contient des macros : enregistrez-le sans elles", "holds macros: save it without them")
        }
        ModelProblem::Objects => (
            "contient des objets d’autres logiciels : retirez-les du modèle",
            "holds objects of other programs: take them out of the model",
        ),
        ModelProblem::Outside => {
            ("fait appel à d’autres fichiers : incorporez ses images", "shows other files: embed its pictures")
        }
    };
    (format!("« {name} » {fr} ; rien n’a été ajouté."), format!("“{name}” {en}; nothing was added."))
}

pub(crate) fn explain(path: &Path, problem: EmblemProblem) -> (String, String) {
    let name = name(path);
    let (fr, en) = match problem {
        EmblemProblem::TooBig => {
            ("pèse plus de 20 Mo : demandez un logo plus léger", "is larger than 20 MB: ask for a lighter logo")
        }
        EmblemProblem::TooManyPixels => ("a trop de pixels : réduisez-la", "has too many pixels: make it smaller"),
        EmblemProblem::NotAPicture => (
            "n’est pas une image PNG, JPEG, WebP, GIF ou SVG, quel que soit son nom",
            "is no PNG, JPEG, WebP, GIF or SVG picture, whatever its name",
        ),
        EmblemProblem::Damaged => ("est une image abîmée ou vide", "is a damaged or empty picture"),
        EmblemProblem::Scripted => {
            ("contient un programme : un logo n’en a pas besoin", "holds a script: a logo needs none")
        }
        EmblemProblem::Outside => {
            ("fait appel à un autre fichier : incorporez-le d’abord", "shows another file: embed it first")
        }
        EmblemProblem::Letters => (
            "contient du texte non vectorisé : convertissez les lettres en tracés, ou donnez un PNG",
            "holds letters that are not outlines: convert them to paths, or give a PNG",
        ),
    };
    (format!("« {name} » {fr} ; rien n’a été ajouté."), format!("“{name}” {en}; nothing was added."))
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it should be"
)]
mod tests {
    use super::*;
    use std::fs;

    fn refused(name: &str, bytes: &[u8]) -> EmblemProblem {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        match Emblem::logo(&path) {
            Err(Failure::Emblem { problem, .. }) => problem,
            other => unreachable!("{other:?}"),
        }
    }

    fn svg(inside: &str) -> Vec<u8> {
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">{inside}</svg>"#)
            .into_bytes()
    }

    #[test]
    fn what_is_no_harmless_picture_is_refused_for_its_own_reason() {
        use EmblemProblem::*;
        let plain = r#"<path d="M0 0h40v20z"/>"#;
        assert_eq!(refused("logo.png", b"du texte, et non une image"), NotAPicture);
        assert_eq!(refused("logo.png", b""), NotAPicture);
        assert_eq!(refused("logo.png", &vec![b'x'; (MAX_FILE + 1) as usize]), TooBig);
        assert_eq!(refused("logo.svg", &svg(&format!("{plain}<script>alert(1)</script>"))), Scripted);
        assert_eq!(refused("logo.svg", &svg(r#"<path d="M0 0h4z" onload="alert(1)"/>"#)), Scripted);
        assert_eq!(
            refused("logo.svg", &svg(r#"<a xlink:href=" java script:alert(1)"><path d="M0 0h4z"/></a>"#)),
            Scripted
        );
        assert_eq!(
            refused("logo.svg", &svg(r#"<image xlink:href="file:///etc/passwd" width="9" height="9"/>"#)),
            Outside
        );
        assert_eq!(
            refused("logo.svg", &svg(r#"<image href="http://example.org/a.png" width="9" height="9"/>"#)),
            Outside
        );
        assert_eq!(refused("logo.svg", &svg("<text>Doubs</text>")), Letters);
        assert_eq!(refused("logo.svg", &svg("")), Damaged);
        assert_eq!(refused("logo.svg", &svg("<path")), Damaged);
        let bombs = r#"<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><desc>&f;</desc></svg>"#;
        assert_eq!(refused("logo.svg", bombs.as_bytes()), Damaged);
    }

    #[test]
    fn a_drawing_is_kept_as_pixels_with_its_proportions_and_what_is_see_through() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("logo.svg");
        fs::write(&path, svg(r##"<circle cx="10" cy="10" r="9" fill="#1f5fa8"/>"##)).unwrap();
        let logo = Emblem::logo(&path).unwrap();
        assert_eq!(shown(&logo.bytes), Some((LOGO, LOGO / 2)));
        let picture = image::load_from_memory(&logo.bytes).unwrap().to_rgba8();
        assert_eq!(picture.get_pixel(300, 300).0, [0x1f, 0x5f, 0xa8, 255]);
        assert_eq!(picture.get_pixel(1_100, 300).0[3], 0);
        let cover = Emblem::cover(&path).unwrap();
        assert_eq!(shown(&cover.bytes), Some((COVER, COVER / 2)));
        assert_eq!(shown(b"<script>"), None);
    }
}
