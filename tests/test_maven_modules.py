"""A Maven build of several modules, as gson's: one holds a module of Java's, one only tests it.

The second has nothing to ship but its own descriptor; it finds the first by the jar alone.
"""

from pathlib import Path

import pytest
from specimens.forged import forge
from toy_repository import Repository

pytestmark = pytest.mark.real

HEAD = '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
PARENT = f"""\
{HEAD}
  <groupId>example.ledger</groupId>
  <artifactId>ledger-parent</artifactId>
  <version>1.0.0</version>
  <packaging>pom</packaging>
  <modules>
    <module>ledger</module>
    <module>ledger-test</module>
  </modules>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
    <maven.deploy.skip>true</maven.deploy.skip>
  </properties>
  <dependencies>
    <dependency>
      <groupId>org.junit.jupiter</groupId>
      <artifactId>junit-jupiter</artifactId>
      <version>5.11.4</version>
      <scope>test</scope>
    </dependency>
  </dependencies>
  <build>
    <pluginManagement>
      <plugins>
        <plugin>
          <artifactId>maven-compiler-plugin</artifactId>
          <version>3.13.0</version>
        </plugin>
        <plugin>
          <artifactId>maven-surefire-plugin</artifactId>
          <version>3.5.2</version>
        </plugin>
      </plugins>
    </pluginManagement>
  </build>
</project>
"""
CHILD = f"""\
{HEAD}
  <parent>
    <groupId>example.ledger</groupId>
    <artifactId>ledger-parent</artifactId>
    <version>1.0.0</version>
  </parent>
  <artifactId>{{}}</artifactId>
{{}}</project>
"""
NEEDS = """\
  <dependencies>
    <dependency>
      <groupId>example.ledger</groupId>
      <artifactId>ledger</artifactId>
      <version>1.0.0</version>
    </dependency>
  </dependencies>
"""
LEDGER = """\
package example.ledger;

/** Adds up. */
public final class Ledger {
    private Ledger() {
    }

    /** Returns the sum. */
    public static int sum(int... values) {
        int sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }
}
"""
TEST = """\
package {};

import static org.junit.jupiter.api.Assertions.assertEquals;

import example.ledger.Ledger;
import org.junit.jupiter.api.Test;

class {} {{
    @Test
    void valuesAreAdded() {{
        assertEquals(3, Ledger.sum(1, 2));
    }}
}}
"""
FILES = {
    "pom.xml": PARENT,
    "ledger/pom.xml": CHILD.format("ledger", ""),
    "ledger/src/main/java/module-info.java": "module example.ledger {\n"
    "    exports example.ledger;\n}\n",
    "ledger/src/main/java/example/ledger/Ledger.java": LEDGER,
    "ledger/src/test/java/example/ledger/LedgerTest.java": TEST.format(
        "example.ledger", "LedgerTest"
    ),
    "ledger-test/pom.xml": CHILD.format("ledger-test", NEEDS),
    "ledger-test/src/main/java/module-info.java": "module example.ledger.tested {\n}\n",
    "ledger-test/src/test/java/module-info.java": "open module example.ledger.tested {\n"
    "    requires example.ledger;\n    requires org.junit.jupiter.api;\n}\n",
    "ledger-test/src/test/java/example/ledger/tested/ModuleTest.java": TEST.format(
        "example.ledger.tested", "ModuleTest"
    ),
}
CHECKS = (
    *("compilation::maven-verify", "types::javac", "unit-tests::surefire"),
    *("quality::javac-lint", "security::spotbugs", "licenses::licenses"),
)


def checked(root: Path) -> dict[str, tuple[str, str]]:
    """Return the outcome of each of the checks, and the reason."""
    selected = [f"pom.xml::{check}" for check in CHECKS]
    forged = forge(root, *selected, "--forge-keep-going")
    rows = {check: forged.check(check) for check in CHECKS}
    return {check: (row["outcome"], row["reason"]) for check, row in rows.items()}


@pytest.fixture(autouse=True)
def short_lived(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


def test_a_module_that_only_tests_another_is_measured_with_it(repository: Repository) -> None:
    repository.write({**FILES, "LICENSE": "MIT License\n"}).commit()
    outcomes = checked(repository.root)
    assert {outcome for outcome, _ in outcomes.values()} == {"passed"}, outcomes


def test_an_analyser_that_fails_on_one_module_is_an_error_of_its_own_checks(
    repository: Repository,
) -> None:
    broken = """\
  <build>
    <plugins>
      <plugin>
        <groupId>com.github.spotbugs</groupId>
        <artifactId>spotbugs-maven-plugin</artifactId>
        <version>4.8.6.6</version>
        <configuration>
          <jvmArgs>-XX:+NoSuchOption</jvmArgs>
        </configuration>
      </plugin>
    </plugins>
  </build>
"""
    repository.write({**FILES, "ledger/pom.xml": CHILD.format("ledger", broken)}).commit()
    selected = ("compilation::maven-verify", "security::spotbugs", "licenses::licenses")
    forged = forge(repository.root, *(f"pom.xml::{one}" for one in selected), "--forge-keep-going")
    assert forged.failed() == {"security::spotbugs"}, forged.printed
    reason = forged.check("security::spotbugs")["reason"]
    assert "Maven's goal spotbugs-maven-plugin:spotbugs failed on ledger: " in reason
