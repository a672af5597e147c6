"""What a Python project ships, by build backend and by layout."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.projects import Tree
from pytest_forge.toolchains.python.code import Code
from pytest_forge.toolchains.python.declared import Declared
from pytest_forge.toolchains.python.sources import Layout, layout

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]


def shipped(tree: Tree, distribution: str = "demo") -> Layout:
    code = frozenset(path for path in tree.files if path.endswith((".py", ".pyi")))
    return layout(Declared(tree, "."), Code(code), distribution)


def backend(name: str, rest: str = "") -> str:
    return f'[build-system]\nrequires = []\nbuild-backend = "{name}"\n{rest}'


@pytest.mark.parametrize(
    ("files", "sources", "packages", "search_path"),
    [
        (["src/demo/__init__.py", "tests/a.py"], ("src/demo",), ("demo",), ("src",)),
        (["demo/__init__.py", "other/__init__.py"], ("demo",), ("demo",), (".",)),
        (["demo.py", "setup.py", "conftest.py"], ("demo.py",), ("demo",), (".",)),
        (
            [
                "lib/__init__.py",
                "helper.py",
                "tests/a.py",
                "docs/conf.py",
                "noxfile.py",
                "test_a.py",
            ],
            ("helper.py", "lib"),
            ("helper", "lib"),
            (".",),
        ),
        (
            ["src/a/__init__.py", "src/b.py", "src/tests/test_a.py"],
            ("src/a", "src/b.py"),
            ("a", "b"),
            ("src",),
        ),
        (
            ["src/acme/cloud/one/__init__.py", "src/acme/cloud/two/__init__.py"],
            ("src/acme",),
            ("acme.cloud.one", "acme.cloud.two"),
            ("src",),
        ),
        (["src/__init__.py", "src/a.py"], ("src",), ("src",), (".",)),
        (["tests/test_native.py"], (), (), ()),
    ],
)
def test_layouts_that_need_no_configuration(
    tree_of: TreeOf,
    files: list[str],
    sources: tuple[str, ...],
    packages: tuple[str, ...],
    search_path: tuple[str, ...],
) -> None:
    found = shipped(tree_of(dict.fromkeys(files, "")))
    assert found == Layout(sources, packages, search_path)


@pytest.mark.parametrize(
    "configuration",
    [
        backend("hatchling.build", '[tool.hatch.build.targets.wheel]\npackages = ["lib/one"]\n'),
        backend("hatchling.build", '[tool.hatch.build]\ninclude = ["/lib/one/**/*.py", "*.md"]\n'),
        backend("setuptools.build_meta", '[tool.setuptools.packages.find]\nwhere = ["lib"]\n'),
        backend(
            "setuptools.build_meta",
            '[tool.setuptools]\npackages = ["one", "one.sub"]\npackage-dir = { "" = "lib" }\n',
        ),
        backend(
            "setuptools.build_meta",
            '[tool.setuptools]\npackages = ["one"]\npackage-dir = { one = "lib/one" }\n',
        ),
        backend(
            "poetry.core.masonry.api",
            '[tool.poetry]\npackages = [{ include = "one", from = "lib" }]\n',
        ),
        backend("pdm.backend", '[tool.pdm.build]\npackage-dir = "lib"\n'),
        backend("pdm.backend", '[tool.pdm.build]\nincludes = ["lib/one"]\n'),
        backend("maturin", '[tool.maturin]\npython-source = "lib"\nmodule-name = "one._native"\n'),
        backend("uv_build", '[tool.uv.build-backend]\nmodule-root = "lib"\nmodule-name = "one"\n'),
        backend("scikit_build_core.build", '[tool.scikit-build.wheel]\npackages = ["lib/one"]\n'),
    ],
)
def test_what_a_backend_is_told_stands_above_the_layout(
    tree_of: TreeOf, configuration: str
) -> None:
    files = {"lib/one/__init__.py": "", "lib/one/sub/__init__.py": "", "demo/__init__.py": ""}
    found = shipped(tree_of({"pyproject.toml": configuration, **files}))
    assert found == Layout(("lib/one",), ("one",), ("lib",))


@pytest.mark.parametrize(
    ("files", "base"),
    [({"src/other/__init__.py": ""}, "src"), ({"other/__init__.py": ""}, ".")],
)
def test_flit_is_told_a_module_and_finds_its_directory(
    tree_of: TreeOf, files: dict[str, str], base: str
) -> None:
    text = backend("flit_core.buildapi", '[tool.flit.module]\nname = "other"\n')
    found = shipped(tree_of({"pyproject.toml": text, "demo.py": "", **files}))
    assert (found.packages, found.search_path) == (("other",), (base,))


def test_hatch_may_be_told_the_whole_source_directory(tree_of: TreeOf) -> None:
    text = backend(
        "hatchling.build",
        '[tool.hatch.build.targets.wheel]\nonly-include = ["src"]\nsources = ["src"]\n',
    )
    files = {"src/a/__init__.py": "", "src/b/__init__.py": "", "a/__init__.py": ""}
    found = shipped(tree_of({"pyproject.toml": text, **files}))
    assert found.sources == ("src/a", "src/b")


def test_what_is_stated_but_not_there_gives_way_to_the_layout(tree_of: TreeOf) -> None:
    text = backend("hatchling.build", '[tool.hatch.build]\npackages = ["src/generated"]\n')
    found = shipped(tree_of({"pyproject.toml": text, "demo/__init__.py": ""}))
    assert found.sources == ("demo",)


def test_setuptools_finds_what_is_included_and_leaves_what_is_excluded(tree_of: TreeOf) -> None:
    find = '[tool.setuptools.packages.find]\ninclude = ["demo*"]\nexclude = ["demo_old"]\n'
    files = {"demo/__init__.py": "", "demo_x/__init__.py": "", "demo_old/__init__.py": ""}
    tree = tree_of(
        {
            "pyproject.toml": backend("setuptools.build_meta", find),
            "other/__init__.py": "",
            "demo_script.py": "",
            **files,
        }
    )
    assert shipped(tree).sources == ("demo", "demo_x")


@pytest.mark.parametrize(
    "config",
    [
        "[options]\npackages = find:\npackage_dir =\n    = lib\n",
        "[options]\npackages = find:\n[options.packages.find]\nwhere = lib\n",
        "[options]\npackages =\n    one\n    one.sub\npackage_dir =\n    =lib\n",
    ],
)
def test_setup_cfg_is_read(tree_of: TreeOf, config: str) -> None:
    files = {"lib/one/__init__.py": "", "lib/one/sub/__init__.py": "", "demo/__init__.py": ""}
    found = shipped(tree_of({"setup.cfg": config, **files}))
    assert found == Layout(("lib/one",), ("one",), ("lib",))


@pytest.mark.parametrize(
    ("call", "sources"),
    [
        ("packages=find_packages('lib'), package_dir={'': 'lib'}", ("lib/one",)),
        ("packages=find_packages(where='lib')", ("lib/one",)),
        ("packages=['one'], package_dir={'': 'lib'}", ("lib/one",)),
        ("py_modules=['single']", ("single.py",)),
        ("packages=computed()", ("demo",)),
    ],
)
def test_setup_py_is_read_and_not_run(tree_of: TreeOf, call: str, sources: tuple[str, ...]) -> None:
    script = f"import setuptools\nraise SystemExit\nsetuptools.setup(name='demo', {call})\n"
    files = {"lib/one/__init__.py": "", "demo/__init__.py": "", "single.py": ""}
    assert shipped(tree_of({"setup.py": script, **files})).sources == sources


def test_an_unknown_backend_leaves_the_layout(tree_of: TreeOf) -> None:
    text = backend("my_own_backend", '[tool.setuptools]\npackages = ["other"]\n')
    tree = tree_of({"pyproject.toml": text, "other/__init__.py": "", "demo/__init__.py": ""})
    assert shipped(tree).sources == ("demo",)
