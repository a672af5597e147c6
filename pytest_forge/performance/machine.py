"""The fingerprint of a machine: everything about it that moves timings, part by part.

Two sessions whose fingerprints differ are not compared, and the parts that differ are named.
"""

import hashlib
import os
import platform
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

PROC = Path("/proc")
SYS = Path("/sys")


@dataclass(frozen=True)
class Machine:
    """Where a session was measured; a part that the system does not tell is empty (0 for numbers).

    `flags` is a hash of the processor's feature flags; the memory is in whole GiB, as what the
    kernel keeps for itself varies. `image` is the runner's (GitHub's `ImageOS` and `ImageVersion`).
    `runtime` and `lockfile` are the project's: its runtime's version, its lockfile's hash.
    """

    cpu: str = ""
    flags: str = ""
    cores: int = 0
    memory: int = 0
    kernel: str = ""
    libc: str = ""
    virtualisation: str = ""
    image: str = ""
    runtime: str = ""
    lockfile: str = ""

    def differences(self, other: "Machine") -> tuple[str, ...]:
        """Return each part that differs, with both values: `cores: 2 there, 4 here`.

        `self` is the stored side ("there"), `other` the present one ("here").
        """
        there, here = asdict(self), asdict(other)
        return tuple(
            f"{field.name}: {there[field.name] or 'unknown'} there, "
            f"{here[field.name] or 'unknown'} here"
            for field in fields(self)
            if there[field.name] != here[field.name]
        )


def this_machine(
    runtime: str = "",
    lockfile: str = "",
    *,
    environ: Mapping[str, str] | None = None,
    proc: Path = PROC,
    sys: Path = SYS,
) -> Machine:
    """Return this machine's fingerprint; `runtime` and `lockfile` are what the project's are."""
    variables = os.environ if environ is None else environ
    processor = _read(proc / "cpuinfo")
    flags = " ".join(sorted(_line(processor, "flags", "Features").split()))
    return Machine(
        cpu=_line(processor, "model name", "Processor") or platform.processor(),
        flags=hashlib.sha256(flags.encode()).hexdigest()[:12] if flags else "",
        cores=os.cpu_count() or 0,
        memory=_gibibytes(_read(proc / "meminfo")),
        kernel=platform.release(),
        libc=" ".join(platform.libc_ver()).strip(),
        virtualisation=_virtualisation(processor, sys),
        image=" ".join(filter(None, (variables.get("ImageOS"), variables.get("ImageVersion")))),
        runtime=runtime,
        lockfile=lockfile,
    )


def stolen_seconds(proc: Path = PROC) -> float:
    """Return the seconds that the hypervisor has taken from this machine since it started.

    0.0 where the system does not tell. See proc(5) on `/proc/stat`, whose eighth number it is.
    """
    words = _read(proc / "stat").split("\n", 1)[0].split()
    return int(words[8]) / os.sysconf("SC_CLK_TCK") if len(words) > 8 else 0.0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _line(text: str, *names: str) -> str:
    """Return the value of the first line with one of these names."""
    found = re.search(rf"^(?:{'|'.join(names)})[ \t]*:(.*)$", text, re.MULTILINE)
    return found[1].strip() if found else ""


def _gibibytes(meminfo: str) -> int:
    kibibytes = _line(meminfo, "MemTotal").removesuffix("kB").strip()
    return round(int(kibibytes) / 2**20) if kibibytes.isdigit() else 0


def _virtualisation(processor: str, sys: Path) -> str:
    """Return the machine's maker where the processor says that it is a guest."""
    if "hypervisor" not in _line(processor, "flags", "Features").split():
        return ""
    return _read(sys / "class/dmi/id/sys_vendor").strip() or "guest"
