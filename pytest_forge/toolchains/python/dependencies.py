"""What a Python project says that its tests and type checks need, beside what it needs to run."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from packaging.utils import canonicalize_name

from pytest_forge.toolchains.python.declared import Declared
from pytest_forge.toolchains.reading import strings, table

_TEST = frozenset({"test", "tests", "testing", "test-deps"})
_CHECKS = frozenset(
    {"lint", "linters", "linting", "type-check", "type-checking", "typecheck", "typechecking"}
    | {"types", "typing"}
)
_FILES = (
    "requirements-test.txt",
    "requirements-tests.txt",
    "requirements-testing.txt",
    "test-requirements.txt",
    "tests-requirements.txt",
    "requirements_test.txt",
    "requirements/test.txt",
    "requirements/tests.txt",
    "requirements/testing.txt",
    "tests/requirements.txt",
    "test/requirements.txt",
    "requirements-dev.txt",
    "dev-requirements.txt",
    "requirements_dev.txt",
    "requirements/dev.txt",
)


@dataclass(frozen=True)
class Needs:
    """What to install beside the project: groups, extras, requirement files, or single lines.

    `names_tests` says that a dependency group is there for tests alone.
    """

    groups: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    names_tests: bool = False


def development_needs(declared: Declared) -> Needs:
    """Return what the tests need, from the first place that says so.

    Dependency groups and extras come first, then requirement files, then tool tables of hatch, pdm
    and poetry, then tox's deps. A group or extra for tests stands above one for development,
    which holds much that tests do not need; groups like `testing-extra` come with the latter.
    Groups for type checks and linters are added: without them a checker can't resolve imports,
    and another version of a tool than the project's would run.
    """
    groups = {str(name) for name in declared.table("dependency-groups")}
    extras = _extras(declared)
    tests = Needs(groups=_named(groups, _TEST), extras=_named(extras, _TEST))
    if not (tests.groups or tests.extras):
        tests = _without_named_tests(declared, groups, extras)
    return Needs(
        groups=tests.groups + _named(groups, _CHECKS),
        extras=tests.extras + _named(extras, _CHECKS),
        files=tests.files,
        lines=tests.lines,
        names_tests=bool(_named(groups, _TEST)),
    )


def _without_named_tests(declared: Declared, groups: set[str], extras: set[str]) -> Needs:
    files = _requirement_files(declared)
    development = frozenset({"dev", "develop", "development"})
    in_groups = _named(groups, development | _beginning_with_test(groups))
    in_extras = _named(extras, development)
    if in_groups or in_extras:
        return Needs(groups=in_groups, extras=in_extras)
    if files:
        return Needs(files=files)
    return _of_lines(declared, tuple(_tool_lines(declared)) or _tox_lines(declared, "testenv"))


def _of_lines(declared: Declared, given: Iterable[str]) -> Needs:
    lines = tuple(given)
    named = (line.removeprefix("-r").strip() for line in lines if line.startswith("-r"))
    return Needs(
        lines=tuple(line for line in lines if not line.startswith("-") and "{" not in line),
        files=tuple(filter(declared.has, named)),
    )


def named_requirements(declared: Declared) -> set[str]:
    """Return the normalised names of everything that the project installs for development."""
    lists = [*declared.table("dependency-groups").values()]
    lists += declared.table("project", "optional-dependencies").values()
    lines = [line for one in lists for line in strings(one)]
    for name in _requirement_files(declared):
        lines += declared.text(name).splitlines()
    lines += _tool_lines(declared)
    tox = declared.ini("tox.ini")
    for section in tox.sections():
        lines += _tox_lines(declared, section)
    names = (re.match(r"[A-Za-z0-9][\w.-]*", line.strip()) for line in lines)
    return {canonicalize_name(found[0]) for found in names if found}


def _extras(declared: Declared) -> set[str]:
    extras = {str(name) for name in declared.table("project", "optional-dependencies")}
    extras |= {str(name) for name in declared.table("tool", "poetry", "extras")}
    config = declared.ini("setup.cfg")
    if config.has_section("options.extras_require"):
        extras |= set(config.options("options.extras_require"))
    script = declared.setup_py
    given = script.arguments.get("extras_require") if script else None
    return extras | (set(map(str, given)) if isinstance(given, dict) else set())


def _named(names: Iterable[str], wanted: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in names if canonicalize_name(name) in wanted))


def _beginning_with_test(names: Iterable[str]) -> frozenset[str]:
    return frozenset(
        canonicalize_name(name) for name in names if canonicalize_name(name).startswith("test")
    )


def _requirement_files(declared: Declared) -> tuple[str, ...]:
    return next(((name,) for name in _FILES if declared.has(name)), ())


def _tool_lines(declared: Declared) -> Iterator[str]:
    """Return the requirements that hatch's, pdm's and poetry's own tables hold."""
    environments = declared.table("tool", "hatch", "envs")
    for name in ("default", "test", "tests", "hatch-test"):
        for key in ("dependencies", "extra-dependencies"):
            yield from strings(table(environments, name).get(key))
    for name, lines in declared.table("tool", "pdm", "dev-dependencies").items():
        if canonicalize_name(name) in _TEST | {"dev"}:
            yield from strings(lines)
    poetry = declared.table("tool", "poetry")
    for name, value in table(poetry, "dev-dependencies").items():
        yield poetry_requirement(name, value)
    for group, content in table(poetry, "group").items():
        if canonicalize_name(group) in _TEST | {"dev"}:
            for name, value in table(content, "dependencies").items():
                yield poetry_requirement(name, value)


def poetry_requirement(name: str, value: object) -> str:
    """Return poetry's own form of a requirement as PEP 508 writes it.

    `^1.2` and `~1.2` become ranges by poetry's rules: a caret keeps the parts up to the
    first that is not zero, a tilde the first two.
    """
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {"version": value}
    extras = ",".join(strings(given.get("extras")))
    ranges = ",".join(
        _poetry_range(one.strip()) for one in str(given.get("version", "*")).split(",")
    )
    marker = f"; {given['markers']}" if "markers" in given else ""
    return f"{name}{f'[{extras}]' if extras else ''}{ranges.strip(',')}{marker}"


def _poetry_range(text: str) -> str:
    found = re.fullmatch(r"([\^~])\s*(\d+(?:\.\d+)*)(.*)", text)
    if not found:
        bare = re.fullmatch(r"\d.*", text)
        return "" if text == "*" else f"=={text}" if bare else text
    parts = [int(part) for part in found[2].split(".")]
    if found[1] == "~":
        kept = min(len(parts) - 1, 1)
    else:
        kept = next((place for place, part in enumerate(parts) if part), len(parts) - 1)
    above = [*parts[:kept], parts[kept] + 1]
    return f">={found[2]}{found[3]},<{'.'.join(map(str, above))}"


def _tox_lines(declared: Declared, section: str) -> Iterator[str]:
    """Return tox's deps that hold for every environment: those behind a factor are left out."""
    deps = declared.ini("tox.ini").get(section, "deps", fallback="") or ""
    for line in deps.splitlines():
        text = line.strip()
        if text and not re.match(r"[\w.,{}!-]+:\s", text) and "{" not in text:
            yield text
