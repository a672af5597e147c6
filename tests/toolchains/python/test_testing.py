"""Where a project's tests are."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.projects import Tree
from pytest_forge.toolchains.python.declared import Declared
from pytest_forge.toolchains.python.testing import Tests, find_tests

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]


def found(tree: Tree) -> Tests:
    return find_tests(Declared(tree, "."), frozenset(tree.files))


SETTINGS = {
    "pytest.toml": '[pytest]\ntestpaths = ["checks"]\n',
    "pytest.ini": "[pytest]\ntestpaths = checks\n",
    "pyproject.toml": '[tool.pytest]\ntestpaths = ["checks"]\n',
    "tox.ini": "[pytest]\ntestpaths =\n    checks\n",
    "setup.cfg": "[tool:pytest]\ntestpaths = checks missing\n",
}


@pytest.mark.parametrize("name", SETTINGS)
def test_configured_paths_come_first(tree_of: TreeOf, name: str) -> None:
    tree = tree_of({name: SETTINGS[name], "checks/test_a.py": "", "tests/test_b.py": ""})
    assert found(tree).unit == ("checks",)


def test_pytests_first_settings_file_counts(tree_of: TreeOf) -> None:
    files = {"pytest.ini": "[pytest]\ntestpaths = one\n", "one/test_a.py": "", "two/test_b.py": ""}
    tables = '[tool.pytest.ini_options]\ntestpaths = ["two"]\n'
    assert found(tree_of({"pyproject.toml": tables, **files})).unit == ("one",)


def test_configured_globs_are_expanded(tree_of: TreeOf) -> None:
    tables = '[tool.pytest.ini_options]\ntestpaths = "packages/*/tests extra/"\n'
    files = ["packages/a/tests/test_a.py", "packages/b/tests/test_b.py", "extra/test_c.py"]
    tree = tree_of({"pyproject.toml": tables, **dict.fromkeys(files, "")})
    assert found(tree).unit == ("packages/a/tests", "packages/b/tests", "extra")


@pytest.mark.parametrize(
    ("files", "unit"),
    [
        (["tests/test_a.py", "src/a/test_b.py"], ("tests",)),
        (["test/a_test.py"], ("test",)),
        (["src/a/tests/test_b.py", "src/a/tests/sub/test_c.py"], ("src/a/tests",)),
        (["test_one.py", "conftest.py", "lib/b_test.py"], ("lib", "test_one.py")),
        (["tests/data.json", "a.py"], ()),
    ],
)
def test_without_settings_the_usual_places_count(
    tree_of: TreeOf, files: list[str], unit: tuple[str, ...]
) -> None:
    assert found(tree_of(dict.fromkeys(files, ""))).unit == unit


@pytest.mark.parametrize(
    "place", ["tests/integration", "integration_tests", "tests/integration-tests", "a/integration"]
)
def test_integration_tests_by_their_directory(tree_of: TreeOf, place: str) -> None:
    tree = tree_of({f"{place}/test_a.py": "", f"{place}/sub/test_b.py": "", "tests/test_c.py": ""})
    assert found(tree).integration == (place,)


def test_a_directory_without_tests_holds_no_integration_tests(tree_of: TreeOf) -> None:
    assert found(tree_of({"src/integration/client.py": ""})).integration == ()


@pytest.mark.parametrize(
    ("files", "marker"),
    [
        (
            {"pytest.ini": "[pytest]\nmarkers =\n    slow: x\n    integration: with a server\n"},
            True,
        ),
        ({"pyproject.toml": '[tool.pytest]\nmarkers = ["integration"]\n'}, True),
        ({"pyproject.toml": '[tool.pytest]\nmarkers = ["integration_slow: x"]\n'}, False),
        ({"tests/test_a.py": "pytestmark = [pytest.mark.integration]\n"}, True),
        ({"tests/test_a.py": "@pytest.mark.integrations\n"}, False),
        ({"src/a.py": "pytest.mark.integration\n"}, False),
    ],
)
def test_integration_tests_by_their_marker(
    tree_of: TreeOf, files: dict[str, str], marker: bool
) -> None:
    assert found(tree_of(files)).marker is marker


@pytest.mark.parametrize("stated", ['"specimens .*"', '["specimens", ".*"]'])
def test_integration_tests_are_not_sought_where_pytest_does_not_look(
    tree_of: TreeOf, stated: str
) -> None:
    tables = f"[tool.pytest.ini_options]\nnorecursedirs = {stated}\n"
    files = ["tests/integration/test_a.py", "tests/specimens/a/tests/integration/test_b.py"]
    tree = tree_of({"pyproject.toml": tables, **dict.fromkeys(files, "")})
    assert found(tree).integration == ("tests/integration",)
