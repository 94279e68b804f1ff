//! A ZIP of parts, of which the same content gives the same bytes.

use crate::DocumentError;
use std::io::{Cursor, Write};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A package under construction.
pub(crate) struct Package {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl Package {
    pub fn new() -> Self {
        Self { zip: ZipWriter::new(Cursor::new(Vec::new())) }
    }

    /// A compressed part.
    pub fn part(&mut self, name: &str, bytes: impl AsRef<[u8]>) -> Result<(), DocumentError> {
        self.put(name, bytes.as_ref(), CompressionMethod::Deflated)
    }

    /// A part as it is: what tells the nature of an OpenDocument file is read without unpacking.
    pub fn stored(&mut self, name: &str, bytes: impl AsRef<[u8]>) -> Result<(), DocumentError> {
        self.put(name, bytes.as_ref(), CompressionMethod::Stored)
    }

    fn put(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) -> Result<(), DocumentError> {
        // A fixed date: that of the document stands in its properties.
        let options =
            SimpleFileOptions::default().compression_method(method).last_modified_time(zip::DateTime::default());
        self.zip.start_file(name, options)?;
        self.zip.write_all(bytes)?;
        Ok(())
    }

    pub fn finish(self) -> Result<Vec<u8>, DocumentError> {
        Ok(self.zip.finish()?.into_inner())
    }
}
