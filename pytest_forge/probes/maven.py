"""Starts Maven: the project's wrapper where there is one, else the `mvn` on PATH.

    python maven.py --version
    python maven.py [--effective FILE] ARGUMENT ...

It is started in the project's directory; a wrapper may stand above it, up to the top of the
repository. With `--effective` a goal may depend on what FILE, the effective POM, says of a plugin:
`?ARTIFACT=GOAL` is run where the build configures the plugin, `!ARTIFACT=GOAL` where it does not,
and `!ARTIFACT:OWN=GOAL` where it does not bind the plugin's goal OWN. It runs as a program of its
own, without forge.
"""

import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_MANAGED = re.compile(r"<pluginManagement>.*?</pluginManagement>", re.DOTALL)
_BUILD = re.compile(r"<build>.*?</build>", re.DOTALL)
_PLUGIN = re.compile(r"<plugin>.*?</plugin>", re.DOTALL)
_CONDITIONAL = re.compile(r"(?P<sign>[?!])(?P<artifact>[\w.-]+)(?::(?P<own>[\w-]+))?=(?P<goal>.+)")


def maven(directory: Path) -> list[str]:
    """Return the command of Maven for a directory, [] where there is none."""
    for place in (directory, *directory.parents):
        wrapper = place / "mvnw"
        # Without its properties it knows no distribution: some repositories ignore them.
        if wrapper.is_file() and (place / ".mvn/wrapper/maven-wrapper.properties").is_file():
            return ["sh", str(wrapper)]
        if (place / ".git").exists():
            break
    found = shutil.which("mvn")
    return [found] if found else []


def chosen(arguments: Sequence[str], effective: str) -> Iterator[str]:
    """Yield the arguments whose conditions hold, without these."""
    build = "".join(_BUILD.findall(_MANAGED.sub("", effective)))
    plugins = _PLUGIN.findall(build)
    for argument in arguments:
        found = _CONDITIONAL.fullmatch(argument)
        if not found:
            yield argument
            continue
        mark = f"<artifactId>{found['artifact']}</artifactId>"
        own = f"<goal>{found['own']}</goal>" if found["own"] else ""
        there = any(mark in plugin and own in plugin for plugin in plugins)
        if there == (found["sign"] == "?"):
            yield found["goal"]


def main(arguments: Sequence[str]) -> int:
    """Become Maven; 1 with a word on standard error where there is none."""
    command = maven(Path.cwd())
    if not command:
        print("error: there is no mvn on PATH, and no wrapper (mvnw)", file=sys.stderr)
        return 1
    rest = list(arguments)
    if rest[:1] == ["--effective"]:
        file = Path(rest[1])
        text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
        rest = list(chosen(rest[2:], text))
    os.execvp(command[0], [*command, *rest])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
