"""Release notes in the forms of real repositories."""

from pathlib import Path

import pytest

from pytest_forge.projects import Tree
from pytest_forge.releases.changelog import entry, migration_guide, release_notes


def tree(root: Path, files: dict[str, str]) -> Tree:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return Tree(root, tuple(sorted(files)))


@pytest.mark.parametrize(
    "path",
    [
        "CHANGELOG.md",
        "Changelog.rst",
        "HISTORY.md",
        "NEWS",
        "CHANGES.txt",
        "docs/changelog.md",
        "doc/en/changelog.rst",
        "release-notes/VERSION-2.x",
        "src/changes/changes.xml",
        "changelog.d/1547.change.md",
        "changelog/pending/20260101--sdk--fix.yaml",
        "newsfragments/12.bugfix.rst",
        ".changeset/brave-owls-sing.md",
        "RELEASE_NOTES.adoc",
    ],
)
def test_release_notes_are_found(tmp_path: Path, path: str) -> None:
    assert release_notes(tree(tmp_path, {path: "x", "README.md": "x"}), ".") == (path,)


@pytest.mark.parametrize(
    "path",
    [
        "src/history.py",
        "tests/changelog.md",
        "changelog.d/README.md",
        "changelog.d/.gitignore",
        "changelog.d/towncrier_template.md.jinja",
        "docs/a/b/c/changelog.md",
    ],
)
def test_other_files_are_no_release_notes(tmp_path: Path, path: str) -> None:
    assert release_notes(tree(tmp_path, {path: "x"}), ".") == ()


def test_a_projects_own_notes_come_before_those_above(tmp_path: Path) -> None:
    both = tree(tmp_path, {"CHANGELOG.md": "x", "sdks/a/CHANGELOG.md": "x", "sdks/b/b.py": ""})
    assert release_notes(both, "sdks/a") == ("sdks/a/CHANGELOG.md",)
    assert release_notes(both, "sdks/b") == ("CHANGELOG.md",)


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("# Changelog\n\n## [1.2.0] - 2026-01-01\n\n### Added\n\n- x\n", "1.2.0"),
        ("## [26.1.0](https://example.org/26.1.0) - 2026-03-19\n\n- x\n", "26.1.0"),
        ("## v2.14.0b1 (2026-08-06)\n\n[release](x)\n", "2.14.0b1"),
        ("Release History\n====\n\n2.34.2 (2026-05-14)\n-----\n- x\n", "2.34.2"),
        ("Release History\n====\n\ndev\n---\n\n- x\n", "9.9"),
        ("## Unreleased\n- x\n\n## 1.1.0\n- y\n", "1.2.0"),
        ("## [Unreleased]\n\n- x\n", "1.2.0"),
        ("## 1.2\n- x\n", "1.2.0"),
        ("## 1.2.0\n- x\n", "1.2.0.dev3"),
        ("== 2.20.0\n* x\n", "2.20.0-SNAPSHOT"),
        ("1.2.0 (28-Aug-2025)\n\n#1: fixed\n", "1.2.0"),
        ("# kit 1.2.0\nx\n", "1.2.0"),
        ("**1.2.0**\n\n- x\n", "1.2.0"),
        ('<body>\n<release version="3.21.0" date="x">\n<action/>\n</release>\n', "3.21.0"),
    ],
)
def test_an_entry_is_found(tmp_path: Path, text: str, version: str) -> None:
    assert entry(tree(tmp_path, {"CHANGELOG.md": text}), ".", version).startswith("CHANGELOG.md: ")


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("", "1.2.0"),
        ("## 1.1.0\n- x\n", "1.2.0"),
        ("## 1.2.0.1\n- x\n", "1.2.0"),
        ("## 11.2.0\n- x\n", "1.2.0"),
        ("## 1.2.0\n- x\n", "1.2.1"),
        ("## 1.2.0rc1\n- x\n", "1.2.0"),
        ("## 1.1.0\n- needs 1.2.0 of kit\n", "1.2.0"),
        ("## [Unreleased]\n\n## 1.1.0\n- x\n", "1.2.0"),
        ("## 1.2.0\n\n### Added\n\n## 1.1.0\n- x\n", "1.2.0"),
        ("1.2.0\n=====\n\n1.1.0\n=====\n- x\n", "1.2.0"),
        ("## Next steps are the future of 1.1.0\n", "1.2.0"),
    ],
)
def test_what_says_nothing_of_the_version_is_no_entry(
    tmp_path: Path, text: str, version: str
) -> None:
    assert entry(tree(tmp_path, {"CHANGELOG.md": text}), ".", version) == ""


def test_a_fragment_is_an_entry(tmp_path: Path) -> None:
    files = {"CHANGELOG.md": "## 1.0\n- x\n", "changelog.d/7.change.md": "x"}
    assert entry(tree(tmp_path, files), ".", "1.1") == "changelog.d/7.change.md (fragment)"


def test_a_file_named_after_the_version_is_an_entry(tmp_path: Path) -> None:
    notes = tree(tmp_path, {"release-notes/v1.2.0.md": "x"})
    assert entry(notes, ".", "1.2.0") == "release-notes/v1.2.0.md"
    assert entry(notes, ".", "1.3.0") == ""


@pytest.mark.parametrize(
    "path", ["MIGRATION.md", "docs/migration.md", "UPGRADING.rst", "docs/guide/upgrade-2.0.md"]
)
def test_a_migration_guide_is_found(tmp_path: Path, path: str) -> None:
    guide = tree(tmp_path, {path: "# To 2.0\n", "sdk/sdk.py": ""})
    assert migration_guide(guide, ".", "2.0.0") == path
    assert migration_guide(guide, "sdk", "2.0.0") == path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("MIGRATION.md", "# Migrating from 1.x to 2.x\n"),
        ("MIGRATION.md", "## v2\n"),
        ("MIGRATION.md", "# Upgrade to 2\n"),
        ("MIGRATION.md", "Version 2 has no Till.\n"),
        ("MIGRATION.md", "| 1.9 | 2.0.0 |\n"),
        ("docs/upgrade-2.md", "Do this.\n"),
        ("docs/migrate_v2.md", "Do this.\n"),
    ],
)
def test_a_guide_that_names_the_major_version_is_its_guide(
    tmp_path: Path, path: str, text: str
) -> None:
    assert migration_guide(tree(tmp_path, {path: text}), ".", "2.0.0") == path
    assert migration_guide(tree(tmp_path, {path: text}), ".", "1!2.0.0") == path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("MIGRATION.md", "# Migrating from 1.x to 2.x\n"),
        ("MIGRATION.md", "## v2\n\nIn 3 steps, with 1.3.0, 13.0 and v33.\n"),
        ("docs/upgrade-2.3.md", "Do this.\n"),
        ("docs/upgrade-13.md", "Do this.\n"),
        ("MIGRATION.md", ""),
    ],
)
def test_the_guide_to_another_version_is_none(tmp_path: Path, path: str, text: str) -> None:
    assert migration_guide(tree(tmp_path, {path: text}), ".", "3.0.0") == ""


def test_a_fragment_counts_for_the_packages_that_it_names(tmp_path: Path) -> None:
    named = '---\n"@kit/core": minor\n"kit-web": major\n---\n\nAdd a thing.\n'
    notes = tree(tmp_path, {".changeset/brave-owl.md": named})
    assert entry(notes, ".", "1.1.0", "@kit/core") == ".changeset/brave-owl.md (fragment)"
    assert entry(notes, ".", "1.1.0", "kit-web") == ".changeset/brave-owl.md (fragment)"
    assert entry(notes, ".", "1.1.0", "kit") == ""
    plain = tree(tmp_path, {".changeset/brave-owl.md": "Add a thing.\n"})
    assert entry(plain, ".", "1.1.0", "kit") == ".changeset/brave-owl.md (fragment)"


@pytest.mark.parametrize(
    "heading", ["## kit-core 1.2.0", "## kit-core@1.2.0", "### [kit-core] v1.2.0"]
)
def test_an_entry_of_shared_notes_counts_for_the_package_that_it_names(
    tmp_path: Path, heading: str
) -> None:
    notes = tree(tmp_path, {"CHANGELOG.md": f"{heading}\n- x\n", "kit/kit.py": ""})
    names = {"kit", "kit-core", "kit-web"}
    assert entry(notes, "kit", "1.2.0", "kit-core", names - {"kit-core"})
    assert entry(notes, "kit", "1.2.0", "kit", names - {"kit"}) == ""
    assert entry(notes, "kit", "1.2.0", "kit-web", names - {"kit-web"}) == ""


@pytest.mark.parametrize("heading", ["## 1.2.0: kit-core is new", "## Release 1.2.0", "## 1.2.0"])
def test_an_entry_that_names_no_package_counts_for_all(tmp_path: Path, heading: str) -> None:
    notes = tree(tmp_path, {"CHANGELOG.md": f"{heading}\n- x\n"})
    assert entry(notes, ".", "1.2.0", "kit", {"kit-core"})


def test_an_entry_may_hold_the_migration_guide(tmp_path: Path) -> None:
    text = "## 2.0.0\n- x\n### Migrating from 1.x\nDo this.\n\n## 1.0.0\n- y\n"
    notes = tree(tmp_path, {"CHANGELOG.md": text, "src/migrations.py": ""})
    assert migration_guide(notes, ".", "2.0.0") == "CHANGELOG.md: 2.0.0"
    assert migration_guide(notes, ".", "1.0.0") == ""
