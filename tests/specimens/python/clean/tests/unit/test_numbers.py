import pytest

from parcelkit.numbers import check_digit, is_valid


@pytest.mark.parametrize(
    ("serial", "digit"), [("47312482", 9), ("00000000", 5), ("00000006", 2), ("00000008", 0)]
)
def test_check_digit(serial: str, digit: int) -> None:
    assert check_digit(serial) == digit


@pytest.mark.parametrize("number", ["RR473124829GB", "CP000000005DE"])
def test_number_with_the_right_check_digit_is_valid(number: str) -> None:
    assert is_valid(number)


@pytest.mark.parametrize("number", ["", "RR473124828GB", "rr473124829gb", "RR47312482GB"])
def test_other_numbers_are_not_valid(number: str) -> None:
    assert not is_valid(number)
