import json
import sys
from pathlib import Path
from typing import Any

import pytest
from called import program

from pytest_forge.execution.process import Captured, capture
from pytest_forge.probes import annotations

PROGRAM = Path(annotations.__file__)


def _run(directory: Path, *paths: str) -> Captured:
    return program(annotations.main, directory, *paths)


def _measure(directory: Path, source: str) -> dict[str, Any]:
    (directory / "a.py").write_text(source, encoding="utf-8")
    done = _run(directory, "a.py")
    assert done.status == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


@pytest.mark.parametrize(
    ("source", "annotated", "total"),
    [
        ("def f(a: int, /, b: int, *c: int, d: int, **e: int) -> int: ...", 6, 6),
        ("def f(a, /, b, *c, d, **e): ...", 0, 6),
        ("def f(): ...", 0, 1),
        ("async def f(a: int): ...", 1, 2),
        ("class A:\n def m(self, a: int) -> int: ...", 2, 2),
        ("class A:\n @classmethod\n def m(cls) -> int: ...", 1, 1),
        ("class A:\n @staticmethod\n def m(a) -> int: ...", 1, 2),
        ("class A:\n def __init__(self, a: int): ...", 2, 2),
        ("class A:\n def __init__(self): ...", 0, 1),
        ("f = lambda a: a", 0, 0),
        ("def f() -> int:\n def g(a): ...", 1, 3),
        ("if 1:\n def f(a): ...\nelse:\n def f(a: int) -> int: ...", 2, 4),
        ("try:\n pass\nexcept E:\n def f(a): ...", 0, 2),
        ("match 1:\n case 1:\n  def f(a): ...", 0, 2),
        ("import typing as t\n@t.overload\ndef f(a: int) -> int: ...\ndef f(a): ...", 2, 2),
        ("@no_type_check\ndef f(a): ...", 0, 0),
        ("NAME = 1", 0, 0),
    ],
)
def test_what_counts(tmp_path: Path, source: str, annotated: int, total: int) -> None:
    document = _measure(tmp_path, source)

    assert (document["annotated"], document["total"]) == (annotated, total)


def test_an_incomplete_function_is_told_by_its_whole_name(tmp_path: Path) -> None:
    document = _measure(tmp_path, "class A:\n class B:\n  def m(self, a): ...\n")

    assert document["incomplete"] == [
        {"path": "a.py", "name": "A.B.m", "line": 3, "total": 2, "annotated": 0}
    ]


def test_a_stub_stands_for_its_module(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "a.py").write_text("def f(x): ...\n")
    (package / "a.pyi").write_text("def f(x: int) -> int: ...\n")
    (package / "b.py").write_text("def g(x) -> int: ...\n")
    document = json.loads(_run(tmp_path, "package").stdout)

    assert (document["files"], document["annotated"], document["total"]) == (2, 3, 4)


def test_a_syntax_error_has_an_exit_status_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def f(:\n")
    done = _run(tmp_path, "a.py")

    assert (done.status, done.stdout) == (3, "")
    assert "a.py" in done.stderr


def test_a_path_that_is_not_there_is_no_empty_result(tmp_path: Path) -> None:
    done = _run(tmp_path, "gone")

    assert done.status != 0
    assert "gone is not there" in done.stderr


def test_it_needs_nothing_but_an_interpreter(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def f(): ...\n")
    done = capture((sys.executable, "-I", "-S", str(PROGRAM), "a.py"), tmp_path)

    assert (done.status, done.stderr) == (0, "")
    assert json.loads(done.stdout)["total"] == 1


def test_an_attribute_is_a_decorator_by_its_last_name(tmp_path: Path) -> None:
    source = "@a.b\n@staticmethod\ndef f(x): ...\nclass A:\n @other\n def m(self, x): ...\n"
    document = _measure(tmp_path, source)

    assert document["total"] == 4
