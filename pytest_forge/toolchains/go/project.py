"""Go projects: modules by their go.mod, and workspaces by a go.work that owns its modules."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from pytest_forge.conventions import unproductive_part
from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.toolchains.go.configured import Golangci, golangci
from pytest_forge.toolchains.go.modfile import ModuleFile
from pytest_forge.toolchains.go.modules import (
    Module,
    facts_of,
    major,
    read_file,
    read_module,
    refusal,
    replacements,
)
from pytest_forge.toolchains.places import join, relative
from pytest_forge.versions import is_version, order

MANIFESTS = ("go.work", "go.mod")
"""File names, in the order in which they stand for a directory."""
UNPRODUCTIVE = ("_*", "hack", "tools")
"""Where modules are no products: go itself leaves out `_x`; the others are development's own."""

_NOTHING_TO_IMPORT = "nothing of it can be imported: it holds commands and internal packages only"


def inspect(tree: Tree, manifest: str) -> Project | str:
    """Return the project that `manifest` declares, or the reason why it declares none.

    Raises `ConfigurationError` for a file that can't be read. The facts, all paths relative to the
    project's directory:

    - `module`: the module path, of a workspace that of its first module; `major`: the major version
      that it ends with (`v2`); `version` is "" and `version_from_vcs` holds: tags are the versions.
    - `go_version`: the lowest version of Go that it accepts; `toolchain`: the one it proposes.
    - `modules`: the modules' directories; `patterns`: what go is given to mean all of their
      packages; `packages`: the directories of those that ship; `importable`: others can import one.
    - `go_files`: its own; `generated`, `test_files`: those of them that are.
    - `integration_tag`: the build tag of integration tests; `integration_tests`: the functions
      behind it; `integration_patterns`: their packages.
    - `linter`: "golangci-lint" where that is configured, else "staticcheck"; `golangci_config`: the
      file; `build_tags`: those it sets.
    - `dependencies`: modules that are required directly; `requires`: there is any requirement.
    - `path_dependencies`: directories that `replace` names in place of modules.
    - `vendored`: go takes the dependencies from vendor/.
    - `tags_by_directory`: a release's tag begins with the directory.
    """
    if PurePosixPath(manifest).name == "go.work":
        return _workspace(tree, manifest)
    module = read_module(tree, manifest)
    return refusal(module) or _project(tree, module)


def _project(tree: Tree, module: Module) -> Project:
    linted = golangci(tree, module.directory)
    facts = {
        **facts_of((module,), module.directory),
        **_stated(tree, module.directory, (module,), module.stated),
        **_linted(linted, module.directory),
    }
    return Project(
        manifest=module.manifest,
        language="go",
        name=module.path,
        facts=facts,
        exempt=_exempt(facts),
        limits=_limits(linted),
    )


def _workspace(tree: Tree, manifest: str) -> Project | str:
    directory = str(PurePosixPath(manifest).parent)
    stated = read_file(tree, manifest)
    modules = _members(tree, directory, stated)
    if not modules:
        outside = [path for path in stated.paths("use") if join(directory, path).startswith("..")]
        where = f": {', '.join(outside)} is outside of forge's root" if outside else ""
        return f"none of the modules that it uses is a product{where}"
    linted = golangci(tree, directory)
    facts = {
        **facts_of(modules, directory),
        **_stated(tree, directory, modules, stated),
        **_linted(linted, directory),
    }
    published = tuple(_project(tree, module) for module in modules if module.importable)
    return Project(
        manifest=manifest,
        language="go",
        name=_workspace_name(tree, directory, modules),
        facts=facts,
        exempt=_exempt(facts),
        members=tuple(module.manifest for module in modules),
        limits=_limits(linted),
        published=published,
    )


def _members(tree: Tree, directory: str, stated: ModuleFile) -> tuple[Module, ...]:
    """Return the modules that the workspace uses and that are products, in its order.

    The others (examples, tools) are no part of the project: each is listed with its own reason.
    """
    manifests = [join(directory, f"{path}/go.mod") for path in stated.paths("use")]
    modules = [
        read_module(tree, path)
        for path in dict.fromkeys(manifests)
        if tree.has(path) and _is_product(relative(path, directory))
    ]
    return tuple(module for module in modules if not refusal(module))


def _is_product(path: str) -> bool:
    """Where the workspace itself stands says nothing of its modules, nor does a way upwards."""
    return unproductive_part(path.replace("../", ""), UNPRODUCTIVE) is None


def _workspace_name(tree: Tree, directory: str, modules: tuple[Module, ...]) -> str:
    at_top = (module.path for module in modules if module.directory == directory)
    return next(at_top, PurePosixPath(directory).name or tree.root.name)


def _stated(
    tree: Tree, directory: str, modules: tuple[Module, ...], stated: ModuleFile
) -> dict[str, FactValue]:
    versions = [stated.first("go"), *(module.stated.first("go") for module in modules)]
    version = max(filter(is_version, versions), key=order, default="")
    vendor = "vendor/modules.txt" if directory == "." else f"{directory}/vendor/modules.txt"
    # By default go looks into vendor/ since 1.14, in a workspace since 1.22.
    since = "1.14" if stated.of("module") else "1.22"
    return {
        "module": modules[0].path,
        "major": major(modules[0].path),
        "go_version": version,
        "toolchain": stated.first("toolchain"),
        "version": "",
        "version_from_vcs": True,
        "tags_by_directory": True,
        "path_dependencies": _replaced(directory, modules, stated),
        "requires": any(module.stated.of("require") for module in modules),
        "vendored": tree.has(vendor) and bool(version) and order(version) >= order(since),
    }


def _replaced(directory: str, modules: tuple[Module, ...], stated: ModuleFile) -> tuple[str, ...]:
    every = [(stated, directory), *((one.stated, one.directory) for one in modules)]
    paths = (path for one, place in every for path in replacements(one, place))
    return tuple(dict.fromkeys(relative(path, directory) for path in paths))


def _linted(linted: Golangci, directory: str) -> dict[str, FactValue]:
    return {
        "linter": "golangci-lint" if linted.path else "staticcheck",
        "golangci_config": relative(linted.path, directory) if linted.path else "",
        "build_tags": linted.build_tags,
    }


def _exempt(facts: Mapping[str, FactValue]) -> dict[str, str]:
    """Return the gates that cannot apply by nature, with the reason."""
    return {} if facts["importable"] else {"breaking-changes": _NOTHING_TO_IMPORT}


def _limits(linted: Golangci) -> dict[str, float]:
    """Return the limits that the project states."""
    return {} if linted.complexity is None else {"complexity.max": linted.complexity}
