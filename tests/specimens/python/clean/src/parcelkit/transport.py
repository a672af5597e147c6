"""How requests travel: a protocol, and HTTP by the standard library."""

from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Protocol
from urllib.parse import urlsplit

import attrs

from parcelkit.errors import TransportError


@attrs.frozen
class Reply:
    """A reply of the service; `retry_after` is in seconds, where the service asks for a pause."""

    status: int
    body: bytes
    retry_after: float | None = None


class Transport(Protocol):
    """Something that sends one request and returns its reply."""

    def send(self, method: str, path: str, body: bytes | None = None) -> Reply:
        """Send a request; raises `TransportError` where no reply comes."""
        ...  # pragma: no cover


@attrs.frozen
class HttpTransport:
    """One connection per request to the service at `base_url`."""

    base_url: str
    token: str = attrs.field(repr=False)
    timeout: float = 10.0

    def send(self, method: str, path: str, body: bytes | None = None) -> Reply:
        """Send a request; raises `TransportError` where no reply comes."""
        connection = self._connect()
        try:
            connection.request(method, path, body, {"Authorization": f"Bearer {self.token}"})
            reply = connection.getresponse()
            return Reply(reply.status, reply.read(), _seconds(reply.getheader("Retry-After")))
        except (OSError, HTTPException) as error:
            raise TransportError(f"{self.base_url}: {error}") from error
        finally:
            connection.close()

    def _connect(self) -> HTTPConnection:
        parts = urlsplit(self.base_url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        return kind(parts.hostname or "", parts.port, timeout=self.timeout)


def _seconds(header: str | None) -> float | None:
    return float(header) if header is not None and header.isdigit() else None
