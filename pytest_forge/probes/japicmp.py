"""Compares the jars of two builds of one module by japicmp.

    python japicmp.py DIRECTORY BEFORE AFTER REPORT

DIRECTORY holds japicmp's own jar; BEFORE and AFTER are the module's directories, each with what
Maven has built in `target/`, or Gradle for forge in `forge/jar/`; REPORT is the file to be written.
It runs as a program of its own, without forge.
"""

import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

# What stands beside a module's own jar.
_OTHERS = re.compile(r"(?:^original-.*|.*-(?:sources|javadoc|tests|test-sources|cyclonedx))\.jar$")


def jar_of(module: Path) -> Path | None:
    """Return the jar that a module ships, None where it has built none, or several."""
    built = (*module.glob("target/*.jar"), *module.glob("forge/jar/*.jar"))
    jars = [one for one in built if not _OTHERS.match(one.name)]
    return jars[0] if len(jars) == 1 else None


def main(arguments: Sequence[str]) -> int:
    """Become japicmp; 1 with a word on standard error where there is nothing to compare."""
    directory, before, after, report = map(Path, arguments)
    programs = sorted(directory.glob("japicmp-*.jar"))
    jars = [jar_of(before), jar_of(after)]
    if not programs or None in jars:
        names = ("the last release", "the working tree")
        missing = [name for name, jar in zip(names, jars, strict=True) if jar is None]
        print(f"error: no jar of {' and '.join(missing) or 'japicmp'}", file=sys.stderr)
        return 1
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin/java") if home else shutil.which("java") or "java"
    options = ["--ignore-missing-classes", "--xml-file", str(report)]
    os.execvp(
        java, [java, "-jar", str(programs[-1]), "-o", str(jars[0]), "-n", str(jars[1]), *options]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
