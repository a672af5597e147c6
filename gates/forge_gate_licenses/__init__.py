"""Gate 7: every dependency that ships has a license that the policy allows.

PYTEST_DONT_REWRITE
"""

import pytest

from forge_gate_licenses.examination import examine
from pytest_forge.judging import Gate, Limit

GATE = Gate(
    id="licenses",
    title="Licenses",
    order=7,
    limits=(
        Limit("licenses.refused", "at most", 0, noun="refused licenses", adopts="findings"),
        Limit(
            "licenses.headers",
            "at most",
            0,
            noun="files without a license header",
            adopts="findings",
            by_change="file",
        ),
    ),
    requires=("components", "licenses.refused"),
    about=(
        "Every dependency that ships states a license that the policy allows, as an SPDX "
        "expression or under a name that stands for one. Of an OR one allowed side is enough, of "
        "an AND all sides must be allowed, and an exception never takes away what its license "
        "allows. No statement, or one that can't be understood, is refused. By default the usual "
        "permissive licenses and MPL-2.0 are allowed. What only the tests need is reported, and "
        "judged where `allow-test-only` is set. With `headers = true` every source file "
        "that ships must name its license in an SPDX header."
    ),
    examine=examine,
)


@pytest.hookimpl(optionalhook=True)
def pytest_forge_gates() -> Gate:
    """Return the gate."""
    return GATE
