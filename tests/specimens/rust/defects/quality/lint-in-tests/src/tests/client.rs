use super::{no_pause, reply, Scripted};
use crate::{Client, Error, Method, RetryPolicy, Status};

const PARCEL: &str = r#"{"number": "RR1", "recipient": "Ada", "status": "in-transit"}"#;

fn client(transport: &Scripted) -> Client<&Scripted> {
    Client::new(transport).retrying(RetryPolicy::default(), no_pause)
}

#[test]
fn parcel_is_tracked() {
    let transport = Scripted::new([reply(200, PARCEL)]);
    let parcel = client(&transport).track("RR 1").unwrap();
    assert_eq!(
        (parcel.recipient.as_str(), parcel.status),
        ("Ada", Status::InTransit)
    );
    assert!(parcel.under_way());
    assert_eq!(transport.paths(), ["/parcels/RR%201"]);
}

#[test]
fn parcel_is_registered() {
    let transport = Scripted::new([reply(201, PARCEL)]);
    client(&transport).register("RR1", "Ada").unwrap();
    let asked = transport.asked.borrow();
    assert_eq!(
        (asked[0].method, asked[0].path.as_str()),
        (Method::Post, "/parcels")
    );
    assert!(asked[0].body.contains("\"recipient\":\"Ada\""));
}

#[test]
fn events_come_from_all_pages() {
    let row = r#"{"at": "2026-01-12T08:00:00Z", "place": "Bonn", "status": "delivered"}"#;
    let transport = Scripted::new([
        reply(200, &format!(r#"{{"events": [{row}], "cursor": "a/b"}}"#)),
        reply(
            200,
            &format!(r#"{{"events": [{row}, {row}], "cursor": null}}"#),
        ),
    ]);
    let events = client(&transport).events("RR1").unwrap();
    assert!(events.len() > 0);
    assert_eq!(transport.paths()[1], "/parcels/RR1/events?cursor=a%2Fb");
}

#[test]
fn refusals_have_errors_of_their_own() {
    let said = r#"{"message": "no"}"#;
    let error = |status| {
        let transport = Scripted::new((0..4).map(|_| reply(status, said)));
        client(&transport).track("RR1").unwrap_err()
    };
    assert_eq!(error(404), Error::NotFound("no".into()));
    assert_eq!(error(429), Error::RateLimited("no".into()));
    assert_eq!(error(500).to_string(), "500: no");
    assert_eq!(error(404).to_string(), "404: no");
    assert_eq!(error(429).to_string(), "429: no");
}

#[test]
fn silence_is_an_error() {
    let error = client(&Scripted::new([])).track("RR1").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the service cannot be reached: nobody answers"
    );
}
