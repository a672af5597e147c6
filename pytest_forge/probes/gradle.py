"""Starts Gradle: the project's wrapper where there is one, else the `gradle` on PATH.

    python gradle.py --version
    python gradle.py ARGUMENT ...

It is started in the project's directory; a wrapper may stand above it, up to the top of the
repository. Both streams of a build become one, since javac's words and Gradle's own on how the
build ended stand in either. It runs as a program of its own, without forge.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_PROPERTIES = "gradle/wrapper/gradle-wrapper.properties"
_JAR = "gradle/wrapper/gradle-wrapper.jar"
_ADDRESS = re.compile(r"^\s*distributionUrl\s*=\s*(\S+)", re.MULTILINE)


def gradle(directory: Path) -> list[str]:
    """Return the command of Gradle for a directory, [] where there is none."""
    wrapper = wrapper_of(directory)
    if wrapper is not None:
        return ["sh", str(wrapper)]
    found = shutil.which("gradle")
    return [found] if found else []


def wrapper_of(directory: Path) -> Path | None:
    """Return the wrapper's script for a directory, None where there is none that is whole."""
    for place in (directory, *directory.parents):
        wrapper = place / "gradlew"
        # Some repositories ignore the jar: the script alone can start nothing.
        if all(one.is_file() for one in (wrapper, place / _PROPERTIES, place / _JAR)):
            return wrapper
        if (place / ".git").exists():
            break
    return None


def distribution(wrapper: Path) -> str:
    """Return the address of the distribution that a wrapper wants, as its properties state it."""
    text = (wrapper.parent / _PROPERTIES).read_text(encoding="utf-8", errors="replace")
    found = _ADDRESS.search(text)
    return found[1].replace("\\", "") if found else "no distribution"


def told_version(command: Sequence[str], wrapper: Path | None) -> int:
    """Print Gradle's version; the status is Gradle's own.

    A wrapper whose distribution can't be had says so in one line on standard error.
    """
    done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=False)
    if done.returncode and wrapper is not None:
        print(
            f"error: the wrapper ({wrapper.name}) can't start Gradle: it wants "
            f"{distribution(wrapper)}, which must be reachable or be there already",
            file=sys.stderr,
        )
        return done.returncode
    print(done.stdout, end="")
    print(done.stderr, end="", file=sys.stderr)
    return done.returncode


def main(arguments: Sequence[str]) -> int:
    """Become Gradle; 1 with a word on standard error where there is none."""
    command = gradle(Path.cwd())
    if not command:
        print("error: there is no gradle on PATH, and no wrapper (gradlew)", file=sys.stderr)
        return 1
    if list(arguments) == ["--version"]:
        return told_version(command, wrapper_of(Path.cwd()))
    os.dup2(1, 2)
    os.execvp(command[0], [*command, *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
