//! The client: what a user of the service calls.

use std::time::Duration;

use crate::codec::{decode_message, decode_page, decode_parcel, encode_registration};
use crate::error::Error;
use crate::http::HttpTransport;
use crate::models::{Event, Parcel};
use crate::retry::{send_again, RetryPolicy};
use crate::transport::{Method, Request, Transport};

/// Calls the service through a transport.
pub struct Client<T> {
    transport: T,
    policy: RetryPolicy,
    sleep: fn(Duration),
}

impl Client<HttpTransport> {
    /// Return a client of the service at `address`, in the name of the holder of `token`.
    pub fn connect(address: &str, token: &str) -> Self {
        Self::new(HttpTransport::new(address, token))
    }
}

impl<T: Transport> Client<T> {
    /// Return a client with the usual policy.
    pub fn new(transport: T) -> Self {
        Self {
            transport,
            policy: RetryPolicy::default(),
            sleep: std::thread::sleep,
        }
    }

    /// Return the client with another policy, and another way to wait.
    #[must_use]
    pub fn retrying(mut self, policy: RetryPolicy, sleep: fn(Duration)) -> Self {
        self.policy = policy;
        self.sleep = sleep;
        self
    }

    /// Return the parcel `number`; [`Error::NotFound`] where there is none.
    pub fn track(&self, number: &str) -> Result<Parcel, Error> {
        decode_parcel(&self.get(path(number))?)
    }

    /// Register a parcel that is about to be sent.
    pub fn register(&self, number: &str, recipient: &str) -> Result<Parcel, Error> {
        let body = encode_registration(number, recipient);
        decode_parcel(&self.call(Method::Post, "/parcels".into(), body)?)
    }

    /// Return the events of a parcel, oldest first, from all pages.
    pub fn events(&self, number: &str) -> Result<Vec<Event>, Error> {
        let mut page = decode_page(&self.get(format!("{}/events", path(number)))?)?;
        let mut events = page.events;
        while let Some(cursor) = page.cursor {
            let next = format!("{}/events?cursor={}", path(number), quoted(&cursor));
            page = decode_page(&self.get(next)?)?;
            events.append(&mut page.events);
        }
        Ok(events)
    }

    fn get(&self, path: String) -> Result<String, Error> {
        self.call(Method::Get, path, String::new())
    }

    fn call(&self, method: Method, path: String, body: String) -> Result<String, Error> {
        let request = Request { method, path, body };
        let send = || self.transport.send(&request);
        let reply = send_again(send, &self.policy, self.sleep)?;
        if reply.status >= 400 {
            return Err(Error::of(reply.status, decode_message(&reply.body)));
        }
        Ok(reply.body)
    }
}

fn path(number: &str) -> String {
    format!("/parcels/{}", quoted(number))
}

fn quoted(text: &str) -> String {
    let quote = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(quote).collect()
}
