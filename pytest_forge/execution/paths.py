"""Paths in reports, normalised once: POSIX, relative to forge's root, None outside it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from pytest_forge.model import CoveredLines, Finding, Report, Sample

Relocation: TypeAlias = Callable[[str], str | None]


def relocation(root: Path, directory: Path, copies: tuple[tuple[Path, Path], ...]) -> Relocation:
    """Return a function that maps a path as a tool printed it to one below `root`, or None.

    A relative path starts from `directory`, where the tool ran. `copies` are pairs (copy,
    original): a path in a copy of the tree is shown as the original's.
    """
    roots = tuple(dict.fromkeys((str(root), os.path.realpath(root))))

    def below_root(path: str) -> str | None:
        absolute = os.path.normpath(os.path.join(directory, path))
        for copy, original in copies:
            if absolute == str(copy) or absolute.startswith(f"{copy}{os.sep}"):
                absolute = os.path.normpath(os.path.join(original, os.path.relpath(absolute, copy)))
        for base in roots:
            if absolute.startswith(f"{base}{os.sep}"):
                return PurePosixPath(os.path.relpath(absolute, base)).as_posix()
        return None

    return below_root


def relocated(report: Report, relocate: Relocation) -> Report:
    """Return the report with every path relocated; one outside the root moves to the text."""
    return replace(
        report,
        findings=tuple(_finding(finding, relocate) for finding in report.findings),
        samples=tuple(_sample(sample, relocate) for sample in report.samples),
        lines=_lines(report.lines, relocate),
    )


def _lines(lines: Mapping[str, CoveredLines], relocate: Relocation) -> dict[str, CoveredLines]:
    """Return the lines of the files below the root; two names of one file become one."""
    found: dict[str, CoveredLines] = {}
    for name, numbers in lines.items():
        path = relocate(name)
        if path is not None:
            found[path] = found.get(path, CoveredLines()).merged(numbers)
    return found


def _finding(finding: Finding, relocate: Relocation) -> Finding:
    if not finding.path:
        return replace(finding, path=None)
    path = relocate(finding.path)
    if path is None:
        # Only the file's name: where a machine keeps its packages is nobody's business.
        outside = PurePosixPath(finding.path).name
        message = f"{finding.message} (in {outside}, outside the project)"
        return replace(finding, path=None, line=None, column=None, message=message)
    return replace(finding, path=path)


def _sample(sample: Sample, relocate: Relocation) -> Sample:
    return replace(sample, path=relocate(sample.path) if sample.path else None)
