"""What golangci-lint is told, in both forms of its settings and all four of its files."""

import json
from collections.abc import Callable, Mapping

import pytest

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Tree
from pytest_forge.toolchains.go.configured import Golangci, golangci

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

FIRST = """
run:
  build-tags: [fips, integration]
linters:
  enable: [gocyclo]
linters-settings:
  gocyclo: {min-complexity: 22}
  cyclop: {max-complexity: 11}
"""
SECOND = """
version: "2"
linters:
  default: none
  enable:
    - gocyclo # enabled
    - cyclop
  settings:
    gocyclo:
      min-complexity: 15
    cyclop:
      max-complexity: 12
"""


def read(tree_of: TreeOf, text: str, name: str = ".golangci.yml") -> Golangci:
    return golangci(tree_of({name: text}), ".")


def test_the_first_form(tree_of: TreeOf) -> None:
    found = read(tree_of, FIRST)
    assert found.build_tags == ("fips", "integration")
    assert found.complexity == 22


def test_the_second_form_and_the_stricter_of_two_limits(tree_of: TreeOf) -> None:
    assert read(tree_of, SECOND).complexity == 12


@pytest.mark.parametrize(
    ("linters", "limit"),
    [
        ("{enable-all: true}", 11),
        ("{enable-all: true, disable: [cyclop]}", 22),
        ("{enable-all: true, disable: [cyclop, gocyclo]}", None),
        ("{presets: [complexity], disable: [cyclop]}", 22),
        ("{presets: [bugs]}", None),
        ("{disable-all: true, enable: [cyclop]}", 11),
        ("{}", None),
    ],
)
def test_only_an_enabled_linters_limit_is_stated(
    tree_of: TreeOf, linters: str, limit: float | None
) -> None:
    text = FIRST.replace("\nlinters:\n  enable: [gocyclo]", f"\nlinters: {linters}")
    assert read(tree_of, text).complexity == limit


@pytest.mark.parametrize(
    ("default", "limit"), [("all", 15), ("standard", None), ("none", None), ("fast", None)]
)
def test_the_second_forms_default(tree_of: TreeOf, default: str, limit: float | None) -> None:
    text = (
        f"version: 2\nlinters:\n  default: {default}\n  disable: [cyclop]\n"
        "  settings: {gocyclo: {min-complexity: 15}, cyclop: {max-complexity: 9}}\n"
    )
    assert read(tree_of, text).complexity == limit


def test_a_linters_own_default_is_no_limit_of_the_project(tree_of: TreeOf) -> None:
    assert read(tree_of, "linters: {enable: [gocyclo, cyclop]}").complexity is None


def test_toml_and_json_say_the_same(tree_of: TreeOf) -> None:
    toml = (
        'version = "2"\n[run]\nbuild-tags = ["fips"]\n[linters]\nenable = ["gocyclo"]\n'
        "[linters.settings.gocyclo]\nmin-complexity = 14\n"
    )
    data = {
        "version": "2",
        "run": {"build-tags": ["fips"]},
        "linters": {"enable": ["gocyclo"], "settings": {"gocyclo": {"min-complexity": 14}}},
    }
    for name, text in ((".golangci.toml", toml), (".golangci.json", json.dumps(data))):
        found = read(tree_of, text, name)
        assert (found.path, found.build_tags, found.complexity) == (name, ("fips",), 14)


def test_the_nearest_file_counts_and_of_two_the_first_form(tree_of: TreeOf) -> None:
    above = {".golangci.json": "{}", ".golangci.yaml": "run: {build-tags: [above]}"}
    tree = tree_of({**above, "a/b/c.go": "", "x/.golangci.toml": "[run]\nbuild-tags = ['own']\n"})
    assert golangci(tree, "a/b").path == ".golangci.yaml"
    assert golangci(tree, "a/b").build_tags == ("above",)
    assert golangci(tree, "x").build_tags == ("own",)


def test_without_a_file_nothing_is_stated(tree_of: TreeOf) -> None:
    found = golangci(tree_of({"go.mod": ""}), ".")
    assert (found.path, found.build_tags, found.complexity) == ("", (), None)


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "run: none\nlinters: [gocyclo]\n"])
def test_settings_of_another_shape_say_nothing(tree_of: TreeOf, text: str) -> None:
    found = read(tree_of, text)
    assert (found.path, found.build_tags, found.complexity) == (".golangci.yml", (), None)


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        (".golangci.yml", "run:\n  - a\n b: c\n", "line 3"),
        (".golangci.json", '{"run": }', "line 1"),
        (".golangci.toml", "[run]\na = b\n", "line 2"),
    ],
)
def test_what_cannot_be_read_is_a_configuration_error_with_its_line(
    tree_of: TreeOf, name: str, text: str, place: str
) -> None:
    with pytest.raises(ConfigurationError, match=rf"^\{name}: .*{place}.*`exclude`$"):
        read(tree_of, text, name)


def test_yaml_makes_no_objects(tree_of: TreeOf) -> None:
    with pytest.raises(ConfigurationError, match=r"^\.golangci\.yml: "):
        read(tree_of, "run: !!python/object/apply:os.getcwd []\n")
