"""Whether forge runs a repository's projects side by side as well as `make -j` would.

One repository holds the clean specimens of several languages, nested. A cold `pytest --forge` over
it (no build tree, no prepared environment, a compile cache of its own) is timed; then the very
commands that it ran are written into a Makefile, one target for each run of forge's, the preparing
ones before the others of their project, and timed in a fresh copy of the repository by
`make --keep-going -j JOBS`. The packages that both download are in the machine's caches for both.
forge's own work (pytest, version probes, reading, judging, reports) counts against it, make's
missing blocking of gates counts for make.

    python benchmarks/side_by_side.py [--languages python rust go] [--jobs 2] [--rounds 1]

Prints both wall times and the ratio forge / make of each round, and exits 1 where the smallest
ratio is above 1: other load can only add to either side.
"""

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SPECIMENS = ROOT / "tests" / "specimens"
BUILD_CACHES = ("GOCACHE", "CARGO_TARGET_DIR")
_GIT = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org")


@dataclass(frozen=True)
class Command:
    """One process of a forge run, as `request_log` has written it down."""

    argv: Sequence[str]
    directory: str
    environment: Mapping[str, str]
    stdout: str
    stderr: str
    begun: float

    @property
    def group(self) -> str:
        """Return the directory of its streams, which all steps of one run share."""
        return str(Path(self.stdout).parent)


def make_repository(root: Path, languages: Sequence[str]) -> Path:
    """Lay each language's specimen into a directory of its own, released once and changed since."""
    sys.path.insert(0, str(ROOT / "tests"))
    from specimens.defects import GO, PYTHON, RUST, repository

    known = {specimen.language: specimen for specimen in (PYTHON, RUST, GO)}
    # A Go module's tag names its directory.
    tags = ("v1.0.0", *(f"{language}/v1.0.0" for language in languages))
    return repository({language: known[language] for language in languages}, root, tags)


def environment(home: Path) -> dict[str, str]:
    """Return the environment of one side, with compile caches that are empty."""
    kept = {name: value for name, value in os.environ.items() if name not in BUILD_CACHES}
    return kept | {"GOCACHE": str(home / "go-build"), "FORGE_ADVISORIES": _advisories()}


def _advisories() -> str:
    return os.environ.get("FORGE_ADVISORIES", str(SPECIMENS / "advisories"))


def time_forge(repository: Path, home: Path, jobs: int) -> tuple[float, list[Command]]:
    """Return the seconds of a cold forge run and what it executed, in order."""
    log = home / "requests"
    added = {"REQUEST_LOG": str(log), "PYTHONPATH": str(ROOT / "benchmarks")}
    command = (sys.executable, "-m", "pytest", "--forge", "-p", "request_log")
    options = (f"--forge-jobs={jobs}", "--forge-keep-going", "-q")
    begun = time.monotonic()
    done = subprocess.run(
        (*command, *options),
        cwd=repository,
        env=environment(home) | added,
        capture_output=True,
        text=True,
    )
    seconds = time.monotonic() - begun
    if done.returncode:
        sys.exit(f"forge did not pass:\n{done.stdout}{done.stderr}")
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    commands = [_command(one) for one in sorted(lines, key=lambda one: float(one["begun"]))]
    # Version probes are forge's own work.
    return seconds, [one for one in commands if ".forge" in Path(one.stdout).parts]


def _command(one: Mapping[str, Any]) -> Command:
    return Command(**{name: one[name] for name in Command.__annotations__})


def write_makefile(home: Path, commands: Iterable[Command], moved: tuple[str, str]) -> None:
    """Write a Makefile with one target for each run; `moved` is the old and the new place.

    Each run is a script of its own, since a command may hold what make would not take (a newline).
    """
    groups: dict[str, list[Command]] = {}
    for one in commands:
        groups.setdefault(one.group, []).append(one)
    preparing = [name for name in groups if "/.forge/environments/" in name]
    names = {group: f"run{number}" for number, group in enumerate(groups)}
    lines = [".PHONY: all " + " ".join(names.values()), "all: " + " ".join(names.values())]
    for group, steps in groups.items():
        script = home / f"{names[group]}.sh"
        text = "\n".join([f"mkdir -p {shlex.quote(group)}", *map(_shell, steps)]) + "\n"
        script.write_text(text.replace(*moved), encoding="utf-8")
        needs = "" if group in preparing else " ".join(names[one] for one in preparing)
        lines.append(f"{names[group]}: {needs}".rstrip())
        # A tool that found something exits with a status of its own.
        lines.append(f"\t-@sh {script}")
    (home / "Makefile").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _shell(step: Command) -> str:
    variables = [f"{name}={shlex.quote(value)}" for name, value in step.environment.items()]
    command = " ".join(["env", *variables, shlex.join(step.argv)])
    streams = f">{shlex.quote(step.stdout)} 2>{shlex.quote(step.stderr)}"
    return f"cd {shlex.quote(step.directory)} && {command} {streams}"


def time_make(repository: Path, home: Path, jobs: int) -> float:
    """Return the seconds of `make` over the same commands in a fresh copy."""
    command = ("make", "--keep-going", "--silent", f"--jobs={jobs}", "-f", str(home / "Makefile"))
    begun = time.monotonic()
    done = subprocess.run(
        command, cwd=repository, env=environment(home), capture_output=True, text=True
    )
    seconds = time.monotonic() - begun
    # Failed commands are ignored in the Makefile: this is make's own complaint.
    if done.returncode:
        sys.exit(f"make did not run:\n{done.stdout}{done.stderr}")
    return seconds


def one_round(languages: Sequence[str], jobs: int) -> float:
    """Time both sides once, print the times, and return the ratio."""
    with tempfile.TemporaryDirectory(prefix="side-by-side-") as name:
        place = Path(name)
        repository = make_repository(place / "repository", languages)
        sides = {side: place / side for side in ("forge", "make")}
        for side in sides.values():
            shutil.copytree(repository, side / "repository")
        forge, make = sides["forge"], sides["make"]
        forged, commands = time_forge(forge / "repository", forge, jobs)
        write_makefile(make, commands, (str(forge), str(make)))
        made = time_make(make / "repository", make, jobs)
    runs = len({one.group for one in commands})
    print(f"{runs} runs: forge {forged:.1f} s, make -j{jobs} {made:.1f} s: {forged / made:.3f}")
    return forged / made


def main() -> None:
    """Read the options, run the rounds, and judge the smallest ratio."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--languages", nargs="+", default=["python", "rust", "go"])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    ratios = [one_round(given.languages, given.jobs) for _ in range(given.rounds)]
    if min(ratios) > 1:
        sys.exit(f"forge took {min(ratios):.3f} times as long as make -j{given.jobs}")


if __name__ == "__main__":
    main()
