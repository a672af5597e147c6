"""Benchmarks that only a nightly compiler takes: they are left out, and named.

The built-in harness is unstable (`#![feature(test)]`). Many projects keep such benchmarks beside a
library that every stable compiler builds, and run them with a nightly one by hand.
"""

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.toolchains.reading import decoded
from pytest_forge.toolchains.rust.packages import Package
from pytest_forge.toolchains.rust.targets import Target

# One under `cfg_attr` is there only where the project asks for it.
_UNSTABLE = re.compile(r"^\s*#!\[\s*feature\s*\(", re.MULTILINE)


def bench_facts(
    tree: Tree, directory: str, packages: Sequence[Package], pin: str
) -> dict[str, FactValue]:
    """Return the facts `benches` and `left_out_benches` of a project in `directory`.

    Left out are those that ask for a nightly compiler, unless `pin` is one. With them go those that
    cargo cannot be asked for apart: the ones of the same name in other packages, and those that
    need features, which a build that names them would have to turn on.
    """
    every = list(_every(packages))
    unstable = {target.name for package, target in every if _is_unstable(tree, package, target)}
    if pin.startswith("nightly") or not unstable:
        return {"benches": (), "left_out_benches": ()}
    targets = [target for _, target in every]
    apart = unstable | {one.name for one in targets if one.conditional}
    kept = {one.name for one in targets} - apart
    return {"benches": tuple(sorted(kept)), "left_out_benches": _places(every, apart, directory)}


def _every(packages: Iterable[Package]) -> Iterator[tuple[Package, Target]]:
    for package in packages:
        for target in package.targets.benches:
            yield package, target


def _places(
    benches: Iterable[tuple[Package, Target]], names: Collection[str], directory: str
) -> tuple[str, ...]:
    """Return the main files of the benchmarks with these names, relative to `directory`."""
    named = ((package, one) for package, one in benches if one.name in names)
    paths = (package.manifest.place(one.path) for package, one in named)
    return tuple(posixpath.relpath(path, directory) for path in paths)


def bench_remarks(project: Project) -> tuple[str, ...]:
    """Name the benchmarks that a check of all targets does not look at, and how it would."""
    left_out = project.words("left_out_benches")
    if not left_out:
        return ()
    return (
        "benchmarks for a nightly compiler (#![feature]) are left out, since rust-toolchain.toml "
        f"pins none: {', '.join(left_out)}",
    )


def _is_unstable(tree: Tree, package: Package, target: Target) -> bool:
    path = tree.root / package.manifest.place(target.path)
    return path.is_file() and bool(_UNSTABLE.search(decoded(path.read_bytes())))
