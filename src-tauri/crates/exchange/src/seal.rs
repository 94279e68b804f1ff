//! Files under the keys of those who may read them, in the format of age (age-encryption.org/v1, X25519): any age tool opens them.

use crate::ExchangeError;
use age::{
    DecryptError, Decryptor, Encryptor,
    secrecy::ExposeSecret,
    x25519::{Identity, Recipient},
};
use bech32::{Bech32, Hrp};
use std::{
    fmt,
    io::{self, BufReader, Read, Seek, Write},
};

/// What tells keys that are made of a secret from everything else the secret may be used for.
const DERIVED: &str = "moisson exchange key 1";
const PROOF: &str = "moisson exchange proof 1";

/// A secret key and its public half.
#[derive(Clone)]
pub struct Key {
    secret: Identity,
    public: String,
}

impl Key {
    /// A new one, from the system's randomness: nothing that can be replayed may open what people wrote.
    #[must_use]
    pub fn draw() -> Self {
        Self::of(Identity::generate())
    }

    /// The one that everybody finds who holds the same secret.
    #[must_use]
    pub fn derived(secret: &[u8]) -> Self {
        let bytes = blake3::derive_key(DERIVED, secret);
        let hrp = Hrp::parse("AGE-SECRET-KEY-").expect("the letters that age asks for");
        let text = bech32::encode::<Bech32>(hrp, &bytes).expect("32 bytes fit").to_uppercase();
        Self::of(text.parse().expect("age reads what is written as it writes"))
    }

    /// Reads a secret key; none if it is not one.
    #[must_use]
    pub fn parse(secret: &str) -> Option<Self> {
        secret.parse().ok().map(Self::of)
    }

    fn of(secret: Identity) -> Self {
        let public = secret.to_public().to_string();
        Self { secret, public }
    }

    /// What others lock with: `age1…`.
    #[must_use]
    pub fn public(&self) -> &str {
        &self.public
    }

    /// The secret, to be kept on this laptop or passed on under another key, and nowhere else.
    #[must_use]
    pub fn secret(&self) -> String {
        self.secret.to_string().expose_secret().to_owned()
    }

    /// What only who has the key can say of a text.
    pub(crate) fn proof(&self, text: &str) -> String {
        self.mark(text).to_hex().to_string()
    }

    /// Whether someone who has the key said so of this text.
    pub(crate) fn proves(&self, text: &str, proof: &str) -> bool {
        // Compared as hashes, in a time that tells nothing.
        blake3::Hash::from_hex(proof).is_ok_and(|proof| proof == self.mark(text))
    }

    fn mark(&self, text: &str) -> blake3::Hash {
        blake3::keyed_hash(&blake3::derive_key(PROOF, self.secret().as_bytes()), text.as_bytes())
    }

    /// Locks what is read with this key.
    ///
    /// # Errors
    /// What reading or writing gives.
    pub fn seal(&self, plain: impl Read, to: impl Write) -> io::Result<()> {
        seal(plain, to, &[&self.public])
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.public)
    }
}

/// Whether a text is the public key of a laptop.
#[must_use]
pub fn is_public_key(text: &str) -> bool {
    text.parse::<Recipient>().is_ok()
}

/// Locks what is read for those who have one of these public keys.
pub(crate) fn seal(mut plain: impl Read, to: impl Write, public: &[&str]) -> io::Result<()> {
    let recipients: Vec<Recipient> = public
        .iter()
        .map(|key| key.parse().map_err(|error: &'static str| io::Error::other(error)))
        .collect::<io::Result<_>>()?;
    let named = recipients.iter().map(|one| one as &dyn age::Recipient);
    let mut writer = Encryptor::with_recipients(named).map_err(io::Error::other)?.wrap_output(to)?;
    io::copy(&mut plain, &mut writer)?;
    writer.finish()?.flush()
}

/// Opens a file with the first of these keys that does; which one.
///
/// # Errors
/// [`ExchangeError::Closed`] if none does, [`ExchangeError::Altered`] if it is no such file or was damaged.
pub fn unseal<'k>(
    file: &str,
    mut sealed: impl Read + Seek,
    keys: impl IntoIterator<Item = &'k Key>,
    to: &mut impl Write,
) -> Result<&'k Key, ExchangeError> {
    let altered = || ExchangeError::Altered { file: file.to_owned() };
    for key in keys {
        sealed.rewind()?;
        let decryptor = Decryptor::new_buffered(BufReader::new(&mut sealed)).map_err(|_| altered())?;
        match decryptor.decrypt(std::iter::once(&key.secret as &dyn age::Identity)) {
            Ok(mut plain) => {
                let mut piece = vec![0; 1 << 16];
                loop {
                    // Told apart: what cannot be read is their fault, what cannot be written is this laptop's.
                    match plain.read(&mut piece).map_err(|_| altered())? {
                        0 => return Ok(key),
                        read => to.write_all(&piece[..read])?,
                    }
                }
            }
            Err(DecryptError::NoMatchingKeys) => {}
            Err(_) => return Err(altered()),
        }
    }
    Err(ExchangeError::Closed { file: file.to_owned() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

    use super::*;
    use std::io::Cursor;

    #[test]
    fn who_holds_the_same_secret_finds_the_same_key() {
        assert_eq!(Key::derived(b"doubs").secret(), Key::derived(b"doubs").secret());
        assert_ne!(Key::derived(b"doubs").public(), Key::derived(b"jura").public());
        let key = Key::draw();
        assert_eq!(Key::parse(&key.secret()).unwrap().public(), key.public());
        assert!(is_public_key(key.public()) && !is_public_key(&key.secret()) && !is_public_key("age1doubs"));
        assert!(!format!("{key:?}").contains("SECRET"));
    }

    #[test]
    fn what_is_sealed_opens_with_its_key_alone() {
        let (right, wrong) = (Key::draw(), Key::draw());
        let mut sealed = Vec::new();
        right.seal(&b"un bus le soir"[..], &mut sealed).unwrap();
        assert!(sealed.starts_with(b"age-encryption.org/v1") && !sealed.windows(3).any(|three| three == b"bus"));
        let mut plain = Vec::new();
        let opened = unseal("a", Cursor::new(&sealed), [&wrong, &right], &mut plain).unwrap();
        assert_eq!((opened.public(), &plain[..]), (right.public(), &b"un bus le soir"[..]));
        let closed = unseal("a", Cursor::new(&sealed), [&wrong], &mut Vec::new());
        assert!(matches!(closed, Err(ExchangeError::Closed { .. })));
        for place in [30, sealed.len() / 2, sealed.len() - 1] {
            let mut altered = sealed.clone();
            altered[place] ^= 1;
            assert!(unseal("a", Cursor::new(&altered), [&right], &mut Vec::new()).is_err(), "{place}");
        }
        let stranger = unseal("a", Cursor::new(b"PK\x03\x04"), [&right], &mut Vec::new());
        assert!(matches!(stranger, Err(ExchangeError::Altered { .. })));
    }

    #[test]
    fn a_proof_holds_for_one_text_and_one_key() {
        let key = Key::draw();
        let proof = key.proof("un");
        assert!(key.proves("un", &proof));
        assert!(!key.proves("deux", &proof) && !Key::draw().proves("un", &proof) && !key.proves("un", "00"));
    }
}
