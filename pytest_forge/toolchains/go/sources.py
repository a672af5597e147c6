"""The Go files of a module: which are its own, and what stands in each of them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pytest_forge.projects import Tree
from pytest_forge.toolchains.go.constraints import Constraint, constraint
from pytest_forge.toolchains.reading import read

_HEADER = re.compile(r"(?:\s++|//[^\n]*+|/\*.*?\*/)*+", re.DOTALL)
_GENERATED = re.compile(r"^// Code generated .* DO NOT EDIT\.$", re.MULTILINE)
_PACKAGE = re.compile(r"package\s+(\w+)")
_TEST = re.compile(r"^func[ \t]+((Test|Example|Fuzz)(\w*))[ \t]*\(", re.MULTILINE)


@dataclass(frozen=True)
class GoFile:
    """One file: its path relative to the module, its package, and what its header says."""

    path: str
    package: str
    constraint: Constraint
    generated: bool
    tests: tuple[str, ...]

    @property
    def directory(self) -> str:
        """Return the directory of its package, "." for the module's own."""
        return str(PurePosixPath(self.path).parent)

    @property
    def is_test(self) -> bool:
        """Tell whether the file is built for tests alone."""
        return self.path.endswith("_test.go")

    @property
    def ships(self) -> bool:
        """Tell whether the file is built, on some platform, where no tag is set."""
        return not self.is_test and self.constraint.allows()


def go_files(tree: Tree, directory: str, ignored: Sequence[str] = ()) -> tuple[GoFile, ...]:
    """Return the files of the module in `directory`, by the rules of `./...`.

    Left out are directories named testdata or vendor, those (and files) whose names begin with
    `_` or `.`, other modules below, and what `ignore` in go.mod names.
    """
    prefix = "" if directory == "." else f"{directory}/"
    below = [path.removeprefix(prefix) for path in tree.below(directory)]
    nested = tuple(path.removesuffix("go.mod") for path in below if path.endswith("/go.mod"))
    return tuple(
        _read(tree, prefix, path)
        for path in below
        if path.endswith(".go") and not path.startswith(nested) and _counts(path, ignored)
    )


def integration_tag(files: Iterable[GoFile]) -> str:
    """Return the tag behind which integration tests stand, "" where there is none.

    It is `integration`, else the one with that word in it that most test files name.
    """
    counts: Counter[str] = Counter()
    for file in files:
        if file.tests:
            counts.update(
                tag
                for tag in file.constraint.tags
                if "integration" in tag.lower() and file.constraint.is_behind(tag)
            )
    if "integration" in counts:
        return "integration"
    return max(sorted(counts), key=counts.__getitem__, default="")


def _counts(path: str, ignored: Sequence[str]) -> bool:
    place = PurePosixPath(path)
    directories = place.parent.parts
    if any(part.startswith(("_", ".")) for part in place.parts):
        return False
    if any(part in ("testdata", "vendor") for part in directories):
        return False
    return not any(_is_ignored(f"/{place.parent}/", glob) for glob in ignored)


def _is_ignored(directory: str, ignored: str) -> bool:
    """`ignore ./x` is meant from the module's directory, `ignore x` at any depth."""
    name = ignored.removeprefix("./").strip("/")
    if ignored.startswith("./"):
        return directory.startswith(f"/{name}/")
    return f"/{name}/" in directory


def _read(tree: Tree, prefix: str, path: str) -> GoFile:
    text = read(tree, prefix + path).decode("utf-8-sig", "replace").replace("\r\n", "\n")
    found = _HEADER.match(text)
    header = found[0] if found else ""
    clause = _PACKAGE.match(text, len(header))
    return GoFile(
        path=path,
        package=clause[1] if clause else "",
        constraint=constraint(header),
        generated=_GENERATED.search(header) is not None,
        tests=_tests(text) if path.endswith("_test.go") else (),
    )


def _tests(text: str) -> tuple[str, ...]:
    """Return the functions that `go test` runs; methods of suites are run by one of these.

    By `isTest` in cmd/go/internal/load no lower-case letter may follow the prefix.
    """
    names = (name for name, _, rest in _TEST.findall(text) if not rest[:1].islower())
    return tuple(name for name in names if name != "TestMain")
