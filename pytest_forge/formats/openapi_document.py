"""What oasdiff has read of an OpenAPI document: `oasdiff upgrade --format json` prints it whole.

Only this shows that there was anything to compare. Of a Swagger 2.0 document oasdiff reads the
parameters, but not what responses hold, and finds no change there: such a document is refused.
"""

from pytest_forge.errors import NothingMeasured
from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Report, Sample

DESCRIBES = "document.describes"
"""The measure that is 1 where the document describes an operation, else 0."""
RELEASED_DESCRIBES = "document.released.describes"
VERSION = "openapi.version"
"""The measure of the sample that holds the document's own version (`info.version`)."""
RELEASED_VERSION = "openapi.version.released"

_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})


def parse(data: bytes) -> Report:
    """Return whether the present document describes an operation, and its version.

    Raises `OutputUnreadable`, and `NothingMeasured` for a Swagger 2.0 document.
    """
    return _report(data, DESCRIBES, VERSION)


def parse_released(data: bytes) -> Report:
    """Return the same of the last release's document."""
    return _report(data, RELEASED_DESCRIBES, RELEASED_VERSION)


def _report(data: bytes, describes: str, version: str) -> Report:
    document = parse_json(data, "oasdiff")
    if document.optional("swagger"):
        raise NothingMeasured(
            "oasdiff compares OpenAPI 3, and this document is Swagger 2.0; "
            "convert it, or exempt the check"
        )
    if not document.key("openapi").text().startswith("3."):
        raise unreadable("oasdiff", "it names no OpenAPI 3")
    if not any(map(document.optional, ("paths", "webhooks", "components"))):
        raise unreadable("oasdiff", "the document has neither paths, webhooks nor components")
    stated = document.key("info").key("version").text()
    described = any([_has_operations(document, key) for key in ("paths", "webhooks")])
    return Report(measures={describes: int(described)}, samples=(Sample(version, 1, stated),))


def _has_operations(document: Value, key: str) -> bool:
    """Tell whether a path item below `key` has an operation; refuse what is no path item."""
    found = document.optional(key)
    items = found.members() if found else ()
    # Every item is looked at, so that none of another form passes behind a good one.
    names = [
        name for path, item in items if not path.startswith("x-") for name, _ in item.members()
    ]
    return not _METHODS.isdisjoint(names)
