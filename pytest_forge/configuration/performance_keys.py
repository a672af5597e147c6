"""The keys of what is measured of a project's performance."""

from typing import Any

from pytest_forge.configuration.artifact_keys import (
    ARTIFACT,
    BUILD,
    MANIFEST,
    PERCENT,
    RUN_COMMAND,
    RUN_OUTPUTS,
    RUNS,
    SIZE,
    artifact,
    check_command,
)
from pytest_forge.configuration.counted_keys import COUNTED, counted
from pytest_forge.configuration.names import BENCHMARK_FORMAT, COMPARED
from pytest_forge.configuration.tables import Key, Table, many, named
from pytest_forge.configuration.values import COMMAND, FLAG, GLOB, NUMBER, TEXT, Place
from pytest_forge.measured import Performance, Suite, Threshold, TimedCommand

_SECONDS = "The most that its best process may take, in seconds"

COMMANDS = Table(
    "commands",
    "[tool.pytest-forge.performance.commands.<name>]",
    "A command whose fresh processes are timed, as the start-up of a program: the check "
    "`commands[<name>]` of the gate breaking-changes. Its measures are compared under the names "
    "`<name> wall`, `<name> cpu` and `<name> memory`.",
    (
        MANIFEST,
        Key(
            "command",
            COMMAND,
            RUN_COMMAND + RUN_OUTPUTS,
            '["{python}", "-m", "shop"]',
            required=True,
        ),
        BUILD,
        Key("wall", NUMBER, f"{_SECONDS} by the clock.", "0.2", "not judged"),
        Key("cpu", NUMBER, f"{_SECONDS} of the processor.", "0.2", "not judged"),
        Key(
            "memory",
            SIZE,
            "The most memory that its best process may have at its peak.",
            '"64 MiB"',
            "not judged",
        ),
        Key(
            "cold",
            FLAG,
            "Whether the files of the project and of the program are dropped from the system's "
            "page cache before each process. Else one process runs unmeasured before the others.",
            "true",
            "false",
        ),
        Key(
            "runs",
            RUNS,
            "How many fresh processes make a session. With a base commit it is 3 to 12 of each "
            "side, as many as it takes.",
            "5",
            "5",
        ),
    ),
)

SUITE = Table(
    "benchmarks",
    "[tool.pytest-forge.performance.benchmarks.<name>]",
    "A suite of benchmarks: the check `benchmarks[<name>]` of the gate breaking-changes.",
    (
        MANIFEST,
        Key(
            "command",
            COMMAND,
            f"The command of one process that runs them all. {RUN_COMMAND}{RUN_OUTPUTS}",
            '["{python}", "-m", "pytest", "--benchmark-only", '
            '"--benchmark-json={output}/report.json"]',
            required=True,
        ),
        Key(
            "format",
            BENCHMARK_FORMAT,
            "The format of its output. For `criterion` the variable CRITERION_HOME is set, and "
            "`output` is not needed.",
            '"pytest-benchmark"',
            required=True,
        ),
        Key(
            "output",
            GLOB,
            'Where its output is: "stdout", or a path or glob below `{output}`.',
            '"report.json"',
            '"stdout"',
        ),
        BUILD,
    ),
)

THRESHOLD = Table(
    "threshold",
    "[[tool.pytest-forge.performance.threshold]]",
    "Other limits for some benchmarks and commands; the last that sets a key wins.",
    (
        Key("benchmark", TEXT, "A glob over their names.", '"start memory"', required=True),
        Key("warn", PERCENT, "As `warn` of all.", "5", "that of all"),
        Key("fail", PERCENT, "As `fail` of all.", "10", "that of all"),
    ),
)


def command(fields: dict[str, Any], place: Place) -> TimedCommand:
    """Make the timed command."""
    made = TimedCommand(**fields)
    check_command(made.name, {"command": made.command, "build": made.build}, place)
    return made


def suite(fields: dict[str, Any], place: Place) -> Suite:
    """Make the suite of benchmarks."""
    made = Suite(**fields)
    check_command(made.name, {"command": made.command, "build": made.build}, place)
    return made


def threshold(fields: dict[str, Any], place: Place) -> Threshold:
    """Make the threshold."""
    return Threshold(**fields)


PERFORMANCE = Table(
    "performance",
    "[tool.pytest-forge.performance]",
    "What is measured of a project beside its gates' own measures. Nothing is measured that is not "
    "declared here.",
    (
        Key(
            "benchmarks",
            named(SUITE, suite),
            "Suites of benchmarks.",
            '{ parsing = { manifest = "pyproject.toml", format = "pytest-benchmark", '
            'output = "report.json", command = ["{python}", "-m", "pytest", "--benchmark-only", '
            '"--benchmark-json={output}/report.json"] } }',
            "{}",
            field_name="suites",
        ),
        Key(
            "commands",
            named(COMMANDS, command),
            "Commands whose fresh processes are timed.",
            '{ start = { manifest = "pyproject.toml", command = ["{python}", "-m", "shop"], '
            'wall = 0.2, memory = "64 MiB" } }',
            "{}",
        ),
        Key(
            "instructions",
            named(COUNTED, counted),
            "Commands whose processor instructions are counted.",
            '{ start = { manifest = "pyproject.toml", command = ["{python}", "-m", "shop"] } }',
            "{}",
            field_name="counted",
        ),
        Key(
            "artifacts",
            named(ARTIFACT, artifact),
            "Artifacts that the build must make, and how large they may be.",
            '{ wheel = { manifest = "pyproject.toml", command = ["uv", "build", "--wheel", '
            '"--out-dir={output}"], path = "{output}/*.whl", limit = "200 KiB" } }',
            "{}",
        ),
        Key(
            "compare",
            COMPARED,
            'With what: "base", the commit on which the change is based, measured in turns with '
            'the working tree in the same run; or "stored", a session that '
            "`--forge-update-baseline` has stored. Without a base commit it is the stored session.",
            '"stored"',
            '"base"',
        ),
        Key(
            "base",
            TEXT,
            "The revision with which the base commit is sought: where HEAD and it went apart.",
            '"origin/develop"',
            "the default branch",
        ),
        Key(
            "warn",
            PERCENT,
            "A regression that is confirmed and larger than this is a warning.",
            "10",
            "20",
        ),
        Key(
            "fail",
            PERCENT,
            "A regression that is confirmed and larger than this fails.",
            "30",
            "50",
        ),
        Key(
            "strict",
            FLAG,
            "Whether every regression fails that is confirmed beyond 5 %.",
            "true",
            "false",
        ),
        Key(
            "threshold",
            many(THRESHOLD, threshold),
            "Other limits for some of them.",
            '[{ benchmark = "start memory", fail = 10 }]',
            "[]",
            field_name="thresholds",
        ),
    ),
)


def performance(fields: dict[str, Any], place: Place) -> Performance:
    """Make the settings of what is measured."""
    made = Performance(**fields)
    if made.warn > made.fail:
        raise place.wrong(f"warn ({made.warn:g}) must not be above fail ({made.fail:g})")
    return made
