"""A module whose unit tests never ran, beside one whose tests did."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.errors import NothingMeasured
from pytest_forge.model import Report, TestCase, TestOutcome
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java import ran

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

CORE, APP = "core/src/test/java/k/CoreTest.java", "app/src/test/java/k/AppTest.java"
TEST = "package k; class A { @Test void one() {} }"


@pytest.fixture
def demanded(tree_of: TreeOf) -> Callable[..., None]:
    """Demand the tests of a project in `sdk`, by the files beside CORE and the classes told."""

    def demand(files: Mapping[str, str], *classes: str) -> None:
        every = {CORE: TEST, **files}
        tree = tree_of({f"sdk/{path}": content for path, content in every.items()})
        facts = {"modules": (".", "core", "app"), "test_files": tuple(every)}
        project = Project("sdk/pom.xml", "java", "kit", facts)
        root = tree.root
        context = Context(project, ProjectSettings(), tree, root, root / "sdk", root / ".forge")
        cases = tuple(TestCase(f"{one}::a", TestOutcome.SKIPPED) for one in classes)
        ran.tests(context, {"maven-verify": Report(tests=cases)})

    return demand


@pytest.mark.parametrize(
    "content",
    [
        TEST,
        "class AppTest { @ParameterizedTest void one(int a) {} }",
        "class AppTest { @org.junit.Test public void one() {} }",
        "public class AppTest extends TestCase { public void testOne() {} }",
    ],
)
def test_a_module_with_tests_of_which_none_is_told_is_not_measured(
    demanded: Callable[..., None], content: str
) -> None:
    with pytest.raises(NothingMeasured, match=f"no unit test of the module app ran, such as {APP}"):
        demanded({APP: content}, "k.CoreTest")


@pytest.mark.parametrize("told", ["k.AppTest", "k.AppTest$Inner"])
def test_one_class_that_is_told_stands_for_its_module(
    demanded: Callable[..., None], told: str
) -> None:
    other = "app/src/test/java/k/OtherTest.java"
    demanded({APP: TEST, other: TEST}, "k.CoreTest", told)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (APP, "public abstract class AppTest { @Test void one() {} }"),
        (APP, "class AppTest { int helper; }"),
        ("app/src/test/java/k/AppIT.java", TEST),
        ("app/src/test/java/k/Helper.java", TEST),
    ],
)
def test_what_surefire_does_not_take_for_a_test_may_stay_silent(
    demanded: Callable[..., None], path: str, content: str
) -> None:
    demanded({path: content}, "k.CoreTest")


def test_where_no_test_ran_at_all_the_proof_of_work_tells_it(
    demanded: Callable[..., None],
) -> None:
    demanded({APP: TEST})
