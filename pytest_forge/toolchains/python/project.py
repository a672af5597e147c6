"""A Python project as its manifest and configuration declare it, before anything is run."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from pytest_forge.conventions import unproductive_part
from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.toolchains.python import configured, covered, precommit
from pytest_forge.toolchains.python.code import Code, join
from pytest_forge.toolchains.python.declared import Declared, chain
from pytest_forge.toolchains.python.extent import members, own_files, relative
from pytest_forge.toolchains.python.local import path_dependencies
from pytest_forge.toolchains.python.metadata import Metadata, metadata
from pytest_forge.toolchains.python.sources import Layout, layout
from pytest_forge.toolchains.python.testing import Tests, coverage_settings, find_tests

MANIFESTS = ("pyproject.toml", "setup.py", "setup.cfg", "requirements.txt")
"""File names, in the order in which they stand for a directory."""


def inspect(tree: Tree, manifest: str) -> Project | str:
    """Return the project that `manifest` declares, or the reason why it declares none.

    Raises `ConfigurationError` for a configuration file that can't be read. The facts, all paths
    relative to the project's directory:

    - `sources`, `search_path`: what ships, and the directories it is imported from; those of a
      workspace's members are among them. `packages`: import names of this distribution's own;
      `member_packages`: the members'.
    - `path_dependencies`: what it and its members take from directories of the tree.
    - `py_files`: every Python file of the project; `typed`: a py.typed ships.
    - `distribution`, `version`, `version_files`, `version_from_vcs`, `requires_python`,
      `python_pin`: see `Metadata`; the pin is .python-version's.
    - `has_backend`: a wheel can be built; `requirements_only`: there is only a requirements.txt.
    - `type_checker`, `linter`, `formatter`, `isort`: which tools are chosen; `bandit_config`: the
      file that bandit must be told.
    - `lint_excluded`, `format_excluded`: Python files that its pre-commit hooks leave out.
    - `unit_tests`, `integration_paths`, `integration_marker`: where the tests are.
    - `coverage_configured`, `fail_under`, `complexity`: settings and limits of its own;
      `coverage_omitted`: globs of files that its coverage leaves out.
    """
    declared = Declared(tree, str(PurePosixPath(manifest).parent))
    name = PurePosixPath(manifest).name
    files = own_files(declared)
    code = Code(frozenset(path for path in files if path.endswith((".py", ".pyi"))))
    reason = _refusal(declared, name, code)
    if reason:
        return reason
    stated = metadata(declared, name)
    own = layout(declared, code, stated.name)
    owned = members(declared)
    packaged = name != "requirements.txt" and _is_packaged(declared)
    found = find_tests(declared, files)
    facts = {
        **_tools(declared, found),
        **_stated(declared, stated),
        **_contents(own, _inspected(tree, owned), declared),
        **_python_files(declared, sorted(code.files)),
        "typed": _is_typed(own, files),
        "has_backend": packaged and _has_backend(declared),
        "requirements_only": name == "requirements.txt",
    }
    return Project(
        manifest=manifest,
        language="python",
        name=stated.name or PurePosixPath(declared.directory).name or tree.root.name,
        facts=facts,
        exempt=_exempt(facts, packaged, stated),
        members=owned,
        limits=_limits(facts),
    )


def _refusal(declared: Declared, name: str, code: Code) -> str:
    if name == "pyproject.toml" and not _speaks_of_a_project(declared):
        return "only settings of tools: it has no [project] and no [build-system]"
    if name == "setup.py" and declared.setup_py is None:
        return "it does not call setup() of setuptools in Python 3"
    if name == "setup.cfg" and not declared.ini("setup.cfg").has_option("metadata", "name"):
        return "only settings of tools: it has no [metadata] with a name"
    if name == "requirements.txt":
        return _no_application(declared, code)
    return ""


def _no_application(declared: Declared, code: Code) -> str:
    """A list of requirements is an application's if code stands by it that is not another's."""
    if not any(path.endswith(".py") for path in code.files):
        return "only a list of requirements: no Python code stands beside or below it"
    above = chain(declared.tree, declared.directory)[1:]
    owner = next((place for place in above if _is_packaged(place)), None)
    if owner is not None and not any("test" in path for path in code.files):
        place = "the root" if owner.directory == "." else f"{owner.directory}/"
        return f"its scripts have no tests of their own: they belong to the project in {place}"
    return ""


def _speaks_of_a_project(declared: Declared) -> bool:
    return _has_package_table(declared) or "workspace" in declared.table("tool", "uv")


def _has_package_table(declared: Declared) -> bool:
    pyproject = declared.pyproject
    return (
        "project" in pyproject
        or "build-system" in pyproject
        or "name" in declared.table("tool", "poetry")
        or "flit" in declared.table("tool")
    )


def _is_packaged(declared: Declared) -> bool:
    return (
        _has_package_table(declared)
        or declared.setup_py is not None
        or declared.ini("setup.cfg").has_option("metadata", "name")
    )


def _has_backend(declared: Declared) -> bool:
    """A wheel can be built by a stated backend, or by setuptools from setup.py or setup.cfg."""
    if declared.table("tool", "poetry").get("package-mode") is False:
        return False
    if declared.table("tool", "uv").get("package") is False:
        return False
    return (
        "build-system" in declared.pyproject
        or declared.setup_py is not None
        or declared.ini("setup.cfg").has_option("metadata", "name")
    )


def _inspected(tree: Tree, manifests: tuple[str, ...]) -> list[Project]:
    """Return the members that are products: a workspace may hold examples and fixtures too."""
    found = (inspect(tree, one) for one in manifests if unproductive_part(one) is None)
    return [one for one in found if isinstance(one, Project)]


def _tools(declared: Declared, found: Tests) -> dict[str, FactValue]:
    places = chain(declared.tree, declared.directory)
    is_configured, limit = coverage_settings(declared)
    return {
        "type_checker": configured.type_checker(places),
        "linter": configured.linter(places),
        "formatter": configured.formatter(places),
        "isort": configured.isort(places),
        "bandit_config": configured.bandit_config(declared),
        "complexity": configured.complexity(places),
        "unit_tests": found.unit,
        "integration_paths": found.integration,
        "integration_marker": found.marker,
        "coverage_configured": is_configured,
        "fail_under": limit,
        covered.OMITTED: covered.omitted(declared),
    }


def _python_files(declared: Declared, files: list[str]) -> dict[str, FactValue]:
    return {
        "py_files": tuple(path for path in files if path.endswith(".py")),
        "lint_excluded": precommit.excluded(declared, configured.LINT_HOOKS, files),
        "format_excluded": precommit.excluded(declared, configured.FORMAT_HOOKS, files),
    }


def _stated(declared: Declared, stated: Metadata) -> dict[str, FactValue]:
    return {
        "distribution": stated.name,
        "version": stated.version,
        "version_files": stated.version_files,
        "version_from_vcs": stated.from_vcs,
        "requires_python": stated.python,
        "python_pin": _first_line(declared.text(".python-version")),
    }


def _contents(own: Layout, owned: list[Project], declared: Declared) -> dict[str, FactValue]:
    sources, search_path = list(own.sources), list(own.search_path)
    needed = list(path_dependencies(declared))
    packages: list[str] = []
    for member in owned:
        below = relative(member.directory, declared.directory)
        needed += [join(below, path) for path in member.words("path_dependencies")]
        sources += [join(below, path) for path in member.words("sources")]
        search_path += [join(below, path) for path in member.words("search_path")]
        packages += member.words("packages")
    return {
        "sources": tuple(dict.fromkeys(sources)),
        "packages": own.packages,
        "search_path": tuple(dict.fromkeys(search_path)),
        "path_dependencies": tuple(dict.fromkeys(needed)),
        "member_packages": tuple(dict.fromkeys(packages)),
    }


def _is_typed(own: Layout, files: frozenset[str]) -> bool:
    return any(
        path.endswith("/py.typed") and path.startswith(f"{source}/")
        for path in files
        for source in own.sources
    )


def _exempt(facts: Mapping[str, FactValue], packaged: bool, stated: Metadata) -> dict[str, str]:
    """Return the gates that cannot apply by nature, with the reason."""
    reasons = {}
    if not packaged:
        reasons["breaking-changes"] = "it is not packaged: nothing is released from this manifest"
    elif not stated.published:
        reasons["breaking-changes"] = "it says of itself that it is never published"
    if not facts["sources"]:
        reasons["types"] = "it ships no Python code"
    return reasons


def _limits(facts: Mapping[str, FactValue]) -> dict[str, float]:
    """Return the limits that the project states; coverage.py takes 0 for "no limit"."""
    texts = {"coverage.total": facts["fail_under"], "complexity.max": facts["complexity"]}
    numbers = {name: float(str(text)) for name, text in texts.items() if _is_number(str(text))}
    return {name: value for name, value in numbers.items() if value > 0}


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\d+(?:\.\d+)?", text) is not None


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
