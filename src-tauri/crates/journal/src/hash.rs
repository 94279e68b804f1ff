//! The hash of changes and bodies: the first 16 bytes of BLAKE3.

/// What is to be hashed, gathered first: the parts are short, and many.
pub(crate) struct Hashed(Vec<u8>);

impl Hashed {
    pub(crate) fn new() -> Self {
        // A header, or a field of usual length, fits without growing.
        Self(Vec::with_capacity(512))
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// A text, preceded by its length in 8 bytes, little-endian.
    pub(crate) fn text(&mut self, text: &str) {
        self.bytes(&(text.len() as u64).to_le_bytes());
        self.bytes(text.as_bytes());
    }

    pub(crate) fn finish(&self) -> [u8; 16] {
        let mut hash = [0; 16];
        hash.copy_from_slice(&blake3::hash(&self.0).as_bytes()[..16]);
        hash
    }
}
