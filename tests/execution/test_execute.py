"""One run from declaration to reports: what can go wrong has a name, and is never a pass."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pytest_forge.errors import (
    MeasurementError,
    NothingMeasured,
    OutputUnreadable,
    TimedOut,
    ToolCrashed,
    ToolMissing,
)
from pytest_forge.execution.execute import execute
from pytest_forge.execution.outputs import pooled
from pytest_forge.execution.process import Processes
from pytest_forge.model import Finding, Release, Report, TestCase, TestOutcome
from pytest_forge.projects import Project, Tree
from pytest_forge.releases.comparing import FirstRelease
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context, Output, Package, Run, Step, Tool


def words(data: bytes) -> Report:
    """Read the format of these tests: `finding`, `failed` or `files N` on each line."""
    report = Report()
    for line in data.decode().splitlines():
        if line == "garbage":
            raise OutputUnreadable("garbage in the report")
        if line == "finding":
            report = report.merged(Report(findings=(Finding("errors", "E1", "bad", path="a.py"),)))
        if line == "failed":
            report = report.merged(Report(tests=(TestCase("t", TestOutcome.FAILED),)))
        if line.startswith("files "):
            report = report.merged(Report(measures={"files": float(line.split()[1])}))
    return report


@pytest.fixture
def context(tmp_path: Path) -> Context:
    directory = tmp_path / "sdk"
    directory.mkdir()
    return Context(
        project=Project("sdk/toy.json", "toy", "sdk", facts={"sources": ("a", "b")}),
        settings=ProjectSettings(),
        tree=Tree(tmp_path, ()),
        root=tmp_path,
        directory=directory,
        scratch=tmp_path / ".forge/runs/toy",
    )


def run_of(*codes: str, outputs: tuple[Output, ...] = (), **step: Any) -> Run:
    return Run(
        name="toy",
        needs=(),
        steps=tuple(Step((sys.executable, "-c", code), **step) for code in codes),
        outputs=outputs or (Output("report", "stdout", words),),
    )


def reports(run: Run, context: Context) -> Mapping[str, Report | MeasurementError]:
    return execute(run, context, Processes(), 30).reports


def test_outputs_are_read_and_their_paths_start_at_the_root(context: Context) -> None:
    executed = execute(
        run_of("print('finding')", findings=frozenset({1})), context, Processes(), 30
    )
    (finding,) = executed.read().findings
    assert finding.path == "sdk/a.py"
    assert executed.seconds > 0


def test_an_undeclared_exit_status_is_a_crash_with_the_last_words(context: Context) -> None:
    code = "import sys; print('files 3'); sys.exit('no such option')"
    with pytest.raises(ToolCrashed, match="toy exited with status 1: no such option") as caught:
        reports(run_of(code), context)
    assert caught.value.mend == "see .forge/runs/toy/stderr"


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("pytest: error: no such option\n  inifile: a\n  rootdir: b", "error: no such option"),
        ("INTERNALERROR> ValueError: bad\nINTERNALERROR> see b\n3 passed", ": ValueError: bad"),
        ("one error, but not here\nthe last line", ": the last line"),
    ],
)
def test_hints_after_the_error_are_not_its_last_words(
    context: Context, printed: str, words: str
) -> None:
    """Settings that need a plugin which is not there (trap 18 of the survey): pytest's status 4."""
    with pytest.raises(ToolCrashed, match=f"status 4.*{words}"):
        reports(run_of(f"print({printed!r}); raise SystemExit(4)"), context)


def test_a_signal_is_a_crash(context: Context) -> None:
    code = "import os; print('files 3', flush=True); os.kill(os.getpid(), 11)"
    with pytest.raises(ToolCrashed, match="killed by SIGSEGV"):
        reports(run_of(code), context)


def test_a_status_for_findings_without_a_finding_is_a_crash(context: Context) -> None:
    code = "print('files 3'); raise SystemExit(1)"
    with pytest.raises(ToolCrashed, match="holds none"):
        reports(run_of(code, findings=frozenset({1})), context)


def test_a_run_past_its_limit_is_named_with_the_setting(context: Context) -> None:
    with pytest.raises(TimedOut, match=r"longer than 0\.3 s") as caught:
        execute(run_of("import time; time.sleep(60)"), context, Processes(), 0.3)
    assert 'timeouts."toy"' in caught.value.mend


def test_a_status_for_nothing_and_one_for_a_gap_have_their_own_names(context: Context) -> None:
    with pytest.raises(NothingMeasured):
        reports(run_of("raise SystemExit(5)", nothing=frozenset({5})), context)
    gap = run_of("raise SystemExit(9)", gap=frozenset({9}))
    python = Tool("python", "fetch another python", executable=Path(sys.executable).name)
    with pytest.raises(ToolMissing) as caught:
        reports(replace(gap, needs=(python,)), context)
    assert caught.value.message.startswith("toy exited with status 9")
    assert caught.value.mend == "another version is needed: fetch another python"


def test_a_command_that_cannot_be_started_is_missing(context: Context) -> None:
    run = replace(run_of("pass"), steps=(Step(("no-such-program-here",)),))
    with pytest.raises(ToolMissing, match="no-such-program-here can't be started"):
        reports(run, context)


@pytest.mark.parametrize("code", ["pass", "print(end='')"])
def test_an_empty_required_output_is_unreadable(context: Context, code: str) -> None:
    assert isinstance(reports(run_of(code), context)["report"], OutputUnreadable)


def test_a_missing_required_file_is_unreadable_and_an_optional_one_is_not(
    context: Context,
) -> None:
    outputs = (
        Output("must", "must.txt", words),
        Output("may", "may.txt", words, required=False),
    )
    read = reports(run_of("pass", outputs=outputs), context)
    assert isinstance(read["must"], OutputUnreadable)
    assert read["may"] == Report()


def test_an_old_output_is_never_read(context: Context) -> None:
    context.scratch.mkdir(parents=True)
    (context.scratch / "report.txt").write_text("files 3\n")
    outputs = (Output("report", "report.txt", words),)
    assert isinstance(reports(run_of("pass", outputs=outputs), context)["report"], OutputUnreadable)


def test_files_that_fit_a_glob_are_merged(context: Context) -> None:
    code = (
        "import pathlib\n"
        f"home = pathlib.Path({str(context.scratch)!r}, 'd')\n"
        "home.mkdir()\n"
        "for name in 'ab': (home / name).write_text('finding\\n')\n"
    )
    outputs = (Output("logs", "d/*", words),)
    report = reports(run_of(code, outputs=outputs), context)["logs"]
    assert isinstance(report, Report)
    assert len(report.findings) == 2


def test_counts_of_several_files_add_up_and_the_worst_share_holds() -> None:
    reports = (
        Report(measures={"files.checked": 3, "coverage.line": 90.0, "complexity.max": 4}),
        Report(measures={"files.checked": 0, "coverage.line": 40.0}),
        Report(measures={"files.checked": 2, "coverage.line": 95.0, "complexity.max": 2}),
    )
    assert pooled(reports).measures == {
        "files.checked": 5,
        "coverage.line": 40.0,
        "complexity.max": 4,
    }


def test_a_failed_test_stands_even_where_another_output_is_missing(context: Context) -> None:
    outputs = (Output("tests", "stdout", words), Output("coverage", "coverage.json", words))
    executed = execute(run_of("print('failed')", outputs=outputs), context, Processes(), 30)
    report = executed.read()
    assert report.value("tests.failed") == 1
    assert "coverage output of toy is missing" in report.notes[0]
    with pytest.raises(OutputUnreadable):
        executed.read(("coverage",))


def test_a_later_step_that_fails_does_not_hide_what_an_earlier_one_found(context: Context) -> None:
    outputs = (Output("tests", "found.txt", words),)
    first = (
        f"import pathlib; pathlib.Path({str(context.scratch)!r}, 'found.txt')"
        ".write_text('failed'); raise SystemExit(1)"
    )
    run = run_of(first, "raise SystemExit(7)", outputs=outputs, findings=frozenset({1}))
    assert execute(run, context, Processes(), 30).read().value("tests.failed") == 1
    with pytest.raises(ToolCrashed, match="status 7"):
        reports(run_of("pass", "raise SystemExit(7)", outputs=outputs), context)


def test_a_tool_that_does_not_answer_is_missing_with_the_command_that_installs_it(
    context: Context,
) -> None:
    tool = Tool("nothing", "pip install nothing", module="no_such_module", scope="forge")
    with pytest.raises(ToolMissing) as caught:
        reports(replace(run_of("pass"), needs=(tool,)), context)
    assert caught.value.reason.endswith("install it: pip install nothing")


def test_a_module_of_the_project_does_not_stand_in_for_a_tool(context: Context) -> None:
    (context.directory / "no_such_module.py").write_text("print('1.0')")
    tool = Tool("nothing", "pip install nothing", module="no_such_module", scope="forge")
    with pytest.raises(ToolMissing):
        reports(replace(run_of("pass"), needs=(tool,)), context)


def test_the_version_of_the_first_tool_is_reported(context: Context) -> None:
    tool = Tool("python", "", module="platform", scope="forge", version_pattern=r"(\w+)-")
    run = replace(run_of("print('files 3')"), needs=(replace(tool, version=()),))
    assert execute(run, context, Processes(), 30).tool_version != ""


def test_slots_and_context_managers_reach_the_command(context: Context) -> None:
    @contextmanager
    def release(inner: Context) -> Iterator[Mapping[str, str]]:
        yield {"release": f"/releases/{inner.project.name}"}

    code = "import sys; print('files', len(sys.argv)); open(sys.argv[1], 'w').write(sys.argv[2])"
    run = Run(
        name="toy",
        needs=(),
        steps=(Step(("{forge-python}", "-c", code, "{scratch}/told", "{release}", "{sources}")),),
        outputs=(Output("report", "stdout", words),),
        around=(release,),
    )
    executed = execute(run, context, Processes(), 30)
    assert executed.read().measures == {"files": 5}
    assert (context.scratch / "told").read_text() == "/releases/sdk"


def test_the_shown_command_names_no_place_of_this_machine(context: Context) -> None:
    run = replace(
        run_of("print('files 1')"),
        steps=(Step(("{forge-python}", "-c", "print('files 1')", "{scratch}/out")),),
    )
    executed = execute(run, context, Processes(), 30)
    assert executed.command[0].startswith("python")
    assert executed.command[-1] == ".forge/runs/toy/out"


def test_each_step_may_have_a_stream_and_a_directory_of_its_own(context: Context) -> None:
    (context.directory / "below").mkdir()
    (context.directory / "below" / "number").write_text("files 7")
    first = Step((sys.executable, "-c", "print('files 3')"), stdout="first")
    code = "print(open('number').read())"
    second = Step((sys.executable, "-c", code), stdout="second", directory="{directory}/below")
    outputs = (Output("a", "first", words), Output("b", "second", words))
    told = reports(replace(run_of(outputs=outputs), steps=(first, second)), context)
    assert told == {"a": Report(measures={"files": 3}), "b": Report(measures={"files": 7})}


def test_a_step_may_be_repeated_for_each_word_of_a_fact(context: Context) -> None:
    code = "import sys; print('files', sys.argv[1])"
    step = Step(
        ("{forge-python}", "-c", code, "{number}", "{each}"), each="sources", stdout="told-{number}"
    )
    run = replace(run_of(outputs=(Output("report", "told-*", words),)), steps=(step,))
    execute(run, context, Processes(), 30)
    told = [(context.scratch / f"told-{number}").read_text() for number in (1, 2)]
    assert told == ["files 1\n", "files 2\n"]


def test_a_step_for_the_words_of_an_empty_fact_does_not_run(context: Context) -> None:
    step = Step((sys.executable, "-c", "raise SystemExit(3)"), each="nothing")
    run = replace(run_of("print('files 4')"), steps=(step, *run_of("print('files 4')").steps))
    assert reports(run, context)["report"] == Report(measures={"files": 4})


def test_nothing_runs_where_there_is_no_release_to_compare_with(context: Context) -> None:
    @contextmanager
    def first(context: Context) -> Iterator[Mapping[str, str]]:
        raise FirstRelease("1.0.0")
        yield {}

    run = replace(run_of("raise SystemExit(7)"), around=(first,))
    report = reports(run, context)["report"]
    assert isinstance(report, Report)
    assert report.release == Release("1.0.0", None)


def test_the_lowest_version_is_the_projects_fact(context: Context) -> None:
    python = Tool("python", "apt install python3", executable="python3", at_least="wanted")
    run = replace(run_of("print('files 1')"), needs=(python,))
    assert isinstance(reports(run, context)["report"], Report)
    wanted = replace(context.project, facts={"wanted": "99.0"})
    with pytest.raises(ToolMissing, match=r"asks for python 99\.0 or later"):
        reports(run, replace(context, project=wanted))


def test_an_error_tells_what_had_been_run(context: Context) -> None:
    with pytest.raises(ToolCrashed) as caught:
        reports(run_of("raise SystemExit(7)"), context)
    assert caught.value.command[1:] == ("-c", "raise SystemExit(7)")
    assert caught.value.seconds > 0


def test_a_tool_in_another_version_than_the_pinned_one_is_told_once(context: Context) -> None:
    outputs = tuple(Output(name, "stdout", words) for name in ("a", "b"))
    package = Package("go", "example.org/python", "v1.5.2")
    python = Tool("python", "apt install python3", executable="python3", packages=(package,))
    run = replace(run_of("print('files 1')", outputs=outputs), needs=(python,))
    here = ".".join(map(str, sys.version_info[:3]))
    (note,) = execute(run, context, Processes(), 60).read().notes
    assert note == f"python {here} ran, forge's copy; forge is tried with v1.5.2"
    same = replace(python, packages=(replace(package, version=f"v{here}"),))
    assert execute(replace(run, needs=(same,)), context, Processes(), 60).read().notes == ()
