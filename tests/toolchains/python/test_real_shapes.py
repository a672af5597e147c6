"""Three trees in the shapes of real repositories: requests, attrs and pydantic.

Only the shapes are theirs: which files and tables stand where.
"""

from collections.abc import Callable, Mapping

from pytest_forge.projects import Project, Tree
from pytest_forge.repository import Discovery, find_projects
from pytest_forge.settings import Settings
from pytest_forge.toolchains.declarations import Toolchain
from pytest_forge.toolchains.python.project import MANIFESTS, inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]


def discover(tree: Tree) -> Discovery:
    python = Toolchain("python", MANIFESTS, inspect, runs=(), checks=())
    return find_projects(tree, Settings(), (python,))


def passed_over(found: Discovery) -> list[str]:
    return [one.manifest for one in found.passed_over]


def facts(project: Project, *names: str) -> list[object]:
    return [project.facts[name] for name in names]


def test_setuptools_below_src_with_a_stub_of_setup_py(tree_of: TreeOf) -> None:
    manifest = """
        [build-system]
        requires = ["setuptools>=61.0"]
        build-backend = "setuptools.build_meta"
        [project]
        name = "Client.Lib"
        requires-python = ">=3.10"
        dynamic = ["version"]
        [dependency-groups]
        test = ["pytest"]
        [tool.setuptools.dynamic]
        version = {attr = "client.__version__.__version__"}
        [tool.setuptools.packages.find]
        where = ["src"]
        [tool.ruff.lint]
        select = ["E", "F", "I"]
        [tool.pytest.ini_options]
        testpaths = ["tests"]
        [tool.pyright]
        include = ["src/client"]
    """
    tree = tree_of(
        {
            "pyproject.toml": manifest,
            "setup.py": "from setuptools import setup\n\nsetup()\n",
            "requirements-dev.txt": "-e .[socks]\npytest\n",
            ".coveragerc": "[run]\nomit = client/packages/*\n",
            "tox.ini": "[tox]\nenvlist = py{310,311}\n[testenv]\ndeps = -rrequirements-dev.txt\n",
            ".pre-commit-config.yaml": "repos:\n- hooks:\n    - id: ruff-check\n"
            "    - id: ruff-format\n",
            "docs/requirements.txt": "Sphinx\n",
            "docs/conf.py": "",
            "src/client/__init__.py": "",
            "src/client/__version__.py": '__title__ = "client"\n__version__ = "2.34.2"\n',
            "src/client/py.typed": "",
            "tests/__init__.py": "",
            "tests/test_client.py": "",
        }
    )
    found = discover(tree)
    (project,) = found.projects
    assert passed_over(found) == ["setup.py", "docs/requirements.txt"]
    assert project.name == "client-lib"
    assert facts(project, "sources", "packages", "search_path") == [
        ("src/client",),
        ("client",),
        ("src",),
    ]
    assert facts(project, "version", "version_files", "version_from_vcs") == [
        "2.34.2",
        ("src/client/__version__.py",),
        False,
    ]
    assert facts(project, "type_checker", "linter", "formatter", "isort") == [
        "pyright",
        "ruff",
        "ruff",
        False,
    ]
    assert facts(project, "typed", "coverage_configured", "has_backend") == [True, True, True]
    assert project.words("unit_tests") == ("tests",)
    assert project.exempt == {}


def test_hatch_with_two_packages_and_the_version_from_git(tree_of: TreeOf) -> None:
    manifest = """
        [build-system]
        requires = ["hatchling", "hatch-vcs"]
        build-backend = "hatchling.build"
        [project]
        name = "fields"
        dynamic = ["version"]
        [dependency-groups]
        tests = ["pytest>9"]
        mypy = [{ include-group = "tests" }, "pytest-mypy-plugins"]
        pyright = ["pyright"]
        [tool.hatch.version]
        source = "vcs"
        [tool.hatch.build.targets.wheel]
        packages = ["src/field", "src/fields"]
        [tool.pytest]
        strict = true
        testpaths = ["tests"]
        addopts = ["-ra"]
        [tool.coverage.report]
        show_missing = true
        [tool.ruff.lint]
        select = ["ALL"]
        ignore = ["C901"]
        [tool.mypy]
        disallow_untyped_defs = true
        [tool.pyright]
        include = ["typing_tests/baseline.py"]
    """
    tree = tree_of(
        {
            "pyproject.toml": manifest,
            "uv.lock": "version = 1\n",
            "bench/test_speed.py": "",
            "typing_tests/__init__.py": "",
            "src/field/__init__.py": "",
            "src/field/__init__.pyi": "",
            "src/field/py.typed": "",
            "src/fields/__init__.py": "",
            "tests/test_make.py": "",
        }
    )
    found = discover(tree)
    (project,) = found.projects
    assert found.passed_over == ()
    assert project.words("sources") == ("src/field", "src/fields")
    assert facts(project, "version", "version_from_vcs") == ["", True]
    assert project.text("type_checker") == "mypy"
    assert project.text("complexity") == ""
    assert project.words("unit_tests") == ("tests",)
    assert project.flag("typed")


def test_a_workspace_whose_member_is_built_by_maturin(tree_of: TreeOf) -> None:
    root = """
        [build-system]
        requires = ['hatchling']
        build-backend = 'hatchling.build'
        [project]
        name = 'valid'
        dynamic = ['version']
        [tool.hatch.version]
        path = 'valid/version.py'
        [tool.uv.workspace]
        members = ["valid-core"]
        [tool.pytest]
        testpaths = ['tests']
        [tool.ruff.lint]
        mccabe = { max-complexity = 14 }
        [tool.pyright]
        include = ['valid']
    """
    member = """
        [build-system]
        requires = ['maturin']
        build-backend = 'maturin'
        [project]
        name = 'valid_core'
        dynamic = ['version']
        [tool.maturin]
        python-source = "python"
        module-name = "valid_core._valid_core"
    """
    tree = tree_of(
        {
            "pyproject.toml": root,
            "valid/__init__.py": "",
            "valid/version.py": "VERSION = '2.14.0b1'\n",
            "valid/v1/__init__.py": "",
            "release/push.py": "",
            "valid-core/pyproject.toml": member,
            "valid-core/Cargo.toml": '[package]\nname = "valid-core"\nversion = "2.48.0"\n',
            "valid-core/python/valid_core/__init__.py": "",
            "valid-core/tests/test_core.py": "",
            "tests/plugin/pyproject.toml": '[project]\nname = "example"\n',
            "tests/typechecking/pyproject.toml": "[tool.mypy]\n",
            "tests/test_main.py": "",
        }
    )
    found = discover(tree)
    (project,) = found.projects
    assert passed_over(found) == [
        "tests/plugin/pyproject.toml",
        "tests/typechecking/pyproject.toml",
        "valid-core/pyproject.toml",
    ]
    assert project.members == ("valid-core/pyproject.toml",)
    assert project.words("sources") == ("valid", "valid-core/python/valid_core")
    assert project.words("packages") == ("valid",)
    assert project.text("version") == "2.14.0b1"
    assert project.limits == {"complexity.max": 14.0}
    core = inspect(tree, "valid-core/pyproject.toml")
    assert isinstance(core, Project)
    assert facts(core, "distribution", "version", "packages", "search_path") == [
        "valid-core",
        "2.48.0",
        ("valid_core",),
        ("python",),
    ]
