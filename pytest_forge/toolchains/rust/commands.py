"""The commands of Rust's column that depend on the project's facts.

Everything is built below the project's cache: the user's own `target/` stays as it is. What is
looked at are all members of a workspace, with their default features, as the field does it.
"""

from pathlib import Path

from pytest_forge import probes
from pytest_forge.errors import NothingMeasured
from pytest_forge.toolchains.declarations import Context

_PROBES = Path(probes.__file__).parent
_MESSAGES = "--message-format=json"
_TARGET_DIRECTORY = ("--target-dir", "{cache}/target")
# `{tool:llvm-tools}` is a Python: the program tells the following command where LLVM's tools are.


def probe(name: str) -> str:
    """Return the path of one of forge's own small programs."""
    return str(_PROBES / f"{name}.py")


_LLVM = ("{tool:llvm-tools}", "-I", probe("llvm_tools"))
_LLVM_COV = ("--", "{tool:cargo-llvm-cov}", "llvm-cov")
# Data and test binaries of an earlier run would be counted with those of this one.
_CLEANED = (*_LLVM_COV, "clean", "--workspace", *_LLVM_COV)


def locked(context: Context) -> tuple[str, ...]:
    """Demand the lock file as it is, where the project has one."""
    return ("--locked",) if context.project.flag("locked") else ()


def _compiled(subcommand: str, *options: str, context: Context) -> tuple[str, ...]:
    common = (*locked(context), _MESSAGES, *_TARGET_DIRECTORY)
    return ("{tool:cargo}", subcommand, "--workspace", *options, *common)


def _library(context: Context) -> tuple[str, ...]:
    """Ask for libraries where there are some: cargo refuses to build none."""
    return ("--lib",) if context.project.flag("has_lib") else ()


def _benches(context: Context) -> tuple[str, ...]:
    """Ask for all benchmarks, or by name for those that do not need a nightly compiler."""
    if not context.project.words("left_out_benches"):
        return ("--benches",)
    return tuple(f"--bench={name}" for name in context.project.words("benches"))


def build(context: Context) -> tuple[str, ...]:
    """Build libraries and programs."""
    return _compiled("build", context=context)


def build_target(context: Context) -> tuple[str, ...]:
    """Build for another target: the libraries, since programs would need that target's linker."""
    return _compiled(
        "build", *(_library(context) or ("--bins",)), "--target={variant}", context=context
    )


def check(context: Context) -> tuple[str, ...]:
    """Check the types of everything: tests, examples and benchmarks too."""
    apart = (*_library(context), "--bins", "--examples", "--tests", *_benches(context))
    targets = apart if context.project.words("left_out_benches") else ("--all-targets",)
    return _compiled("check", *targets, context=context)


def clippy(context: Context) -> tuple[str, ...]:
    """Lint everything but the examples.

    Every lint as a warning: one that is an error would end the linting of all that depends on it.
    """
    targets = (*_library(context), "--bins", "--tests", *_benches(context))
    return (*_compiled("clippy", *targets, context=context), "--", "--cap-lints=warn")


def doctest(context: Context) -> tuple[str, ...]:
    """Run the tests in the documentation, which run apart from all others."""
    return _compiled("test", "--doc", "--no-fail-fast", context=context)


def integration_tests(context: Context) -> tuple[str, ...]:
    """Run the tests that stand in targets of their own: the files in `tests/`, most often."""
    _require_integration_tests(context)
    return _compiled("test", "--test=*", "--no-fail-fast", context=context)


def integration_tests_by_nextest(context: Context) -> tuple[str, ...]:
    """Run the same tests by nextest."""
    _require_integration_tests(context)
    program = ("{tool}", "nextest", "run", "--workspace", "--test=*")
    return (*program, *_NEXTEST, *locked(context), *_TARGET_DIRECTORY)


def _require_integration_tests(context: Context) -> None:
    if not context.project.words("integration_tests"):
        raise NothingMeasured(
            "there is no integration test: no file in tests/, and no [[test]]",
            'add one, or say why there is none: exempt.integration-tests = "..."',
        )


def unit_tests(context: Context) -> tuple[str, ...]:
    """Run the tests of libraries and programs, instrumented; the report is made afterwards."""
    program = (*_LLVM, *_CLEANED, "test", "--no-report", "--workspace")
    options = (*_library(context), "--bins", "--no-fail-fast", _MESSAGES)
    return (*program, *options, *locked(context))


def unit_tests_by_nextest(context: Context) -> tuple[str, ...]:
    """Run the same tests by nextest, which cargo looks for on PATH."""
    beside = ("--beside", "{tool:cargo-nextest}")
    program = (*_LLVM, *beside, *_CLEANED, "nextest", "--no-report")
    options = ("--workspace", *_library(context), "--bins", *_NEXTEST)
    return (*program, *options, *locked(context))


def tarpaulin(context: Context) -> tuple[str, ...]:
    """Run the same tests under tarpaulin, with what the project configures for it."""
    options = ("--workspace", *_library(context), "--bins", "--no-fail-fast", *locked(context))
    place = ("--target-dir={cache}/tarpaulin", "--output-dir={scratch}", "--out=Lcov")
    # Its own log goes to standard error, so that the tests' words stand alone.
    return ("{tool}", "tarpaulin", *options, *place, "--stderr", "--color=Never")


COVERAGE = (
    *(*_LLVM, *_LLVM_COV, "report", "--lcov"),
    "--output-path={scratch}/lcov.info",
)
"""Write down what the tests before it have covered."""

WITHOUT_TESTS = (
    *("{tool:tree-sitter-rust}", "-I", probe("rust_coverage"), "{scratch}/lcov.info"),
    *("{directory}", "{cache}"),
)
"""Count the coverage without the tests' own code."""

# Its own configuration stands above ours, a lone JUnit path aside; ours says where reports go, so
# that no file appears in the user's target/.
_NEXTEST = ("--no-fail-fast", "--tool-config-file=pytest-forge:{nextest-config}")


def rustfmt(context: Context) -> tuple[str, ...]:
    """Check the members' own files; `--all` would also take other packages of the repository."""
    members = (f"--package={name}" for name in context.project.words("packages"))
    options = ("--check", "--verbose", "-l")
    return ("{tool:cargo}", "fmt", "--verbose", *members, "--", *options)


def metadata(context: Context) -> tuple[str, ...]:
    """Resolve all packages that any feature may bring."""
    options = ("--format-version=1", "--all-features")
    return ("{tool}", "metadata", *options, *locked(context))


def deny(context: Context) -> tuple[str, ...]:
    """Check the licenses; that is what the log level is for: it tells how many crates there are."""
    options = ("--format=json", "--log-level=info", "--workspace", *locked(context))
    return ("{tool}", *options, "--config={deny_config}", "check", "licenses")


def semver_checks(context: Context) -> tuple[str, ...]:
    """Compare with the last release as if only a minor change were declared.

    So that everything that breaks is told, whichever version is declared: gate 8 weighs it.
    """
    names = (context.variant,) if context.variant else context.project.words("libraries")
    packages = (f"--package={name}" for name in names)
    baseline = ("--baseline-root={release_directory}", "--release-type=minor")
    return ("{tool}", "semver-checks", *packages, *baseline, "--color=never")
