"""Finds the LLVM tools that read the coverage data of the project's rustc, and runs commands.

    python llvm_tools.py --version
    python llvm_tools.py [--beside PROGRAM ...] [-- COMMAND ...] -- COMMAND ...

It is started in the project's directory, since that decides which rustc it is. `--version` tells
which copy is taken, or why none can be; the other form runs the commands with LLVM_COV and
LLVM_PROFDATA set, and with the directories of the programs in front of PATH (cargo looks for its
subcommands there). It becomes the last one; one before it that fails ends everything.

The copies, best first: those that the environment names, those of rustup's component, those of a
distribution by their number (`llvm-cov-19`), and `llvm-cov` on PATH. It runs as a program of its
own, without forge.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_TOOLS = ("llvm-cov", "llvm-profdata")
_VARIABLES = ("LLVM_COV", "LLVM_PROFDATA")
_LLVM = re.compile(r"LLVM version:? (\d+)(\S*)")
_NUMBERED = re.compile(r"llvm-cov-(\d+)")
# LLVM 19 reads what the compilers since write (profiles of format 10); older compilers need the
# tools of their own LLVM at least. See LLVM's "InstrProfData.inc", INSTR_PROF_RAW_VERSION.
_READS_LATER = 19


class Unusable(Exception):
    """There are no tools that could read the profiles; the text says why."""


@dataclass(frozen=True)
class Compiler:
    """The project's rustc: its LLVM's major version, and where rustup keeps components."""

    release: str
    llvm: int
    components: Path

    @property
    def needed(self) -> int:
        """Return the lowest major version of LLVM that reads its profiles."""
        return min(self.llvm, _READS_LATER)


@dataclass(frozen=True)
class Copy:
    """Both tools of one LLVM, and its version."""

    paths: tuple[str, str]
    version: str

    @property
    def major(self) -> int:
        """Return the major version."""
        return int(self.version.split(".")[0])


def main(arguments: Sequence[str]) -> None:
    """Tell the version, or run the commands; end with status 1 where there are no tools."""
    try:
        found = find(compiler())
    except Unusable as error:
        sys.exit(str(error))
    if list(arguments) == ["--version"]:
        print(f"llvm-cov {found.version} ({found.paths[0]})")
        return
    options, *before, command = _split(arguments)
    beside = [str(Path(one).parent) for one in options if one != "--beside"]
    os.environ.update(zip(_VARIABLES, found.paths, strict=True))
    os.environ["PATH"] = os.pathsep.join((*beside, os.environ.get("PATH", os.defpath)))
    for one in before:
        status = subprocess.run(one, check=False).returncode
        if status != 0:
            sys.exit(status)
    os.execvp(command[0], command)


def _split(arguments: Sequence[str]) -> list[list[str]]:
    """Return the options and then each command: what stands between `--`."""
    parts: list[list[str]] = [[]]
    for one in arguments:
        if one == "--":
            parts.append([])
        else:
            parts[-1].append(one)
    return parts


def compiler() -> Compiler:
    """Ask the rustc of the working directory."""
    told = _said("rustc", "--version", "--verbose")
    llvm, host = _LLVM.search(told), re.search(r"^host: (\S+)$", told, re.MULTILINE)
    release = re.search(r"^release: (\S+)$", told, re.MULTILINE)
    if not (llvm and host and release):
        raise Unusable("rustc does not tell its LLVM version")
    sysroot = Path(_said("rustc", "--print", "sysroot").strip())
    return Compiler(release[1], int(llvm[1]), sysroot / "lib" / "rustlib" / host[1] / "bin")


def find(rustc: Compiler) -> Copy:
    """Return the first copy that is new enough; raises `Unusable`."""
    refused = []
    for paths in _candidates(rustc):
        found = _LLVM.search(_said(paths[0], "--version"))
        if found is None:
            continue
        copy = Copy(paths, found[1] + found[2])
        if copy.major >= rustc.needed:
            return copy
        refused.append(f"{paths[0]} is of LLVM {copy.version}")
    why = "; ".join(refused) or "there is no llvm-cov with its llvm-profdata"
    raise Unusable(
        f"{why}, but rustc {rustc.release} (LLVM {rustc.llvm}) needs LLVM {rustc.needed} or later"
    )


def _candidates(rustc: Compiler) -> Iterator[tuple[str, str]]:
    named = tuple(os.environ.get(variable, "") for variable in _VARIABLES)
    if all(named):
        yield named[0], named[1]
    component = tuple(shutil.which(str(rustc.components / name)) for name in _TOOLS)
    numbered = [(f"llvm-cov-{one}", f"llvm-profdata-{one}") for one in _numbers()]
    on_path = (tuple(map(shutil.which, names)) for names in (*numbered, _TOOLS))
    for paths in (component, *on_path):
        if paths[0] and paths[1]:
            yield paths[0], paths[1]


def _numbers() -> list[int]:
    """Return the numbers of the distribution's copies on PATH, the newest first."""
    places = (Path(one) for one in os.environ.get("PATH", os.defpath).split(os.pathsep) if one)
    names = {file.name for place in places if place.is_dir() for file in place.glob("llvm-cov-*")}
    return sorted(
        (int(found[1]) for found in map(_NUMBERED.fullmatch, names) if found), reverse=True
    )


def _said(*command: str) -> str:
    """Return what a command prints, "" where it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


if __name__ == "__main__":
    main(sys.argv[1:])
