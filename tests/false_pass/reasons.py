"""When a fault cannot show, and where each of the reasons for that may be given."""

from false_pass import recordings
from false_pass.damages import Damage, is_lines
from false_pass.faults import DAMAGES, ENDINGS, Fault, Impossible, Part
from false_pass.in_process import SUBJECT_MATTER
from false_pass.subjects import Subject

from pytest_forge.errors import MeasurementError
from pytest_forge.model import Report
from pytest_forge.toolchains.declarations import Output, Run


def excuse(output: Output, clean: bytes, damage: Damage) -> Impossible | None:
    """Return the reason for which a damage cannot show in an output, None where it has to."""
    if not output.required and read(output, clean) == Report():
        # Only where what came out of it is still nothing: a damage that shows has to be an error.
        return Impossible.SUPPLEMENT if read(output, damage.content) == Report() else None
    if damage.partial and read(output, damage.content) == read(output, clean):
        return Impossible.NOT_READ
    if damage.at_line_end and read(output, damage.content) is not None:
        return Impossible.LINE_END
    return None


def read(output: Output, content: bytes) -> Report | None:
    """Return what the format reads in a content, None where it refuses it."""
    try:
        return output.format(content)
    except MeasurementError:
        return None


def why_untried(fault: Fault) -> Impossible | None:
    """Return the reason for which a fault of a computation that reads no run was not tried."""
    if fault is Fault.NOT_PREPARED:
        return Impossible.NO_PREPARATION
    if fault is Fault.TOOL_MISSING:
        return Impossible.NO_TOOL
    if fault in ENDINGS:
        return Impossible.IN_PROCESS
    return Impossible.SUBJECT_MATTER if fault in DAMAGES else None


def holds(part: Part, subject: Subject, fault: Fault) -> bool:
    """Tell whether the reason of a part may be given where it is given, by the declarations."""
    runs = {run.name: run for run in subject.runs}
    run = runs.get(part.run)
    match part.reason:
        case None:
            return True
        case Impossible.IN_PROCESS:
            return fault in ENDINGS and not runs and not isinstance(subject.declared, Run)
        case Impossible.NO_PREPARATION:
            unprepared = run is not None and not run.prepared
            return fault is Fault.NOT_PREPARED and (unprepared or not runs)
        case Impossible.NO_TOOL:
            needless = subject.check.run in SUBJECT_MATTER if run is None else not run.needs
            return fault is Fault.TOOL_MISSING and needless
        case Impossible.SUBJECT_MATTER:
            return fault in DAMAGES and not runs and subject.check.run in SUBJECT_MATTER
        case Impossible.NOT_READ:
            return fault is Fault.OTHER_SHAPE
        case Impossible.LINE_END:
            content = _clean(subject, part.run, part.output)
            return fault is Fault.TRUNCATED and is_lines(content)
        case Impossible.SUPPLEMENT:
            return (
                fault in DAMAGES and run is not None and _is_supplement(subject, part.output, run)
            )


def _is_supplement(subject: Subject, name: str, run: Run) -> bool:
    (output,) = [one for one in run.outputs if one.name == name]
    proofs = [one for one in run.outputs if one.name != name]
    return (
        not output.required
        and output.format(_clean(subject, run.name, name)) == Report()
        and any(one.format(_clean(subject, run.name, one.name)).measures for one in proofs)
    )


def _clean(subject: Subject, run: str, output: str) -> bytes:
    return recordings.clean(subject.toolchain.language, run).content(output)
