//! What goes wrong with storage, in a sentence.

use crate::{FailureKind, failure::Sentence};
use moisson_exchange::ExchangeError;

pub(crate) fn explain(error: &ExchangeError) -> Sentence {
    use FailureKind::{Environment, File, Input};
    match error {
        ExchangeError::Address { address } => (
            Input,
            "exchange_address",
            format!(
                "« {address} » n’est ni un dossier ni une adresse connue : donnez un dossier, webdavs://… ou s3://seau/dossier."
            ),
            format!(
                "“{address}” is neither a folder nor a known address: give a folder, webdavs://… or s3://bucket/folder."
            ),
        ),
        ExchangeError::NoSuchPlace { address } => (
            Input,
            "exchange_nowhere",
            format!("Rien n’existe à l’adresse {address} ; vérifiez-la, rien n’y a été écrit."),
            format!("Nothing exists at {address}; check it, nothing was written there."),
        ),
        ExchangeError::Unreachable { address, detail } => (
            Environment,
            "exchange_unreachable",
            format!("{address} ne répond pas ({detail}) ; vérifiez l’adresse et le réseau, votre travail est intact."),
            format!("{address} does not answer ({detail}); check the address and the network, your work is untouched."),
        ),
        ExchangeError::Refused { address } => (
            Environment,
            "exchange_refused",
            format!("{address} refuse l’accès : les identifiants sont faux, expirés, ou ne permettent pas d’y écrire."),
            format!("{address} refuses access: the credentials are wrong, expired, or do not allow writing there."),
        ),
        ExchangeError::NoCredentials { address } => (
            Input,
            "exchange_no_credentials",
            format!(
                "{address} demande des identifiants : AWS_ACCESS_KEY_ID et AWS_SECRET_ACCESS_KEY ne sont pas donnés."
            ),
            format!("{address} needs credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not given."),
        ),
        ExchangeError::Full { address } => (
            Environment,
            "exchange_full",
            format!("Il n’y a plus de place à l’adresse {address} ; ce qui y était l’est toujours."),
            format!("No room is left at {address}; what was there still is."),
        ),
        ExchangeError::Altered { file } => (
            File,
            "exchange_altered",
            format!("{file} est incomplet ou a été altéré dans l’espace partagé ; rien n’en a été pris."),
            format!("{file} is incomplete or was altered in the shared storage; nothing was taken from it."),
        ),
        ExchangeError::Closed { file } => (
            File,
            "exchange_closed",
            format!(
                "{file} est sous une clé que ce portable n’a pas (une autre démarche, ou une clé toute récente) ; rien n’en a été pris."
            ),
            format!(
                "{file} is under a key that this laptop does not have (another process, or a very new key); nothing was taken from it."
            ),
        ),
        ExchangeError::NotAdmitted { address, key } => (
            Input,
            "exchange_not_admitted",
            format!(
                "« {address} » est réservé à d’autres portables ; donnez à l’un d’eux la clé de celui-ci pour qu’il l’admette : {key}"
            ),
            format!(
                "“{address}” is for other laptops; give one of them the key of this one, so that it is admitted: {key}"
            ),
        ),
        ExchangeError::Gone { file } => (
            Environment,
            "exchange_gone",
            format!("{file} n’est plus dans l’espace partagé."),
            format!("{file} is no longer in the shared storage."),
        ),
        ExchangeError::Failed { address, detail } => (
            Environment,
            "exchange_failed",
            format!("{address} n’a pas pu être lu ou écrit ({detail}) ; votre travail est intact."),
            format!("{address} could not be read or written ({detail}); your work is untouched."),
        ),
        ExchangeError::Local(source) => (
            Environment,
            "io",
            format!("Un fichier temporaire n’a pas pu être écrit sur cet ordinateur ({source})."),
            format!("A temporary file could not be written on this laptop ({source})."),
        ),
        ExchangeError::Stopped => (
            Input,
            "stopped",
            "Arrêté : ce qui était déjà échangé le reste, le reste suivra la prochaine fois.".into(),
            "Stopped: what was exchanged already stays, the rest follows next time.".into(),
        ),
    }
}
