"""Write the experiment's table into the documentation.

    python -m benchmarks.regression_power.summary JOBS [INSTRUCTIONS] [--page PAGE]

replaces what stands between the two marks of docs/explanation/performance-verdicts.md; with
`--page -` prints it.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles

from benchmarks.regression_power.experiment import LEVELS, records
from benchmarks.regression_power.figures import (
    Figures,
    Rate,
    Record,
    beyond,
    both,
    confirmed,
    counted,
    figures,
    paired_runs,
    single,
)
from benchmarks.regression_power.neighbours import MODES, ROOT
from pytest_forge.performance.rules import RULES

PAGE = ROOT / "docs/explanation/performance-verdicts.md"
JOBS = 300
"""How many A/A jobs the goals ask for."""

BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"


def rows(jobs: Sequence[Record]) -> Iterator[Figures]:
    """Yield the row of each rule that judges timings."""
    yield figures("pytest-benchmark's rule, stored mean > 20 %", 1, single("mean"), jobs)
    yield figures("pytest-benchmark's rule, stored min > 20 %", 1, single("min"), jobs)
    five = RULES.stored_runs
    raw = beyond(0.20, "wall", calibrated=False)
    yield figures("stored min of 5 > 20 %, not calibrated", five, raw, jobs)
    for limit in (0.05, 0.10, 0.20):
        name = f"stored min of 5 > {limit:.0%}, calibrated".replace("%", " %")
        yield figures(name, five, beyond(limit, "wall"), jobs)
    yield figures("the same > 10 %, CPU time", five, beyond(0.10, "cpu"), jobs)
    yield figures("the same > 20 %, CPU time", five, beyond(0.20, "cpu"), jobs)
    for clock, name in (("wall", "A/B, wall time"), ("cpu", "A/B, CPU time")):
        runs = paired_runs(jobs, clock)
        then = both(beyond(RULES.screen, clock), confirmed(clock))
        yield figures(f"stored > 5 %, then {name}", five, then, jobs)
        yield figures(f"{name}, 3-6-12-24 pairs", runs, confirmed(clock), jobs)


def modes(jobs: Sequence[Record]) -> Iterator[Figures]:
    """Yield the A/B rows of each noise mode by itself."""
    for mode in MODES:
        some = [one for one in jobs if one["mode"] == mode]
        for clock in ("wall", "cpu"):
            runs = paired_runs(some, clock)
            yield figures(f"A/B, {clock}, {mode}", runs, confirmed(clock), some)


def table(found: Sequence[Figures]) -> str:
    """Return rows as a Markdown table, in per cent, each with its 95 % interval."""
    head = ["rule", "runs", "FAR", "job", *(f"{level:.0%}".replace("%", " %") for level in LEVELS)]
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for one in found:
        rates = [one.alarms, one.jobs, *(one.found.get(level) for level in LEVELS)]
        lines.append("| " + " | ".join([one.name, f"{one.runs:.3g}", *map(cell, rates)]) + " |")
    return "\n".join(lines) + "\n"


def cell(one: Rate | None) -> str:
    """Return a rate and its interval in per cent; a dash where nothing was measured."""
    if one is None or not one.of:
        return "-"
    # Rounded first: the lowest bound is 0 but for the last bit.
    return f"{100 * one.value:.3g} ({round(100 * one.low, 3):.2g}-{100 * one.high:.3g})"


def goals(found: Sequence[Figures], instructions: Figures | None) -> str:
    """Return each goal with what was measured, by the measured value itself."""
    by_name = {one.name: one for one in found}
    jobs = found[0].jobs.of
    lines = [f"- {JOBS} independent A/A jobs: {jobs}, **{'met' if jobs >= JOBS else 'missed'}**."]
    for clock in ("wall", "CPU"):
        one = by_name[f"A/B, {clock} time, 3-6-12-24 pairs"]
        lines += [
            goal(f"A/B on {clock} time finds >= 95 % of 10 %", one.found.get(0.10), 0.95),
            goal(f"A/B on {clock} time finds >= 99 % of 20 %", one.found.get(0.20), 0.99),
            goal(f"A/B on {clock} time alarms falsely in <= 1 % of jobs", one.jobs, 0.01, False),
            f"- A/B on {clock} time takes <= 8 process runs for an unchanged benchmark: "
            f"{one.runs:.2f}, **{'met' if one.runs <= 8 else 'missed'}**.",
        ]
    for limit in ("10", "20"):
        one = by_name[f"stored min of 5 > {limit} %, calibrated"]
        lines += [
            goal(f"stored, limit {limit} %, finds >= 95 % of 20 %", one.found.get(0.20), 0.95),
            goal(f"stored, limit {limit} %, alarms falsely at <= 1 %", one.alarms, 0.01, False),
        ]
    for clock in ("wall", "CPU"):
        one = by_name[f"stored > 5 %, then A/B, {clock} time"]
        lines += [
            goal(
                f"stored, then A/B on {clock} time, finds >= 95 % of 20 %",
                one.found.get(0.20),
                0.95,
            ),
            goal(
                f"stored, then A/B on {clock} time, alarms falsely at <= 1 %",
                one.alarms,
                0.01,
                False,
            ),
        ]
    if instructions:
        lines += [
            goal("instructions find >= 99 % of 5 %", instructions.found.get(0.05), 0.99),
            goal("instructions never alarm in 1,000 comparisons", instructions.alarms, 0.0, False),
        ]
    return "\n".join(lines) + "\n"


def goal(text: str, one: Rate | None, bound: float, at_least: bool = True) -> str:
    """Return the line of one goal."""
    if one is None or not one.of:
        return f"- {text}: not measured."
    met = one.value >= bound if at_least else one.value <= bound
    return f"- {text}: {one.hits} of {one.of}, {cell(one)} %, **{'met' if met else 'missed'}**."


def conditions(every: Sequence[Record], jobs: Sequence[Record]) -> str:
    """Return when and where the jobs were measured, and beside what load."""
    machine = next(one["machine"] for one in every if "machine" in one)
    parts = ", ".join(str(machine[name]) for name in ("cpu", "kernel", "libc", "runtime"))
    loads, seconds = [one["load"] for one in jobs], sum(one["seconds"] for one in jobs)
    same = sum(one["kind"] == "aa" for one in jobs)
    each = ", ".join(f"{mode} {sum(one['mode'] == mode for one in jobs)}" for mode in MODES)
    low, _, high = quantiles(loads, n=4)
    return (
        f"Measured from {jobs[0]['begun']} to {jobs[-1]['begun']}: {len(jobs)} jobs ({each}), "
        f"{same} of them A/A, on {machine['cores']} cores and {machine['memory']} GiB ({parts}; "
        f"{machine['virtualisation'] or 'no'} virtualisation). Beside the neighbours of the noise "
        f"modes the machine did other work: its load average at the jobs' start was "
        f"{median(loads):.1f} (quartiles {low:.1f} and {high:.1f}), so `quiet` only means that the "
        f"experiment added no load of its own. The hypervisor took "
        f"{100 * sum(one['steal'] for one in jobs) / seconds / machine['cores']:.2g} % of the "
        f"processor time. Rules {RULES.digest}.\n"
    )


def page(path: Path, instructions: Path | None) -> str:
    """Return all that is measured, as Markdown."""
    every = list(records(path))
    jobs = [one for one in every if "machine" not in one]
    found = list(rows(jobs))
    counts = list(records(instructions)) if instructions else []
    tier = counted(counts, RULES.instructions) if counts else None
    return "\n".join(
        [
            conditions(every, jobs),
            table([*found, tier] if tier else found),
            "The A/B comparison by noise mode:\n",
            table(list(modes(jobs))),
            "The goals:\n",
            goals(found, tier),
        ]
    )


def main() -> None:
    """Write or print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("jobs", type=Path)
    parser.add_argument("instructions", type=Path, nargs="?")
    parser.add_argument("--page", default=str(PAGE))
    options = parser.parse_args()
    text = page(options.jobs, options.instructions)
    if options.page == "-":
        print(text)
        return
    written = Path(options.page).read_text(encoding="utf-8")
    if BEGIN not in written or END not in written:
        sys.exit(f"{options.page} has no marks between which the table could stand")
    before, _, rest = written.partition(BEGIN)
    _, _, after = rest.partition(END)
    Path(options.page).write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
