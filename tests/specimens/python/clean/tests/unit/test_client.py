import json

import attrs
import pytest

from parcelkit import Client, NotFoundError, RateLimitedError, RetryPolicy, Status
from parcelkit.transport import HttpTransport, Reply

PARCEL = b'{"number": "1/2", "recipient": "A. Ames", "status": "delivered"}'


@attrs.define
class Recorded:
    """A transport that gives the replies that it was made with."""

    replies: list[Reply]
    requests: list[tuple[str, str, bytes | None]] = attrs.field(factory=list)

    def send(self, method: str, path: str, body: bytes | None = None) -> Reply:
        self.requests.append((method, path, body))
        return self.replies.pop(0)


def client(*replies: Reply) -> tuple[Client, Recorded]:
    transport = Recorded(list(replies))
    policy = RetryPolicy(attempts=2)
    return Client("", "", policy=policy, transport=transport, sleep=lambda delay: None), transport


def page(place: str, cursor: str | None) -> Reply:
    event = {"at": "2026-02-01T08:30:00", "place": place, "status": "in-transit"}
    return Reply(200, json.dumps({"events": [event], "cursor": cursor}).encode())


def test_parcel_is_tracked() -> None:
    service, transport = client(Reply(200, PARCEL))
    parcel = service.track("1/2")
    assert (parcel.status, parcel.under_way) == (Status.DELIVERED, False)
    assert transport.requests == [("GET", "/parcels/1%2F2", None)]


def test_passing_refusal_is_tried_again() -> None:
    service, transport = client(Reply(503, b""), Reply(200, PARCEL))
    assert service.track("1/2").recipient == "A. Ames"
    assert len(transport.requests) == 2


def test_parcel_is_registered() -> None:
    service, transport = client(Reply(201, PARCEL))
    service.register("1/2", "A. Ames")
    body = b'{"number": "1/2", "recipient": "A. Ames"}'
    assert transport.requests == [("POST", "/parcels", body)]


def test_events_of_all_pages() -> None:
    service, transport = client(page("Leeds", "c 2"), page("York", None))
    assert [event.place for event in service.events("7")] == ["Leeds", "York"]
    assert [path for _, path, _ in transport.requests] == [
        "/parcels/7/events",
        "/parcels/7/events?cursor=c%202",
    ]


def test_unknown_parcel() -> None:
    service, _ = client(Reply(404, b'{"message": "no such parcel"}'))
    with pytest.raises(NotFoundError, match="404: no such parcel"):
        service.track("7")


def test_limit_of_requests() -> None:
    service, _ = client(Reply(429, b""), Reply(429, b""))
    with pytest.raises(RateLimitedError) as caught:
        service.track("7")
    assert caught.value.status == 429


def test_http_is_the_usual_transport() -> None:
    service = Client("http://parcels.example", "t")
    assert service._transport == HttpTransport("http://parcels.example", "t")
