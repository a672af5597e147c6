import pytest

from parcelkit.weights import billable


@pytest.mark.parametrize(("grams", "billed"), [(0, 0), (1, 100), (100, 100), (101, 200)])
def test_weight_is_billed_in_steps(grams: int, billed: int) -> None:
    assert billable(grams) == billed


def test_step_can_be_chosen() -> None:
    assert billable(260, step=250) == 500
