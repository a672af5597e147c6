"""A repository with SDKs in every language that forge knows: one run, one report.

C# is answered by the stand-in for `dotnet`, from recordings; the tools of all others run for real.
"""

from pathlib import Path

import pytest
from replayed.replay import stand_in
from specimens.defects import SPECIMENS, repository
from specimens.forged import GATES, forge

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with each language's specimen in a directory of its own."""
    return repository(
        {f"sdks/{one.language}": one for one in SPECIMENS},
        tmp_path_factory.mktemp("sdks") / "parcelkit",
        # Go wants the directory of a module in its tag.
        tags=("v1.0.0", "sdks/go/v1.0.0"),
    )


def test_every_language_passes_its_gates_in_one_report(root: Path, tmp_path: Path) -> None:
    with stand_in(tmp_path, root / "sdks/csharp", {}, {}):
        forged = forge(root, "--forge-keep-going")
    outcomes = {(row["language"], row["gate"]): row["outcome"] for row in forged.report["gates"]}
    expected = {(one.language, gate): "passed" for one in SPECIMENS for gate in GATES}
    assert outcomes == expected, forged.printed
    assert forged.status == 0
    assert (forged.report["complete"], forged.report["dirty"]) == (True, False)
