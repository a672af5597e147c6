"""The limits that poms state."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.java.project import inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]
KIT = "<artifactId>kit</artifactId><version>1</version>"


def limits(tree: Tree, manifest: str = "pom.xml") -> Mapping[str, float]:
    found = inspect(tree, manifest)
    assert isinstance(found, Project), found
    return found.limits


def jacoco(*rules: str) -> str:
    return (
        "<build><plugins><plugin><artifactId>jacoco-maven-plugin</artifactId><executions><execution>"
        f"<configuration><rules>{''.join(rules)}</rules></configuration>"
        "</execution></executions></plugin></plugins></build>"
    )


def rule(counter: str, minimum: str, more: str = "") -> str:
    limit = f"<counter>{counter}</counter>{more}<minimum>{minimum}</minimum>"
    return f"<rule><limits><limit>{limit}</limit></limits></rule>"


def test_ratios_of_jacocos_rules_are_percents(tree_of: TreeOf) -> None:
    rules = (rule("LINE", "0.85"), rule("BRANCH", "70%"), rule("METHOD", "${least}"))
    properties = "<properties><least>0.9</least></properties>"
    tree = tree_of({"pom.xml": f"<project>{KIT}{properties}{jacoco(*rules)}</project>"})
    assert limits(tree) == {
        "coverage.line": 85,
        "coverage.branch": 70,
        "coverage.function": 90,
    }


@pytest.mark.parametrize(
    "stated",
    [
        rule("INSTRUCTION", "0.9"),
        rule("LINE", "3", "<value>MISSEDCOUNT</value>"),
        rule("LINE", "${unknown}"),
        rule("LINE", "much"),
        rule("LINE", "0.9").replace("<rule>", "<rule><element>CLASS</element>"),
    ],
)
def test_what_is_no_share_of_the_whole_is_no_limit(stated: str, tree_of: TreeOf) -> None:
    assert limits(tree_of({"pom.xml": f"<project>{KIT}{jacoco(stated)}</project>"})) == {}


def test_the_properties_of_apache_commons_parent_are_limits(tree_of: TreeOf) -> None:
    stated = "<commons.jacoco.lineRatio>0.96</commons.jacoco.lineRatio>"
    pom = f"<project>{KIT}<properties>{stated}</properties></project>"
    assert limits(tree_of({"pom.xml": pom})) == {"coverage.line": 96}


def test_a_nearer_pom_overrides_its_parent(tree_of: TreeOf) -> None:
    parent = "<parent><artifactId>kit</artifactId><version>1</version></parent>"
    tree = tree_of(
        {
            "pom.xml": f"<project>{KIT}{jacoco(rule('LINE', '0.8'))}</project>",
            "core/pom.xml": f"<project>{parent}<artifactId>core</artifactId>"
            f"{jacoco(rule('LINE', '0.9'))}</project>",
        }
    )
    assert limits(tree) == {"coverage.line": 80}
    assert limits(tree, "core/pom.xml") == {"coverage.line": 90}


def checkstyle(module: str) -> Mapping[str, str]:
    configuration = (
        "<configuration><configLocation>style/checks.xml</configLocation></configuration>"
    )
    plugin = f"<plugin><artifactId>maven-checkstyle-plugin</artifactId>{configuration}</plugin>"
    return {
        "pom.xml": f"<project>{KIT}<build><plugins>{plugin}</plugins></build></project>",
        "style/checks.xml": module,
    }


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ('<module name="CyclomaticComplexity"><property name="max" value="15"/></module>', 15),
        ('<module name="CyclomaticComplexity"/>', 10),
    ],
)
def test_checkstyle_states_the_complexity(module: str, expected: int, tree_of: TreeOf) -> None:
    text = f'<module name="Checker"><module name="TreeWalker">{module}</module></module>'
    assert limits(tree_of(dict(checkstyle(text)))) == {"complexity.max": expected}


def test_a_configuration_that_cannot_be_read_states_nothing(tree_of: TreeOf) -> None:
    assert limits(tree_of(dict(checkstyle("<module")))) == {}
    assert limits(tree_of(dict(checkstyle('<module name="Checker"/>')))) == {}
