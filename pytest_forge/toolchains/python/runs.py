"""Python's runs: each tool's command, its exit statuses by class, and the outputs that are read.

The exit statuses were seen in runs of the versions that `tests/recordings/python` names.
"""

import os

from pytest_forge import advisories, headers
from pytest_forge.execution.snapshot import snapshot
from pytest_forge.formats import (
    annotations,
    bandit,
    black,
    compileall,
    coverage_json,
    environment,
    flake8,
    griffe_api,
    isort,
    isort_progress,
    junit,
    licensecheck,
    mypy,
    mypy_linecount,
    pip_audit,
    pip_audit_log,
    pyright,
    python_files,
    python_warnings,
    radon,
    ruff,
    ruff_format,
    uv_build,
    wheel,
)
from pytest_forge.releases import deprecations
from pytest_forge.releases.comparing import release_worktree
from pytest_forge.toolchains.declarations import Computation, Output, Run, Step
from pytest_forge.toolchains.places import shipped_places
from pytest_forge.toolchains.python import commands, tools
from pytest_forge.toolchains.python.deprecations import marks

_FOUND = frozenset({1})
_NO_BYTECODE = {"PYTHONDONTWRITEBYTECODE": "1"}
_COVERAGE_DATA = {"COVERAGE_FILE": "{scratch}/coverage-data", **_NO_BYTECODE}
COMPILEALL = Run(
    name="compileall",
    needs=(tools.PYTHON,),
    steps=(Step(commands.compileall, findings=_FOUND),),
    outputs=(
        Output("progress", "stdout", compileall.parse),
        Output("warnings", "stderr", python_warnings.parse, required=False),
    ),
    prepared=True,
)
# Of a copy of the tree: setuptools writes build/ and *.egg-info beside the sources. Started in the
# project's own directory, where uv finds the settings that hold for it. With forge's interpreter,
# since the project's environment can't be prepared where the project can't be built: that is this
# check's to tell.
BUILD = Run(
    name="build",
    needs=(tools.UV,),
    steps=(
        Step(
            (
                *("{tool}", "build", "--wheel", "--python={forge-python}"),
                *("--out-dir={scratch}/dist", "{snapshot}"),
            ),
            findings=frozenset({1, 2}),
        ),
    ),
    outputs=(
        Output("log", "stderr", uv_build.parse),
        # A failed build leaves none; the check demands one of every other.
        Output("wheel", "dist/*.whl", wheel.parse, required=False),
    ),
    around=(snapshot,),
)
MYPY = Run(
    name="mypy",
    needs=(tools.MYPY,),
    steps=(
        Step(
            (
                "{tool}",
                *("--output=json", "--python-executable={python}"),
                *(f"--cache-dir={os.devnull}", "--linecount-report={scratch}/lines"),
                "{sources}",
            ),
            findings=_FOUND,
        ),
    ),
    outputs=(
        Output("errors", "stdout", mypy.parse, required=False),
        Output("lines", "lines/linecount.txt", mypy_linecount.parse),
    ),
    prepared=True,
)
PYRIGHT = Run(
    name="pyright",
    needs=(tools.PYRIGHT,),
    steps=(
        Step(("{tool}", "--outputjson", "--pythonpath={python}", "{sources}"), findings=_FOUND),
    ),
    outputs=(Output("report", "stdout", pyright.parse),),
    prepared=True,
)
ANNOTATIONS = Run(
    name="type-coverage",
    needs=(tools.PYTHON,),
    steps=(Step(("{python}", "-I", commands.probe("annotations"), "{sources}")),),
    outputs=(Output("report", "stdout", annotations.parse),),
    prepared=True,
)
UNIT_TESTS = Run(
    name="unit-tests",
    needs=(tools.PYTEST, tools.COVERAGE),
    steps=(
        # 1: tests failed; 2: modules could not be collected, which are tests that failed.
        Step(
            commands.unit_tests,
            findings=frozenset({1, 2}),
            nothing=frozenset({5}),
            environment=_COVERAGE_DATA,
        ),
        # Joins what a project with `parallel = true` writes apart; 1: there is nothing apart.
        Step(
            ("{tool:coverage}", "combine", "--append"),
            clean=frozenset({0, 1}),
            environment=_COVERAGE_DATA,
        ),
        # The project's own limit is judged with the others, not by an exit status; 1: there is no
        # data, and no file either, of which the check makes what it is.
        Step(
            ("{tool:coverage}", "json", "-o", "{scratch}/coverage.json", "--fail-under=0"),
            clean=frozenset({0, 1}),
            environment=_COVERAGE_DATA,
        ),
    ),
    outputs=(
        Output("tests", "junit.xml", junit.parse),
        Output("coverage", "coverage.json", coverage_json.parse, required=False),
    ),
    prepared=True,
    timeout=1800.0,
)
INTEGRATION_TESTS = Run(
    name="integration-tests",
    needs=(tools.PYTEST,),
    steps=(
        Step(
            commands.integration_tests,
            findings=frozenset({1, 2}),
            nothing=frozenset({5}),
            environment=_NO_BYTECODE,
        ),
    ),
    outputs=(Output("tests", "junit.xml", junit.parse),),
    prepared=True,
    timeout=1800.0,
)
# Linters and formatters are prepared for because another version than that which the project pins
# (in its lockfile, most often) has other rules and another style.
RUFF = Run(
    name="ruff",
    needs=(tools.RUFF,),
    steps=(Step(commands.ruff, findings=_FOUND), Step(commands.ruff_files)),
    outputs=(
        Output("findings", "ruff.json", ruff.parse),
        # Empty where there is no file to lint.
        Output("files", "stdout", python_files.parse, required=False),
    ),
    prepared=True,
)
RUFF_FORMAT = Run(
    name="ruff-format",
    needs=(tools.RUFF,),
    # A variable, not an option: ruff before 0.14 does not know the option here.
    steps=(
        Step(
            commands.ruff_format,
            findings=_FOUND,
            environment={"RUFF_OUTPUT_FORMAT": "concise"},
        ),
    ),
    # Empty where there is no file to check.
    outputs=(Output("report", "stdout", ruff_format.parse, required=False),),
    prepared=True,
)
BLACK = Run(
    name="black",
    needs=(tools.BLACK,),
    steps=(
        Step(
            ("{tool}", "--check", "."),
            findings=_FOUND,
            environment={"BLACK_CACHE_DIR": "{scratch}/cache"},
        ),
    ),
    outputs=(Output("report", "stderr", black.parse),),
    prepared=True,
)
ISORT = Run(
    name="isort",
    needs=(tools.ISORT,),
    steps=(
        # Verbose, since it is silent about sorted files otherwise.
        Step(
            ("{tool}", "--check-only", "--verbose", "--filter-files", "{py_files}"),
            findings=_FOUND,
        ),
    ),
    outputs=(
        Output("findings", "stderr", isort.parse, required=False),
        Output("progress", "stdout", isort_progress.parse),
    ),
    prepared=True,
)
FLAKE8 = Run(
    name="flake8",
    needs=(tools.FLAKE8,),
    steps=(
        Step(
            ("{tool}", "--benchmark", "--format=default", "--no-show-source", "{py_files}"),
            findings=_FOUND,
        ),
    ),
    outputs=(Output("report", "stdout", flake8.parse),),
    prepared=True,
)
_RADON = {
    "RADONCFG": "{directory}/radon.cfg",
    # As Python itself does, radon shall pass over a byte order mark.
    "RADONFILESENCODING": "utf-8-sig",
}
RADON = Run(
    name="radon",
    needs=(tools.RADON,),
    # Elsewhere, since radon falls over tables of other tools in pyproject.toml (a `%` in any of
    # them is enough); radon.cfg, which is radon's own, is still read.
    steps=(Step(commands.radon, environment=_RADON),),
    outputs=(Output("report", "stdout", radon.parse),),
    directory="{scratch}",
)
BANDIT = Run(
    name="bandit",
    needs=(tools.BANDIT,),
    steps=(Step(commands.bandit, findings=_FOUND),),
    outputs=(Output("report", "bandit.json", bandit.parse),),
)
ENVIRONMENT = Run(
    name="environment",
    needs=(tools.PYTHON,),
    steps=(Step(commands.environment_of),),
    outputs=(Output("environment", "environment.json", environment.parse),),
    prepared=True,
)
PIP_AUDIT = Run(
    name="pip-audit",
    needs=(tools.PIP_AUDIT,),
    steps=(
        Step(commands.environment_for_audit),
        # The pins are all that is installed, so nothing is resolved. Not --strict: what it skips
        # is read from the report, which it would not write then.
        Step(
            (
                *("{tool}", "--requirement={scratch}/requirements.txt", "--disable-pip"),
                *("--no-deps", "--progress-spinner=off", "--format=json"),
                "--output={scratch}/audit.json",
            ),
            findings=_FOUND,
        ),
    ),
    outputs=(
        Output("log", "stderr", pip_audit_log.parse, required=False),
        Output("audit", "audit.json", pip_audit.parse),
        Output("environment", "environment.json", environment.parse),
    ),
    prepared=True,
)
ADVISORIES = Computation(
    name="advisories",
    compute=advisories.matcher("PyPI"),
    inputs=("environment",),
)
LICENSECHECK = Run(
    name="licensecheck",
    needs=(tools.LICENSECHECK, tools.UV),
    steps=(
        Step(commands.environment_for_licensecheck),
        Step(commands.licensecheck, findings=_FOUND, gap=frozenset({3})),
    ),
    outputs=(
        Output("report", "licensecheck.json", licensecheck.parse),
        Output("environment", "environment.json", environment.parse),
    ),
    prepared=True,
)
LICENSE_HEADERS = Computation(
    name="license-headers",
    compute=headers.measure((".py", ".pyi"), shipped_places),
)
GRIFFE = Run(
    name="griffe",
    needs=(tools.GRIFFE,),
    steps=(Step(commands.griffe),),
    outputs=(Output("report", "stdout", griffe_api.parse),),
    around=(release_worktree,),
)
DEPRECATIONS = Computation(
    "deprecations", deprecations.measure((".py", ".pyi"), shipped_places, marks)
)

RUNS = (
    *(COMPILEALL, BUILD, MYPY, PYRIGHT, ANNOTATIONS, UNIT_TESTS, INTEGRATION_TESTS),
    *(RUFF, RUFF_FORMAT, BLACK, ISORT, FLAKE8, RADON),
    *(BANDIT, ENVIRONMENT, PIP_AUDIT, ADVISORIES, LICENSECHECK),
    *(LICENSE_HEADERS, GRIFFE, DEPRECATIONS),
)
"""All runs and computations, in the order of the gates that read them."""
