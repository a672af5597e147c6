"""A suite's command narrowed to some of its benchmarks, where the tool can select them.

The tool is known by the format of its output. That a narrowed command works is never taken for
granted: what starts the tool may pass its arguments on or not.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias

_GO_FLAG = re.compile(r"-?(-(?:test\.)?bench)(?:=|$)")
_SPECIAL = re.compile(r"[\\.^$*+?{}\[\]|()]")


def narrowed(
    format_name: str, command: tuple[str, ...], wanted: Collection[str], known: Collection[str]
) -> tuple[str, ...]:
    """Return the command that runs the `wanted` ones of the `known` benchmarks, perhaps a few more.

    () where there is nothing to leave out, or no way to say it.
    """
    others = [name for name in known if name not in wanted]
    selector = _SELECTORS.get(format_name)
    added = selector(command, sorted(wanted), others) if selector and others and wanted else ()
    return (*command, *added) if added else ()


def _by_node_id(
    command: tuple[str, ...], wanted: Sequence[str], others: Sequence[str]
) -> tuple[str, ...]:
    """Leave tests out: what is named in addition to a directory would not narrow it."""
    # pytest takes what is deselected for the beginning of a name.
    return tuple(
        f"--deselect={one}" for one in others if not any(name.startswith(one) for name in wanted)
    )


def _by_function(
    command: tuple[str, ...], wanted: Sequence[str], others: Sequence[str]
) -> tuple[str, ...]:
    """Give Go's flag again, the last of which holds; with a function run its sub-benchmarks."""
    flags = (found[1] for word in command if (found := _GO_FLAG.match(word)))
    flag = next(flags, "")
    if not flag or "-args" in command:
        return ()
    functions = dict.fromkeys(re.split("[/-]", name.split(" ")[-1])[0] for name in wanted)
    return (f"{flag}=^({'|'.join(functions)})$",)


def _by_filter(
    command: tuple[str, ...], wanted: Sequence[str], others: Sequence[str]
) -> tuple[str, ...]:
    names = "|".join(_SPECIAL.sub(r"\\\g<0>", name) for name in wanted)
    separator = () if "--" in command else ("--",)
    return (*separator, f"^({names})$")


_Selector: TypeAlias = Callable[[tuple[str, ...], Sequence[str], Sequence[str]], tuple[str, ...]]
_SELECTORS: Mapping[str, _Selector] = {
    "pytest-benchmark": _by_node_id,
    "go-bench": _by_function,
    "criterion": _by_filter,
}
