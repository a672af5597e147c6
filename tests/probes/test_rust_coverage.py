"""Which code is the tests' own; skipped where the grammar of Rust is not installed."""

import json
from pathlib import Path

import pytest

pytest.importorskip("tree_sitter_rust", reason="the extra `rust` is not installed")

from pytest_forge.probes import rust_coverage


def _tests(code: str, path: str = "src/lib.rs") -> set[int]:
    source = rust_coverage.read_source(code.encode(), path)
    return {line for one in source.tests for line in one}


def test_test_functions_with_all_their_attributes() -> None:
    code = "fn a() {}\n/// Doc.\n#[ignore]\n// why\n#[test]\nfn b() {\n}\nfn c() {}\n"

    assert _tests(code) == {3, 4, 5, 6, 7}


@pytest.mark.parametrize(
    ("attribute", "is_test"),
    [
        ("#[test]", True),
        ("#[tokio::test]", True),
        ('#[tokio::test(flavor = "multi_thread")]', True),
        ("#[bench]", True),
        ("#[rstest]", True),
        ("#[cfg(test)]", True),
        ("#[cfg(all(test, unix))]", True),
        ('#[cfg(all(feature = "test", unix))]', False),
        ("#[cfg(any(test, unix))]", False),
        ("#[cfg(any(test, all(test, unix)))]", True),
        ("#[cfg(not(test))]", False),
        ('#[cfg(feature = "test")]', False),
        ("#[cfg(unix)]", False),
        ("#[cfg_attr(test, derive(Debug))]", False),
        ("#[inline]", False),
        ('#[path = "test"]', False),
    ],
)
def test_attributes(attribute: str, is_test: bool) -> None:
    assert bool(_tests(f"{attribute}\nfn a() {{}}\n")) == is_test


def test_an_attribute_holds_for_one_item() -> None:
    assert _tests("#[cfg(test)]\nuse a::b;\nfn c() {}\n") == {1, 2}


def test_modules_methods_and_inner_attributes() -> None:
    code = """\
mod a {
    #[cfg(test)]
    fn helper() {}
}
impl B {
    #[cfg(test)]
    fn helper(&self) {}
    fn real(&self) {}
}
mod c {
    #![cfg(test)]
    fn helper() {}
}
"""

    assert _tests(code) == {2, 3, 6, 7, 10, 11, 12, 13}


def test_a_whole_file() -> None:
    assert {1, 2, 3} <= _tests("#![cfg(test)]\nfn a() {}\nfn b() {}\n")


@pytest.mark.parametrize(
    ("path", "code", "places"),
    [
        ("src/lib.rs", "#[cfg(test)]\nmod tests;", {"tests/", "tests.rs"}),
        ("src/shop/mod.rs", "#[cfg(test)]\nmod tests;", {"tests/", "tests.rs"}),
        ("src/shop.rs", "#[cfg(test)]\nmod tests;", {"shop/tests/", "shop/tests.rs"}),
        ("src/lib.rs", "mod a {\n#[cfg(test)]\nmod tests;\n}", {"a/tests/", "a/tests.rs"}),
        (
            "src/lib.rs",
            '#[cfg(test)]\n#[path = "../of/tests.rs"]\nmod tests;',
            {"tests/", "tests.rs", "../of/tests.rs"},
        ),
        ("src/lib.rs", "mod tests;", set()),
    ],
)
def test_modules_in_files_of_their_own(path: str, code: str, places: set[str]) -> None:
    assert set(rust_coverage.read_source(code.encode(), path).places) == places


def test_the_same_function_of_two_builds_is_one() -> None:
    record = "SF:/p/src/lib.rs\nFN:3,{0}\nFNDA:{1},{0}\nDA:3,{1}\nDA:4,{1}\nend_of_record\n"
    text = record.format("one", 0) + record.format("two", 2)

    (counted,) = rust_coverage.read_lcov(text).values()
    assert counted.without(()).counts() == {
        "lines": 2,
        "covered_lines": 2,
        "functions": 1,
        "covered_functions": 1,
    }
    assert counted.without([range(4, 5)]).counts()["lines"] == 1
    assert counted.without([range(4, 5)]).numbers() == {"covered": [3], "uncovered": []}


def test_a_function_with_its_last_line() -> None:
    text = "SF:/p/a.rs\nFN:3,9,one\nFNDA:1,one\nDA:3,1\nend_of_record\n"

    assert rust_coverage.read_lcov(text)["/p/a.rs"].functions == {3: 1}


def test_data_that_ends_within_a_record() -> None:
    with pytest.raises(ValueError, match="whole record"):
        rust_coverage.read_lcov("SF:/p/a.rs\nDA:3,1\n")


def test_a_report_over_own_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = {
        "src/lib.rs": "fn a() {}\n#[cfg(test)]\nmod tests;\n",
        "src/tests.rs": "fn helper() {}\n",
        "src/tests/more.rs": "fn helper() {}\n",
        "src/odd.rs": "fn a( {\n",
        "built/generated.rs": "fn g() {}\n",
    }
    for name, text in code.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    records = (f"SF:{tmp_path / name}\nDA:1,1\nend_of_record\n" for name in code)
    data = tmp_path / "lcov.info"
    data.write_text("".join(records) + "SF:/elsewhere/b.rs\nDA:1,1\nend_of_record\n")

    rust_coverage.main([str(data), str(tmp_path), str(tmp_path / "built")])

    report = json.loads(capsys.readouterr().out)
    assert sorted(report["files"]) == ["src/lib.rs", "src/odd.rs"]
    assert report["totals"]["lines"] == 2
    assert report["files"]["src/lib.rs"]["covered"] == [1]
    assert report["unreadable"] == ["src/odd.rs"]


def test_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    rust_coverage.main(["--version"])

    assert capsys.readouterr().out.startswith("tree-sitter-rust 0.")
