"""What holds for every test of this repository.

A test that runs the real tools of a language is marked `real`, which `addopts` leaves out: such
tests are slow and need that language. `pytest -m ""` runs everything.
"""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the `real` tests last, so that what is quick to see is seen first."""
    items.sort(key=lambda item: item.get_closest_marker("real") is not None)
