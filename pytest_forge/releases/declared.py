"""Whether the versions of a repository's projects are as declared, and told of in its notes.

Both are computed from what the projects state in their files and from the repository's tags. A
version that the build takes from the tags can contradict neither.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from pytest_forge.errors import NoReference
from pytest_forge.model import Finding, Report, Severity
from pytest_forge.projects import Project
from pytest_forge.releases import changelog
from pytest_forge.releases.last import last_release
from pytest_forge.releases.tags import Tag
from pytest_forge.toolchains.declarations import Context
from pytest_forge.versions import Bump, bump, is_prerelease, is_version, order

VERSION_FILES = ("VERSION", "VERSION.txt", "version.txt")
"""Files at the root that hold the one version of everything in the repository."""

TOGETHER = "together"


def today() -> date:
    """Return the day by which a version is taken for a date (UTC)."""
    return datetime.now(UTC).date()


def versions(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Report versions that lie below the last release, or differ where they go together.

    `versions` counts the projects whose version was looked at, or that have none by nature. They go
    together where the setting says so, or where it says nothing and the root has a VERSION file.
    """
    released = _released(context)
    stated = [one for one in released if _is_comparable(one)]
    known = [one for one in released if stated_by_nature(one)]
    found = [*_differing(context, stated), *_behind(context, stated)]
    return Report(
        findings=tuple(found),
        measures={"versions": len(known)},
        notes=tuple(dict.fromkeys(_remarks(released))),
    )


def notes(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Report steps to a final version of which the release notes say nothing.

    Where there are release notes they must hold an entry for a version above the last release; a
    major step needs notes and a migration guide, unless the version is a date. `changelogs` counts
    the projects that were looked at.
    """
    findings: list[Finding] = []
    remarks: list[str] = []
    released = _released(context)
    for project in released:
        step = _step(context, project)
        entry = _entry(context, project)
        missing = list(_missing(context, project, step, entry))
        findings += missing
        if not missing:
            remarks.append(_told(context, project, entry))
    return Report(
        findings=tuple(findings),
        measures={"changelogs": len(released)},
        notes=tuple(dict.fromkeys(remarks)),
    )


def stated_by_nature(project: Project) -> bool:
    """Tell whether a project's version is known before its build, comes from tags, or can't be."""
    has_none = project.flag("requirements_only")
    return has_none or _is_comparable(project) or project.flag("version_from_vcs")


def _is_comparable(project: Project) -> bool:
    return is_version(project.text("version")) and not project.flag("version_from_vcs")


def _released(context: Context) -> tuple[Project, ...]:
    """Return what is released on its own: a workspace's published members each."""
    return tuple(one for project in context.projects for one in project.released)


def _remarks(projects: tuple[Project, ...]) -> Iterator[str]:
    for project in projects:
        if project.flag("version_from_vcs"):
            yield f"{project.name}: its version is taken from git's tags"
        elif project.flag("requirements_only"):
            yield f"{project.name}: it has no version"
        elif not _is_comparable(project):
            yield f"{project.name}: only its build knows its version"


def _differing(context: Context, projects: list[Project]) -> Iterator[Finding]:
    source, version = _common_version(context, projects)
    for project in projects if version else ():
        own = project.text("version")
        if order(own) != order(version):
            message = f"{project.name} declares {own}, but {source} says {version}"
            yield _mismatch("versions-differ", message, project)


def _common_version(context: Context, projects: list[Project]) -> tuple[str, str]:
    """Return who states the version of all, and which; two empty texts where they go apart."""
    setting = context.settings.versions
    if setting not in ("", TOGETHER):
        return "", ""
    for path in VERSION_FILES:
        if context.tree.has(path):
            text = context.tree.read(path).decode("utf-8", "replace").strip()
            if is_version(text):
                return path, text
    if setting == TOGETHER and projects:
        return projects[0].name, projects[0].text("version")
    return "", ""


def _behind(context: Context, projects: list[Project]) -> Iterator[Finding]:
    for project in projects:
        tag = _last_release(context, project)
        own = project.text("version")
        if tag and order(own) < order(tag.version):
            message = f"{project.name} declares {own}, below its last release {tag.name}"
            yield _mismatch("version-below-release", message, project)


def _mismatch(rule: str, message: str, project: Project) -> Finding:
    return Finding(
        measure="versions.mismatched",
        rule=rule,
        message=message,
        severity=Severity.HIGH,
        path=project.manifest,
    )


def _last_release(context: Context, project: Project) -> Tag | None:
    try:
        return last_release(context.root, project, context.settings.tag_pattern)
    except NoReference as error:
        raise NoReference(f"{project.name}: {error.message}", error.mend) from error


def _step(context: Context, project: Project) -> Bump:
    """Return the step from the last release to a final version, NONE where nothing is due yet."""
    own = project.text("version")
    if not _is_comparable(project) or is_prerelease(own):
        return Bump.NONE
    tag = _last_release(context, project)
    step = bump(tag.version, own) if tag else Bump.NONE
    return Bump.MINOR if step is Bump.MAJOR and _is_date(own) else step


def _is_date(version: str) -> bool:
    """Tell whether a version is named after this year or the last (attrs 26.1.0, 2026.1)."""
    years = (today().year, today().year - 1)
    return order(version)[1][0] in (*years, *(year % 100 for year in years))


def _entry(context: Context, project: Project) -> str:
    """Return where the release notes speak of the project's version, "" where they don't."""
    others = {one.name for one in _released(context)} - {project.name}
    version = project.text("version")
    return changelog.entry(context.tree, project.directory, version, project.name, others)


def _missing(context: Context, project: Project, step: Bump, entry: str) -> Iterator[Finding]:
    if step is Bump.NONE:
        return
    own, directory = project.text("version"), project.directory
    files = changelog.release_notes(context.tree, directory)
    if (files or step is Bump.MAJOR) and not entry:
        where = files[0] if files else "no release notes"
        yield _untold(
            "changelog-entry",
            f"{project.name} {own} has no entry in its release notes ({where})",
            files[0] if files else project.manifest,
        )
    if step is Bump.MAJOR and not changelog.migration_guide(context.tree, directory, own):
        yield _untold(
            "migration-guide",
            f"{project.name} {own} is a major step without a migration guide that "
            "speaks of it (MIGRATION.md, or a part of the version's entry that is headed so)",
            project.manifest,
        )


def _untold(rule: str, message: str, path: str) -> Finding:
    return Finding("changelog.missing", rule, message, Severity.MEDIUM, path)


def _told(context: Context, project: Project, entry: str) -> str:
    """Return the note of a project of which nothing is missing."""
    if not changelog.release_notes(context.tree, project.directory):
        return f"{project.name}: it has no release notes"
    return f"{project.name}: told of in {entry}" if entry else f"{project.name}: no entry is due"
