"""Go's checks: which gate each feeds, what it answers for, and its proof of work.

The measures are judged by the gates; no limit stands here.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pytest_forge import advisories, headers
from pytest_forge.projects import Project
from pytest_forge.releases import deprecations
from pytest_forge.releases.comparing import COMPARED, each_released
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Check
from pytest_forge.toolchains.go.comparing import compared
from pytest_forge.toolchains.go.examined import as_lint, scanned, vetted
from pytest_forge.toolchains.go.testing import COVERAGE
from pytest_forge.toolchains.go.vulnerabilities import reached

UNAVAILABLE: Mapping[str, str] = MappingProxyType(
    {
        "coverage.branch": "Go's tools tell no branch coverage",
        "type.coverage": "Go's compiler demands a type of everything",
    }
)
"""What Go's tools cannot tell."""

_NO_PACKAGE = "go lists no package: see the build constraints of the Go files"


def _linted_by(tool: str) -> Callable[[Project, ProjectSettings], bool]:
    return lambda project, settings: project.text("linter") == tool


CHECKS = (
    Check(
        name="go-build",
        gate="compilation",
        run="go-build",
        proof="packages",
        nothing=_NO_PACKAGE,
        counts=("errors", "warnings"),
    ),
    Check(
        name="go-vet",
        gate="types",
        run="go-vet",
        proof="units.vetted",
        nothing="go vet looked at no package: see the build constraints of the Go files",
        counts=("type.errors",),
        select=vetted,
    ),
    Check(
        name="go-test",
        gate="unit-tests",
        run="unit-tests",
        proof="tests.executed",
        nothing="no unit test ran: 0 tests were executed, there is none or all were skipped",
        supplies=("tests.executed", *COVERAGE, "coverage.branch"),
    ),
    Check(
        name="go-test",
        gate="integration-tests",
        run="go-integration-tests",
        proof="tests.executed",
        nothing="every integration test was skipped; start what they need, or exempt the gate",
        supplies=("tests.executed",),
    ),
    Check(
        name="gofmt",
        gate="quality",
        run="gofmt",
        proof="files.checked",
        nothing="there is no Go file that is not generated",
        counts=("files.unformatted",),
    ),
    Check(
        name="staticcheck",
        gate="quality",
        run="staticcheck",
        proof="packages",
        nothing=_NO_PACKAGE,
        counts=("lint.findings",),
        select=as_lint,
        applies=_linted_by("staticcheck"),
    ),
    Check(
        name="golangci-lint",
        gate="quality",
        run="golangci-lint",
        proof="linters",
        nothing="no linter is enabled in golangci-lint's configuration",
        counts=("lint.findings",),
        applies=_linted_by("golangci-lint"),
    ),
    Check(
        name="gocyclo",
        gate="quality",
        run="gocyclo",
        proof="functions",
        nothing="gocyclo found no function; exempt the check if the project has none",
        supplies=("complexity.max",),
    ),
    Check(
        name="govulncheck",
        gate="security",
        run="govulncheck",
        proof="advisories",
        nothing="govulncheck's database has no advisory, not even on the standard library",
        counts=advisories.SEVERITIES,
        select=reached,
        applies=lambda project, settings: not advisories.configured(settings),
    ),
    advisories.check("Go"),
    Check(
        name="gosec",
        gate="security",
        run="gosec",
        proof="lines.scanned",
        nothing="gosec scanned no line; see the build constraints of the Go files",
        counts=advisories.SEVERITIES,
        select=scanned,
    ),
    Check(
        name="licenses",
        gate="licenses",
        run="licenses",
        proof="packages",
        nothing=_NO_PACKAGE,
        counts=("licenses.refused",),
        supplies=("components",),
    ),
    headers.check("Go"),
    Check(
        name="apidiff",
        gate="breaking-changes",
        run="apidiff",
        proof=COMPARED,
        nothing="no package of the last release could be imported; exempt the check",
        counts=("api.breaking",),
        supplies=("api.additions",),
        select=compared,
        variants=each_released,
    ),
    deprecations.CHECK,
)
"""All checks, in the order of the gates."""
