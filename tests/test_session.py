"""What the session knows of the repository itself."""

import subprocess
from pathlib import Path

import pytest

from pytest_forge.projects import REPOSITORY
from pytest_forge.session import load

DOCUMENT = "openapi: 3.1.0\ninfo: {title: a, version: 1.0.0}\npaths: {}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for directory in (".", "tests/kit", "tests/kit/docs"):
        (tmp_path / directory).mkdir(parents=True, exist_ok=True)
        (tmp_path / directory / "openapi.yaml").write_text(DOCUMENT, encoding="utf-8")
    for directory in (".", "tests/kit"):
        (tmp_path / directory / "go.mod").write_text("module example.com/kit\n", encoding="utf-8")
        (tmp_path / directory / "kit.go").write_text("package kit\n", encoding="utf-8")
    return tmp_path


def documents(root: Path, *asked: str) -> list[str]:
    session = load(root, {}, asked_for=asked)
    (own,) = (one for one in session.subjects if one.language == REPOSITORY)
    checks = [one.name for one in session.checks if one.check.name == "openapi"]
    assert checks == [f"openapi[{path}]" for path in own.words("openapi")]
    return [one.removeprefix("openapi[").removesuffix("]") for one in checks]


def test_documents_below_tests_count_where_include_names_them(root: Path) -> None:
    assert documents(root) == ["openapi.yaml"]
    (root / "forge.toml").write_text('include = ["tests/kit/docs/**"]\n', encoding="utf-8")
    assert documents(root) == ["openapi.yaml", "tests/kit/docs/openapi.yaml"]


def test_documents_of_a_project_that_was_asked_for_count_with_it(root: Path) -> None:
    assert documents(root, "tests/kit") == ["openapi.yaml", "tests/kit/openapi.yaml"]


def test_excluded_documents_do_not_count(root: Path) -> None:
    (root / "forge.toml").write_text('exclude = ["openapi.yaml"]\n', encoding="utf-8")
    assert documents(root) == []


def test_a_document_of_the_last_release_keeps_its_check(root: Path) -> None:
    for command in (
        ("init", "--quiet", "--template="),
        ("add", "--all"),
        ("commit", "--quiet", "-m", "first"),
        ("tag", "v1.0.0"),
        ("rm", "--quiet", "openapi.yaml", "tests/kit/docs/openapi.yaml"),
        ("commit", "--quiet", "-m", "next"),
    ):
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=")
        subprocess.run(("git", *identity, *command), cwd=root, check=True)
    assert documents(root) == ["openapi.yaml"]
    (root / "forge.toml").write_text('include = ["tests/kit/docs/**"]\n', encoding="utf-8")
    assert documents(root) == ["openapi.yaml", "tests/kit/docs/openapi.yaml"]
    (root / "forge.toml").write_text('exclude = ["openapi.yaml"]\n', encoding="utf-8")
    assert documents(root) == []
