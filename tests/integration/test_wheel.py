"""The wheel holds the nine packages and what belongs to them; the editable install finds them."""

import subprocess
import sys
import zipfile
from configparser import ConfigParser
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
GATES = {
    "compilation",
    "types",
    "unit-tests",
    "integration-tests",
    "quality",
    "security",
    "licenses",
    "breaking-changes",
}
GATE_PACKAGES = {f"forge_gate_{gate.replace('-', '_')}" for gate in GATES}
PACKAGES = {"pytest_forge", *GATE_PACKAGES}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel that hatchling builds from this tree."""
    directory = tmp_path_factory.mktemp("wheel")
    command = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(directory), str(ROOT)]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = directory.glob("*.whl")
    return zipfile.ZipFile(built)


@pytest.mark.real
def test_top_level_is_the_nine_packages(wheel: zipfile.ZipFile) -> None:
    top = {name.split("/")[0] for name in wheel.namelist()}
    metadata = {name for name in top if name.endswith(".dist-info")}
    assert len(metadata) == 1
    assert top - metadata == PACKAGES


@pytest.mark.real
def test_schema_and_type_marker_are_inside(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert "pytest_forge/py.typed" in names
    assert [name for name in names if name.endswith(".schema.json")]
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name]


@pytest.mark.real
def test_entry_points(wheel: zipfile.ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith("dist-info/entry_points.txt"))
    points = ConfigParser()
    points.read_string(wheel.read(name).decode())
    assert dict(points["pytest11"]) == {"forge": "pytest_forge.plugin"}
    assert dict(points["console_scripts"]) == {"pytest-forge": "pytest_forge.cli:main"}
    assert set(points["pytest_forge.gates"]) == GATES
    assert set(points["pytest_forge.gates"].values()) == GATE_PACKAGES


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_installed_packages_are_found_as_resources(package: str) -> None:
    assert (files(package) / "__init__.py").is_file()
