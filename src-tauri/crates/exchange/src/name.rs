//! The name of what lies in storage is the fingerprint of its bytes.

use sha2::{Digest, Sha256};
use std::io::{self, Read};

/// What lies in the folder of a démarche.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// Changes.
    Segment,
    /// Who may read them, and the keys.
    Ring,
}

impl Sort {
    const ALL: [Self; 2] = [Self::Segment, Self::Ring];

    /// How its files end.
    const fn suffix(self) -> &'static str {
        match self {
            Self::Segment => ".segment",
            Self::Ring => ".ring",
        }
    }
}

/// The SHA-256 of a file, in lower-case hexadecimal, and what the file is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    sort: Sort,
    hash: String,
}

impl Name {
    /// The name of these bytes.
    ///
    /// # Errors
    /// What reading them gives.
    pub fn of(sort: Sort, mut bytes: impl Read) -> io::Result<Self> {
        let mut hash = Sha256::new();
        io::copy(&mut bytes, &mut hash)?;
        Ok(Self { sort, hash: hex::encode(hash.finalize()) })
    }

    /// Reads a fingerprint; none if it is not one.
    #[must_use]
    pub fn parse(sort: Sort, text: &str) -> Option<Self> {
        let is_hex = text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        (text.len() == 64 && is_hex).then(|| Self { sort, hash: text.to_owned() })
    }

    /// Reads the name of a file; none if it is nothing of ours.
    pub(crate) fn of_file(file: &str) -> Option<Self> {
        Sort::ALL.into_iter().find_map(|sort| Self::parse(sort, file.strip_suffix(sort.suffix())?))
    }

    /// What it is.
    #[must_use]
    pub const fn sort(&self) -> Sort {
        self.sort
    }

    /// The name of its file.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{}{}", self.hash, self.sort.suffix())
    }

    /// The fingerprint.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.hash
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

    use super::*;

    #[test]
    fn a_name_is_the_fingerprint_of_the_bytes() {
        for sort in Sort::ALL {
            let name = Name::of(sort, &b"abc"[..]).unwrap();
            assert_eq!(name.as_str(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
            assert_eq!(Name::of_file(&name.file()), Some(name));
        }
    }

    #[test]
    fn other_files_of_the_folder_are_none_of_ours() {
        let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let others = [
            format!("{hash}.segment.part"),
            format!("{hash}.segment#1"),
            format!("{hash} (copie).segment"),
            format!("{}.segment", hash.to_uppercase()),
            format!("{}.segment", &hash[1..]),
            String::from("atelier.dossier"),
        ];
        for file in others {
            assert_eq!(Name::of_file(&file), None, "{file}");
        }
    }
}
