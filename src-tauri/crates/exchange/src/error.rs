//! What can go wrong with storage, with what is needed to tell a person.

use object_store::client::{HttpError, HttpErrorKind};
use std::{error::Error, io};
use thiserror::Error as ThisError;

/// A failure of the exchange. The storage may hold one segment more than before, never half of one.
#[derive(Debug, ThisError)]
pub enum ExchangeError {
    /// Neither a folder nor an address that is understood.
    #[error("{address} is no folder, webdav(s):// or s3:// address")]
    Address {
        /// As given.
        address: String,
    },
    /// The address is one, yet nothing is there.
    #[error("{address} does not exist")]
    NoSuchPlace {
        /// As given, without its password.
        address: String,
    },
    /// Nobody answers.
    #[error("{address} does not answer: {detail}")]
    Unreachable {
        /// As given, without its password.
        address: String,
        /// What the network said.
        detail: String,
    },
    /// Credentials that are wrong, expired, or not enough.
    #[error("{address} refuses these credentials")]
    Refused {
        /// As given, without its password.
        address: String,
    },
    /// No credentials were given where some are needed.
    #[error("{address} needs credentials")]
    NoCredentials {
        /// As given, without its password.
        address: String,
    },
    /// No room left there.
    #[error("no room left at {address}")]
    Full {
        /// As given, without its password.
        address: String,
    },
    /// What lies under the name is not what the name says: cut, altered, or still being written.
    #[error("segment {file} is not what its name says")]
    Altered {
        /// Its file.
        file: String,
    },
    /// What was listed is no longer there.
    #[error("segment {file} is gone")]
    Gone {
        /// Its file.
        file: String,
    },
    /// Under a key that this laptop does not have.
    #[error("{file} is under a key that is not here")]
    Closed {
        /// Its file.
        file: String,
    },
    /// The démarche lies there under a key, and this laptop is not, or no longer, among those that have it.
    #[error("{address} is for other laptops than {key}")]
    NotAdmitted {
        /// As given, without its password.
        address: String,
        /// The public key of this laptop: what another has to admit.
        key: String,
    },
    /// Another answer of the storage.
    #[error("{address}: {detail}")]
    Failed {
        /// As given, without its password.
        address: String,
        /// What it said.
        detail: String,
    },
    /// A file on this laptop.
    #[error(transparent)]
    Local(#[from] io::Error),
    /// The person asked to stop.
    #[error("stopped")]
    Stopped,
}

/// Codes by which S3 says that credentials do not do, whatever the status they come with.
const REFUSALS: [&str; 6] = [
    "AccessDenied",
    "ExpiredToken",
    "InvalidAccessKeyId",
    "InvalidToken",
    "SignatureDoesNotMatch",
    "TokenRefreshRequired",
];

impl ExchangeError {
    /// What a failure of the storage means.
    #[expect(clippy::needless_pass_by_value, reason = "what `map_err` hands over")]
    pub(crate) fn of(address: &str, error: object_store::Error) -> Self {
        use object_store::Error as Of;
        let address = address.to_owned();
        let detail = last(&error);
        match error {
            Of::PermissionDenied { .. } | Of::Unauthenticated { .. } => return Self::Refused { address },
            // 409 is how WebDAV says that the folder above is not there.
            Of::NotFound { .. } | Of::AlreadyExists { .. } => return Self::NoSuchPlace { address },
            _ => {}
        }
        let said = error.to_string();
        if REFUSALS.iter().any(|code| said.contains(code)) {
            return Self::Refused { address };
        }
        if said.contains("NoSuchBucket") {
            return Self::NoSuchPlace { address };
        }
        if said.contains("507 Insufficient Storage") || said.contains("QuotaExceeded") {
            return Self::Full { address };
        }
        match (network(&error), disk(&error)) {
            (Some(HttpErrorKind::Connect | HttpErrorKind::Timeout), _) => Self::Unreachable { address, detail },
            (_, Some(io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)) => Self::Refused { address },
            (_, Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)) => Self::Full { address },
            (_, Some(io::ErrorKind::NotFound)) => Self::NoSuchPlace { address },
            _ => Self::Failed { address, detail },
        }
    }
}

/// An error and what caused it, in turn.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

fn network(error: &(dyn Error + 'static)) -> Option<HttpErrorKind> {
    causes(error).find_map(|cause| cause.downcast_ref::<HttpError>()).map(HttpError::kind)
}

fn disk(error: &(dyn Error + 'static)) -> Option<io::ErrorKind> {
    causes(error).find_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind)
}

/// What the cause of all causes says: the others only repeat it at length.
fn last(error: &(dyn Error + 'static)) -> String {
    let mut said = causes(error).last().map(ToString::to_string).unwrap_or_default();
    if let Some((at, _)) = said.char_indices().nth(200) {
        said.truncate(at);
        said.push('…');
    }
    said.replace(['\n', '\r'], " ")
}
