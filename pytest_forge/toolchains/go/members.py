"""The modules that a project consists of, by the names that go's tools give them."""

from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.go.modules import read_file
from pytest_forge.toolchains.places import join


def own_modules(context: Context) -> dict[str, str]:
    """Return the path of each of the project's modules, and its directory below forge's root."""
    project = context.project
    places = [join(project.directory, directory) for directory in project.words("modules")]
    return {
        read_file(context.tree, join(place, "go.mod")).first("module"): place for place in places
    }
