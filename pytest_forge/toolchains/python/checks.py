"""Python's checks: which gate each feeds, what it answers for, and its proof of work.

The measures are judged by the gates; no limit stands here.
"""

from collections.abc import Callable
from dataclasses import replace

from pytest_forge import advisories, headers
from pytest_forge.errors import NothingMeasured
from pytest_forge.model import Report
from pytest_forge.projects import Project
from pytest_forge.releases import deprecations
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Check

_COVERAGE = ("coverage.line", "coverage.branch", "coverage.function", "coverage.total")


def _chosen(fact: str, tool: str) -> Callable[[Project, ProjectSettings], bool]:
    """Apply where the project's configuration chooses this tool."""
    return lambda project, settings: project.text(fact) == tool


def _has_code(project: Project, settings: ProjectSettings) -> bool:
    return bool(project.words("sources") or project.words("py_files"))


def _has_own_feed(project: Project, settings: ProjectSettings) -> bool:
    return not advisories.configured(settings)


def _sorted_files(report: Report) -> Report:
    """Count all files: isort names the sorted ones and the others in different streams."""
    unsorted = {finding.path for finding in report.findings}
    checked = report.measures.get("files.sorted", 0) + len(unsorted)
    return replace(report, measures={**report.measures, "files.checked": checked})


def _built(report: Report) -> Report:
    """Demand a wheel with something in it of a build that did not fail."""
    if report.findings:
        return replace(report, unavailable={"artifact.size": "nothing was built"})
    if not report.measures.get("artifact.files"):
        what = "holds no file" if "artifact.files" in report.measures else "is missing"
        raise NothingMeasured(f"the wheel {what}", "tell the build backend which packages to ship")
    return report


def _covered(report: Report) -> Report:
    """Tell a run without coverage data from one whose failed tests are the reason for that."""
    if report.measures.get("coverage.statements"):
        return report
    if report.value("tests.failed"):
        absent = dict.fromkeys(_COVERAGE, "tests failed before any code of the project ran")
        return replace(report, unavailable={**report.unavailable, **absent})
    if not report.value("tests.executed"):
        return report
    raise NothingMeasured(
        "coverage.py saw no statement of the project", "see `source` and `omit` in its settings"
    )


def _compared_licenses(report: Report) -> Report:
    """Demand that licensecheck saw what the project declares: it drops what it can't resolve."""
    declared = [one.name for one in report.components if one.direct and one.ships]
    examined = report.measures.get("packages.examined", 0)
    if examined < len(declared):
        raise NothingMeasured(
            f"licensecheck compared {examined:g} packages, but the project declares "
            f"{len(declared)} ({', '.join(declared)})",
            "run `licensecheck -r` on the manifest by hand",
        )
    # The components are those of the check `licenses`.
    return replace(report, components=())


def _audited(report: Report) -> Report:
    """Demand that everything that is installed was audited."""
    audited = report.measures.get("components.audited", 0)
    installed = report.measures.get("distributions", 0)
    # One less: the project itself. What is installed in place has no released version to look up.
    if installed > 1 and not audited:
        raise NothingMeasured(f"pip-audit audited none of {installed:g} distributions")
    return replace(report, components=())


CHECKS = (
    Check(
        name="compileall",
        gate="compilation",
        run="compileall",
        proof="files.compiled",
        nothing="compileall compiled no file; see where `pytest-forge doctor` expects the sources",
        counts=("errors", "warnings"),
        applies=_has_code,
    ),
    Check(
        name="build",
        gate="compilation",
        run="build",
        proof="builds",
        nothing="nothing was built",
        counts=("errors",),
        select=_built,
        supplies=("artifact.size",),
        applies=lambda project, settings: project.flag("has_backend"),
    ),
    Check(
        name="mypy",
        gate="types",
        run="mypy",
        proof="files.checked",
        nothing="mypy checked no module; see its `exclude` settings",
        counts=("type.errors",),
        applies=_chosen("type_checker", "mypy"),
    ),
    Check(
        name="pyright",
        gate="types",
        run="pyright",
        proof="files.checked",
        nothing="pyright checked no file; see its `include` and `exclude` settings",
        counts=("type.errors",),
        applies=_chosen("type_checker", "pyright"),
    ),
    Check(
        name="type-coverage",
        gate="types",
        run="type-coverage",
        proof="files.checked",
        nothing="no Python file ships; see where `pytest-forge doctor` expects the sources",
        supplies=("type.coverage",),
    ),
    Check(
        name="pytest",
        gate="unit-tests",
        run="unit-tests",
        proof="tests.executed",
        nothing="no unit test ran: 0 tests were executed, all were skipped",
        supplies=("tests.executed", *_COVERAGE),
        select=_covered,
    ),
    Check(
        name="pytest",
        gate="integration-tests",
        run="integration-tests",
        proof="tests.executed",
        nothing="every integration test was skipped; start what they need, or exempt the gate",
        supplies=("tests.executed",),
    ),
    Check(
        name="ruff",
        gate="quality",
        run="ruff",
        proof="files.checked",
        nothing="ruff checked no Python file; see its `exclude` settings",
        counts=("lint.findings",),
        applies=_chosen("linter", "ruff"),
    ),
    Check(
        name="flake8",
        gate="quality",
        run="flake8",
        proof="files.checked",
        nothing="flake8 checked no file; see its `exclude` settings",
        counts=("lint.findings",),
        applies=_chosen("linter", "flake8"),
    ),
    Check(
        name="ruff-format",
        gate="quality",
        run="ruff-format",
        proof="files.checked",
        nothing="ruff format checked no file; see its `exclude` settings",
        counts=("files.unformatted",),
        applies=_chosen("formatter", "ruff"),
    ),
    Check(
        name="black",
        gate="quality",
        run="black",
        proof="files.checked",
        nothing="black checked no file; see its `exclude` settings",
        counts=("files.unformatted",),
        applies=_chosen("formatter", "black"),
    ),
    Check(
        name="isort",
        gate="quality",
        run="isort",
        proof="files.checked",
        nothing="isort checked no file; see its `skip` settings",
        counts=("files.unformatted",),
        select=_sorted_files,
        applies=lambda project, settings: project.flag("isort"),
    ),
    Check(
        name="radon",
        gate="quality",
        run="radon",
        proof="functions",
        nothing="radon found no function; exempt the check if the project has none",
        supplies=("complexity.max",),
        applies=_has_code,
    ),
    Check(
        name="bandit",
        gate="security",
        run="bandit",
        proof="lines.scanned",
        nothing="bandit scanned no line; see its `exclude_dirs` settings",
        counts=advisories.SEVERITIES,
        applies=_has_code,
    ),
    Check(
        name="pip-audit",
        gate="security",
        run="pip-audit",
        proof="distributions",
        nothing="no distribution is installed for the project; prepare its environment",
        counts=advisories.SEVERITIES,
        select=_audited,
        applies=_has_own_feed,
    ),
    advisories.check("PyPI"),
    Check(
        name="licenses",
        gate="licenses",
        run="environment",
        proof="distributions",
        nothing="no distribution is installed for the project; prepare its environment",
        counts=("licenses.refused",),
        supplies=("components",),
    ),
    Check(
        name="licensecheck",
        gate="licenses",
        run="licensecheck",
        proof="distributions",
        nothing="no distribution is installed for the project; prepare its environment",
        counts=("licenses.refused",),
        select=_compared_licenses,
    ),
    headers.check("Python"),
    Check(
        name="griffe",
        gate="breaking-changes",
        run="griffe",
        proof="api.items",
        nothing="griffe found no public name; see where `pytest-forge doctor` expects the packages",
        counts=("api.breaking",),
        supplies=("api.additions",),
        applies=lambda project, settings: bool(project.words("packages")),
    ),
    replace(
        deprecations.CHECK,
        applies=lambda project, settings: bool(project.words("packages")),
    ),
)
"""All checks, in the order of the gates."""
