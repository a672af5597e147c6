"""How a run is carried out, as the options of its pytest say."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from pytest_forge.changes.changed import Changes


@dataclass(frozen=True)
class Options:
    """How to run: threads, whether a failed blocking gate blocks, whether to prepare.

    `adopts` says that this run takes what it finds into the baseline. `changes` are given where
    only what they brought counts.
    """

    jobs: int
    keep_going: bool = False
    may_prepare: bool = True
    adopts: bool = False
    changes: Changes | None = None


def options_of(
    config: pytest.Config, worker: Mapping[str, Any] | None, changes: Changes | None
) -> Options:
    """Return the options of a session; `worker` is what xdist's controller has told a worker."""
    return Options(
        jobs=_jobs(config, worker),
        keep_going=config.getoption("forge_keep_going"),
        may_prepare=not config.getoption("forge_no_prepare"),
        changes=changes,
        adopts=config.getoption("forge_accept") is not None,
    )


def _jobs(config: pytest.Config, worker: Mapping[str, Any] | None) -> int:
    # Each worker has its share of all.
    jobs = int(config.getoption("forge_jobs") or os.cpu_count() or 1)
    return jobs if worker is None else max(1, jobs // int(worker["forge"]["workers"]))
