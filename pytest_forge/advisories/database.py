"""A local database of advisories: OSV's own export of an ecosystem, zipped or not."""

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from pytest_forge.advisories.osv import ECOSYSTEMS, Record, concerns
from pytest_forge.errors import NoReference

_YEAR = re.compile(r"-(\d{4})-")


@dataclass(frozen=True)
class Database:
    """The records of one ecosystem that are not withdrawn.

    `records` goes by package name as the ecosystem compares them, `count` is the number of records
    and `newest` the last day on which one was published or modified, None where none says so.
    """

    ecosystem: str
    records: Mapping[str, tuple[Record, ...]]
    count: int
    newest: date | None


def load(directory: Path, ecosystem: str) -> Database:
    """Read `directory`/`ecosystem`, either `all.zip` or the same JSON files unzipped.

    Read once in a process, and again when it has changed. Raises `NoReference` where there is no
    record, one can't be read, or the ecosystem's order of versions is not known.
    """
    if ecosystem not in ECOSYSTEMS:
        raise NoReference(
            f"the local matcher does not know the order of {ecosystem}'s versions",
            "leave [tool.pytest-forge.advisories] out to use the ecosystem's own tool",
        )
    archive, loose = directory / ecosystem / "all.zip", directory / ecosystem
    source = archive if archive.is_file() else loose
    try:
        return _load(source, source.stat().st_mtime_ns, ecosystem)
    except (OSError, ValueError, zipfile.BadZipFile, KeyError, TypeError) as error:
        raise NoReference(
            f"the advisory database {source} can't be read: {type(error).__name__}: {error}",
            f"put OSV's export there ({ecosystem}/all.zip)",
        ) from error


@lru_cache(maxsize=8)
def _load(source: Path, modified: int, ecosystem: str) -> Database:
    index: dict[str, list[Record]] = {}
    count, newest = 0, ""
    for content in _contents(source):
        record: Record = json.loads(content)
        if not isinstance(record["id"], str) or record.get("withdrawn"):
            continue
        names = {
            ECOSYSTEMS[ecosystem].name(affected["package"]["name"])
            for affected in record.get("affected", ())
            if concerns(affected, ecosystem)
        }
        count += bool(names)
        newest = max(newest, _last_moment(record))
        for name in names:
            index.setdefault(name, []).append(record)
    if not count:
        raise NoReference(
            f"the advisory database {source} holds no record for {ecosystem}",
            f"put OSV's export there ({ecosystem}/all.zip)",
        )
    records = {name: tuple(found) for name, found in index.items()}
    return Database(ecosystem, records, count, day(newest))


def _contents(source: Path) -> Iterator[bytes]:
    if source.is_dir():
        yield from (path.read_bytes() for path in sorted(source.glob("*.json")))
        return
    with zipfile.ZipFile(source) as archive:
        for name in archive.namelist():
            if name.endswith(".json"):
                yield archive.read(name)


def _last_moment(record: Record) -> str:
    """Return when a record was last changed; Go's export says so of few: then its id's year."""
    stated = max(str(record.get("modified", "")), str(record.get("published", "")))
    year = _YEAR.search(record["id"])
    return f"{year[1]}-01-01" if year and stated < "1000" else stated


def day(moment: str) -> date | None:
    """Return the day of an RFC 3339 time, None where it is none (or is Go's zero time)."""
    try:
        found = date.fromisoformat(moment[:10])
    except ValueError:
        return None
    return found if found.year > 1 else None
