"""The log of one compilation by the C# compiler: SARIF 2.1.0, with what the analyzers found.

The rules' categories tell for which gate a result is. What a project's configuration makes no more
than a suggestion (`note`) is none. The level is that of the rule: a warning that is treated as an
error keeps `warning`. CA1502 is switched on by forge, with every function as its result.
"""

import re
from collections.abc import Iterable, Iterator

from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.formats.sarif import failures, finding_of, require_success, rules_of
from pytest_forge.model import Finding, Report, Sample, Severity

LOG = "compiler.log"
"""The measure of the one sample that each log gives."""
MEASURED = "complexity.log"
"""The measure of the sample that a log gives in which CA1502 was switched on."""

GUARDED = "security.log"
"""The measure of the sample that a log gives in which rules of the category Security were on."""

COMPLEXITY = "CA1502"
"""The rule that tells the complexity of a function."""

_TOOL = "the C# compiler"
_BAD_METRICS = "CA1509"
_COMPLEX = re.compile(r"^'(?P<name>.+)' has a cyclomatic complexity of '(?P<value>\d+)'")
_REPORTED = frozenset({"error", "warning"})
_SEVERITIES = {"error": Severity.HIGH, "warning": Severity.MEDIUM}
# The nullable warnings of Roslyn's list outside of 86xx; in 86xx a few errors are of other kinds.
_NULLABLE = re.compile(r"CS(?:8597|86\d\d|8714|876[2-9]|8770|877[4-7]|8819|882[45]|8847)$")


def parse(data: bytes) -> Report:
    """Return what the compiler and the analyzers found, each under the measure of its gate.

    These are `errors` and `warnings` of the compiler, its nullable warnings as `type.errors`,
    results of the category Security as `findings` of unknown severity (their rules state none), all
    others as `lint.findings`; of CA1502 the samples of `complexity.max`. Raises `OutputUnreadable`.
    """
    run = _compilation(data)
    rules = rules_of(run)
    stands, held = failures(run)
    results = [(finding_of(one, rules), one) for one in stands]
    _require_metrics(finding for finding, _ in results)
    functions = [_function(finding) for finding, _ in results if finding.rule == COMPLEXITY]
    return Report(
        findings=tuple(_reported(results, rules)),
        samples=(Sample(LOG, 1, ""), *functions, *_proofs(run, rules, bool(functions))),
        notes=(f"suppressed in the source: {len(held)}",) if held else (),
    )


def _reported(
    results: Iterable[tuple[Finding, Value]], rules: dict[str, Value]
) -> Iterator[Finding]:
    """Yield the results that are more than a suggestion, under the measures of their gates."""
    for finding, result in results:
        level = _level(result, rules)
        if finding.rule != COMPLEXITY and level in _REPORTED:
            yield _sorted(finding, level, _category(rules[finding.rule]))


def _compilation(data: bytes) -> Value:
    """Return the one compilation of a log."""
    document = parse_json(data, _TOOL)
    if document.key("version").text() != "2.1.0":
        raise unreadable(_TOOL, "its version is not 2.1.0")
    runs = list(document.key("runs").items())
    if len(runs) != 1:
        raise unreadable(_TOOL, f"it holds {len(runs)} compilations, not 1")
    (run,) = runs
    require_success(run)
    run.key("results")
    return run


def _require_metrics(findings: Iterable[Finding]) -> None:
    for one in findings:
        if one.rule == _BAD_METRICS:
            raise unreadable(_TOOL, f"forge's own metrics are refused: {one.message}")


def _proofs(run: Value, rules: dict[str, Value], counted: bool) -> Iterator[Sample]:
    """Yield samples that say for which analyses the log stands, beyond the compilation."""
    on = _switched_on(run)
    if COMPLEXITY in on or counted:
        yield Sample(MEASURED, 1, "")
    if any(_category(rules[rule]) == "Security" for rule in on if rule in rules):
        yield Sample(GUARDED, 1, "")


def _sorted(finding: Finding, level: str, category: str) -> Finding:
    measure, severity = "lint.findings", _SEVERITIES[level]
    if category == "Compiler" and level == "error":
        measure = "errors"
    elif category == "Compiler":
        measure = "type.errors" if _NULLABLE.match(finding.rule) else "warnings"
    elif category == "Security":
        measure, severity = "findings", Severity.UNKNOWN
    return Finding(
        measure=measure,
        rule=finding.rule,
        message=finding.message,
        severity=severity,
        path=finding.path,
        line=finding.line,
        last_line=finding.last_line,
        column=finding.column,
        help_url=finding.help_url,
    )


def _function(finding: Finding) -> Sample:
    found = _COMPLEX.match(finding.message)
    if found is None:
        raise unreadable(_TOOL, f"CA1502 says {finding.message!r}")
    return Sample(
        "complexity.max",
        int(found["value"]),
        found["name"],
        finding.path,
        finding.line,
        finding.last_line,
    )


def _level(result: Value, rules: dict[str, Value]) -> str:
    level = result.optional("level")
    if level is None:
        rule = rules[finding_of(result, rules).rule]
        defaults = rule.optional("defaultConfiguration")
        level = defaults.optional("level") if defaults else None
    text = level.text() if level else "warning"
    if text not in (*_REPORTED, "note", "none"):
        raise unreadable(_TOOL, f"{result.at} has the level {text!r}")
    return text


def _category(rule: Value) -> str:
    return rule.key("properties").key("category").text()


def _switched_on(run: Value) -> list[str]:
    """Return the rules that were on although they are not by default: the log tells of each."""
    on = []
    for invocation in _items(run, "invocations"):
        for override in _items(invocation, "ruleConfigurationOverrides"):
            enabled = override.key("configuration").optional("enabled")
            if enabled is None or enabled.flag():
                on.append(override.key("descriptor").key("id").text())
    return on


def _items(holder: Value, name: str) -> list[Value]:
    found = holder.optional(name)
    return list(found.items()) if found is not None else []
