"""Gradle itself, and the tools that it is told to fetch by their coordinates."""

from dataclasses import replace
from pathlib import Path

from pytest_forge import probes
from pytest_forge.toolchains.declarations import Tool
from pytest_forge.toolchains.java import tools
from pytest_forge.toolchains.java.tools import probe

INIT_SCRIPT = str(Path(probes.__file__).with_name("forge.init.gradle"))
"""The init script that adds forge's tasks to a build."""

_VERSION = ("-I", probe("gradle"), "--version")

# A small program of ours starts the wrapper or Gradle; any Python runs it.
GRADLE = Tool(
    name="gradle",
    install="see https://gradle.org/install, or add a wrapper: gradle wrapper",
    executable="python3",
    scope="forge",
    version=_VERSION,
    version_pattern=r"(?m)^Gradle (\d\S*)",
    in_project=True,
)
JDK = replace(
    tools.JDK,
    version=_VERSION,
    version_pattern=r"(?m)^(?:Launcher )?JVM:\s+(?:1\.)?(\d+(?:\.\d+)*)",
)

_JAPICMP = tools.JAPICMP.split(":")
COORDINATES = {
    "jacoco": tools.JACOCO.rpartition(":")[2],
    "spotbugs": "com.github.spotbugs:spotbugs:4.8.6",
    "japicmp": f"{':'.join(_JAPICMP[:3])}:{_JAPICMP[4]}@{_JAPICMP[3]}",
}
"""What the init script has Gradle fetch: a version of JaCoCo, and two modules."""
