//! The letters that ship with the program, all free to embed: in PDF, and in office documents, so that a page is the same page
//! on a computer that has none of them.

use std::{fmt, str::FromStr};

/// Letters that a charter may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Source Sans 3.
    SourceSans,
    /// Ubuntu, which European programmes allow for their statement too.
    Ubuntu,
    /// Atkinson Hyperlegible, made so that letters are told apart by those who see little.
    Atkinson,
}

impl Face {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::SourceSans, Self::Ubuntu, Self::Atkinson];

    /// Its name for readers of documents.
    #[must_use]
    pub const fn family(self) -> &'static str {
        match self {
            Self::SourceSans => "Source Sans 3",
            Self::Ubuntu => "Ubuntu",
            Self::Atkinson => "Atkinson Hyperlegible",
        }
    }

    /// Its name in the démarche.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SourceSans => "source_sans",
            Self::Ubuntu => "ubuntu",
            Self::Atkinson => "atkinson",
        }
    }

    /// How much smaller its letters are set than those of Source Sans 3, which are narrow.
    pub(crate) const fn scale(self) -> f64 {
        match self {
            Self::SourceSans => 1.0,
            Self::Ubuntu => 0.9,
            Self::Atkinson => 0.92,
        }
    }

    /// Regular and bold.
    pub(crate) const fn files(self) -> [&'static [u8]; 2] {
        match self {
            Self::SourceSans => [SOURCE_SANS, SOURCE_SANS_BOLD],
            Self::Ubuntu => [UBUNTU, UBUNTU_BOLD],
            Self::Atkinson => [ATKINSON, ATKINSON_BOLD],
        }
    }
}

impl FromStr for Face {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|face| face.name() == name).ok_or(())
    }
}

impl fmt::Display for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.family())
    }
}

const SOURCE_SANS: &[u8] = include_bytes!("../../../../assets/fonts/SourceSans3-Regular.ttf");
const SOURCE_SANS_BOLD: &[u8] = include_bytes!("../../../../assets/fonts/SourceSans3-Bold.ttf");
const UBUNTU: &[u8] = include_bytes!("../../../../assets/fonts/Ubuntu-Regular.ttf");
const UBUNTU_BOLD: &[u8] = include_bytes!("../../../../assets/fonts/Ubuntu-Bold.ttf");
const ATKINSON: &[u8] = include_bytes!("../../../../assets/fonts/AtkinsonHyperlegible-Regular.ttf");
const ATKINSON_BOLD: &[u8] = include_bytes!("../../../../assets/fonts/AtkinsonHyperlegible-Bold.ttf");

/// What PDF is set in; the last ones lend the letters that the others lack.
pub(crate) const ALL: [&[u8]; 13] = [
    SOURCE_SANS,
    include_bytes!("../../../../assets/fonts/SourceSans3-SemiBold.ttf"),
    SOURCE_SANS_BOLD,
    include_bytes!("../../../../assets/fonts/SourceSans3-Italic.ttf"),
    include_bytes!("../../../../assets/fonts/SourceSans3Ext-Regular.ttf"),
    include_bytes!("../../../../assets/fonts/SourceSans3Ext-SemiBold.ttf"),
    include_bytes!("../../../../assets/fonts/SourceSans3Ext-Bold.ttf"),
    UBUNTU,
    UBUNTU_BOLD,
    ATKINSON,
    ATKINSON_BOLD,
    include_bytes!("../../../../assets/fonts/DejaVuSans.ttf"),
    include_bytes!("../../../../assets/fonts/NotoEmoji-Regular.ttf"),
];

/// A font as DOCX embeds it (ISO/IEC 29500-4, 2.8.1): its first 32 bytes under the key that the font table names.
pub(crate) fn obfuscated(font: &[u8], key: u128) -> Vec<u8> {
    let mut bytes = font.to_vec();
    // The key's bytes from its last digits to its first, twice.
    let key = key.to_le_bytes();
    for (byte, mask) in bytes.iter_mut().zip(key.iter().chain(&key)) {
        *byte ^= mask;
    }
    bytes
}

/// A key as the font table writes it.
pub(crate) fn key_words(key: u128) -> String {
    let digits = format!("{key:032X}");
    format!("{{{}-{}-{}-{}-{}}}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_under_its_key_comes_back() {
        let key = 0x1DFB_3A8C_5B7E_4D1F_9C2A_7E61_0B5D_2F01;
        assert_eq!(key_words(key), "{1DFB3A8C-5B7E-4D1F-9C2A-7E610B5D2F01}");
        let hidden = obfuscated(SOURCE_SANS, key);
        assert_ne!(hidden[..32], SOURCE_SANS[..32]);
        assert_eq!(hidden[0], SOURCE_SANS[0] ^ 0x01);
        assert_eq!(obfuscated(&hidden, key), SOURCE_SANS);
    }
}
