"""Every number on which a verdict depends, and the limits that a project may set."""

import hashlib
import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Rules:
    """The parameters of the verdicts; fractions, not per cent.

    They were fixed before the experiment that tells their power (`benchmarks/regression_power`)
    was run, and its data carry their `digest`: a change here asks for new data.

    `screen` is the slowdown up to which a benchmark is ok, `suspicion` that up to which it is after
    the first stage of the A/B comparison, in which one lucky process can hide more. `pairs` are the
    totals of process pairs after each stage, of which later stages take the mean of the `lowest`
    smallest log-minima a side; from `confirming` pairs on a suspect can be a regression.
    `confidence` is that of the one-sided lower bound, by `resamples` bootstrap samples, of the
    sides' levels, and `agreement` that of the pairs' median; both confirm a regression.
    `stored_runs` are the fresh processes of a session to be kept. `instructions` is the growth of
    an instruction count up to which it is ok. `shift_benchmarks` is the number of benchmarks from
    which on one speaks of a whole suite.
    """

    screen: float = 0.05
    suspicion: float = 0.04
    pairs: tuple[int, ...] = (3, 6, 12, 24)
    confirming: int = 12
    lowest: int = 2
    confidence: float = 0.99
    agreement: float = 0.95
    resamples: int = 2000
    stored_runs: int = 5
    instructions: float = 0.01
    shift_benchmarks: int = 4

    @property
    def digest(self) -> str:
        """Return a short hash of all parameters."""
        text = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


RULES = Rules()


@dataclass(frozen=True)
class Limits:
    """What a benchmark may lose, as fractions: 0.2 is 20 % slower (or 20 % more bytes).

    A confirmed regression beyond `warn` is a warning, beyond `fail` a failure. `strict` fails
    whatever is confirmed beyond the screen. Raises ValueError where they are not in order.
    """

    warn: float = 0.20
    fail: float = 0.50
    strict: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.warn <= self.fail:
            raise ValueError(f"warn ({self.warn}) must be above 0 and not above fail ({self.fail})")


DEFAULT_LIMITS = Limits()
