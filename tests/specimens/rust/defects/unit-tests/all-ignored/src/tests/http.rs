use std::time::Duration;

use crate::http::{read, written};
use crate::{Client, Error, HttpTransport, Method, Request, Transport};

fn request(method: Method, body: &str) -> Request {
    Request {
        method,
        path: "/parcels".into(),
        body: body.into(),
    }
}

#[test]
#[ignore = "too slow"]
fn requests_say_who_asks() {
    let message = written(&request(Method::Post, "{}"), "a.example:80", "key");
    assert!(message.starts_with("POST /parcels HTTP/1.0\r\nHost: a.example:80\r\n"));
    assert!(message.ends_with("Bearer key\r\nContent-Length: 2\r\n\r\n{}"));
    assert!(written(&request(Method::Get, ""), "a", "key").starts_with("GET /parcels "));
}

#[test]
#[ignore = "too slow"]
fn pause_is_read_from_the_head() {
    let reply = read("HTTP/1.0 429 Slow\r\nServer: a\r\nretry-after: 2\r\n\r\n{}").unwrap();
    assert_eq!((reply.status, reply.body.as_str()), (429, "{}"));
    assert_eq!(reply.retry_after, Some(Duration::from_secs(2)));
}

#[test]
#[ignore = "too slow"]
fn what_is_no_reply_is_refused() {
    for answer in ["", "HTTP/1.0\r\n\r\n", "HTTP/1.0 OK\r\n\r\n"] {
        assert!(matches!(read(answer), Err(Error::Transport(_))), "{answer}");
    }
}

#[test]
#[ignore = "too slow"]
fn nobody_listens() {
    let transport = HttpTransport::new("127.0.0.1:0", "key");
    let error = transport.send(&request(Method::Get, "")).unwrap_err();
    assert!(error.to_string().contains("127.0.0.1:0"));
    assert!(Client::connect("127.0.0.1:0", "key").track("RR1").is_err());
}
