"""Reading OSV's export: which records it holds, how old it is, and what can't be read."""

import json
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest

from pytest_forge.advisories.database import load
from pytest_forge.advisories.osv import Record
from pytest_forge.errors import NoReference

DATA = Path(__file__).parents[1] / "data" / "advisories"


def record(identifier: str) -> Record:
    (path,) = DATA.glob(f"*/{identifier}.json")
    found: Record = json.loads(path.read_bytes())
    return found


def test_a_directory_of_records_is_read() -> None:
    database = load(DATA, "PyPI")
    assert set(database.records) == {"jinja2", "urllib3", "py", "distributed"}
    assert (database.count, database.newest) == (5, date(2023, 10, 10))


@pytest.mark.parametrize(
    ("identifier", "newest"), [("GO-2021-0113", date(2021, 1, 1)), ("TRAC-7", None)]
)
def test_records_without_a_date_have_their_ids_year(
    tmp_path: Path, identifier: str, newest: date | None
) -> None:
    zero = "0001-01-01T00:00:00Z"
    undated = {**record("GO-2021-0113"), "id": identifier, "modified": zero, "published": zero}
    (tmp_path / "Go").mkdir()
    (tmp_path / "Go" / "one.json").write_text(json.dumps(undated), encoding="utf-8")
    assert load(tmp_path, "Go").newest == newest


def packed(directory: Path, ecosystem: str, *identifiers: str) -> Path:
    archive = directory / ecosystem / "all.zip"
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w") as file:
        for identifier in identifiers:
            file.writestr(f"{identifier}.json", json.dumps(record(identifier)))
    return archive


def test_an_archive_is_read_again_once_it_changed(tmp_path: Path) -> None:
    packed(tmp_path, "PyPI", "PYSEC-2021-66")
    assert load(tmp_path, "PyPI") is load(tmp_path, "PyPI")
    os.utime(packed(tmp_path, "PyPI", "PYSEC-2021-66", "PYSEC-2023-192"), ns=(1, 1))
    assert load(tmp_path, "PyPI").count == 2


def test_a_database_without_the_ecosystem_is_no_reference(tmp_path: Path) -> None:
    with pytest.raises(NoReference) as caught:
        load(tmp_path, "npm")
    assert "put OSV's export there (npm/all.zip)" in caught.value.reason


def test_records_of_another_ecosystem_are_none(tmp_path: Path) -> None:
    packed(tmp_path, "npm", "PYSEC-2021-66")
    with pytest.raises(NoReference, match="holds no record for npm"):
        load(tmp_path, "npm")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"<html>sign in</html>"])
def test_a_broken_archive_is_no_reference(tmp_path: Path, content: bytes) -> None:
    archive = packed(tmp_path, "PyPI", "PYSEC-2021-66")
    archive.write_bytes(content)
    with pytest.raises(NoReference, match="can't be read"):
        load(tmp_path, "PyPI")


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"summary": "no id"}', '{"id": "X", "affected": 1}']
)
def test_a_broken_record_is_no_reference(tmp_path: Path, content: str) -> None:
    (tmp_path / "PyPI").mkdir()
    (tmp_path / "PyPI" / "X-1.json").write_text(content, encoding="utf-8")
    with pytest.raises(NoReference, match="can't be read"):
        load(tmp_path, "PyPI")


def test_an_unknown_order_of_versions_is_no_reference() -> None:
    with pytest.raises(NoReference, match="order of Hackage's versions"):
        load(DATA, "Hackage")
