"""The lines of a JSON text on which its values stand; searched only where something is wrong."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import yaml

Step: TypeAlias = str | int
"""A key of an object, or a place in a list."""


def line_of(text: str, way: tuple[Step, ...]) -> int:
    """Return the line of the value at the end of `way`."""
    return _searched(text, lambda root: _followed(root, way))


def line_of_second(text: str, key: str) -> int:
    """Return the line on which a key of one object stands for the second time."""
    return _searched(text, lambda root: next(_repeated(root, key)))


def _searched(text: str, find: Callable[[yaml.Node], yaml.Node]) -> int:
    """Compose the text once more with marks: JSON is YAML, whose reader knows its lines."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, Loader=loader)
        return int(find(root).start_mark.line) + 1 if root is not None else 1
    except (yaml.YAMLError, StopIteration):
        return 1


def _followed(node: yaml.Node, way: tuple[Step, ...]) -> yaml.Node:
    for step in way:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        else:
            node = next(value for key, value in node.value if key.value == step)
    return node


def _repeated(node: yaml.Node, key: str) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        named = [name for name, _ in node.value if name.value == key]
        yield from named[1:]
        for _, value in node.value:
            yield from _repeated(value, key)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated(value, key)
