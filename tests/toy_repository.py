"""A repository built from a dict of files, and forge run in it as a user runs it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

TOY = Path(__file__).parent / "toy"


@dataclass(frozen=True)
class Ran:
    """A finished pytest: its exit status, its streams, and the report if it wrote one."""

    status: int
    stdout: str
    stderr: str
    report: dict[str, Any] | None

    def outcomes(self) -> dict[str, str]:
        """Return the outcome of every check by its id."""
        assert self.report is not None, self.stdout + self.stderr
        return {check["id"]: check["outcome"] for check in self.report["checks"]}

    def check(self, end: str) -> dict[str, Any]:
        """Return the one check whose id ends with `end`."""
        assert self.report is not None, self.stdout + self.stderr
        (found,) = [check for check in self.report["checks"] if check["id"].endswith(end)]
        return dict(found)


@dataclass(frozen=True)
class Repository:
    """A directory under git with toy projects, in which forge is run by a child process."""

    root: Path

    def write(self, files: Mapping[str, str]) -> "Repository":
        """Write files by their paths below the root."""
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return self

    def toy(self, directory: str = ".", **manifest: object) -> "Repository":
        """Add a toy project."""
        name = Path(directory).name or "root"
        return self.write(
            {
                f"{directory}/toy.json": json.dumps({"name": name, **manifest}),
                f"{directory}/tool.py": (TOY / "tool.py").read_text(encoding="utf-8"),
            }
        )

    def steer(self, directory: str = ".", **runs: object) -> "Repository":
        """Steer the tool of a toy project: for each run its `status`, `prints`, `report` ..."""
        told = {run: runs.get(run, {}) for run in ("prepare", "build", "test", "lint")}
        return self.write({f"{directory}/steer.json": json.dumps(told)})

    def git(self, *args: str) -> str:
        """Run git in the repository."""
        done = subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *args],
            cwd=self.root,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def commit(self) -> "Repository":
        """Commit everything."""
        self.git("add", "-A")
        self.git("commit", "-qm", "State")
        return self

    def start(
        self, *args: str, cwd: str = ".", environment: Mapping[str, str] | None = None
    ) -> "subprocess.Popen[str]":
        """Start `pytest --forge` with the toy toolchain, in a process group of its own."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTEST_", "COV_CORE_", "FORGE_"))
        }
        return subprocess.Popen(
            [sys.executable, "-m", "pytest", "-p", "forge_toy", *args],
            cwd=self.root / cwd,
            env={**kept, "PYTHONPATH": str(TOY), **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            # A test run in the background may ignore interrupts, and would hand that on.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )

    def forge(
        self,
        *args: str,
        cwd: str = ".",
        environment: Mapping[str, str] | None = None,
        flag: bool = True,
    ) -> Ran:
        """Run forge and wait for it."""
        given = ("--forge", *args) if flag else args
        return self.finish(self.start(*given, cwd=cwd, environment=environment))

    def finish(self, process: "subprocess.Popen[str]") -> Ran:
        """Wait for a started forge and read its report."""
        stdout, stderr = process.communicate(timeout=300)
        path = self.root / ".forge/reports/report.json"
        report = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
        return Ran(process.returncode, stdout, stderr, report)

    def executions(self) -> list[str]:
        """Return `directory run` for every execution of a toy's tool so far, in order."""
        log = self.root / "executions.log"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return [line.rpartition(" ")[0] for line in lines]

    def tool_processes(self) -> list[int]:
        """Return the ids of the toys' processes that are still alive."""
        lines = (self.root / "executions.log").read_text(encoding="utf-8").splitlines()
        return [pid for pid in (int(line.split()[-1]) for line in lines) if _is_alive(pid)]


def branched(repository: Repository) -> Repository:
    """Commit what is there on main, and start a branch."""
    repository.write({"forge.toml": "", ".gitignore": ".forge/\nexecutions.log\n__pycache__/\n"})
    repository.commit().git("checkout", "-qb", "branch")
    return repository


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
