"""Which pytest settings keep pytest from starting."""

from pathlib import Path

import pytest

from pytest_forge.commands.pytest_settings import obstacles


def found(directory: Path, name: str, text: str) -> list[str]:
    (directory / name).write_text(text)
    return obstacles(directory)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pytest.ini", "[pytest]\nminversion = 99\n"),
        (".pytest.ini", "[pytest]\nminversion = 99\n"),
        ("tox.ini", "[tox]\nenvlist = py\n[pytest]\nminversion = 99\n"),
        ("setup.cfg", "[tool:pytest]\nminversion = 99\n"),
        ("pyproject.toml", "[tool.pytest.ini_options]\nminversion = '99'\n"),
        ("pyproject.toml", "[tool.pytest]\nminversion = '99'\n"),
        ("pytest.toml", "[pytest]\nminversion = '99'\n"),
    ],
)
def test_every_file_that_pytest_reads_is_read(tmp_path: Path, name: str, text: str) -> None:
    (what,) = found(tmp_path, name, text)
    assert what.startswith(f"{name}: minversion is 99, here is pytest ")


@pytest.mark.parametrize(
    "line",
    [
        "required_plugins = pytest-nothing>=1 pluggy",
        "required_plugins = pluggy<0.1",
        "required_plugins = not/valid",
        "minversion = 99.1",
        "minversion = new",
        "addopts = -q -p nothing.there",
        "addopts = -pnothing",
    ],
)
def test_what_cannot_be_met_is_an_obstacle(tmp_path: Path, line: str) -> None:
    key = line.split(" ")[0]
    (what,) = found(tmp_path, "pytest.ini", f"[pytest]\n{line}\n")
    assert what.startswith("pytest.ini: ")
    assert key in what


@pytest.mark.parametrize(
    "line",
    [
        "required_plugins = pluggy>=1",
        "minversion = 8.0",
        "addopts = -p no:nothing -p forge -p pytester -p json",
        "addopts = 'unbalanced",
        "testpaths = tests",
        "addopts = -k -p",
    ],
)
def test_what_is_met_is_none(tmp_path: Path, line: str) -> None:
    assert found(tmp_path, "pytest.ini", f"[pytest]\n{line}\n") == []


def test_lists_of_toml_are_read(tmp_path: Path) -> None:
    text = "[tool.pytest]\naddopts = ['-p', 'nothing']\nrequired_plugins = ['pytest-nothing']\n"
    assert found(tmp_path, "pyproject.toml", text) == [
        "pyproject.toml: required_plugins names pytest-nothing",
        "pyproject.toml: addopts load the plugin nothing",
    ]


def test_the_nearest_file_upwards_with_settings_counts(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\nminversion = 99\n")
    assert obstacles(inner) != []
    (inner / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    (inner / "tox.ini").write_text("[tox]\n")
    assert obstacles(inner) != []
    (inner / "pytest.ini").write_text("")
    assert obstacles(inner) == []


@pytest.mark.parametrize("name", ["pyproject.toml", "pytest.ini"])
def test_a_file_that_cannot_be_read_is_somebody_elses_matter(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, name, "[[[\nnothing") == []
