"""What the experiment's records say of each rule: false alarms, found slowdowns, process runs."""

import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean
from typing import Any, TypeAlias

from benchmarks.regression_power.experiment import CLOCKS, SEED
from benchmarks.regression_power.suite import SUITE
from pytest_forge.model import TimingState
from pytest_forge.performance.calibration import drift
from pytest_forge.performance.rules import RULES
from pytest_forge.performance.stored import judge_stored

Record: TypeAlias = Mapping[str, Any]
Rule: TypeAlias = Callable[[Record, Record, str], bool]
"""Whether a rule flags a benchmark of a job; the second record is the job whose session is the
stored baseline."""

_QUICK = replace(RULES, resamples=1)
"""The frozen rules; of their interval nothing is asked here."""

ALLOWED = 0.20
"""The slowdown above which pytest-benchmark is told to fail (`mean:20%`, `min:20%`)."""


@dataclass(frozen=True)
class Rate:
    """How many of how many, with the bounds of its 95 % confidence interval; fractions."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """Return the fraction itself; 0 of 0 is not a number."""
        return self.hits / self.of if self.of else math.nan


def rate(jobs: Sequence[tuple[int, int]]) -> Rate:
    """Return the rate over jobs, of which each gives its hits and its comparisons.

    Comparisons of one job share its noise, so Wilson's interval is taken at the number of
    comparisons divided by the design effect (Kish, Survey Sampling, 1965, chapter 5): the variance
    between jobs over that of independent comparisons. Where nothing or everything hit, no variance
    is seen, and the comparisons count as they are.
    """
    hits, of = sum(one for one, _ in jobs), sum(all_ for _, all_ in jobs)
    if not of:
        return Rate(0, 0, 0.0, 1.0)
    share = hits / of
    effect = 1.0
    if 0 < hits < of and len(jobs) > 1:
        between = sum((one - share * all_) ** 2 for one, all_ in jobs) / (len(jobs) - 1) * len(jobs)
        effect = max(1.0, between / (of * share * (1 - share)))
    return Rate(hits, of, *wilson(share, of / effect))


def wilson(share: float, of: float, z: float = 1.96) -> tuple[float, float]:
    """Return Wilson's score interval (1927) of a share of `of` independent trials."""
    middle = share + z * z / (2 * of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


@dataclass(frozen=True)
class Figures:
    """One rule's row: alarms by benchmark and by job of the A/A jobs, what it found by slowdown."""

    name: str
    runs: float
    alarms: Rate
    jobs: Rate
    found: Mapping[float, Rate]


def baselines(records: Sequence[Record]) -> dict[int, Record]:
    """Return for each job the A/A job whose session serves it as the stored baseline.

    A/A jobs form one ring in random order, over all noise modes: each session is a baseline once.
    """
    draw = random.Random(f"{SEED}:baselines")
    ring = [one for one in records if one["kind"] == "aa"]
    draw.shuffle(ring)
    found = {one["number"]: ring[place - 1] for place, one in enumerate(ring)}
    others = [one for one in records if one["kind"] != "aa"]
    return found | {one["number"]: draw.choice(ring) for one in others}


def figures(name: str, runs: float, rule: Rule, records: Sequence[Record]) -> Figures:
    """Apply a rule to every benchmark of every job."""
    stored = baselines(records)
    alarms: list[tuple[int, int]] = []
    found: dict[float, list[tuple[int, int]]] = {}
    for job in records:
        flagged = {one for one in SUITE if rule(job, stored[job["number"]], one)}
        if job["kind"] == "aa":
            alarms.append((len(flagged), len(SUITE)))
        for level in sorted(set(job["slower"].values())):
            names = {one for one, by in job["slower"].items() if by == level}
            found.setdefault(level, []).append((len(names & flagged), len(names)))
    return Figures(
        name,
        runs,
        rate(alarms),
        rate([(min(1, hits), 1) for hits, _ in alarms]),
        {level: rate(each) for level, each in sorted(found.items())},
    )


def paired_runs(records: Iterable[Record], clock: str) -> float:
    """Return the mean number of processes (both sides) for a benchmark that did not change."""
    pairs = [
        verdict[3]
        for one in records
        if one["kind"] == "aa"
        for verdict in one["verdicts"][clock].values()
    ]
    return 2 * fmean(pairs) if pairs else math.nan


def confirmed(clock: str) -> Rule:
    """Return the A/B rule, as the job itself has applied it."""
    return lambda job, stored, name: job["verdicts"][clock][name][0] == TimingState.REGRESSION


def beyond(limit: float, clock: str, calibrated: bool = True) -> Rule:
    """Return the stored rule: the fastest of five processes is slower by more than `limit`."""

    def rule(job: Record, stored: Record, name: str) -> bool:
        moved = drift(kernels(stored), kernels(job)) if calibrated else 0.0
        base, head = (minima(one, name, CLOCKS[clock]) for one in (stored, job))
        return (judge_stored(name, base, head, drift=moved, rules=_QUICK).ratio or 0.0) > 1 + limit

    return rule


def both(first: Rule, second: Rule) -> Rule:
    """Return the rule that flags what both flag: a suspect of one that the other confirms."""
    return lambda job, stored, name: first(job, stored, name) and second(job, stored, name)


def single(field: str) -> Rule:
    """Return pytest-benchmark's rule: one process against one stored, by one of its fields."""

    def rule(job: Record, stored: Record, name: str) -> bool:
        base, head = (minima(one, name, field)[0] for one in (stored, job))
        return head > base * (1 + ALLOWED)

    return rule


def minima(job: Record, name: str, field: str) -> list[float]:
    """Return a field of a benchmark in each process of a job's session."""
    return [one["benchmarks"][name][field] for one in job["session"]]


def kernels(job: Record) -> dict[str, float]:
    """Return the calibration kernels' minima over the processes of a job's session."""
    found = [one["calibration"] for one in job["session"]]
    return {name: min(one[name] for one in found) for name in found[0]}


def counted(records: Sequence[Record], limit: float) -> Figures:
    """Return the instruction tier's row: each run against the one before in its group."""
    same: dict[int, list[Mapping[str, int]]] = {}
    for one in records:
        if not one["slower"]:
            same.setdefault(one["group"], []).append(one["counts"])

    def grown(base: Mapping[str, int], head: Mapping[str, int]) -> tuple[int, int]:
        return sum(head[name] > base[name] * (1 + limit) for name in base), len(base)

    alarms = [grown(*pair) for runs in same.values() for pair in pairwise(runs)]
    found: dict[float, list[tuple[int, int]]] = {}
    for one in records:
        if one["slower"]:
            base = same[one["group"]][0]
            found.setdefault(one["slower"], []).append(grown(base, one["counts"]))
    return Figures(
        "instructions > 1 %",
        2,
        rate(alarms),
        rate([(min(1, hits), 1) for hits, _ in alarms]),
        {level: rate(each) for level, each in sorted(found.items())},
    )
