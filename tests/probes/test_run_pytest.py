"""What the probe makes of pytest's statuses; `test_run_tests.py` runs both as programs."""

from pathlib import Path

import pytest
from called import as_a_new_process, function

from pytest_forge.execution.process import Captured
from pytest_forge.probes import run_pytest


def _run(directory: Path, choice: str, paths: str = "") -> Captured:
    # Under importlib no module of these tests can be taken for one of another test's.
    options = ["-q", "-p", "no:faulthandler", "-p", "no:randomly", "-p", "no:cacheprovider"]
    with as_a_new_process(directory):
        return function(
            lambda: run_pytest.main(
                choice, paths, [*options, "--import-mode=importlib", "--rootdir=."]
            )
        )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = integration\n")
    return tmp_path


def _write(directory: Path, name: str, source: str) -> None:
    # A name of its own for each test, since pytest looks for the module among the loaded ones.
    path = directory / name.replace("test_", f"test_of_{directory.name}_")
    path.parent.mkdir(exist_ok=True)
    path.write_text(source)


MARKED = "import pytest\n@pytest.mark.integration\ndef test_service(): pass\n"


@pytest.mark.parametrize(
    ("choice", "passed", "deselected"),
    [("all", 3, 0), ("unit", 1, 2), ("integration", 2, 1)],
)
def test_the_marker_and_the_place_choose(
    project: Path, choice: str, passed: int, deselected: int
) -> None:
    _write(project, "test_a.py", MARKED + "def test_unit(): pass\n")
    _write(project, "service/test_b.py", "def test_below(): pass\n")
    done = _run(project, choice, "service")

    assert done.status == 0
    assert f"{passed} passed" in done.stdout
    assert (f"{deselected} deselected" in done.stdout) == bool(deselected)


@pytest.mark.parametrize(("choice", "words"), list(run_pytest.NOTHING.items()))
def test_no_test_at_all_says_what_was_sought(project: Path, choice: str, words: str) -> None:
    done = _run(project, choice)

    assert done.status == run_pytest.NO_TESTS
    assert done.stderr.splitlines()[-1] == words


@pytest.mark.parametrize(
    ("source", "status"), [("def test_bad(): assert 0\n", 1), ("import nothing_of_this_name\n", 2)]
)
def test_failures_keep_pytests_own_status(project: Path, source: str, status: int) -> None:
    _write(project, "test_a.py", source)

    assert _run(project, "all").status == status


def test_a_failure_that_no_test_explains_is_another_status(project: Path) -> None:
    (project / "conftest.py").write_text(
        "def pytest_sessionfinish(session): session.exitstatus = 1\n"
    )
    _write(project, "test_a.py", "def test_good(): pass\n")
    done = _run(project, "all")

    assert done.status == run_pytest.UNEXPLAINED
    assert "pytest ended with status 1, though no test failed" in done.stderr
