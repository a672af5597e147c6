"""Which runner tests a project, with which arguments, and the coverage that it states."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from pytest_forge.projects import FactValue, Tree
from pytest_forge.toolchains.reading import decoded, table
from pytest_forge.toolchains.typescript import scripts
from pytest_forge.toolchains.typescript.arguments import kept, selections
from pytest_forge.toolchains.typescript.packagefile import PackageFile
from pytest_forge.toolchains.typescript.sources import Files
from pytest_forge.toolchains.typescript.workspace import join

RUNNERS = ("vitest", "jest", "mocha", "ava")
_UNIT = ("test:unit", "test-unit", "unit", "test")
_INTEGRATION = ("test:integration", "integration", "test:e2e", "e2e", "test-e2e", "test:int")
_CONFIGURATIONS: Mapping[str, re.Pattern[str]] = {
    "vitest": re.compile(r"vitest\.(?:config|workspace)\.[cm]?[jt]s$"),
    "jest": re.compile(r"jest\.config\.(?:[cm]?[jt]s|json)$"),
    "mocha": re.compile(r"\.mocharc\.(?:[cm]?js|json|jsonc|ya?ml)$"),
    "ava": re.compile(r"ava\.config\.[cm]?js$"),
}
_INTEGRATION_CONFIG = re.compile(
    r"(?P<runner>vitest|jest)[.-](?:config[.-](?:e2e|integration)|(?:e2e|integration)[.-]config)"
    r"\.[cm]?[jt]s$"
)


@dataclass(frozen=True)
class Chosen:
    """A runner, "" for none, and the arguments that the project gives it."""

    runner: str = ""
    arguments: tuple[str, ...] = ()
    script: str = "test"


def test_facts(tree: Tree, package: PackageFile, files: Files) -> dict[str, FactValue]:
    """Return what is known of the project's tests without running any.

    - `test_runner`: "vitest", "jest", "mocha", "ava", "node" (its own `--test`), or "".
    - `test_arguments`: what the project's script gives it, without what forge decides.
    - `node_options`: the NODE_OPTIONS that this script sets; `coverage_patterns`: globs of the
      files whose coverage counts. `tests_left_out`: what these arguments leave out, in words.
    - `unit_tests`, `integration_tests`: test files; `integration_config`: the runner's
      configuration for these alone.
    """
    chosen = _chosen(tree, package, files)
    integration = scripts_of_integration(package, chosen.runner)
    config = _integration_config(tree, package, chosen.runner)
    return {
        "test_runner": chosen.runner,
        "test_arguments": chosen.arguments,
        "node_options": scripts.node_options(package.scripts, chosen.script),
        "coverage_patterns": _patterns(files.sources),
        "tests_left_out": _left_out(package, chosen),
        "unit_tests": files.unit,
        "integration_tests": files.integration,
        "integration_config": config or _option(integration, "--config", "-c"),
    }


def scripts_of_integration(package: PackageFile, runner: str) -> tuple[str, ...]:
    """Return the arguments of the runner in the project's script for integration tests."""
    for name in _INTEGRATION:
        for words in scripts.arguments(package.scripts, name, runner) if runner else ():
            return words
    return ()


def _chosen(tree: Tree, package: PackageFile, files: Files) -> Chosen:
    """Find the runner in the scripts, then by its configuration, then by what is depended on."""
    for name in (*_UNIT, *(one for one in package.scripts if one.startswith("test"))):
        found = _in_script(package, name)
        if found.runner:
            return found
    if runner := _configured(tree, package):
        return Chosen(runner)
    uses_node = any(_imports_node_test(tree, package, path) for path in files.tests)
    return Chosen("node" if uses_node else "")


def _left_out(package: PackageFile, chosen: Chosen) -> tuple[str, ...]:
    """Return sentences on tests that the project runs, or has, and its arguments leave out."""
    calls = scripts.arguments(package.scripts, chosen.script, chosen.runner)
    others = tuple(" ".join(words) for words in calls if kept(words) != chosen.arguments)
    selected = selections(chosen.arguments)
    part = f"the script {chosen.script} runs a part of the tests: {' '.join(selected)}"
    further = f"of the script {chosen.script} only the first call is measured, not: "
    return (
        *((part,) if selected else ()),
        *((f"{further}{chosen.runner} {one}" for one in others) if chosen.runner != "node" else ()),
    )


def _configured(tree: Tree, package: PackageFile) -> str:
    """Return the runner that has a configuration, else one that is depended on, "" for none."""
    own = [path.rpartition("/")[2] for path in _beside(tree, package)]
    for runner, pattern in _CONFIGURATIONS.items():
        if package.table(runner) or any(map(pattern.fullmatch, own)):
            return runner
    depended = package.dependencies("devDependencies", "dependencies")
    return next((one for one in RUNNERS if one in depended), "")


def _in_script(package: PackageFile, name: str) -> Chosen:
    for words in scripts.commands(package.scripts, name):
        for runner in RUNNERS:
            if runner in words or f"node_modules/.bin/{runner}" in words:
                place = next(at for at, word in enumerate(words) if word.endswith(runner))
                return Chosen(runner, kept(words[place + 1 :]), name)
        if "node" in words and "--test" in words:
            return Chosen("node", kept(words[words.index("node") + 1 :]), name)
    return Chosen()


def _patterns(sources: tuple[str, ...]) -> tuple[str, ...]:
    """Return globs for the sources: their directories, up to one that is usual for sources."""
    found: dict[str, None] = {}
    for path in sources:
        parts = PurePosixPath(path).parent.parts
        usual = [at for at, part in enumerate(parts) if part in ("src", "lib", "source")]
        kept = parts[: usual[0] + 1] if usual else parts[:1]
        found["/".join((*kept, "**")) if kept else path] = None
    return tuple(found)


def _beside(tree: Tree, package: PackageFile) -> tuple[str, ...]:
    """Return the files that stand in the package's own directory."""
    below = tree.below(package.directory)
    return tuple(path for path in below if join(package.directory, path.rpartition("/")[2]) == path)


def _integration_config(tree: Tree, package: PackageFile, runner: str) -> str:
    for path in _beside(tree, package):
        found = _INTEGRATION_CONFIG.fullmatch(path.rpartition("/")[2])
        if found and found["runner"] == runner:
            return path.rpartition("/")[2]
    return ""


def _option(words: tuple[str, ...], *names: str) -> str:
    for number, word in enumerate(words):
        name, _, value = word.partition("=")
        if name in names:
            return value or next(iter(words[number + 1 : number + 2]), "")
    return ""


def _imports_node_test(tree: Tree, package: PackageFile, path: str) -> bool:
    text = decoded(tree.read(join(package.directory, path)))
    return re.search(r"""['"]node:test['"]""", text) is not None


def coverage_limits(package: PackageFile) -> dict[str, float]:
    """Return the limits on coverage that package.json states for jest, nyc or c8."""
    jest = table(package.data, "jest", "coverageThreshold", "global")
    limits = {**_percentages(jest, "lines", "branches", "functions")}
    for tool in ("nyc", "c8"):
        stated = package.table(tool)
        if stated.get("check-coverage") is True:
            limits |= _percentages(stated, "lines", "branches", "functions")
    return limits


_MEASURES = {
    "lines": "coverage.line",
    "branches": "coverage.branch",
    "functions": "coverage.function",
}


def _percentages(stated: Mapping[str, object], *names: str) -> dict[str, float]:
    return {
        _MEASURES[name]: float(value)
        for name in names
        if isinstance(value := stated.get(name), int | float) and value >= 0
    }
