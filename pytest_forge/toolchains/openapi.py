"""OpenAPI documents, compared with their copies in the last release by oasdiff.

They belong to no language, so their checks are the repository's own: `openapi[PATH]` for each. The
release is that of the project in whose directory a document lies, the innermost one, and the
version that project's; where it states none the document's own (`info.version`) counts, then and
now.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pytest_forge.conventions import unproductive_part
from pytest_forge.errors import NoReference, OutputUnreadable
from pytest_forge.formats import oasdiff, openapi_document
from pytest_forge.listing import list_tree
from pytest_forge.model import Release, Report
from pytest_forge.projects import Project, Tree
from pytest_forge.releases import COMPARED, FirstRelease, last_release_worktree
from pytest_forge.toolchains.declarations import Check, Context, Output, Package, Run, Step, Tool
from pytest_forge.versions import is_version

DOCUMENTS = "openapi"
"""The fact of the repository that names its documents."""

_NAME = re.compile(r"(?:.*[._/-])?(?:openapi|swagger|api-?docs?)(?:[._/-].*)?", re.IGNORECASE)
_SUFFIXES = (".yaml", ".yml", ".json")
_KEY = re.compile(
    rb"""(?:^|[{,]\s{0,99})"(?:openapi|swagger)"\s{0,9}:\s{0,9}"[23]\.\d"""
    rb"""|^\s{1,99}"(?:openapi|swagger)"\s{0,9}:\s{0,9}"[23]\.\d"""
    rb"""|^['"]?(?:openapi|swagger)['"]?\s{0,9}:\s{0,9}['"]?[23]\.\d""",
    re.MULTILINE,
)


def documents(tree: Tree) -> tuple[str, ...]:
    """Return the OpenAPI and Swagger documents of a repository.

    They are YAML or JSON files with `openapi`, `swagger` or `api-docs` in their paths that state a
    version of either. Like manifests they don't count below directories that by convention hold no
    product, unless an `include` glob fits.
    """
    return tuple(
        path
        for path in tree.files
        if path.lower().endswith(_SUFFIXES)
        and _NAME.fullmatch(str(PurePosixPath(path).with_suffix("")))
        and (path in tree.included or not unproductive_part(path))
        and _KEY.search(tree.read(path))
    )


@contextmanager
def released_document(context: Context) -> Iterator[Mapping[str, str]]:
    """Have the last release's copy of the document at hand, as `last_release_worktree`.

    Raises `FirstRelease` for a document that is new since, and `NoReference` where it may have been
    moved: the release has one that stands nowhere any more.
    """
    owner = owner_of(context, context.variant)
    with last_release_worktree(replace(context, project=owner, variant="")) as slots:
        released = Path(slots["release"])
        if not (released / context.variant).is_file():
            _refuse_moved(context, released, slots["release_tag"])
            raise FirstRelease(owner.text("version"))
        yield {**slots, "release_declared": owner.text("version")}


def owner_of(context: Context, document: str) -> Project:
    """Return the innermost project around a document, the repository itself where there is none."""
    around = [
        one
        for project in context.projects
        for one in project.released
        if one.directory == "." or document.startswith(f"{one.directory}/")
    ]
    return max(around, key=lambda one: len(Path(one.directory).parts), default=context.project)


def _refuse_moved(context: Context, released: Path, tag: str) -> None:
    gone = [path for path in documents(list_tree(released)) if not context.tree.has(path)]
    if gone:
        raise NoReference(
            f"{context.variant} is not in {tag}; it may have been moved from {gone[0]}",
            f'compare them by hand, and exempt."breaking-changes::openapi[{context.variant}]" '
            "until the next release",
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
    return replace(
        report,
        measures={
            "api.additions": report.measures["api.additions"],
            COMPARED: int(any(report.measures.get(name) for name in described)),
        },
        release=_own_version(report, report.release) if report.release else None,
    )


def _own_version(report: Report, release: Release) -> Release:
    if release.declared:
        return release
    stated = {one.measure: one.subject for one in report.samples}
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


def _printed(document: str, name: str) -> Step:
    command = ("{tool}", "upgrade", "--format", "json", document)
    return Step(command, stdout=f"{name}.json", stderr=f"{name}.txt")


_NOW, _THEN = "{root}/{variant}", "{release}/{variant}"

RUN = Run(
    name="oasdiff",
    needs=(OASDIFF,),
    steps=(
        Step(
            ("{tool}", "changelog", "--format", "json", _THEN, _NOW),
            # A configuration of the project's own may set `fail-on`.
            findings=frozenset({1}),
            stdout="changes.json",
        ),
        Step(
            ("{tool}", "changelog", "--format", "text", "--color", "never", _THEN, _NOW),
            findings=frozenset({1}),
            stdout="changes.txt",
        ),
        _printed(_NOW, "document"),
        _printed(_THEN, "released"),
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
