import json
from datetime import UTC, datetime

import pytest

from parcelkit.codec import decode_message, decode_page, decode_parcel, encode_registration
from parcelkit.errors import MalformedReplyError
from parcelkit.models import Event, Page, Parcel, Status

EVENT = {"at": "2026-02-01T08:30:00+00:00", "place": "Leeds", "status": "in-transit"}


def test_parcel_is_read() -> None:
    body = b'{"number": "RR473124829GB", "recipient": "A. Ames", "status": "registered"}'
    assert decode_parcel(body) == Parcel("RR473124829GB", "A. Ames", Status.REGISTERED)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html>", "no JSON"),
        (b"[]", "an object"),
        (b"{}", "number: a text"),
        (b'{"number": "1", "recipient": "2", "status": "lost"}', "lost is unknown"),
    ],
)
def test_what_is_no_parcel_is_refused(body: bytes, message: str) -> None:
    with pytest.raises(MalformedReplyError, match=message):
        decode_parcel(body)


def test_page_is_read() -> None:
    at = datetime(2026, 2, 1, 8, 30, tzinfo=UTC)
    event = Event(at, "Leeds", Status.IN_TRANSIT)
    body = json.dumps({"events": [EVENT], "cursor": "c2"}).encode()
    assert decode_page(body) == Page((event,), "c2")


def test_last_page_has_no_cursor() -> None:
    assert decode_page(b'{"events": []}') == Page((), None)


@pytest.mark.parametrize(
    ("events", "message"),
    [
        (None, "a list"),
        ([1], "objects"),
        ([{**EVENT, "at": "noon"}], "ISO 8601"),
    ],
)
def test_what_is_no_page_is_refused(events: object, message: str) -> None:
    with pytest.raises(MalformedReplyError, match=message):
        decode_page(json.dumps({"events": events}).encode())


@pytest.mark.parametrize(
    ("body", "message"), [(b'{"message": "slow down"}', "slow down"), (b"oops", "")]
)
def test_message_of_a_refusal(body: bytes, message: str) -> None:
    assert decode_message(body) == message


def test_registration_is_written() -> None:
    assert json.loads(encode_registration("1", "A")) == {"number": "1", "recipient": "A"}
