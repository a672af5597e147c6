"""The files that stand beside C#'s commands, and what these need to find."""

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import defusedxml.ElementTree
import pytest

from pytest_forge.errors import NothingMeasured
from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.csharp.around import (
    audited_project,
    build_files,
    copied_twice,
    some_integration_test,
    some_unit_test,
)
from pytest_forge.toolchains.declarations import Context

ContextOf = Callable[..., Context]

GIVEN = Path(__file__).parents[2] / "recordings" / "csharp" / "given-10.0.401"


def normalized(path: Path) -> set[str]:
    """Return a targets file's elements with their attributes, the names of its files aside."""
    root = defusedxml.ElementTree.fromstring(path.read_bytes())
    return {
        f"{one.tag} {re.sub('complexity|forge', 'X', str(sorted(one.attrib.items())))} "
        f"{(one.text or '').strip()}"
        for one in root.iter()
        if one.tag != "Import"
    }


def test_each_project_and_framework_gets_a_log_of_its_own(context_of: ContextOf) -> None:
    """`ErrorLog` on the command line would be one file, which the last project overwrites."""
    context = context_of()
    with build_files(context):
        text = (context.scratch / "forge.targets").read_text()

    assert "$(SarifDir)/$(MSBuildProjectName).$(TargetFramework).sarif" in text
    assert "'$(SarifDir)' != ''" in text


def test_the_targets_are_those_that_were_recorded(context_of: ContextOf) -> None:
    context = context_of()
    with build_files(context):
        made = normalized(context.scratch / "forge.targets")

    assert made == normalized(GIVEN / "forge.targets") | normalized(GIVEN / "complexity.targets")


def test_the_logs_directory_is_there(context_of: ContextOf) -> None:
    """The compiler makes none: CS0016."""
    context = context_of()
    with build_files(context):
        assert (context.scratch / "sarif").is_dir()


def test_every_function_is_told_as_a_suggestion(context_of: ContextOf) -> None:
    context = context_of()
    with build_files(context):
        metrics = (context.scratch / "CodeMetricsConfig.txt").read_text()
        rules = (context.scratch / "forge.globalconfig").read_text()

    assert metrics == "CA1502(Method): 0\n"
    assert rules.startswith("is_global = true\n")
    assert "dotnet_diagnostic.CA1502.severity = suggestion\n" in rules


def test_the_audited_project_is_no_part_of_the_repository(context_of: ContextOf) -> None:
    """The repository's own versions and targets are not for it."""
    context = context_of()
    with audited_project(context):
        place = context.scratch / "audited"
        own = {path.name for path in place.iterdir()}

    assert own == {
        "Audited.csproj",
        "Directory.Build.props",
        "Directory.Build.targets",
        "Directory.Packages.props",
    }


Manager = Callable[[Context], AbstractContextManager[Mapping[str, str]]]


@pytest.mark.parametrize(
    ("manager", "fact", "mend"),
    [
        (some_unit_test, "unit_projects", "dotnet add .* package Microsoft.NET.Test.Sdk"),
        (some_integration_test, "integration_projects", "exempt.integration-tests"),
        (some_integration_test, "filtered_projects", "exempt.integration-tests"),
    ],
)
def test_without_a_test_project_nothing_is_measured(
    context_of: ContextOf, manager: Manager, fact: str, mend: str
) -> None:
    context = context_of()
    with pytest.raises(NothingMeasured) as raised, manager(context):
        pass
    assert re.search(mend, raised.value.mend)
    with_one = replace(context, project=replace(context.project, facts={fact: ("T.csproj",)}))
    with manager(with_one) as slots:
        assert slots == {}


def test_each_comparison_has_an_obj_of_its_own(context_of: ContextOf) -> None:
    """Package validation remembers there that it has succeeded, and checks nothing again."""
    own = Project("src/Kit.csproj", "csharp", "Kit", facts={"package_project": "src/Kit.csproj"})
    context = context_of(own)
    root = context.root
    (root / "src" / "obj").mkdir(parents=True)
    (root / "src" / "Kit.csproj").write_text("<Project />")
    (root / "src" / "obj" / "Kit.ValidatePackage.semaphore").touch()
    ready = replace(
        context, tree=Tree(root, ("src/Kit.csproj",)), variant="Kit", slots={"release": "/release"}
    )

    with copied_twice(ready) as slots:
        copies = [Path(slots[name]) for name in ("normal", "strict")]
        assert all(path.read_text() == "<Project />" for path in copies)
        assert copies[0].parent != copies[1].parent
        assert not [path for path in copies if (path.parent / "obj").exists()]
    assert slots["release_project"] == "/release/src/Kit.csproj"
