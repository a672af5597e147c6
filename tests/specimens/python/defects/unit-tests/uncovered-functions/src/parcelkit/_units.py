"""Rarer units of weight, from grams."""


def grains(grams: float) -> float:
    """Convert grams to grains."""
    return grams / 0.06479891


def pounds(grams: float) -> float:
    """Convert grams to pounds."""
    return grams / 453.59237


def stones(grams: float) -> float:
    """Convert grams to stones."""
    return grams / 6350.29318


def kilograms(grams: float) -> float:
    """Convert grams to kilograms."""
    return grams / 1000


def tonnes(grams: float) -> float:
    """Convert grams to tonnes."""
    return grams / 1000000


def carats(grams: float) -> float:
    """Convert grams to carats."""
    return grams / 0.2


def drams(grams: float) -> float:
    """Convert grams to drams."""
    return grams / 1.7718452


def scruples(grams: float) -> float:
    """Convert grams to scruples."""
    return grams / 1.2959782


def quarters(grams: float) -> float:
    """Convert grams to quarters."""
    return grams / 12700.58636


def bushels(grams: float) -> float:
    """Convert grams to bushels."""
    return grams / 27215.5422


def tolas(grams: float) -> float:
    """Convert grams to tolas."""
    return grams / 11.6638038


def catties(grams: float) -> float:
    """Convert grams to catties."""
    return grams / 604.78982
