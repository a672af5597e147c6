"""Python's recordings: a clean small project, and what is laid over it.

Install `black flake8 isort pyright` beside the extra `python` to record all of them.
"""

import json
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from pytest_forge.execution.process import Processes, capture
from pytest_forge.execution.tools import locate
from pytest_forge.formats import detect_secrets, sarif
from pytest_forge.toolchains import openapi
from pytest_forge.toolchains.declarations import Output, Run, Step, Tool
from pytest_forge.toolchains.python import TOOLCHAIN, tools
from pytest_forge.toolchains.repository import SECRETS
from scripts.recording import Case, Language, write

BASE: Mapping[str, str | bytes | None] = {
    "pyproject.toml": """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "shop"
version = "1.0.0"
license = "MIT"
requires-python = ">=3.11"
dependencies = ["packaging>=23", "colorama; sys_platform == 'win32'"]

[tool.hatch.build.targets.wheel]
packages = ["src/shop"]
""",
    "src/shop/__init__.py": '''\
"""A shop."""

from shop.prices import total

__all__ = ["total"]
''',
    "src/shop/py.typed": "",
    "src/shop/prices.py": '''\
"""Prices."""


class Till:
    """Adds up."""

    def __init__(self, tax: float) -> None:
        """Remember the tax."""
        self.tax = tax

    def total(self, values: list[float]) -> float:
        """Return the sum with tax."""
        return total(values, self.tax)


def total(values: list[float], tax: float = 0.0) -> float:
    """Return the sum."""
    if tax:
        return sum(values) * (1 + tax)
    return sum(values)
''',
    "tests/test_prices.py": """\
from shop import total
from shop.prices import Till


def test_total() -> None:
    assert total([1, 2]) == 3


def test_tax() -> None:
    assert Till(0.5).total([2]) == 3
""",
    "tests/integration/test_till.py": """\
from shop.prices import Till


def test_till() -> None:
    assert Till(0.0).total([1]) == 1
""",
}

_FAILING_TESTS = """\
import pytest
from shop import total


def test_total():
    assert total([1, 2]) == 3


def test_wrong():
    assert total([1]) == 2


@pytest.mark.skip(reason="not today")
def test_skipped():
    pass


@pytest.fixture
def broken():
    raise RuntimeError("\\x1b[31mred\\x1b[0m")


def test_setup_error(broken):
    pass


@pytest.fixture
def torn():
    yield
    raise RuntimeError("torn")


def test_call_and_teardown(torn):
    assert False


@pytest.mark.xfail
def test_expected_failure():
    assert False


@pytest.mark.xfail(strict=True)
def test_unexpected_pass():
    pass
"""
_MESSY = """\
import os, pickle
import subprocess

def load(path, mode='rb'):
    assert path
    return pickle.load(open(path, mode))


def run(cmd: str) -> int:
    return subprocess.call(cmd, shell=True) + "a"
"""
_COMPLEX = """\
class Outer:
    class Inner:
        def choose(self, a: int) -> int:
            if a > 1 and a < 9 or a == 11:
                return 1
            for number in range(a):
                if number % 2:
                    return number
                elif number % 3:
                    return a
            while a:
                a -= 1
                try:
                    a /= 2
                except ZeroDivisionError:
                    continue
            return 0 if a else 2


def outer() -> int:
    def inner(flag: bool) -> int:
        return 1 if flag else 2

    return inner(True)
"""


_BROKEN: Mapping[str, str | bytes | None] = {
    "src/shop/bad.py": "def f(:\n    pass\n",
    "src/shop/tabs.py": "if 1:\n\tx = 1\n        y = 2\n",
    "src/shop/latin.py": b'x = "\xe9"\n',
}
_MESS: Mapping[str, str | bytes | None] = {"src/shop/mess.py": _MESSY}
_BARE: Mapping[str, str | bytes | None] = {
    "src/shop/__init__.py": "",
    "src/shop/prices.py": None,
    "tests/test_prices.py": None,
    "tests/integration/test_till.py": None,
}
_NO_MODULE: Mapping[str, str | bytes | None] = {
    "src/shop/__init__.py": None,
    "src/shop/prices.py": None,
}
_SKIPPED_TEST = """\
import pytest


@pytest.mark.skip(reason="not today")
def test_till() -> None:
    pass
"""
_NO_FILES = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "shop"
version = "1.0.0"
license = "MIT"
requires-python = ">=3.11"
dependencies = ["packaging>=23"]

[tool.hatch.build.targets.wheel]
bypass-selection = true
exclude = ["*.py", "*.typed"]

[tool.ruff]
exclude = ["*"]

[tool.pyright]
exclude = ["**"]
"""
_NOTHING: Mapping[str, str | bytes | None] = {"pyproject.toml": _NO_FILES}
_MADE_UP = "QWE7RTYUIOP3ASDF"
_API = """\
openapi: 3.0.3
info: {title: shop, version: 1.0.0}
paths:
  /prices:
    get:
      operationId: prices
      responses:
        "200":
          description: what things cost
          content: {application/json: {schema: {type: object, required: [sum], properties: *SUM}}}
  /till:
    get:
      responses:
        "204": {description: it is there}
""".replace("*SUM", "{sum: {type: integer}}")
_NEW_PATH = """\
paths:
  /receipts:
    get:
      responses:
        "204": {description: there are some}
"""
_CHANGED_API = (
    _API.replace("/till", "/receipts")
    .replace("required: [sum], ", "")
    .replace(
        "      operationId: prices\n",
        "      operationId: prices\n      parameters:\n"
        "        - {name: day, in: query, required: true, schema: {type: string}}\n",
    )
)
_NO_API = "openapi: 3.1.0\ninfo: {title: shop, version: 1.0.0}\npaths: {}\n"
_SWAGGER = [
    f"""\
swagger: "2.0"
info: {{title: shop, version: 1.0.0}}
paths:
  /prices:
    post:
      parameters: [{{name: things, in: body, schema: {{$ref: "#/definitions/Things"}}}}]
      responses: {{"200": {{description: ok, schema: {{type: {kind}}}}}}}
definitions:
  Things: {{type: {kind}}}
"""
    for kind in ("string", "integer")
]


def _openapi(name: str, why: str, now: str, then: str = _API) -> Case:
    path = "openapi.yaml"
    return Case("oasdiff", name, why, {path: now}, release={path: then}, variant=path)


_OSV = ("-s", "osv", "--osv-url", "http://127.0.0.1:{advisory-port}/v1/query")

CASES = (
    Case("compileall", "clean", "every file compiles"),
    Case(
        "compileall", "errors", "three kinds of syntax error, each printed in its own way", _BROKEN
    ),
    Case(
        "compileall",
        "warnings",
        "a SyntaxWarning: on standard error, with exit status 0",
        {"src/shop/same.py": 'def same(text: str) -> bool:\n    return text is "x"\n'},
    ),
    Case("compileall", "nothing", "every file is passed over", arguments=("-x", ".")),
    Case("build", "clean", "a wheel"),
    Case("build", "nothing", "a wheel that ships no file", {**_NOTHING, **_BARE}),
    Case(
        "build",
        "backend-error",
        "the backend raises",
        {"pyproject.toml": None, "setup.py": "import setuptools\nsetuptools.setup(name=1 / 0)\n"},
    ),
    Case("mypy", "clean", "no error: nothing on standard output"),
    Case("mypy", "nothing", "every module is excluded", arguments=("--exclude", ".")),
    Case("mypy", "errors", "a type error", _MESS),
    Case("pyright", "clean", "no error"),
    Case(
        "pyright",
        "nothing",
        "no module below its paths",
        {**_NOTHING, **_NO_MODULE},
    ),
    Case("pyright", "errors", "a type error", _MESS),
    Case("type-coverage", "clean", "everything is annotated"),
    Case("type-coverage", "nothing", "no module", _NO_MODULE),
    Case("type-coverage", "missing", "a function without annotations", _MESS),
    Case("unit-tests", "clean", "two tests"),
    Case(
        "unit-tests",
        "failures",
        "every outcome that a test can have",
        {"tests/test_all.py": _FAILING_TESTS},
    ),
    Case(
        "unit-tests",
        "collection-error",
        "a module that cannot be imported: exit status 2",
        {"tests/test_gone.py": "import nothing_of_this_name\n"},
    ),
    Case("unit-tests", "no-tests", "exit status 5", {"tests/test_prices.py": None}),
    Case(
        "unit-tests",
        "parallel",
        "data files apart, pytest-cov and xdist in the project's own options",
        {
            ".coveragerc": "[run]\nparallel = true\n[report]\nfail_under = 100\n",
            "pytest.ini": "[pytest]\naddopts = -n 2 --cov=shop --cov-fail-under=100 --ff\n",
        },
    ),
    Case(
        "unit-tests",
        "straight-code",
        "code without branches and functions",
        {
            "src/shop/__init__.py": "NAME = 'shop'\n",
            "src/shop/prices.py": None,
            "tests/test_prices.py": "import shop\n\n\ndef test_it():\n    assert shop.NAME\n",
        },
    ),
    Case("integration-tests", "clean", "one test in tests/integration"),
    Case(
        "integration-tests",
        "nothing",
        "every test is skipped",
        {"tests/integration/test_till.py": _SKIPPED_TEST},
    ),
    Case("ruff", "clean", "no finding"),
    Case("ruff", "nothing", "every file is excluded", _NOTHING),
    Case("ruff", "findings", "two rules", _MESS),
    Case("ruff-format", "clean", "all formatted"),
    Case("ruff-format", "nothing", "every file is excluded", _NOTHING),
    Case("ruff-format", "unformatted", "one file is not", _MESS),
    Case("black", "clean", "all formatted"),
    Case("black", "unformatted", "one file is not", _MESS),
    Case("black", "unreadable", "a file with a syntax error: exit status 123", _BROKEN),
    Case("black", "no-files", "everything is excluded", arguments=("--exclude", ".*")),
    Case("isort", "clean", "all sorted"),
    Case("isort", "nothing", "every file is skipped", arguments=("--skip-glob", "*")),
    Case("isort", "unsorted", "one file is not", _MESS),
    Case("flake8", "clean", "no finding"),
    Case("flake8", "nothing", "every file is excluded", arguments=("--exclude", "*")),
    Case("flake8", "findings", "several rules", _MESS),
    Case("radon", "clean", "three functions"),
    Case("radon", "nothing", "every file is excluded", arguments=("--exclude", "*")),
    Case(
        "radon",
        "complex",
        "a method of an inner class, and a closure",
        {"src/shop/deep.py": _COMPLEX},
    ),
    Case("radon", "unreadable", "files that it could not read, with exit status 0", _BROKEN),
    Case("bandit", "clean", "no finding"),
    Case("bandit", "nothing", "every file is excluded", arguments=("--exclude", "*")),
    Case("bandit", "findings", "each severity", _MESS),
    Case("bandit", "unreadable", "files that it could not read, with exit status 0", _BROKEN),
    Case("environment", "clean", "a runtime dependency, and what the tests need"),
    Case(
        "pip-audit", "clean", "a feed that knows of nothing", {}, (*_OSV[:-1], _OSV[-1] + "?none")
    ),
    Case("pip-audit", "vulnerable", "a feed with one made-up advisory on packaging", {}, _OSV),
    Case(
        "pip-audit",
        "feed-down",
        "a feed that does not answer: a traceback, exit status 1, no report",
        {},
        ("-s", "osv", "--osv-url", "http://127.0.0.1:9/v1/query"),
    ),
    Case("pip-audit", "skipped", "a feed that has no such packages: exit status 0"),
    Case("licensecheck", "clean", "one dependency, compatible", version="2025.1.0"),
    Case(
        "licensecheck",
        "incompatible",
        "a dependency that is refused by name",
        {},
        ("--fail-packages", "packaging"),
        version="2025.1.0",
    ),
    Case("detect-secrets", "clean", "no secret"),
    # In two parts, so that this file holds none.
    Case("detect-secrets", "secrets", "a key", {"src/shop/mess.py": f"K = 'AKIA{_MADE_UP}'\n"}),
    Case("secrets", "clean", "no secret in any file"),
    _openapi("same", "nothing has changed", _API),
    _openapi(
        "breaking",
        "a path is gone, a parameter became required, a response may be empty; a path is new",
        _CHANGED_API,
    ),
    _openapi("added", "a path is new", _API.replace("paths:", _NEW_PATH)),
    _openapi("nothing", "documents without an operation", _NO_API, _NO_API),
    _openapi("swagger", "a response has changed, which it does not see", *_SWAGGER),
    Case("sarif", "clean", "ruff's SARIF without a result"),
    Case("sarif", "nothing", "ruff's SARIF of no file", _NOTHING),
    Case("sarif", "findings", "ruff's SARIF with two results", _MESS),
    Case("griffe", "first-release", "nothing to compare with"),
    Case("griffe", "same", "nothing has changed", release={}),
    Case(
        "griffe",
        "breaking",
        "a function lost a parameter, another function is new",
        {
            "src/shop/prices.py": (
                '"""Prices."""\n\n\ndef total(values: list[float]) -> float:\n'
                '    """Return the sum."""\n    return sum(values)\n\n\n'
                'def mean(values: list[float]) -> float:\n    """Return the mean."""\n'
                "    return sum(values) / len(values)\n"
            )
        },
        release={},
    ),
    Case(
        "griffe",
        "new-package",
        "the release has no package of this name",
        release={
            "src/shop/__init__.py": None,
            "src/shop/prices.py": None,
            "src/shop/py.typed": None,
        },
    ),
)
"""Every recording, in the order of the gates."""


FURTHER_RUNS = (
    openapi.RUN,
    Run(
        name="detect-secrets",
        needs=(
            Tool(
                name="detect-secrets",
                install="pip install detect-secrets",
                executable="detect-secrets",
            ),
        ),
        steps=(Step(("{tool}", "scan", "--all-files", "{sources}")),),
        outputs=(Output("report", "stdout", detect_secrets.parse),),
    ),
    Run(
        name="sarif",
        needs=(tools.RUFF,),
        steps=(Step(("{tool}", "check", "--no-cache", "--output-format=sarif", ".")),),
        outputs=(Output("report", "stdout", sarif.parse),),
    ),
)
"""Runs that Python's toolchain does not declare, for formats that others use."""


@contextmanager
def advisory_server() -> Iterator[int]:
    """Answer OSV queries on a loopback port: one made-up advisory on packaging."""
    server = HTTPServer(("127.0.0.1", 0), _Advisories)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


class _Advisories(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        package, version = query["package"], query.get("version", "0")
        known = package["name"] == "packaging" and not self.path.endswith("?none")
        text = json.dumps({"vulns": [_advisory(package, version)]} if known else {})
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


def _advisory(package: Mapping[str, str], version: str) -> Mapping[str, object]:
    return {
        "id": "GHSA-0000-0000-0000",
        "modified": "2024-01-01T00:00:00Z",
        "summary": "made up for a recording",
        "details": "Made up for a recording.",
        "aliases": ["CVE-2000-0000"],
        "affected": [
            {
                "package": dict(package),
                "ranges": [
                    {
                        "type": "ECOSYSTEM",
                        "events": [{"introduced": "0"}, {"fixed": "999.0"}],
                    }
                ],
                "versions": [version],
            }
        ],
    }


@contextmanager
def environment(home: Path) -> Iterator[Mapping[str, str]]:
    """Install the base project with what its tests need, and have advisories at hand."""
    write(home / "base", BASE)
    place = home / "environment"
    python = place / "bin" / "python"
    uv = locate(tools.UV, "", Processes()).argv
    _succeed((*uv, "venv", "--quiet", f"--python={sys.executable}", str(place)), home)
    needs = ("pytest", "coverage", "pytest-cov", "pytest-xdist", "--editable", str(home / "base"))
    _succeed((*uv, "pip", "install", "--quiet", f"--python={python}", *needs), home)
    with advisory_server() as port:
        yield {"python": str(python), "advisory-port": str(port), "snapshot": str(home / "base")}


def _succeed(argv: tuple[str, ...], directory: Path) -> None:
    done = capture(argv, directory, 300.0)
    if done.status != 0:
        sys.exit(f"{' '.join(argv)}: {done.stderr}")


LANGUAGE = Language(
    toolchain=TOOLCHAIN,
    manifests=("pyproject.toml", "setup.py"),
    base=BASE,
    cases=CASES,
    further_runs=(SECRETS, *FURTHER_RUNS),
    prepared=environment,
)
