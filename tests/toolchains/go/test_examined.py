"""What tools leave out without a word."""

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.model import Report
from pytest_forge.toolchains.go.examined import scanned


def test_a_package_that_gosec_has_not_read_is_named() -> None:
    report = Report(measures={"packages.scanned": 1, "packages.built": 2})
    with pytest.raises(OutputUnreadable, match="gosec read 1 packages, but there are 2"):
        scanned(report)


def test_a_package_of_another_platform_is_not_asked_for() -> None:
    report = Report(measures={"packages.scanned": 2, "packages.built": 2, "packages": 3})
    assert scanned(report) is report
