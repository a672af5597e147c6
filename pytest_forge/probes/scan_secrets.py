"""Prints, as JSON, the secrets that detect-secrets' detectors find in a list of files.

    python -I scan_secrets.py [--commits COMMITS] LIST DETECTOR ...

LIST is a file with the paths, each ended by a NUL byte, relative to the working directory; DETECTOR
is the name of one of detect-secrets' plugin classes. The document is that of `detect-secrets scan`
with two more members: `files`, the number of text files that were read, and `allowed`, the number
of secrets on lines that the project marks with `pragma: allowlist secret`.

COMMITS is a JSON file with the lines that commits have added: [commit, path, [[number, text], ...]]
for each hunk. Then the document has one member more, `commits`: the secrets in them that neither
stand in the files nor are allowed.

The scan is made through the detectors rather than by `detect-secrets scan`, since that command
can't be told which files to read where git is not, does not tell how many it read, drops files by
their extension and encoding, guesses that what stands in brackets is no secret, and asks the
services whose tokens it finds.
"""

import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from detect_secrets.__version__ import VERSION
from detect_secrets.core.potential_secret import PotentialSecret
from detect_secrets.filters.allowlist import is_line_allowlisted
from detect_secrets.plugins.base import BasePlugin
from detect_secrets.settings import get_plugins, transient_settings
from detect_secrets.util.code_snippet import get_code_snippet

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Kinds whose pattern counts characters without asking for the end of the word.
_OF_ONE_LENGTH = frozenset({"Telegram Bot Token"})


def main(listed: str, names: Sequence[str], commits: str = "") -> None:
    """Scan the files that `listed` names with the detectors `names`, print the document."""
    paths = [os.fsdecode(path) for path in Path(listed).read_bytes().split(b"\0") if path]
    with transient_settings({"plugins_used": [{"name": name} for name in names]}):
        plugins = get_plugins()
        document, known = scanned(paths, plugins)
        if commits:
            document["commits"] = list(secrets_added(commits, plugins, known))
    plugins_used = [plugin.json() for plugin in plugins]
    print(json.dumps({"version": VERSION, "plugins_used": plugins_used, **document}))


def scanned(
    paths: Sequence[str], plugins: Sequence[BasePlugin]
) -> tuple[dict[str, Any], set[PotentialSecret]]:
    """Return the document's members about the files, and all secrets that stand in these."""
    results: dict[str, list[dict[str, Any]]] = {}
    known: set[PotentialSecret] = set()
    files = allowed = 0
    for path in paths:
        text = read(path)
        if text is None:
            continue
        files += 1
        for secret, is_allowed in secrets_of(path, text, plugins):
            allowed += is_allowed
            known.add(secret)
            if not is_allowed:
                results.setdefault(path, []).append(secret.json())
    return {"results": results, "files": files, "allowed": allowed}, known


def secrets_added(
    commits: str, plugins: Sequence[BasePlugin], known: set[PotentialSecret]
) -> Iterator[dict[str, Any]]:
    """Yield each secret that a commit has added, once for each file, the oldest commit's first.

    `known` are those of the files as they are now, whatever their lines: a secret is its kind, its
    file and its hash.
    """
    told = set(known)
    for commit, path, added in reversed(json.loads(Path(commits).read_text(encoding="ascii"))):
        lines = [line for _, line in added if "\0" not in line]
        numbers = [number for number, line in added if "\0" not in line]
        for secret, is_allowed in secrets_of(path, "\n".join(lines), plugins):
            if not is_allowed and secret not in told:
                told.add(secret)
                place = {"line_number": numbers[secret.line_number - 1], "commit": commit}
                yield {**secret.json(), **place}


def read(path: str) -> str | None:
    """Return a file's text; None for a binary file, and for what is no file (a link counts once).

    What is not UTF-8 is replaced: every token that is sought is plain ASCII.
    """
    if os.path.islink(path) or not os.path.isfile(path):
        return None
    content = Path(path).read_bytes()
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    return None if b"\0" in content else content.decode("utf-8", "replace")


def secrets_of(
    path: str, text: str, plugins: Sequence[BasePlugin]
) -> Iterator[tuple[PotentialSecret, bool]]:
    """Yield each secret of a text, and whether the project allows its line."""
    # No pattern crosses a line, so a detector that finds nothing in the whole is done with.
    finders = [plugin for plugin in plugins if any(True for _ in plugin.analyze_string(text))]
    if not finders:
        return
    # Counted as git does: `splitlines` takes a form feed for an end too.
    lines = text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        for plugin in finders:
            for secret in plugin.analyze_line(filename=path, line=line, line_number=number):
                if _is_whole(secret, line):
                    context = get_code_snippet(lines, number)
                    yield secret, is_line_allowlisted(path, line, context)


def _is_whole(secret: PotentialSecret, line: str) -> bool:
    """Tell whether a secret is all of its word: the beginning of a longer one is no token."""
    if secret.type not in _OF_ONE_LENGTH:
        return True
    word = re.escape(secret.secret_value or "")
    return re.search(rf"(?<!\d){word}(?![\w-])", line, re.ASCII) is not None


if __name__ == "__main__":
    given = sys.argv[1:]
    file = given[1] if given[0] == "--commits" else ""
    first, *rest = given[2:] if file else given
    main(first, rest, file)
