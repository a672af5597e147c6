"""The tools of Java's column, and the plugins that Maven is given by their coordinates.

Maven fetches plugins itself; where the build configures one, its own version and settings hold.
"""

from pathlib import Path

from pytest_forge import probes
from pytest_forge.toolchains.declarations import Tool

_PROBES = Path(probes.__file__).parent


def probe(name: str) -> str:
    """Return the path of one of forge's own small programs."""
    return str(_PROBES / f"{name}.py")


# Small programs of ours start the wrapper or Maven; any Python runs them.
MAVEN = Tool(
    name="maven",
    install="see https://maven.apache.org/install.html, or add a wrapper: mvn wrapper:wrapper",
    executable="python3",
    scope="forge",
    version=("-I", probe("maven"), "--version"),
    version_pattern=r"Apache Maven (\d\S*?)(?:\x1b|\s)",
    in_project=True,
)
JDK = Tool(
    name="jdk",
    install="install a JDK of that version and set JAVA_HOME to it",
    executable="python3",
    scope="forge",
    version=("-I", probe("maven"), "--version"),
    version_pattern=r"Java version: (?:1\.)?(\d+(?:\.\d+)*)",
    in_project=True,
    at_least="java_release",
)
HELP = "org.apache.maven.plugins:maven-help-plugin:3.5.1"
DEPENDENCY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"
FAILSAFE = "org.apache.maven.plugins:maven-failsafe-plugin:3.5.2"
JACOCO = "org.jacoco:jacoco-maven-plugin:0.8.12"
SPOTBUGS = "com.github.spotbugs:spotbugs-maven-plugin:4.8.6.6"
CYCLONEDX = "org.cyclonedx:cyclonedx-maven-plugin:2.9.1"
JAPICMP = "com.github.siom79.japicmp:japicmp:0.23.1:jar:jar-with-dependencies"
