//! The client against a service that listens on the loopback interface.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use parcelkit::{Client, Error, HttpTransport, RetryPolicy, Status};

const PARCEL: &str = r#"{"number": "RR1", "recipient": "Ada", "status": "registered"}"#;

/// Start a service that gives each of these replies to one connection, and return its address.
fn service(replies: &'static [(&str, &str)]) -> (String, thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let serve = move || {
        let answer =
            |(head, body): &(&str, &str)| answered(&listener.accept().unwrap().0, head, body);
        replies.iter().map(answer).collect()
    };
    (address, thread::spawn(serve))
}

/// Read one request, answer it, and return its first line and its body.
fn answered(mut stream: &TcpStream, head: &str, body: &str) -> String {
    let mut lines = BufReader::new(stream);
    let (mut first, mut length) = (String::new(), 0);
    lines.read_line(&mut first).unwrap();
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        if line == "\r\n" {
            break;
        }
        if let Some(value) = line.strip_prefix("Content-Length: ") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut sent = vec![0; length];
    lines.read_exact(&mut sent).unwrap();
    write!(stream, "HTTP/1.0 {head}\r\n\r\n{body}").unwrap();
    format!("{} {}", first.trim(), String::from_utf8(sent).unwrap())
}

fn client(address: &str) -> Client<HttpTransport> {
    Client::connect(address, "key").retrying(RetryPolicy::default(), |_: Duration| {})
}

#[test]
fn parcel_is_registered() {
    let (address, served) = service(&[("201 Created", PARCEL)]);
    let parcel = client(&address).register("RR1", "Ada").unwrap();
    assert_eq!(parcel.status, Status::Registered);
    let asked = served.join().unwrap();
    assert!(asked[0].starts_with("POST /parcels HTTP/1.0 {"));
    assert!(asked[0].contains("Ada"));
}

#[test]
fn busy_service_is_asked_again() {
    let (address, served) = service(&[
        ("503 Busy", ""),
        ("429 Slow down\r\nRetry-After: 1", ""),
        ("200 OK", PARCEL),
    ]);
    assert_eq!(client(&address).track("RR1").unwrap().recipient, "Ada");
    assert_eq!(served.join().unwrap(), ["GET /parcels/RR1 HTTP/1.0 "; 3]);
}

#[test]
fn missing_parcel_is_not_found() {
    let (address, served) = service(&[("410 Gone", r#"{"message": "unknown"}"#)]);
    let error = client(&address).track("RR1").unwrap_err();
    assert_eq!(error, Error::NotFound("unknown".into()));
    served.join().unwrap();
}
