"""A project's own environment where there is one, else one of forge's own, made once."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from toy_repository import Repository

from pytest_forge.errors import NotPrepared, ToolMissing
from pytest_forge.execution.prepare import prepare, surroundings
from pytest_forge.execution.process import Processes
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context, Preparation, Step

MAKE = "import pathlib, sys; pathlib.Path(sys.argv[1], 'toys').mkdir(parents=True)"
COUNT = "; open('count', 'a').write('x')"


def step(code: str, gap: int = 9) -> Callable[[Context], tuple[Step, ...]]:
    """Return steps that run one piece of Python with the environment's place."""
    made = Step(("{forge-python}", "-c", code, "{environment}"), gap=frozenset({gap}))
    return lambda context: (made,)


def preparation_of(code: str = MAKE + COUNT) -> Preparation:
    return Preparation(
        slot="toys",
        candidates=lambda project, directory, around: (f"{directory}/own",),
        needs=(),
        steps=step(code),
        key=lambda project, tree: (project.manifest,),
        provides="toys",
        leaves=("*.egg-info",),
        timeout=60,
    )


@pytest.fixture
def context(repository: Repository) -> Context:
    root = repository.toy("sdk").root
    project = Project("sdk/toy.json", "toy", "sdk")
    tree = Tree(root, ("sdk/toy.json",))
    home = root / ".forge/environments"
    return Context(project, ProjectSettings(), tree, root, root / "sdk", home)


def prepared(preparation: Preparation, context: Context, allowed: bool = True) -> str:
    slots = prepare(preparation, context, surroundings({}), Processes(), allowed)
    return slots[preparation.slot]


def times(context: Context) -> int:
    return len((context.directory / "count").read_text())


def test_the_projects_own_environment_is_taken(context: Context) -> None:
    (context.directory / "own").mkdir()
    assert prepared(preparation_of("raise SystemExit(1)"), context) == f"{context.directory}/own"
    assert not context.scratch.exists()


def test_an_environment_is_made_once_for_each_content(context: Context) -> None:
    first = prepared(preparation_of(), context)
    assert Path(first).is_dir()
    assert Path(first).is_relative_to(context.scratch)
    assert (prepared(preparation_of(), context), times(context)) == (first, 1)
    assert prepared(preparation_of(), context, allowed=False) == first
    (context.directory / "toy.json").write_text('{"name": "another"}')
    assert prepared(preparation_of(), context) != first
    assert times(context) == 2


def test_another_command_makes_another_environment(context: Context) -> None:
    assert prepared(preparation_of(), context) != prepared(preparation_of(MAKE), context)


def test_an_interrupted_environment_is_made_anew(context: Context) -> None:
    first = Path(prepared(preparation_of(), context))
    (first.parent / "forge-complete").unlink()
    (first / "left").touch()
    assert prepared(preparation_of(), context) == str(first)
    assert not (first / "left").exists()


def test_without_permission_nothing_is_made(context: Context) -> None:
    with pytest.raises(NotPrepared, match=r"sdk/toy.json are not installed") as caught:
        prepared(preparation_of(), context, allowed=False)
    assert caught.value.mend == "run once without --forge-no-prepare"
    assert not (context.directory / "count").exists()


@pytest.mark.parametrize(
    ("code", "error", "words"),
    [
        ("raise SystemExit('no such index')", NotPrepared, "failed: no such index"),
        ("raise SystemExit(9)", ToolMissing, "asks for a toolchain that is not here"),
    ],
)
def test_a_failure_is_named_and_leaves_no_environment(
    context: Context, code: str, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        prepared(preparation_of(f"{MAKE}\n{code}"), context)
    assert [path.suffix for path in context.scratch.iterdir() if path.is_dir()] == [".log"]


def test_a_preparation_that_hangs_is_ended(context: Context) -> None:
    slow = replace(preparation_of("import time; time.sleep(600)"), timeout=0.5)
    with pytest.raises(NotPrepared, match=r"took longer than 0\.5 s") as caught:
        prepared(slow, context)
    assert "see .forge/environments/" in caught.value.mend


def test_only_metadata_that_the_preparation_left_in_the_tree_is_removed(
    repository: Repository, context: Context
) -> None:
    repository.commit()
    (context.directory / "before.egg-info").mkdir()
    (context.directory / "before.egg-info/PKG-INFO").touch()
    code = "; ".join(
        (
            MAKE,
            "[pathlib.Path(one).mkdir() for one in ('after.egg-info', 'build')]",
            "[pathlib.Path(one, 'f').touch() for one in ('after.egg-info', 'build')]",
        )
    )
    prepared(preparation_of(code), context)
    left = {path.name for path in context.directory.iterdir() if path.is_dir()}
    assert left == {"before.egg-info", "build"}


def test_without_git_the_tree_is_left_as_it_is(context: Context) -> None:
    (context.root / ".git").rename(context.root / "not-git")
    prepared(preparation_of(f"{MAKE}; pathlib.Path('after.egg-info').mkdir()"), context)
    assert (context.directory / "after.egg-info").is_dir()


def test_what_is_installed_in_place_is_seen() -> None:
    """The tests run with forge itself installed in place."""
    here = Path(__file__).resolve().parents[2]
    around = surroundings({"A": "b"})
    assert around.environment == {"A": "b"}
    assert around.interpreter.exists()
    assert all(path.is_absolute() for path in around.installed_from)
    assert here in around.installed_from


def cached(context: Context, status: int) -> Preparation:
    """Return a preparation without an environment: its `ready` tells whether all is cached."""
    ready = Step(("{forge-python}", "-c", f"raise SystemExit({status})"))
    code = COUNT.removeprefix("; ")
    return Preparation(needs=(), steps=step(code), key=lambda project, tree: (), ready=ready)


def test_a_cache_that_is_ready_needs_no_preparing(context: Context) -> None:
    prepare(cached(context, 0), context, surroundings({}), Processes(), False)
    assert not (context.directory / "count").exists()


def test_a_cache_that_lacks_something_is_filled_once(context: Context) -> None:
    with pytest.raises(NotPrepared):
        prepare(cached(context, 1), context, surroundings({}), Processes(), False)
    for _ in range(2):
        prepare(cached(context, 1), context, surroundings({}), Processes(), True)
    assert times(context) == 1


def test_the_steps_run_inside_of_the_managers(context: Context) -> None:
    @contextmanager
    def around(context: Context) -> Iterator[Mapping[str, str]]:
        (context.directory / "inside").touch()
        yield {}
        (context.directory / "inside").unlink()

    code = "import pathlib; pathlib.Path('inside').rename('seen'); open('inside', 'w')"
    managed = replace(cached(context, 1), steps=step(code), around=(around,))
    prepare(managed, context, surroundings({}), Processes(), True)
    assert {path.name for path in context.directory.iterdir()} >= {"seen"}
    assert not (context.directory / "inside").exists()


IN_PLACE = "import pathlib; pathlib.Path('own').mkdir(exist_ok=True)"


def in_place(code: str = IN_PLACE + COUNT) -> Preparation:
    return replace(preparation_of(code), in_place=True, provides="")


def test_what_is_made_in_the_project_is_asked_for_each_time(context: Context) -> None:
    own = f"{context.directory}/own"
    assert (prepared(in_place(), context), times(context)) == (own, 1)
    assert (prepared(in_place(), context), times(context)) == (own, 1)
    # That it was made once, somewhere else, says nothing of what stands in the project.
    Path(own).rmdir()
    assert (prepared(in_place(), context), times(context)) == (own, 2)


def test_what_leaves_nothing_in_the_project_has_not_prepared_it(context: Context) -> None:
    with pytest.raises(NotPrepared, match=r"sdk/toy.json left nothing") as caught:
        prepared(in_place("pass"), context)
    assert caught.value.mend == "install its dependencies yourself"


def test_nothing_is_made_in_the_project_without_permission(context: Context) -> None:
    with pytest.raises(NotPrepared, match=r"sdk/toy.json are not installed"):
        prepared(in_place(), context, allowed=False)
    assert not (context.directory / "own").exists()


def test_what_another_process_has_just_made_in_the_project_is_taken(context: Context) -> None:
    asked: list[str] = []

    def candidates(project: Project, directory: Path, around: object) -> tuple[str, ...]:
        # The other process is done between the first look and the lock.
        asked.append(project.name)
        return (str(directory),) if len(asked) > 1 else ()

    preparation = replace(in_place("raise SystemExit(1)"), candidates=candidates)
    assert prepared(preparation, context) == str(context.directory)
