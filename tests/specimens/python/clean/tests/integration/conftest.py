"""A small service on the loopback interface."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

PLACES = ["Leeds", "York", "Hull"]


class Service(ThreadingHTTPServer):
    """Counts requests, and refuses the first `busy` of them."""

    busy = 0
    count = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers as the service does: parcel RR473124829GB exists, its events come one a page."""

    server: Service

    def do_GET(self) -> None:
        self.server.count += 1
        if self.server.count <= self.server.busy:
            self.reply(503, {"message": "busy"}, {"Retry-After": "0"})
        elif self.headers["Authorization"] != "Bearer letmein":
            self.reply(401, {"message": "who are you?"})
        elif self.path.startswith("/parcels/RR473124829GB/events"):
            self.reply(200, self.page(int(self.path.partition("=")[2] or 0)))
        elif self.path == "/parcels/RR473124829GB":
            self.reply(200, self.parcel("RR473124829GB", "A. Ames", "in-transit"))
        else:
            self.reply(404, {"message": "no such parcel"})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.reply(201, self.parcel(asked["number"], asked["recipient"], "registered"))

    def parcel(self, number: str, recipient: str, status: str) -> dict[str, object]:
        return {"number": number, "recipient": recipient, "status": status}

    def page(self, index: int) -> dict[str, object]:
        event = {"at": "2026-02-01T08:30:00", "place": PLACES[index], "status": "in-transit"}
        following = str(index + 1) if index + 1 < len(PLACES) else None
        return {"events": [event], "cursor": following}

    def reply(
        self, status: int, data: dict[str, object], headers: dict[str, str] | None = None
    ) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tests look at what the client got."""


@pytest.fixture
def service() -> Iterator[Service]:
    """A running service."""
    with Service(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()
