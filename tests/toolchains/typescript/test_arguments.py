"""The arguments of the project's own script: which a test runner gets from forge."""

import pytest

from pytest_forge.toolchains.typescript.arguments import kept, selections


@pytest.mark.parametrize(
    ("stated", "stay"),
    [
        ("run", ""),
        ("watch --ui", ""),
        ("run --bail 1", ""),
        ("--bail --exit", "--exit"),
        ("-b 'test/*.js'", "'test/*.js'"),
        ("run --bail=2 --retry 3", "--retry 3"),
        ("run --changed", ""),
        ("--onlyChanged --runInBand", "--runInBand"),
        ("--changedSince main -i", "-i"),
        ("--lastCommit --shard 1/3 -o", ""),
        ("--dry-run --timeout 3", "--timeout 3"),
        ("run --coverage.reporter=text --coverage false", ""),
        ("--reporter dot --grep a", "--grep a"),
        ("--passWithNoTests --pass-with-no-tests", ""),
        ("--test --import tsx", "--import tsx"),
        ("src/run --config a.js", "src/run --config a.js"),
    ],
)
def test_what_makes_a_run_no_measurement_is_dropped(stated: str, stay: str) -> None:
    assert kept(tuple(stated.split())) == tuple(stay.split())


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("--timeout 3 test/a.js", ""),
        ("-t adds --retry 3", "-t adds"),
        ("--testNamePattern=adds", "--testNamePattern=adds"),
        ("-g slow --invert -i", "-g slow --invert -i"),
        ("--project unit --exclude x", "--project unit --exclude x"),
    ],
)
def test_what_selects_tests_is_known(stated: str, found: str) -> None:
    assert selections(tuple(stated.split())) == tuple(found.split())
