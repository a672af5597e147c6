//! What can go wrong.

use std::fmt;

/// Everything that this crate fails with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The service could not be reached.
    Transport(String),
    /// The service answered something that is no reply of its own.
    Malformed(String),
    /// There is no such parcel.
    NotFound(String),
    /// Too many requests; the policy's attempts are used up.
    RateLimited(String),
    /// The service refused a request.
    Api {
        /// The status of the reply.
        status: u16,
        /// What the service says about it.
        message: String,
    },
}

impl Error {
    /// Return the error that stands for a status of the service.
    pub(crate) fn of(status: u16, message: String) -> Self {
        match status {
            404 => Self::NotFound(message),
            429 => Self::RateLimited(message),
            _ => Self::Api { status, message },
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(reason) => write!(f, "the service cannot be reached: {reason}"),
            Self::Malformed(reason) => write!(f, "the reply cannot be read: {reason}"),
            Self::NotFound(message) => write!(f, "404: {message}"),
            Self::RateLimited(message) => write!(f, "429: {message}"),
            Self::Api { status, message } => write!(f, "{status}: {message}"),
        }
    }
}

impl std::error::Error for Error {}
