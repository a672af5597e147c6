"""What a branch weakens of the rules by which it is judged: one entry for each key."""

from collections.abc import Iterable
from dataclasses import dataclass

from pytest_forge.model import Finding, Severity
from pytest_forge.results import POLICY_RULE

MEASURE = "policy.weakened"


@dataclass(frozen=True)
class Weakening:
    """One weakened rule: the file in which it stands, its key, and both values as text."""

    path: str
    key: str
    before: str
    after: str

    def finding(self) -> Finding:
        """Return the finding that it is."""
        return Finding(
            measure=MEASURE,
            rule=POLICY_RULE,
            message=f"{self.key}: was {self.before}, is {self.after}",
            severity=Severity.HIGH,
            path=self.path,
        )


def number(value: float | None) -> str:
    """Return a bound as a user writes it."""
    if value is None:
        return "not limited"
    return str(int(value)) if value == int(value) else repr(value)


def items(values: Iterable[str] | None) -> str:
    """Return a list of a user's, which may not be set at all."""
    return "the default" if values is None else ", ".join(values) or "empty"
