"""The packages' licenses: of every project what is resolved, and what of it ships."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_forge.errors import NotPrepared, OutputUnreadable
from pytest_forge.formats import dotnet_packages
from pytest_forge.model import Component, Report, Sample
from pytest_forge.toolchains.csharp.packages import measure
from pytest_forge.toolchains.declarations import Context

ContextOf = Callable[..., Context]

LIBRARY, TESTS = "src/Kit/Kit.csproj", "tests/Kit.Tests/Kit.Tests.csproj"
FACTS = {"projects": (LIBRARY, TESTS), "test_projects": (TESTS,)}


def restored(context: Context, place: str, **packages: str) -> Path:
    """Write what a restore leaves of a project, and the packages' folder beside it."""
    folder = context.root / "packages"
    document = {
        "version": 3,
        "targets": {"net10.0": {f"{name}/{version}": {} for name, version in packages.items()}},
        "libraries": {
            f"{name}/{version}": {"type": "package"} for name, version in packages.items()
        },
        "projectFileDependencyGroups": {"net10.0": [f"{name} >= 1" for name in packages]},
        "packageFolders": {f"{folder}/": {}},
        "project": {"frameworks": {"net10.0": {"dependencies": {name: {} for name in packages}}}},
    }
    path = context.root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document), encoding="utf-8")
    return folder


def unpacked(folder: Path, name: str, version: str, license: str) -> None:
    path = folder / name.lower() / version / f"{name.lower()}.nuspec"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"<package><metadata><id>{name}</id><version>{version}</version>{license}</metadata>"
        "</package>",
        encoding="utf-8",
    )


def listed(*packages: tuple[str, str], projects: int = 2) -> dict[str, Report]:
    return {
        "dotnet-packages": Report(
            components=tuple(
                Component(name=name, version=version, ecosystem="NuGet")
                for name, version in packages
            ),
            samples=(Sample(dotnet_packages.PROJECT, 1, ""),) * projects,
        )
    }


MIT = '<license type="expression">MIT</license>'
FILE = '<license type="file">LICENSE.md</license>'
URL = "<licenseUrl>https://kit.example/license.txt</licenseUrl>"


def test_the_library_and_its_tests_resolve_versions_of_their_own(context_of: ContextOf) -> None:
    """Both are components: only the library's ships."""
    context = context_of(**FACTS)
    folder = restored(context, "src/Kit/obj/project.assets.json", Json="13.0.3")
    unpacked(folder, "Json", "13.0.3", MIT)
    unpacked(folder, "Json", "12.0.3", MIT)
    report = measure(context, listed(("Json", "13.0.3"), ("Json", "12.0.3")))

    assert {(one.version, one.ships) for one in report.components} == {
        ("13.0.3", True),
        ("12.0.3", False),
    }
    assert report.measures == {"projects.listed": 2}


@pytest.mark.parametrize(
    ("stated", "license"),
    [(MIT, "MIT"), (FILE, "LICENSE.md"), (URL, "https://kit.example/license.txt"), ("", "")],
)
def test_an_expression_a_file_or_an_address(
    context_of: ContextOf, stated: str, license: str
) -> None:
    context = context_of(**FACTS)
    folder = restored(context, "src/Kit/obj/project.assets.json", Json="1.0.0")
    unpacked(folder, "Json", "1.0.0", stated)

    (component,) = measure(context, listed(("Json", "1.0.0"))).components
    assert (component.license, component.ships) == (license, True)


def test_a_restore_may_leave_its_data_in_artifacts(context_of: ContextOf) -> None:
    context = context_of(**FACTS)
    folder = restored(context, "artifacts/obj/Kit/project.assets.json", Json="1.0.0")
    unpacked(folder, "Json", "1.0.0", MIT)

    assert measure(context, listed(("Json", "1.0.0"))).components[0].ships


def test_a_project_that_was_not_restored_is_named(context_of: ContextOf) -> None:
    with pytest.raises(NotPrepared, match=r"src/Kit/Kit\.csproj is not restored") as raised:
        measure(context_of(**FACTS), listed(("Json", "1.0.0")))
    assert "dotnet restore" in raised.value.mend


def test_a_package_that_is_not_unpacked_is_named(context_of: ContextOf) -> None:
    context = context_of(**FACTS)
    restored(context, "src/Kit/obj/project.assets.json", Json="1.0.0")

    with pytest.raises(OutputUnreadable, match=r"nuspec of Json 1\.0\.0"):
        measure(context, listed(("Json", "1.0.0")))


def test_every_project_must_have_told_its_packages(context_of: ContextOf) -> None:
    with pytest.raises(OutputUnreadable, match="of 2 projects 1 have told"):
        measure(context_of(**FACTS), listed(projects=1))
