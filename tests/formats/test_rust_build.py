from collections.abc import Callable

import pytest

from pytest_forge.errors import NothingMeasured, OutputUnreadable, ToolMissing
from pytest_forge.formats import cargo_messages, lizard, rustfmt
from pytest_forge.model import Severity

Recorded = Callable[[str, str, str], bytes]


def _places(data: bytes) -> list[tuple[str, str, str | None, int | None]]:
    findings = cargo_messages.parse(data).findings
    return [(one.measure, one.rule, one.path, one.line) for one in findings]


def test_a_clean_build_counts_its_targets(recorded: Recorded) -> None:
    report = cargo_messages.parse(recorded("cargo-build", "clean", "messages"))

    # The library and the program; the dependency is not the project's own.
    assert report.measures == {"targets": 2}
    assert report.findings == ()


def test_a_compile_error(recorded: Recorded) -> None:
    data = recorded("cargo-build", "errors", "messages")

    assert _places(data) == [("errors", "E0308", "src/prices.rs", 25)]
    assert cargo_messages.parse(data).findings[0].severity is Severity.HIGH
    # What failed to compile was looked at.
    assert cargo_messages.parse(data).measures == {"targets": 1}


def test_a_warning_has_its_lints_name(recorded: Recorded) -> None:
    assert _places(recorded("cargo-build", "warnings", "messages")) == [
        ("warnings", "unused_variables", "src/mess.rs", 2)
    ]


def test_what_several_targets_share_is_told_once(recorded: Recorded) -> None:
    data = recorded("clippy", "findings", "messages")

    # The library is compiled by itself and once more for its tests.
    assert data.count(b"this operation has no effect") > 2
    assert [rule for _, rule, _, _ in _places(data)].count("clippy::identity_op") == 1


def test_a_failure_that_only_people_are_told_is_an_error(recorded: Recorded) -> None:
    assert _places(recorded("cargo-build", "build-script", "messages")) == [
        ("errors", "build-failed", None, None)
    ]


def test_a_target_that_is_not_installed_is_a_missing_tool(recorded: Recorded) -> None:
    with pytest.raises(ToolMissing) as raised:
        cargo_messages.parse(recorded("cargo-build-target", "absent", "messages"))

    assert raised.value.mend == "install it: rustup target add wasm32-unknown-unknown"


@pytest.mark.parametrize("run", ["cargo-build", "clippy"])
def test_a_build_of_nothing_of_the_project(recorded: Recorded, run: str) -> None:
    assert cargo_messages.parse(recorded(run, "nothing", "messages")).measures == {"targets": 0}


def test_code_for_a_nightly_compiler_is_no_type_error(recorded: Recorded) -> None:
    with pytest.raises(
        ToolMissing, match=r"^src/lib\.rs:\d+ asks for a nightly compiler"
    ) as raised:
        cargo_messages.parse(recorded("cargo-check", "nightly", "messages"))

    assert "rust-toolchain.toml" in raised.value.mend


def test_errors_beside_success_are_no_result(recorded: Recorded) -> None:
    data = recorded("cargo-build", "errors", "messages")

    with pytest.raises(OutputUnreadable, match="errors, and success"):
        cargo_messages.parse(data.replace(b'"success":false', b'"success":true'))


def test_warnings_of_dependencies_are_not_the_projects(recorded: Recorded) -> None:
    data = recorded("cargo-build", "warnings", "messages")
    foreign = data.replace(b"path+file:///project#shop", b"registry+https://index/shop")

    assert cargo_messages.parse(foreign).findings == ()
    assert cargo_messages.parse(foreign).measures == {"targets": 0}


def test_formatted_files(recorded: Recorded) -> None:
    report = rustfmt.parse(recorded("rustfmt", "clean", "report"))

    assert report.measures == {"files.checked": 5}
    assert report.findings == ()


def test_an_unformatted_file(recorded: Recorded) -> None:
    report = rustfmt.parse(recorded("rustfmt", "unformatted", "report"))

    assert [one.path for one in report.findings] == ["/project/src/mess.rs"]
    assert report.measures == {"files.checked": 6}


def test_a_file_that_rustfmt_could_not_read(recorded: Recorded) -> None:
    with pytest.raises(OutputUnreadable, match="did not examine /project/src/main"):
        rustfmt.parse(recorded("rustfmt", "unreadable", "report"))


def test_rustfmt_that_settings_switch_off(recorded: Recorded) -> None:
    with pytest.raises(NothingMeasured) as raised:
        rustfmt.parse(recorded("rustfmt", "nothing", "report"))

    assert "disable_all_formatting" in raised.value.mend


def test_complexity(recorded: Recorded) -> None:
    report = lizard.parse(recorded("lizard", "complex", "report"))

    assert report.measures == {"functions": 7, "files.checked": 4, "complexity.max": 11}
    worst = max(report.samples, key=lambda one: one.value)
    assert (worst.subject, worst.path, worst.line) == ("choose", "src/prices.rs", 35)


def test_no_function_has_no_complexity(recorded: Recorded) -> None:
    report = lizard.parse(recorded("lizard", "nothing", "report"))

    assert report.measures == {"functions": 0, "files.checked": 1}


def test_lizard_must_name_as_many_functions_as_it_counts(recorded: Recorded) -> None:
    data = recorded("lizard", "complex", "report")

    with pytest.raises(OutputUnreadable, match="counts"):
        lizard.parse(data.replace(b'label="Functions" value="7"', b'label="Functions" value="8"'))
