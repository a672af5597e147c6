"""Unit tests of what sentences are put together of."""

import pytest

from pytest_forge.phrases import clipped, counted, few


@pytest.mark.parametrize(
    ("count", "plural", "said"),
    [
        (0, "", "0 checks"),
        (1, "", "1 check"),
        (1, "trials", "1 check"),
        (2, "trials", "2 trials"),
        (1234, "", "1,234 checks"),
    ],
)
def test_a_number_has_its_noun(count: int, plural: str, said: str) -> None:
    assert counted(count, "check", plural) == said


def test_of_many_names_a_few_are_said() -> None:
    assert few(["a", "b", "c"]) == "a, b, c"
    assert few(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"


@pytest.mark.parametrize(
    ("text", "said"),
    [("0123456789", "0123456789"), ("0123456789a", "0123456..."), ("012345 789a", "012345...")],
)
def test_long_text_is_cut_to_its_length(text: str, said: str) -> None:
    assert clipped(text, 10) == said
