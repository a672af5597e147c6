"""Traps that real repositories hold for whoever runs Python's tools in them."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from pytest_forge.errors import OutputUnreadable, TimedOut, ToolCrashed
from pytest_forge.execution.execute import execute
from pytest_forge.execution.process import Processes
from pytest_forge.model import Report, TestOutcome
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context, Run
from pytest_forge.toolchains.python.project import inspect
from pytest_forge.toolchains.python.runs import ANNOTATIONS, COMPILEALL, RADON, UNIT_TESTS

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

PACKAGED = '[build-system]\nrequires = []\n[project]\nname = "demo"\n'
MODULE = "def double(number: int) -> int:\n    return 2 * number\n"
TEST = "from demo import double\n\ndef test_double():\n    assert double(2) == 4\n"

pytestmark = pytest.mark.real


def run(run: Run, tree: Tree, manifest: str = "pyproject.toml", timeout: float = 120) -> Report:
    """Execute a run of the project in `tree`, with this interpreter as the project's."""
    project = inspect(tree, manifest)
    assert isinstance(project, Project)
    directory = tree.root / project.directory
    scratch = tree.root / ".forge/runs/demo"
    context = Context(project, ProjectSettings(), tree, tree.root, directory, scratch)
    prepared = replace(context, slots={"python": sys.executable})
    return execute(run, prepared, Processes(), timeout).read()


def project_of(tree_of: TreeOf, settings: str, test: str = TEST) -> Tree:
    return tree_of(
        {"pyproject.toml": PACKAGED + settings, "demo.py": MODULE, "tests/test_demo.py": test}
    )


def failed(report: Report) -> list[str]:
    return [one.message for one in report.tests if one.outcome is TestOutcome.FAILED]


def test_a_test_that_waits_for_a_silent_host_ends_at_the_limit(tree_of: TreeOf) -> None:
    """Trap 10: requests' tests want a host that never answers, others a whole internet."""
    waits = "import time\n\ndef test_connect():\n    time.sleep(600)\n"
    with pytest.raises(TimedOut, match="took longer") as caught:
        run(UNIT_TESTS, project_of(tree_of, "", waits), timeout=5)
    assert 'timeouts."unit-tests"' in caught.value.mend


def test_a_test_without_its_host_fails_by_name(tree_of: TreeOf) -> None:
    """Trap 10: a refused connection is a failed test, which the reason names, and no crash."""
    refused = 'def test_connect():\n    raise ConnectionRefusedError("no host")\n'
    report = run(UNIT_TESTS, project_of(tree_of, "", refused))
    assert ["no host" in message for message in failed(report)] == [True]


@pytest.mark.parametrize(
    ("measured", "proof", "number"),
    [
        (COMPILEALL, "files.compiled", 3),
        (ANNOTATIONS, "files.checked", 3),
        (RADON, "functions", 2),
    ],
    ids=["compileall", "annotations", "radon"],
)
def test_names_and_encodings_of_all_kinds(
    tree_of: TreeOf, measured: Run, proof: str, number: int
) -> None:
    """Trap 17: a byte order mark, Latin-1, blanks and an apostrophe in names."""
    latin = {"it's an sdk/demo/latin.py": "# coding: latin-1\n# caf\xe9\n".encode("latin-1")}
    tree = tree_of(
        {
            "it's an sdk/pyproject.toml": b"\xef\xbb\xbf" + PACKAGED.encode(),
            "it's an sdk/demo/__init__.py": MODULE,
            "it's an sdk/demo/marked.py": b"\xef\xbb\xbf" + MODULE.encode(),
            # radon reads UTF-8 only; see the next test.
            **({} if measured is RADON else latin),
        }
    )
    assert run(measured, tree, "it's an sdk/pyproject.toml").value(proof) == number


def test_what_radon_cannot_read_is_named(tree_of: TreeOf) -> None:
    """Trap 17: a file that is not UTF-8 is no file without functions."""
    latin = "# coding: latin-1\n# caf\xe9\n".encode("latin-1")
    tree = tree_of({"pyproject.toml": PACKAGED, "demo/__init__.py": MODULE, "demo/b.py": latin})
    with pytest.raises(OutputUnreadable, match=r"demo/b\.py: .*decode"):
        run(RADON, tree)


def test_settings_that_need_an_absent_plugin_are_named(tree_of: TreeOf) -> None:
    """Trap 18: pydantic's addopts need pytest-benchmark."""
    tree = project_of(tree_of, '[tool.pytest.ini_options]\naddopts = "--of-no-plugin"\n')
    with pytest.raises(ToolCrashed, match="unrecognized arguments: --of-no-plugin"):
        run(UNIT_TESTS, tree)


@pytest.mark.parametrize(
    ("settings", "test", "word"),
    [
        (
            'addopts = "--strict-markers"',
            "import pytest\n\n@pytest.mark.unknown\ndef test(): ...\n",
            "unknown",
        ),
        (
            'filterwarnings = ["error"]',
            "import warnings\n\ndef test():\n    warnings.warn('old', stacklevel=1)\n",
            "old",
        ),
    ],
    ids=["strict", "warnings"],
)
def test_strict_settings_of_the_project_hold_in_its_own_tests(
    tree_of: TreeOf, settings: str, test: str, word: str
) -> None:
    """Trap 18: attrs refuses unknown markers, pydantic makes warnings errors."""
    (message,) = failed(
        run(UNIT_TESTS, project_of(tree_of, f"[tool.pytest.ini_options]\n{settings}\n", test))
    )
    assert word in message
