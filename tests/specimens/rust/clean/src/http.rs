//! HTTP/1.0 over a socket of the standard library.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::error::Error;
use crate::transport::{Method, Reply, Request, Transport};

/// One connection per request to the service at an address (`host:port`).
#[derive(Clone)]
pub struct HttpTransport {
    address: String,
    token: String,
    timeout: Duration,
}

impl HttpTransport {
    /// Return a transport that waits ten seconds at most.
    pub fn new(address: &str, token: &str) -> Self {
        Self {
            address: address.into(),
            token: token.into(),
            timeout: Duration::from_secs(10),
        }
    }

    fn exchange(&self, message: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(self.timeout))?;
        stream.write_all(message.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: &Request) -> Result<Reply, Error> {
        let message = written(request, &self.address, &self.token);
        let answer = self
            .exchange(&message)
            .map_err(|error| Error::Transport(format!("{}: {error}", self.address)))?;
        read(&answer)
    }
}

pub(crate) fn written(request: &Request, host: &str, token: &str) -> String {
    let method = match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
    };
    let head = format!("{method} {} HTTP/1.0\r\nHost: {host}", request.path);
    let length = request.body.len();
    let fields = format!("Authorization: Bearer {token}\r\nContent-Length: {length}");
    format!("{head}\r\n{fields}\r\n\r\n{}", request.body)
}

pub(crate) fn read(answer: &str) -> Result<Reply, Error> {
    let (head, body) = answer
        .split_once("\r\n\r\n")
        .ok_or_else(|| Error::Transport("the reply has no end of its head".into()))?;
    let mut lines = head.lines();
    let status = lines.next().and_then(status);
    Ok(Reply {
        status: status.ok_or_else(|| Error::Transport("the reply has no status".into()))?,
        body: body.into(),
        retry_after: lines.find_map(pause),
    })
}

fn status(line: &str) -> Option<u16> {
    line.split(' ').nth(1)?.parse().ok()
}

fn pause(line: &str) -> Option<Duration> {
    let (name, value) = line.split_once(':')?;
    let asked = name.eq_ignore_ascii_case("retry-after");
    let seconds = value.trim().parse().ok()?;
    asked.then(|| Duration::from_secs(seconds))
}
