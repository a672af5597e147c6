"""The grammar of go.mod and go.work."""

import pytest

from pytest_forge.errors import ConfigurationError
from pytest_forge.toolchains.go.modfile import ModuleFile, parse

EVERYTHING = """\
// Deprecated: use example.com/kit/v2.
module example.com/kit // the whole kit

go 1.25.0
toolchain go1.26.8

require example.com/one v1.2.3
require (
	example.com/two/v2 v2.0.0 // why it is here
	"example.com/three" v0.1.0 // indirect
	`example.com/four` v0.0.0-20240101000000-abcdefabcdef // indirect; for the tests
	example.com/five v1.0.0 // indirectly
	// example.com/six v1.0.0
)
require()
exclude example.com/two/v2 v2.0.1
replace (
	example.com/one => ../one
	example.com/three v0.1.0 => example.com/fork v0.1.1
)
retract [v1.9.0, v1.9.5] // broken
retract (
	v1.0.0
)
ignore ./node_modules
tool example.com/one/cmd/one
godebug default=go1.21
"""


def read(text: str) -> ModuleFile:
    return parse(text.encode(), "sdk/go.mod")


def test_every_directive_is_read() -> None:
    found = read(EVERYTHING)
    assert found.first("module") == "example.com/kit"
    assert (found.first("go"), found.first("toolchain")) == ("1.25.0", "go1.26.8")
    assert found.direct == ("example.com/one", "example.com/two/v2", "example.com/five")
    assert len(found.of("require")) == 5
    assert found.paths("exclude") == ("example.com/two/v2",)
    assert found.paths("ignore") == ("./node_modules",)
    assert found.paths("tool") == ("example.com/one/cmd/one",)
    assert len(found.of("retract")) == 2
    assert found.replaced == (
        ("example.com/one", "../one"),
        ("example.com/three v0.1.0", "example.com/fork v0.1.1"),
    )


def test_a_workspace_names_directories() -> None:
    found = read('go 1.26\n\nuse ./a\nuse (\n\t.\n\t"./odd name" // quoted\n)\n')
    assert found.paths("use") == ("./a", ".", "./odd name")


@pytest.mark.parametrize(
    "text",
    [
        "module example.com/kit",
        "\ufeffmodule example.com/kit\r\n\r\ngo 1.20\r\n",
        'module "example.com/kit"\n',
        "module (\n\texample.com/kit\n)\n",
        "// module example.com/other\nmodule\texample.com/kit//comment\n",
    ],
)
def test_a_module_path_is_read_in_every_form(text: str) -> None:
    assert read(text).first("module") == "example.com/kit"


def test_what_is_not_there_is_empty() -> None:
    found = read("")
    assert (found.first("module"), found.direct, found.replaced) == ("", (), ())


def test_directives_of_later_versions_do_no_harm() -> None:
    found = read("module a\nfuture (\n\tx y z\n)\n")
    assert found.of("future")[0].words == ("x", "y", "z")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("module a\n\nrequire (\n\tb v1.0.0\n", 3),
        ('module "a\n', 1),
        ("module a\n/* old */\n", 2),
        ("module a\nrequire `b v1.0.0\n", 2),
    ],
)
def test_what_go_itself_refuses_is_a_configuration_error(text: str, line: int) -> None:
    with pytest.raises(ConfigurationError, match=rf"^sdk/go\.mod:{line}: .*`exclude`$"):
        read(text)
