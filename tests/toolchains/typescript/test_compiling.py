"""What the compiler is given, and which of its errors are of which gate."""

import json
from pathlib import Path
from typing import Any

import pytest
from toy_repository import Repository

from pytest_forge.errors import NothingMeasured
from pytest_forge.listing import list_tree
from pytest_forge.model import Finding, Report
from pytest_forge.projects import FactValue, Project
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.typescript.compiling import (
    as_compilation,
    as_types,
    compile_command,
    compiled_place,
    configurations,
    lend_modules,
)


def context(repository: Repository, variant: str = "", **facts: FactValue) -> Context:
    root = repository.root
    project = Project("package.json", "typescript", "kit", {"packages": (".",), **facts})
    scratch = root.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    tree = list_tree(root)
    return Context(project, ProjectSettings(), tree, root, root, scratch, {}, variant=variant)


def test_several_configurations_are_compiled_one_by_one(repository: Repository) -> None:
    several = context(repository, tsconfigs=("tsconfig.json", "src/tsconfig.json")).project
    assert configurations(several, ProjectSettings()) == ("tsconfig.json", "src/tsconfig.json")
    single = context(repository, tsconfigs=("tsconfig.json",)).project
    assert configurations(single, ProjectSettings()) == ("",)


def test_the_projects_configuration_is_compiled_in_its_place(repository: Repository) -> None:
    asked = context(repository, tsconfigs=("tsconfig.json",), typescript=True)
    with compiled_place(asked) as slots:
        place = repository.root
        assert slots == {"config": str(place / "tsconfig.json"), "place": str(place)}
    assert {"--noEmit", "--listFiles", "--diagnostics"} <= {*compile_command(asked)}


def test_types_are_looked_at_where_the_build_does_not(repository: Repository) -> None:
    configs = ("tsconfig.json",)
    unchecked = context(repository, tsconfigs=configs, typescript=True, unchecked=configs)
    assert compile_command(unchecked)[-2:] == ("--noCheck", "false")
    # Compilers before 5.6 do not know the option.
    checked = context(repository, tsconfigs=configs, typescript=True)
    assert "--noCheck" not in compile_command(checked)


def test_a_variant_is_its_configuration(repository: Repository) -> None:
    asked = context(repository, "b.json", tsconfigs=("a.json", "b.json"), typescript=True)
    with compiled_place(asked) as slots:
        assert slots["config"].endswith("/b.json")


def test_projects_that_refer_to_each_other_are_built_in_a_copy(repository: Repository) -> None:
    repository.write({"package.json": "{}", "tsconfig.json": "{}", ".gitignore": "node_modules\n"})
    (repository.root / "node_modules/nanoid").mkdir(parents=True)
    repository.commit()
    asked = context(
        repository, tsconfigs=("tsconfig.json",), references=("tsconfig.json",), typescript=True
    )
    assert "--build" in compile_command(asked)
    with compiled_place(asked) as slots:
        place = Path(slots["place"])
        assert place != repository.root
        assert slots["config"] == str(place / "tsconfig.json")
        assert (place / "tsconfig.json").is_file()
        assert (place / "node_modules/nanoid").is_symlink()


def test_plain_javascript_is_parsed_and_nothing_else(repository: Repository) -> None:
    asked = context(repository, sources=("lib/a.js", "index.js"))
    with compiled_place(asked) as slots:
        written = json.loads(Path(slots["config"]).read_text())
    root = str(repository.root)
    assert written["files"] == [f"{root}/lib/a.js", f"{root}/index.js"]
    options = written["compilerOptions"]
    assert (options["allowJs"], options["checkJs"], options["noResolve"]) == (True, False, True)
    assert Path(slots["config"]).is_relative_to(asked.scratch)


@pytest.mark.parametrize(
    ("facts", "why"),
    [({"typescript": True}, "no tsconfig.json"), ({}, "no JavaScript file ships")],
)
def test_nothing_to_compile_is_told(
    facts: dict[str, Any], why: str, repository: Repository
) -> None:
    with pytest.raises(NothingMeasured, match=why), compiled_place(context(repository, **facts)):
        pass


@pytest.mark.parametrize(
    ("text", "is_flow"),
    [
        ("/**\n * Copyright\n *\n * @flow strict\n */\ntype Till = number;\n", True),
        ("// @flow\nlet one: number = 1;\n", True),
        ("/** Copyright */\nconst one = '@flow';\n", False),
        ("// goes with the stream@flow\n", False),
    ],
)
def test_flow_is_not_javascript(text: str, is_flow: bool, repository: Repository) -> None:
    repository.write({"package.json": "{}", "index.js": text}).commit()
    asked = context(repository, sources=("index.js",))
    if is_flow:
        with pytest.raises(NothingMeasured, match="is written in Flow"), compiled_place(asked):
            pass
    else:
        with compiled_place(asked) as slots:
            assert slots["config"]


def test_members_of_a_workspace_lead_into_the_copy(repository: Repository, tmp_path: Path) -> None:
    root = repository.root
    place = tmp_path / "copy"
    for one in (root, place):
        (one / "packages/a").mkdir(parents=True)
    scope = root / "node_modules/@kit"
    (root / "node_modules/.store/nanoid").mkdir(parents=True)
    (root / "node_modules/nanoid").symlink_to(root / "node_modules/.store/nanoid")
    (root / "node_modules/.gitignore").write_text("*\n")
    scope.mkdir()
    (scope / "a").symlink_to(root / "packages/a")
    lend_modules(context(repository, packages=(".", "packages/a")), root, place)
    lent = place / "node_modules"
    assert (lent / "@kit/a").resolve() == (place / "packages/a").resolve()
    assert (lent / "nanoid").resolve() == (root / "node_modules/.store/nanoid").resolve()
    assert (lent / ".gitignore").read_text() == "*\n"
    assert not (place / "packages/a/node_modules").exists()
    # What is there already stays as it is.
    lend_modules(context(repository), root, place)
    assert (lent / "@kit/a").resolve() == (place / "packages/a").resolve()


CODES = {
    1109: "compilation",  # expression expected
    5023: "compilation",  # unknown compiler option
    6053: "compilation",  # file not found
    18003: "compilation",  # no inputs were found
    2305: "compilation",  # no exported member
    2307: "compilation",  # cannot find module
    2322: "types",  # not assignable
    2554: "types",  # expected arguments
    4023: "types",  # exported variable has a private name
    7006: "types",  # implicitly any
    9010: "types",  # must have an explicit type
    18048: "types",  # possibly undefined
}


@pytest.mark.parametrize(("code", "gate"), CODES.items())
def test_every_error_is_of_one_gate(code: int, gate: str) -> None:
    report = Report(findings=(Finding("errors", f"TS{code}", "it says so"),))
    found = {"compilation": as_compilation(report), "types": as_types(report)}
    kept = {name: [one.measure for one in part.findings] for name, part in found.items()}
    measure = "errors" if gate == "compilation" else "type.errors"
    assert kept == {"compilation": [], "types": [], gate: [measure]}
