"""Where nextest writes its report: a configuration of forge's, below the project's own.

See "Tool-specific configuration" in nextest's documentation: what the project itself configures
stands above it.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pytest_forge.toolchains.declarations import Context

REPORT = "nextest/default/junit.xml"
"""The report of the profile `default`, below the run's scratch directory."""


@contextmanager
def nextest_configuration(context: Context) -> Iterator[Mapping[str, str]]:
    """Write the configuration; the slot `nextest-config` is its path."""
    path = context.scratch / "nextest.toml"
    # A JSON string is a basic string of TOML.
    store = json.dumps(str(context.scratch / "nextest"))
    path.write_text(
        f'[store]\ndir = {store}\n\n[profile.default.junit]\npath = "junit.xml"\n',
        encoding="utf-8",
    )
    yield {"nextest-config": str(path)}
