"""SARIF 2.1.0 (OASIS), for users' own tools.

A result without a level takes its rule's default, and `warning` where that is missing too
(3.27.10). GitHub's `security-severity` of the rule (a CVSS score) stands above the level.
"""

from typing import Any
from urllib.parse import unquote, urlsplit

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Finding, Report, Severity

_LEVELS = {
    "error": Severity.HIGH,
    "warning": Severity.MEDIUM,
    "note": Severity.LOW,
    "none": Severity.INFO,
}
# CVSS 3.1's qualitative scale, which GitHub uses too.
_SCORES = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM))


def parse(data: bytes) -> Report:
    """Return the results of all runs as `findings`, with `rules` and `files.checked`.

    `files.checked` counts the artifacts that the tool lists. Results that are no failure
    (`kind`), or suppressed in the source, are left out; suppressed ones are counted in a note.
    Raises `OutputUnreadable`, also where the tool says that it did not succeed.
    """
    document = parse_json(data, "the SARIF tool")
    if document.key("version").text() != "2.1.0":
        raise unreadable("the SARIF tool", "its version is not 2.1.0")
    runs = list(document.key("runs").items())
    if not runs:
        raise unreadable("the SARIF tool", "it has no run")
    findings: list[Finding] = []
    artifacts = rules = suppressed = 0
    for run in runs:
        require_success(run)
        defaults = rules_of(run)
        standing, held = failures(run)
        findings.extend(finding_of(one, defaults) for one in standing)
        suppressed += len(held)
        rules += len(_items(run.key("tool").key("driver"), "rules"))
        artifacts += len(_items(run, "artifacts"))
    return Report(
        findings=tuple(findings),
        measures={"rules": rules, "files.checked": artifacts},
        notes=(f"suppressed in the source: {suppressed}",) if suppressed else (),
    )


def require_success(run: Value) -> None:
    """Raise `OutputUnreadable` where the tool says that it did not succeed."""
    for invocation in _items(run, "invocations"):
        if not invocation.key("executionSuccessful").flag():
            raise unreadable("the SARIF tool", "it says that it did not succeed")


def rules_of(run: Value) -> dict[str, Value]:
    """Return the rules of a run by their ids."""
    driver = run.key("tool").key("driver")
    driver.key("name").text()
    components = [driver, *_items(run.key("tool"), "extensions")]
    return {rule.key("id").text(): rule for part in components for rule in _items(part, "rules")}


def failures(run: Value) -> tuple[list[Value], list[Value]]:
    """Return the results that are a failure: those that stand, and those suppressed."""
    results = [one for one in _results(run) if _is_failure(one)]
    held = [one for one in results if _items(one, "suppressions")]
    return [one for one in results if one not in held], held


def _results(run: Value) -> list[Value]:
    """Return the results, which some tools leave out where there is none and they say they ran."""
    if run.optional("results") is None and _items(run, "invocations"):
        return []
    return list(run.key("results").items())


def _is_failure(result: Value) -> bool:
    kind = result.optional("kind")
    return kind is None or kind.text() in ("fail", "open", "review")


def finding_of(result: Value, rules: dict[str, Value]) -> Finding:
    """Return a result as a finding; raises `OutputUnreadable`."""
    rule_id = _rule_id(result, rules)
    rule = rules.get(rule_id)
    path, region = _place(result)
    help_url = rule.optional("helpUri") if rule else None
    line = region.optional("startLine") if region else None
    column = region.optional("startColumn") if region else None
    last = region.optional("endLine") if region else None
    return Finding(
        measure="findings",
        rule=rule_id,
        message=_message(result.key("message"), rule),
        severity=_severity(result, rule),
        path=path,
        line=line.count() if line else None,
        last_line=last.count() if last else None,
        column=column.count() if column else None,
        help_url=help_url.text() if help_url else "",
    )


def _rule_id(result: Value, rules: dict[str, Value]) -> str:
    given = result.optional("ruleId")
    if given is not None:
        return given.text()
    reference = result.optional("rule")
    index = (reference.optional("index") if reference else None) or result.optional("ruleIndex")
    names = list(rules)
    if index is None or not 0 <= index.integer() < len(names):
        raise unreadable("the SARIF tool", f"{result.at} names no rule")
    return names[index.integer()]


def _message(message: Value, rule: Value | None) -> str:
    text = message.optional("text")
    if text is not None:
        return text.text()
    key = message.key("id").text()
    if rule is None:
        raise unreadable("the SARIF tool", f"{message.at} has no text")
    return rule.key("messageStrings").key(key).key("text").text()


def _severity(result: Value, rule: Value | None) -> Severity:
    score = _security_severity(result) or (_security_severity(rule) if rule else None)
    if score is not None:
        return next((severity for least, severity in _SCORES if score >= least), Severity.LOW)
    level = result.optional("level") or _default_level(rule)
    name = level.text() if level else "warning"
    if name not in _LEVELS:
        raise unreadable("the SARIF tool", f"{result.at} has the level {name!r}")
    return _LEVELS[name]


def _default_level(rule: Value | None) -> Value | None:
    defaults = rule.optional("defaultConfiguration") if rule else None
    return defaults.optional("level") if defaults else None


def _security_severity(holder: Value) -> float | None:
    properties = holder.optional("properties")
    score: Any = properties.optional("security-severity") if properties else None
    if score is None:
        return None
    try:
        return float(score.raw)
    except (TypeError, ValueError) as error:
        raise unreadable("the SARIF tool", f"{score.at} is not a score") from error


def _place(result: Value) -> tuple[str | None, Value | None]:
    for location in _items(result, "locations"):
        physical = location.optional("physicalLocation")
        artifact = physical.optional("artifactLocation") if physical else None
        uri = artifact.optional("uri") if artifact else None
        if physical is not None and uri is not None:
            return unquote(urlsplit(uri.text()).path), physical.optional("region")
    return None, None


def _items(holder: Value, name: str) -> list[Value]:
    found = holder.optional(name)
    return list(found.items()) if found is not None else []
