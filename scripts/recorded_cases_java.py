"""Java's recordings: a clean small Maven module, and what is laid over it.

Maven and a JDK must be there; plugins and dependencies come from Maven's cache or repository.
"""

from pytest_forge.toolchains.java import TOOLCHAIN
from scripts.recording import Case, Files, Language

_HEAD = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>shop</artifactId>
  <version>1.1.0</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
    <dependency>
      <groupId>com.google.code.gson</groupId>
      <artifactId>gson</artifactId>
      <version>2.11.0</version>
    </dependency>
    <dependency>
      <groupId>org.junit.jupiter</groupId>
      <artifactId>junit-jupiter</artifactId>
      <version>5.11.4</version>
      <scope>test</scope>
    </dependency>
  </dependencies>
"""
_PLUGINS = """\
  <build>
    <plugins>
      <plugin>
        <artifactId>maven-compiler-plugin</artifactId>
        <version>3.13.0</version>
      </plugin>
      <plugin>
        <artifactId>maven-surefire-plugin</artifactId>
        <version>3.5.2</version>
      </plugin>
      <plugin>
        <artifactId>maven-checkstyle-plugin</artifactId>
        <version>3.6.0</version>
        <configuration>
          <configLocation>checkstyle.xml</configLocation>
        </configuration>
      </plugin>
      <plugin>
        <artifactId>maven-pmd-plugin</artifactId>
        <version>3.26.0</version>
      </plugin>
      <plugin>
        <groupId>com.github.spotbugs</groupId>
        <artifactId>spotbugs-maven-plugin</artifactId>
        <version>4.8.6.6</version>
      </plugin>
    </plugins>
  </build>
</project>
"""
_MAIN = "src/main/java/com/example/shop"
_TEST = "src/test/java/com/example/shop"
_PRICES = """\
package com.example.shop;

/** Adds up. */
public final class Prices {
    private Prices() {
    }

    /** Returns the sum of values; what is below zero does not count. */
    public static int total(int... values) {
        int sum = 0;
        for (int value : values) {
            if (value > 0) {
                sum += value;
            }
        }
        return sum;
    }
}
"""
_PRICES_TEST = """\
package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

class PricesTest {
    @Test
    void valuesAreAdded() {
        assertEquals(3, Prices.total(1, 2));
    }

    @Test
    @Disabled("some day")
    void discountsAreTaken() {
        assertEquals(2, Prices.total(1, 2));
    }
}
"""
BASE: Files = {
    "pom.xml": _HEAD + _PLUGINS,
    "checkstyle.xml": """\
<?xml version="1.0"?>
<!DOCTYPE module PUBLIC
    "-//Checkstyle//DTD Checkstyle Configuration 1.3//EN"
    "https://checkstyle.org/dtds/configuration_1_3.dtd">
<module name="Checker">
  <module name="FileTabCharacter"/>
  <module name="TreeWalker">
    <module name="Indentation"/>
    <module name="UnusedImports">
      <property name="severity" value="warning"/>
    </module>
  </module>
</module>
""",
    f"{_MAIN}/Prices.java": _PRICES,
    f"{_TEST}/PricesTest.java": _PRICES_TEST,
}
TILL = """\
package com.example.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds money. */
public class Till {
    private final int[] coins = {1, 2};
    private int unused;

    /** Returns everything. */
    public int[] all() {
      return coins;
    }

    /** Returns names. */
    @SuppressWarnings("nothing")
    public List<String> names() {
        List names = new ArrayList();
        names.add((String) "a");
        return names;
    }

    /** Forgets a name. */
    public int forget(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("delete from names where name = '" + name + "'");
        }
    }

    /** Tells who watches. */
    public Object watcher() {
        return System.getSecurityManager();
    }
}
"""
_NOWHERE = """\
    <dependency>
      <groupId>com.example</groupId>
      <artifactId>nowhere</artifactId>
      <version>1.0.0</version>
    </dependency>
  </dependencies>
"""
_FAILING = _PRICES_TEST.replace("assertEquals(3", "assertEquals(4")
_INTEGRATION = _PRICES_TEST.replace("PricesTest", "PricesIT")
_TYPE = "package com.example.shop;\n\n/** One of its things. */\npublic class {} {{\n}}\n"
_FINDINGS: Files = {f"{_MAIN}/Till.java": TILL}
_ERRORS: Files = {
    f"{_MAIN}/Prices.java": _PRICES.replace("int sum = 0;", 'int sum = "none";').replace(
        "return sum;", "return summ;"
    )
}
_BROKEN_TEST: Files = {f"{_TEST}/PricesTest.java": _PRICES_TEST.replace("total(1", "totals(1")}
_NO_CODE: Files = {f"{_MAIN}/Prices.java": None, f"{_TEST}/PricesTest.java": None}
_SPOTLESS_POM = _HEAD + _PLUGINS.replace(
    "    <plugins>\n",
    """\
    <plugins>
      <plugin>
        <groupId>com.diffplug.spotless</groupId>
        <artifactId>spotless-maven-plugin</artifactId>
        <version>2.44.5</version>
        <configuration>
          <java>
            <trimTrailingWhitespace/>
            <endWithNewline/>
          </java>
        </configuration>
      </plugin>
""",
    1,
)
_SPOTLESS: Files = {"pom.xml": _SPOTLESS_POM}
_UNFORKED_POM = _HEAD + _PLUGINS.replace(
    "        <version>3.13.0</version>\n",
    """\
        <version>3.13.0</version>
        <configuration>
          <fork>false</fork>
        </configuration>
""",
)
_FAILSAFE = """\
    <plugins>
      <plugin>
        <artifactId>maven-failsafe-plugin</artifactId>
        <version>3.5.2</version>
        <executions>
          <execution>
            <goals>
              <goal>integration-test</goal>
              <goal>verify</goal>
            </goals>
          </execution>
        </executions>
      </plugin>
"""
_LATER_PLUGIN = """\
    <plugins>
      <plugin>
        <groupId>io.github.ascopes</groupId>
        <artifactId>protobuf-maven-plugin</artifactId>
        <version>5.0.2</version>
        <executions>
          <execution>
            <goals>
              <goal>generate</goal>
            </goals>
          </execution>
        </executions>
      </plugin>
"""
_ENFORCER = """\
    <plugins>
      <plugin>
        <artifactId>maven-enforcer-plugin</artifactId>
        <version>3.5.0</version>
        <executions>
          <execution>
            <goals>
              <goal>enforce</goal>
            </goals>
            <configuration>
              <rules>
                <requireMavenVersion>
                  <version>99</version>
                </requireMavenVersion>
              </rules>
            </configuration>
          </execution>
        </executions>
      </plugin>
"""

_MODULE = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>com.example</groupId>
    <artifactId>kit</artifactId>
    <version>1.1.0</version>
  </parent>
  <artifactId>{}</artifactId>
{}</project>
"""
_NEEDS_SHOP = """\
  <dependencies>
    <dependency>
      <groupId>com.example</groupId>
      <artifactId>shop</artifactId>
      <version>1.1.0</version>
    </dependency>
  </dependencies>
"""
_NO_BUGS = """\
  <build>
    <plugins>
      <plugin>
        <groupId>com.github.spotbugs</groupId>
        <artifactId>spotbugs-maven-plugin</artifactId>
        <configuration>
          <jvmArgs>-XX:+NoSuchOption</jvmArgs>
        </configuration>
      </plugin>
    </plugins>
  </build>
"""
_SHELF = _TYPE.format("Shelf").replace("example.shop", "example.till")
_REACTOR: Files = {
    "pom.xml": (_HEAD + _PLUGINS)
    .replace("<artifactId>shop</artifactId>", "<artifactId>kit</artifactId>", 1)
    .replace(
        "  <properties>\n",
        "  <packaging>pom</packaging>\n  <modules>\n    <module>shop</module>\n"
        "    <module>till</module>\n  </modules>\n  <properties>\n",
        1,
    )
    .replace(">checkstyle.xml<", ">${maven.multiModuleProjectDirectory}/checkstyle.xml<"),
    "shop/pom.xml": _MODULE.format("shop", ""),
    "till/pom.xml": _MODULE.format("till", _NEEDS_SHOP),
    f"{_MAIN}/Prices.java": None,
    f"{_TEST}/PricesTest.java": None,
    f"shop/{_MAIN}/Prices.java": _PRICES,
    f"shop/{_TEST}/PricesTest.java": _PRICES_TEST,
    "till/src/main/java/com/example/till/Shelf.java": _SHELF,
}
_LATER_BUGS = str(_REACTOR["pom.xml"]).replace(">4.8.6.6<", ">4.10.3.0<")
_NO_TREE = """\
  <build>
    <plugins>
      <plugin>
        <artifactId>maven-dependency-plugin</artifactId>
        <configuration>
          <outputFile>/dev/null/tree.json</outputFile>
        </configuration>
      </plugin>
    </plugins>
  </build>
"""

CASES = (
    Case("maven-verify", "clean", "a build that finds nothing"),
    Case("maven-verify", "findings", "what the compiler and every analyser find", _FINDINGS),
    Case("maven-verify", "failures", "a test fails", {f"{_TEST}/PricesTest.java": _FAILING}),
    Case("maven-verify", "errors", "two errors of the compiler", _ERRORS),
    Case("maven-verify", "broken-test", "a test that does not compile", _BROKEN_TEST),
    Case(
        "maven-verify",
        "no-tests",
        "nothing for surefire to run",
        {f"{_TEST}/PricesTest.java": None},
    ),
    Case(
        "maven-verify",
        "unresolved",
        "a dependency that no repository holds",
        {"pom.xml": _HEAD.replace("  </dependencies>\n", _NOWHERE) + _PLUGINS},
    ),
    Case(
        "maven-verify",
        "too-new",
        "sources for a later JDK",
        {"pom.xml": _HEAD.replace("release>17<", "release>99<") + _PLUGINS},
    ),
    Case(
        "maven-verify",
        "old-maven",
        "a plugin for a later Maven",
        {"pom.xml": _HEAD + _PLUGINS.replace("    <plugins>\n", _LATER_PLUGIN, 1)},
    ),
    Case(
        "maven-verify",
        "enforced",
        "a rule that wants a later Maven",
        {"pom.xml": _HEAD + _PLUGINS.replace("    <plugins>\n", _ENFORCER, 1)},
    ),
    Case(
        "maven-verify",
        "no-version",
        "a dependency without a version: Maven cannot read the pom",
        {"pom.xml": _HEAD.replace("      <version>2.11.0</version>\n", "") + _PLUGINS},
    ),
    Case(
        "maven-verify",
        "no-ruleset",
        "a goal that cannot begin: checkstyle's configuration is not there",
        {"checkstyle.xml": None},
    ),
    Case(
        "maven-verify",
        "failed-goal",
        "SpotBugs cannot begin in the first of two modules",
        {**_REACTOR, "shop/pom.xml": _MODULE.format("shop", _NO_BUGS)},
    ),
    Case(
        "maven-verify",
        "silent-goal",
        "a later SpotBugs cannot begin in one module, and lets the build succeed",
        {**_REACTOR, "pom.xml": _LATER_BUGS, "shop/pom.xml": _MODULE.format("shop", _NO_BUGS)},
    ),
    Case(
        "maven-verify",
        "skipped",
        "the tree of dependencies can't be written in the first of two modules",
        {**_REACTOR, "shop/pom.xml": _MODULE.format("shop", _NO_TREE)},
    ),
    Case("javac-lint", "clean", "no lint"),
    Case("javac-lint", "findings", "lints about types and others", _FINDINGS),
    Case(
        "javac-lint",
        "unforked",
        "lints where the pom wants the compiler in Maven's own process",
        {**_FINDINGS, "pom.xml": _UNFORKED_POM},
    ),
    Case("javac-lint", "errors", "two errors of the compiler", _ERRORS),
    Case(
        "maven-integration-tests",
        "clean",
        "failsafe runs what is named *IT",
        {f"{_TEST}/PricesIT.java": _INTEGRATION},
    ),
    Case(
        "maven-integration-tests",
        "failures",
        "an integration test fails",
        {f"{_TEST}/PricesIT.java": _FAILING.replace("PricesTest", "PricesIT")},
    ),
    Case(
        "japicmp",
        "breaking",
        "a method is gone, another wants more, a class is new",
        {
            f"{_MAIN}/Prices.java": _PRICES.replace("int...", "long...")
            .replace("int value", "long value")
            .replace("sum += ", "sum += (int) "),
            f"{_TEST}/PricesTest.java": None,
            f"{_MAIN}/Shelf.java": _TYPE.format("Shelf"),
        },
        release={f"{_MAIN}/Gone.java": _TYPE.format("Gone")},
    ),
    Case("japicmp", "same", "nothing has changed", release={}),
    Case("japicmp", "nothing", "no class in either jar", _NO_CODE, release=_NO_CODE),
    Case("maven-verify", "nothing", "no source at all", _NO_CODE),
    Case("javac-lint", "nothing", "no source at all", _NO_CODE),
    Case(
        "maven-integration-tests",
        "nothing",
        "failsafe is bound, and no class is named for it",
        {"pom.xml": _HEAD + _PLUGINS.replace("    <plugins>\n", _FAILSAFE, 1)},
    ),
    Case("spotless", "clean", "every file is formatted", _SPOTLESS),
    Case(
        "spotless",
        "findings",
        "two files that are not formatted",
        {
            **_SPOTLESS,
            f"{_MAIN}/Prices.java": _PRICES.replace(";\n", "; \n"),
            f"{_TEST}/PricesTest.java": _PRICES_TEST + "\n\n",
        },
    ),
    Case("spotless", "nothing", "no file that it formats", {**_SPOTLESS, **_NO_CODE}),
    Case(
        "spotless",
        "broken",
        "a step that does not exist",
        {"pom.xml": _SPOTLESS_POM.replace("<endWithNewline/>", "<startWithNewline/>")},
    ),
    Case("lizard-java", "clean", "the complexity of each method"),
    Case(
        "lizard-java",
        "nothing",
        "a file without a method",
        {f"{_MAIN}/Prices.java": _TYPE.format("P")},
    ),
)

LANGUAGE = Language(toolchain=TOOLCHAIN, manifests=("pom.xml",), base=BASE, cases=CASES)
