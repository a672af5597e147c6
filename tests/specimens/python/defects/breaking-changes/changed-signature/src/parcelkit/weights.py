"""Weights, as carriers bill them."""

GRAMS_PER_OUNCE = 28.349523125


def ounces(grams: float) -> float:
    """Convert grams to avoirdupois ounces."""
    return grams / GRAMS_PER_OUNCE


def billable(grams: int, minimum: int, step: int = 100) -> int:
    """Round a weight, but at least the minimum, up to the next step that is billed."""
    return -(-max(grams, minimum) // step) * step
