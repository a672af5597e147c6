"""Which doc comments hold tests; rustdoc decides the same (see the real test at the end)."""

import re
import subprocess
from pathlib import Path

import pytest

from pytest_forge.toolchains.rust.doctests import holds_doc_tests, holds_tests, included

RUN = {
    "plain": "/// ```\n/// assert!(true);\n/// ```\npub fn f() {}\n",
    "rust": "//! ```rust\n//! assert!(true);\n//! ```\n",
    "attributes": "/// ```should_panic,edition2021\n/// panic!();\n/// ```\npub fn f() {}\n",
    "no_run": "/// ```no_run\n/// loop {}\n/// ```\npub fn f() {}\n",
    "compile_fail": "/// ```compile_fail,E0425\n/// x\n/// ```\npub fn f() {}\n",
    "tildes": "/// ~~~\n/// assert!(true);\n/// ~~~\npub fn f() {}\n",
    "block": "/** Text\n```\nassert!(true);\n```\n*/\npub fn f() {}\n",
    "stars": "/**\n * ```\n * assert!(true);\n * ```\n */\npub fn f() {}\n",
    "after text": "//! ```text\n//! x\n//! ```\n//!\n//! ```\n//! assert!(true);\n//! ```\n",
    "in a list": "/// - one:\n///   ```\n///   assert!(true);\n///   ```\npub fn f() {}\n",
}
NOT_RUN = {
    "nothing": "/// Words.\npub fn f() {}\n",
    "text": "/// ```text\n/// x y\n/// ```\npub fn f() {}\n",
    "ignore": "/// ```ignore\n/// x y\n/// ```\npub fn f() {}\n",
    "json": '/// ```json\n/// {"a": 1}\n/// ```\npub fn f() {}\n',
    "comment": "// ```\n// assert!(true);\n// ```\npub fn f() {}\n",
    "four slashes": "//// ```\n//// assert!(true);\n//// ```\npub fn f() {}\n",
    "fence in text": "/// ````text\n/// ```\n/// ````\npub fn f() {}\n",
}  # fmt: skip


@pytest.mark.parametrize("code", RUN.values(), ids=RUN)
def test_fenced_code_is_a_test(code: str) -> None:
    assert holds_doc_tests(code)


@pytest.mark.parametrize("code", NOT_RUN.values(), ids=NOT_RUN)
def test_other_blocks_are_none(code: str) -> None:
    assert not holds_doc_tests(code)


def test_a_file_that_is_taken_in(tmp_path: Path) -> None:
    assert included('#![doc = include_str!("../README.md")]\n') == ("../README.md",)
    assert included('#[doc=include_str!( "a.md")]\nfn f() {}') == ("a.md",)
    assert holds_tests("# Title\n\n```rust\nlet x = 1;\n```\n")
    assert not holds_tests("# Title\n\n```sh\ncargo add x\n```\n")


@pytest.mark.real
@pytest.mark.parametrize("name", [*RUN, *NOT_RUN])
def test_rustdoc_decides_the_same(tmp_path: Path, name: str) -> None:
    code = {**RUN, **NOT_RUN}[name]
    path = tmp_path / "lib.rs"
    path.write_text(code, encoding="utf-8")
    done = subprocess.run(
        ["rustdoc", "--test", "--crate-name", "x", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    passed = re.search(r"test result: ok\. (\d+) passed", done.stdout)
    ran = passed is not None and passed[1] != "0"
    assert ran is holds_doc_tests(code)
