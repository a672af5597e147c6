import json
import sys
from pathlib import Path
from typing import Any

import pytest
from called import program

from pytest_forge.execution.process import Captured, capture
from pytest_forge.formats.environment import parse
from pytest_forge.probes import environment

PROGRAM = Path(environment.__file__)


def _run(directory: Path, *arguments: str) -> Captured:
    return program(environment.main, directory, *arguments)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """What the probe says of the environment that runs the tests."""
    done = _run(Path.cwd(), "pytest_forge")
    assert done.status == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_distribution_stands_there_with_its_metadata(document: dict[str, Any]) -> None:
    found = {one["name"]: one for one in document["distributions"]}

    assert found["pytest"]["license_expression"] == "MIT" or found["pytest"]["license"] == "MIT"
    assert any(line.startswith("pluggy") for line in found["pytest"]["requires"])
    assert list(found) == sorted(found)


def test_markers_are_those_of_the_interpreter(document: dict[str, Any]) -> None:
    from packaging.markers import default_environment

    ours = {name: value for name, value in default_environment().items() if name != "extra"}
    assert document["markers"] == ours


def test_the_format_reads_what_the_probe_writes(document: dict[str, Any]) -> None:
    report = parse(json.dumps({**document, "distribution": ""}).encode())

    assert report.measures["distributions"] == len(document["distributions"])


def test_requirements_files_are_read_with_those_that_they_include(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text(
        "# a comment\n--index-url https://example.org\n-r more.txt\nattrs==1.0 \\\n"
        "    --hash=sha256:00\nkit>=1  # why\n"
    )
    (tmp_path / "more.txt").write_text("low-level; python_version > '3'\n")
    done = _run(tmp_path, "", "--requirements", "requirements.txt")

    assert json.loads(done.stdout)["requirements"] == [
        "low-level; python_version > '3'",
        "attrs==1.0",
        "kit>=1",
    ]


def test_pins_leave_out_the_project_and_what_is_installed_in_place(tmp_path: Path) -> None:
    done = _run(tmp_path, "pytest", "--pins", "pins.txt", "--output", "environment.json")
    assert done.status == 0, done.stderr
    pins = (tmp_path / "pins.txt").read_text().splitlines()
    found = json.loads((tmp_path / "environment.json").read_text())["distributions"]
    editable = {one["name"] for one in found if one["editable"]}

    names = {pin.partition("==")[0] for pin in pins}
    assert names == {one["name"] for one in found} - editable - {"pytest"}


def test_metadata_is_copied_to_where_importlib_finds_it(tmp_path: Path) -> None:
    from importlib.metadata import distributions

    assert _run(tmp_path, "", "--metadata", "copies").status == 0
    copies = {one.metadata["Name"] for one in distributions(path=[str(tmp_path / "copies")])}

    assert {"pytest", "pluggy"} <= copies


def test_seeds_of_an_environment_count_only_if_something_requires_them() -> None:
    found: dict[str, dict[str, object]] = {
        "pip": {"requires": []},
        "setuptools": {"requires": ["wheel; extra == 'core'"]},
        "wheel": {"requires": []},
        "builder": {"requires": ["Setuptools>=61; python_version > '3'", "pip; extra == 'x'"]},
    }
    assert environment.seeds(found) == {"pip", "wheel"}


def test_it_needs_nothing_but_an_interpreter(tmp_path: Path) -> None:
    done = capture((sys.executable, "-I", "-S", str(PROGRAM), ""), tmp_path)

    assert (done.status, done.stderr) == (0, "")
    assert json.loads(done.stdout)["distributions"] == []
