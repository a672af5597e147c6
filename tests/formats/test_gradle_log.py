from collections.abc import Callable

import pytest

from pytest_forge.errors import NotPrepared, OutputUnreadable, ToolMissing
from pytest_forge.formats import gradle_log
from pytest_forge.formats.maven_log import GOALS_FAILED
from pytest_forge.model import Severity

Recorded = Callable[[str, str, str], bytes]

GOOD = b"\nBUILD SUCCESSFUL in 3s\n4 actionable tasks: 4 executed\n"
BAD = b"\nBUILD FAILED in 1m 3s\n"


def wrong(*said: str) -> bytes:
    return "\n".join(("* What went wrong:", *said, "", "* Try:", "")).encode() + BAD


def test_a_build_that_finds_nothing_tells_nothing(recorded: Recorded) -> None:
    assert gradle_log.parse(recorded("gradle-build", "clean", "log")).findings == ()


def test_a_warning_of_the_compiler_stands_at_its_place(recorded: Recorded) -> None:
    (finding,) = gradle_log.parse(recorded("gradle-build", "findings", "log")).findings

    assert (finding.measure, finding.severity) == ("warnings", Severity.MEDIUM)
    assert (finding.path or "").endswith("src/main/java/com/example/shop/Till.java")
    assert (finding.line, finding.rule) == (37, "removal")


def test_lints_are_rules(recorded: Recorded) -> None:
    findings = gradle_log.parse(recorded("gradle-lint", "findings", "log")).findings

    rules = [one.rule for one in findings]
    assert {"rawtypes", "unchecked", "cast", "removal"} <= set(rules)
    assert rules.count("rawtypes") == 2
    assert all(one.measure == "warnings" and one.path and one.line for one in findings)


def test_errors_are_told_once_with_what_belongs_to_them(recorded: Recorded) -> None:
    findings = gradle_log.parse(recorded("gradle-build", "errors", "log")).findings

    assert [one.measure for one in findings] == ["errors", "errors"]
    assert findings[0].message.startswith("incompatible types: String cannot be converted")
    assert findings[1].message.startswith("cannot find symbol; symbol: variable summ")


def test_a_dependency_that_nobody_has_is_no_error_of_the_code(recorded: Recorded) -> None:
    with pytest.raises(
        NotPrepared, match=r"Could not find com\.google\.code\.gson:nowhere:1\.0\.0"
    ):
        gradle_log.parse(recorded("gradle-build", "unresolved", "log"))


def test_a_build_file_that_gradle_cannot_read_is_an_error(recorded: Recorded) -> None:
    (finding,) = gradle_log.parse(recorded("gradle-build", "broken-script", "log")).findings

    assert (finding.measure, finding.rule) == ("errors", "build")
    assert "Could not compile build file" in finding.message


@pytest.mark.parametrize(
    "said",
    [
        "error: release version 99 not supported",
        "error: invalid source release: 99",
        "> Unsupported class file major version 69",
        "> No matching toolchains found for requested specification: {languageVersion=21}",
        "Gradle requires JVM 17 or later to run. Your build is currently configured to use JVM 11.",
    ],
)
def test_a_jdk_that_does_not_fit_is_a_missing_tool(said: str) -> None:
    with pytest.raises(ToolMissing, match="the JDK is not the one"):
        gradle_log.parse(wrong("Execution failed for task ':compileJava'.", said))


@pytest.mark.parametrize(
    "said",
    [
        "Plugin [id: 'com.example.none', version: '1'] was not found in any of the following",
        "> Could not GET 'https://repository.example/kit.pom'.",
        "> No cached version of org.example:kit:1 available for offline mode.",
    ],
)
def test_what_gradle_cannot_fetch_is_not_prepared(said: str) -> None:
    with pytest.raises(NotPrepared):
        gradle_log.parse(wrong("A problem occurred evaluating root project 'kit'.", said))


def test_a_task_that_failed_is_an_error_of_the_build() -> None:
    said = "Execution failed for task ':core:generate'."
    (finding,) = gradle_log.parse(wrong(said, "> the template is gone")).findings

    assert (finding.measure, finding.rule) == ("errors", ":core:generate")
    assert finding.message == "the template is gone"


def test_a_task_of_forges_own_that_failed_is_none() -> None:
    said = "Execution failed for task ':core:forgeSpotbugs'."
    (finding,) = gradle_log.parse(wrong(said, "> it ended with 4")).findings
    assert finding.measure == GOALS_FAILED


def test_several_failures_are_all_told() -> None:
    first, second = (wrong(f"Execution failed for task ':{one}'.", "> no") for one in "ab")
    findings = gradle_log.parse(first.removesuffix(BAD) + second).findings
    assert [one.rule for one in findings] == [":a", ":b"]


def test_an_error_without_a_place_is_one_as_well() -> None:
    text = b":compileJavaerror: warnings found and -Werror specified\n1 error\n FAILED\n"
    said = wrong("Execution failed for task ':compileJava'.", "> Compilation failed")
    (finding,) = gradle_log.parse(text + said).findings
    assert (finding.path, finding.line) == (None, None)
    assert finding.message == "warnings found and -Werror specified"


@pytest.mark.parametrize("header", ["> Task :core:compileJava\n", ":core:compileJava"])
def test_the_name_of_a_task_may_stand_before_or_above(header: str) -> None:
    text = f"{header}/kit/A.java:3: warning: [removal] it goes\n1 warning\n".encode()
    (finding,) = gradle_log.parse(text + GOOD).findings
    assert (finding.path, finding.line, finding.rule) == ("/kit/A.java", 3, "removal")


@pytest.mark.parametrize(
    "task", [":javadoc", ":core:test", ":integrationTest", ":aggregateJavadoc"]
)
def test_what_other_tasks_print_is_no_warning_of_the_compiler(task: str) -> None:
    said = b"/kit/A.java:3: warning: no comment\n"
    header = f"> Task {task}\n".encode()
    assert gradle_log.parse(header + said + GOOD).findings == ()
    again = header + b"\n> Task :compileTestJava\n" + said
    assert len(gradle_log.parse(again + GOOD).findings) == 1


def test_what_a_test_prints_right_behind_its_name_is_no_warning() -> None:
    text = b":testWARNING: it goes\nwarning: x\n/kit/A.java:3: warning: y\n"
    assert gradle_log.parse(text + GOOD).findings == ()


def test_what_is_told_again_behind_a_failure_is_read_too() -> None:
    said = ("Execution failed for task ':compileJava'.", "> Compilation failed; see below.")
    told = ("  /kit/A.java:3: error: no", "  1 error")
    text = b"> Task :test\n\nFAILURE: Build failed with an exception.\n" + wrong(*said, *told)
    (finding,) = gradle_log.parse(text).findings
    assert (finding.path, finding.message) == ("/kit/A.java", "no")


def test_all_errors_that_javac_counts_are_told() -> None:
    text = b"/kit/A.java:3: error: no\n2 errors\n"
    with pytest.raises(OutputUnreadable, match="javac counts 2 errors, but it tells 1"):
        gradle_log.parse(text + wrong("Execution failed for task ':compileJava'.", "> no"))


def test_a_build_that_failed_must_tell_why() -> None:
    with pytest.raises(OutputUnreadable, match="nothing tells why"):
        gradle_log.parse(BAD)


def test_a_log_that_is_cut_off_is_unreadable(recorded: Recorded) -> None:
    data = recorded("gradle-build", "findings", "log")
    end = data.index(b"BUILD SUCCESSFUL")
    for cut in (*range(0, end, 97), end + 20, len(data) - 1):
        with pytest.raises(OutputUnreadable, match="how the build ended"):
            gradle_log.parse(data[:cut])
