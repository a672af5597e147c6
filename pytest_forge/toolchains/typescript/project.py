"""TypeScript and JavaScript projects: packages, and workspaces that own their members."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from pytest_forge.conventions import unproductive_part
from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.toolchains.typescript.configured import complexity_limit, lint_facts
from pytest_forge.toolchains.typescript.manager import manager_facts, node_facts
from pytest_forge.toolchains.typescript.packagefile import PackageFile, read_package
from pytest_forge.toolchains.typescript.sources import Files, classify
from pytest_forge.toolchains.typescript.testing import coverage_limits, test_facts
from pytest_forge.toolchains.typescript.typed import ships_types, type_facts
from pytest_forge.toolchains.typescript.workspace import members, patterns, products, relative

MANIFESTS = ("package.json",)
UNPRODUCTIVE = ("bower_components", "e2e")
"""Where packages are no products, beside the places that no language has any in."""

_SHIPPED = ("dependencies", "optionalDependencies", "peerDependencies")
_NO_TYPES = "plain JavaScript: there is no TypeScript source, and no configuration checks types"
_PRIVATE = "nothing is published: package.json says `private`"


def inspect(tree: Tree, manifest: str) -> Project | str:
    """Return the project that `manifest` declares, or the reason why it declares none.

    Raises `ConfigurationError` for a file that can't be read. The facts, all paths relative to the
    project's directory, () or "" where there is none:

    - `version`, `private`; `dependencies`: what it ships with, and its members do;
      `path_dependencies`: directories that stand in place of packages; `has_dependencies`: there is
      anything to install; `typed`: its users get types.
    - `manager` ("npm", "pnpm", "yarn"), `manager_version`, `lockfile`, `yarn_modern`,
      `lock_unwanted`: see `manager`. `node_version`, `node_pin`: the Node.js that it accepts.
    - `code`, `sources`, `tests`: its own files, those that ship, those of tests;
      `packages`: the directories of the packages that are products.
    - `test_runner`, `test_arguments`, `unit_tests`, `integration_tests`, `integration_config`: see
      `testing`.
    - `typescript`, `tsconfigs`, `references`: see `typed`.
    - `linter`, `lint_targets`, `formatter`: see `configured`.
    """
    package = read_package(tree, manifest)
    return _refusal(tree, package) or _project(tree, package)


def _refusal(tree: Tree, package: PackageFile) -> str:
    """Return why a package.json declares no project, "" if it does."""
    if patterns(tree, package):
        return ""
    if not package.text("name"):
        return "no name: it only says how the files below it are read"
    if not package.scripts and not package.text("version"):
        return "neither scripts nor workspaces: nothing is built or tested by it"
    return ""


def _project(tree: Tree, package: PackageFile) -> Project:
    every = members(tree, package)
    owned = products(package, every)
    packages = (package, *owned)
    files = classify(_own_files(tree, package, every))
    facts = _facts(tree, package, packages, files)
    published = tuple(_published(tree, one) for one in packages if _is_published(one))
    return Project(
        manifest=package.manifest,
        language="typescript",
        name=package.text("name") or PurePosixPath(package.directory).name or tree.root.name,
        facts=facts,
        exempt=_exempt(facts, published),
        members=tuple(one.manifest for one in every),
        limits=_limits(tree, package),
        published=published if owned else (),
    )


def _facts(
    tree: Tree, package: PackageFile, packages: tuple[PackageFile, ...], files: Files
) -> dict[str, FactValue]:
    typed = type_facts(tree, package, packages, files)
    names = {one.text("name") for one in packages}
    kinds = (*_SHIPPED, "devDependencies")
    shipped = dict.fromkeys(name for one in packages for name in one.dependencies(*_SHIPPED[:2]))
    return {
        "version": package.text("version"),
        "private": package.is_private,
        "typed": any(ships_types(one, bool(typed["typescript"])) for one in packages),
        "dependencies": tuple(name for name in shipped if name not in names),
        "path_dependencies": package.path_dependencies,
        "has_dependencies": any(one.dependencies(*kinds) for one in packages),
        "packages": tuple(_place(one, package) for one in packages),
        "code": files.code,
        "sources": files.sources,
        "tests": files.tests,
        **manager_facts(tree, package),
        **node_facts(tree, package),
        **test_facts(tree, package, files),
        **typed,
        **lint_facts(tree, package),
    }


def _place(one: PackageFile, root: PackageFile) -> str:
    return "." if one.directory == root.directory else relative(one.directory, root.directory)


def _own_files(tree: Tree, package: PackageFile, every: tuple[PackageFile, ...]) -> tuple[str, ...]:
    """Return the files of the project, relative to it, without those of projects below it.

    What is no member of the workspace, but declares a project where products stand, is another.
    """
    own = {one.manifest for one in (package, *every)}
    below = [path for path in tree.below(package.directory) if path not in own]
    others = tuple(f"{PurePosixPath(path).parent}/" for path in below if _is_another(tree, path))
    kept = (path for path in below if not path.startswith(others))
    return tuple(relative(path, package.directory) for path in kept)


def _is_another(tree: Tree, manifest: str) -> bool:
    if not manifest.endswith("/package.json"):
        return False
    if unproductive_part(manifest, UNPRODUCTIVE) is not None:
        return False
    return not _refusal(tree, read_package(tree, manifest))


def _is_published(package: PackageFile) -> bool:
    return bool(package.text("name") and package.text("version")) and not package.is_private


def _published(tree: Tree, package: PackageFile) -> Project:
    facts: Mapping[str, FactValue] = {
        "version": package.text("version"),
        "typed": ships_types(package, False),
    }
    return Project(package.manifest, "typescript", package.text("name"), facts)


def _exempt(facts: Mapping[str, FactValue], published: tuple[Project, ...]) -> dict[str, str]:
    """Return the gates that cannot apply by nature, with the reason."""
    exempt = {}
    if not facts["typescript"]:
        exempt["types"] = _NO_TYPES
    if not published:
        exempt["breaking-changes"] = _PRIVATE
    return exempt


def _limits(tree: Tree, package: PackageFile) -> dict[str, float]:
    """Return the limits that the project states."""
    stated = coverage_limits(package)
    complexity = complexity_limit(tree, package)
    return stated if complexity is None else {**stated, "complexity.max": complexity}
