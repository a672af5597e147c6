"""Which toolchains are the pinned one."""

import pytest

from pytest_forge.toolchains.declarations import Run
from pytest_forge.toolchains.rust import tools
from pytest_forge.toolchains.rust.channels import is_of_channel
from pytest_forge.toolchains.rust.runs import RUNS


@pytest.mark.parametrize(
    ("channel", "version"),
    [
        ("stable", "1.95.0"),
        ("stable-x86_64-unknown-linux-gnu", "1.95.0"),
        ("1.95", "1.95.0"),
        ("1.95.0", "1.95.0"),
        ("1.95.0-x86_64-unknown-linux-gnu", "1.95.0"),
        ("beta", "1.96.0-beta.3"),
        ("1.96.0-beta.3", "1.96.0-beta.3"),
        ("nightly", "1.97.0-nightly"),
        ("nightly-2026-04-14", "1.97.0-nightly"),
        ("a-build-of-ours", "1.95.0-dev"),
    ],
)
def test_a_toolchain_of_the_pinned_channel(channel: str, version: str) -> None:
    assert is_of_channel(version, channel)


@pytest.mark.parametrize(
    ("channel", "version"),
    [
        ("stable", "1.97.0-nightly"),
        ("stable", "1.96.0-beta.3"),
        ("1.9", "1.95.0"),
        ("1.95.1", "1.95.0"),
        ("1.97", "1.97.0-nightly"),
        ("beta", "1.95.0"),
        ("nightly", "1.95.0"),
        ("nightly-2026-04-14", "1.95.0"),
        ("nightly-2026-04-14-x86_64-unknown-linux-gnu", "1.95.0"),
    ],
)
def test_a_toolchain_of_another_channel(channel: str, version: str) -> None:
    assert not is_of_channel(version, channel)


def test_whatever_starts_cargo_asks_for_the_pinned_one() -> None:
    assert tools.CARGO.pin == "toolchain_pin"
    without = {run.name for run in RUNS if isinstance(run, Run) and tools.CARGO not in run.needs}
    assert without == {"lizard"}
