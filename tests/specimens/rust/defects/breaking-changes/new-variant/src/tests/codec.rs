use crate::codec::{decode_message, decode_page, decode_parcel};
use crate::{Error, Status};

fn malformed(reason: &str) -> Error {
    Error::Malformed(reason.into())
}

#[test]
fn every_status_is_read() {
    for (text, status) in [
        ("registered", Status::Registered),
        ("in-transit", Status::InTransit),
        ("delivered", Status::Delivered),
        ("returned", Status::Returned),
    ] {
        let body = format!(r#"{{"number": "R", "recipient": "A", "status": "{text}"}}"#);
        assert_eq!(decode_parcel(&body).unwrap().status, status);
        assert_eq!(status.to_string(), text);
    }
}

#[test]
fn what_is_no_parcel_is_refused() {
    assert_eq!(
        decode_parcel("[]"),
        Err(malformed("the reply: an object is expected"))
    );
    assert_eq!(
        decode_parcel("{}"),
        Err(malformed("number: a text is expected"))
    );
    let lost = r#"{"number": "R", "recipient": "A", "status": "sunk"}"#;
    assert_eq!(
        decode_parcel(lost),
        Err(malformed("status: sunk is unknown"))
    );
    let error = decode_parcel("<html>").unwrap_err().to_string();
    assert!(error.starts_with("the reply cannot be read: no JSON"));
}

#[test]
fn what_is_no_page_is_refused() {
    assert_eq!(
        decode_page("{}"),
        Err(malformed("events: a list is expected"))
    );
    assert_eq!(
        decode_page(r#"{"events": [1]}"#),
        Err(malformed("events: a list of objects is expected"))
    );
}

#[test]
fn refusal_without_a_message_has_none() {
    assert_eq!(decode_message("<html>"), "");
}
