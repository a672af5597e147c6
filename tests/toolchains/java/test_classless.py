"""Poms of modules with nothing but a descriptor, which SpotBugs is not given."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java.changed_poms import changed
from pytest_forge.toolchains.java.classless import classless, passed_over
from pytest_forge.toolchains.java.project import inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

SKIPS = b"<spotbugs.skip>true</spotbugs.skip>"
MAIN = "src/main/java"


def pom(name: str, more: str = "") -> str:
    return f"<project><artifactId>{name}</artifactId>{more}</project>"


@pytest.fixture
def kit(tree_of: TreeOf) -> Context:
    modules = "".join(f"<module>{name}</module>" for name in ("core", "bare", "made", "web"))
    packaging = f"<packaging>pom</packaging><modules>{modules}</modules>"
    tree = tree_of(
        {
            "sdk/pom.xml": pom("kit", packaging),
            f"sdk/{MAIN}/module-info.java": "module kit {}",
            "sdk/core/pom.xml": pom("core"),
            f"sdk/core/{MAIN}/module-info.java": "module core {}",
            f"sdk/core/{MAIN}/Core.java": "class Core {}",
            "sdk/bare/pom.xml": pom("bare"),
            f"sdk/bare/{MAIN}/module-info.java": "module bare {}",
            f"sdk/bare/{MAIN}/org/package-info.java": "package org;",
            # What generates its code has classes all the same.
            "sdk/made/pom.xml": pom("made"),
            "sdk/web/pom.xml": pom("web"),
            "sdk/web/src/test/java/WebTest.java": "class WebTest {}",
        }
    )
    project = inspect(tree, "sdk/pom.xml")
    assert isinstance(project, Project), project
    root = tree.root
    context = Context(project, ProjectSettings(), tree, root, root / "sdk", root / ".forge")
    return replace(context, slots={"snapshot": str(root / "sdk")})


def test_spotbugs_passes_over_a_module_with_descriptors_alone(kit: Context) -> None:
    assert kit.project.words("code_modules") == ("core",)
    with classless(kit):
        skipping = {
            path.parent.name
            for path in Path(kit.slots["snapshot"]).rglob("pom.xml")
            if SKIPS in path.read_bytes()
        }
    assert skipping == {"bare"}


def test_the_pom_itself_may_have_said_otherwise() -> None:
    stated = "<properties><spotbugs.skip>false</spotbugs.skip></properties>"
    assert SKIPS in changed(pom("kit", stated).encode(), passed_over)


def test_what_modules_inherit_is_not_changed() -> None:
    parent = pom("kit", "<packaging> pom </packaging>").encode()
    assert changed(parent, passed_over) == parent
