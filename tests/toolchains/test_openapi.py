"""OpenAPI documents: which count, to which release they belong, what a comparison tells."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_forge.errors import NoReference, OutputUnreadable
from pytest_forge.model import Release, Report, Sample
from pytest_forge.projects import Project, Tree
from pytest_forge.releases.comparing import COMPARED, FirstRelease
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains import openapi
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.openapi import CHECK, compared, released_document
from pytest_forge.toolchains.openapi_gone import gone
from pytest_forge.toolchains.openapi_paths import DOCUMENTS, documents, owner_of
from pytest_forge.toolchains.repository import TOOLCHAIN

YAML = "openapi: 3.1.0\ninfo: {title: a, version: 1.0.0}\npaths: {}\n"


def tree(root: Path, files: dict[str, str]) -> Tree:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return Tree(root, tuple(sorted(files)))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("openapi.yaml", YAML),
        ("openapi.yml", "# a comment\n" + YAML),
        ("openapi.json", '{\n  "openapi": "3.0.3",\n  "paths": {}\n}\n'),
        ("openapi.json", '{"info": {"title": "a"}, "openapi": "3.0.3"}'),
        ("api/shop.openapi.yaml", YAML.replace("3.1.0", "'3.1.0'")),
        ("services/till/openapi-v2.json", '{"openapi":"3.0.3"}'),
        ("openapi/shop.yaml", YAML),
        ("swagger.yaml", 'swagger: "2.0"\ninfo: {}\n'),
        ("api-docs.json", '{"swagger": "2.0"}'),
    ],
)
def test_a_document_is_known_by_its_path_and_its_key(tmp_path: Path, path: str, text: str) -> None:
    assert documents(tree(tmp_path, {path: text, "README.md": "openapi: 3.1.0"})) == (path,)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("openapi.yaml", "generator: openapi\n"),
        ("openapi.yaml", "tools:\n  openapi: 3.1.0\n"),
        ("openapi.json", '{"openapi": {"generator": "x"}}'),
        ("openapi.py", YAML),
        ("config.yaml", YAML),
        ("tests/openapi.yaml", YAML),
        ("examples/shop/openapi.yaml", YAML),
        ("docs/openapi.yaml", YAML),
    ],
)
def test_what_is_no_document_or_no_product_does_not_count(
    tmp_path: Path, path: str, text: str
) -> None:
    assert documents(tree(tmp_path, {path: text})) == ()


def test_include_brings_a_document_back(tmp_path: Path) -> None:
    whole = tree(tmp_path, {"docs/openapi.yaml": YAML})
    assert documents(replace(whole, included=frozenset(whole.files))) == ("docs/openapi.yaml",)


def test_there_is_a_check_for_each_document(tmp_path: Path) -> None:
    own = TOOLCHAIN.inspect(tree(tmp_path, {"a/openapi.yaml": YAML, "b/openapi.yaml": YAML}), "m")
    assert isinstance(own, Project)
    assert CHECK.variants is not None
    assert CHECK.variants(own, ProjectSettings()) == ("a/openapi.yaml", "b/openapi.yaml")
    assert CHECK.variants(Project("m", "repository", "r"), ProjectSettings()) == ()


def context(root: Path, document: str, *projects: Project) -> Context:
    files = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
    own = Project("forge.toml", "repository", "root")
    return Context(
        own,
        ProjectSettings(),
        Tree(root, tuple(sorted(files))),
        root,
        root,
        root / "scratch",
        projects=projects,
        variant=document,
    )


def project(manifest: str, version: str = "") -> Project:
    return Project(manifest, "go", manifest, {"version": version})


def test_a_document_belongs_to_the_innermost_project() -> None:
    root, till = project("go.mod"), project("services/till/go.mod")
    member = project("rust/api/Cargo.toml")
    space = Project("rust/Cargo.toml", "rust", "space", published=(member,))
    own, every = project("forge.toml"), (root, till, space)
    assert owner_of(own, every, "openapi.yaml") is root
    assert owner_of(own, every, "services/openapi.yaml") is root
    assert owner_of(own, every, "services/till/api/openapi.yaml") is till
    assert owner_of(own, every, "rust/api/openapi.yaml") is member
    assert owner_of(own, (till,), "openapi.yaml") is own


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose services release on their own: the till's is at 2.0.0, all is at 1.0.0."""
    tree(tmp_path, {"openapi.yaml": YAML, "till/openapi.yaml": YAML, ".gitignore": ".forge/\n"})
    for command in (
        ("init", "--quiet", "--initial-branch=main", "--template="),
        ("add", "--all"),
        ("commit", "--quiet", "-m", "first"),
        ("tag", "v1.0.0"),
        ("tag", "till/v2.0.0"),
        ("commit", "--quiet", "--allow-empty", "-m", "next"),
    ):
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=")
        subprocess.run(("git", *identity, *command), cwd=tmp_path, check=True)
    return tmp_path


def test_a_document_is_compared_with_the_release_of_its_project(repository: Path) -> None:
    projects = (project("go.mod", "1.1.0"), project("till/go.mod", "2.1.0"))
    for document, tag, declared in (
        ("openapi.yaml", "v1.0.0", "1.1.0"),
        ("till/openapi.yaml", "till/v2.0.0", "2.1.0"),
    ):
        with released_document(context(repository, document, *projects)) as slots:
            assert (slots["release_tag"], slots["release_declared"]) == (tag, declared)
            assert Path(slots["release"], document).is_file()


def test_a_document_that_is_new_is_a_first_release(repository: Path) -> None:
    tree(repository, {"more/openapi.yaml": YAML})
    given = context(repository, "more/openapi.yaml", project("go.mod", "1.1.0"))
    with pytest.raises(FirstRelease) as found, released_document(given):
        pass
    assert found.value.report.release == Release("1.1.0", None)


def test_a_document_that_was_moved_is_no_first_release(repository: Path) -> None:
    (repository / "openapi.yaml").rename(repository / "shop.openapi.yaml")
    given = context(repository, "shop.openapi.yaml", project("go.mod", "1.1.0"))
    with (
        pytest.raises(NoReference, match=r"may have been moved from openapi\.yaml"),
        released_document(given),
    ):
        pass


OWN = Project("forge.toml", "repository", "root")


def sought(root: Path, *projects: Project, pattern: str = "", but: str = "") -> tuple[str, ...]:
    found = context(root, "", *projects).tree
    own = replace(OWN, facts={DOCUMENTS: documents(found)})
    return gone(own, found, projects, pattern, lambda path: path != but)


def git(root: Path, *command: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=")
    subprocess.run(("git", *identity, *command), cwd=root, check=True)


def test_what_the_last_release_had_is_sought_at_its_tag(repository: Path) -> None:
    projects = (project("go.mod", "1.1.0"), project("till/go.mod", "2.1.0"))
    assert sought(repository, *projects) == ()
    for document in ("openapi.yaml", "till/openapi.yaml"):
        (repository / document).unlink()
    assert sought(repository, *projects) == ("openapi.yaml", "till/openapi.yaml")
    assert sought(repository, *projects, but="openapi.yaml") == ("till/openapi.yaml",)
    assert sought(repository, pattern="v{version}") == ("openapi.yaml", "till/openapi.yaml")
    assert sought(repository, pattern="v1.0.0") == ("openapi.yaml", "till/openapi.yaml")
    assert sought(repository, pattern="w{version}") == ()
    tree(repository, {"openapi.yaml": "moved: elsewhere\n"})
    assert sought(repository, *projects) == ("openapi.yaml", "till/openapi.yaml")


def test_what_an_earlier_release_had_is_no_loss(repository: Path) -> None:
    projects = (project("go.mod", "1.1.0"), project("till/go.mod", "2.1.0"))
    for document in ("openapi.yaml", "till/openapi.yaml"):
        git(repository, "rm", "--quiet", document)
    git(repository, "commit", "--quiet", "-m", "gone")
    git(repository, "tag", "v1.1.0")
    # At the tag itself the release before is the last one.
    assert sought(repository, *projects) == ("openapi.yaml", "till/openapi.yaml")
    git(repository, "commit", "--quiet", "--allow-empty", "-m", "on")
    assert sought(repository, *projects) == ("till/openapi.yaml",)
    assert sought(repository, projects[0]) == ()


def test_only_documents_are_lost(repository: Path) -> None:
    tree(repository, {"openapi/notes.yaml": "openapi: soon", "api.yaml": YAML})
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "-m", "more")
    git(repository, "tag", "v1.2.0")
    git(repository, "rm", "--quiet", "openapi/notes.yaml", "api.yaml")
    assert sought(repository, project("go.mod")) == ()


def test_what_is_lost_where_no_release_can_be_told_is_for_its_check(repository: Path) -> None:
    (repository / "openapi.yaml").unlink()
    shallow = repository / "clone"
    git(repository, "clone", "--quiet", "--depth=1", f"file://{repository}", str(shallow))
    assert sought(shallow) == ()
    git(repository, "tag", "other-3.0.0")
    assert sought(repository, project("go.mod")) == ("openapi.yaml",)


def test_outside_of_git_and_without_a_commit_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert sought(tmp_path) == ()
    git(tmp_path, "init", "--quiet")
    assert sought(tmp_path) == ()


def test_a_document_that_is_gone_is_compared_with_nothing(repository: Path) -> None:
    (repository / "openapi.yaml").unlink()
    given = context(repository, "openapi.yaml", project("go.mod", "2.0.0"))
    given.scratch.mkdir()
    with released_document(given) as slots:
        assert Path(slots["release"], "openapi.yaml").is_file()
        assert documents(Tree(given.scratch, ("nothing.yaml",))) == ()
        assert "paths: {}" in (given.scratch / "nothing.yaml").read_text()
        argv = openapi.RUN.steps[0].argv
        assert callable(argv)
        assert argv(given)[-2:] == ("{release}/{variant}", "{scratch}/nothing.yaml")


def test_a_document_that_may_stand_elsewhere_now_is_not_called_gone(repository: Path) -> None:
    (repository / "openapi.yaml").rename(repository / "shop.openapi.yaml")
    given = context(repository, "openapi.yaml", project("go.mod", "1.1.0"))
    facts = {DOCUMENTS: ("openapi.yaml", "shop.openapi.yaml", "till/openapi.yaml")}
    given = replace(given, project=replace(given.project, facts=facts))
    with (
        pytest.raises(NoReference, match=r"it may have been moved to shop\.openapi\.yaml"),
        released_document(given),
    ):
        pass


def report(
    declared: str, now: str = "1.2.0", then: str = "1.1.0", described: int = 1, told: int = 2
) -> Report:
    return Report(
        measures={
            "api.additions": 1,
            "changes": 2,
            "changes.told": told,
            "document.describes": described,
            "document.released.describes": described,
        },
        samples=(Sample("openapi.version", 1, now), Sample("openapi.version.released", 1, then)),
        release=Release(declared, "1.0.0", "v1.0.0"),
    )


def test_the_version_is_the_projects_else_the_documents_own() -> None:
    assert compared(report("1.3.0")).release == Release("1.3.0", "1.0.0", "v1.0.0")
    assert compared(report("")).release == Release("1.2.0", "1.1.0", "v1.0.0")
    assert compared(report("", now="latest")).release == Release("", "1.0.0", "v1.0.0")


def test_the_documents_with_operations_are_the_proof() -> None:
    assert compared(report("1.3.0")).measures == {"api.additions": 1, COMPARED: 1}
    assert compared(report("1.3.0", described=0)).measures[COMPARED] == 0
    assert compared(report("1.3.0", now="(gone)")).measures == {"api.additions": 0, COMPARED: 1}
    first = FirstRelease("1.0.0").report
    assert compared(first) is first


def test_a_list_that_lost_changes_is_refused() -> None:
    with pytest.raises(OutputUnreadable, match="lists 2 changes, but counts 3"):
        compared(report("1.3.0", told=3))
