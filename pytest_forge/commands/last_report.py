"""The results of the last run, as its report tells them."""

import json
from pathlib import Path
from typing import Any

from pytest_forge.errors import ConfigurationError
from pytest_forge.reports.serialization import check_from_dict
from pytest_forge.results import CheckResult

REPORT = ".forge/reports/report.json"


def last_results(root: Path) -> tuple[CheckResult, ...]:
    """Return the results in the report below forge's root, none where there is no report.

    Raises `ConfigurationError` for a report that can't be read.
    """
    path = root / REPORT
    if not path.is_file():
        return ()
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return tuple(check_from_dict(one) for one in data["checks"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"{REPORT} can't be read ({type(error).__name__}); run `pytest --forge` again"
        ) from error
