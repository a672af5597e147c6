"""How licensecheck is started; the tool's own work is in the recordings."""

import os
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest
from called import as_a_new_process, function

from pytest_forge.probes import run_licensecheck


def test_without_uv_the_status_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(name: str) -> None:
        assert name == "uv"

    monkeypatch.setattr(shutil, "which", nowhere)
    with as_a_new_process(tmp_path):
        done = function(lambda: run_licensecheck.main("metadata", []))

    assert (done.status, done.stderr) == (3, "licensecheck needs uv: pip install uv\n")


def test_it_starts_with_the_projects_metadata_first_and_forges_uv(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: dict[str, object] = {}
    stand_in = ModuleType("licensecheck.cli")

    def cli() -> None:
        found.update(path=sys.path[0], argv=list(sys.argv), programs=os.environ["PATH"])
        sys.exit(0)

    stand_in.cli = cli  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "licensecheck", ModuleType("licensecheck"))
    monkeypatch.setitem(sys.modules, "licensecheck.cli", stand_in)
    monkeypatch.setattr(shutil, "which", lambda name: f"/somewhere/{name}")
    monkeypatch.setattr(sys, "argv", ["kept"])
    with as_a_new_process(tmp_path):
        done = function(lambda: run_licensecheck.main("metadata", ["-r", "pyproject.toml"]))

    assert done.status == 0
    assert found["path"] == "metadata"
    assert found["argv"] == ["licensecheck", "-r", "pyproject.toml"]
    assert str(found["programs"]).split(os.pathsep)[0] == str(Path(sys.executable).parent)
