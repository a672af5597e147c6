"""What the tools really wrote: the recordings of `scripts/record.py`, and what is derived."""

import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from false_pass.sample import FILES, USUAL

RECORDINGS = Path(__file__).parent.parent / "recordings"
CLEAN = ("clean", "same")
"""The names of the case in which a run measures something and finds nothing."""

# ruff's SARIF lists the rules that it found something by, and nothing else that it did.
# An empty list is what oasdiff prints of no change, so that an empty one can't be told from it.
_FINDING = {"sarif": ("findings",), "oasdiff": ("added",)}

NOTHING = ("nothing", "no-tests", "no-files")
"""The names of the case in which a tool ran over nothing."""


class NotRecorded(LookupError):
    """There is no recording of a run; the text says which command makes one."""


@dataclass(frozen=True)
class Recorded:
    """A recorded run: exit statuses by step, contents by output (None: it was not written)."""

    run: str
    statuses: tuple[int, ...]
    contents: Mapping[str, bytes | None]

    def content(self, output: str) -> bytes:
        """Return what an output held, nothing where it was not written; raises `NotRecorded`."""
        if output not in self.contents:
            raise NotRecorded(
                f"the recording of {self.run} has no output {output}: run "
                f"`python scripts/record.py {self.run}`"
            )
        return self.contents[output] or b""

    def with_content(self, output: str, content: bytes) -> "Recorded":
        """Return the recording with another content of one output."""
        return replace(self, contents={**self.contents, output: content})


def clean(language: str, run: str) -> Recorded:
    """Return the recording of a run that measured something; raises `NotRecorded`."""
    found = _find(language, run, _FINDING.get(run, CLEAN))
    if found is None:
        raise NotRecorded(
            f"no recording of {run} measures anything: add a case `clean` of it to "
            f"scripts/recorded_cases_*.py and run `python scripts/record.py {run}`"
        )
    return found


def nothing(language: str, run: str) -> Recorded:
    """Return the recording of a run over nothing, else one derived; raises `NotRecorded`."""
    found = _find(language, run, NOTHING)
    if found is not None:
        return found
    if run not in _EMPTIED:
        raise NotRecorded(
            f"no recording shows what {run} writes over nothing: add a case `nothing` of it to "
            f"scripts/recorded_cases_*.py and run `python scripts/record.py {run}/nothing`"
        )
    recorded = clean(language, run)
    for output, empty in _EMPTIED[run].items():
        document = json.loads(recorded.content(output))
        empty(document)
        recorded = recorded.with_content(output, json.dumps(document).encode())
    return recorded


def _find(language: str, run: str, cases: tuple[str, ...]) -> Recorded | None:
    # What belongs to no language is recorded with the usual one, or has a place of its own.
    places = (language,) if language in FILES else (USUAL, "benchmarks")
    for case, place in itertools.product(cases, places):
        for directory in sorted((RECORDINGS / place).glob(f"{run}-[0-9]*/{case}")):
            return _load(directory)
    return None


def _load(directory: Path) -> Recorded:
    document = json.loads((directory / "case.json").read_text(encoding="utf-8"))
    contents = {
        output: None if file is None else (directory / file).read_bytes()
        for output, file in document["outputs"].items()
    }
    return Recorded(document["run"], tuple(document["exit_statuses"]), contents)


def _without(*members: str) -> Callable[[Any], None]:
    """Return the function that empties lists and objects, and sets counts to 0."""

    def empty(document: Any) -> None:
        for member in members:
            document[member] = type(document[member])()

    return empty


def _no_packages(document: Any) -> None:
    """Empty what cargo resolved: packages, members of the workspace, and the graph."""
    _without("packages", "workspace_members")(document)
    _without("nodes")(document["resolve"])


_NO_DISTRIBUTIONS = _without("distributions")
# A real environment is never empty, cargo always resolves the project's own package, and forge's
# own probes refuse to run over nothing.
_EMPTIED: Mapping[str, Mapping[str, Callable[[Any], None]]] = {
    "environment": {"environment": _NO_DISTRIBUTIONS},
    "pip-audit": {"audit": _without("dependencies"), "environment": _NO_DISTRIBUTIONS},
    "licensecheck": {"report": _without("packages"), "environment": _NO_DISTRIBUTIONS},
    "cargo-metadata": {"metadata": _no_packages},
    "griffe": {"report": _without("surface", "additions", "breakages")},
    "secrets": {"report": _without("files", "results")},
    "detect-secrets": {"report": _without("plugins_used", "results")},
}
