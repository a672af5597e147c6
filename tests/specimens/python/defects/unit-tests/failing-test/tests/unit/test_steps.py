import pytest

from parcelkit.weights import billable


def test_step_is_never_negative() -> None:
    with pytest.raises(ValueError, match="step"):
        billable(1, step=-1)
