//! JSON of the service, from and to our values.

use std::collections::HashMap;

use tinyjson::JsonValue;

use crate::error::Error;
use crate::models::{Event, Page, Parcel, Status};

type Object = HashMap<String, JsonValue>;

pub(crate) fn decode_parcel(body: &str) -> Result<Parcel, Error> {
    let data = object(body)?;
    Ok(Parcel {
        number: text(&data, "number")?,
        recipient: text(&data, "recipient")?,
        status: status(&data)?,
    })
}

pub(crate) fn decode_page(body: &str) -> Result<Page, Error> {
    let data = object(body)?;
    let rows = data.get("events").and_then(JsonValue::get::<Vec<_>>);
    let rows = rows.ok_or_else(|| expected("events", "a list"))?;
    Ok(Page {
        events: rows.iter().map(event).collect::<Result<_, _>>()?,
        cursor: data.get("cursor").and_then(JsonValue::get).cloned(),
    })
}

/// Read the message of a refusal; one that says nothing readable gives an empty text.
pub(crate) fn decode_message(body: &str) -> String {
    object(body)
        .and_then(|data| text(&data, "message"))
        .unwrap_or_default()
}

pub(crate) fn encode_registration(number: &str, recipient: &str) -> String {
    let entry = |key: &str, value: &str| (key.to_string(), JsonValue::String(value.into()));
    let data = Object::from([entry("number", number), entry("recipient", recipient)]);
    let value = JsonValue::Object(data);
    value.stringify().unwrap_or_default()
}

fn object(body: &str) -> Result<Object, Error> {
    let value: JsonValue = body
        .parse()
        .map_err(|error| Error::Malformed(format!("no JSON: {error}")))?;
    Object::try_from(value).map_err(|_| expected("the reply", "an object"))
}

fn event(row: &JsonValue) -> Result<Event, Error> {
    let data = row
        .get()
        .ok_or_else(|| expected("events", "a list of objects"))?;
    Ok(Event {
        at: text(data, "at")?,
        place: text(data, "place")?,
        status: status(data)?,
    })
}

fn status(data: &Object) -> Result<Status, Error> {
    Status::parse(&text(data, "status")?)
}

fn text(data: &Object, key: &str) -> Result<String, Error> {
    let value = data.get(key).and_then(JsonValue::get::<String>);
    value.cloned().ok_or_else(|| expected(key, "a text"))
}

fn expected(what: &str, kind: &str) -> Error {
    Error::Malformed(format!("{what}: {kind} is expected"))
}
