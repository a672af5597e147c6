"""Leaves integration tests to machines that have a service."""

import os
from pathlib import Path

import pytest

INTEGRATION = Path(__file__).parent / "integration"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "PARCELKIT_SERVICE" in os.environ:
        return
    for item in items:
        if INTEGRATION in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="PARCELKIT_SERVICE is not set"))
