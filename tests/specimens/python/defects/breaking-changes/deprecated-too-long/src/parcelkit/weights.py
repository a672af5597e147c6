"""Weights, as carriers bill them."""

GRAMS_PER_OUNCE = 28.349523125


def ounces(grams: float) -> float:
    """Convert grams to avoirdupois ounces.

    .. deprecated:: 1.0.0
       Divide by `GRAMS_PER_OUNCE`.
    """
    return grams / GRAMS_PER_OUNCE


def billable(grams: int, step: int = 100) -> int:
    """Round a weight up to the next step that is billed."""
    return -(-grams // step) * step
