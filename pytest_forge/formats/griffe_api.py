"""The report of forge's own probe `griffe_api`: the public API, and how it differs from before."""

from pytest_forge.errors import NoReference
from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import ApiItem, Finding, Release, Report, Severity


def parse(data: bytes) -> Report:
    """Return the surface, breakages as `api.breaking` and the number of `api.additions`.

    The release is told where a version is declared; without one to compare with nothing is added.
    Raises `OutputUnreadable`, and `NoReference` where the release has none of the packages.
    """
    document = parse_json(data, "griffe_api")
    surface = tuple(_item(entry) for entry in document.key("surface").items())
    compared = document.key("compared").flag()
    additions = _texts(document.key("additions"))
    breakages = tuple(_breakage(entry) for entry in document.key("breakages").items())
    absent = _texts(document.key("absent"))
    packages = _texts(document.key("packages"))
    if absent and absent == packages:
        raise NoReference(
            f"the last release has no package {', '.join(absent)}",
            "name the release to compare with by `tag-pattern`, or exempt the check",
        )
    if not compared and (additions or breakages):
        raise unreadable("griffe_api", "it compared with nothing, but found changes")
    return Report(
        findings=breakages,
        measures={"api.additions": len(additions), "api.items": len(surface)},
        surface=surface,
        release=_release(document.key("release")),
        notes=_notes(document, absent),
    )


def _notes(document: Value, absent: list[str]) -> tuple[str, ...]:
    tag = document.key("release").key("tag").text()
    compared = [f"compared with {tag}"] if tag and document.key("compared").flag() else []
    new = [f"new since the last release: {', '.join(absent)}"] if absent else []
    return (*compared, *new)


def _texts(entries: Value) -> list[str]:
    return [entry.text() for entry in entries.items()]


def _release(entry: Value) -> Release | None:
    declared, previous, tag = (entry.key(name).text() for name in ("declared", "previous", "tag"))
    return Release(declared, previous or None, tag or None) if declared else None


def _item(entry: Value) -> ApiItem:
    return ApiItem(
        entry.key("name").text(), entry.key("kind").text(), entry.key("signature").text()
    )


def _breakage(entry: Value) -> Finding:
    path, line = entry.optional("path"), entry.optional("line")
    return Finding(
        measure="api.breaking",
        rule=entry.key("kind").text(),
        message=entry.key("message").text(),
        severity=Severity.HIGH,
        path=path.text() if path else None,
        line=line.count() if line else None,
    )
