from parcelkit.weights import billable, steps


def test_steps_of_a_weight() -> None:
    assert steps(250) == [100, 100, 50]
    assert billable(250) == 300
