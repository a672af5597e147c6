"""Every format, over every kind of damage to an output that was recorded."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import FORMATS

RECORDINGS = Path(__file__).parent.parent / "recordings"

# Format -> run, case and output of a recording that it reads.
SAMPLES = {
    "jacoco": ("maven-verify", "findings", "coverage"),
    "japicmp": ("japicmp", "breaking", "changes"),
    "checkstyle": ("maven-verify", "findings", "checkstyle"),
    "pmd": ("maven-verify", "findings", "pmd"),
    "spotbugs": ("maven-verify", "findings", "spotbugs"),
    "spotless": ("spotless", "findings", "log"),
    "cyclonedx": ("maven-verify", "findings", "stated"),
    "maven-tree": ("maven-verify", "findings", "needed"),
    "gradle-log": ("gradle-build", "findings", "log"),
    "gradle-needs": ("gradle-build", "findings", "needs"),
    "gradle-tasks": ("gradle-build", "findings", "tasks"),
    "maven-log": ("maven-verify", "findings", "log"),
    "annotations": ("type-coverage", "missing", "report"),
    "apidiff": ("apidiff", "breaking", "changes"),
    "apidiff-incompatible": ("apidiff", "breaking", "incompatible"),
    "artifacts": ("artifacts", "clean", "artifacts"),
    "bandit": ("bandit", "findings", "report"),
    "benchmark-dotnet": ("benchmark-dotnet", "clean", "report"),
    "biome-format": ("biome-format", "findings", "report"),
    "biome-lint": ("biome-lint", "findings", "report"),
    "black": ("black", "unformatted", "report"),
    "cargo-audit": ("cargo-audit", "vulnerable", "report"),
    "cargo-audit-log": ("cargo-audit", "clean", "log"),
    "cargo-deny": ("cargo-deny", "refused", "report"),
    "cargo-messages": ("clippy", "findings", "messages"),
    "cargo-metadata": ("cargo-metadata", "clean", "metadata"),
    "cargo-semver-checks": ("cargo-semver-checks", "breaking", "report"),
    "cargo-semver-checks-log": ("cargo-semver-checks", "breaking", "log"),
    "cargo-test": ("cargo-llvm-cov", "failures", "tests"),
    "cobertura": ("dotnet-test", "clean", "coverage"),
    "compileall": ("compileall", "errors", "progress"),
    "coverage-json": ("unit-tests", "clean", "coverage"),
    "criterion": ("criterion", "clean", "report"),
    "detect-secrets": ("detect-secrets", "secrets", "report"),
    "dotnet-format": ("dotnet-format", "findings", "report"),
    "dotnet-format-log": ("dotnet-format", "clean", "log"),
    "dotnet-log": ("dotnet-build", "clean", "log"),
    "dotnet-packages": ("dotnet-packages", "clean", "packages"),
    "dotnet-vulnerable": ("dotnet-audit", "vulnerable", "vulnerable"),
    "environment": ("environment", "clean", "environment"),
    "eslint": ("eslint", "findings", "report"),
    "flake8": ("flake8", "findings", "report"),
    "go-bench": ("go-bench", "clean", "report"),
    "go-build": ("go-build", "errors", "events"),
    "go-cover": ("go-test", "clean", "coverage"),
    "go-cover-functions": ("go-test", "clean", "functions"),
    "go-export": ("apidiff", "breaking", "exported"),
    "go-files": ("gofmt", "clean", "files"),
    "go-licenses": ("go-licenses", "clean", "report"),
    "go-modules": ("modules", "clean", "modules"),
    "go-packages": ("go-build", "clean", "packages"),
    "go-test": ("go-test", "failures", "tests"),
    "go-version": ("modules", "clean", "version"),
    "go-vet": ("go-vet", "findings", "findings"),
    "gocyclo": ("gocyclo", "complex", "report"),
    "gofmt": ("gofmt", "unformatted", "findings"),
    "gofmt-errors": ("gofmt", "unparsed", "errors"),
    "golangci-lint": ("golangci-lint", "findings", "report"),
    "gosec": ("gosec", "findings", "report"),
    "gosec-log": ("gosec", "findings", "log"),
    "govulncheck": ("govulncheck", "clean", "modules"),
    "griffe-api": ("griffe", "breaking", "report"),
    "isort": ("isort", "unsorted", "findings"),
    "isort-progress": ("isort", "clean", "progress"),
    "istanbul": ("vitest", "clean", "coverage"),
    "jest": ("jest", "failing", "tests"),
    "jmh": ("jmh", "clean", "report"),
    "junit": ("unit-tests", "failures", "tests"),
    "libtest": ("cargo-tarpaulin", "failures", "tests"),
    "licensecheck": ("licensecheck", "clean", "report"),
    "lizard": ("lizard", "complex", "report"),
    "measured": ("commands", "clean", "measured"),
    "mocha": ("mocha", "failing", "tests"),
    "msbuild-project": ("dotnet-projects", "clean", "projects"),
    "mypy": ("mypy", "errors", "errors"),
    "mypy-linecount": ("mypy", "errors", "lines"),
    "node-packages": ("packages", "clean", "report"),
    "node-test": ("node-test", "failing", "tests"),
    "npm-audit": ("npm-audit", "findings", "report"),
    "nuget-audit": ("dotnet-audit", "vulnerable", "source"),
    "oasdiff": ("oasdiff", "breaking", "changes"),
    "oasdiff-text": ("oasdiff", "breaking", "told"),
    "openapi-document": ("oasdiff", "breaking", "document"),
    "openapi-document-released": ("oasdiff", "breaking", "released"),
    "oxfmt": ("oxfmt", "findings", "report"),
    "package-validation": ("package-validation", "breaking", "breaking"),
    "package-validation-log": ("package-validation", "clean", "log"),
    "package-validation-strict": ("package-validation", "addition", "changes"),
    "pip-audit": ("pip-audit", "vulnerable", "audit"),
    "pip-audit-log": ("pip-audit", "clean", "log"),
    "prettier-files": ("prettier", "findings", "report"),
    "pyright": ("pyright", "errors", "report"),
    "pytest-benchmark": ("pytest-benchmark", "clean", "report"),
    "python-files": ("ruff", "clean", "files"),
    "python-warnings": ("compileall", "warnings", "warnings"),
    "radon": ("radon", "complex", "report"),
    "roslyn": ("dotnet-build", "complexity", "compilations"),
    "ruff": ("ruff", "findings", "findings"),
    "ruff-format": ("ruff-format", "unformatted", "report"),
    "rust-coverage": ("cargo-llvm-cov", "clean", "coverage"),
    "rustfmt": ("rustfmt", "unformatted", "report"),
    "sarif": ("sarif", "findings", "report"),
    "tap": ("ava", "failing", "tests"),
    "trx": ("dotnet-test", "clean", "tests"),
    "tsc": ("tsc", "type-error", "report"),
    "type-coverage": ("tsc-type-coverage", "untyped", "report"),
    "typescript-api": ("typescript-api", "changes", "report"),
    "uv-build": ("build", "clean", "log"),
    "vitest-bench": ("vitest-bench", "clean", "report"),
    "wheel": ("build", "clean", "wheel"),
}

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "truncated": lambda data: data[: len(data) // 2],
    "garbage": lambda data: b"\x00\xff\xfe not what you think \x1b[31m\n" * 3,
    "an object": lambda data: b'{"unexpected": {"shape": [1, 2, 3]}}',
    "a list": lambda data: b'[{"unexpected": 1}]',
    "a number": lambda data: b"42",
    "null": lambda data: b"null",
    "markup": lambda data: b"<html><body>502 Bad Gateway</body></html>",
}

NO_FAULT = {
    "a tool that finds nothing prints nothing: another output is its proof of work": {
        ("apidiff", "empty"),
        ("apidiff-incompatible", "empty"),
        ("cargo-semver-checks", "empty"),
        ("go-build", "empty"),
        ("go-vet", "empty"),
        ("gofmt-errors", "empty"),
        ("isort", "empty"),
        ("mypy", "empty"),
        ("python-warnings", "empty"),
    },
    "only one sentence is sought in it, and the report stands in another output": {
        (log, damage) for log in ("cargo-audit-log", "pip-audit-log") for damage in DAMAGES
    },
    "what is missing is not counted, and the count is the proof of work": {
        ("go-files", "empty"),
        ("package-validation-log", "truncated"),
        ("go-licenses", "empty"),
        ("python-files", "empty"),
    },
}
"""The closed list of reasons for which a damage cannot show in the output itself."""

EXCUSED = set[tuple[str, str]]().union(*NO_FAULT.values())


def _recorded(format_name: str) -> bytes:
    run, case, output = SAMPLES[format_name]
    (directory,) = RECORDINGS.glob(f"*/{run}-[0-9]*/{case}")
    document = json.loads((directory / "case.json").read_text(encoding="utf-8"))
    file: str = document["outputs"][output]
    return (directory / file).read_bytes()


def _cells() -> Iterator[tuple[str, str]]:
    for name in sorted(FORMATS):
        for damage in DAMAGES:
            yield name, damage


def test_every_format_has_a_recording() -> None:
    assert set(SAMPLES) == set(FORMATS)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_recording_itself_is_readable(name: str) -> None:
    report = FORMATS[name](_recorded(name))

    assert (
        report.measures
        or report.findings
        or report.tests
        or report.samples
        or report.components
        or name in ("cargo-audit-log", "pip-audit-log", "uv-build")
    )


@pytest.mark.parametrize(("name", "damage"), [one for one in _cells() if one not in EXCUSED])
def test_damage_is_never_a_result(name: str, damage: str) -> None:
    data = DAMAGES[damage](_recorded(name))

    with pytest.raises(OutputUnreadable) as raised:
        FORMATS[name](data)

    assert "\n" not in raised.value.reason
    assert "\x1b" not in raised.value.reason


@pytest.mark.parametrize(("name", "damage"), sorted(EXCUSED))
def test_what_is_excused_holds_no_proof_of_work(name: str, damage: str) -> None:
    report = FORMATS[name](DAMAGES[damage](_recorded(name)))

    assert report.findings == ()
    assert not report.measures or not report.measures.get("files.checked", 0)
