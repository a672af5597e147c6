"""No fault of any check is a pass; and the matrix can tell a check that would let one pass."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from false_pass import recordings
from false_pass.faults import DAMAGES, ENDINGS, Cell, Fault, Impossible, Part
from false_pass.matrix import HEAD, Bench, rows
from false_pass.reasons import holds
from false_pass.recordings import NotRecorded
from false_pass.subjects import DECLARATIONS, ELSEWHERE, Subject, subjects

from pytest_forge.errors import ErrorName
from pytest_forge.formats import FORMATS
from pytest_forge.model import Outcome, Report
from pytest_forge.toolchains import builtin_toolchains
from pytest_forge.toolchains.declarations import Computation, Context, Output, Run
from pytest_forge.toolchains.python.runs import BANDIT

SUBJECTS = {subject.id: subject for subject in subjects()}
WHOLE = set(Impossible) - {Impossible.LINE_END, Impossible.SUPPLEMENT, Impossible.NOT_READ}
"""The reasons that may stand alone; the others are for a part of what was tried."""

BANDIT_CHECK = SUBJECTS["python::security::bandit"]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with pytest.MonkeyPatch.context() as patch:
        # git's own configuration of whoever runs the tests is no part of the sample.
        patch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
        yield Bench(tmp_path_factory.mktemp("matrix").resolve())


def test_every_check_and_every_format_has_a_row() -> None:
    expected = [
        (toolchain.language, check.gate, check.name, check.run)
        for toolchain in (*builtin_toolchains(), DECLARATIONS)
        for check in toolchain.checks
        if toolchain.language not in ELSEWHERE
    ]
    checks = [(one.toolchain.language, one.check) for one in SUBJECTS.values()]
    runs = [run for one in SUBJECTS.values() for run in one.runs]
    apart = [one for one in builtin_toolchains() if one.language in ELSEWHERE]
    runs += [run for one in apart for run in one.runs if isinstance(run, Run)]
    read = {output.format for run in runs for output in run.outputs}
    assert len(subjects()) == len(SUBJECTS), "two rows have one name"
    assert set(expected) <= {(spoken, one.gate, one.name, one.run) for spoken, one in checks}
    assert set(FORMATS.values()) <= read


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_check_measures_where_nothing_is_wrong(bench: Bench, name: str) -> None:
    result = bench.control(SUBJECTS[name])
    # ruff's SARIF shows work by its findings alone.
    expected = Outcome.FAILED if name.endswith("::sarif") else Outcome.PASSED
    assert result.outcome is expected, result.reason


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("name", SUBJECTS)
def test_no_fault_is_a_pass(bench: Bench, name: str, fault: Fault) -> None:
    subject = SUBJECTS[name]
    cell = bench.cell(subject, fault)

    assert cell.parts, "nothing was tried"
    assert cell.false_passes == []
    assert [part.label for part in cell.parts if not holds(part, subject, fault)] == []
    # What may be missing in one place is an error in another: no check lives by excuses.
    assert cell.errors or set(cell.reasons) <= WHOLE, cell.reasons


def _fail_open(run: Run, check: Subject = BANDIT_CHECK) -> Subject:
    runs = tuple(run if one.name == run.name else one for one in check.toolchain.runs)
    return replace(check, toolchain=replace(check.toolchain, runs=runs))


def _always_clean(data: bytes) -> Report:
    return Report(measures={"lines.scanned": 1})


@pytest.mark.parametrize("fault", [*DAMAGES, Fault.ZERO_WORK])
def test_a_format_that_reads_anything_is_found_out(bench: Bench, fault: Fault) -> None:
    output = replace(BANDIT.outputs[0], format=_always_clean, required=False)
    cell = bench.cell(_fail_open(replace(BANDIT, outputs=(output,))), fault)
    assert len(cell.false_passes) >= 1
    assert cell.text == "FALSE PASS"


def test_a_format_that_takes_the_unknown_for_nothing_is_found_out(bench: Bench) -> None:
    def lenient(data: bytes) -> Report:
        found = recordings.clean("python", "bandit").content("report")
        return _always_clean(data) if data[:20] == found[:20] else BANDIT.outputs[0].format(data)

    output = replace(BANDIT.outputs[0], format=lenient)
    cell = bench.cell(_fail_open(replace(BANDIT, outputs=(output,))), Fault.TRUNCATED)
    assert "bandit report half: passed" in cell.false_passes


def test_a_run_that_takes_every_exit_status_for_clean_is_found_out(bench: Bench) -> None:
    statuses = frozenset(range(-64, 256))
    steps = tuple(replace(step, clean=statuses) for step in BANDIT.steps)
    subject = _fail_open(replace(BANDIT, steps=steps))
    assert bench.cell(subject, Fault.UNDECLARED_STATUS).false_passes == ["bandit step 1: passed"]
    assert bench.cell(subject, Fault.KILLED).false_passes == ["bandit step 1: passed"]


def test_a_check_without_a_recording_says_which_script_to_run(bench: Bench) -> None:
    run = replace(BANDIT, name="newcomer")
    check = replace(BANDIT_CHECK.check, run="newcomer")
    toolchain = replace(BANDIT_CHECK.toolchain, runs=(run,))
    for fault in (Fault.KILLED, Fault.GARBAGE, Fault.ZERO_WORK):
        with pytest.raises(NotRecorded, match=r"python scripts/record\.py newcomer"):
            bench.cell(Subject(toolchain, check), fault)


def test_a_computation_that_reads_no_run_says_where_to_declare_its_data(bench: Bench) -> None:
    def compute(context: Context, inputs: Mapping[str, Report]) -> Report:
        return Report(measures={"lines.scanned": 1})

    check = replace(BANDIT_CHECK.check, run="newcomer")
    toolchain = replace(BANDIT_CHECK.toolchain, runs=(Computation("newcomer", compute),))
    with pytest.raises(NotRecorded, match=r"add what it reads to DATA in .*in_process\.py"):
        bench.cell(Subject(toolchain, check), Fault.GARBAGE)


def test_an_output_without_a_recording_is_not_taken_for_empty() -> None:
    with pytest.raises(NotRecorded, match=r"no output another: run `python scripts/record\.py"):
        recordings.clean("python", "bandit").content("another")


@pytest.mark.parametrize(
    ("reason", "fault"),
    [
        (Impossible.IN_PROCESS, Fault.KILLED),
        (Impossible.SUBJECT_MATTER, Fault.EMPTY),
        (Impossible.NO_TOOL, Fault.TOOL_MISSING),
        (Impossible.LINE_END, Fault.TRUNCATED),
        (Impossible.SUPPLEMENT, Fault.EMPTY),
        (Impossible.NOT_READ, Fault.GARBAGE),
        (Impossible.NO_PREPARATION, Fault.ZERO_WORK),
    ],
)
def test_a_reason_is_refused_where_it_does_not_hold(reason: Impossible, fault: Fault) -> None:
    assert not holds(Part("bandit", "report", reason=reason), BANDIT_CHECK, fault)


def test_the_reason_for_no_preparation_is_refused_to_a_run_that_needs_one() -> None:
    mypy = SUBJECTS["python::types::mypy"]
    part = Part("mypy", reason=Impossible.NO_PREPARATION)
    assert not holds(part, mypy, Fault.NOT_PREPARED)


def test_a_cell_tells_a_false_pass_before_its_errors() -> None:
    error = Part("a", error=ErrorName.TOOL_CRASHED)
    excused = Part("a", reason=Impossible.NOT_READ)
    assert Cell((excused, error)).text == "tool-crashed"
    assert Cell((excused,)).text == Impossible.NOT_READ
    assert Cell((error, Part("a", outcome="passed"))).text == "FALSE PASS"
    assert Cell(()).text == "FALSE PASS"


def test_the_table_has_a_row_for_each_check(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def cell(subject: Subject, fault: Fault) -> Cell:
        return Cell((Part(subject.id, error=ErrorName.TIMED_OUT),))

    monkeypatch.setattr(bench, "cell", cell)
    table = list(rows(bench))
    assert [row[0] for row in table] == list(SUBJECTS)
    assert {len(row) for row in table} == {len(HEAD)} == {1 + len(Fault)}


def test_the_faults_are_the_ten() -> None:
    assert len(Fault) == 10
    assert set(ENDINGS) | set(DAMAGES) < set(Fault)


def test_the_outputs_of_a_check_are_those_that_it_reads() -> None:
    other = Output("other", "stderr", _always_clean)
    run = replace(BANDIT, outputs=(*BANDIT.outputs, other))
    subject = _fail_open(run)
    assert [one.name for one in subject.reads(run)] == ["report", "other"]
    narrow = replace(subject, check=replace(subject.check, reads=("report",)))
    assert [one.name for one in narrow.reads(run)] == ["report"]
