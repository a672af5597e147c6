"""How a result travels with pytest's own report of an item, from a worker of xdist too."""

from collections.abc import Generator

import pytest

from pytest_forge.model import Outcome
from pytest_forge.reports.serialization import check_from_dict, check_to_dict
from pytest_forge.running.collection import RESULT_KEY, CheckItem
from pytest_forge.running.recording import Recorder


class Transport:
    """The hooks that put a result into a report, and record it where the report arrives."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Let the result travel with the report of the phase that shows it."""
        report = yield
        if isinstance(item, CheckItem) and RESULT_KEY in item.stash:
            result = item.stash[RESULT_KEY]
            in_setup = result.outcome in (Outcome.ERROR, Outcome.EXEMPT)
            if report.when == ("setup" if in_setup else "call"):
                told = {**check_to_dict(result), "surface": list(result.surface)}
                report.forge = told  # type: ignore[attr-defined]
                report.duration = result.seconds
            if report.when == "setup" and report.failed:
                # pytest shows what setup raises with a traceback; a named error needs none.
                report.longrepr = item.explanation()
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Record a result, wherever it was computed."""
        data = getattr(report, "forge", None)
        if data is not None:
            result = check_from_dict(data)
            self._recorder.results[result.id] = result
