"""The runs of the test runners: unit tests with their coverage, and those of integration."""

from pytest_forge.formats import istanbul, jest, junit, mocha, node_test, tap
from pytest_forge.toolchains.declarations import Argv, Computation, Hold, Output, Run, Step, Tool
from pytest_forge.toolchains.typescript import measuring, running, tools

_FOUND = frozenset({1})
_SECONDS = 1800.0
# Snapshots of tests are not written, and nothing waits for a terminal.
_TESTS = {"CI": "true", "NODE_OPTIONS": "{node_options}", "NO_COLOR": "1"}
_COVERAGE = Output("coverage", "coverage/coverage-final.json", istanbul.parse)
_JUNIT = Output("tests", "tests.xml", junit.parse)
_JEST = Output("tests", "tests.json", jest.parse)
_MOCHA = Output("tests", "tests.json", mocha.parse)
_NODE = Output("tests", "tests.xml", node_test.parse)
_TAP = Output("tests", "stdout", tap.parse)


def _tests(
    name: str, argv: Argv, needs: tuple[Tool, ...], tests: Output, covered: bool = True
) -> Run:
    # mocha's status is the number of tests that failed, as far as a status can hold it.
    found = frozenset(range(1, 256)) if tests is _MOCHA else _FOUND
    around, variables = running.AROUND.get(name, ((), {}))
    return Run(
        name=name,
        needs=(*needs, tools.NODE),
        steps=(Step(argv, findings=found, environment={**_TESTS, **variables}),),
        outputs=(tests, _COVERAGE) if covered else (tests,),
        around=around,
        prepared=True,
        holds=(Hold("tests"),),
        timeout=_SECONDS,
    )


UNIT: tuple[Run, ...] = (
    _tests("vitest", running.vitest, (tools.VITEST,), _JUNIT),
    _tests("jest", running.jest, (tools.JEST,), _JEST),
    _tests("mocha", running.mocha, (tools.MOCHA, tools.C8), _MOCHA),
    _tests("ava", running.ava, (tools.AVA, tools.C8), _TAP),
    _tests("node-test", running.node_test, (tools.NODE, tools.C8), _NODE),
)
_APART: tuple[tuple[str, Argv, tuple[Tool, ...], Output], ...] = (
    ("vitest-integration", running.vitest_integration, (tools.VITEST,), _JUNIT),
    ("jest-integration", running.jest_integration, (tools.JEST,), _JEST),
    ("mocha-integration", running.mocha_integration, (tools.MOCHA,), _MOCHA),
    ("ava-integration", running.ava_integration, (tools.AVA,), _TAP),
    ("node-test-integration", running.node_integration, (), _NODE),
)
INTEGRATION: tuple[Run, ...] = tuple(
    _tests(name, argv, needs, tests, covered=False) for name, argv, needs, tests in _APART
)
UNIT_TESTS: tuple[Computation, ...] = tuple(
    Computation(f"{run.name}-covered", measuring.unit_tests, inputs=(run.name,)) for run in UNIT
)
