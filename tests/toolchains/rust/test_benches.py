"""Benchmarks that only a nightly compiler takes: left out, by name, and never in silence."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.rust.benches import bench_remarks
from pytest_forge.toolchains.rust.checks import CHECKS
from pytest_forge.toolchains.rust.project import inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

CRATE = '[package]\nname = "demo"\nversion = "1.2.3"\nedition = "2021"\n'
NIGHTLY = "//! Speed.\n\n#![warn(unused)]\n#![feature(test)]\nextern crate test;\n"
DEMO = {
    "Cargo.toml": CRATE,
    "src/lib.rs": "",
    "benches/one.rs": NIGHTLY,
    "benches/two/main.rs": "fn main() {}\n",
    "benches/asked.rs": '#![cfg_attr(feature = "unstable", feature(test))]\nfn main() {}\n',
}


def project(tree_of: TreeOf, files: Mapping[str, str | bytes], at: str = "Cargo.toml") -> Project:
    found = inspect(tree_of(files), at)
    assert isinstance(found, Project), found
    return found


def benches(found: Project) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return found.words("benches"), found.words("left_out_benches")


def test_those_for_a_nightly_compiler_are_left_out(tree_of: TreeOf) -> None:
    found = project(tree_of, DEMO)
    assert benches(found) == (("asked", "two"), ("benches/one.rs",))


def test_without_any_all_are_asked_for(tree_of: TreeOf) -> None:
    files = {**DEMO, "benches/one.rs": "// #![feature(test)]\nfn main() {}\n"}
    assert benches(project(tree_of, files)) == ((), ())


def test_those_that_cargo_does_not_look_for_are_none(tree_of: TreeOf) -> None:
    found = project(tree_of, {**DEMO, "Cargo.toml": f"{CRATE}autobenches = false\n"})
    assert benches(found) == ((), ())


@pytest.mark.parametrize(
    ("channel", "left_out"), [("nightly-2026-04-14", ()), ("1.95", ("benches/one.rs",))]
)
def test_a_project_that_pins_a_nightly_compiler_has_them_checked(
    tree_of: TreeOf, channel: str, left_out: tuple[str, ...]
) -> None:
    found = project(tree_of, {**DEMO, "rust-toolchain": channel})
    assert benches(found)[1] == left_out


def test_those_that_cannot_be_asked_for_apart_go_with_them(tree_of: TreeOf) -> None:
    """Cargo takes a name for all packages, and refuses one whose features are off."""
    bench = '[[bench]]\nname = "{}"\n'
    files = {
        "at/Cargo.toml": '[workspace]\nmembers = ["a", "b"]\n',
        "at/a/Cargo.toml": CRATE.replace("demo", "a") + bench.format("speed"),
        "at/a/src/lib.rs": "",
        "at/a/benches/speed.rs": NIGHTLY,
        "at/b/Cargo.toml": CRATE.replace("demo", "b")
        + bench.format("speed")
        + bench.format("other")
        + bench.format("needs")
        + 'required-features = ["big"]\n[features]\nbig = []\n',
        "at/b/src/lib.rs": "",
        "at/b/benches/speed.rs": "",
        "at/b/benches/other.rs": "",
        "at/b/benches/needs.rs": "",
    }
    assert benches(project(tree_of, files, "at/Cargo.toml")) == (
        ("other",),
        ("a/benches/speed.rs", "b/benches/speed.rs", "b/benches/needs.rs"),
    )


def test_whatever_leaves_them_out_says_so(tree_of: TreeOf) -> None:
    (remark,) = bench_remarks(project(tree_of, DEMO))
    assert remark.endswith("rust-toolchain.toml pins none: benches/one.rs")
    assert bench_remarks(project(tree_of, {"Cargo.toml": CRATE, "src/lib.rs": ""})) == ()
    telling = {check.name for check in CHECKS if check.remarks is bench_remarks}
    assert telling == {"cargo-check", "clippy"}
