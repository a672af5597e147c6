"""Recordings of benchmark tools, each over a small project that has benchmarks in its language.

Go, cargo, Maven, npm and their registries have to be there; pytest-benchmark comes from forge's own
environment. Values are what they are on the machine that recorded them: tests compare shapes.
"""

import json
import sys
from pathlib import Path

from pytest_forge import probes
from pytest_forge.formats import criterion, go_bench, jmh, pytest_benchmark, vitest_bench
from pytest_forge.measured import Artifact, CountedCommand, Performance, Suite, TimedCommand
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Output, Run, Step, Tool, Toolchain
from pytest_forge.toolchains.performance import DECLARED
from scripts.recording import Case, Files, Language

_DECLARED = tuple(run for run, _ in DECLARED)
_CRITERION = "0.8.2"
_JMH = "1.37"
_VITEST = "4.1.12"
_PYTHON = Tool("pytest-benchmark", "pip install pytest-benchmark", module="pytest", scope="forge")
_CARGO = Tool("cargo", "install Rust", executable="cargo")
_GO = Tool("go", "install Go", executable="go", version=("version",))
_NPM = Tool("npm", "install Node.js", executable="npm")
_NPX = Tool("npx", "install Node.js", executable="npx")
_MAVEN = Tool("mvn", "install Maven", executable="mvn")
_JAVA = Tool("java", "install a JDK", executable="java")
_COLLECT = str(Path(probes.__file__).parent / "criterion.py")
_JMH_CLASSES = "target/classes:target/lib/*"

PYTEST_BENCHMARK = Run(
    name="pytest-benchmark",
    needs=(_PYTHON,),
    steps=(
        Step(
            (
                *("{tool}", "-p", "no:forge", "-p", "no:cacheprovider", "-p", "no:randomly"),
                *("--benchmark-only", "--benchmark-json={scratch}/report.json"),
            ),
            nothing=frozenset({5}),
        ),
    ),
    outputs=(Output("report", "report.json", pytest_benchmark.parse),),
)
CRITERION = Run(
    name="criterion",
    needs=(_CARGO,),
    steps=(
        Step(
            ("{tool}", "bench", "--quiet", "--bench=prices", "--", "--sample-size=10"),
            environment={
                "CRITERION_HOME": "{scratch}/criterion",
                "CARGO_TARGET_DIR": "{cache}/target",
            },
            stdout="bench-stdout",
        ),
        Step((*("{forge-python}", "-I", _COLLECT, "{scratch}/criterion"),)),
    ),
    outputs=(Output("report", "stdout", criterion.parse),),
)
GO_BENCH = Run(
    name="go-bench",
    needs=(_GO,),
    steps=(
        Step(("{tool}", "test", "-c", "-o", "{scratch}/shop.test", "."), stdout="build-stdout"),
        Step(
            (
                *("{scratch}/shop.test", "-test.run=^$", "-test.bench=."),
                *("-test.count=2", "-test.benchtime=20ms"),
            )
        ),
    ),
    outputs=(Output("report", "stdout", go_bench.parse),),
)
JMH = Run(
    name="jmh",
    needs=(_JAVA, _MAVEN),
    steps=(
        Step(
            (
                *("{tool:mvn}", "-q", "-B", "package", "dependency:copy-dependencies"),
                "-DoutputDirectory=target/lib",
            ),
            stdout="build-stdout",
        ),
        Step(
            (
                *("{tool}", "-cp", _JMH_CLASSES, "org.openjdk.jmh.Main", "-f", "2", "-wi", "1"),
                *("-i", "3", "-w", "100ms", "-r", "100ms", "-rf", "json"),
                *("-rff", "{scratch}/report.json"),
            )
        ),
    ),
    outputs=(Output("report", "report.json", jmh.parse),),
)
VITEST_BENCH = Run(
    name="vitest-bench",
    needs=(_NPX, _NPM),
    steps=(
        Step(("{tool:npm}", "install", "--no-fund", "--no-audit"), stdout="install-stdout"),
        Step(("{tool}", "vitest", "bench", "--run", "--outputJson={scratch}/report.json")),
    ),
    outputs=(Output("report", "report.json", vitest_bench.parse),),
)

BASE: Files = {
    "pyproject.toml": '[project]\nname = "shop"\nversion = "1.0.0"\n',
    "test_prices.py": """\
import pytest


@pytest.mark.parametrize("size", [10, 1000])
def test_total(benchmark, size):
    benchmark.pedantic(sum, (range(size),), rounds=8, iterations=20)
""",
    "Cargo.toml": f"""\
[package]
name = "shop"
version = "1.0.0"
edition = "2021"

[dev-dependencies]
criterion = {{ version = "={_CRITERION}", default-features = false }}

[[bench]]
name = "prices"
harness = false
""",
    "src/lib.rs": "pub fn total(values: &[u64]) -> u64 {\n    values.iter().sum()\n}\n",
    "benches/prices.rs": """\
use criterion::{criterion_group, criterion_main, BenchmarkId, Criterion};
use std::hint::black_box;
use std::time::Duration;

fn prices(criterion: &mut Criterion) {
    criterion.bench_function("one total", |bencher| {
        bencher.iter(|| shop::total(black_box(&[1, 2])))
    });
    let mut group = criterion.benchmark_group("totals");
    for size in [10, 1000] {
        let values: Vec<u64> = (0..size).collect();
        group.bench_with_input(BenchmarkId::new("of", size), &values, |bencher, values| {
            bencher.iter(|| shop::total(black_box(values)))
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(200));
    targets = prices
}
criterion_main!(benches);
""",
    "go.mod": "module example.com/shop\n\ngo 1.24\n",
    "prices.go": """\
package shop

func Total(values []int) int {
\tsum := 0
\tfor _, value := range values {
\t\tsum += value
\t}
\treturn sum
}
""",
    "prices_test.go": """\
package shop

import (
\t"fmt"
\t"testing"
)

func BenchmarkTotal(b *testing.B) {
\tfor _, size := range []int{10, 1000} {
\t\tb.Run(fmt.Sprintf("of=%d", size), func(b *testing.B) {
\t\t\tvalues := make([]int, size)
\t\t\tb.ReportAllocs()
\t\t\tb.SetBytes(int64(size))
\t\t\tfor b.Loop() {
\t\t\t\tTotal(values)
\t\t\t}
\t\t\tb.ReportMetric(3, "things/op")
\t\t})
\t}
}
""",
    "pom.xml": f"""\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>shop</artifactId>
  <version>1.0.0</version>
  <properties>
    <maven.compiler.source>17</maven.compiler.source>
    <maven.compiler.target>17</maven.compiler.target>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
    <dependency>
      <groupId>org.openjdk.jmh</groupId>
      <artifactId>jmh-core</artifactId>
      <version>{_JMH}</version>
    </dependency>
    <dependency>
      <groupId>org.openjdk.jmh</groupId>
      <artifactId>jmh-generator-annprocess</artifactId>
      <version>{_JMH}</version>
      <scope>provided</scope>
    </dependency>
  </dependencies>
</project>
""",
    "src/main/java/shop/Prices.java": """\
package shop;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.*;

@State(Scope.Benchmark)
public class Prices {
    @Param({"10", "1000"})
    public int count;

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public long total() {
        long sum = 0;
        for (int at = 0; at < count; at++) {
            sum += at;
        }
        return sum;
    }

    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    public String shown() {
        return Integer.toString(count);
    }
}
""",
    "package.json": json.dumps(
        {
            "name": "shop",
            "version": "1.0.0",
            "type": "module",
            "private": True,
            "devDependencies": {"vitest": _VITEST},
        },
        indent=2,
    ),
    "prices.bench.ts": """\
import { bench, describe } from "vitest";

const total = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);
const some = { time: 50, iterations: 10 };

describe("totals", () => {
  bench("of ten", () => void total([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), some);
  bench("of a thousand", () => void total(Array.from({ length: 1000 }, (_, at) => at)), some);
});
""",
}


_WRITE = ("sh", "-c", 'printf "%s" wheel > "$0/shop-1.0.0.whl"', "{output}")
_BENCHMARKS = (
    *(sys.executable, "-m", "pytest", "-p", "no:forge", "-p", "no:randomly"),
    *("-p", "no:cacheprovider", "--benchmark-only", "--benchmark-json={output}/report.json"),
)
PERFORMANCE = Performance(
    artifacts=(
        Artifact("wheel", "pyproject.toml", _WRITE, "{output}/*.whl"),
        Artifact("sdist", "pyproject.toml", _WRITE, "{output}/*.tar.gz"),
    ),
    commands=(
        TimedCommand("start", "pyproject.toml", (sys.executable, "-I", "-c", "import json")),
        TimedCommand("broken", "pyproject.toml", (sys.executable, "-I", "-c", "exit(3)")),
    ),
    counted=(
        CountedCommand("start", "pyproject.toml", (sys.executable, "-S", "-c", "import json")),
        CountedCommand("broken", "pyproject.toml", (sys.executable, "-S", "-c", "exit(3)")),
    ),
    suites=(
        Suite("prices", "pyproject.toml", _BENCHMARKS, "pytest-benchmark", "report.json"),
        Suite("none", "pyproject.toml", (*_BENCHMARKS, "-k", "none"), "pytest-benchmark", "*.json"),
    ),
)


def _inspect(tree: Tree, manifest: str) -> Project | str:
    return Project(manifest, "benchmarks", "shop")


_NO_GO = {"prices_test.go": "package shop\n"}
_NO_RUST = {
    "benches/prices.rs": """\
fn main() {
    criterion::Criterion::default().final_summary();
}
"""
}

LANGUAGE = Language(
    toolchain=Toolchain("benchmarks", ("pyproject.toml",), _inspect, runs=(), checks=()),
    manifests=("pyproject.toml",),
    base=BASE,
    further_runs=(PYTEST_BENCHMARK, CRITERION, GO_BENCH, JMH, VITEST_BENCH, *_DECLARED),
    settings=ProjectSettings(performance=PERFORMANCE),
    cases=(
        Case("artifacts", "clean", "the build makes a file", variant="wheel", version="1"),
        Case("artifacts", "nothing", "it makes another file", variant="sdist", version="1"),
        Case("commands", "clean", "a program that starts", variant="start", version="1"),
        Case("commands", "nothing", "a program that fails", variant="broken", version="1"),
        Case("instructions", "clean", "a program that starts", variant="start", version="1"),
        Case("instructions", "nothing", "a program that fails", variant="broken", version="1"),
        Case("benchmarks", "clean", "two benchmarks of one suite", variant="prices", version="1"),
        Case("benchmarks", "nothing", "no test fits", variant="none", version="1"),
        Case("pytest-benchmark", "clean", "two benchmarks with all rounds", version="5.3.1"),
        Case(
            "pytest-benchmark",
            "nothing",
            "no benchmark among the tests: no file is written, exit 5",
            {"test_prices.py": "def test_nothing():\n    pass\n"},
            version="5.3.1",
        ),
        Case(
            "pytest-benchmark",
            "failing",
            "a benchmark fails beside one that passes: exit 1, and the file has the other",
            {"test_worse.py": ("def test_worse(benchmark):\n    benchmark(lambda: 1 / 0)\n")},
            version="5.3.1",
        ),
        Case("criterion", "clean", "a benchmark, and a group of two", version=_CRITERION),
        Case("criterion", "nothing", "a target without benchmarks", _NO_RUST, version=_CRITERION),
        Case("go-bench", "clean", "two benchmarks that ran twice, with further metrics"),
        Case("go-bench", "nothing", "no benchmark: PASS all the same, exit 0", _NO_GO),
        Case(
            "go-bench",
            "failing",
            "a benchmark fails: FAIL at the end, exit 1",
            {
                "worse_test.go": (
                    'package shop\n\nimport "testing"\n\n'
                    'func BenchmarkWorse(b *testing.B) {\n\tb.Fatal("no stock")\n}\n'
                )
            },
        ),
        Case("jmh", "clean", "times and rates, two forks of three iterations", version=_JMH),
        Case(
            "jmh",
            "nothing",
            "no benchmark fits: JMH says so and exits 1",
            arguments=("nowhere",),
            version=_JMH,
        ),
        Case("vitest-bench", "clean", "two benchmarks of a group, no samples", version=_VITEST),
        Case(
            "vitest-bench",
            "failing",
            "a benchmark throws beside one that does not",
            {
                "worse.bench.ts": """\
import { bench } from "vitest";

bench("worse", () => {
  throw new Error("no stock");
});
"""
            },
            version=_VITEST,
        ),
        Case(
            "vitest-bench",
            "nothing",
            "no file of benchmarks: exit 1, no file is written",
            {"prices.bench.ts": None},
            version=_VITEST,
        ),
    ),
)
