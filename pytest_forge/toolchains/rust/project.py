"""A Rust project as its manifests and configuration declare it, before anything is run."""

import posixpath
from collections.abc import Iterable, Sequence

from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.toolchains.reading import read
from pytest_forge.toolchains.rust import configured
from pytest_forge.toolchains.rust.benches import bench_facts
from pytest_forge.toolchains.rust.extent import files_by_package
from pytest_forge.toolchains.rust.facts import comparable, package_facts
from pytest_forge.toolchains.rust.lockfile import NAME as LOCK
from pytest_forge.toolchains.rust.lockfile import is_lent
from pytest_forge.toolchains.rust.manifest import NAME, Manifest, read_manifest
from pytest_forge.toolchains.rust.packages import Package, may_be_published, read_package
from pytest_forge.toolchains.rust.workspace import (
    claiming_workspace,
    manifests_above,
    member_manifests,
)

MANIFESTS = (NAME,)
"""File names, in the order in which they stand for a directory."""

API_CHECK = "cargo-semver-checks"
"""The check that compares the API of a published library; `NAME[package]` for a member."""


def inspect(tree: Tree, manifest: str) -> Project | str:
    """Return the project that `manifest` declares, or the reason why it declares none.

    Raises `ConfigurationError` for a configuration file that can't be read. The facts of a project,
    and of each published member for itself alone, with all paths relative to its directory:

    - `packages`: names of all packages; `libraries`: of those published with an API that can be
      compared; `has_lib`, `has_bin`: some package has a library, a program.
    - `version`, `version_files`: the root package's, else the workspace's, else the one that all
      published packages have. `rust_version`: the highest that a package asks for.
    - `integration_tests`: names of the test targets; `doc_tests`: documentation holds tests.
    - `rs_files`: every Rust file of its own; `sources`: those that ship.
    - `path_dependencies`: directories of packages outside, for development too.
    - `dependencies`: names of the packages that it declares, members and tests' aside.

    Of a project alone: `locked`, `toolchain_pin`, `targets`, `test_runner`, `coverage_tool`,
    `deny_config`, `deny_licenses` (see `configured`); `left_out_benches`: files of benchmarks that
    can't be checked, and where there are any, `benches`: the names of those that can.
    """
    root = read_manifest(tree, manifest)
    reason = _refusal(tree, root)
    if reason:
        return reason
    packages = _packages(tree, root)
    if not packages:
        return "a workspace without packages"
    own = frozenset(one.directory for one in packages)
    published = [one for one in packages if one.published]
    return Project(
        manifest=manifest,
        language="rust",
        name=root.text("package", "name") or _directory_name(tree, root),
        facts={
            **package_facts(tree, root, packages, own),
            **_configured(tree, root.directory, packages),
        },
        exempt=_exempt(published),
        members=_members(packages, manifest),
        limits=_limits(tree, root.directory),
        published=_published(tree, root, published, own),
    )


def _packages(tree: Tree, root: Manifest) -> list[Package]:
    files = files_by_package(tree)
    return [
        read_package(tree, one, root, files.get(one.directory, frozenset()))
        for one in member_manifests(tree, root)
    ]


def _members(packages: Iterable[Package], manifest: str) -> tuple[str, ...]:
    return tuple(one.manifest.path for one in packages if one.manifest.path != manifest)


def _refusal(tree: Tree, root: Manifest) -> str:
    if not root.has("package") and not root.has("workspace"):
        return "it declares neither a package nor a workspace"
    above = claiming_workspace(tree, root)
    if not above:
        return _helper(tree, root)
    if root.path in {one.path for one in member_manifests(tree, read_manifest(tree, above))}:
        return f"a member of the workspace in {above}, which owns it"
    return f"cargo refuses it: {above} neither names it as a member nor excludes it"


def _helper(tree: Tree, root: Manifest) -> str:
    """A crate of its own inside a test suite or the like, where neither is ever published."""
    owner = next(manifests_above(tree, root), root)
    inside = owner.directory not in (".", root.directory) and owner.has("package")
    if inside and not may_be_published(owner) and not may_be_published(root):
        return f"a helper of {owner.path}, inside which it lies: neither is ever published"
    return ""


def _directory_name(tree: Tree, root: Manifest) -> str:
    return tree.root.name if root.directory == "." else posixpath.basename(root.directory)


def _configured(tree: Tree, directory: str, packages: Sequence[Package]) -> dict[str, FactValue]:
    pin = configured.toolchain_pin(tree, directory)
    deny, licenses = configured.deny_config(tree, directory)
    return {
        "locked": _is_locked(tree, directory),
        "toolchain_pin": pin.channel,
        "targets": pin.targets,
        "test_runner": "nextest" if configured.uses_nextest(tree, directory) else "cargo",
        "coverage_tool": configured.coverage_tool(tree, directory),
        "deny_config": deny,
        "deny_licenses": licenses,
        **bench_facts(tree, directory, packages, pin.channel),
    }


def _is_locked(tree: Tree, directory: str) -> bool:
    """A lock that forge lent to a run that was killed is not the project's."""
    path = posixpath.normpath(posixpath.join(directory, LOCK))
    return tree.has(path) and not is_lent(read(tree, path))


def _published(
    tree: Tree, root: Manifest, published: Sequence[Package], own: frozenset[str]
) -> tuple[Project, ...]:
    """Return the published members, none where the root's package is the only one."""
    if [one.manifest.path for one in published] == [root.path]:
        return ()
    return tuple(
        Project(
            manifest=one.manifest.path,
            language="rust",
            name=one.name,
            facts=package_facts(tree, one.manifest, [one], own),
            exempt=_exempt([one]),
        )
        for one in published
    )


def _exempt(published: Sequence[Package]) -> dict[str, str]:
    """Return what cannot apply by nature, with the reason."""
    if not published:
        return {"breaking-changes": "it says of itself that it is never published"}
    if not comparable(published):
        return {"breaking-changes": "it publishes no library with an API that could be compared"}
    return {
        f"breaking-changes::{API_CHECK}[{one.name}]": _why_not_comparable(one)
        for one in published
        if not one.has_comparable_library
    }


def _why_not_comparable(package: Package) -> str:
    if package.targets.library is None:
        return "it publishes no library"
    return "a procedural macro: what it promises is what it expands to, not an API"


def _limits(tree: Tree, directory: str) -> dict[str, float]:
    limit = configured.coverage_limit(tree, directory)
    return {"coverage.line": limit} if limit else {}
