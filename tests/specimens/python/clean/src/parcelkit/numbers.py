"""Parcel numbers of the postal union's standard S10: two letters, nine digits, a country."""

import re

WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_S10 = re.compile(r"[A-Z]{2}(\d{8})(\d)[A-Z]{2}")


def check_digit(serial: str) -> int:
    """Return the check digit of the eight digits of a serial number."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, serial, strict=True))
    remainder = 11 - total % 11
    return {10: 0, 11: 5}.get(remainder, remainder)


def is_valid(number: str) -> bool:
    """Tell whether `number` has the form of S10 and the right check digit."""
    match = _S10.fullmatch(number)
    return match is not None and check_digit(match[1]) == int(match[2])
