"""What the runs of Maven and of Gradle share."""

from pytest_forge.model import Report
from pytest_forge.toolchains.java import builds


def test_a_build_that_failed_tells_why_in_its_log() -> None:
    step = builds.step(("mvn", "verify"), "maven.log", environment={"A": "1"})
    assert step.findings == {1}
    assert (step.stdout, step.stderr) == ("maven.log", "maven.log.err")
    assert (step.directory, step.environment) == ("", {"A": "1"})
    assert builds.step(("mvn",), "before.log", "{before_top}").directory == "{before_top}"


def test_what_not_every_module_leaves_may_be_missing() -> None:
    output = builds.left("snapshot/**/target", "pmd", "pmd.xml", lambda data: Report())
    assert (output.name, output.source) == ("pmd", "snapshot/**/target/pmd.xml")
    assert not output.required
