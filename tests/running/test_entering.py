"""From pytest's path arguments to the manifests that are collected."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from called import as_a_new_process, run_pytest
from toy import forge_toy
from toy_repository import Repository

from pytest_forge.errors import ConfigurationError
from pytest_forge.execution.execute import INSIDE
from pytest_forge.running import entering
from pytest_forge.session import Session, load


@pytest.fixture
def session(repository: Repository) -> Session:
    """A repository of three toys, one of them at the top."""
    import pluggy

    repository.toy().toy("a").toy("a/deep", name="x").write({"tests/toy.json": "{}", "c/x": ""})
    manager = pluggy.PluginManager("pytest")
    manager.register(forge_toy)
    return load(repository.root, {}, manager)


def resolved(session: Session, *arguments: str, start: str = ".") -> list[str]:
    root = session.root.directory
    found = entering.resolve(arguments, root / start, session)
    return [str(Path(one).relative_to(root)) for one in found]


@pytest.mark.parametrize(
    ("arguments", "start", "found"),
    [
        (["."], ".", ["toy.json", "a/deep/toy.json", "a/toy.json"]),
        (["."], "a", ["a/deep/toy.json", "a/toy.json"]),
        (["a/toy.json"], ".", ["a/toy.json"]),
        (["../a/./toy.json::quality"], "a", ["a/toy.json::quality"]),
        (["a/tool.py::types::toy-build"], ".", ["a/toy.json::types::toy-build"]),
        (["a/deep", "a/deep"], ".", ["a/deep/toy.json"]),
    ],
)
def test_a_path_means_the_projects_at_it(
    session: Session, arguments: list[str], start: str, found: list[str]
) -> None:
    assert sorted(resolved(session, *arguments, start=start)) == sorted(found)


@pytest.mark.parametrize(
    ("argument", "why"),
    [
        ("gone", "gone: no such file or directory"),
        ("..", "no project found there; `pytest-forge doctor`"),
    ],
)
def test_an_argument_that_means_no_project_is_refused(
    session: Session, argument: str, why: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        resolved(session, argument)
    assert why in str(caught.value)


def test_a_manifest_that_is_passed_over_is_refused_with_the_reason(
    repository: Repository,
) -> None:
    repository.toy("a").write({"empty/toy.json": "{}"})
    done = run_pytest(repository.root, ["--forge", "empty/toy.json"], [forge_toy])
    assert done.status == 4
    assert "empty/toy.json: passed over: it names no project" in done.stderr


def test_paths_are_absolute_and_without_names(tmp_path: Path) -> None:
    found = entering.paths(["a/../b::quality", "/c"], tmp_path)
    assert found == [str(tmp_path / "b"), "/c"]


def test_testpaths_are_the_projects_and_not_forges(tmp_path: Path) -> None:
    """A `testpaths` of the project's would leave out its manifest."""
    source = pytest.Config.ArgsSource
    config: Any = SimpleNamespace(
        args_source=source.TESTPATHS,
        args=["tests"],
        invocation_params=SimpleNamespace(dir=tmp_path),
    )
    assert entering.arguments(config) == [str(tmp_path)]
    config.args_source = source.ARGS
    assert entering.arguments(config) == ["tests"]


def test_a_forge_inside_a_forge_on_the_same_root_is_refused(repository: Repository) -> None:
    repository.toy()

    class Inside:
        """Sets the variable that forge gives to every child."""

        @pytest.hookimpl(tryfirst=True)
        def pytest_cmdline_parse(self) -> None:
            import os

            os.environ[INSIDE] = str(repository.root)

    done = run_pytest(repository.root, ["--forge"], [forge_toy, Inside()])
    assert done.status == 4
    assert "started by a forge run on the same root" in done.stderr
    assert repository.executions() == []


def test_a_root_that_cannot_be_read_is_one_line(repository: Repository) -> None:
    repository.toy().write({"pyproject.toml": "[tool.pytest-forge\n"})
    done = run_pytest(repository.root, ["--forge"], [forge_toy])
    assert done.status == 4
    assert "pyproject.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_modules_of_the_project_do_not_stand_in_for_forges(repository: Repository) -> None:
    import sys

    repository.toy().write({"pytest.ini": "[pytest]\npythonpath = shadows\n"})
    seen: list[bool] = []

    class Looking:
        def pytest_collection_finish(self) -> None:
            seen.append(str(repository.root / "shadows") in sys.path)

    with as_a_new_process(repository.root):
        run_pytest(repository.root, ["--forge", "--collect-only"], [forge_toy, Looking()])
    assert seen == [False]
