"""What holds for every test of this repository.

A test that runs a real tool or a whole forge is marked `real`. Such a test uses the product from
outside, so for the gates it is an integration test; marked here, so that it is said once.
"""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every `real` test as an integration test, before `-m` chooses."""
    for item in items:
        if item.get_closest_marker("real") is not None:
            item.add_marker("integration")
