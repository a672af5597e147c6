"""Advisory records in the Open Source Vulnerability format, and whether a version is affected.

The evaluation is that of the schema's own text (ossf.github.io/osv-schema, "Evaluation"): a version
is affected if it is listed in `versions` or lies in one of the `ranges` that are not git's.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from packaging.utils import canonicalize_name

from pytest_forge.advisories import cvss
from pytest_forge.advisories.maven_versions import maven_order
from pytest_forge.model import Severity
from pytest_forge.versions import Key, order, semantic_order

Record: TypeAlias = Mapping[str, Any]

_LABELS = {
    "CRITICAL": Severity.CRITICAL,
    "HIGH": Severity.HIGH,
    "MODERATE": Severity.MEDIUM,
    "MEDIUM": Severity.MEDIUM,
    "LOW": Severity.LOW,
}
# RustSec's own kinds of advisory that tell of no vulnerability.
_INFORMATIONAL = frozenset({"unmaintained", "notice"})


@dataclass(frozen=True)
class Ecosystem:
    """How an ecosystem compares names and versions; `order` raises ValueError."""

    name: Callable[[str], str]
    order: Callable[[str], Key]


ECOSYSTEMS: Mapping[str, Ecosystem] = {
    "PyPI": Ecosystem(lambda name: str(canonicalize_name(name)), order),
    "crates.io": Ecosystem(str, semantic_order),
    "Go": Ecosystem(str, semantic_order),
    "npm": Ecosystem(str, semantic_order),
    "NuGet": Ecosystem(str.lower, semantic_order),
    "Maven": Ecosystem(str, maven_order),
}
"""The ecosystems whose order of versions is known here, by OSV's name."""


def affected_entry(record: Record, ecosystem: str, name: str, version: str) -> Record | None:
    """Return the `affected` entry of `record` that holds for a package's version, else None.

    Raises ValueError where the version has no place in the ecosystem's order.
    """
    rules = ECOSYSTEMS[ecosystem]
    key = rules.order(version)
    for affected in record.get("affected", ()):
        if not concerns(affected, ecosystem):
            continue
        if rules.name(affected["package"]["name"]) != rules.name(name):
            continue
        listed = any(_key(one, rules) == key for one in affected.get("versions", ()))
        if listed or any(_within(one, key, rules) for one in affected.get("ranges", ())):
            return dict(affected)
    return None


def fixed_version(affected: Record, ecosystem: str, version: str) -> str:
    """Return the lowest fixed version above `version` in an `affected` entry, "" for none."""
    rules = ECOSYSTEMS[ecosystem]
    fixes = [
        (key, event["fixed"])
        for one in affected.get("ranges", ())
        if one.get("type") != "GIT"
        for event in one.get("events", ())
        if "fixed" in event and (key := _key(event["fixed"], rules)) is not None
    ]
    above = [fix for fix in fixes if fix[0] > rules.order(version)]
    return str(min(above)[1]) if above else ""


def severity(record: Record, affected: Record) -> Severity:
    """Return the severity of a record: its CVSS vector's, else the database's own word for it.

    A vector of v4.0 is not computed (see `pytest_forge.advisories.cvss`); without a word beside it
    the severity is UNKNOWN.
    """
    if affected.get("database_specific", {}).get("informational") in _INFORMATIONAL:
        return Severity.INFO
    stated = [*affected.get("severity", ()), *record.get("severity", ())]
    ratings = [cvss.severity(str(one.get("score", ""))) for one in stated]
    known = [rating for rating in ratings if rating is not Severity.UNKNOWN]
    if known:
        return min(known, key=list(Severity).index)
    label = str(record.get("database_specific", {}).get("severity", "")).upper()
    return _LABELS.get(label, Severity.UNKNOWN)


def concerns(affected: Record, ecosystem: str) -> bool:
    """Tell whether an `affected` entry is about packages of the ecosystem."""
    return str(affected.get("package", {}).get("ecosystem", "")).split(":")[0] == ecosystem


def _within(affected_range: Record, version: Key, rules: Ecosystem) -> bool:
    """Evaluate a range's events in the order of their versions.

    A bound that has no place in the order (a legacy version) closes nothing: better to report too
    much than to take a version for mended.
    """
    if affected_range.get("type") == "GIT":
        return False
    within = False
    for bound, kind in sorted(_events(affected_range, rules)):
        if kind == "introduced":
            within = within or version >= bound
        elif (kind == "last_affected" and version > bound) or (
            kind in ("fixed", "limit") and version >= bound
        ):
            within = False
    return within


def _events(affected_range: Record, rules: Ecosystem) -> Iterator[tuple[Key, str]]:
    start: Key = (-1, (), (0, ()), 0, (0, 0))
    for event in affected_range.get("events", ()):
        for kind, version in event.items():
            key = None if version == "0" else _key(version, rules)
            if kind == "introduced":
                yield (key or start, "introduced")
            elif key is not None:
                yield (key, kind)


def _key(version: str, rules: Ecosystem) -> Key | None:
    try:
        return rules.order(version)
    except ValueError:
        return None
