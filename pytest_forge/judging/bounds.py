"""The bounds that are stated for measures, and a limit as it was judged."""

from dataclasses import dataclass

from pytest_forge.judging import Case, Limit
from pytest_forge.model import Report


@dataclass(frozen=True)
class Judged:
    """A limit with the bound in force and the value that nothing holds back.

    `stated` is the bound that would be in force without the baseline.
    """

    limit: Limit
    bound: float
    actual: float
    stated: float

    @property
    def ok(self) -> bool:
        """Tell whether the limit is met."""
        return self.limit.met(self.actual, self.bound)


def stated_bound(limit: Limit, case: Case, report: Report) -> float | None:
    """Return the bound that is stated: the user's, else the project's own, else the gate's default.

    None where the measure is only reported. A default gives way to another measure only where that
    one was measured: otherwise nothing would be judged at all.
    """
    stated = case.settings.limits.get(limit.measure, case.project.limits.get(limit.measure))
    if stated is not None:
        return stated
    other = limit.gives_way_to
    if other and other in case.project.limits and report.value(other) is not None:
        return None
    if limit.only_if and not case.project.flag(limit.only_if):
        return None
    return limit.value
