"""Counts LLVM's coverage of a Rust project without the code of its tests.

    python rust_coverage.py --version
    python rust_coverage.py LCOV DIRECTORY [EXCEPT ...]

LLVM counts the tests' own lines and functions, which nearly all are covered. Left out is what only
a test build compiles: items under `#[cfg(test)]`, also modules in files of their own, and test
functions. Counted are files below the directory, less those below the `EXCEPT` directories
(generated code in the build tree). The report is printed as JSON.

It runs as a program of its own, by a Python that has tree-sitter's grammar of Rust.
"""

import json
import posixpath
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import tree_sitter_rust
from tree_sitter import Language, Node, Parser

_PARSER = Parser(Language(tree_sitter_rust.language()))
# The built-in attributes, and macros that make one function the test of a harness. A macro of
# whatever crate that is named `test` (tokio::test) is one by convention.
_TEST_ATTRIBUTES = frozenset({"test", "bench", "rstest", "test_case", "quickcheck"})
_ATTRIBUTES = ("attribute_item", "inner_attribute_item")
_COMMENTS = ("line_comment", "block_comment")


@dataclass
class Counted:
    """One file's coverage: hits by line, and by the first line of each function."""

    lines: dict[int, int] = field(default_factory=dict)
    functions: dict[int, int] = field(default_factory=dict)

    def without(self, tests: Iterable[range]) -> "Counted":
        """Return what does not lie in the tests' code."""
        left_out = {line for one in tests for line in one}
        return Counted(
            {line: hits for line, hits in self.lines.items() if line not in left_out},
            {line: hits for line, hits in self.functions.items() if line not in left_out},
        )

    def counts(self) -> dict[str, int]:
        """Return how many lines and functions there are, and how many of them were run."""
        return {
            "lines": len(self.lines),
            "covered_lines": sum(hits > 0 for hits in self.lines.values()),
            "functions": len(self.functions),
            "covered_functions": sum(hits > 0 for hits in self.functions.values()),
        }

    def row(self) -> dict[str, object]:
        """Return what the report says of the file."""
        return {**self.counts(), **self.numbers()}

    def numbers(self) -> dict[str, list[int]]:
        """Return the numbers of the lines that were run, and of the others."""
        return {
            "covered": sorted(line for line, hits in self.lines.items() if hits),
            "uncovered": sorted(line for line, hits in self.lines.items() if not hits),
        }


@dataclass(frozen=True)
class Source:
    """What a file says of the tests' code: its lines, and the files of modules only for tests.

    `places` are relative to the file's directory; of one that ends with "/" everything below it.
    """

    tests: tuple[range, ...]
    places: tuple[str, ...]
    readable: bool


def main(arguments: Sequence[str]) -> None:
    """Print the report, or the grammar's version."""
    if list(arguments) == ["--version"]:
        print(f"tree-sitter-rust {version('tree-sitter-rust')}")
        return
    directory = Path(arguments[1]).resolve()
    excepted = [Path(one).resolve() for one in arguments[2:]]
    counted = read_lcov(Path(arguments[0]).read_text(encoding="utf-8", errors="replace"))
    own = {
        path.relative_to(directory).as_posix(): file
        for path, file in ((Path(name).resolve(), file) for name, file in counted.items())
        if path.is_relative_to(directory) and not any(map(path.is_relative_to, excepted))
    }
    print(json.dumps(report(own, directory), indent=1))


def report(counted: dict[str, Counted], directory: Path) -> dict[str, object]:
    """Return the report on files, by their paths below `directory`."""
    sources = {path: read_source((directory / path).read_bytes(), path) for path in counted}
    own = _outside_tests(counted, sources)
    return {
        "schema": "rust-coverage-2",
        "files": {path: file.row() for path, file in own.items()},
        "totals": _totals(own.values()),
        "unreadable": [path for path in own if not sources[path].readable],
    }


def _outside_tests(counted: dict[str, Counted], sources: dict[str, Source]) -> dict[str, Counted]:
    """Return the files that are not the tests' own, without the lines that are."""
    places = set(_test_places(sources))
    below = tuple(place for place in places if place.endswith("/"))
    return {
        path: file.without(sources[path].tests)
        for path, file in sorted(counted.items())
        if path not in places and not path.startswith(below)
    }


def _test_places(sources: dict[str, Source]) -> Iterator[str]:
    """Yield the files of modules only for tests, and with a "/" the directories full of them."""
    for path, source in sources.items():
        for place in source.places:
            whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
            yield whole + "/" * place.endswith("/")


def _totals(files: Iterable[Counted]) -> dict[str, int]:
    counts = [file.counts() for file in (Counted(), *files)]
    return {name: sum(one[name] for one in counts) for name in counts[0]}


def read_lcov(text: str) -> dict[str, Counted]:
    """Read lcov's tracefile (geninfo(1)): records of SF, FN, FNDA and DA, each with its end.

    A function that several instances share (generics, a test build beside another) is hit where
    one of them is. Raises ValueError where the last record has no end.
    """
    files: dict[str, Counted] = {}
    current, names = Counted(), dict[str, int]()
    for line in text.splitlines():
        key, _, value = line.partition(":")
        if key == "SF":
            current, names = files.setdefault(value, Counted()), {}
        elif key == "FN":
            first, *_, name = value.split(",")
            names[name] = int(first)
            current.functions.setdefault(int(first), 0)
        elif key == "FNDA":
            hits, name = value.split(",", 1)
            _add(current.functions, names[name], int(hits))
        elif key == "DA":
            number, hits = value.split(",")[:2]
            _add(current.lines, int(number), int(hits))
    if text.rstrip().rpartition("\n")[2] != "end_of_record":
        raise ValueError("the coverage data does not end with a whole record")
    return files


def _add(counts: dict[int, int], line: int, hits: int) -> None:
    counts[line] = max(counts.get(line, 0), hits)


def read_source(content: bytes, path: str) -> Source:
    """Find the tests' code in one file; `path` decides where its modules' files are."""
    root = _PARSER.parse(content).root_node
    if any(map(_is_for_tests, _inner_attributes(root))):
        return Source((range(1, root.end_point.row + 2),), (), not root.has_error)
    found = list(_test_items(root, _module_directory(path)))
    return Source(
        tests=tuple(_lines(attributes, item) for attributes, item, _ in found),
        places=tuple(
            place
            for attributes, item, directory in found
            for place in _module_files(attributes, item, directory)
        ),
        readable=not root.has_error,
    )


def _module_directory(path: str) -> str:
    """Return where a file's modules are: beside it, or below its name ("Modules", Reference)."""
    name = posixpath.basename(path)
    is_root = name in ("mod.rs", "lib.rs", "main.rs")
    return "" if is_root else name.removesuffix(".rs") + "/"


def _test_items(block: Node, directory: str) -> Iterator[tuple[list[Node], Node, str]]:
    """Yield each item that only tests compile, with its attributes and its modules' directory."""
    attributes: list[Node] = []
    for item in block.named_children:
        if item.type == "attribute_item":
            attributes.append(item)
        elif item.type not in _COMMENTS:
            body = item.child_by_field_name("body")
            inner = _inner_attributes(body) if body else []
            if any(map(_is_for_tests, (*attributes, *inner))):
                yield attributes, item, directory
            elif body is not None and item.type in ("mod_item", "impl_item", "trait_item"):
                inside = f"{_name(item)}/" if item.type == "mod_item" else ""
                yield from _test_items(body, directory + inside)
            attributes = []


def _inner_attributes(block: Node) -> list[Node]:
    return [one for one in block.named_children if one.type == "inner_attribute_item"]


def _is_for_tests(attribute: Node) -> bool:
    """Tell whether an attribute makes its item a test, or keeps it out of every other build."""
    (inner,) = (one for one in attribute.named_children if one.type == "attribute")
    path, arguments = inner.named_children[0], inner.child_by_field_name("arguments")
    if _text(path) == "cfg" and arguments is not None:
        return _demands_test(_predicates(arguments))
    return _text(path).rpartition("::")[2] in _TEST_ATTRIBUTES


def _demands_test(predicates: list[list[Node]]) -> bool:
    """Tell whether the first of the predicates holds in no build but the tests'."""
    predicate = predicates[0] if predicates else []
    name = _text(predicate[0]) if predicate else ""
    if len(predicate) == 1:
        return name == "test"
    if name not in ("all", "any") or predicate[1].type != "token_tree":
        return False
    inside = [_demands_test([one]) for one in _predicates(predicate[1])]
    return any(inside) if name == "all" else bool(inside) and all(inside)


def _predicates(tree: Node) -> list[list[Node]]:
    """Split a token tree, `(a, b(c), d = "e")`, at its commas."""
    predicates: list[list[Node]] = [[]]
    for token in tree.children[1:-1]:
        if token.type == ",":
            predicates.append([])
        elif token.type not in _COMMENTS:
            predicates[-1].append(token)
    return [one for one in predicates if one]


def _module_files(attributes: list[Node], item: Node, directory: str) -> Iterator[str]:
    """Yield where the code of a module that is not written out may be."""
    if item.type != "mod_item":
        return
    name = _name(item)
    yield f"{directory}{name}/"
    if item.child_by_field_name("body") is None:
        yield f"{directory}{name}.rs"
        for attribute in attributes:
            (inner,) = (one for one in attribute.named_children if one.type == "attribute")
            value = inner.child_by_field_name("value")
            if _text(inner.named_children[0]) == "path" and value is not None:
                yield _text(value).strip('"')


def _lines(attributes: list[Node], item: Node) -> range:
    first = attributes[0] if attributes else item
    return range(first.start_point.row + 1, item.end_point.row + 2)


def _name(item: Node) -> str:
    name = item.child_by_field_name("name")
    return _text(name) if name else ""


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace").removeprefix("r#")


if __name__ == "__main__":
    main(sys.argv[1:])
