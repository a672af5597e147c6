"""What is printed on labels."""

import json


def label(number: str) -> str:
    """Return the line of the number."""
    return f"No. {number}"
