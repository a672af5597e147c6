"""Which environments on this machine are a Python project's own, and which Python runs in them."""

import json
import os
import platform
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name

from pytest_forge.errors import ToolMissing
from pytest_forge.projects import Project
from pytest_forge.toolchains.declarations import Surroundings

INTERPRETER = "Scripts/python.exe" if os.name == "nt" else "bin/python"
"""Where an environment has its interpreter."""


def candidates(project: Project, directory: Path, around: Surroundings) -> tuple[str, ...]:
    """Return the interpreters of environments in which the project is prepared, best first.

    An environment counts if this very directory is installed in it in place. One that holds another
    copy of the project does not: that copy would be measured, not the tree. In the project's own
    `.venv`, and in the active environment of a project that can't be installed, it is enough
    that pytest is there. Raises `ToolMissing` where the project's own environment runs a Python
    that the project does not allow.
    """
    found = (*_own_prepared(project, directory, around), *_others(project, directory, around))
    interpreters = [home / INTERPRETER for home in found if allows(project, _version(home))]
    if directory.resolve() in around.installed_from and allows(project, platform.python_version()):
        interpreters.append(around.interpreter)
    return tuple(str(path) for path in interpreters if path.exists())


def allows(project: Project, version: str) -> bool:
    """Tell whether the project's pin and range allow this Python; one not known is allowed."""
    pin = project.text("python_pin")
    if not version:
        return True
    if re.fullmatch(r"\d+(?:\.\d+)*", pin) and not f"{version}.".startswith(f"{pin}."):
        return False
    try:
        return SpecifierSet(project.text("requires_python")).contains(version, prereleases=True)
    except InvalidSpecifier:
        return True


def wanted_python(project: Project) -> str:
    """Return the pin or the range of Python versions as uv takes it, "" where any will do."""
    pin = project.text("python_pin")
    if re.fullmatch(r"\d+(?:\.\d+)*", pin):
        return pin
    try:
        return str(SpecifierSet(project.text("requires_python")))
    except InvalidSpecifier:
        return ""


def _require_python(home: Path, project: Project) -> None:
    version = _version(home)
    if not allows(project, version):
        wanted = wanted_python(project)
        raise ToolMissing(
            f"{project.manifest} wants Python {wanted}, but {home.name} has {version}",
            f"make it again: uv venv --clear --python '{wanted}' {home.name}",
        )


def _own_prepared(project: Project, directory: Path, around: Surroundings) -> Iterator[Path]:
    for home in _own(directory, around):
        if _is_prepared(home, project, directory):
            _require_python(home, project)
            yield home


def _others(project: Project, directory: Path, around: Surroundings) -> Iterator[Path]:
    """Yield the environments beside the project's own that count as well."""
    for home in (*_active(around), *_made_by_tools(project, directory, around)):
        if _is_installed_in_place(home, directory) or (
            not project.flag("has_backend") and _is_prepared(home, project, directory)
        ):
            yield home


def _own(directory: Path, around: Surroundings) -> Iterator[Path]:
    stated = around.environment.get("UV_PROJECT_ENVIRONMENT")
    homes = [directory / stated] if stated else []
    for home in (*homes, directory / ".venv", directory / "venv"):
        if (home / INTERPRETER).exists():
            yield home


def _active(around: Surroundings) -> Iterator[Path]:
    """Return the activated environments; the one that forge runs in is looked at elsewhere."""
    for name in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        home = around.environment.get(name)
        if home and Path(home).resolve() != around.prefix.resolve():
            yield Path(home)


def _made_by_tools(project: Project, directory: Path, around: Surroundings) -> Iterator[Path]:
    """Return what pdm, tox, nox, hatch and poetry have made for a project of this name."""
    pointer = directory / ".pdm-python"
    if pointer.is_file():
        yield Path(pointer.read_text("utf-8", "replace").strip()).parent.parent
    name = project.text("distribution")
    home = Path(around.environment.get("HOME", directory))
    data = Path(around.environment.get("XDG_DATA_HOME", home / ".local/share"))
    cache = Path(around.environment.get("XDG_CACHE_HOME", home / ".cache"))
    places = [(directory, ".tox/*"), (directory, ".nox/*"), (directory, ".hatch/*")]
    if name:
        places += [(data, f"hatch/env/virtual/{name}/*/*")]
        places += [(cache, f"pypoetry/virtualenvs/{name}-*-py3*")]
    for base, pattern in places:
        yield from sorted(base.glob(pattern))


def _is_prepared(home: Path, project: Project, directory: Path) -> bool:
    if _is_installed_in_place(home, directory):
        return True
    names = {canonicalize_name(path.name.split("-")[0]) for path in _distributions(home)}
    return "pytest" in names and project.text("distribution") not in names


def _is_installed_in_place(home: Path, directory: Path) -> bool:
    """Tell it by PEP 610's direct_url.json, or by the link of `setup.py develop`."""
    return any(_is_link_to(path, directory) for path in _distributions(home)) or any(
        Path(link.read_text("utf-8", "replace").split("\n")[0]).is_relative_to(directory)
        for site in _sites(home)
        for link in site.glob("*.egg-link")
    )


def _is_link_to(distribution: Path, directory: Path) -> bool:
    try:
        data = json.loads((distribution / "direct_url.json").read_bytes())
        place = unquote(urlsplit(data["url"]).path)
        return bool(data["dir_info"]["editable"]) and os.path.samefile(place, directory)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _distributions(home: Path) -> Iterator[Path]:
    for site in _sites(home):
        yield from site.glob("*.dist-info")


def _sites(home: Path) -> tuple[Path, ...]:
    return (*home.glob("lib/python3*/site-packages"), *home.glob("Lib/site-packages"))


def _version(home: Path) -> str:
    """Return the environment's Python version as pyvenv.cfg has it, "" where there is none."""
    try:
        text = (home / "pyvenv.cfg").read_text("utf-8", "replace")
    except OSError:
        return ""
    found = re.search(r"^version(?:_info)?\s*=\s*(\d+\.\d+(?:\.\d+)?)", text, re.MULTILINE)
    return found[1] if found else ""
