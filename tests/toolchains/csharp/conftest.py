"""The context of a run of the C# specimen, or of a project with some facts."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context


@pytest.fixture
def context_of(tmp_path: Path) -> Callable[..., Context]:
    """Return a function that makes the context of a project with these facts."""

    def make(*published: Project, **facts: FactValue) -> Context:
        project = Project(
            manifest="Kit.slnx", language="csharp", name="Kit", facts=facts, published=published
        )
        scratch = tmp_path / ".forge" / "scratch"
        scratch.mkdir(parents=True)
        tree = Tree(tmp_path, ())
        return Context(project, ProjectSettings(), tree, tmp_path, tmp_path, scratch)

    return make
