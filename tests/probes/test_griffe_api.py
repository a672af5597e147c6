import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from called import program

from pytest_forge.execution.process import Captured, capture
from pytest_forge.probes import griffe_api

PROGRAM = Path(griffe_api.__file__)


def _run(directory: Path, *arguments: str) -> Captured:
    return program(griffe_api.main, directory, *arguments)


def _write(directory: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def _read(done: Captured) -> dict[str, Any]:
    assert done.status == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_what_is_public(tmp_path: Path) -> None:
    _write(
        tmp_path,
        {
            "p/__init__.py": "from p._hidden import shown\nimport os\n__all__ = ['shown', 'own']\n"
            "def own(): ...\ndef not_listed(): ...\n",
            "p/_hidden.py": "def shown(a: int) -> str: ...\ndef other(): ...\n",
            "p/open.py": "class A:\n    x: int = 1\n    def m(self): ...\n    def _m(self): ...\n",
        },
    )
    names = {one["name"] for one in _read(_run(tmp_path, "--search=.", "p"))["surface"]}

    assert names == {"p", "p.shown", "p.own", "p.open", "p.open.A", "p.open.A.x", "p.open.A.m"}


def test_packages_that_need_each_other_can_stand_in_any_order(tmp_path: Path) -> None:
    _write(
        tmp_path,
        {
            "a/__init__.py": "from b import f\n__all__ = ['f']\n",
            "a/__init__.pyi": "from b import f as f\ndef f(x: int) -> int: ...\n",
            "b/__init__.py": "def f(x): ...\n",
        },
    )
    names = {one["name"] for one in _read(_run(tmp_path, "--search=.", "a", "b"))["surface"]}

    assert {"a.f", "b.f"} <= names


@pytest.mark.parametrize(
    ("before", "now", "kinds"),
    [
        ("def f(a): ...", "def f(a, b=1): ...", []),
        ("def f(a): ...", "def f(a, b): ...", ["parameter-added-required"]),
        ("def f(a): ...", "def f(): ...", ["parameter-removed"]),
        ("def f(): ...", "", ["object-removed"]),
        ("def f(): ...", "f = 1", ["object-changed-kind"]),
        ("__version__ = '1'\nX = 1", "__version__ = '2'\nX = 2", []),
        ("def _f(a): ...", "def _f(): ...", []),
    ],
)
def test_what_breaks(tmp_path: Path, before: str, now: str, kinds: list[str]) -> None:
    _write(tmp_path, {"old/p/__init__.py": before, "new/p/__init__.py": now})
    document = _read(_run(tmp_path, "--search=new", "--release=old", "p"))

    assert document["compared"] is True
    assert [one["kind"] for one in document["breakages"]] == kinds


def test_additions_are_names_that_the_release_did_not_have(tmp_path: Path) -> None:
    _write(tmp_path, {"old/p.py": "def f(): ...", "new/p.py": "def f(): ...\ndef g(): ..."})
    document = _read(_run(tmp_path, "--search=new", "--release=old", "p"))

    assert document["additions"] == ["p.g"]


def test_a_package_moved_below_src_is_found_in_the_release(tmp_path: Path) -> None:
    _write(tmp_path, {"old/p.py": "def f(): ...", "new/src/p.py": ""})
    document = _read(_run(tmp_path, "--search=new/src", "--release=old/src", "--release=old", "p"))

    assert [one["name"] for one in document["breakages"]] == ["p.f"]


def test_a_package_that_is_new_is_absent_from_the_release(tmp_path: Path) -> None:
    _write(tmp_path, {"old/p.py": "", "new/p.py": "", "new/q.py": ""})
    document = _read(_run(tmp_path, "--search=new", "--release=old", "p", "q"))

    assert document["absent"] == ["q"]


def test_a_package_that_is_not_there_is_no_empty_surface(tmp_path: Path) -> None:
    done = _run(tmp_path, "--search=.", "gone")

    assert done.status != 0
    assert "no package gone" in done.stderr


def test_no_module_of_the_project_stands_in_for_one_of_the_probe(tmp_path: Path) -> None:
    _write(tmp_path, {"p.py": "def f(): ...", "json.py": "raise RuntimeError"})
    document = _read(capture((sys.executable, "-I", str(PROGRAM), "--search=.", "p"), tmp_path))

    assert [one["name"] for one in document["surface"]] == ["p", "p.f"]


def test_an_alias_of_another_distribution_is_public_and_not_followed(tmp_path: Path) -> None:
    _write(tmp_path, {"p.py": "from elsewhere import f\nx: int = 1\n__all__ = ['f', 'x']\n"})
    surface = _read(_run(tmp_path, "--search=.", "p"))["surface"]

    assert [(one["name"], one["kind"], one["signature"]) for one in surface] == [
        ("p", "module", ""),
        ("p.f", "alias", ""),
        ("p.x", "attribute", "int"),
    ]
