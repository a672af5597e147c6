"""Values that name something: gates, checks, measures, formats, languages, licenses."""

import json
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from license_expression import (  # type: ignore[import-untyped]
    ExpressionError,
    LicenseSymbol,
    LicenseWithExceptionSymbol,
    get_spdx_licensing,
)

from pytest_forge.configuration.values import (
    Kind,
    Known,
    Place,
    read_duration,
    read_number,
    read_text,
    read_texts,
    unknown,
)
from pytest_forge.profiles import BUILT_IN

BENCHMARKS = (
    *("benchmark-dotnet", "criterion", "go-bench", "jmh", "pytest-benchmark", "vitest-bench"),
)
"""The formats that hold benchmarks."""

_VARIANT = re.compile(r"\[[^\]]*\]$")


def _one_of(what: str, names: Callable[[Known], Iterable[str]]) -> Callable[..., str]:
    def read(value: object, place: Place, known: Known) -> str:
        text = read_text(value, place, known)
        if text not in (choices := tuple(names(known))):
            raise place.wrong(f"{json.dumps(text)}: {unknown(what, text, choices)}")
        return text

    return read


def _read_language(value: object, place: Place, known: Known) -> str:
    if not known.languages:
        return read_text(value, place, known)
    return _KNOWN_LANGUAGE(value, place, known)


_KNOWN_LANGUAGE = _one_of("language", lambda known: known.languages)


def _flat(value: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Join the names of nested tables: `coverage.line = 90` without quotes means the same."""
    flat: dict[str, Any] = {}
    for name, one in value.items():
        flat |= _flat(one, f"{prefix}{name}.") if isinstance(one, dict) else {prefix + name: one}
    return flat


def _read_limits(value: object, place: Place, known: Known) -> dict[str, float]:
    if not isinstance(value, dict):
        raise place.expected("a table of measures and numbers", value)
    limits = {}
    for measure, number in _flat(value).items():
        at = place.key(measure)
        if measure not in known.measures:
            raise at.wrong(unknown("measure", measure, known.measures))
        limits[measure] = read_number(number, at, known)
    return limits


def _read_selection(value: object, place: Place, known: Known) -> tuple[str, ...]:
    names = read_texts(value, place, known)
    for index, name in enumerate(names):
        _known_gate_or_check(name, place.item(index), known)
    return names


def _read_exemptions(value: object, place: Place, known: Known) -> dict[str, str]:
    if not isinstance(value, dict):
        raise place.expected("a table of gates and reasons", value)
    for name in value:
        _known_gate_or_check(name, place.key(name), known)
    return {name: read_text(reason, place.key(name), known) for name, reason in value.items()}


def _read_timeouts(value: object, place: Place, known: Known) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise place.expected("a table of checks and durations", value)
    for check in value:
        _known_check(check, known.timed, place.key(check))
    return {check: read_duration(one, place.key(check), known) for check, one in value.items()}


def _known_gate_or_check(name: str, place: Place, known: Known) -> None:
    gate, separator, check = name.partition("::")
    if gate not in known.gates:
        raise place.wrong(unknown("gate", gate, known.gates))
    if separator:
        _known_check(check, known.checks.get(gate, ()), place)


def _known_check(check: str, names: Iterable[str], place: Place) -> None:
    """Refuse an unknown check; a variant, `name[variant]`, is known by its name."""
    name = _VARIANT.sub("", check)
    if name not in names:
        raise place.wrong(unknown("check", name, names))


def _read_tag_pattern(value: object, place: Place, known: Known) -> str:
    pattern = read_text(value, place, known)
    if pattern.count("{version}") != 1:
        raise place.wrong(f"{json.dumps(pattern)} must hold {{version}} exactly once")
    return pattern


def _read_url(value: object, place: Place, known: Known) -> str:
    url = read_text(value, place, known)
    if not re.match(r"https?://[^/\s]", url):
        raise place.wrong(f"{json.dumps(url)} is no http or https address")
    return url


def _read_measures(value: object, place: Place, known: Known) -> tuple[str, ...]:
    names = read_texts(value, place, known)
    for index, name in enumerate(names):
        if name not in known.measures:
            at = place.item(index)
            raise at.wrong(f"{json.dumps(name)}: {unknown('measure', name, known.measures)}")
    return names


def _read_licenses(value: object, place: Place, known: Known) -> tuple[str, ...]:
    names = read_texts(value, place, known)
    for index, name in enumerate(names):
        if not _is_license(name):
            near = unknown("SPDX license identifier", name, _spdx().known_symbols)
            # All 700 identifiers would not fit a line.
            raise place.item(index).wrong(f"{json.dumps(name)}: {near.partition('; known')[0]}")
    return names


def _is_license(name: str) -> bool:
    if name.lower().startswith("licenseref-"):
        return True
    try:
        parsed = _spdx().parse(name)
    except ExpressionError:
        return False
    if not isinstance(parsed, LicenseSymbol | LicenseWithExceptionSymbol):
        return False
    return not _spdx().unknown_license_keys(parsed)


@lru_cache(maxsize=1)
def _spdx() -> Any:
    return get_spdx_licensing()


GATE = Kind("gate", _one_of("gate", lambda known: known.gates))
FORMAT = Kind("format", _one_of("format", lambda known: known.formats))
MEASURE = Kind("measure", _one_of("measure", lambda known: known.proofs))
MEASURES = Kind("list of measures", _read_measures)
LANGUAGE = Kind("language", _read_language)
VERSIONS = Kind(
    '"together" or "independent"', _one_of("value", lambda known: ("independent", "together"))
)
COMPARED = Kind('"base" or "stored"', _one_of("value", lambda known: ("base", "stored")))
BENCHMARK_FORMAT = Kind("format of benchmarks", _one_of("format", lambda known: BENCHMARKS))
TAG_PATTERN = Kind("string with `{version}`", _read_tag_pattern)
URL = Kind("http or https address", _read_url)
LICENSES = Kind("list of SPDX license identifiers", _read_licenses)
LIMITS = Kind("table: measure -> number", _read_limits)
SELECTION = Kind("list of gates and gate::check", _read_selection)
BUILT_IN_PROFILE = Kind("built-in profile", _one_of("profile", lambda known: BUILT_IN))
EXEMPTIONS = Kind("table: gate, or gate::check -> reason", _read_exemptions)
TIMEOUTS = Kind("table: check -> duration", _read_timeouts)
