"""The matrix itself: every check, every fault, and what forge makes of it.

A check is run as forge runs it, from its declaration to its verdict; only its programs are
stand-ins that write what the tools wrote when they were recorded, less or more the fault.
"""

import itertools
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from false_pass import in_process, recordings
from false_pass.damages import Damage, derived
from false_pass.faults import DAMAGES, ENDINGS, Cell, Fault, Impossible, Part
from false_pass.reasons import excuse, read, why_untried
from false_pass.recordings import Recorded
from false_pass.sample import FILES, PREPARED, UNPREPARED, USUAL, Sample, make
from false_pass.subjects import Subject, subjects

from pytest_forge.model import Outcome
from pytest_forge.results import CheckResult
from pytest_forge.toolchains.declarations import Output, Run, Step

STAND_IN = Path(__file__).with_name("stand_in.py")
NO_SUCH = "no_such_tool_of_the_matrix"
_SHORT = 0.2
_LONG = 30.0


@dataclass
class Bench:
    """Where cells are made: a directory for stand-ins' outputs and the sample repositories."""

    directory: Path
    _count: Iterator[int] = field(default_factory=itertools.count)
    _controls: dict[str, CheckResult] = field(default_factory=dict)
    _samples: dict[str, Sample] = field(default_factory=dict)

    def sample(self, subject: Subject) -> Sample:
        """Return the repository with the project of the check's language."""
        language = subject.sample
        language = language if language in FILES else USUAL
        if language not in self._samples:
            made = make(self.directory / "samples" / language, language)
            database = in_process.advisories(self.directory / "advisories" / language)
            self._samples[language] = replace(made, advisories=database)
        return self._samples[language]

    def control(self, subject: Subject) -> CheckResult:
        """Return the result of the check where nothing is wrong."""
        if subject.id not in self._controls:
            self._controls[subject.id] = self.run(subject)
        return self._controls[subject.id]

    def cell(self, subject: Subject, fault: Fault) -> Cell:
        """Try a fault on a check in every way."""
        if fault is Fault.TOOL_MISSING:
            parts = self._tool_missing(subject)
        elif fault is Fault.NOT_PREPARED:
            parts = self._not_prepared(subject)
        elif fault in ENDINGS:
            parts = self._endings(subject, fault)
        elif fault in DAMAGES:
            parts = self._damages(subject, fault)
        else:
            parts = self._zero_work(subject)
        own = self._in_process(subject, fault)
        return Cell((*parts, *own))

    def run(
        self,
        subject: Subject,
        faulty: Run | None = None,
        sample: Sample | None = None,
        prepared: bool = True,
    ) -> CheckResult:
        """Run a check with stand-ins for its runs; `faulty` is put in the place of its namesake."""
        runs = {run.name: self.replayed(run, self._clean(subject, run)) for run in subject.runs}
        if faulty is not None:
            runs[faulty.name] = faulty
        toolchain = replace(
            subject.toolchain,
            runs=tuple(runs.get(one.name, one) for one in subject.toolchain.runs),
            preparation=PREPARED if prepared else UNPREPARED,
        )
        chosen = sample or self.sample(subject)
        return chosen.evaluate(toolchain, subject.check, subject.variant)

    def replayed(
        self, run: Run, recorded: Recorded, endings: Mapping[int, str] | None = None
    ) -> Run:
        """Return the run with stand-ins that write the recording; a step's ending can be given."""
        stage = self.directory / f"stage-{next(self._count)}"
        place = f"{self.directory}/samples/typescript/".encode()
        for output in run.outputs:
            path = stage / _place(output, run)
            path.parent.mkdir(parents=True, exist_ok=True)
            # Where a tool names absolute paths, they are those of the sample.
            path.write_bytes(recorded.content(output.name).replace(b"/project/", place))
        steps = []
        for number, step in enumerate(run.steps):
            ending = (endings or {}).get(number, f"exit {recorded.statuses[number]}")
            steps.append(_stand_in(step, stage / str(number), ending))
        return replace(run, steps=tuple(steps), needs=(), timeout=_LONG)

    def _clean(self, subject: Subject, run: Run) -> Recorded:
        return recordings.clean(subject.toolchain.language, run.name)

    def _tool_missing(self, subject: Subject) -> Iterator[Part]:
        for run in subject.runs:
            for tool in run.needs:
                absent = replace(
                    tool,
                    executable=NO_SUCH if tool.executable else "",
                    module=NO_SUCH if tool.module else "",
                )
                clean = self.replayed(run, self._clean(subject, run))
                faulty = replace(clean, needs=(absent,))
                yield _judged(Part(run.name, how=tool.name), self.run(subject, faulty))
            if not run.needs:
                yield Part(run.name, reason=Impossible.NO_TOOL)

    def _not_prepared(self, subject: Subject) -> Iterator[Part]:
        for run in subject.runs:
            if run.prepared:
                yield _judged(Part(run.name), self.run(subject, prepared=False))
            else:
                yield Part(run.name, reason=Impossible.NO_PREPARATION)

    def _endings(self, subject: Subject, fault: Fault) -> Iterator[Part]:
        timeout = _SHORT if fault is Fault.TIMEOUT else _LONG
        for run in subject.runs:
            for number in range(len(run.steps)):
                ending = {number: ENDINGS[fault]}
                faulty = self.replayed(run, self._clean(subject, run), ending)
                result = self.run(subject, replace(faulty, timeout=timeout))
                yield _judged(Part(run.name, how=f"step {number + 1}"), result)

    def _damages(self, subject: Subject, fault: Fault) -> Iterator[Part]:
        for run in subject.runs:
            recorded = self._clean(subject, run)
            for output in subject.reads(run):
                results: dict[str, CheckResult] = {}
                for damage in derived(fault, recorded.content(output.name)):
                    yield self._damaged(subject, run, output, damage, results)

    def _damaged(
        self,
        subject: Subject,
        run: Run,
        output: Output,
        damage: Damage,
        results: dict[str, CheckResult],
    ) -> Part:
        """Try a damage; `results` are those of this output, by what its format has read in it.

        Of an output the engine sees nothing else: what reads the same comes to the same result.
        """
        recorded = self._clean(subject, run)
        part = Part(run.name, output.name, damage.label)
        reason = excuse(output, recorded.content(output.name), damage)
        if reason is not None:
            return replace(part, reason=reason)
        seen = repr((read(output, damage.content), bool(damage.content)))
        if seen not in results:
            damaged = recorded.with_content(output.name, damage.content)
            results[seen] = self.run(subject, self.replayed(run, damaged))
        return self._compared(part, subject, results[seen], damage.partial)

    def _compared(self, part: Part, subject: Subject, result: CheckResult, partial: bool) -> Part:
        if partial and _says_the_same(result, self.control(subject)):
            return replace(part, reason=Impossible.NOT_READ)
        return _judged(part, result)

    def _zero_work(self, subject: Subject) -> Iterator[Part]:
        for run in subject.runs:
            nothing = recordings.nothing(subject.toolchain.language, run.name)
            faulty = self.replayed(run, nothing)
            yield _judged(Part(run.name), self.run(subject, faulty))

    def _in_process(self, subject: Subject, fault: Fault) -> Iterator[Part]:
        """Try the fault on what is read beside the outputs of runs."""
        found = 0
        for reader, name in in_process.readers(subject):
            place = self.directory / f"data-{next(self._count)}"
            whole = self.sample(subject)
            for how, sample, partial in in_process.faulty(name, fault, whole, place):
                found += 1
                with in_process.surroundings(sample, fault):
                    result = self.run(subject, sample=sample)
                yield self._compared(Part(reader, how=how), subject, result, partial)
        if not found and not subject.runs:
            yield Part(subject.declared.name, reason=why_untried(fault))


def _judged(part: Part, result: CheckResult) -> Part:
    if result.outcome is Outcome.ERROR:
        return replace(part, error=result.error, outcome=result.reason)
    return replace(part, outcome=f"{result.outcome} {result.reason}".rstrip())


def _says_the_same(one: CheckResult, other: CheckResult) -> bool:
    return (one.outcome, one.measures, one.limits) == (other.outcome, other.measures, other.limits)


def _stand_in(step: Step, stage: Path, ending: str) -> Step:
    command = (sys.executable, "-I", "-S", str(STAND_IN), str(stage), "{scratch}", ending)
    return replace(step, argv=command, environment={})


def _place(output: Output, run: Run) -> PurePosixPath:
    """Return where the stand-in of a step finds an output: a stream, or a file that fits the glob.

    A stream is that of the last step whose stream has the name; a file is written by the last step.
    """
    last = len(run.steps) - 1
    for number in range(last, -1, -1):
        streams = {run.steps[number].stderr: "stderr", run.steps[number].stdout: "stdout"}
        if output.source in streams:
            return PurePosixPath(str(number), streams[output.source])
    return PurePosixPath(str(last), "files", output.source.replace("*", "recorded"))


HEAD = ("check", *Fault)


def rows(bench: Bench) -> Iterator[tuple[str, ...]]:
    """Yield the table: a row for each check with the text of each of its cells."""
    for subject in subjects():
        yield (subject.id, *(bench.cell(subject, fault).text for fault in Fault))
