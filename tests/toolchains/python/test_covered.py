"""Which files the unit tests of a Python project should reach."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.python.covered import is_code
from pytest_forge.toolchains.python.project import inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

FILES = {
    "sdk/pyproject.toml": '[project]\nname = "demo"\nversion = "1.0"\n',
    "sdk/src/demo/__init__.py": "",
    "sdk/src/demo/made/models.py": "",
    "sdk/src/demo/__main__.py": "",
    "sdk/src/demo/data.json": "",
    "sdk/tests/test_demo.py": "",
    "other/src/demo/x.py": "",
}


def code(tree: Tree) -> set[str]:
    project = inspect(tree, "sdk/pyproject.toml")
    assert isinstance(project, Project)
    return {path.rpartition("demo/")[2] for path in tree.files if is_code(project, tree, path)}


def test_code_is_what_ships(tree_of: TreeOf) -> None:
    assert code(tree_of(FILES)) == {"__init__.py", "made/models.py", "__main__.py"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".coveragerc", "[run]\nomit =\n    */made/*\n[report]\nomit = __main__.py\n"),
        ("setup.cfg", "[coverage:run]\nomit = src/demo/made/**,\n    */__main__.py\n"),
        ("tox.ini", "[coverage:report]\nomit =\n  src/demo/made/models.py\n  __main__.py\n"),
        (
            "pyproject.toml",
            FILES["sdk/pyproject.toml"]
            + '[tool.coverage]\nrun.omit = ["*/made/*"]\nreport.omit = ["__main__.py"]\n',
        ),
    ],
)
def test_what_the_project_leaves_out_of_its_coverage_is_none(
    tree_of: TreeOf, name: str, text: str
) -> None:
    assert code(tree_of({**FILES, f"sdk/{name}": text})) == {"__init__.py"}


def test_only_the_first_file_that_speaks_of_coverage_counts(tree_of: TreeOf) -> None:
    later = {"sdk/tox.ini": "[coverage:run]\nomit = *\n"}
    assert len(code(tree_of({**FILES, "sdk/.coveragerc": "", **later}))) == 3
    assert code(tree_of({**FILES, **later})) == set()
