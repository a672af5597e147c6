"""How a suite's command is narrowed to some of its benchmarks, and what if that does not work."""

import sys
from pathlib import Path

import pytest

from pytest_forge.measuring.plans import Plan, Side
from pytest_forge.measuring.selecting import narrowed
from pytest_forge.probes.measure import Measurement

PYTEST = ("python", "-m", "pytest", "benchmarks", "--benchmark-only")
BINARY = ("./queries.test", "-test.run=^$", "-test.bench=.")
CARGO = ("cargo", "bench", "--bench", "parser")


@pytest.mark.parametrize(
    ("tool", "command", "wanted", "known", "added"),
    [
        ("pytest-benchmark", PYTEST, ["t.py::a"], ["t.py::a", "t.py::b"], ["--deselect=t.py::b"]),
        ("pytest-benchmark", PYTEST, ["t.py::ab"], ["t.py::a", "t.py::ab", "t.py::ac"],
         ["--deselect=t.py::ac"]),
        ("pytest-benchmark", PYTEST, ["t.py::ab"], ["t.py::a", "t.py::ab"], None),
        ("go-bench", BINARY, ["BenchmarkA/x-y-8"], ["BenchmarkA/x-y-8", "BenchmarkB-8"],
         ["-test.bench=^(BenchmarkA)$"]),
        ("go-bench", ("go", "test", "--bench", ".", "./..."),
         ["m/p BenchmarkA-8", "m/p BenchmarkC"], ["m/p BenchmarkA-8", "m/p BenchmarkC", "m/q B"],
         ["-bench=^(BenchmarkA|BenchmarkC)$"]),
        ("go-bench", ("make", "benchmarks"), ["BenchmarkA"], ["BenchmarkA", "BenchmarkB"], None),
        ("go-bench", (*BINARY, "-args", "x"), ["BenchmarkA"], ["BenchmarkA", "BenchmarkB"], None),
        ("criterion", CARGO, ["parse/1.5 (b)"], ["parse/1.5 (b)", "x"],
         ["--", r"^(parse/1\.5 \(b\))$"]),
        ("criterion", (*CARGO, "--", "--sample-size=10"), ["a", "b"], ["a", "b", "c"], ["^(a|b)$"]),
        ("jmh", ("java", "-jar", "b.jar"), ["a"], ["a", "b"], None),
        ("process", ("shop",), ["a"], ["a", "b"], None),
        ("go-bench", BINARY, [], ["BenchmarkA", "BenchmarkB"], None),
        ("go-bench", BINARY, ["BenchmarkA"], ["BenchmarkA"], None),
        ("go-bench", BINARY, ["BenchmarkA"], [], None),
    ],
)  # fmt: skip
def test_a_command_is_narrowed(
    tool: str,
    command: tuple[str, ...],
    wanted: list[str],
    known: list[str],
    added: list[str] | None,
) -> None:
    expected = () if added is None else (*command, *added)
    assert narrowed(tool, command, wanted, known) == expected


SUITE = """\
import pathlib, re, sys
with open("log", "a") as log:
    print(*sys.argv[1:], file=log)
pattern = [word for word in sys.argv if "bench=" in word][-1].partition("=")[2]
if {refuses} and len(sys.argv) > 2:
    sys.exit("no such option")
for name in ("BenchmarkA", "BenchmarkB"):
    if re.search(pattern, name):
        print(name + "-2 100 20.0 ns/op")
print("PASS")
"""


def measurement(tmp_path: Path, command: tuple[str, ...], tool: str, source: str) -> Measurement:
    (tmp_path / "output").mkdir()
    side = Side(str(tmp_path), command, str(tmp_path / "output"))
    return Measurement(Plan("benchmarks[all]", tool, source, side))


def names(measured: Measurement, *only: str) -> list[str]:
    return [one.name for one in measured.start(measured.plan.head, only)]


@pytest.mark.parametrize("refuses", [False, True])
def test_only_what_is_wanted_runs_where_the_tool_lets_it(tmp_path: Path, refuses: bool) -> None:
    (tmp_path / "suite.py").write_text(SUITE.format(refuses=refuses))
    command = (sys.executable, "-I", "suite.py", "-test.bench=.")
    measured = measurement(tmp_path, command, "go-bench", "stdout")
    both = ["BenchmarkA-2", "BenchmarkB-2"]
    assert names(measured) == both
    for _ in range(2):
        assert names(measured, "BenchmarkB-2") == (both if refuses else both[1:])
    whole, part = "-test.bench=.", "-test.bench=. -test.bench=^(BenchmarkB)$"
    ran = [whole, part, whole, whole] if refuses else [whole, part, part]
    assert (tmp_path / "log").read_text().splitlines() == ran


def test_a_selection_that_loses_a_benchmark_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "suite.py").write_text(
        SUITE.format(refuses=False).replace("pattern, name", "'B$', name")
    )
    command = (sys.executable, "-I", "suite.py", "-test.bench=.")
    measured = measurement(tmp_path, command, "go-bench", "stdout")
    measured._known[str(tmp_path)] = {"BenchmarkA-2", "BenchmarkB-2"}
    assert names(measured, "BenchmarkA-2") == ["BenchmarkB-2"]
    assert (tmp_path / "log").read_text().count("\n") == 2


@pytest.mark.real
def test_pytest_benchmark_runs_one_of_its_benchmarks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In a worker of xdist's it measures nothing; what forge starts has none of pytest's variables.
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "benchmarks/test_prices.py").write_text(
        "import pytest\n\n"
        "@pytest.mark.parametrize('of', ['a b', 'c'])\n"
        "def test_total(benchmark, of):\n    benchmark(str, of)\n\n"
        "def test_shown(benchmark):\n    benchmark(str)\n"
    )
    command = (
        *(sys.executable, "-m", "pytest", "-p", "no:forge", "-p", "no:cacheprovider"),
        *("benchmarks", "--benchmark-only", "--benchmark-max-time=0.01"),
        f"--benchmark-json={tmp_path}/output/report.json",
    )
    measured = measurement(tmp_path, command, "pytest-benchmark", "report.json")
    assert len(names(measured)) == 3
    wanted = "benchmarks/test_prices.py::test_total[a b]"
    assert names(measured, wanted) == [wanted]
