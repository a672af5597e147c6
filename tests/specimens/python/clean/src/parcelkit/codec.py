"""JSON of the service, from and to our values."""

import json
from datetime import datetime

from parcelkit.errors import MalformedReplyError
from parcelkit.models import Event, Page, Parcel, Status


def decode_parcel(body: bytes) -> Parcel:
    """Read a parcel."""
    data = _object(body)
    return Parcel(_text(data, "number"), _text(data, "recipient"), _status(data))


def decode_page(body: bytes) -> Page:
    """Read a page of events."""
    data = _object(body)
    rows = data.get("events")
    if not isinstance(rows, list):
        raise MalformedReplyError("events: a list is expected")
    cursor = data.get("cursor")
    return Page(tuple(_event(row) for row in rows), None if cursor is None else str(cursor))


def decode_message(body: bytes) -> str:
    """Read the message of a refusal; one that says nothing readable gives an empty text."""
    try:
        return _text(_object(body), "message")
    except MalformedReplyError:
        return ""


def encode_registration(number: str, recipient: str) -> bytes:
    """Write the request that registers a parcel."""
    return json.dumps({"number": number, "recipient": recipient}).encode()


def _object(body: bytes) -> dict[str, object]:
    try:
        data = json.loads(body)
    except ValueError as error:
        raise MalformedReplyError(f"no JSON: {error}") from error
    if not isinstance(data, dict):
        raise MalformedReplyError("an object is expected")
    return data


def _text(data: dict[str, object], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise MalformedReplyError(f"{key}: a text is expected")
    return value


def _status(data: dict[str, object]) -> Status:
    text = _text(data, "status")
    try:
        return Status(text)
    except ValueError as error:
        raise MalformedReplyError(f"status: {text} is unknown") from error


def _event(row: object) -> Event:
    if not isinstance(row, dict):
        raise MalformedReplyError("events: objects are expected")
    try:
        at = datetime.fromisoformat(_text(row, "at"))
    except ValueError as error:
        raise MalformedReplyError("at: an ISO 8601 time is expected") from error
    return Event(at, _text(row, "place"), _status(row))
