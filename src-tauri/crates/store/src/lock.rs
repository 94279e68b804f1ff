//! Dossiers under a passphrase, in the format of age (age-encryption.org/v1, scrypt recipient): any age tool opens them.

use crate::DossierProblem;
use age::{DecryptError, Decryptor, Encryptor, scrypt, secrecy::SecretString};
use std::io::{self, BufRead, Write};

/// How an encrypted dossier begins.
pub(crate) const MAGIC: &[u8] = b"age-encryption.org/v1";

/// Work of the key derivation, log2: 128 MiB and about half a second on a laptop.
const WORK: u8 = 17;

/// What a stranger's dossier may ask for: 1 GiB at most.
const MAX_WORK: u8 = 20;

pub(crate) fn encrypt(mut plain: impl io::Read, to: impl Write, passphrase: &str) -> io::Result<()> {
    let mut recipient = scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
    recipient.set_work_factor(WORK);
    let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as _)).map_err(io::Error::other)?;
    let mut writer = encryptor.wrap_output(to)?;
    io::copy(&mut plain, &mut writer)?;
    writer.finish()?.flush()
}

pub(crate) fn decrypt(locked: impl BufRead, to: &mut impl Write, passphrase: &str) -> Result<(), DossierProblem> {
    let mut identity = scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
    identity.set_max_work_factor(MAX_WORK);
    let problem = |error: DecryptError| match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys => {
            DossierProblem::WrongPassphrase
        }
        other => DossierProblem::Damaged(other.to_string()),
    };
    let decryptor = Decryptor::new_buffered(locked).map_err(problem)?;
    let mut plain = decryptor.decrypt(std::iter::once(&identity as _)).map_err(problem)?;
    io::copy(&mut plain, to).map(|_| ()).map_err(|error| DossierProblem::Damaged(error.to_string()))
}
