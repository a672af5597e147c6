"""Weights, as carriers bill them."""


def billable(grams: int, step: int = 100) -> int:
    """Round a weight up to the next step that is billed."""
    return -(-grams // step) * step
