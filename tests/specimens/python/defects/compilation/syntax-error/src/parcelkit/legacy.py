"""Names of the first version."""


def find(number: str -> str:
    """Return the number."""
    return number
