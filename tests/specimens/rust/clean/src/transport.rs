//! How requests travel: what a transport takes and gives.

use std::time::Duration;

use crate::error::Error;

/// What is asked of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Read something.
    Get,
    /// Send something.
    Post,
}

/// A request to the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What is asked.
    pub method: Method,
    /// Of what: the path and the query.
    pub path: String,
    /// The body, empty where there is none.
    pub body: String,
}

/// A reply of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Its status, as in HTTP.
    pub status: u16,
    /// Its body.
    pub body: String,
    /// The pause that the service asks for.
    pub retry_after: Option<Duration>,
}

/// Something that sends one request and returns its reply.
pub trait Transport {
    /// Send a request; fails with [`Error::Transport`] where no reply comes.
    fn send(&self, request: &Request) -> Result<Reply, Error>;
}
