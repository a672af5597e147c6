"""Copies the recordings of the .NET SDK into this repository's own layout.

    python scripts/copy_recordings_csharp.py DIRECTORY

They were made where there is a .NET SDK, over the C# specimen, clean and with one defect at a time.
DIRECTORY holds them as they were made: `cases/<case>/case.json` (why, the files laid over the
specimen, each command with its exit status), the streams of each command, and the files that these
wrote; `specimen/`, and `*.targets`. Each case goes to `tests/recordings/csharp/<run>-<version>/`,
under the run whose outputs it holds. Nothing is edited but the layout: logs in JSON lose their
blanks, which are four fifths of them.
"""

import json
import shlex
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

RECORDINGS = Path(__file__).parent.parent / "tests" / "recordings" / "csharp"
VERSION = "10.0.401"

# The beginning of a case's name -> the run that it belongs to, and which files are its outputs.
_RUNS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "build-properties": (
        "dotnet-projects",
        {"projects": "stdout-2.txt", "test-project": "stdout-3.txt", "solution": "stdout-4.txt"},
    ),
    "build-not-restored": ("dotnet-build", {"log": "stdout-1.txt"}),
    "build-no-project": ("dotnet-build", {"log": "stdout-1.txt"}),
    "build-incremental-lie": ("dotnet-build", {"log": "stdout-3.txt", "compilations": "*.sarif"}),
    "build-": ("dotnet-build", {"log": "stdout-2.txt", "compilations": "Pager.net10.0.sarif"}),
    "test-filter-integration": (
        "dotnet-integration-tests",
        {"log": "stdout-2.txt", "tests": "*.trx"},
    ),
    "test-": (
        "dotnet-test",
        {"log": "stdout-2.txt", "tests": "*.trx", "coverage": "coverage*.xml"},
    ),
    "format-clean": (
        "dotnet-format",
        {"log": "stdout-3.txt", "errors": "stderr-3.txt", "report": "*.json"},
    ),
    "format-": (
        "dotnet-format",
        {"log": "stdout-2.txt", "errors": "stderr-2.txt", "report": "*.json"},
    ),
    "packages-clean": ("dotnet-packages", {"packages": "stdout-2.txt"}),
    "packages-licenses": ("licenses", {"assets": "*.assets.json", "nuspec": "newtonsoft*.nuspec"}),
    "packages-": ("dotnet-audit", {"source": "stdout-1.txt", "vulnerable": "stdout-2.txt"}),
    "api-": (
        "package-validation",
        {"log": "stdout-2.txt", "breaking": "breaking.xml", "changes": "strict.xml"},
    ),
    "pack": ("pack", {"log": "stdout-1.txt", "nuspec": "stdout-3.txt"}),
    "benchmark": ("dotnet-run", {"report": "*full-compressed.json"}),
}

_NAMES: Mapping[str, str] = {
    "build-properties": "clean",
    "build-not-restored": "not-restored",
    "build-no-project": "no-project",
    "build-incremental-lie": "incremental-lie",
    "test-filter-integration": "clean",
    "format-clean": "clean",
    "packages-clean": "clean",
    "packages-licenses": "clean",
    "pack": "clean",
    "benchmark": "clean",
    "benchmark-none": "none",
}
"""What a case is called here; the others lose the run's part of their name."""


def main(source: Path) -> None:
    """Copy every case, and the files that the recorded commands were given."""
    shutil.rmtree(RECORDINGS, ignore_errors=True)
    for directory in sorted((source / "cases").iterdir()):
        copy(directory)
    given = RECORDINGS / f"given-{VERSION}"
    given.mkdir()
    for name in ("forge.targets", "complexity.targets", "complexity.globalconfig"):
        shutil.copyfile(source / name, given / name)


def copy(source: Path) -> None:
    """Copy one case."""
    prefix = max((name for name in _RUNS if source.name.startswith(name)), key=len)
    run, outputs = _RUNS[prefix]
    target = RECORDINGS / f"{run}-{VERSION}" / _NAMES.get(source.name, source.name[len(prefix) :])
    target.mkdir(parents=True)
    case = json.loads((source / "case.json").read_text(encoding="utf-8"))
    written = copied_files(source, target)
    document = {
        "why": case["why"],
        "run": run,
        "tool_version": VERSION,
        "commands": [shlex.split(one["command"]) for one in case["runs"]],
        "exit_statuses": [one["exit"] for one in case["runs"]],
        "outputs": {name: first(target, pattern) for name, pattern in outputs.items()},
        # Where the commands wrote what they left, and what was laid over the specimen.
        "written": written,
        "laid": {
            path: None if text == "deleted" else text
            for path, text in case["laid over the specimen"].items()
        },
    }
    text = json.dumps(document, indent=1, ensure_ascii=False)
    (target / "case.json").write_text(text + "\n", encoding="utf-8")
    print(target.relative_to(RECORDINGS), document["exit_statuses"])


def copied_files(source: Path, target: Path) -> dict[str, str]:
    """Copy streams and files flatly; return where each file was written -> its name here."""
    for stream in sorted(source.glob("std*.txt")):
        (target / stream.name).write_bytes(stream.read_bytes())
    written: dict[str, str] = {}
    for base in ("files", "nuspec"):
        for path in sorted((source / base).rglob("*")):
            if path.is_file():
                place = path.relative_to(source / base).as_posix()
                name = free_name(target, path.name)
                (target / name).write_bytes(without_blanks(path))
                written[place if base == "files" else f"packages/{place}"] = name
    return written


def free_name(target: Path, name: str) -> str:
    """Return the name, with a number where another file has it already."""
    stem, dot, suffix = name.partition(".")
    number = 1
    while (target / name).exists():
        number += 1
        name = f"{stem}-{number}{dot}{suffix}"
    return name


def without_blanks(path: Path) -> bytes:
    """Return a file's content, that of a log without the blanks between its values."""
    data = path.read_bytes()
    if path.suffix != ".sarif":
        return data
    document: Any = json.loads(data.decode("utf-8-sig"))
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def first(target: Path, pattern: str) -> str | None:
    """Return the first file that fits, None where none was written."""
    return next((path.name for path in sorted(target.glob(pattern))), None)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
