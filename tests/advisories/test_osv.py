"""Which versions OSV's records hold for, and how severe they are."""

import json
from pathlib import Path
from typing import Any

import pytest

from pytest_forge.advisories import osv
from pytest_forge.model import Severity

DATA = Path(__file__).parents[1] / "data" / "advisories"


def record(identifier: str) -> osv.Record:
    (path,) = DATA.glob(f"*/{identifier}.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def ranged(*events: dict[str, str], kind: str = "ECOSYSTEM", **rest: Any) -> osv.Record:
    """Return a record of PyPI's `kit` with one range."""
    package = {"ecosystem": "PyPI", "name": "kit"}
    ranges = [{"type": kind, "events": list(events)}]
    return {"id": "X-1", "affected": [{"package": package, "ranges": ranges, **rest}]}


def affects(record: osv.Record, version: str, name: str = "kit", ecosystem: str = "PyPI") -> bool:
    return osv.affected_entry(record, ecosystem, name, version) is not None


@pytest.mark.parametrize(
    ("identifier", "ecosystem", "name", "version", "affected"),
    [
        ("PYSEC-2021-66", "PyPI", "jinja2", "2.11.2", True),
        ("PYSEC-2021-66", "PyPI", "Jinja2", "2.11.2.0", True),
        ("PYSEC-2021-66", "PyPI", "jinja2", "2.11.3rc1", True),
        ("PYSEC-2021-66", "PyPI", "jinja2", "2.11.3", False),
        ("PYSEC-2021-66", "PyPI", "jinja3", "2.11.2", False),
        ("PYSEC-2023-192", "PyPI", "urllib3", "1.26.16", True),
        ("PYSEC-2023-192", "PyPI", "urllib3", "1.26.17", False),
        ("PYSEC-2023-192", "PyPI", "urllib3", "2.0.5", True),
        ("PYSEC-2023-192", "PyPI", "urllib3", "2.0.6", False),
        ("PYSEC-2022-42969", "PyPI", "py", "1.11.0", True),
        ("PYSEC-2022-42969", "PyPI", "py", "1.11.1", False),
        ("RUSTSEC-2021-0003", "crates.io", "smallvec", "1.6.0", True),
        ("RUSTSEC-2021-0003", "crates.io", "smallvec", "1.6.1", False),
        ("RUSTSEC-2021-0003", "crates.io", "smallvec", "0.6.14", False),
        ("RUSTSEC-2026-0260", "crates.io", "arrayref", "0.3.10", True),
        ("RUSTSEC-2026-0260", "crates.io", "arrayref", "0.3.9", False),
        ("GO-2021-0113", "Go", "golang.org/x/text", "v0.3.6", True),
        ("GO-2021-0113", "Go", "golang.org/x/text", "v0.3.7-0.20210503195748-5c7c50ebbd4f", True),
        ("GO-2021-0113", "Go", "golang.org/x/text", "v0.3.7", False),
        ("GO-2021-0113", "PyPI", "golang.org/x/text", "0.3.6", False),
    ],
)
def test_true_records_hold_for_the_right_versions(
    identifier: str, ecosystem: str, name: str, version: str, affected: bool
) -> None:
    assert affects(record(identifier), version, name, ecosystem) is affected


def test_listed_versions_are_affected_without_a_range() -> None:
    listed = ranged(kind="GIT", versions=["1.0", "not-a-version"])
    assert affects(listed, "1.0.0")
    assert not affects(listed, "1.0.1")


def test_gits_ranges_say_nothing_of_versions() -> None:
    assert not affects(ranged({"introduced": "0"}, kind="GIT"), "1.0")


def test_a_limit_ends_a_range() -> None:
    limited = ranged({"introduced": "1.0"}, {"limit": "2.0"})
    assert affects(limited, "1.9")
    assert not affects(limited, "2.0")


def test_a_bound_outside_the_order_mends_nothing() -> None:
    assert affects(ranged({"introduced": "0"}, {"fixed": "dev-trunk!"}), "9.0")
    assert affects(ranged({"introduced": "dev-trunk!"}), "0.1")


def test_a_version_outside_the_order_is_refused() -> None:
    with pytest.raises(ValueError, match="no version"):
        affects(ranged({"introduced": "0"}), "")


@pytest.mark.parametrize(
    ("version", "fixed"), [("1.26.16", "1.26.17"), ("2.0.1", "2.0.6"), ("2.0.6", "")]
)
def test_the_fix_is_the_lowest_above_the_version(version: str, fixed: str) -> None:
    entry = record("PYSEC-2023-192")["affected"][0]
    assert osv.fixed_version(entry, "PyPI", version) == fixed


def test_severity_is_the_vectors_then_the_databases_word() -> None:
    high = {
        "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}]
    }
    v4 = {"severity": [{"type": "CVSS_V4", "score": "CVSS:4.0/AV:N/AC:L"}]}
    word = {"database_specific": {"severity": "MODERATE"}}
    assert osv.severity({**high, **word}, {}) is Severity.HIGH
    assert osv.severity({}, high) is Severity.HIGH
    assert osv.severity({**v4, **word}, {}) is Severity.MEDIUM
    assert osv.severity(v4, {}) is Severity.UNKNOWN
    assert osv.severity(record("PYSEC-2021-66"), {}) is Severity.UNKNOWN


def test_unmaintained_is_information() -> None:
    libusb = record("RUSTSEC-2016-0004")
    assert osv.severity(libusb, libusb["affected"][0]) is Severity.INFO
