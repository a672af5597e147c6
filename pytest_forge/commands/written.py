"""The text of a new configuration, and the file that it goes to."""

import json
import os
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from pytest_forge.commands.proposals import TodaysLimit
from pytest_forge.config import FORGE_TOML, PYPROJECT, TABLE
from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Project


@dataclass
class Part:
    """What is said of one place: a table of exemptions with reasons, and one of limits."""

    exempt: dict[str, str] = field(default_factory=dict)
    limits: list[TodaysLimit] = field(default_factory=list)


def parts(
    projects: Sequence[Project],
    exemptions: Iterable[tuple[str, str, Sequence[str]]],
    limits: Iterable[TodaysLimit],
) -> dict[str, Part]:
    """Sort exemptions (key, reason, manifests) and limits by place.

    The place "" is the whole repository, for what concerns all of its projects; any other is the
    directory of a project.
    """
    everywhere = {one.manifest for one in projects}
    found: dict[str, Part] = {}
    for key, reason, manifests in exemptions:
        for place in _places(manifests, everywhere):
            found.setdefault(place, Part()).exempt[key] = reason
    for limit in limits:
        for place in _places(limit.manifests, everywhere):
            found.setdefault(place, Part()).limits.append(limit)
    return dict(sorted(found.items()))


def _places(manifests: Sequence[str], everywhere: set[str]) -> Iterable[str]:
    if not manifests or set(manifests) >= everywhere:
        return ("",)
    return dict.fromkeys(str(PurePosixPath(one).parent) for one in manifests)


def render(parts: dict[str, Part], prefix: str, today: date) -> str:
    """Return the TOML text; `prefix` is "tool.pytest-forge" in pyproject.toml, "" in forge.toml."""
    lines = [f"[{prefix}]"] if prefix else ["# The settings of pytest-forge; none is required."]
    for place, part in parts.items():
        header = ".".join(one for one in (prefix, "override" if place else "") if one)
        if place:
            lines += ["", f"[[{header}]]", f"path = {_quoted(place)}"]
        lines += _table(header, "exempt", [_exemption(*one) for one in part.exempt.items()])
        lines += _table(header, "limits", [_limit(one, today) for one in part.limits])
    return "\n".join(lines) + "\n"


def _table(header: str, name: str, rows: list[str]) -> list[str]:
    return ["", f"[{header}.{name}]" if header else f"[{name}]", *rows] if rows else []


def _exemption(key: str, reason: str) -> str:
    return f"{key if '::' not in key else _quoted(key)} = {_quoted(reason)}"


def _limit(limit: TodaysLimit, today: date) -> str:
    unit = f" {limit.unit}" if limit.unit else ""
    bound = int(limit.bound) if limit.bound == int(limit.bound) else limit.bound
    return (
        f"# {limit.actual:g}{unit} on {today}; without this line the limit is "
        f"{limit.default:g}{unit}\n{_quoted(limit.measure)} = {bound!r}"
    )


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's, as long as no character is split into surrogates.
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def target(directory: Path) -> tuple[Path, str]:
    """Return the file for the settings of forge's root, and the prefix of its tables."""
    pyproject = directory / PYPROJECT
    return (pyproject, TABLE) if pyproject.is_file() else (directory / FORGE_TOML, "")


def write(path: Path, text: str) -> None:
    """Write a new file, or append to the one that is there; a reader sees all of it or nothing.

    Raises `ConfigurationError` where the text can't be appended.
    """
    before = path.read_bytes().decode("utf-8") if path.exists() else ""
    newline = "\r\n" if "\r\n" in before else "\n"
    gap = newline if before.endswith("\n") or not before else 2 * newline
    after = before + (gap if before else "") + text.replace("\n", newline)
    try:
        tomllib.loads(after.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path.name}: no table can be appended: {error}") from error
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(after.encode("utf-8"))
        if path.exists():
            temporary.chmod(path.stat().st_mode)
        os.replace(temporary, path)
    except OSError as error:
        raise ConfigurationError(f"{path}: can't be written: {error.strerror}") from error
    finally:
        temporary.unlink(missing_ok=True)
