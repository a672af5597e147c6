"""Which tools a project has chosen, and the limits in their configuration."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.python.project import inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

HOOKS = ".pre-commit-config.yaml"


def chosen(
    tree_of: TreeOf, files: Mapping[str, str], tables: str = "", manifest: str = "pyproject.toml"
) -> Project:
    text = f'[project]\nname = "demo"\n{tables}'
    found = inspect(tree_of({manifest: text, **files}), manifest)
    assert isinstance(found, Project)
    return found


def hooks(*names: str) -> str:
    lines = "".join(f"      - id: {name}  # pinned\n" for name in names)
    return f"repos:\n  - repo: x\n    hooks:\n{lines}"


@pytest.mark.parametrize(
    ("files", "tables", "checker"),
    [
        ({}, "", "mypy"),
        ({}, "[tool.pyright]\nstrict = []\n", "pyright"),
        ({"pyrightconfig.json": "{}"}, "", "pyright"),
        ({"mypy.ini": "[mypy]\n"}, "", "mypy"),
        ({"setup.cfg": "[mypy]\nstrict = true\n"}, "[tool.pyright]\n", "mypy"),
        ({}, "[tool.mypy]\n[tool.pyright]\n", "mypy"),
        (
            {},
            '[dependency-groups]\ndev = ["pyright>1"]\n[tool.mypy]\n[tool.pyright]\n',
            "pyright",
        ),
        (
            {},
            '[dependency-groups]\ndev = ["pyright", "mypy"]\n[tool.mypy]\n[tool.pyright]\n',
            "mypy",
        ),
        ({HOOKS: hooks("pyright")}, "[tool.mypy]\n[tool.pyright]\n", "pyright"),
        ({HOOKS: hooks("pyright")}, "", "pyright"),
        ({"requirements-dev.txt": "pyright\n"}, "[tool.mypy]\n[tool.pyright]\n", "pyright"),
    ],
)
def test_the_type_checker(
    tree_of: TreeOf, files: dict[str, str], tables: str, checker: str
) -> None:
    assert chosen(tree_of, files, tables).text("type_checker") == checker


@pytest.mark.parametrize(
    ("files", "tables", "linter"),
    [
        ({}, "", "ruff"),
        ({".flake8": "[flake8]\n"}, "", "flake8"),
        ({"setup.cfg": "[flake8]\nmax-line-length = 99\n"}, "", "flake8"),
        ({"tox.ini": "[flake8]\n"}, "", "flake8"),
        ({".flake8": "[flake8]\n"}, "[tool.ruff]\n", "ruff"),
        ({".flake8": "[flake8]\n", ".ruff.toml": ""}, "", "ruff"),
        ({".flake8": "[flake8]\n", HOOKS: hooks("ruff-check")}, "", "ruff"),
    ],
)
def test_the_linter(tree_of: TreeOf, files: dict[str, str], tables: str, linter: str) -> None:
    assert chosen(tree_of, files, tables).text("linter") == linter


@pytest.mark.parametrize(
    ("files", "tables", "formatter"),
    [
        ({}, "", "ruff"),
        ({}, "[tool.black]\n", "black"),
        ({HOOKS: hooks("black")}, "[tool.ruff]\n", "black"),
        ({}, "[tool.black]\n[tool.ruff.format]\n", "ruff"),
        ({HOOKS: hooks("ruff-format")}, "[tool.black]\n", "ruff"),
        ({HOOKS: hooks("check-yaml")}, "", "ruff"),
    ],
)
def test_the_formatter(tree_of: TreeOf, files: dict[str, str], tables: str, formatter: str) -> None:
    assert chosen(tree_of, files, tables).text("formatter") == formatter


@pytest.mark.parametrize(
    ("files", "tables", "isort"),
    [
        ({}, "", False),
        ({}, "[tool.isort]\n", True),
        ({".isort.cfg": "[settings]\n"}, "", True),
        ({"setup.cfg": "[isort]\nprofile = black\n"}, "", True),
        ({}, '[tool.isort]\n[tool.ruff.lint]\nselect = ["E"]\n', True),
        ({}, '[tool.isort]\n[tool.ruff.lint]\nextend-select = ["I001"]\n', False),
        ({}, '[tool.isort]\n[tool.ruff]\nselect = ["ALL"]\n', False),
        ({"ruff.toml": '[lint]\nselect = ["I"]\n'}, "[tool.isort]\n", False),
        ({}, '[tool.isort]\n[tool.ruff.lint]\nselect = ["ICN"]\n', True),
    ],
)
def test_isort(tree_of: TreeOf, files: dict[str, str], tables: str, isort: bool) -> None:
    assert chosen(tree_of, files, tables).flag("isort") is isort


@pytest.mark.parametrize(
    ("files", "tables", "limits"),
    [
        ({}, "", {}),
        ({}, "[tool.ruff.lint.mccabe]\nmax-complexity = 14\n", {"complexity.max": 14.0}),
        ({}, "[tool.ruff.mccabe]\nmax-complexity = 13\n", {"complexity.max": 13.0}),
        ({".flake8": "[flake8]\nmax-complexity = 12\n"}, "", {"complexity.max": 12.0}),
        ({".flake8": "[flake8]\nmax-complexity = -1\n"}, "", {}),
        ({}, "[tool.coverage.report]\nfail_under = 98.5\n", {"coverage.total": 98.5}),
        ({}, "[tool.coverage.report]\nfail_under = 0\n", {}),
        ({".coveragerc": "[report]\nfail_under = 90\n"}, "", {"coverage.total": 90.0}),
        ({"setup.cfg": "[coverage:report]\nfail_under = 91\n"}, "", {"coverage.total": 91.0}),
        ({"tox.ini": "[coverage:report]\nfail_under=92\n"}, "", {"coverage.total": 92.0}),
        (
            {"pytest.ini": "[pytest]\naddopts = --cov=demo --cov-fail-under=93\n"},
            "",
            {"coverage.total": 93.0},
        ),
        (
            {},
            '[tool.pytest.ini_options]\naddopts = ["--cov-fail-under", "94"]\n',
            {"coverage.total": 94.0},
        ),
    ],
)
def test_the_projects_own_limits(
    tree_of: TreeOf, files: dict[str, str], tables: str, limits: dict[str, float]
) -> None:
    assert chosen(tree_of, files, tables).limits == limits


def test_coverage_reads_the_first_file_that_speaks_of_it(tree_of: TreeOf) -> None:
    tables = "[tool.coverage.report]\nfail_under = 50\n"
    found = chosen(tree_of, {".coveragerc": "[run]\nbranch = true\n"}, tables)
    assert found.flag("coverage_configured")
    assert found.text("fail_under") == ""


def test_the_nearest_configuration_counts(tree_of: TreeOf) -> None:
    root = {
        "pyproject.toml": "[tool.pyright]\n[tool.black]\n[tool.ruff.lint.mccabe]\n"
        "max-complexity = 7\n"
    }
    found = chosen(tree_of, root, manifest="sdks/py/pyproject.toml")
    assert found.text("type_checker") == "pyright"
    assert found.text("formatter") == "black"
    assert found.limits == {"complexity.max": 7.0}
    own = "[tool.mypy]\n[tool.ruff.lint.mccabe]\nmax-complexity = 8\n"
    found = chosen(tree_of, root, own, manifest="sdks/py/pyproject.toml")
    assert found.text("type_checker") == "mypy"
    assert found.limits == {"complexity.max": 8.0}


@pytest.mark.parametrize(
    ("files", "tables", "config"),
    [
        ({}, "", ""),
        ({}, '[tool.bandit]\nskips = ["B101"]\n', "pyproject.toml"),
        ({"bandit.yaml": "skips: []\n"}, "", "bandit.yaml"),
        ({".bandit": "[bandit]\n"}, "", ""),
    ],
)
def test_bandits_settings(tree_of: TreeOf, files: dict[str, str], tables: str, config: str) -> None:
    assert chosen(tree_of, files, tables).text("bandit_config") == config
