from pytest_forge.model import Release
from pytest_forge.releases.comparing import COMPARED, FirstRelease
from pytest_forge.toolchains.go.comparing import compared


def test_the_note_of_a_first_release_stands_once() -> None:
    first = FirstRelease("", "example.com/kit/v2 begins anew").report
    report = compared(first.merged(first))

    assert report.notes == ("example.com/kit/v2 begins anew",)
    assert report.release == Release("", None)
    assert report.unavailable[COMPARED] == "first release"
