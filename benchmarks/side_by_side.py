"""Whether forge runs a repository's projects side by side as well as `make -j` would.

One repository holds the clean specimens of several languages. Round by round and in turns, two
sides are timed from the same cold start at the same place (a fresh copy of the repository: no build
tree, no prepared environment, no installed package; compile caches of their own, empty; what is
downloaded is in the machine's caches for both):

- `pytest --forge`, as a user starts it: its own work (pytest, version probes, reading, judging,
  reports) counts against it, and a project's runs wait for its compilation. The first run writes
  down every command that it starts, and keeps what forge lays out for its runs;
- `make -j` over the same commands, in the same environment, preparations among them. No target
  waits for a compilation, but each for its project's preparation, and for the one before it that
  holds the same build directory, so that no place is taken by a tool that waits for a lock. The
  exit status of every command must be what it was under forge.

    python -m benchmarks.side_by_side [--languages python rust go] [--jobs 2] [--rounds 2]

Prints wall and CPU seconds of both sides and the ratio forge / make of each round, and how many
checks read how many runs. Exits 1 where the smallest ratio is above 1: other load can only add to
either side.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import makefile
from benchmarks.recorded import Recording

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
_COMPILE_CACHES = {"GOCACHE": "go-build", "STATICCHECK_CACHE": "staticcheck"}
# The stand-in for .NET answers from recordings: there is nothing to time.
_NOT_HERE = ("csharp",)


@dataclass(frozen=True)
class Timed:
    """The seconds of one side: on the wall, and of all processors by its processes."""

    wall: float
    processors: float

    def __str__(self) -> str:
        """Return both, as they are printed."""
        return f"{self.wall:.1f} s ({self.processors:.1f} s of processors)"


class Place:
    """A directory with the repository as it was checked out, and the copy that both sides use."""

    def __init__(self, directory: Path, languages: Sequence[str]) -> None:
        self.directory = directory
        self.repository = directory / "repository"
        self._pristine = make_repository(directory / "pristine", languages)
        self._caches = directory / "caches"

    def cool(self) -> None:
        """Leave nothing of an earlier side but what lies in the machine's caches of packages."""
        for used in (self.repository, self._caches):
            shutil.rmtree(used, ignore_errors=True)
        shutil.copytree(self._pristine, self.repository, symlinks=True)

    def environment(self) -> dict[str, str]:
        """Return the environment of either side, with compile caches that are empty at first."""
        dropped = {*_COMPILE_CACHES, "CARGO_TARGET_DIR"}
        kept = {name: value for name, value in os.environ.items() if name not in dropped}
        caches = {name: str(self._caches / below) for name, below in _COMPILE_CACHES.items()}
        advisories = {"FORGE_ADVISORIES": str(TESTS / "specimens" / "advisories")}
        modules = {"PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "gates")))}
        return advisories | kept | caches | modules


def specimens() -> dict[str, object]:
    """Return the specimens whose tools can run here, by language."""
    sys.path.insert(0, str(TESTS))
    from specimens.defects import JAVASCRIPT, SPECIMENS

    found = (*SPECIMENS, JAVASCRIPT)
    return {one.language: one for one in found if one.language not in _NOT_HERE}


def make_repository(root: Path, languages: Sequence[str]) -> Path:
    """Lay each language's specimen into a directory of its own, released once and changed since."""
    known = specimens()
    from specimens.defects import Specimen, repository

    chosen = {language: known[language] for language in languages}
    laid = {name: one for name, one in chosen.items() if isinstance(one, Specimen)}
    # A Go module's tag names its directory.
    return repository(laid, root, ("v1.0.0", *(f"{language}/v1.0.0" for language in languages)))


def run_forge(place: Place, jobs: int, log: Path, laid: str = "") -> Timed:
    """Run forge from a cold start; what it starts is written to `log`."""
    added = {"REQUEST_LOG": str(log), "REQUEST_LAID": laid}
    command = (sys.executable, "-m", "pytest", "--forge", "-p", "benchmarks.request_log", "-q")
    return _timed((*command, f"--forge-jobs={jobs}"), place, added)


def run_make(place: Place, jobs: int, recording: Recording, home: Path) -> Timed:
    """Run the recorded commands from a cold start."""
    shutil.rmtree(home, ignore_errors=True)
    file = makefile.write(recording, home)
    command = ("make", "--keep-going", "--silent", f"--jobs={jobs}", "-f", str(file))
    timed = _timed(command, place, {})
    print(f"  make: {timed}", flush=True)
    if different := list(makefile.differences(recording, home)):
        sys.exit("the commands ended otherwise:\n" + "\n".join(different))
    return timed


def _timed(command: Sequence[str], place: Place, added: Mapping[str, str]) -> Timed:
    place.cool()
    before, begun = _processors(), time.monotonic()
    done = subprocess.run(
        command,
        cwd=place.repository,
        env={**place.environment(), **added},
        capture_output=True,
        text=True,
    )
    timed = Timed(time.monotonic() - begun, _processors() - before)
    if done.returncode:
        sys.exit(f"{command[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return timed


def _processors() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@dataclass
class Bench:
    """The rounds over one repository, with `jobs` processes at once on both sides."""

    place: Place
    jobs: int
    recording: Recording | None = None

    def forge(self) -> Timed:
        """Time forge; its first run is the one whose commands make repeats."""
        log = self.place.directory / "log"
        log.unlink(missing_ok=True)
        laid = "" if self.recording else str(self.place.directory / "laid")
        timed = run_forge(self.place, self.jobs, log, laid)
        print(f"  forge: {timed}", flush=True)
        recording = Recording(log)
        print(f"  {recording.sharing()}", flush=True)
        self.recording = self.recording or recording
        return timed

    def make(self) -> Timed:
        """Time make."""
        assert self.recording is not None, "forge has the first turn"
        return run_make(self.place, self.jobs, self.recording, self.place.directory / "make")

    def round(self, number: int) -> float:
        """Time both sides once, print the times, and return the ratio."""
        load = os.getloadavg()[0]
        if number % 2:
            made, forged = self.make(), self.forge()
        else:
            forged, made = self.forge(), self.make()
        ratio = forged.wall / made.wall
        first = "make" if number % 2 else "forge"
        print(f"forge / make -j{self.jobs}: {ratio:.3f} ({first} first, load {load:.1f} before)")
        return ratio


def main() -> None:
    """Read the options, run the rounds, and judge the smallest ratio."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--languages", nargs="+", default=list(specimens()))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="side-by-side-") as name:
        bench = Bench(Place(Path(name), given.languages), given.jobs)
        ratios = [bench.round(number) for number in range(given.rounds)]
    if min(ratios) > 1:
        sys.exit(f"forge took {min(ratios):.3f} times as long as make -j{given.jobs}")


if __name__ == "__main__":
    main()
