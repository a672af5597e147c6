"""What the installed but unused plugin costs a plain pytest run, in CPU time.

Two processes are compared, in turns: pytest where pytest-forge is installed, and pytest where it is
not. Both have the same packages; the installed side differs by one directory on the path, which
holds pytest-forge as a wheel unpacks it (`-p no:forge` would not do: pytest still loads the entry
point's metadata). For each side the minimum over all processes counts, because other load on the
machine can only add to it, and the sides alternate, so that slow drift meets both.

    python benchmarks/plugin_cost.py [--pairs 40] [--limit 1.02]

Prints the ratio of the minima (installed / not installed) and exits 1 where it is above the limit.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = "".join(f"def test_{number}():\n    assert {number} >= 0\n\n\n" for number in range(20))


def run_quietly(*command: str | Path) -> None:
    """Run a command; its output is shown only where it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def prepare(directory: Path) -> tuple[Path, Path]:
    """Make an environment with pytest, and beside it a directory with pytest-forge alone.

    Returns the environment's interpreter and that directory.
    """
    run_quietly(sys.executable, "-m", "venv", directory / "environment")
    python = directory / "environment" / "bin" / "python"
    plugin = directory / "plugin"
    run_quietly(python, "-m", "pip", "install", "--quiet", ROOT)
    run_quietly(python, "-m", "pip", "uninstall", "--quiet", "--yes", "pytest-forge")
    run_quietly(python, "-m", "pip", "install", "--quiet", "--no-deps", "--target", plugin, ROOT)
    return python, plugin


def cpu_seconds(python: Path, project: Path, path: Path) -> float:
    """Run pytest over `project` with `path` on the module path; user plus system time."""
    environment = {key: os.environ[key] for key in ("HOME", "LANG", "PATH") if key in os.environ}
    # Both sides get an entry, so that only its content differs.
    environment |= {"PYTHONPATH": str(path), "PYTHONHASHSEED": "0"}
    process = subprocess.Popen(
        [python, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=project,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"pytest ended with {process.returncode} in {project}")
    return usage.ru_utime + usage.ru_stime


def measure(python: Path, plugin: Path, empty: Path, project: Path, pairs: int) -> float:
    """Return the ratio of the minima: pytest-forge installed over not installed."""
    sides = {"installed": plugin, "not installed": empty}
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for path in sides.values():  # Fills the byte code caches of both sides.
        cpu_seconds(python, project, path)
    for _ in range(pairs):
        for name in random.sample(list(sides), k=2):
            seconds[name].append(cpu_seconds(python, project, sides[name]))
    for name, values in seconds.items():
        print(f"{name}: minimum {1000 * min(values):.1f} ms of {len(values)} runs")
    return min(seconds["installed"]) / min(seconds["not installed"])


def main() -> int:
    """Measure and judge; 1 where the ratio is above the limit."""
    parser = argparse.ArgumentParser(description="CPU cost of the unused plugin")
    parser.add_argument("--pairs", type=int, default=40, help="runs of each side, at least 30")
    parser.add_argument("--limit", type=float, default=1.02, help="largest ratio that passes")
    options = parser.parse_args()
    if options.pairs < 30:
        parser.error("fewer than 30 pairs say nothing on a shared machine")
    with tempfile.TemporaryDirectory(prefix="plugin-cost-") as name:
        directory = Path(name)
        project, empty = directory / "project", directory / "empty"
        project.mkdir()
        empty.mkdir()
        (project / "test_plain.py").write_text(TESTS)
        python, plugin = prepare(directory)
        ratio = measure(python, plugin, empty, project, options.pairs)
    print(f"ratio {ratio:.4f} (at most {options.limit:g})")
    return int(ratio > options.limit)


if __name__ == "__main__":
    sys.exit(main())
