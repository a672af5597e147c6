"""The targets of a package; the expected ones are those that `cargo metadata` lists."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.projects import Tree
from pytest_forge.toolchains.rust.manifest import read_manifest
from pytest_forge.toolchains.rust.targets import Targets, find_targets

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

FILES = (
    "src/lib.rs",
    "src/main.rs",
    "src/bin/one.rs",
    "src/bin/multi/main.rs",
    "src/bin/multi/helper.rs",
    "src/bin/.hidden.rs",
    "tests/mod.rs",
    "tests/two.rs",
    "tests/dir/main.rs",
    "tests/helper/mod.rs",
    "tests/.hidden.rs",
)
STATED = """
[[bin]]
name = "one"
[[bin]]
name = "multi"
test = false
[[bin]]
name = "z"
path = "src/main.rs"
[[test]]
name = "two"
harness = false
"""


def targets(
    tree_of: TreeOf,
    tables: str = "",
    keys: str = "",
    edition: str = "2021",
    files: tuple[str, ...] = FILES,
) -> Targets:
    text = f'[package]\nname = "t"\n{keys}{tables}'
    tree = tree_of({"Cargo.toml": text, **dict.fromkeys(files, "")})
    return find_targets(tree, read_manifest(tree, "Cargo.toml"), edition, frozenset(files))


def names(found: Targets) -> tuple[set[str], set[str]]:
    return {one.name for one in found.binaries}, {one.name for one in found.tests}


def test_what_cargo_finds_by_itself(tree_of: TreeOf) -> None:
    found = targets(tree_of)
    assert found.library is not None
    assert found.library.path == "src/lib.rs"
    assert names(found) == ({"t", "one", "multi"}, {"mod", "two", "dir"})


def test_what_is_stated_stands_beside_what_is_found(tree_of: TreeOf) -> None:
    found = targets(tree_of, STATED)
    assert names(found) == ({"z", "one", "multi"}, {"mod", "two", "dir"})
    assert {one.name: (one.path, one.tested) for one in found.binaries} == {
        "one": ("src/bin/one.rs", True),
        "multi": ("src/bin/multi/main.rs", False),
        "z": ("src/main.rs", True),
    }


def test_in_edition_2015_what_is_stated_ends_the_search(tree_of: TreeOf) -> None:
    assert names(targets(tree_of, STATED, edition="2015")) == ({"z", "one", "multi"}, {"two"})
    wanted = targets(tree_of, STATED, "autotests = true\n", "2015")
    assert names(wanted) == ({"z", "one", "multi"}, {"mod", "two", "dir"})


def test_the_search_can_be_turned_off(tree_of: TreeOf) -> None:
    keys = "autobins = false\nautotests = false\nautolib = false\n"
    found = targets(tree_of, STATED, keys)
    assert found.library is None
    assert names(found) == ({"z", "one", "multi"}, {"two"})


@pytest.mark.parametrize(
    ("table", "macro", "tested"),
    [
        ("", False, True),
        ("[lib]\nproc-macro = true\n", True, True),
        ("[lib]\nproc_macro = true\n", True, True),
        ('[lib]\ncrate-type = ["proc-macro"]\n', True, True),
        ('[lib]\ncrate-type = ["cdylib"]\n', False, False),
        ('[lib]\ncrate_type = ["cdylib", "rlib"]\n', False, True),
        ("[lib]\ndoctest = false\n", False, False),
    ],
)
def test_the_kinds_of_a_library(tree_of: TreeOf, table: str, macro: bool, tested: bool) -> None:
    library = targets(tree_of, table).library
    assert library is not None
    assert (library.is_macro, library.doc_tested) == (macro, tested)


def test_a_library_elsewhere(tree_of: TreeOf) -> None:
    found = targets(tree_of, '[lib]\npath = "lib.rs"\n', files=("lib.rs",))
    assert found.library is not None
    assert found.library.path == "lib.rs"
    assert targets(tree_of, files=("other.rs",)).library is None
