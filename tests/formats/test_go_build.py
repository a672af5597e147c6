from collections import Counter
from collections.abc import Callable

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import go_build, go_packages, go_vet
from pytest_forge.formats.go_packages import COMMANDS
from pytest_forge.model import Severity

Recorded = Callable[[str, str, str], bytes]


def test_every_error_of_the_compiler_is_one(recorded: Recorded) -> None:
    report = go_build.parse(recorded("go-build", "errors", "events"))

    assert [(one.measure, one.path, one.line, one.column) for one in report.findings] == [
        ("errors", "bad/bad.go", 3, 27),
        ("errors", "bad/bad.go", 5, 21),
        ("errors", "worse/worse.go", 4, 1),
        ("errors", "worse/worse.go", 4, 1),
    ]
    assert report.findings[1].message == "declared and not used: y"


def test_a_package_that_nobody_has_is_an_error(recorded: Recorded) -> None:
    (finding,) = go_build.parse(recorded("go-build", "unknown-import", "events")).findings

    assert (finding.measure, finding.path, finding.line) == ("errors", "bad/bad.go", 3)
    assert "example.com/nowhere" in finding.message


def test_an_indented_line_goes_on_with_what_is_wrong(recorded: Recorded) -> None:
    findings = go_build.parse(recorded("go-build", "missing-sum", "events")).findings

    (message,) = {one.message for one in findings if one.path == "bad/bad.go"}
    assert message.endswith("to add: go get example.com/shop/bad"), message


def test_what_the_c_compiler_says_of_a_built_package_is_a_warning(recorded: Recorded) -> None:
    (finding,) = go_build.parse(recorded("go-build", "warning", "events")).findings

    assert (finding.measure, finding.severity) == ("warnings", Severity.MEDIUM)
    assert (finding.path, finding.line) == ("bad/bad.go", 4)


def test_a_failure_without_a_word_is_an_error_too() -> None:
    failed = b'{"ImportPath":"example.com/shop","Action":"build-fail"}\n'
    (finding,) = go_build.parse(failed).findings

    assert (finding.measure, finding.message) == ("errors", "example.com/shop: it was not built")


def test_words_without_a_place_are_kept_on_one_line() -> None:
    said = (
        b'{"ImportPath":"a","Action":"build-output","Output":"# a\\nimport cycle:\\n\\tb\\n"}\n'
        b'{"ImportPath":"a","Action":"build-fail"}\n'
    )
    (finding,) = go_build.parse(said).findings

    assert finding.message == "a: import cycle: b"


def test_an_action_that_nobody_knows_is_not_passed_over() -> None:
    with pytest.raises(OutputUnreadable, match="build-pause"):
        go_build.parse(b'{"ImportPath":"a","Action":"build-pause"}\n')


def test_packages_and_how_often_vet_looks_at_them(recorded: Recorded) -> None:
    report = go_packages.parse(recorded("go-build", "clean", "packages"))

    assert report.measures == {"packages": 4, "packages.built": 4, "packages.vetted": 5}
    assert [one.subject for one in report.samples if one.measure == COMMANDS] == ["cmd/shop"]


def test_a_field_that_was_not_asked_for_may_be_one_that_is_missing(recorded: Recorded) -> None:
    data = recorded("go-build", "clean", "packages").replace(b'"XTestGoFiles"', b'"XTests"')

    with pytest.raises(OutputUnreadable, match="'XTests', which was not asked for"):
        go_packages.parse(data)


def test_vet_prints_an_object_for_each_package(recorded: Recorded) -> None:
    assert go_vet.parse(recorded("go-vet", "clean", "findings")).measures == {"units.vetted": 5}


def test_what_an_analyzer_finds_is_a_type_error(recorded: Recorded) -> None:
    (finding,) = go_vet.parse(recorded("go-vet", "findings", "findings")).findings

    assert (finding.measure, finding.rule) == ("type.errors", "printf")
    assert (finding.path, finding.line) == ("/project/mess/mess.go", 15)


def test_a_test_that_does_not_compile_stands_on_standard_error(recorded: Recorded) -> None:
    report = go_vet.parse(recorded("go-vet", "errors", "errors"))
    (finding,) = report.findings

    assert (finding.rule, finding.path, finding.line) == ("compile", "breaks/a_test.go", 12)
    assert finding.message == "undefined: undefined"
    assert report.measures == {}


def test_objects_and_errors_may_stand_in_one_stream(recorded: Recorded) -> None:
    both = recorded("go-vet", "errors", "errors") + recorded("go-vet", "findings", "findings")
    report = go_vet.parse(both)

    assert Counter(one.rule for one in report.findings) == {"compile": 1, "printf": 1}
    assert report.measures == {"units.vetted": 6}


def test_an_analyzer_that_failed_has_measured_nothing() -> None:
    failed = b'{\n\t"example.com/shop": {\n\t\t"printf": {\n\t\t\t"error": "no"\n\t\t}\n\t}\n}\n'

    with pytest.raises(OutputUnreadable, match="printf failed"):
        go_vet.parse(failed)


def test_a_line_that_nobody_knows_is_named() -> None:
    with pytest.raises(OutputUnreadable, match="vet is on fire"):
        go_vet.parse(b"# example.com/shop\nvet is on fire\n")
