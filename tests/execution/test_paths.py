"""Paths in reports are relative to forge's root, whatever a tool prints."""

from pathlib import Path

import pytest

from pytest_forge.execution.paths import relocated, relocation
from pytest_forge.model import Finding, Report, Sample

ROOT = Path("/repository")


@pytest.mark.parametrize(
    ("printed", "below_root"),
    [
        ("src/a.py", "sdk/src/a.py"),
        ("./src/a.py", "sdk/src/a.py"),
        ("../other/b.py", "other/b.py"),
        ("/repository/sdk/src/a.py", "sdk/src/a.py"),
        ("/scratch/snapshot/sdk/src/a.py", "sdk/src/a.py"),
        ("/usr/lib/python3/abc.py", None),
        ("/repository-of-another/a.py", None),
        ("../../outside.py", None),
    ],
)
def test_relocation(printed: str, below_root: str | None) -> None:
    copies = ((Path("/scratch/snapshot"), ROOT),)
    assert relocation(ROOT, ROOT / "sdk", copies)(printed) == below_root


def test_a_finding_outside_keeps_the_name_of_its_file_in_the_text() -> None:
    finding = Finding("type.errors", "misc", "broken stub", path="/site-packages/x/y.pyi", line=3)
    report = relocated(Report(findings=(finding,)), relocation(ROOT, ROOT, ()))
    assert report.findings[0].path is None
    assert report.findings[0].line is None
    assert report.findings[0].message == "broken stub (in y.pyi, outside the project)"


def test_samples_are_relocated_too() -> None:
    sample = Sample("complexity.max", 3, "f", path="a.py")
    report = relocated(Report(samples=(sample,)), relocation(ROOT, ROOT / "sdk", ()))
    assert report.samples[0].path == "sdk/a.py"
