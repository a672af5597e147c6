"""Which manifests declare a Python project, and the facts of one."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Project, Tree
from pytest_forge.repository import find_projects
from pytest_forge.settings import Settings
from pytest_forge.toolchains.declarations import Toolchain
from pytest_forge.toolchains.python.project import MANIFESTS, inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

PACKAGED = '[project]\nname = "demo"\nversion = "1.0"\n'


def project(tree: Tree, manifest: str = "pyproject.toml") -> Project:
    found = inspect(tree, manifest)
    assert isinstance(found, Project), found
    return found


def reason(tree: Tree, manifest: str) -> str:
    found = inspect(tree, manifest)
    assert isinstance(found, str), found
    return found


def found_in(tree: Tree) -> tuple[list[str], dict[str, str]]:
    python = Toolchain("python", MANIFESTS, inspect, runs=(), checks=())
    found = find_projects(tree, Settings(), (python,))
    return (
        [one.manifest for one in found.projects],
        {one.manifest: one.why for one in found.passed_over},
    )


@pytest.mark.parametrize(
    "content",
    [
        PACKAGED,
        '[build-system]\nrequires = ["setuptools"]\n',
        '[tool.poetry]\nname = "demo"\nversion = "1.0"\n',
        '[tool.flit.metadata]\nmodule = "demo"\n',
        '[tool.uv.workspace]\nmembers = ["packages/*"]\n',
    ],
)
def test_a_pyproject_that_says_so_is_a_project(tree_of: TreeOf, content: str) -> None:
    assert project(tree_of({"pyproject.toml": content})).language == "python"


def test_a_pyproject_with_settings_of_tools_alone_is_none(tree_of: TreeOf) -> None:
    tree = tree_of({"pyproject.toml": "[tool.ruff]\nline-length = 99\n", "a.py": ""})
    assert reason(tree, "pyproject.toml").startswith("only settings of tools")


def test_a_setup_script_is_a_project_only_if_it_sets_up(tree_of: TreeOf) -> None:
    real = "from setuptools import setup\nsetup(name='demo')\n"
    helper = "def setup(app):\n    app.add('x')\n\nsetup(None)\n"
    tree = tree_of({"real/setup.py": real, "helper/setup.py": helper, "two/setup.py": "print 'x'"})
    assert project(tree, "real/setup.py").name == "demo"
    assert reason(tree, "helper/setup.py") == "it does not call setup() of setuptools in Python 3"
    assert reason(tree, "two/setup.py") == "it does not call setup() of setuptools in Python 3"


def test_a_setup_cfg_is_a_project_only_with_metadata(tree_of: TreeOf) -> None:
    tree = tree_of(
        {
            "real/setup.cfg": "[metadata]\nname = demo\nversion = 2.0\n",
            "tools/setup.cfg": "[flake8]\nmax-line-length = 99\n",
        }
    )
    assert project(tree, "real/setup.cfg").text("version") == "2.0"
    assert reason(tree, "tools/setup.cfg").startswith("only settings of tools")


def test_requirements_with_code_beside_them_are_an_application(tree_of: TreeOf) -> None:
    files = {"requirements.txt": "flask\n", "app.py": "", "lib/x.py": "", "tests/test_app.py": ""}
    found = project(tree_of(files), "requirements.txt")
    assert found.words("sources") == ("app.py", "lib")
    assert found.flag("requirements_only")
    assert not found.flag("has_backend")
    assert list(found.exempt) == ["breaking-changes"]


def test_requirements_without_code_are_a_list(tree_of: TreeOf) -> None:
    tree = tree_of({"ci/requirements.txt": "tox\n", "app.py": ""})
    assert reason(tree, "ci/requirements.txt").startswith("only a list of requirements")


def test_helper_scripts_with_requirements_belong_to_the_project_above(tree_of: TreeOf) -> None:
    helper = {"release/requirements.txt": "x\n", "release/tag.py": ""}
    service = {"service/requirements.txt": "x\n", "service/a.py": "", "service/test_a.py": ""}
    tree = tree_of({"pyproject.toml": PACKAGED, **helper, **service})
    projects, passed_over = found_in(tree)
    assert projects == ["pyproject.toml", "service/requirements.txt"]
    assert "belong to the project in the root" in passed_over["release/requirements.txt"]


def test_the_winner_of_a_directory_still_reads_the_other_files(tree_of: TreeOf) -> None:
    tree = tree_of(
        {
            "pyproject.toml": "[tool.black]\n",
            "setup.py": "from setuptools import setup\nsetup(name='demo', version='3.1')\n",
            "requirements.txt": "x\n",
        }
    )
    projects, passed_over = found_in(tree)
    assert projects == ["setup.py"]
    assert passed_over["requirements.txt"] == "setup.py stands for its directory"
    assert project(tree, "setup.py").text("formatter") == "black"


def test_unreadable_toml_is_a_configuration_error_with_file_and_line(tree_of: TreeOf) -> None:
    tree = tree_of({"sdk/pyproject.toml": '[project]\nname = "demo\n'})
    with pytest.raises(ConfigurationError, match=r"^sdk/pyproject\.toml: .*line 2"):
        inspect(tree, "sdk/pyproject.toml")


def test_toml_that_is_not_utf8_is_a_configuration_error_with_its_line(tree_of: TreeOf) -> None:
    tree = tree_of({"pyproject.toml": b'[project]\nname = "demo"\ndescription = "caf\xe9"\n'})
    with pytest.raises(ConfigurationError, match=r"pyproject\.toml: not UTF-8 \(at line 3\)"):
        inspect(tree, "pyproject.toml")


def test_an_unreadable_ini_file_is_a_configuration_error_with_file_and_line(
    tree_of: TreeOf,
) -> None:
    tree = tree_of({"pyproject.toml": PACKAGED, "tox.ini": "no section\n"})
    with pytest.raises(ConfigurationError, match=r"tox\.ini.*line: 1"):
        inspect(tree, "pyproject.toml")


def test_broken_manifests_where_no_product_is_are_not_read(tree_of: TreeOf) -> None:
    broken = "tests/broken/pyproject.toml"
    projects, passed_over = found_in(tree_of({"pyproject.toml": PACKAGED, broken: "[project\n"}))
    assert projects == ["pyproject.toml"]
    assert 'below "tests"' in passed_over[broken]


def test_a_byte_order_mark_is_not_part_of_a_file(tree_of: TreeOf) -> None:
    mark = b"\xef\xbb\xbf"
    tree = tree_of(
        {
            "pyproject.toml": mark + PACKAGED.encode(),
            "setup.cfg": mark + b"[coverage:report]\nfail_under = 91\n",
            "tests/test_a.py": mark
            + b"import pytest\n\n@pytest.mark.integration\ndef test(): ...\n",
        }
    )
    found = project(tree)
    assert (found.name, found.limits) == ("demo", {"coverage.total": 91.0})
    assert found.flag("integration_marker")


def test_latin_1_is_read(tree_of: TreeOf) -> None:
    script = "# -*- coding: latin-1 -*-\nfrom setuptools import setup\n# é\nsetup(name='demo')\n"
    config = "[metadata]\nauthor = André\n[options]\npython_requires = >=3.9\n"
    tree = tree_of({"setup.py": script.encode("latin-1"), "setup.cfg": config.encode("latin-1")})
    assert project(tree, "setup.py").text("requires_python") == ">=3.9"


def test_a_manifest_may_stand_in_a_package_or_below_strange_names(tree_of: TreeOf) -> None:
    place = 'sdk\'s "own" dir'
    tree = tree_of(
        {
            f"{place}/pyproject.toml": PACKAGED,
            f"{place}/__init__.py": "",
            f"{place}/demo/__init__.py": "",
        }
    )
    found = project(tree, f"{place}/pyproject.toml")
    assert found.directory == place
    assert found.words("sources") == ("demo",)


def test_files_of_a_project_below_are_not_the_ones_above(tree_of: TreeOf) -> None:
    tree = tree_of(
        {
            "pyproject.toml": PACKAGED,
            "demo/__init__.py": "",
            "plugin/pyproject.toml": PACKAGED,
            "plugin/tests/test_p.py": "",
            "examples/one/setup.py": "",
            "examples/one/main.py": "",
        }
    )
    found = project(tree)
    assert found.words("py_files") == (
        "demo/__init__.py",
        "examples/one/main.py",
        "examples/one/setup.py",
    )
    assert found.words("unit_tests") == ()


def test_what_a_package_marks_as_private_has_no_release_to_compare(tree_of: TreeOf) -> None:
    text = PACKAGED + 'classifiers = ["Private :: Do Not Upload"]\n'
    found = project(tree_of({"pyproject.toml": text, "demo.py": ""}))
    assert found.exempt == {"breaking-changes": "it says of itself that it is never published"}


def test_a_package_without_python_code_has_no_types(tree_of: TreeOf) -> None:
    found = project(tree_of({"pyproject.toml": PACKAGED, "tests/test_native.py": ""}))
    assert found.exempt == {"types": "it ships no Python code"}


@pytest.mark.parametrize(
    ("text", "backend"),
    [
        ('[build-system]\nbuild-backend = "hatchling.build"\n' + PACKAGED, True),
        (PACKAGED, False),
        ('[build-system]\nrequires = []\n[tool.poetry]\nname = "a"\npackage-mode = false\n', False),
        ("[build-system]\nrequires = []\n[tool.uv]\npackage = false\n", False),
    ],
)
def test_a_wheel_is_built_where_a_backend_is_named(
    tree_of: TreeOf, text: str, backend: bool
) -> None:
    assert project(tree_of({"pyproject.toml": text})).flag("has_backend") is backend


def test_a_typed_marker_counts_where_it_ships(tree_of: TreeOf) -> None:
    files = {"pyproject.toml": PACKAGED, "src/demo/__init__.py": "", "tests/py.typed": ""}
    assert not project(tree_of(files)).flag("typed")
    assert project(tree_of({**files, "src/demo/py.typed": ""})).flag("typed")


def test_a_workspace_is_one_project_with_its_members(tree_of: TreeOf) -> None:
    workspace = '[tool.uv.workspace]\nmembers = ["core", "libs/*", "examples/*"]\n'
    tree = tree_of(
        {
            "pyproject.toml": PACKAGED + workspace + 'exclude = ["libs/old"]\n',
            "demo/__init__.py": "",
            "core/pyproject.toml": '[project]\nname = "core"\n',
            "core/python/core/__init__.py": "",
            "libs/a/pyproject.toml": '[project]\nname = "a"\n',
            "libs/a/src/a/__init__.py": "",
            "libs/old/pyproject.toml": '[project]\nname = "old"\n',
            "examples/x/pyproject.toml": '[project]\nname = "x"\n',
            "examples/x/x.py": "",
        }
    )
    found = project(tree)
    assert found.members == (
        "core/pyproject.toml",
        "examples/x/pyproject.toml",
        "libs/a/pyproject.toml",
    )
    assert found.words("packages") == ("demo",)
    assert "libs/a/src/a" in found.words("sources")
    assert "libs/a/src" in found.words("search_path")
    assert "examples/x/x.py" not in found.words("sources")
    projects, passed_over = found_in(tree)
    assert projects == ["pyproject.toml", "libs/old/pyproject.toml"]
    assert passed_over["core/pyproject.toml"].startswith("a member of the workspace")


def test_a_workspace_without_a_package_of_its_own_releases_nothing(tree_of: TreeOf) -> None:
    tree = tree_of(
        {
            "all/pyproject.toml": '[tool.uv.workspace]\nmembers = ["packages/*"]\n',
            "all/packages/a/pyproject.toml": PACKAGED,
            "all/packages/a/src/demo/__init__.py": "",
        }
    )
    found = project(tree, "all/pyproject.toml")
    assert found.name == "all"
    assert found.members == ("all/packages/a/pyproject.toml",)
    assert found.words("sources") == ("packages/a/src/demo",)
    assert found.words("member_packages") == ("demo",)
    assert list(found.exempt) == ["breaking-changes"]
