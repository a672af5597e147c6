"""Which linters and formatters a project has chosen, by their configuration or its scripts."""

import re
from collections.abc import Mapping

from pytest_forge.projects import FactValue, Tree
from pytest_forge.toolchains.reading import decoded, read, table
from pytest_forge.toolchains.typescript import scripts
from pytest_forge.toolchains.typescript.jsonc import read_json
from pytest_forge.toolchains.typescript.packagefile import PackageFile
from pytest_forge.toolchains.typescript.workspace import join

_WITH_TARGETS = ("eslint", "biome")
_LINT = ("lint", "test:lint", "lint:js", "test:eslint", "eslint", "lint:ts")
_ESLINT = re.compile(r"eslint\.config\.[cm]?[jt]s$|\.eslintrc(?:\.(?:[cm]?js|json|ya?ml))?$")
_PRETTIER = re.compile(
    r"\.prettierrc(?:\.(?:json5?|ya?ml|toml|[cm]?[jt]s))?$|prettier\.config\.[cm]?[jt]s$"
)
_BIOME = re.compile(r"\.?biome\.jsonc?$")
_OXFMT = re.compile(r"\.oxfmtrc\.jsonc?$|oxfmt\.config\.[cm]?[jt]s$")
_COMPLEXITY = re.compile(
    r"""(?<![\w-])['"]?complexity['"]?\s*:\s*\[\s*(?:['"](?:error|warn)['"]|[12])\s*,\s*"""
    r"""(?:\{\s*['"]?max['"]?\s*:\s*)?(\d+)"""
)


def lint_facts(tree: Tree, package: PackageFile) -> dict[str, FactValue]:
    """Return the linter and the formatter, "" where the project has none of its own.

    - `linter`: "eslint", "biome", "xo" or ""; `lint_targets`: what the project's script lints.
    - `formatter`: "prettier", "biome", "oxfmt", "xo" (which formats as it lints) or "".
    """
    own = _own_names(tree, package)
    by_biome = _parts_of_biome(tree, package, own)
    linter = _linter(package, own, "linter" in by_biome)
    return {
        "linter": linter,
        "lint_targets": _targets(package, linter) if linter in _WITH_TARGETS else (),
        "formatter": _formatter(package, own, linter, "formatter" in by_biome),
    }


def complexity_limit(tree: Tree, package: PackageFile) -> float | None:
    """Return the complexity that eslint's own rule is told to allow, as far as text tells it."""
    for name in _own_names(tree, package):
        if _ESLINT.fullmatch(name):
            found = _COMPLEXITY.search(decoded(read(tree, join(package.directory, name))))
            return float(found[1]) if found else None
    return None


def _own_names(tree: Tree, package: PackageFile) -> list[str]:
    return [
        name
        for path in tree.below(package.directory)
        if join(package.directory, name := path.rpartition("/")[2]) == path
    ]


def _parts_of_biome(tree: Tree, package: PackageFile, own: list[str]) -> frozenset[str]:
    """Return what Biome is used for, "linter" and "formatter": its configuration can say less."""
    for name in own:
        if _BIOME.fullmatch(name):
            data = read_json(tree, join(package.directory, name))
            parts = ("linter", "formatter")
            return frozenset(one for one in parts if table(data, one).get("enabled") is not False)
    return frozenset()


def _linter(package: PackageFile, own: list[str], by_biome: bool) -> str:
    depended = package.dependencies("devDependencies", "dependencies")
    if package.table("xo") or "xo" in depended or scripts.called(package.scripts, _LINT, "xo"):
        return "xo"
    has_eslint = package.table("eslintConfig") or any(map(_ESLINT.fullmatch, own))
    if has_eslint or scripts.called(package.scripts, _LINT, "eslint") is not None:
        return "eslint"
    return "biome" if by_biome else ""


def _formatter(package: PackageFile, own: list[str], linter: str, by_biome: bool) -> str:
    """Return the formatter; a configuration inside of package.json counts as well.

    One that is merely installed is none (prettier comes with xo).
    """
    stated: Mapping[str, bool] = {
        "prettier": "prettier" in package.data or any(map(_PRETTIER.fullmatch, own)),
        "oxfmt": any(map(_OXFMT.fullmatch, own)),
        "biome": by_biome,
    }
    for name, is_configured in stated.items():
        if is_configured:
            return name
    if linter == "xo":
        return "xo"
    called = (
        name
        for name in ("prettier", "oxfmt")
        if scripts.called(package.scripts, ("format", "format:check"), name) is not None
    )
    return next(called, "")


def _targets(package: PackageFile, linter: str) -> tuple[str, ...]:
    """Return the operands of the linter in the project's script, "." where there are none."""
    words = scripts.called(package.scripts, _LINT, linter) or ()
    if linter == "biome":
        # `check`, `ci` or `lint`
        words = words[1:]
    before = ("", *words)
    # The value of an option that is joined by `=` stands in the option itself.
    values = {number for number, word in enumerate(before) if word in _WITH_VALUE}
    kept = (
        word
        for number, word in enumerate(words)
        if not word.startswith("-") and number not in values
    )
    return tuple(kept) or (".",)


_WITH_VALUE = frozenset(
    {"-c", "--config", "--ext", "-f", "--format", "--max-warnings", "--ignore-path", "--rule"}
    | {
        "--ignore-pattern",
        "--cache-location",
        "-o",
        "--output-file",
        "--parser",
        "--env",
        "--concurrency",
    }
)
