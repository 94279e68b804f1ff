//! ODT (OpenDocument 1.3, ISO/IEC 26300), written part by part: styles that an organisation's own replace, a table of contents
//! whose page numbers the program computes, repeated header rows, described pictures.

mod body;
mod styles;

use crate::{DocumentError, Look, Picture, model::Document, package::Package, xml::Xml};

const EMBLEM: &[u8] = include_bytes!("../../../../../assets/document/eu.png");
/// The letters of the document, regular and bold.
const FONTS: [&str; 2] = ["Fonts/regular.ttf", "Fonts/bold.ttf"];
const MIMETYPE: &str = "application/vnd.oasis.opendocument.text";

/// Namespaces of every part.
const NAMESPACES: [(&str, &str); 12] = [
    ("xmlns:office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("xmlns:style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("xmlns:text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("xmlns:table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("xmlns:draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"),
    ("xmlns:fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    ("xmlns:svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"),
    ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
    ("xmlns:loext", "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"),
    ("office:version", "1.3"),
];

pub(crate) fn write(document: &Document) -> Result<Vec<u8>, DocumentError> {
    let (content, pictures) = body::content(document)?;
    let mut package = Package::new();
    package.stored("mimetype", MIMETYPE)?;
    package.part("META-INF/manifest.xml", manifest(&document.meta.look, pictures.len())?)?;
    package.part("content.xml", content)?;
    package.part("styles.xml", styles::styles(document)?)?;
    package.part("meta.xml", meta(document)?)?;
    package.part("Pictures/eu.png", EMBLEM)?;
    for picture in document.meta.look.pictures() {
        package.stored(&charter_path(picture), picture.bytes.as_slice())?;
    }
    for (path, font) in FONTS.into_iter().zip(document.meta.look.face.files()) {
        package.part(path, font)?;
    }
    for (index, svg) in pictures.iter().enumerate() {
        package.part(&picture(index), svg)?;
    }
    package.finish()
}

/// Where a drawing lies in the package.
fn picture(index: usize) -> String {
    format!("Pictures/figure{}.svg", index + 1)
}

/// Where a picture of the charter lies in the package.
fn charter_path(picture: &Picture) -> String {
    format!("Pictures/logo{}.{}", picture.place + 1, picture.kind())
}

fn manifest(look: &Look, pictures: usize) -> std::io::Result<Vec<u8>> {
    let namespace = ("xmlns:manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0");
    let mut xml = Xml::document()?;
    xml.within("manifest:manifest", &[namespace, ("manifest:version", "1.3")], |xml| {
        let mut entry = |path: &str, kind: &str| {
            xml.empty("manifest:file-entry", &[("manifest:full-path", path), ("manifest:media-type", kind)])
        };
        entry("/", MIMETYPE)?;
        for part in ["content.xml", "styles.xml", "meta.xml"] {
            entry(part, "text/xml")?;
        }
        entry("Pictures/eu.png", "image/png")?;
        for path in FONTS {
            entry(path, "application/x-font-ttf")?;
        }
        for picture in look.pictures() {
            entry(&charter_path(picture), &format!("image/{}", picture.kind()))?;
        }
        (0..pictures).try_for_each(|index| entry(&picture(index), "image/svg+xml"))
    })?;
    Ok(xml.finish())
}

fn meta(document: &Document) -> std::io::Result<Vec<u8>> {
    let meta = &document.meta;
    let date = format!("{}T00:00:00", meta.date);
    let mut xml = Xml::document()?;
    xml.within("office:document-meta", &NAMESPACES, |xml| {
        xml.within("office:meta", &[], |xml| {
            xml.holding("meta:generator", &[], "Moisson")?;
            xml.holding("dc:title", &[], &meta.title)?;
            xml.holding("dc:subject", &[], &meta.subtitle)?;
            xml.holding("meta:initial-creator", &[], &meta.author)?;
            xml.holding("dc:creator", &[], &meta.author)?;
            xml.holding("meta:creation-date", &[], &date)?;
            xml.holding("dc:date", &[], &date)?;
            xml.holding("dc:language", &[], meta.locale())
        })
    })?;
    Ok(xml.finish())
}
