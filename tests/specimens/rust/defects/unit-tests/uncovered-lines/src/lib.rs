//! A typed client for a parcel-tracking service.
//!
//! ```
//! use parcelkit::{Client, Error, Reply, Request, Transport};
//!
//! struct Offline;
//!
//! impl Transport for Offline {
//!     fn send(&self, _request: &Request) -> Result<Reply, Error> {
//!         Err(Error::Transport("no network".into()))
//!     }
//! }
//!
//! let client = Client::new(Offline);
//! assert_eq!(client.track("RR473124829GB"), Err(Error::Transport("no network".into())));
//! ```

mod client;
mod codec;
mod error;
mod http;
mod models;
mod numbers;
pub mod prices;
mod retry;
#[cfg(test)]
mod tests;
mod transport;
pub mod weights;

pub use client::Client;
pub use error::Error;
pub use http::HttpTransport;
pub use models::{Event, Parcel, Status};
pub use numbers::is_valid;
pub use retry::RetryPolicy;
pub use transport::{Method, Reply, Request, Transport};
