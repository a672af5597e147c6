"""Our pytest over the tests of a project, in environments as projects have them."""

import sys
from contextlib import chdir
from pathlib import Path
from xml.etree import ElementTree

import pytest
from called import function
from coverage import Coverage

from pytest_forge import probes
from pytest_forge.execution.process import Captured, capture
from pytest_forge.probes import run_tests

PROBES = Path(probes.__file__).parent
TESTS = """\
import pytest

def test_unit(): pass

@pytest.mark.integration
def test_service(): pass
"""
SETTINGS = "[pytest]\nmarkers = integration\n"


def _pytest(directory: Path, choice: str, *arguments: str, paths: str = "") -> Captured:
    options = ("--junitxml=junit.xml", "-p", "no:randomly", *arguments)
    command = (sys.executable, str(PROBES / "run_pytest.py"), choice, paths, *options)
    return capture(command, directory)


def _names(directory: Path) -> set[str]:
    root = ElementTree.parse(directory / "junit.xml").getroot()
    return {case.get("name", "") for case in root.iter("testcase")}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "test_a.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text(SETTINGS)
    return tmp_path


@pytest.mark.real
@pytest.mark.parametrize(
    ("choice", "names"),
    [
        ("all", {"test_unit", "test_service"}),
        ("unit", {"test_unit"}),
        ("integration", {"test_service"}),
    ],
)
def test_the_marker_chooses(project: Path, choice: str, names: set[str]) -> None:
    assert _pytest(project, choice).status == 0
    assert _names(project) == names


@pytest.mark.real
def test_a_directory_chooses_too(project: Path) -> None:
    (project / "service").mkdir()
    (project / "service" / "test_b.py").write_text("def test_below(): pass\n")
    assert _pytest(project, "integration", paths="service").status == 0

    assert _names(project) == {"test_service", "test_below"}


@pytest.mark.real
def test_the_projects_own_choice_stays(project: Path) -> None:
    (project / "test_b.py").write_text("import pytest\n@pytest.mark.slow\ndef test_slow(): pass\n")
    (project / "pytest.ini").write_text(
        "[pytest]\nmarkers =\n  integration\n  slow\naddopts = -m 'not slow'\n"
    )
    assert _pytest(project, "unit").status == 0

    assert _names(project) == {"test_unit"}


@pytest.mark.real
def test_cov_and_xdist_in_addopts_do_not_disturb(project: Path) -> None:
    (project / "pytest.ini").write_text(
        SETTINGS + "addopts = -n 2 --cov=nothing --cov-fail-under=99\n"
    )
    done = _pytest(project, "all")

    assert done.status == 0, done.stdout + done.stderr
    assert not (project / ".coverage").exists()


@pytest.mark.real
def test_no_test_says_what_was_sought(project: Path) -> None:
    (project / "test_a.py").write_text("def test_unit(): pass\n")
    done = _pytest(project, "integration")

    assert done.status == 5
    assert done.stderr.strip().endswith("with the marker `integration`")


@pytest.mark.real
@pytest.mark.parametrize("status", [1, 2])
def test_a_status_that_no_test_explains_is_another(project: Path, status: int) -> None:
    (project / "conftest.py").write_text(
        f"def pytest_sessionfinish(session): session.exitstatus = {status}\n"
    )
    done = _pytest(project, "all")

    assert done.status == 70
    assert f"pytest ended with status {status}, though no test failed" in done.stderr


@pytest.mark.real
@pytest.mark.parametrize(
    ("source", "status"), [("def test_bad(): assert 0\n", 1), ("import nothing_of_this_name\n", 2)]
)
def test_failures_have_pytests_own_status(project: Path, source: str, status: int) -> None:
    (project / "test_b.py").write_text(source)

    assert _pytest(project, "all").status == status


def _coverage(directory: Path, *arguments: str) -> Captured:
    command = (sys.executable, str(PROBES / "run_tests.py"), "shop", "all", "", *arguments)
    data = {"COVERAGE_FILE": str(directory / "data")}
    ran = capture(command, directory, extra=data)
    assert ran.status == 0, ran.stdout + ran.stderr
    return capture((sys.executable, "-m", "coverage", "report"), directory, extra=data)


def _shop(directory: Path) -> None:
    (directory / "shop.py").write_text("def f(a):\n    if a:\n        return 1\n    return 2\n")
    (directory / "test_shop.py").write_text("import shop\ndef test_f(): assert shop.f(0) == 2\n")


@pytest.mark.real
def test_only_what_ships_is_covered(tmp_path: Path) -> None:
    _shop(tmp_path)
    report = _coverage(tmp_path).stdout

    assert "shop.py" in report
    assert "test_shop.py" not in report
    assert "BrPart" in report


@pytest.mark.real
def test_the_projects_own_source_stands_above_ours(tmp_path: Path) -> None:
    _shop(tmp_path)
    (tmp_path / ".coveragerc").write_text("[run]\nsource = .\n")

    assert "test_shop.py" in _coverage(tmp_path).stdout


@pytest.mark.parametrize(
    ("settings", "sources", "measured"),
    [
        ("", "shop,tools", ["--source=shop,tools"]),
        ("", "", []),
        ("[run]\nsource = .\n", "shop", []),
        ("[run]\ninclude = a/*\n", "shop", []),
    ],
)
def test_sources_are_given_only_where_the_project_states_none(
    tmp_path: Path, settings: str, sources: str, measured: list[str]
) -> None:
    (tmp_path / ".coveragerc").write_text(settings)
    with chdir(tmp_path):
        found = run_tests.arguments(sources, ["all", ""])

    assert found == ["run", "--branch", *measured, str(PROBES / "run_pytest.py"), "all", ""]


def test_a_setting_that_coverage_does_not_know_is_none() -> None:
    assert run_tests.option(Coverage(data_file=None), "run:no_such_setting") is None


@pytest.mark.parametrize(("status", "words"), [(5, "\npytest found no test\n"), (1, ""), (0, "")])
def test_a_run_without_tests_ends_with_these_words(
    monkeypatch: pytest.MonkeyPatch, status: int, words: str
) -> None:
    """coverage.py itself is not started: it would measure this process anew."""
    given: list[list[str]] = []

    def coverage(arguments: list[str]) -> int:
        given.append(arguments)
        return status

    monkeypatch.setattr(run_tests, "coverage", coverage)
    done = function(lambda: run_tests.main("shop", ["unit", "", "-x"]))

    assert (done.status, done.stderr) == (status, words)
    assert given[0][-3:] == ["unit", "", "-x"]
