"""Java: Maven reactors and Gradle builds, measured by their own plugins."""

from pytest_forge.toolchains.declarations import Suppression, Toolchain
from pytest_forge.toolchains.java.checks import CHECKS, UNAVAILABLE, unmeasured
from pytest_forge.toolchains.java.gradle.checks import GRADLE_CHECKS
from pytest_forge.toolchains.java.gradle.runs import GRADLE_RUNS
from pytest_forge.toolchains.java.project import MANIFESTS, UNPRODUCTIVE, inspect
from pytest_forge.toolchains.java.runs import RUNS
from pytest_forge.toolchains.java.testing import is_code

TOOLCHAIN = Toolchain(
    language="java",
    manifests=MANIFESTS,
    inspect=inspect,
    runs=(*RUNS, *GRADLE_RUNS),
    checks=(*CHECKS, *GRADLE_CHECKS),
    unavailable=UNAVAILABLE,
    unmeasured=unmeasured,
    unproductive=UNPRODUCTIVE,
    is_code=is_code,
    suppressions=(
        Suppression("@SuppressWarnings", "*.java", r"@SuppressWarnings\b"),
        Suppression("@SuppressFBWarnings", "*.java", r"@SuppressFBWarnings\b"),
        Suppression("NOPMD", "*.java", r"//\s*NOPMD\b"),
        Suppression("CHECKSTYLE:OFF", "*.java", r"CHECKSTYLE[.:]\s*OFF"),
    ),
)
