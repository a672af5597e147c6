"""Gates name no language and no tool, toolchains state no limit: read from the sources.

The names are those that the toolchains declare, so that a new one is minded by itself, and those of
the languages that are still to come.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from pytest_forge.judging import Gate
from pytest_forge.projects import REPOSITORY
from pytest_forge.toolchains import builtin_toolchains
from pytest_forge.toolchains.declarations import Run, Toolchain

ROOT = Path(__file__).parents[1]
GATES = sorted((ROOT / "gates").rglob("*.py"))
TOOLCHAINS = sorted((ROOT / "pytest_forge/toolchains").rglob("*.py"))

EVERYDAY = {
    ("build",): "a verb, and what every language does",
    ("coverage",): "a measure",
    ("type", "coverage"): "a measure",
    ("pytest",): "what a gate is a plugin of",
    ("node",): "a part of a parsed expression",
}
"""Declared names that are words of the gates' own."""

VERBS = frozenset({("go",)})
"""Declared names that are verbs too: in a sentence they are names where they are capitalised."""

TO_COME = (
    *("TypeScript", "JavaScript", "Java", "C#", ".NET", "Kotlin", "CPython", "Golang"),
    *("dotnet", "eslint", "jest", "maven", "gradle", "npm", "prettier", "vitest", "tsc", "javac"),
    *("pip", "pylint", "pytest-cov", "twine", "package.json", "PyPI", "crates.io", "NuGet"),
)

LICENSE_NAMES = re.compile(
    r"Python-2\.0(\.1)?|CNRI-Python|python software foundation|python \(cnri python\)",
    re.IGNORECASE,
)
"""Licenses carry the names of languages; these are names of licenses."""

Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """Split text into words as they are written; `_`, `-` and `.` part them as blanks do."""
    return tuple(re.findall(r"[^\W_]+", text))


def tools_of(toolchain: Toolchain) -> Iterator[str]:
    needs = [tool for run in toolchain.runs if isinstance(run, Run) for tool in run.needs]
    for tool in (*needs, *(toolchain.preparation.needs if toolchain.preparation else ())):
        yield from filter(None, (tool.name, tool.executable, tool.module))


def declared_names() -> set[Words]:
    """Return the words of all languages, tools and manifests, and of checks of one language."""
    toolchains = [one for one in builtin_toolchains() if one.language != REPOSITORY]
    checks = [{check.name for check in one.checks} for one in toolchains]
    names = {
        name
        for toolchain, own in zip(toolchains, checks, strict=True)
        for name in (
            *(toolchain.language, *toolchain.manifests, *tools_of(toolchain)),
            # What checks of several languages are called is what they do (`licenses`).
            *(name for name in own if sum(name in others for others in checks) == 1),
        )
    }
    return {words_of(name.lower()) for name in names} - set(EVERYDAY)


NAMES = declared_names()


def named(source: str) -> list[str]:
    """Return the declared names in a module's identifiers, strings and comments."""
    found = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NAME:
            found += _in_code(token.string)
        elif token.type == tokenize.STRING:
            text = LICENSE_NAMES.sub("", token.string)
            is_prose = re.search(r"\w\s+\w", text) is not None
            found += _in_prose(text) if is_prose else _in_code(text)
        elif token.type == tokenize.COMMENT:
            found += _in_prose(token.string)
    return found


def _in_code(text: str) -> list[str]:
    # `CargoAudit` holds two words as `cargo_audit` does.
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return _matches(words_of(text), NAMES) + (
        _matches(words_of(apart), NAMES) if apart != text else []
    )


def _in_prose(text: str) -> list[str]:
    found = _matches(words_of(text), NAMES - VERBS)
    inside = re.findall(r"(?<=[a-z,;:('`] )[A-Z]\w*|`[^`\s]+`", text)
    return found + [one for word in inside for one in _matches(words_of(word), VERBS)]


def _matches(words: Words, names: set[Words] | frozenset[Words]) -> list[str]:
    lower = tuple(word.lower() for word in words)
    return [
        " ".join(name)
        for name in sorted(names)
        for start in range(len(lower))
        if lower[start : start + len(name)] == name
    ]


@pytest.mark.parametrize("path", GATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_gates_name_no_language_and_no_tool(path: Path) -> None:
    assert named(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", GATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_gates_name_no_language_that_is_still_to_come(path: Path) -> None:
    text = LICENSE_NAMES.sub("", path.read_text(encoding="utf-8"))
    words = "|".join(map(re.escape, TO_COME))
    assert re.findall(rf"(?<![\w-])(?:{words})(?![\w-])", text, re.IGNORECASE) == []


def test_the_declared_names_are_minded() -> None:
    languages = {words_of(one.language) for one in builtin_toolchains()}
    assert languages - {(REPOSITORY,)} <= NAMES
    assert {("go", "mod"), ("pyproject", "toml"), ("mypy",), ("gofmt",), ("pip", "audit")} <= NAMES
    # What a check of every language, or of the repository itself, is called is nobody's name.
    assert NAMES.isdisjoint({("licenses",), ("secrets",), ("advisories",)})


@pytest.mark.parametrize(
    "source",
    [
        'if language == "go": pass',
        'names = ("rust", "x")',
        "def go_limit(): ...",
        "python_version = 1",
        "class GofmtLimit: ...",
        'LIMIT = {"pip-audit": 1}',
        'path.endswith("go.mod")',
        "x = 1  # mypy gives none",
        "x = 1  # there is none in Go",
        '"""What `go` prints is kept."""',
        '"""A limit for Python alone."""',
        'about = "Every crate is built by Cargo."',
    ],
)
def test_a_name_is_seen_wherever_it_stands(source: str) -> None:
    assert named(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""Versions go up. Go on."""',
        "x = 1  # what does not build can't go any further",
        'measure = "coverage.line"',
        'allowed = ("Python-2.0", "MIT")',
        "import pytest\nongoing = category = 1",
        "gopher = algorithm = pipeline = 1",
    ],
)
def test_everyday_words_are_no_names(source: str) -> None:
    assert named(source) == []


def limited_measures() -> frozenset[str]:
    gates = [entry.load().GATE for entry in entry_points(group="pytest_forge.gates")]
    assert all(isinstance(gate, Gate) for gate in gates)
    return frozenset(limit.measure for gate in gates for limit in gate.limits)


LIMITED = limited_measures()
_JUDGES = frozenset({"Limit", "LimitResult", "Gate", "Verdict", "bound_of", "Judgement"})
_READS = frozenset({"value", "count", "measures"})
"""Attributes by which a report's measures are read."""


def limits_in(source: str) -> list[str]:
    """Return what a module says of limits: the judges' names, settings, numbers beside measures.

    Comparing with 0 or 1 is no limit: it asks whether anything was measured beside the project.
    """
    module = ast.parse(source)
    measured = {name for node in ast.walk(module) for name in _bound_to_measures(node)}
    constants = {name for node in module.body for name in _numeric_constants(node)}
    return [what for node in ast.walk(module) for what in _limits(node, measured, constants)]


def _limits(node: ast.AST, measured: set[str], constants: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Name | ast.alias):
        name = node.id if isinstance(node, ast.Name) else node.name
        if name in _JUDGES:
            yield name
    elif isinstance(node, ast.Attribute) and node.attr in {"limits", *_JUDGES}:
        yield node.attr
    elif isinstance(node, ast.Compare):
        sides = (node.left, *node.comparators)
        numbers = any(_is_bound(side, constants) for side in sides)
        if numbers and any(_is_measure(side, measured) for side in sides):
            yield ast.unparse(node)
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            measure = isinstance(key, ast.Constant) and key.value in LIMITED
            if measure and _is_bound(value, constants):
                yield ast.unparse(node)


def _bound_to_measures(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Assign) and _is_measure(node.value, set()):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))
    elif isinstance(node, ast.NamedExpr) and _is_measure(node.value, set()):
        yield node.target.id


def _numeric_constants(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.Assign) and _is_bound(node.value, set()):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _is_bound(node: ast.expr, constants: set[str]) -> bool:
    if isinstance(node, ast.Name):
        return node.id in constants
    is_number = isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    return is_number and ast.literal_eval(node) not in (0, 1)


def _is_measure(node: ast.expr, measured: set[str]) -> bool:
    """Tell whether an expression is a measure as such; a difference of two measures is none."""
    match node:
        case ast.Name(id=name):
            return name in measured
        case ast.BoolOp(values=[first, *_]):
            return _is_measure(first, measured)
        case ast.Call(func=ast.Name(id="int" | "float" | "round"), args=[inner, *_]):
            return _is_measure(inner, measured)
        case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="measures"), attr="get")):
            return True
        case ast.Call(func=ast.Attribute(attr=attribute)):
            return attribute in _READS
        case ast.Subscript(value=ast.Attribute(attr="measures")):
            return True
    return False


@pytest.mark.parametrize("path", TOOLCHAINS, ids=lambda path: str(path.relative_to(ROOT)))
def test_toolchains_hold_no_limit(path: Path) -> None:
    assert limits_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "from pytest_forge.judging import Limit",
        "import judging\njudging.Limit('a', 'at most', 0)",
        "def f(context): return context.settings.limits",
        "def f(report): return report.value('coverage.line') < 80",
        "def f(report): return 80 > (report.value('coverage.line') or 0)",
        "def f(report): return report.measures['complexity.max'] >= 10",
        "HIGHEST = 10\ndef f(report): return report.measures.get('complexity.max', 0) > HIGHEST",
        "def f(report):\n    lines = float(report.value('a'))\n    return lines < 79.9",
        "def f(report): return (n := report.count('lint.findings')) and n > 5",
        'Project("a", "b", "c", limits={"complexity.max": 10})',
    ],
)
def test_a_limit_is_seen_in_each_of_its_forms(source: str) -> None:
    assert limits_in(source)


@pytest.mark.parametrize(
    "source",
    [
        "def f(report): return report.value('files') == 0 or report.measures['files'] > 1",
        "def f(report): return abs(report.value('a') - report.value('b')) > 0.05",
        "def f(words): return len(words) > 3",
        'Project("a", "b", "c", limits={"complexity.max": stated})',
        'Report(measures={"complexity.max": 0})',
    ],
)
def test_proofs_and_stated_limits_are_none(source: str) -> None:
    assert limits_in(source) == []
