import io
from http.client import HTTPConnection, HTTPSConnection

import pytest

from parcelkit.errors import TransportError
from parcelkit.transport import HttpTransport, Reply


class Answer(io.BytesIO):
    """A reply of the standard library's connection, as far as it is read."""

    def __init__(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        super().__init__(body)
        self.status = status
        self.headers = headers

    def getheader(self, name: str) -> str | None:
        return self.headers.get(name)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Requests that were made, each answered by 429."""
    requests: list[tuple[str, ...]] = []

    def request(
        self: HTTPConnection, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> None:
        requests.append((type(self).__name__, self.host, str(self.port), method, path))

    def getresponse(self: HTTPConnection) -> Answer:
        return Answer(429, b"slow down", {"Retry-After": "7"})

    monkeypatch.setattr(HTTPConnection, "request", request)
    monkeypatch.setattr(HTTPConnection, "getresponse", getresponse)
    return requests


def test_reply_holds_status_body_and_pause(sent: list[tuple[str, ...]]) -> None:
    reply = HttpTransport("https://parcels.example", "t").send("GET", "/parcels/1")
    assert reply == Reply(429, b"slow down", 7.0)
    assert sent == [(HTTPSConnection.__name__, "parcels.example", "443", "GET", "/parcels/1")]


def test_scheme_and_port_are_kept(sent: list[tuple[str, ...]]) -> None:
    HttpTransport("http://parcels.example:8080", "t").send("POST", "/parcels", b"{}")
    assert sent == [("HTTPConnection", "parcels.example", "8080", "POST", "/parcels")]


@pytest.mark.parametrize("header", [{}, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}])
def test_other_pauses_are_left_to_the_policy(
    header: dict[str, str], sent: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HTTPConnection, "getresponse", lambda self: Answer(503, b"", header))
    assert HttpTransport("http://parcels.example", "t").send("GET", "/").retry_after is None


def test_service_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: HTTPConnection, *rest: object) -> None:
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr(HTTPConnection, "request", refuse)
    with pytest.raises(TransportError, match=r"http://parcels\.example: refused"):
        HttpTransport("http://parcels.example", "t").send("GET", "/")


def test_token_is_not_shown() -> None:
    assert "visible" not in repr(HttpTransport("http://parcels.example", "visible"))
