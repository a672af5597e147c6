from collections import Counter
from collections.abc import Callable

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import (
    apidiff,
    go_export,
    go_licenses,
    go_modules,
    go_packages,
    go_version,
    gosec,
    gosec_log,
    govulncheck,
)
from pytest_forge.model import Severity

Recorded = Callable[[str, str, str], bytes]


def test_gosec_severities(recorded: Recorded) -> None:
    report = gosec.parse(recorded("gosec", "findings", "report"))

    assert Counter(one.severity for one in report.findings) == {Severity.MEDIUM: 3, Severity.LOW: 1}
    assert {one.measure for one in report.findings} == {"findings"}
    (launched,) = [one for one in report.findings if one.rule == "G204"]
    # The statement stands on two lines.
    assert (launched.path, launched.line) == ("/project/mess/mess.go", 13)


def test_gosec_clean(recorded: Recorded) -> None:
    report = gosec.parse(recorded("gosec", "clean", "report"))

    assert (report.findings, report.measures["files.scanned"]) == ((), 4)
    assert report.measures["lines.scanned"] > 40


def test_gosec_reads_the_modules_of_a_workspace(recorded: Recorded) -> None:
    report = gosec.parse(recorded("gosec", "workspace", "report"))
    log = gosec_log.parse(recorded("gosec", "workspace", "log"))
    packages = go_packages.parse(recorded("gosec", "workspace", "packages"))

    assert {one.rule for one in report.findings} >= {"G204", "G401"}
    assert log.measures == {"packages.scanned": 2}
    # The third package is for Windows alone.
    assert (packages.measures["packages"], packages.measures["packages.built"]) == (3, 2)


def test_a_log_of_something_else_is_not_gosecs(recorded: Recorded) -> None:
    data = recorded("gosec", "clean", "log").replace(b"Including rules", b"With rules")

    with pytest.raises(OutputUnreadable, match="which rules are included"):
        gosec_log.parse(data)


def test_gosec_that_could_not_read_a_package_has_not_examined_it(recorded: Recorded) -> None:
    with pytest.raises(OutputUnreadable, match=r"worse\.go: method has no receiver"):
        gosec.parse(recorded("gosec", "unreadable", "report"))


def test_gosec_holds_as_many_issues_as_it_says(recorded: Recorded) -> None:
    data = recorded("gosec", "findings", "report").replace(b'"found": 4', b'"found": 5')

    with pytest.raises(OutputUnreadable, match="as many issues"):
        gosec.parse(data)


def test_advisories_of_the_database_and_what_mends_them(recorded: Recorded) -> None:
    report = govulncheck.parse(recorded("govulncheck", "vulnerable", "modules"))

    assert report.measures == {"advisories": 4}
    assert [one.rule for one in report.findings] == [
        "GO-0000-0001",
        "GO-0000-0002",
        "GO-0000-0003",
    ]
    assert report.findings[0].message == (
        "golang.org/x/text v0.3.5 -> v0.3.7: made up for a recording: Parse"
    )


def test_a_database_without_advisories_is_counted(recorded: Recorded) -> None:
    assert govulncheck.parse(recorded("govulncheck", "nothing", "modules")).measures == {
        "advisories": 0
    }


def test_modules_that_ship_and_those_of_tests(recorded: Recorded) -> None:
    report = go_modules.parse(recorded("modules", "clean", "modules"))

    assert [(one.name, one.version, one.direct, one.ships) for one in report.components] == [
        ("github.com/google/go-cmp", "v0.6.0", True, False),
        ("github.com/google/uuid", "v1.6.0", True, True),
    ]
    assert report.components[1].purl == "pkg:golang/github.com/google/uuid@v1.6.0"
    assert report.measures == {"packages": 4}


def test_a_module_that_is_replaced_is_the_other_one(recorded: Recorded) -> None:
    data = recorded("modules", "clean", "modules")
    version = b'"Path": "github.com/google/uuid",\n\t\t"Version": "v1.6.0",'
    other = b'"Replace": {"Path": "example.com/Fork", "Version": "v2.0.0"},'
    directory = b'"Replace": {"Path": "../uuid"},'

    fork = go_modules.parse(data.replace(version, version + other)).components[1]
    left_out = go_modules.parse(data.replace(version, version + directory))

    assert (fork.name, fork.version) == ("example.com/Fork", "v2.0.0")
    assert fork.purl == "pkg:golang/example.com/fork@v2.0.0"
    assert [one.name for one in left_out.components] == ["github.com/google/go-cmp"]
    assert left_out.notes == ("github.com/google/uuid is replaced by a directory",)


def test_a_package_that_is_imported_but_not_listed(recorded: Recorded) -> None:
    data = recorded("modules", "clean", "modules")
    start = data.index(b'{\n\t"ImportPath": "github.com/google/uuid"')
    end = data.index(b"\n}\n", start) + 3

    with pytest.raises(OutputUnreadable, match="google/uuid is imported, but not listed"):
        go_modules.parse(data[:start] + data[end:])


@pytest.mark.parametrize(
    ("printed", "version"),
    [
        (b"go1.26.8\n", "1.26.8"),
        (b"go1.21\n", "1.21"),
        (b"go1.27rc1\n", "1.27.0-rc.1"),
        (b"go1.26.8 X:rangefunc\n", "1.26.8"),
    ],
)
def test_the_standard_library_is_a_component(printed: bytes, version: str) -> None:
    (component,) = go_version.parse(printed).components

    assert (component.name, component.ecosystem, component.version) == ("stdlib", "Go", version)
    assert component.license == "BSD-3-Clause"


@pytest.mark.parametrize("printed", [b"go1.26.8", b"devel +abc\n", b"1.26\n", b"go1.26\nx\n"])
def test_what_is_no_version_of_go(printed: bytes) -> None:
    with pytest.raises(OutputUnreadable):
        go_version.parse(printed)


def test_licenses_by_library(recorded: Recorded) -> None:
    report = go_licenses.parse(recorded("go-licenses", "clean", "report"))
    found = {one.name: one.license for one in report.components}

    assert found["github.com/google/uuid"] == "BSD-3-Clause"
    assert found["github.com/google/go-cmp/cmp"] == "BSD-3-Clause"
    assert found["example.com/shop"] == ""


def test_a_license_that_go_licenses_does_not_know_is_none() -> None:
    with pytest.raises(OutputUnreadable, match=r"no license is called 'Anders-1\.0'"):
        go_licenses.parse(b"example.com/a,https://example.com,Anders-1.0\n")


def test_api_changes(recorded: Recorded) -> None:
    report = apidiff.parse(recorded("apidiff", "breaking", "changes"))

    assert [(one.rule, one.message.split(":")[0]) for one in report.findings] == [
        ("removed", "./cmd/shop.Less"),
        ("removed", "package example.com/shop/gone"),
        ("changed", "./till.(*Till).Add"),
    ]
    assert report.measures == {"api.additions": 2}
    assert [one.subject for one in report.samples] == [
        "./cmd/shop.More: added",
        "./till.More: added",
    ]


def test_the_api_that_was_compared(recorded: Recorded) -> None:
    report = go_export.parse(recorded("apidiff", "breaking", "exported"))

    # internal/names is nobody else's.
    assert {one.subject for one in report.samples} == {".", "cmd/shop", "gone", "till"}
