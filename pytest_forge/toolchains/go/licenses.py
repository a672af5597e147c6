"""The modules with their licenses, which Go lets nobody declare: they are recognised by their text.

go-licenses names a license for each module, or for each part of one that has a license file of its
own; all of those that are found in a module hold for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pytest_forge.errors import OutputUnreadable
from pytest_forge.model import Component, Report
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.go.members import own_modules


def measure(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return the modules as components with their licenses, "" where none is recognised.

    Raises `OutputUnreadable` where go-licenses has not looked at one of them.
    """
    modules = inputs["modules"]
    found = inputs["go-licenses"].components
    names = {one.name for one in modules.components}
    licenses: dict[str, list[str]] = {name: [] for name in (*names, *own_modules(context), "")}
    for library in found:
        licenses[_owner(library.name, licenses)].append(library.license)
    components = (_licensed(one, licenses[one.name]) for one in modules.components)
    return replace(modules, components=tuple(components))


def _owner(library: str, modules: Iterable[str]) -> str:
    """Return the module that a library is (a part of), "" for none (external tests, say)."""
    inside = (name for name in modules if f"{library}/".startswith(f"{name}/"))
    return max(inside, key=len, default="")


def _licensed(component: Component, licenses: list[str]) -> Component:
    if component.license:
        return component
    if not licenses:
        raise OutputUnreadable(
            f"go-licenses says nothing of {component.name}, which the packages need",
            "run `go-licenses report --include_tests ./...` by hand",
        )
    if not all(licenses):
        # A part without a license that is recognised leaves nothing to say of the whole.
        return component
    names = sorted(set(licenses))
    return replace(component, license=" AND ".join(names))
