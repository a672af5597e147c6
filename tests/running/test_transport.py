"""How a result travels with pytest's own report of an item."""

from types import SimpleNamespace
from typing import Any

import pytest
from toy_repository import Repository
from toy_runs import forge

from pytest_forge.model import Outcome
from pytest_forge.reports.serialization import check_to_dict
from pytest_forge.results import CheckResult
from pytest_forge.running.recording import Recorder
from pytest_forge.running.transport import Transport


class Listening:
    """A plugin that sees the reports which bear a result."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        data: dict[str, Any] | None = getattr(report, "forge", None)
        if data is not None:
            assert report.duration == pytest.approx(data["seconds"], abs=0.001)
            self.seen.append((data["id"], report.when or ""))


def test_a_result_travels_with_the_report_of_the_phase_that_shows_it(
    repository: Repository,
) -> None:
    listening = Listening()
    forge(repository.toy(exempt={"types": "no types"}), plugins=(listening,))
    told = dict(listening.seen)
    assert len(told) == len(listening.seen)
    assert told["toy.json::quality::toy-lint"] == "call"
    assert told["toy.json::types::toy-build"] == "setup"


def test_what_arrives_is_recorded_and_other_reports_are_not() -> None:
    recorder = Recorder(session=SimpleNamespace())  # type: ignore[arg-type]
    transport = Transport(recorder)
    check = CheckResult("toy.json::types::toy", "toy.json", "toy", "types", "toy", Outcome.PASSED)
    for forge_data in ({"forge": check_to_dict(check)}, {}):
        transport.pytest_runtest_logreport(SimpleNamespace(**forge_data))  # type: ignore[arg-type]
    assert [*recorder.results] == [check.id]
