"""PMD's XML report (schema 2.0.0)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from pytest_forge.formats.markup import attribute, count, line_of, parse_xml
from pytest_forge.formats.reading import plain, unreadable
from pytest_forge.model import Finding, Report, Severity

_TOOL = "PMD"
# PMD's priorities, 1 (blocker) to 5 (information).
_PRIORITIES = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFO)


def parse(data: bytes) -> Report:
    """Return the violations as `lint.findings`, and `pmd.reports` (1), since PMD counts no files.

    Raises `OutputUnreadable`, also where PMD could not examine a file or understand a rule.
    """
    root = parse_xml(data, _TOOL, "pmd")
    attribute(root, "version", _TOOL)
    for error in (*root.iterfind("error"), *root.iterfind("configerror")):
        what = error.get("msg") or error.get("filename") or error.get("rule") or ""
        raise unreadable(_TOOL, f"it could not examine everything: {what}")
    findings = (one for file in root.iterfind("file") for one in _violations(file))
    return Report(findings=tuple(findings), measures={"pmd.reports": 1})


def _violations(file: Element) -> Iterator[Finding]:
    path = attribute(file, "name", _TOOL)
    for one in file.iterfind("violation"):
        yield Finding(
            measure="lint.findings",
            rule=attribute(one, "rule", _TOOL),
            message=" ".join(plain(one.text or "").split()),
            severity=_severity(one),
            path=path,
            line=line_of(one, "beginline", _TOOL),
            column=line_of(one, "begincolumn", _TOOL),
            last_line=line_of(one, "endline", _TOOL),
            help_url=one.get("externalInfoUrl") or "",
        )


def _severity(violation: Element) -> Severity:
    priority = count(violation, "priority", _TOOL)
    if not 1 <= priority <= len(_PRIORITIES):
        raise unreadable(_TOOL, f"a priority is {priority}")
    return _PRIORITIES[priority - 1]
