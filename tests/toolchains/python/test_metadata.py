"""Name, version and Python of a project, as its files state them."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.projects import Tree
from pytest_forge.toolchains.python.declared import Declared
from pytest_forge.toolchains.python.metadata import metadata

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

DYNAMIC = '[project]\nname = "demo"\ndynamic = ["version"]\n'


@pytest.mark.parametrize(
    ("files", "version", "held_by"),
    [
        (
            {"pyproject.toml": '[project]\nname = "demo"\nversion = "1.2.3"\n'},
            "1.2.3",
            ("pyproject.toml",),
        ),
        (
            {
                "pyproject.toml": DYNAMIC + '[tool.hatch.version]\npath = "demo/about.py"\n',
                "demo/about.py": '"""About."""\nname = "9.9"\n__version__: str = "1.1"\n',
            },
            "1.1",
            ("demo/about.py",),
        ),
        (
            {
                "pyproject.toml": DYNAMIC + '[tool.pdm.version]\npath = "demo.py"\n',
                "demo.py": 'VERSION = "1.4"\n',
            },
            "1.4",
            ("demo.py",),
        ),
        (
            {
                "pyproject.toml": DYNAMIC
                + '[tool.setuptools.dynamic]\nversion = { file = ["VERSION"] }\n',
                "VERSION": "1.5.0\n",
            },
            "1.5.0",
            ("VERSION",),
        ),
        (
            {
                "setup.cfg": "[metadata]\nname = demo\nversion = attr: demo.__version__\n",
                "src/demo/__init__.py": "__version__ = '1.6'\n",
            },
            "1.6",
            ("src/demo/__init__.py",),
        ),
        (
            {
                "setup.cfg": "[metadata]\nname = demo\nversion = file: VERSION\n",
                "VERSION": "1.7",
            },
            "1.7",
            ("VERSION",),
        ),
        (
            {
                "pyproject.toml": DYNAMIC + '[tool.hatch.version]\npath = "demo.py"\n',
                "demo.py": "import x\n__version__ = x.compute()\n",
            },
            "",
            ("demo.py",),
        ),
        (
            {
                "pyproject.toml": DYNAMIC + '[tool.hatch.version]\npath = "demo.py"\n',
                "demo.py": "__version__ = \n",
            },
            "",
            ("demo.py",),
        ),
        ({"pyproject.toml": DYNAMIC}, "", ()),
    ],
)
def test_the_version_and_the_file_that_holds_it(
    tree_of: TreeOf, files: dict[str, str], version: str, held_by: tuple[str, ...]
) -> None:
    manifest = next(iter(files))
    found = metadata(Declared(tree_of(files), "."), manifest)
    assert (found.name, found.version, found.version_files) == ("demo", version, held_by)
    assert not found.from_vcs


@pytest.mark.parametrize(
    "tables",
    [
        '[tool.hatch.version]\nsource = "vcs"\n',
        '[tool.pdm.version]\nsource = "scm"\n',
        "[tool.setuptools_scm]\n",
        '[build-system]\nrequires = ["setuptools", "setuptools-scm>=8"]\n',
    ],
)
def test_a_version_from_the_history_is_told_apart(tree_of: TreeOf, tables: str) -> None:
    found = metadata(Declared(tree_of({"pyproject.toml": DYNAMIC + tables}), "."), "pyproject.toml")
    assert (found.version, found.from_vcs) == ("", True)


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ('[project]\nname = "a"\nrequires-python = ">=3.9,<4"\n', ">=3.9,<4"),
        ('[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3.9"\n', ">=3.9,<4"),
        ('[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = ">=3.8"\n', ">=3.8"),
        ('[tool.flit.metadata]\nmodule = "a"\nrequires-python = ">=3.7"\n', ">=3.7"),
        ('[project]\nname = "a"\n', ""),
    ],
)
def test_the_range_of_python(tree_of: TreeOf, text: str, python: str) -> None:
    found = metadata(Declared(tree_of({"pyproject.toml": text}), "."), "pyproject.toml")
    assert (found.name, found.python) == ("a", python)


def test_a_name_is_normalised(tree_of: TreeOf) -> None:
    tree = tree_of({"pyproject.toml": '[project]\nname = "My_Demo.Lib"\n'})
    assert metadata(Declared(tree, "."), "pyproject.toml").name == "my-demo-lib"
