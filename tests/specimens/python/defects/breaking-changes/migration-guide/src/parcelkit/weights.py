"""Weights, as carriers bill them."""

GRAMS_PER_OUNCE = 28.349523125


def billable(grams: int, step: int = 100) -> int:
    """Round a weight up to the next step that is billed."""
    return -(-grams // step) * step
