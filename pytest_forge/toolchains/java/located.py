"""Files that tools name by their package, found among the sources of the project."""

from collections.abc import Callable
from pathlib import PurePosixPath

from pytest_forge.toolchains.declarations import Context


def located(context: Context) -> Callable[[str], str | None]:
    """Return the function that makes a path below forge's root of one by package.

    It is None for a file that is none of the sources: generated, or of another language's tools.
    """
    directory = PurePosixPath(context.project.directory)
    places: dict[str, str] = {}
    for fact in ("sources", "test_files"):
        for path in context.project.words(fact):
            parts = PurePosixPath(path).parts
            for start in range(len(parts)):
                places.setdefault("/".join(parts[start:]), str(directory / path))
    return lambda name: places.get(name)


def unrooted(context: Context, path: str | None) -> str:
    """Return a path below forge's root as one from the project's directory, as the tool said it."""
    directory = context.project.directory
    text = path or ""
    return text if directory == "." else text.removeprefix(f"{directory}/")
