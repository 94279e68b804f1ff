//! DOCX (Office Open XML, ISO/IEC 29500), written part by part: real styles, a table of contents field, repeated header
//! rows, descriptions of pictures, language and title. No crate in the registries does all of these.

mod body;
mod parts;

use crate::{DocumentError, model::Document};
use std::io::{Cursor, Write};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const EMBLEM: &[u8] = include_bytes!("../../../../../assets/document/eu.png");

pub(crate) fn write(document: &Document) -> Result<Vec<u8>, DocumentError> {
    let meta = &document.meta;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // A fixed date: the same content gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    let mut part = |name: &str, bytes: &[u8]| -> Result<(), DocumentError> {
        zip.start_file(name, options)?;
        zip.write_all(bytes)?;
        Ok(())
    };
    part("[Content_Types].xml", parts::CONTENT_TYPES.as_bytes())?;
    part("_rels/.rels", parts::RELATIONSHIPS.as_bytes())?;
    part("docProps/core.xml", parts::core(meta).as_bytes())?;
    part("docProps/app.xml", parts::APP.as_bytes())?;
    part("word/document.xml", body::document(document)?.as_bytes())?;
    part("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONSHIPS.as_bytes())?;
    part("word/_rels/footer1.xml.rels", parts::FOOTER_RELATIONSHIPS.as_bytes())?;
    part("word/styles.xml", parts::styles(meta).as_bytes())?;
    part("word/numbering.xml", parts::NUMBERING.as_bytes())?;
    part("word/settings.xml", parts::settings(meta).as_bytes())?;
    part("word/fontTable.xml", parts::FONTS.as_bytes())?;
    part("word/theme/theme1.xml", parts::THEME.as_bytes())?;
    part("word/footer1.xml", body::footer(meta)?.as_bytes())?;
    part("word/media/eu.png", EMBLEM)?;
    Ok(zip.finish()?.into_inner())
}
