"""Globs over repository paths."""

import pytest

from pytest_forge.globs import matches


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("pyproject.toml", "pyproject.toml"),
        ("*.toml", "pyproject.toml"),
        ("third_party/**", "third_party/a/b/Cargo.toml"),
        ("third_party/**", "third_party"),
        ("third_party/", "third_party/a"),
        ("third_party/", "third_party"),
        ("**/package.json", "package.json"),
        ("**/package.json", "a/b/package.json"),
        ("a/**/b", "a/b"),
        ("a/**/b", "a/x/y/b"),
        ("a/**/**/b", "a/b"),
        ("a/a/**/b", "a/a/b"),
        ("a/a/**/**", "a/a"),
        ("**/**", "a"),
        ("**/**", "a/b/c"),
        ("**/x/**", "x"),
        ("**/x/**", "a/x/b"),
        ("**", "."),
        ("**", "a/b"),
        (".", "."),
        ("./a/*", "a/b"),
        ("sdks/*/x", "sdks/python/x"),
        ("file[0-9].py", "file7.py"),
        ("file[!0-9].py", "filex.py"),
        ("file?.py", "filex.py"),
        ("a[]]b", "a]b"),
        ("a[b", "a[b"),
        ("a+(b)", "a+(b)"),
    ],
)
def test_fits(glob: str, path: str) -> None:
    assert matches(glob, path)


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("*.toml", "a/pyproject.toml"),
        ("third_party", "third_party/a"),
        ("third_party/**", "third_party2/a"),
        ("**/package.json", "a/notpackage.json"),
        ("a/**/b", "a/xb"),
        ("a/**/b", "ab"),
        ("**/x/**", "ax/b"),
        ("sdks/*/x", "sdks/a/b/x"),
        ("file[!0-9].py", "file7.py"),
        ("file[!0]py", "file/py"),
        ("file?py", "file/py"),
        (".", "a"),
        ("a.b", "axb"),
        ("a", "."),
        ("a/a/**", "a/b"),
    ],
)
def test_does_not_fit(glob: str, path: str) -> None:
    assert not matches(glob, path)
