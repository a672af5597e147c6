"""Which files the unit tests of a Rust project should reach."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.rust.covered import is_code
from pytest_forge.toolchains.rust.project import inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]
CRATE = '[package]\nname = "demo"\nversion = "1.0.0"\nedition = "2021"\n'
CODE = "pub fn one<T>(x: T) -> T\nwhere\n    T: Copy,\n{\n    x\n}\n"


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("src/lib.rs", CODE, True),
        ("src/deep/one.rs", CODE, True),
        ("src/lib.rs", "pub mod one;\npub struct A { b: u8 }\n", False),
        ("src/lib.rs", "pub trait A {\n    fn one(&self) -> u8;\n}\n", False),
        ("src/lib.rs", "pub trait A {\n    fn one(&self) -> u8 { 1 }\n}\n", True),
        ("src/deep/tests.rs", CODE, False),
        ("src/tests/one.rs", CODE, False),
        ("src/deep/more.rs", "#![cfg(test)]\n" + CODE, False),
        ("tests/api.rs", CODE, False),
        ("build.rs", CODE, False),
        ("other/src/lib.rs", CODE, False),
    ],
)
def test_code_is_what_ships_and_has_functions(
    tree_of: TreeOf, path: str, text: str, code: bool
) -> None:
    files = {"sdk/Cargo.toml": CRATE, "sdk/src/lib.rs": "", f"sdk/{path}": text}
    if path.startswith("other"):
        files = {"sdk/Cargo.toml": CRATE, "sdk/src/lib.rs": "", path: text}
    tree = tree_of(files)
    project = inspect(tree, "sdk/Cargo.toml")
    assert isinstance(project, Project)
    where = path if path.startswith("other") else f"sdk/{path}"
    assert is_code(project, tree, where) is code
