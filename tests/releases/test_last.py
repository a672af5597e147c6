"""The last release of a project, by the tags of a repository."""

import subprocess
from pathlib import Path

import pytest
from tagged_repository import KIT, Repository

from pytest_forge.errors import NoReference
from pytest_forge.projects import Project
from pytest_forge.releases.last import last_release


def released(repository: Repository, project: Project = KIT, pattern: str = "") -> str | None:
    tag = last_release(repository.root, project, pattern)
    return None if tag is None else tag.name


def test_the_highest_version_counts_not_the_latest_date(repository: Repository) -> None:
    assert released(repository) == "v1.10.0"


def test_a_prerelease_counts_where_nothing_final_was_released(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "kit")
    repository.commit("first", "v1.0.0b1")
    repository.commit("second", "v1.0.0b2")
    repository.commit("third")
    assert released(repository) == "v1.0.0b2"


def test_releases_of_other_branches_do_not_count(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit("aside", "v7.0.0")
    repository.git("checkout", "--quiet", "main")
    assert released(repository) == "v1.10.0"


def test_a_nested_project_has_its_own_tags(repository: Repository) -> None:
    core = Project("kit-core/Cargo.toml", "rust", "kit-core")
    assert released(repository, core) == "core-v2.48.0"


def test_paths_in_tags_are_those_below_gits_top_level(repository: Repository) -> None:
    repository.git("tag", "sdks/python/v3.0.0")
    repository.commit("fifth")
    below = repository.root / "sdks"
    (below / "python").mkdir(parents=True)
    tag = last_release(below, Project("python/pyproject.toml", "python", "sdk"))
    assert tag is not None
    assert tag.name == "sdks/python/v3.0.0"


def test_a_history_without_version_tags_is_a_first_release(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "kit")
    assert released(repository) is None
    repository.commit("first", "nightly", "v.1")
    assert released(repository) is None


def test_tags_of_which_none_fits_are_named(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "kit")
    repository.commit("first", "parent-5.4.0", "release-1.2")
    with pytest.raises(NoReference) as caught:
        released(repository)
    assert "(parent-5.4.0, release-1.2); set `tag-pattern" in caught.value.reason
    assert released(repository, pattern="release-{version}") is None
    repository.commit("second")
    assert released(repository, pattern="release-{version}") == "release-1.2"


def test_a_pattern_that_fits_no_tag_is_refused(repository: Repository) -> None:
    with pytest.raises(NoReference, match=r"fits the tag-pattern relase-\{version\}"):
        released(repository, pattern="relase-{version}")


def test_a_pattern_may_name_one_tag(repository: Repository) -> None:
    assert released(repository, pattern="v1.9.0") == "v1.9.0"
    with pytest.raises(NoReference, match=r"no tag v0\.1"):
        released(repository, pattern="v0.1")
    with pytest.raises(NoReference, match="holds no version"):
        released(repository, pattern="v2234")


def test_releases_that_are_no_ancestors_are_named(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "kit")
    repository.commit("first")
    repository.git("checkout", "--quiet", "-b", "releases")
    repository.commit("released", "v1.0.0")
    repository.git("checkout", "--quiet", "main")
    with pytest.raises(NoReference, match=r"v1\.0\.0 is not an ancestor of HEAD"):
        released(repository)


def test_a_shallow_clone_has_no_reference(repository: Repository, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    source = f"file://{repository.root}"
    subprocess.run(("git", "clone", "-q", "--depth=1", source, shallow), check=True)
    with pytest.raises(NoReference) as caught:
        last_release(shallow, KIT)
    assert "`git fetch --unshallow --tags`" in caught.value.reason


def test_outside_git_there_is_no_reference(tmp_path: Path) -> None:
    with pytest.raises(NoReference, match="not a git work tree"):
        last_release(tmp_path, KIT)


def test_a_tagged_commit_is_compared_with_the_release_before(repository: Repository) -> None:
    repository.git("tag", "v1.11.0")
    assert released(repository) == "v1.10.0"


def test_changes_after_a_tagged_commit_are_compared_with_it(repository: Repository) -> None:
    repository.git("tag", "v1.11.0")
    (repository.root / "kit.py").write_text("changed", encoding="utf-8")
    assert released(repository) == "v1.11.0"


def test_a_tag_of_the_whole_releases_a_member_in_the_members_version(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "kit")
    member = Project("inner/Cargo.toml", "rust", "kit-inner", {"version": "0.30.0"})
    (repository.root / "inner").mkdir()
    manifest = repository.root / "inner" / "Cargo.toml"
    manifest.write_text('[package]\nname = "kit-inner"\nversion = "0.29.1"\n', encoding="utf-8")
    repository.commit("first", "v1.0.228")
    manifest.write_text('[package]\nname = "kit-inner"\nversion = "0.30.0"\n', encoding="utf-8")
    repository.commit("second")
    tag = last_release(repository.root, member)
    assert tag is not None
    assert (tag.name, tag.version) == ("v1.0.228", "0.29.1")


def test_a_member_that_states_no_version_has_that_of_the_tag(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "kit")
    (repository.root / "inner").mkdir()
    manifest = repository.root / "inner" / "Cargo.toml"
    manifest.write_text("[package]\nversion.workspace = true\n", encoding="utf-8")
    repository.commit("first", "v1.2.0")
    repository.commit("second")
    tag = last_release(repository.root, Project("inner/Cargo.toml", "rust", "kit-inner"))
    assert tag is not None
    assert tag.version == "1.2.0"
