"""A server that answers OSV's queries (`POST /v1/query`), asked about a project's components."""

import json
import urllib.request
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from pytest_forge.advisories.osv import Record
from pytest_forge.errors import NoReference
from pytest_forge.model import Component

_PATH = "/v1/query"
_TIMEOUT_SECONDS = 20.0
_AT_ONCE = 8
_MOST_PAGES = 50

PROBES: Mapping[str, tuple[str, str]] = {
    "PyPI": ("jinja2", "2.4.1"),
    "crates.io": ("smallvec", "1.6.0"),
    "Go": ("golang.org/x/text", "0.3.5"),
    "npm": ("lodash", "4.17.15"),
    "NuGet": ("Newtonsoft.Json", "12.0.3"),
    "Maven": ("org.apache.logging.log4j:log4j-core", "2.14.1"),
}
"""A package and version of each ecosystem with well-known vulnerabilities.

A server without data answers "nothing known" for everything: only a known answer proves it.
"""


@dataclass(frozen=True)
class Answers:
    """The records that a server gave for each component, and how many records it gave in all."""

    found: tuple[tuple[Component, Record], ...]
    count: int


def ask(url: str, ecosystem: str, components: Sequence[Component]) -> Answers:
    """Ask the server at `url` about every component, after a proof that it has data.

    Raises `NoReference` where it does not answer, answers with something else, or knows nothing of
    a package that is known to be vulnerable.
    """
    address = _address(url)
    if ecosystem not in PROBES:
        raise NoReference(f"no package proves that {url} has data for {ecosystem}")
    name, version = PROBES[ecosystem]
    proof = _query(address, ecosystem, name, version)
    if not proof:
        raise NoReference(
            f"{url} knows no vulnerability of {name} {version}, so it has no data for {ecosystem}",
            'name a server with data, or set `advisories = { database = "DIR" }`',
        )
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = list(
            pool.map(lambda one: _query(address, one.ecosystem, one.name, one.version), components)
        )
    found = tuple(
        (component, record)
        for component, records in zip(components, answers, strict=True)
        for record in records
    )
    return Answers(found, len(proof) + len(found))


def _address(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise NoReference(f"advisories.url {url!r} is no http(s) address", "write it in full")
    url = url.rstrip("/")
    return url if url.endswith(_PATH) else url + _PATH


def _query(address: str, ecosystem: str, name: str, version: str) -> list[Record]:
    """Return the records, not withdrawn, of one package's version, over all pages."""
    question: dict[str, Any] = {
        "version": version,
        "package": {"name": name, "ecosystem": ecosystem},
    }
    records: list[Record] = []
    for _ in range(_MOST_PAGES):
        answer = _post(address, question)
        given = answer.get("vulns", [])
        if not isinstance(given, list) or not all(_is_record(one) for one in given):
            raise _unusable(address, "its answer holds no OSV records")
        records.extend(one for one in given if not one.get("withdrawn"))
        if not answer.get("next_page_token"):
            return records
        question = {**question, "page_token": answer["next_page_token"]}
    raise _unusable(address, f"more than {_MOST_PAGES} pages about {name}")


def _is_record(one: object) -> bool:
    return isinstance(one, dict) and isinstance(one.get("id"), str)


def _post(address: str, question: Mapping[str, Any]) -> dict[str, Any]:
    body = json.dumps(question).encode()
    headers = {"Content-Type": "application/json"}
    # The scheme was checked in `_address`.
    request = urllib.request.Request(address, body, headers)
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as response:
            answer = json.load(response)
    except (OSError, HTTPException, ValueError) as error:
        raise _unusable(address, str(error) or type(error).__name__) from error
    if not isinstance(answer, dict):
        raise _unusable(address, "its answer is no JSON object")
    return answer


def _unusable(address: str, why: str) -> NoReference:
    return NoReference(
        f"the advisory server {address} gave no usable answer: {why}",
        'mend `advisories.url`, or set `advisories = { database = "DIR" }`',
    )
