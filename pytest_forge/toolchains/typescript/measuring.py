"""The unit tests' report: the coverage of what ships, as its own files tell it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from pytest_forge.errors import NothingMeasured
from pytest_forge.formats import istanbul
from pytest_forge.model import Report, Sample
from pytest_forge.phrases import counted
from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.places import shipped_places
from pytest_forge.toolchains.typescript import testfiles
from pytest_forge.toolchains.typescript.sources import is_declaration
from pytest_forge.toolchains.typescript.workspace import join, relative

COVERAGE = ("coverage.line", "coverage.branch", "coverage.function")
_CODE = re.compile(
    rb"\bfunction\b|=>|\bclass\b|^\s*(?:let|const|var|if|for|return)\b", re.MULTILINE
)
_SHOWN = 3
_NO_ANALYSIS = "security: no tool looks for weaknesses in the code itself; `tools` can add one"

Compute = Callable[[Context, Mapping[str, Report]], Report]


def unit_tests(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return the tests, with the coverage of the files that ship alone.

    Raises `NothingMeasured` where tests ran and none of these files was measured, or none of a
    member's, and where a member's tests did not run.
    """
    (report,) = inputs.values()
    left_out = testfiles.left_out(context.project, report)
    own = set(shipped_places(context))
    samples = [one for one in report.samples if one.path in own]
    if not any(map(_counts, samples)):
        return _without_coverage(report)
    _demand_members(context, {one.path for one in samples if one.path})
    measures = istanbul.measures_of(samples)
    return replace(
        report,
        measures={**_without(report.measures, COVERAGE), **measures},
        samples=tuple(one for one in samples if one.measure in COVERAGE),
        lines={path: report.lines[path] for path in own.intersection(report.lines)},
        unavailable={**report.unavailable, **_absent(measures)},
        notes=(*report.notes, *left_out, *_never_measured(own, samples)),
    )


def _demand_members(context: Context, measured: set[str]) -> None:
    """Refuse a coverage that knows of no code of a member of the workspace."""
    project = context.project
    for member in project.words("packages"):
        own = [path for path in project.words("sources") if path.startswith(f"{member}/")]
        places = [join(project.directory, path) for path in own]
        code = [path for path in places if is_code(project, context.tree, path)]
        if code and not measured.intersection(code):
            raise NothingMeasured(
                f"the coverage holds no file of {member}", f"see why it leaves out {code[0]}"
            )


def _without(measures: Mapping[str, float], names: tuple[str, ...]) -> dict[str, float]:
    return {name: value for name, value in measures.items() if name not in names}


def _counts(sample: Sample) -> bool:
    """Tell whether a sample counts anything that could be covered."""
    return bool(sample.value) and sample.measure.startswith(istanbul.TOTAL)


def _absent(measures: Mapping[str, float]) -> Mapping[str, str]:
    """Return why a kind of coverage is not measured where there is any coverage."""
    kinds = {f"coverage.{kind}": plural for kind, plural in istanbul.KINDS.items()}
    return {
        name: f"the code has no {plural}" for name, plural in kinds.items() if name not in measures
    }


def _without_coverage(report: Report) -> Report:
    if report.value("tests.failed"):
        absent = dict.fromkeys(COVERAGE, "tests failed before any code of the project ran")
        return replace(report, unavailable={**report.unavailable, **absent}, samples=())
    if not report.value("tests.executed"):
        return report
    raise NothingMeasured(
        "the coverage holds no file that ships",
        "see what the runner's own coverage settings include and exclude",
    )


def _never_measured(own: set[str], samples: list[Sample]) -> tuple[str, ...]:
    """Return the note that names files which the project's settings keep out of the coverage."""
    left = sorted(own - {one.path for one in samples if one.path})
    if not left:
        return ()
    names = ", ".join(left[:_SHOWN]) + (", ..." if len(left) > _SHOWN else "")
    count = counted(len(left), "file")
    return (f"the coverage does not mention {count} that ship: {names}",)


def dependencies_alone(report: Report) -> Report:
    """Return the report with a note of what nobody has looked at: weaknesses in the code itself."""
    return replace(report, notes=(*report.notes, _NO_ANALYSIS))


def licensed(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return the installed packages; `NothingMeasured` where none of the declared ones is there."""
    (report,) = inputs.values()
    declared = context.project.words("dependencies")
    if declared and not report.components:
        raise NothingMeasured(
            f"{len(declared)} dependencies are declared, and none is found in node_modules",
            "install the project's dependencies anew",
        )
    return report


def is_code(project: Project, tree: Tree, path: str) -> bool:
    """Tell whether a file that ships holds statements, and not types alone."""
    own = relative(path, project.directory)
    ships = own in project.words("sources") and not is_declaration(own)
    return ships and _CODE.search(tree.read(path)) is not None
