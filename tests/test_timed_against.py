"""With which revision timings are compared."""

from dataclasses import replace

from pytest_forge.measured import Performance
from pytest_forge.settings import Settings


def test_timings_are_compared_with_the_revision_of_the_run_unless_one_is_set() -> None:
    assert Settings().timed_against("origin/next").defaults.performance.base == "origin/next"
    assert Settings().timed_against("") == Settings()
    set_already = Settings(
        defaults=replace(Settings().defaults, performance=Performance(base="trunk"))
    )
    assert set_already.timed_against("origin/next") == set_already
