//! Why the room cannot be opened.

use std::{io, net::SocketAddr};
use thiserror::Error;

/// Why the room cannot be opened or shown.
#[derive(Debug, Error)]
pub enum RoomError {
    /// Another program listens there.
    #[error("{address} is taken")]
    Taken {
        /// Address and port.
        address: SocketAddr,
    },
    /// The laptop has no such address, or may not listen on it.
    #[error("cannot listen on {address}: {source}")]
    Address {
        /// Address and port.
        address: SocketAddr,
        /// The system's reason.
        source: io::Error,
    },
    /// The system gives no thread or no timer.
    #[error("cannot start: {0}")]
    Start(#[source] io::Error),
    /// Too many words for a QR code.
    #[error("too long for a QR code")]
    TooLongForQr,
}
