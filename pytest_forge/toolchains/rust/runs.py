"""Rust's runs: each tool's command, its exit statuses by class, and the outputs that are read.

The exit statuses were seen in runs of the versions that `tests/recordings/rust` names. Cargo ends
with 101 for whatever it finds, and where it can't even begin: then there is nothing to read.

Builds of the same kind share a directory, which one process at a time can hold: `target` is that of
build, check, clippy and the tests without coverage, which share compiled dependencies; those with
coverage are built apart, and so run beside the others.
"""

from pytest_forge import advisories, headers
from pytest_forge.formats import (
    cargo_audit,
    cargo_audit_log,
    cargo_deny,
    cargo_messages,
    cargo_metadata,
    cargo_test,
    junit,
    libtest,
    rust_coverage,
    rustfmt,
    semver_checks,
    semver_checks_log,
)
from pytest_forge.releases import deprecations
from pytest_forge.releases.comparing import last_release_worktree
from pytest_forge.releases.counterparts import same_project
from pytest_forge.toolchains import complexity
from pytest_forge.toolchains.declarations import (
    Argv,
    Computation,
    Hold,
    Output,
    Run,
    Step,
    Tool,
)
from pytest_forge.toolchains.places import shipped_places
from pytest_forge.toolchains.rust import commands, tools
from pytest_forge.toolchains.rust.deprecations import marks
from pytest_forge.toolchains.rust.lockfile import lent_lockfile
from pytest_forge.toolchains.rust.manifest import package_name
from pytest_forge.toolchains.rust.nextest import REPORT, nextest_configuration

_FOUND = frozenset({101})
_TARGET = (Hold("target"),)
_COVERAGE_TARGET = (Hold("coverage-target"),)
# A backtrace would bury the message of a test that fails.
_TESTS = {"RUST_BACKTRACE": "0"}
_INSTRUMENTED = {**_TESTS, "CARGO_TARGET_DIR": "{cache}/coverage"}
_MESSAGES = (Output("messages", "stdout", cargo_messages.parse),)
_SECONDS = 1800.0


def _compiler(name: str, argv: Argv, first: Tool = tools.CARGO) -> Run:
    return Run(
        name=name,
        needs=tuple(dict.fromkeys((first, tools.CARGO, tools.RUSTC))),
        steps=(Step(argv, findings=_FOUND),),
        outputs=_MESSAGES,
        around=(lent_lockfile,),
        prepared=True,
        holds=_TARGET,
        timeout=_SECONDS,
    )


def _tests(name: str, argv: Argv) -> Run:
    return Run(
        name=name,
        needs=(tools.CARGO, tools.RUSTC),
        steps=(Step(argv, findings=_FOUND, environment=_TESTS),),
        outputs=(Output("tests", "stdout", cargo_test.parse),),
        around=(lent_lockfile,),
        prepared=True,
        holds=_TARGET,
        timeout=_SECONDS,
    )


CARGO_BUILD = _compiler("cargo-build", commands.build)
CARGO_BUILD_TARGET = _compiler("cargo-build-target", commands.build_target)
CARGO_CHECK = _compiler("cargo-check", commands.check)
CLIPPY = _compiler("clippy", commands.clippy, first=tools.CLIPPY)
DOCTEST = _tests("doctest", commands.doctest)
INTEGRATION_TESTS = _tests("cargo-test", commands.integration_tests)
_COVERAGE_STEPS = (
    Step(commands.COVERAGE, stdout="report", stderr="report-log", environment=_INSTRUMENTED),
    Step(commands.WITHOUT_TESTS, stdout="coverage.json", stderr="coverage-log"),
)
# Where tests do not compile or do not run there is no coverage; the check says what that means.
_COVERAGE = Output("coverage", "coverage.json", rust_coverage.parse, required=False)
_COVERAGE_NEEDS = (tools.LLVM_COV, tools.LLVM_TOOLS, tools.GRAMMAR, tools.CARGO, tools.RUSTC)
UNIT_TESTS = Run(
    name="cargo-llvm-cov",
    needs=_COVERAGE_NEEDS,
    steps=(
        Step(commands.unit_tests, findings=_FOUND, environment=_INSTRUMENTED, stdout="tests"),
        *_COVERAGE_STEPS,
    ),
    outputs=(Output("tests", "tests", cargo_test.parse), _COVERAGE),
    around=(lent_lockfile,),
    prepared=True,
    holds=_COVERAGE_TARGET,
    timeout=_SECONDS,
)
_NEXTEST_FOUND, _NEXTEST_NOTHING = frozenset({100}), frozenset({4})
_NEXTEST_REPORT = Output("tests", REPORT, junit.parse)
UNIT_TESTS_NEXTEST = Run(
    name="cargo-nextest",
    needs=(tools.NEXTEST, *_COVERAGE_NEEDS),
    steps=(
        Step(
            commands.unit_tests_by_nextest,
            findings=_NEXTEST_FOUND,
            nothing=_NEXTEST_NOTHING,
            environment=_INSTRUMENTED,
        ),
        *_COVERAGE_STEPS,
    ),
    outputs=(_NEXTEST_REPORT, _COVERAGE),
    around=(lent_lockfile, nextest_configuration),
    prepared=True,
    holds=_COVERAGE_TARGET,
    timeout=_SECONDS,
)
INTEGRATION_TESTS_NEXTEST = Run(
    name="cargo-nextest-integration",
    needs=(tools.NEXTEST, tools.CARGO, tools.RUSTC),
    steps=(
        Step(
            commands.integration_tests_by_nextest,
            findings=_NEXTEST_FOUND,
            nothing=_NEXTEST_NOTHING,
            environment=_TESTS,
        ),
    ),
    outputs=(_NEXTEST_REPORT,),
    around=(lent_lockfile, nextest_configuration),
    prepared=True,
    holds=_TARGET,
    timeout=_SECONDS,
)
UNIT_TESTS_TARPAULIN = Run(
    name="cargo-tarpaulin",
    needs=(tools.TARPAULIN, tools.GRAMMAR, tools.CARGO, tools.RUSTC),
    steps=(
        Step(commands.tarpaulin, findings=frozenset({1}), environment=_TESTS, stdout="tests"),
        _COVERAGE_STEPS[-1],
    ),
    outputs=(Output("tests", "tests", libtest.parse), _COVERAGE),
    around=(lent_lockfile,),
    prepared=True,
    holds=_COVERAGE_TARGET,
    timeout=_SECONDS,
)
RUSTFMT = Run(
    name="rustfmt",
    needs=(tools.RUSTFMT, tools.CARGO),
    steps=(Step(commands.rustfmt, findings=frozenset({1})),),
    outputs=(Output("report", "stdout", rustfmt.parse),),
)
LIZARD = complexity.run("lizard", "rust")
CARGO_AUDIT = Run(
    name="cargo-audit",
    needs=(tools.AUDIT, tools.CARGO),
    # 1: vulnerabilities, or no advisory data, which only standard error tells.
    steps=(Step(("{tool}", "audit", "--json"), findings=frozenset({1})),),
    outputs=(
        Output("log", "stderr", cargo_audit_log.parse, required=False),
        Output("report", "stdout", cargo_audit.parse),
    ),
    around=(lent_lockfile,),
    prepared=True,
)
CARGO_METADATA = Run(
    name="cargo-metadata",
    needs=(tools.CARGO,),
    steps=(Step(commands.metadata),),
    outputs=(Output("metadata", "stdout", cargo_metadata.parse),),
    around=(lent_lockfile,),
    prepared=True,
)
ADVISORIES = Computation(
    name="advisories",
    compute=advisories.matcher("crates.io"),
    inputs=("cargo-metadata",),
)
CARGO_DENY = Run(
    name="cargo-deny",
    needs=(tools.DENY, tools.CARGO),
    # A bit mask; 4 is that of the licenses.
    steps=(Step(commands.deny, findings=frozenset({4})),),
    outputs=(Output("report", "stderr", cargo_deny.parse),),
    around=(lent_lockfile,),
    prepared=True,
)
LICENSE_HEADERS = Computation(
    name="license-headers",
    compute=headers.measure((".rs",), shipped_places),
)
SEMVER_CHECKS = Run(
    name="cargo-semver-checks",
    needs=(tools.SEMVER_CHECKS, tools.CARGO, tools.RUSTC),
    steps=(
        Step(
            commands.semver_checks,
            findings=frozenset({100}),
            environment={"CARGO_TARGET_DIR": "{cache}/semver"},
        ),
    ),
    outputs=(
        Output("log", "stderr", semver_checks_log.parse),
        # Empty where nothing breaks; the log counts what must be told here.
        Output("report", "stdout", semver_checks.parse, required=False),
    ),
    around=(last_release_worktree, same_project(package_name), lent_lockfile),
    prepared=True,
    holds=(Hold("semver-target"),),
    timeout=_SECONDS,
)
DEPRECATIONS = Computation("deprecations", deprecations.measure((".rs",), shipped_places, marks))

RUNS = (
    *(CARGO_BUILD, CARGO_BUILD_TARGET, CARGO_CHECK),
    *(UNIT_TESTS, UNIT_TESTS_NEXTEST, UNIT_TESTS_TARPAULIN, DOCTEST),
    *(INTEGRATION_TESTS, INTEGRATION_TESTS_NEXTEST),
    *(RUSTFMT, CLIPPY, LIZARD, CARGO_AUDIT, CARGO_METADATA, ADVISORIES),
    *(CARGO_DENY, LICENSE_HEADERS, SEMVER_CHECKS, DEPRECATIONS),
)
"""All runs and computations, in the order of the gates that read them."""
