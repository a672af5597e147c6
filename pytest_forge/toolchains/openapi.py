"""OpenAPI documents, compared with their copies in the last release by oasdiff.

They belong to no language, so their checks are the repository's own: `openapi[PATH]` for each. The
release is that of the project in whose directory a document lies, the innermost one, and the
version that project's; where it states none the document's own (`info.version`) counts, then and
now.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pytest_forge.errors import NoReference, OutputUnreadable
from pytest_forge.formats import oasdiff, openapi_document
from pytest_forge.listing import list_tree
from pytest_forge.model import Release, Report
from pytest_forge.releases.comparing import COMPARED, FirstRelease, last_release_worktree
from pytest_forge.toolchains.declarations import Check, Context, Output, Package, Run, Step, Tool
from pytest_forge.toolchains.openapi_paths import DOCUMENTS, documents, owner_of
from pytest_forge.versions import is_version


@contextmanager
def released_document(context: Context) -> Iterator[Mapping[str, str]]:
    """Have the last release's copy of the document at hand, as `last_release_worktree`.

    A document that is there no more is compared with one that describes nothing, so that each of
    its operations is missed. Raises `FirstRelease` for a document that is new since, and
    `NoReference` where one may have been moved: another is gone, or new, beside it.
    """
    owner = owner_of(context.project, context.projects, context.variant)
    with last_release_worktree(replace(context, project=owner, variant="")) as slots:
        released = Path(slots["release"])
        if not (released / context.variant).is_file():
            _refuse_moved(context, released, slots["release_tag"])
            raise FirstRelease(owner.text("version"))
        if not (context.root / context.variant).is_file():
            _refuse_replaced(context, released, slots["release_tag"])
            (context.scratch / _NOTHING).write_text(_DESCRIBES_NOTHING, encoding="utf-8")
        yield {**slots, "release_declared": owner.text("version")}


def _refuse_moved(context: Context, released: Path, tag: str) -> None:
    gone = [path for path in documents(list_tree(released)) if not context.tree.has(path)]
    if gone:
        was = f"{context.variant} is not in {tag}; it may have been moved from {gone[0]}"
        raise NoReference(was, _by_hand(context))


def _refuse_replaced(context: Context, released: Path, tag: str) -> None:
    new = [
        path
        for path in context.project.words(DOCUMENTS)
        if context.tree.has(path) and not (released / path).is_file()
    ]
    if new:
        is_now = f"{context.variant} of {tag} is gone; it may have been moved to {new[0]}"
        raise NoReference(is_now, _by_hand(context))


def _by_hand(context: Context) -> str:
    return (
        f'compare them by hand, and exempt."breaking-changes::openapi[{context.variant}]" '
        "until the next release"
    )


def compared(report: Report) -> Report:
    """Return the changes, the proof that there was an operation to compare, and the version.

    Where no project states one it is the document's own, then and now. Raises `OutputUnreadable`
    where oasdiff counts other changes than it lists.
    """
    if COMPARED in report.unavailable:
        return report
    listed, told = report.measures.get(oasdiff.CHANGES), report.measures.get(oasdiff.TOLD)
    if listed != told:
        raise OutputUnreadable(
            f"oasdiff lists {listed:g} changes, but counts {told:g}",
            "run it again, and see that its disk is not full",
        )
    described = (openapi_document.DESCRIBES, openapi_document.RELEASED_DESCRIBES)
    # What is gone adds nothing; oasdiff calls the loss of a schema a change that is harmless.
    adds = _stated(report).get(openapi_document.VERSION) != _GONE
    return replace(
        report,
        measures={
            "api.additions": report.measures["api.additions"] if adds else 0,
            COMPARED: int(any(report.measures.get(name) for name in described)),
        },
        release=_own_version(report, report.release) if report.release else None,
    )


def _stated(report: Report) -> dict[str, str]:
    return {one.measure: one.subject for one in report.samples}


def _own_version(report: Report, release: Release) -> Release:
    if release.declared:
        return release
    stated = _stated(report)
    now = stated.get(openapi_document.VERSION, "")
    then = stated.get(openapi_document.RELEASED_VERSION, "")
    if not (is_version(now) and is_version(then)):
        return release
    return replace(release, declared=now, previous=then)


# 1.34 and 1.35 need a module that the module proxy does not hand out. Built by `go install` it
# tells no version.
OASDIFF = Tool(
    name="oasdiff",
    install="go install github.com/oasdiff/oasdiff@v1.33.0",
    executable="oasdiff",
    version_pattern=r"^oasdiff version v?(\d\S*)",
    packages=(Package("go", "github.com/oasdiff/oasdiff", "v1.33.0"),),
)


_THEN = "{release}/{variant}"
_NOTHING = "nothing.yaml"
_GONE = "(gone)"
"""What stands in place of the version of a document that is gone."""

_DESCRIBES_NOTHING = f"""\
openapi: 3.0.3
info: {{title: gone, version: "{_GONE}"}}
paths: {{}}
"""


def _now(context: Context) -> str:
    """Return where the present document is; of one that is gone, what stands in its place."""
    if (context.scratch / _NOTHING).is_file():
        return f"{{scratch}}/{_NOTHING}"
    return "{root}/{variant}"


def _changelog(context: Context) -> tuple[str, ...]:
    return ("{tool}", "changelog", "--format", "json", _THEN, _now(context))


def _told(context: Context) -> tuple[str, ...]:
    return ("{tool}", "changelog", "--format", "text", "--color", "never", _THEN, _now(context))


def _document(context: Context) -> tuple[str, ...]:
    return ("{tool}", "upgrade", "--format", "json", _now(context))


RUN = Run(
    name="oasdiff",
    needs=(OASDIFF,),
    steps=(
        Step(
            _changelog,
            # A configuration of the project's own may set `fail-on`.
            findings=frozenset({1}),
            stdout="changes.json",
        ),
        Step(
            _told,
            findings=frozenset({1}),
            stdout="changes.txt",
        ),
        Step(_document, stdout="document.json", stderr="document.txt"),
        Step(
            ("{tool}", "upgrade", "--format", "json", _THEN),
            stdout="released.json",
            stderr="released.txt",
        ),
    ),
    outputs=(
        Output("changes", "changes.json", oasdiff.parse),
        Output("told", "changes.txt", oasdiff.parse_text),
        Output("document", "document.json", openapi_document.parse),
        Output("released", "released.json", openapi_document.parse_released),
    ),
    around=(released_document,),
    directory="{root}",
)

CHECK = Check(
    name="openapi",
    gate="breaking-changes",
    run="oasdiff",
    proof=COMPARED,
    nothing="neither the document nor its last release holds an operation; exempt the check",
    counts=("api.breaking",),
    supplies=("api.additions",),
    select=compared,
    variants=lambda project, settings: project.words(DOCUMENTS),
)
