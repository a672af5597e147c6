"""The client: what a user of the service calls."""

import time
from collections.abc import Callable, Iterator
from urllib.parse import quote

from parcelkit.codec import decode_message, decode_page, decode_parcel, encode_registration
from parcelkit.errors import error_for
from parcelkit.models import Event, Parcel
from parcelkit.retry import RetryPolicy, send_again
from parcelkit.transport import HttpTransport, Transport


class Client:
    """Calls the service at `base_url` in the name of the holder of `token`."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        policy: RetryPolicy | None = None,
        transport: Transport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._transport = transport or HttpTransport(base_url, token)
        self._policy = policy or RetryPolicy()
        self._sleep = sleep

    def track(self, number: str) -> Parcel:
        """Return the parcel `number`; raises `NotFoundError` where there is none."""
        return decode_parcel(self._call("GET", _path(number)))

    def register(self, number: str, recipient: str) -> Parcel:
        """Register a parcel that is about to be sent."""
        return decode_parcel(self._call("POST", "/parcels", encode_registration(number, recipient)))

    def events(self, number: str) -> Iterator[Event]:
        """Yield the events of a parcel, oldest first, page by page."""
        cursor: str | None = ""
        while cursor is not None:
            query = f"?cursor={quote(cursor)}" if cursor else ""
            page = decode_page(self._call("GET", f"{_path(number)}/events{query}"))
            yield from page.events
            cursor = page.cursor

    def _call(self, method: str, path: str, body: bytes | None = None) -> bytes:
        reply = send_again(
            lambda: self._transport.send(method, path, body), self._policy, self._sleep
        )
        if reply.status >= 400:
            raise error_for(reply.status, decode_message(reply.body))
        return reply.body


def _path(number: str) -> str:
    return f"/parcels/{quote(number, safe='')}"
