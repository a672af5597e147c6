from dataclasses import replace

from pytest_forge.model import Timing, TimingState, VersionStep
from pytest_forge.reports.serialization import check_from_dict, check_to_dict
from pytest_forge.results import RunReport


def test_a_check_comes_back_as_it_went_in(mixed: RunReport) -> None:
    for check in mixed.checks:
        data = check_to_dict(check)
        assert check_to_dict(check_from_dict(data)) == data
        assert check_from_dict(data).findings == check.findings
        assert check_from_dict(data).limits == check.limits


def test_the_step_of_the_version_and_timings_come_back(mixed: RunReport) -> None:
    step = VersionStep("1.2.0", "v1.2.0", "1.3.0", 2, None, "major", "2.0.0", False, "2 breaks")
    timing = Timing("sorts", TimingState.REGRESSION, "at most 1.1 times", value=2.0, ratio=1.5)
    check = replace(mixed.checks[0], step=step, timings=(timing,))
    back = check_from_dict(check_to_dict(check))
    assert (back.step, back.timings) == (step, (timing,))


def test_the_public_api_travels_apart_from_the_report(mixed: RunReport) -> None:
    check = replace(mixed.checks[0], surface=("function kit.a()",))
    data = check_to_dict(check)
    assert "surface" not in data
    assert check_from_dict({**data, "surface": ["function kit.a()"]}).surface == check.surface
