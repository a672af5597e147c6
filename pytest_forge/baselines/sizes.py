"""What the baseline knows of the sizes of artifacts: they shrink by themselves."""

from collections.abc import Iterable, Mapping

from pytest_forge.model import Timing

RULE = "size"
"""The rule of a comparison of sizes, among the timings of a result."""


def updated(known: Mapping[str, float], timings: Iterable[Timing], grows: bool) -> dict[str, float]:
    """Return the sizes that a check has measured; what is known grows only where it `grows`."""
    found = {one.name: one.value for one in timings if one.rule == RULE and one.value is not None}
    return {
        name: size if grows else min(size, known.get(name, size)) for name, size in found.items()
    }
