"""The machine's fingerprint, from made-up and from real files, and what differs."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_forge.performance.machine import Machine, stolen_seconds, this_machine

CPUINFO = """processor\t: 0
model name\t: Some CPU @ 3.00GHz
flags\t\t: fpu sse avx{hypervisor}

processor\t: 1
model name\t: Some CPU @ 3.00GHz
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "meminfo").write_text("MemTotal:       24684084 kB\nMemFree: 1 kB\n")
    (tmp_path / "cpuinfo").write_text(CPUINFO.format(hypervisor=""))
    vendor = tmp_path / "class/dmi/id"
    vendor.mkdir(parents=True)
    (vendor / "sys_vendor").write_text("Maker\n")
    return tmp_path


def test_what_the_system_tells(files: Path) -> None:
    environ = {"ImageOS": "ubuntu24", "ImageVersion": "2026.1"}
    found = this_machine("Python 3.12.1", "abc", environ=environ, proc=files, sys=files)
    assert (found.cpu, found.memory, found.virtualisation) == ("Some CPU @ 3.00GHz", 24, "")
    assert (found.image, found.runtime, found.lockfile) == (
        "ubuntu24 2026.1",
        "Python 3.12.1",
        "abc",
    )
    assert len(found.flags) == 12
    assert found.cores > 0
    assert found.kernel


def test_a_guest_is_named_by_its_machines_maker(files: Path) -> None:
    (files / "cpuinfo").write_text(CPUINFO.format(hypervisor=" hypervisor"))
    guest = this_machine(environ={}, proc=files, sys=files)
    assert guest.virtualisation == "Maker"
    (files / "class/dmi/id/sys_vendor").unlink()
    assert this_machine(environ={}, proc=files, sys=files).virtualisation == "guest"


def test_flags_are_a_set(files: Path) -> None:
    before = this_machine(environ={}, proc=files, sys=files).flags
    (files / "cpuinfo").write_text("flags : avx fpu sse\n")
    assert this_machine(environ={}, proc=files, sys=files).flags == before
    (files / "cpuinfo").write_text("flags : avx fpu sse avx2\n")
    assert this_machine(environ={}, proc=files, sys=files).flags != before


def test_a_system_that_tells_nothing_is_no_error(tmp_path: Path) -> None:
    found = this_machine(environ={}, proc=tmp_path, sys=tmp_path)
    assert (found.flags, found.memory, found.virtualisation, found.image) == ("", 0, "", "")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_this_machine_is_itself() -> None:
    assert this_machine().differences(this_machine()) == ()
    assert this_machine().memory > 0


def test_each_part_that_differs_is_named_with_both_values() -> None:
    there = Machine(cpu="A", cores=2, runtime="Python 3.12.1")
    here = replace(there, cores=4, cpu="B", image="ubuntu24")
    assert there.differences(here) == (
        "cpu: A there, B here",
        "cores: 2 there, 4 here",
        "image: unknown there, ubuntu24 here",
    )


def test_what_the_hypervisor_took(tmp_path: Path) -> None:
    ticks = os.sysconf("SC_CLK_TCK")
    (tmp_path / "stat").write_text(f"cpu  1 2 3 4 5 6 7 {3 * ticks} 0 0\ncpu0 1 2\n")
    assert stolen_seconds(tmp_path) == 3.0
    (tmp_path / "stat").write_text("cpu 1 2 3\n")
    assert stolen_seconds(tmp_path) == 0.0
    assert stolen_seconds(tmp_path / "none") == 0.0
