"""The recordings of Java's builds by Gradle: a clean small build, and what is laid over it.

Gradle and a JDK must be there; what Gradle fetches has to be in its cache already, since a log also
tells of every download.
"""

from pytest_forge.toolchains.java import TOOLCHAIN
from scripts import recorded_cases_java as maven
from scripts.recording import Case, Files, Language

_MAIN = "src/main/java/com/example/shop"
_TEST = "src/test/java/com/example/shop"
_INTEGRATION = "src/integrationTest/java/com/example/shop"
_BUILD = """\
apply plugin: 'java'
apply plugin: 'checkstyle'
apply plugin: 'pmd'

group = 'com.example'
version = '1.1.0'
sourceCompatibility = '11'

repositories {
    mavenCentral()
}

dependencies {
    implementation 'com.google.code.gson:gson:2.11.0'
    testImplementation 'junit:junit:4.13.2'
}

checkstyle {
    toolVersion = '9.3'
    configFile = file('checkstyle.xml')
}

pmd {
    toolVersion = '6.55.0'
    ruleSets = ['category/java/bestpractices.xml']
    sourceSets = [project.sourceSets.main]
}
"""
_INTEGRATION_TESTS = """
sourceSets {
    integrationTest {
        compileClasspath += main.output
        runtimeClasspath += main.output
    }
}

configurations {
    integrationTestImplementation.extendsFrom testImplementation
}

task integrationTest(type: Test) {
    testClassesDirs = sourceSets.integrationTest.output.classesDirs
    classpath = sourceSets.integrationTest.runtimeClasspath
}
"""
_PRICES = str(maven.BASE[f"{_MAIN}/Prices.java"])
_PRICES_TEST = """\
package com.example.shop;

import static org.junit.Assert.assertEquals;

import org.junit.Ignore;
import org.junit.Test;

public class PricesTest {
    @Test
    public void valuesAreAdded() {
        assertEquals(3, Prices.total(1, 2));
    }

    @Test
    @Ignore("some day")
    public void discountsAreTaken() {
        assertEquals(2, Prices.total(1, 2));
    }
}
"""
BASE: Files = {
    "settings.gradle": "rootProject.name = 'shop'\n",
    "build.gradle": _BUILD,
    "checkstyle.xml": maven.BASE["checkstyle.xml"],
    f"{_MAIN}/Prices.java": _PRICES,
    f"{_TEST}/PricesTest.java": _PRICES_TEST,
}
_TILL: Files = {f"{_MAIN}/Till.java": maven.TILL}
_ERRORS: Files = {
    f"{_MAIN}/Prices.java": _PRICES.replace("int sum = 0;", 'int sum = "none";').replace(
        "return sum;", "return summ;"
    )
}
_NO_TEST: Files = {f"{_TEST}/PricesTest.java": None}
_NO_CODE: Files = {**_NO_TEST, f"{_MAIN}/Prices.java": None}
_WITH_INTEGRATION: Files = {"build.gradle": _BUILD + _INTEGRATION_TESTS}
_IT_TEST = _PRICES_TEST.replace("PricesTest", "PricesServiceTest")
_IT_FILE = f"{_INTEGRATION}/PricesServiceTest.java"
_FAILING = "assertEquals(4"
_TYPE = "package com.example.shop;\n\n/** One of its things. */\npublic class {} {{\n}}\n"

CASES = (
    Case("gradle-build", "clean", "a build that finds nothing"),
    Case("gradle-build", "findings", "what javac and every analyser find", _TILL),
    Case(
        "gradle-build",
        "failures",
        "a test fails",
        {f"{_TEST}/PricesTest.java": _PRICES_TEST.replace("assertEquals(3", _FAILING)},
    ),
    Case("gradle-build", "errors", "two errors of the compiler", _ERRORS),
    Case("gradle-build", "no-tests", "nothing for Gradle's tests to run", _NO_TEST),
    Case(
        "gradle-build",
        "unresolved",
        "a dependency that no repository holds",
        {"build.gradle": _BUILD.replace("gson:gson:2.11.0", "gson:nowhere:1.0.0")},
    ),
    Case(
        "gradle-build",
        "broken-script",
        "a build file that Gradle cannot read",
        {"build.gradle": _BUILD + "plugins {\n"},
    ),
    Case(
        "gradle-build",
        "turned-off",
        "tasks that the build turns off: the compiler, the tests, a linter",
        {
            "build.gradle": _BUILD
            + "\ncompileTestJava.enabled = false\ntest.enabled = false\n"
            + "checkstyleMain.enabled = false\n"
        },
    ),
    Case("gradle-build", "nothing", "no source at all", _NO_CODE),
    Case("gradle-lint", "clean", "no lint"),
    Case("gradle-lint", "findings", "lints about types and others", _TILL),
    Case(
        "gradle-lint",
        "unlinted",
        "a build that sets the compiler's arguments anew",
        {
            "build.gradle": _BUILD
            + "\ngradle.taskGraph.whenReady {\n    compileJava.options.compilerArgs = []\n}\n"
        },
    ),
    Case("gradle-lint", "errors", "two errors of the compiler", _ERRORS),
    Case("gradle-lint", "nothing", "no source at all", _NO_CODE),
    Case(
        "gradle-integration-tests",
        "clean",
        "a task of integration tests",
        {**_WITH_INTEGRATION, _IT_FILE: _IT_TEST},
    ),
    Case(
        "gradle-integration-tests",
        "failures",
        "an integration test fails",
        {**_WITH_INTEGRATION, _IT_FILE: _IT_TEST.replace("assertEquals(3", _FAILING)},
    ),
    Case(
        "gradle-integration-tests",
        "nothing",
        "a task of integration tests, and none for it",
        _WITH_INTEGRATION,
    ),
    Case(
        "gradle-japicmp",
        "breaking",
        "a method is gone, another wants more, a class is new",
        {
            f"{_MAIN}/Prices.java": _PRICES.replace("int...", "long...")
            .replace("int value", "long value")
            .replace("sum += ", "sum += (int) "),
            f"{_MAIN}/Shelf.java": _TYPE.format("Shelf"),
        },
        release={f"{_MAIN}/Gone.java": _TYPE.format("Gone")},
    ),
    Case("gradle-japicmp", "same", "nothing has changed", release={}),
    Case("gradle-japicmp", "nothing", "no class in either jar", _NO_CODE, release=_NO_CODE),
)

LANGUAGE = Language(toolchain=TOOLCHAIN, manifests=("settings.gradle",), base=BASE, cases=CASES)
