"""What is printed on labels."""


def label(number: str) -> str:
    """Return the line of the number."""
    return len(number)
