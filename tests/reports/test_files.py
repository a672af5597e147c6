import json
import os
from pathlib import Path

import pytest

from pytest_forge.errors import ConfigurationError
from pytest_forge.reports import files
from pytest_forge.results import RunReport


def test_all_reports_are_written_and_nothing_else(mixed: RunReport, tmp_path: Path) -> None:
    directory = tmp_path / "a" / "reports"
    paths = files.write_all(mixed, directory)
    assert [path.name for path in paths] == [
        "report.sarif",
        "report.md",
        "sbom.cdx.json",
        "report.json",
    ]
    assert sorted(directory.iterdir()) == sorted(paths)
    assert json.loads((directory / "report.json").read_text("utf-8"))["schema"] == "report-1"


def test_every_byte_is_what_the_writer_returned(hostile: RunReport, tmp_path: Path) -> None:
    for path in files.write_all(hostile, tmp_path):
        assert path.read_bytes() == files.WRITERS[path.name](hostile).encode()


def test_older_reports_are_replaced(mixed: RunReport, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("old")
    files.write_all(mixed, tmp_path)
    assert "old" not in (tmp_path / "report.json").read_text("utf-8")


def test_a_writer_that_fails_leaves_the_older_reports_alone(
    mixed: RunReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(run: RunReport) -> str:
        raise ValueError("broken")

    (tmp_path / "report.sarif").write_text("old")
    monkeypatch.setitem(files.WRITERS, "report.json", broken)
    with pytest.raises(ValueError, match="broken"):
        files.write_all(mixed, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["report.sarif"]
    assert (tmp_path / "report.sarif").read_text() == "old"


def test_a_file_that_cannot_be_replaced_is_left_whole_and_no_rest_stays(
    mixed: RunReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "report.sarif").write_text("old")
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(ConfigurationError, match="Permission denied; name another directory"):
        files.write_all(mixed, tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"report.sarif": "old"}


def test_a_directory_that_is_a_file_is_named_on_one_line(mixed: RunReport, tmp_path: Path) -> None:
    taken = tmp_path / "reports"
    taken.write_text("")
    with pytest.raises(ConfigurationError) as caught:
        files.write_all(mixed, taken)
    assert str(taken) in str(caught.value)
    assert "--forge-report" in str(caught.value)
    assert "\n" not in str(caught.value)
