//! DOCX (Office Open XML, ISO/IEC 29500), written part by part: real styles, a table of contents field, repeated header
//! rows, descriptions of pictures, language and title. No crate in the registries does all of these.

mod body;
mod carcass;
mod parts;
mod table;

pub(crate) use body::{Body, Xml, titled as document};
pub use carcass::check_model;

use crate::{
    DocumentError, fonts,
    model::{Document, Meta},
    opc,
    package::Package,
};

const EMBLEM: &[u8] = include_bytes!("../../../../../assets/document/eu.png");

pub(crate) fn write(document: &Document) -> Result<Vec<u8>, DocumentError> {
    if let Some(model) = &document.meta.look.model {
        return carcass::write(document, model);
    }
    package(&document.meta, &body::document(document)?, None)
}

/// The package around a body, with properties of its own if there are some.
pub(crate) fn package(meta: &Meta, body: &Body<Vec<u8>>, custom: Option<&str>) -> Result<Vec<u8>, DocumentError> {
    let mut package = Package::new();
    match custom {
        Some(_) => {
            package.part("[Content_Types].xml", opc::with_custom_type(parts::CONTENT_TYPES))?;
            package.part("_rels/.rels", opc::with_custom_link(parts::RELATIONSHIPS))?;
        }
        None => {
            package.part("[Content_Types].xml", parts::CONTENT_TYPES)?;
            package.part("_rels/.rels", parts::RELATIONSHIPS)?;
        }
    }
    package.part("docProps/core.xml", opc::core(meta))?;
    package.part("docProps/app.xml", opc::APP)?;
    if let Some(custom) = custom {
        package.part("docProps/custom.xml", custom)?;
    }
    package.part("word/document.xml", body.text.as_slice())?;
    package.part("word/_rels/document.xml.rels", parts::document_relationships(&meta.look, body.codes.len()))?;
    package.part("word/_rels/footer1.xml.rels", parts::footer_relationships())?;
    package.part("word/styles.xml", parts::styles(meta))?;
    package.part("word/numbering.xml", parts::numbering(&body.lists))?;
    package.part("word/settings.xml", parts::settings(meta))?;
    package.part("word/fontTable.xml", parts::fonts(meta.look.face))?;
    package.part("word/_rels/fontTable.xml.rels", parts::font_relationships())?;
    for ((number, font), key) in (1..).zip(meta.look.face.files()).zip(parts::FONT_KEYS) {
        package.part(&format!("word/fonts/font{number}.odttf"), fonts::obfuscated(font, key))?;
    }
    package.part("word/theme/theme1.xml", meta.look.paint(opc::THEME))?;
    package.part("word/footer1.xml", body::footer(meta)?)?;
    package.part("word/media/eu.png", EMBLEM)?;
    for picture in meta.look.pictures() {
        package.stored(&parts::picture_path(picture), picture.bytes.as_slice())?;
    }
    for (number, code) in (1..).zip(&body.codes) {
        package.stored(&parts::code_path(number), code.as_slice())?;
    }
    package.finish()
}
