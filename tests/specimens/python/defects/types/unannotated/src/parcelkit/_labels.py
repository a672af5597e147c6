"""What is printed on labels."""


def label(number):  # type: ignore[no-untyped-def]
    """Return the line of the number."""
    return f"No. {number}"
