"""Judge a `coverage json` report: lines and branches apart, exact values, each with its limit.

coverage.py's own `fail_under` judges one number that mixes lines and branches.
"""

import json
import sys
from pathlib import Path

LIMITS = {"lines": 95.0, "branches": 90.0}


def percentages(report: Path) -> dict[str, float]:
    """Return the covered share of lines and of branches, in percent, never rounded."""
    totals = json.loads(report.read_text())["totals"]
    return {
        "lines": 100 * totals["covered_lines"] / totals["num_statements"],
        "branches": 100 * totals["covered_branches"] / totals["num_branches"],
    }


def main() -> int:
    """Print each share beside its limit; 1 where one is below."""
    actual = percentages(Path(sys.argv[1]))
    for name, limit in LIMITS.items():
        verdict = "ok" if actual[name] >= limit else "too low"
        print(f"{name}: {actual[name]:.3f} % (at least {limit:g} %): {verdict}")
    return int(any(actual[name] < limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())
