"""Base scores of the Common Vulnerability Scoring System, from a vector.

The formulas and weights are those that FIRST publishes: CVSS v3.1 specification, section 7 and
appendix A (v3.0 differs only in rounding, at the margin), and the CVSS v2 guide, section 3.2.1.
A vector of v4.0 has no formula but a table of 270 expert ratings: its score is not computed here.
"""

import math
from collections.abc import Mapping

from pytest_forge.model import Severity

_V3: Mapping[str, Mapping[str, float]] = {
    "AV": {"N": 0.85, "A": 0.62, "L": 0.55, "P": 0.2},
    "AC": {"L": 0.77, "H": 0.44},
    "UI": {"N": 0.85, "R": 0.62},
    "C": {"H": 0.56, "L": 0.22, "N": 0.0},
    "I": {"H": 0.56, "L": 0.22, "N": 0.0},
    "A": {"H": 0.56, "L": 0.22, "N": 0.0},
}
_V3_PRIVILEGES: Mapping[str, Mapping[str, float]] = {
    "U": {"N": 0.85, "L": 0.62, "H": 0.27},
    "C": {"N": 0.85, "L": 0.68, "H": 0.5},
}
_V2: Mapping[str, Mapping[str, float]] = {
    "AV": {"L": 0.395, "A": 0.646, "N": 1.0},
    "AC": {"H": 0.35, "M": 0.61, "L": 0.71},
    "Au": {"M": 0.45, "S": 0.56, "N": 0.704},
    "C": {"N": 0.0, "P": 0.275, "C": 0.660},
    "I": {"N": 0.0, "P": 0.275, "C": 0.660},
    "A": {"N": 0.0, "P": 0.275, "C": 0.660},
}


def base_score(vector: str) -> float | None:
    """Return the base score (0.0 to 10.0) of a vector of v2, v3.0 or v3.1.

    None for v4.0 and for what is no whole vector.
    """
    metrics = dict(part.split(":", 1) for part in vector.split("/") if ":" in part)
    try:
        if metrics.get("CVSS") in ("3.0", "3.1"):
            return _score_v3(metrics)
        return None if "CVSS" in metrics else _score_v2(metrics)
    except KeyError:
        return None


def severity(vector: str) -> Severity:
    """Return the qualitative rating of a vector's base score; UNKNOWN where it has none.

    v3: section 5 of its specification ("none" is INFO here). v2 knows no critical: NVD's ratings.
    """
    score = base_score(vector)
    if score is None:
        return Severity.UNKNOWN
    bounds = ((0.0, Severity.INFO), (3.9, Severity.LOW), (6.9, Severity.MEDIUM))
    for bound, rating in bounds:
        if score <= bound:
            return rating
    return Severity.CRITICAL if score >= 9 and vector.startswith("CVSS:3") else Severity.HIGH


def _score_v3(metrics: Mapping[str, str]) -> float:
    weight = {name: weights[metrics[name]] for name, weights in _V3.items()}
    scope = metrics["S"]
    privileges = _V3_PRIVILEGES[scope][metrics["PR"]]
    loss = 1 - (1 - weight["C"]) * (1 - weight["I"]) * (1 - weight["A"])
    exploitability = 8.22 * weight["AV"] * weight["AC"] * privileges * weight["UI"]
    if scope == "U":
        impact = 6.42 * loss
        total = impact + exploitability
    else:
        impact = 7.52 * (loss - 0.029) - 3.25 * (loss - 0.02) ** 15
        total = 1.08 * (impact + exploitability)
    return 0.0 if impact <= 0 else _round_up(min(total, 10.0))


def _score_v2(metrics: Mapping[str, str]) -> float:
    weight = {name: weights[metrics[name]] for name, weights in _V2.items()}
    impact = 10.41 * (1 - (1 - weight["C"]) * (1 - weight["I"]) * (1 - weight["A"]))
    exploitability = 20 * weight["AV"] * weight["AC"] * weight["Au"]
    if impact == 0:
        return 0.0
    return round((0.6 * impact + 0.4 * exploitability - 1.5) * 1.176, 1)


def _round_up(value: float) -> float:
    """Return the smallest number of one decimal that is not below `value` (appendix A)."""
    whole = round(value * 100_000)
    if whole % 10_000 == 0:
        return whole / 100_000
    return (math.floor(whole / 10_000) + 1) / 10
