"""How a Python project is prepared: whose environment counts, and how forge makes its own."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pytest_forge.errors import ToolMissing
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context, Surroundings
from pytest_forge.toolchains.python.environment import PREPARATION
from pytest_forge.toolchains.python.environments import INTERPRETER, allows, candidates
from pytest_forge.toolchains.python.project import inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

PACKAGED = '[build-system]\nrequires = []\n[project]\nname = "demo"\nrequires-python = ">=3.10"\n'


def surroundings(tmp_path: Path, *installed: Path, **environment: str) -> Surroundings:
    forge = tmp_path / "forge"
    return Surroundings(
        environment={"HOME": str(tmp_path / "home"), **environment},
        prefix=forge,
        interpreter=make(forge),
        installed_from=tuple(one.resolve() for one in installed),
    )


def make(
    home: Path, *names: str, place: Path | None = None, editable: bool = True, version: str = "3.12"
) -> Path:
    """Make what looks like an environment with `names` in it, the first installed from `place`."""
    interpreter = home / INTERPRETER
    interpreter.parent.mkdir(parents=True, exist_ok=True)
    interpreter.touch()
    (home / "pyvenv.cfg").write_text(f"home = /usr/bin\nversion_info = {version}.1.final.0\n")
    for number, name in enumerate(names):
        information = home / "lib" / "python3.12" / "site-packages" / f"{name}-1.0.dist-info"
        information.mkdir(parents=True)
        if number == 0 and place is not None:
            url = {"url": place.resolve().as_uri(), "dir_info": {"editable": editable}}
            (information / "direct_url.json").write_text(json.dumps(url))
    return interpreter


def project_in(tree: Tree, manifest: str = "pyproject.toml") -> Project:
    found = inspect(tree, manifest)
    assert isinstance(found, Project)
    return found


@pytest.fixture
def packaged(tree_of: TreeOf) -> Project:
    return project_in(tree_of({"sdk/pyproject.toml": PACKAGED}), "sdk/pyproject.toml")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "sdk"


@pytest.mark.parametrize("name", [".venv", "venv"])
def test_the_projects_own_environment_counts(
    packaged: Project, directory: Path, tmp_path: Path, name: str
) -> None:
    own = make(directory / name, "demo", place=directory)
    assert candidates(packaged, directory, surroundings(tmp_path)) == (str(own),)


def test_an_environment_with_the_dependencies_but_not_the_project_counts_if_it_is_its_own(
    packaged: Project, directory: Path, tmp_path: Path
) -> None:
    own = make(directory / ".venv", "pytest")
    active = make(tmp_path / "active", "pytest").parent.parent
    found = candidates(packaged, directory, surroundings(tmp_path, VIRTUAL_ENV=str(active)))
    assert found == (str(own),)


def test_an_empty_environment_is_not_prepared(
    packaged: Project, directory: Path, tmp_path: Path
) -> None:
    make(directory / ".venv", "pip")
    assert candidates(packaged, directory, surroundings(tmp_path)) == ()


@pytest.mark.parametrize("editable", [True, False])
def test_a_copy_of_the_project_is_not_this_tree(
    packaged: Project, directory: Path, tmp_path: Path, editable: bool
) -> None:
    elsewhere = tmp_path / "elsewhere" if editable else directory
    elsewhere.mkdir(exist_ok=True)
    make(directory / ".venv", "demo", "pytest", place=elsewhere, editable=editable)
    make(directory / ".tox" / "py312", "demo", "pytest")
    assert candidates(packaged, directory, surroundings(tmp_path)) == ()


def test_an_old_development_installation_is_in_place(
    packaged: Project, directory: Path, tmp_path: Path
) -> None:
    own = make(directory / ".venv", "pip")
    site = directory / ".venv" / "lib" / "python3.12" / "site-packages"
    (site / "demo.egg-link").write_text(f"{directory}/src\n../\n")
    assert candidates(packaged, directory, surroundings(tmp_path)) == (str(own),)


def test_an_environment_that_does_not_tell_its_python_is_taken(
    packaged: Project, directory: Path, tmp_path: Path
) -> None:
    active = make(tmp_path / "conda", "demo", place=directory)
    (tmp_path / "conda" / "pyvenv.cfg").unlink()
    around = surroundings(tmp_path, CONDA_PREFIX=str(tmp_path / "conda"))
    assert candidates(packaged, directory, around) == (str(active),)


def test_the_active_environment_counts_if_this_tree_is_installed_in_it(
    packaged: Project, directory: Path, tmp_path: Path
) -> None:
    active = make(tmp_path / "active", "demo", place=directory)
    around = surroundings(tmp_path, VIRTUAL_ENV=str(tmp_path / "active"))
    assert candidates(packaged, directory, around) == (str(active),)


def test_forges_own_environment_counts_only_if_this_tree_is_installed_in_it(
    packaged: Project, directory: Path, tmp_path: Path
) -> None:
    active = {"VIRTUAL_ENV": str(tmp_path / "forge")}
    assert candidates(packaged, directory, surroundings(tmp_path, **active)) == ()
    around = surroundings(tmp_path, directory, **active)
    assert candidates(packaged, directory, around) == (str(around.interpreter),)


@pytest.mark.parametrize("place", [".tox/dev", ".nox/tests", ".hatch/default"])
def test_what_the_projects_tools_made_counts_if_this_tree_is_installed_in_it(
    packaged: Project, directory: Path, tmp_path: Path, place: str
) -> None:
    made = make(directory / place, "demo", place=directory)
    assert candidates(packaged, directory, surroundings(tmp_path)) == (str(made),)


@pytest.mark.parametrize(
    "place",
    [
        ".local/share/hatch/env/virtual/demo/aB3x/demo",
        ".cache/pypoetry/virtualenvs/demo-aB3xyz01-py3.12",
    ],
)
def test_environments_outside_the_tree_are_known_by_what_is_installed_in_them(
    packaged: Project, directory: Path, tmp_path: Path, place: str
) -> None:
    made = make(tmp_path / "home" / place, "demo", place=directory)
    assert candidates(packaged, directory, surroundings(tmp_path)) == (str(made),)


def test_pdms_pointer_is_followed(packaged: Project, directory: Path, tmp_path: Path) -> None:
    made = make(tmp_path / "somewhere", "demo", place=directory)
    (directory / ".pdm-python").write_text(f"{made}\n")
    assert candidates(packaged, directory, surroundings(tmp_path)) == (str(made),)


def test_uvs_variable_comes_first(packaged: Project, directory: Path, tmp_path: Path) -> None:
    other = make(directory / "other", "demo", place=directory)
    own = make(directory / ".venv", "demo", place=directory)
    around = surroundings(tmp_path, UV_PROJECT_ENVIRONMENT="other")
    assert candidates(packaged, directory, around) == (str(other), str(own))


def test_an_application_takes_the_active_environment(tree_of: TreeOf, tmp_path: Path) -> None:
    project = project_in(tree_of({"requirements.txt": "x\n", "a.py": ""}), "requirements.txt")
    active = make(tmp_path / "active", "pytest")
    around = surroundings(tmp_path, VIRTUAL_ENV=str(tmp_path / "active"))
    assert candidates(project, tmp_path, around) == (str(active),)


def test_an_own_environment_with_another_python_is_a_missing_tool_that_names_both(
    packaged: Project, directory: Path, tmp_path: Path
) -> None:
    make(directory / ".venv", "demo", place=directory, version="3.8")
    with pytest.raises(ToolMissing, match=r"wants Python >=3\.10, but \.venv has 3\.8"):
        candidates(packaged, directory, surroundings(tmp_path))


def test_an_active_environment_with_another_python_is_somebody_elses(
    packaged: Project, directory: Path, tmp_path: Path
) -> None:
    make(tmp_path / "active", "demo", place=directory, version="3.8")
    around = surroundings(tmp_path, VIRTUAL_ENV=str(tmp_path / "active"))
    assert candidates(packaged, directory, around) == ()


@pytest.mark.parametrize(
    ("pin", "wanted", "version", "allowed"),
    [
        ("3.12", "", "3.12.4", True),
        ("3.1", "", "3.12.4", False),
        ("3.12", ">=3.10", "3.11.1", False),
        ("my-environment", ">=3.10", "3.11.1", True),
        ("", "<3.11", "3.11.0", False),
        ("", ">=3.15", "3.15.0rc1", False),
        ("", "^3.8", "3.7", True),
        ("3.12", ">=3.10", "", True),
    ],
)
def test_the_pin_and_the_range_of_python(
    pin: str, wanted: str, version: str, allowed: bool
) -> None:
    project = Project("a", "python", "a", {"python_pin": pin, "requires_python": wanted})
    assert allows(project, version) is allowed


def commands(tree: Tree, manifest: str = "pyproject.toml") -> list[str]:
    """Return the commands that make an environment, the one that writes a file left out."""
    project = project_in(tree, manifest)
    directory = tree.root / project.directory
    context = Context(project, ProjectSettings(), tree, tree.root, directory, tree.root / "scratch")
    steps = PREPARATION.steps(context)
    lines = []
    for step in steps:
        assert isinstance(step.argv, tuple)
        lines.append(" ".join(step.argv))
        assert step.environment["UV_PYTHON_DOWNLOADS"] == "never"
    return [line for line in lines if line.startswith("{tool}")]


PYTHON = "{environment}/" + INTERPRETER


def installed(tree: Tree, manifest: str = "pyproject.toml") -> str:
    made, install = commands(tree, manifest)
    assert made.startswith("{tool} venv")
    words = install.removeprefix(f"{{tool}} pip install --python {PYTHON} ")
    return words.removesuffix("pytest coverage").strip()


def test_a_lock_is_honoured_and_its_groups_for_tests_taken(tree_of: TreeOf) -> None:
    groups = '[dependency-groups]\ntests = ["pytest"]\ndev = ["x"]\nlint = ["ruff"]\n'
    tree = tree_of({"pyproject.toml": PACKAGED + groups, "uv.lock": "version = 1\n"})
    assert commands(tree) == [
        "{tool} venv --python >=3.10 {environment}",
        "{tool} sync --locked --no-default-groups --group tests --group lint --all-extras",
        f"{{tool}} pip install --python {PYTHON} pytest coverage",
    ]


def test_a_lock_without_a_group_for_tests_keeps_its_default_groups(tree_of: TreeOf) -> None:
    rest = '[dependency-groups]\ndev = ["pytest"]\n[tool.uv.workspace]\nmembers = ["core"]\n'
    tree = tree_of(
        {
            "pyproject.toml": PACKAGED + rest,
            "core/pyproject.toml": '[project]\nname = "core"\n',
            "uv.lock": "version = 1\n",
        }
    )
    assert commands(tree)[1] == "{tool} sync --locked --all-packages --group dev --all-extras"


@pytest.mark.parametrize(
    ("tables", "files", "words"),
    [
        ("", {}, "--editable ."),
        ('[dependency-groups]\ntest = ["a"]\ndev = ["b"]\n', {}, "--editable . --group test"),
        (
            '[dependency-groups]\ntest = ["a"]\ntypecheck = ["pyright"]\n',
            {"requirements-dev.txt": "b\n"},
            "--editable . --group test --group typecheck",
        ),
        (
            '[project.optional-dependencies]\ntesting = ["a"]\nsocks = ["b"]\n',
            {},
            "--editable .[testing]",
        ),
        ('[project.optional-dependencies]\ndev = ["a"]\n', {}, "--editable .[dev]"),
        (
            '[dependency-groups]\ndev = ["a"]\nTesting_Extra = ["b"]\ndocs = ["c"]\n',
            {},
            "--editable . --group Testing_Extra --group dev",
        ),
        ('[tool.poetry.dev-dependencies]\na = "^0.0.3"\n', {}, "--editable . a>=0.0.3,<0.0.4"),
        (
            "",
            {
                "tox.ini": "[testenv]\ndeps = -r tests/needs.txt\n    -c pins.txt\n",
                "tests/needs.txt": "a\n",
            },
            "--editable . --requirement tests/needs.txt",
        ),
        ("", {"requirements-dev.txt": "b\n"}, "--editable . --requirement requirements-dev.txt"),
        (
            "",
            {"requirements/test.txt": "a\n", "requirements/dev.txt": "b\n"},
            "--editable . --requirement requirements/test.txt",
        ),
        (
            "",
            {"tox.ini": "[testenv]\ndeps =\n    pytest>7\n    lint: ruff\n    -r tests/r.txt\n"},
            "--editable . pytest>7",
        ),
        (
            '[tool.hatch.envs.default]\ndependencies = ["a", "b @ {root:uri}/b"]\n',
            {},
            "--editable . a",
        ),
        ('[tool.pdm.dev-dependencies]\ntest = ["a>1"]\ndocs = ["b"]\n', {}, "--editable . a>1"),
        (
            '[tool.poetry.group.test.dependencies]\na = "^1.2"\nb = { version = "~0.3.1", '
            'extras = ["x"], markers = "os_name != \'nt\'" }\nc = "*"\nd = "2.0"\n',
            {},
            "--editable . a>=1.2,<2 b[x]>=0.3.1,<0.4; os_name != 'nt' c d==2.0",
        ),
    ],
)
def test_what_the_tests_need_is_found_where_the_project_says_it(
    tree_of: TreeOf, tables: str, files: dict[str, str], words: str
) -> None:
    assert installed(tree_of({"pyproject.toml": PACKAGED + tables, **files})) == words


def test_older_setuptools_projects_name_extras_in_setup_cfg(tree_of: TreeOf) -> None:
    text = "[metadata]\nname = demo\n[options.extras_require]\ntest =\n    pytest\n"
    tree = tree_of({"setup.cfg": text, "setup.py": "from setuptools import setup\nsetup()\n"})
    assert installed(tree, "setup.py") == "--editable .[test]"


def test_a_project_without_a_backend_gets_its_dependencies_alone(tree_of: TreeOf) -> None:
    text = '[project]\nname = "demo"\n[project.optional-dependencies]\ntest = ["a"]\n'
    tree = tree_of({"pyproject.toml": text, "a.py": ""})
    assert installed(tree) == "--requirement pyproject.toml --extra test"


@pytest.mark.parametrize(
    ("settings", "chosen"),
    [("", "--all-extras"), ("[tool.uv]\nconflicts = [[{extra = 'a'}]]\n", "--extra test")],
)
def test_extras_of_a_locked_project_are_synchronised(
    tree_of: TreeOf, settings: str, chosen: str
) -> None:
    """pydantic's types and documentation tests need its extra `email`, which no group names."""
    text = PACKAGED + '[project.optional-dependencies]\ntest = ["a"]\nemail = ["b"]\n' + settings
    tree = tree_of({"pyproject.toml": text, "uv.lock": ""})
    assert commands(tree)[1] == f"{{tool}} sync --locked {chosen}"


def test_an_application_gets_its_requirements(tree_of: TreeOf) -> None:
    tree = tree_of({"requirements.txt": "x\n", "requirements-dev.txt": "y\n", "a.py": ""})
    words = "--requirement requirements.txt --requirement requirements-dev.txt"
    assert installed(tree, "requirements.txt") == words


@pytest.mark.parametrize(
    ("pin", "python"), [("3.12\n", "3.12"), ("pypy3.10\n", ">=3.10"), ("", ">=3.10")]
)
def test_the_pinned_python_is_asked_for(tree_of: TreeOf, pin: str, python: str) -> None:
    tree = tree_of({"pyproject.toml": PACKAGED, ".python-version": pin})
    assert commands(tree)[0] == f"{{tool}} venv --python {python} {{environment}}"


def test_the_first_step_says_when_the_machine_has_no_such_python(tree_of: TreeOf) -> None:
    tree = tree_of({"pyproject.toml": PACKAGED})
    context = Context(
        project_in(tree), ProjectSettings(), tree, tree.root, tree.root, tree.root / "scratch"
    )
    first, *others = PREPARATION.steps(context)
    assert first.gap == {2}
    assert all(not step.gap for step in others)


def test_an_environment_is_made_again_when_what_it_holds_may_have_changed(
    tree_of: TreeOf,
) -> None:
    files = ["pyproject.toml", "uv.lock", "core/pyproject.toml", "core/src/lib.rs", "tox.ini"]
    files += ["requirements/dev.txt", ".python-version", "src/demo/fast.pyx"]
    others = {"src/demo/__init__.py": "", "README.md": "", "notes.txt": ""}
    tree = tree_of({**dict.fromkeys(files, ""), "pyproject.toml": PACKAGED, **others})
    project = project_in(tree)
    assert sorted(PREPARATION.key(project, tree)) == sorted(files)


def test_the_step_that_keeps_setuptools_out_of_the_tree_writes_its_configuration(
    tree_of: TreeOf, tmp_path: Path
) -> None:
    tree = tree_of({"pyproject.toml": PACKAGED})
    context = Context(project_in(tree), ProjectSettings(), tree, tree.root, tree.root, tmp_path)
    step = PREPARATION.steps(context)[1]
    assert isinstance(step.argv, tuple)
    home = tmp_path / "100% mine"
    home.mkdir()
    _, _, script, _ = step.argv
    arguments = sys.argv
    try:
        sys.argv = ["-c", str(home)]
        exec(compile(script, "script", "exec"), {})
    finally:
        sys.argv = arguments
    text = (home / "setuptools.cfg").read_text()
    assert f"egg_base = {home / 'setuptools'}" in text
    assert (home / "setuptools").is_dir()
    assert step.environment["DIST_EXTRA_CONFIG"] == "{environment}/setuptools.cfg"
