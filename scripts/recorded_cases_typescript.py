"""TypeScript's recordings: a clean small package, and what is laid over it.

The tools of the package itself are installed beside all cases, once, from npm's registry; the
others are those of `pytest-forge install --language typescript`. npm's audit is answered by a
server on the loopback interface, since its own answer would be another one tomorrow.
"""

import gzip
import json
import os
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pytest_forge.toolchains.typescript import TOOLCHAIN
from scripts.recording import Case, Files, Language, write

_TOOLS = {
    "@biomejs/biome": "2.6.8",
    "@types/node": "20.19.25",
    "@vitest/coverage-v8": "4.1.0",
    "ava": "6.4.1",
    "c8": "10.1.3",
    "eslint": "9.39.1",
    "jest": "30.2.0",
    "mocha": "11.7.5",
    "nanoid": "5.1.6",
    "oxfmt": "0.79.0",
    "prettier": "3.7.4",
    "typescript": "5.9.3",
    "typescript-eslint": "8.48.0",
    "vitest": "4.1.0",
    "xo": "1.2.3",
}
_ADVISORY = {
    "id": 1106913,
    "url": "https://github.com/advisories/GHSA-35jh-r3h4-6jhm",
    "title": "Command Injection in lodash",
    "severity": "high",
    "vulnerable_versions": "<4.17.21",
    "cwe": ["CWE-77", "CWE-94"],
    "cvss": {"score": 7.2, "vectorString": "CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H"},
}


def _package(**changed: Any) -> str:
    stated = {
        "name": "shop",
        "version": "1.0.0",
        "type": "module",
        "license": "MIT",
        "exports": "./dist/index.js",
        "scripts": {"test": "vitest run", "typecheck": "tsc", "lint": "eslint ."},
        **changed,
    }
    return json.dumps(stated, indent=2) + "\n"


def _installed(name: str, **stated: Any) -> str:
    return json.dumps({"name": name, "version": "1.2.3", **stated})


def _tested_by(command: str) -> str:
    return _package(scripts={"test": command})


def _lock(**packages: Mapping[str, Any]) -> str:
    root = {"name": "shop", "version": "1.0.0", "dependencies": {n: "*" for n in packages}}
    places = {f"node_modules/{name}": one for name, one in packages.items()}
    document = {
        "name": "shop",
        "version": "1.0.0",
        "lockfileVersion": 3,
        "requires": True,
        "packages": {"": root, **places},
    }
    return json.dumps(document, indent=2) + "\n"


INDEX = """\
export interface Receipt {
  sum: number;
  note?: string;
}

export class Till {
  private sum = 0;

  add(amount: number): void {
    this.sum += amount;
  }

  total(): number {
    return this.sum;
  }
}

export function total(values: number[], least: number = 0): Receipt {
  let sum = 0;
  for (const value of values) {
    if (value > least) {
      sum += value;
    }
  }
  return { sum };
}
"""
_USES = """\
  const till = new Till();
  till.add(2);
  expect(till.total()).toBe(total([1, -1, 1]).sum);
"""
TEST = f"""\
import {{ expect, test }} from "vitest";

import {{ Till, total }} from "../src/index.js";

test("a till adds up", () => {{
{_USES}}});

test.skip("it gives change", () => {{}});
"""
SERVICE = """\
import { expect, test } from "vitest";

test("the service answers", () => {
  expect(1).toBe(1);
});
"""
TSCONFIG = """\
{
  // Comments are allowed here.
  "compilerOptions": {
    "strict": true,
    "module": "nodenext",
    "target": "es2022",
    "outDir": "dist",
    "rootDir": "src",
    "noEmit": true,
    "skipLibCheck": true,
    "types": [],
  },
  "include": ["src"],
}
"""
BASE: Files = {
    "package.json": _package(),
    "tsconfig.json": TSCONFIG,
    "eslint.config.js": 'import tseslint from "typescript-eslint";\n\n'
    "export default tseslint.config(tseslint.configs.recommended);\n",
    "vitest.config.js": 'export default { test: { include: ["test/**/*.test.ts"] } };\n',
    "src/index.ts": INDEX,
    "test/index.test.ts": TEST,
    "test/integration/service.test.ts": SERVICE,
}

_JAVASCRIPT = """\
/** @param {number[]} values */
export function total(values) {
  let sum = 0;
  for (const value of values) {
    if (value > 0) {
      sum += value;
    }
  }
  return sum;
}
"""
_ITERATED_TEXT = (
    _JAVASCRIPT.replace("/** @param {number[]} values */\n", "")
    + """
export class Till {
  *[Symbol.iterator]() {
    yield total([]);
  }
}
"""
)
_ITERATED: Files = {
    "tsconfig.json": None,
    "src/index.ts": None,
    "src/index.js": _ITERATED_TEXT,
    "package.json": _package(exports="./src/index.js"),
}
_AMBIENT_TEXT = 'declare module "*.svg" {\n  const src: string;\n  export default src;\n}\n'
_AMBIENT: Files = {
    "client.d.ts": _AMBIENT_TEXT,
    "package.json": _package(exports={".": "./dist/index.js", "./client": "./client.d.ts"}),
}
_PLAIN: Files = {"tsconfig.json": None, "src/index.ts": None, "src/index.js": _JAVASCRIPT}
_NO_VITEST: Files = {"vitest.config.js": None, "test/index.test.ts": None}


def _javascript(imports: str, body: str, runner: str, failing: bool = False) -> Files:
    """Return a project in JavaScript whose tests another runner runs."""
    name = "test.ava.js" if runner.startswith("ava") else "index.test.js"
    wanted = 4 if failing else 3
    text = imports + '\nimport { total } from "../src/index.js";\n\n' + body % wanted
    service = imports + "\n" + body.replace("total([1, 2, -1])", "3") % 3
    return {
        **_PLAIN,
        **_NO_VITEST,
        "package.json": _tested_by(runner),
        f"test/{name}": text,
        "test/integration/service.test.ts": None,
        "test/integration/service.test.js": service,
    }


_ASSERT = 'import assert from "node:assert";\n'
_NODE_BODY = """\
test("it adds up", () => assert.equal(total([1, 2, -1]), %d));
test.skip("it gives change", () => {});
"""
_MOCHA_BODY = """\
describe("shop", () => {
  it("adds up", () => assert.equal(total([1, 2, -1]), %d));
  it.skip("gives change", () => {});
});
"""
_AVA_BODY = """\
test("it adds up", (t) => t.is(total([1, 2, -1]), %d));
test.skip("it gives change", (t) => t.pass());
"""
_JEST_BODY = """\
test("it adds up", () => expect(total([1, 2, -1])).toBe(%d));
test.skip("it gives change", () => {});
"""
_RUNNERS = {
    "node-test": ('import test from "node:test";\n' + _ASSERT, _NODE_BODY, "node --test"),
    "mocha": (_ASSERT, _MOCHA_BODY, "mocha test/*.test.js"),
    "ava": ('import test from "ava";\n', _AVA_BODY, "ava test/*.ava.js"),
    "jest": (
        'import { expect, test } from "@jest/globals";\n',
        _JEST_BODY,
        "NODE_OPTIONS=--experimental-vm-modules jest",
    ),
}


def _runner_cases() -> Iterator[Case]:
    for run, (imports, body, command) in _RUNNERS.items():
        clean = _javascript(imports, body, command)
        failing = _javascript(imports, body, command, failing=True)
        skipped = {
            name: text.replace("test(", "test.skip(").replace("  it(", "  it.skip(")
            for name, text in clean.items()
            if isinstance(text, str) and name.startswith("test/")
        }
        yield Case(run, "clean", "a test passes, one is skipped", clean)
        yield Case(run, "failing", "a test fails", failing)
        yield Case(run, "nothing", "every test is skipped", {**clean, **skipped})
        yield Case(f"{run}-integration", "clean", "a test passes", clean)
        yield Case(f"{run}-integration", "nothing", "all are skipped", {**clean, **skipped})


_SKIPPED: Files = {
    "test/index.test.ts": TEST.replace('test("', 'test.skip("'),
    "test/integration/service.test.ts": SERVICE.replace("test(", "test.skip("),
}
_TYPE_ERROR: Files = {"src/index.ts": INDEX + "\nexport const name: string = 3;\n"}
_BROKEN: Files = {"src/index.ts": INDEX + "\nexport const one: number = ;\n"}
_REFERENCES: Files = {
    "tsconfig.json": '{"files": [], "references": [{"path": "src"}, {"path": "other"}]}\n',
    "src/tsconfig.json": '{"compilerOptions": {"composite": true, "types": []}}\n',
    "other/index.ts": 'import { total } from "../src/index.js";\n\nexport const sum: string ='
    " total([1]);\n",
    "other/tsconfig.json": '{"compilerOptions": {"composite": true, "types": []}, '
    '"references": [{"path": "../src"}]}\n',
}
_BIOME: Files = {
    "eslint.config.js": None,
    "package.json": _package(scripts={"test": "vitest run", "lint": "biome check ."}),
    "biome.json": '{"formatter": {"indentStyle": "space"}}\n',
}
_BIOME_NOTHING: Files = {**_BIOME, "biome.json": '{"files": {"includes": ["**", "!**/*.*s"]}}\n'}
_OXFMT: Files = {
    "package.json": _package(scripts={"test": "vitest run", "format": "oxfmt"}),
    ".oxfmtrc.json": "{}\n",
}
_LODASH = {"version": "4.17.20", "license": "MIT"}
_NANOID = {"version": "5.1.6", "license": "MIT"}
_RELEASED: Files = {"src/index.ts": INDEX.replace(", least: number = 0", ", least?: number")}

CASES: tuple[Case, ...] = (
    Case("tsc", "clean", "nothing is found"),
    Case("tsc", "type-error", "a number where a text is promised", _TYPE_ERROR),
    Case("tsc", "syntax-error", "an expression is missing", _BROKEN),
    Case("tsc", "javascript", "plain JavaScript is only parsed", _PLAIN),
    Case("tsc", "references", "projects refer to each other, one has an error", _REFERENCES),
    Case(
        "tsc",
        "nothing",
        "the configuration names no file",
        {"tsconfig.json": TSCONFIG.replace('"src"]', '"absent"]')},
    ),
    Case("tsc-type-coverage", "clean", "everything has a type"),
    Case(
        "tsc-type-coverage",
        "untyped",
        "what JSON.parse returns has none",
        {"src/index.ts": INDEX + '\nexport const one = JSON.parse("1");\n'},
    ),
    Case(
        "tsc-type-coverage", "nothing", "there is no identifier", {"src/index.ts": "export {};\n"}
    ),
    Case("vitest", "clean", "a test passes, one is skipped"),
    Case(
        "vitest",
        "failing",
        "a test fails",
        {"test/index.test.ts": TEST.replace("add(2)", "add(3)")},
    ),
    Case(
        "vitest",
        "broken",
        "a module of tests can't be loaded",
        {"test/index.test.ts": TEST + '\nthrow new Error("no till");\n'},
    ),
    Case("vitest", "nothing", "every test is skipped", _SKIPPED),
    Case(
        "vitest",
        "absent",
        "there is no test",
        {"test/index.test.ts": None, "test/integration/service.test.ts": None},
    ),
    Case("vitest-integration", "clean", "a test passes"),
    Case("vitest-integration", "nothing", "every test is skipped", _SKIPPED),
    *_runner_cases(),
    Case(
        "node-test",
        "empty",
        "a file of tests holds none",
        {
            **_javascript(*_RUNNERS["node-test"][:2], "node --test"),
            "test/index.test.js": 'import { total } from "../src/index.js";\n\ntotal([1]);\n',
        },
    ),
    Case("lizard-typescript", "clean", "functions and methods"),
    Case("lizard-typescript", "nothing", "there is no function", {"src/index.ts": "export {};\n"}),
    Case("eslint", "clean", "nothing is found"),
    Case(
        "eslint",
        "findings",
        "a variable that nobody uses, and a file that can't be parsed",
        {"src/index.ts": INDEX + "\nlet unused = 3;\n", "src/broken.ts": "export const = 3;\n"},
    ),
    Case(
        "eslint",
        "nothing",
        "a configuration for JavaScript alone",
        {
            "eslint.config.js": 'export default [{ ignores: ["*.config.js"] }];\n',
            "vitest.config.js": None,
        },
        arguments=("--no-error-on-unmatched-pattern",),
    ),
    Case(
        "xo",
        "clean",
        "nothing is found",
        {
            **_PLAIN,
            **_NO_VITEST,
            "package.json": _package(scripts={"test": "xo"}),
            "eslint.config.js": None,
            "test/integration/service.test.ts": None,
            "src/index.js": "export const one = 1;\n",
        },
    ),
    Case(
        "xo",
        "findings",
        "blanks where tabs are wanted",
        {
            **_PLAIN,
            **_NO_VITEST,
            "package.json": _package(scripts={"test": "xo"}),
            "eslint.config.js": None,
            "test/integration/service.test.ts": None,
        },
    ),
    Case(
        "xo",
        "nothing",
        "every file is ignored",
        {
            **_PLAIN,
            **_NO_VITEST,
            "package.json": _package(scripts={"test": "xo"}, xo={"ignores": ["**"]}),
            "eslint.config.js": None,
            "test/integration/service.test.ts": None,
        },
    ),
    Case("biome-lint", "clean", "nothing is found", _BIOME),
    Case(
        "biome-lint",
        "findings",
        "an error, a warning, a hint, and a file that can't be parsed",
        {
            **_BIOME,
            "src/index.ts": INDEX
            + "\nlet unused = 3;\nexport const cube = Math.pow(total([1]).sum, 3) == 1;\n",
            "src/broken.ts": "export const = 3;\n",
        },
    ),
    Case(
        "biome-lint",
        "defaults",
        "a project without a linter of its own",
        {"eslint.config.js": None, "package.json": _package(scripts={"test": "vitest run"})},
    ),
    Case("biome-lint", "nothing", "every file is left out", _BIOME_NOTHING),
    Case("biome-format", "clean", "every file is formatted", _BIOME),
    Case(
        "biome-format",
        "findings",
        "a file is not formatted, one can't be parsed",
        {
            **_BIOME,
            "src/index.ts": INDEX.replace("  ", "    "),
            "src/broken.ts": "export const = 3;\n",
        },
    ),
    Case("biome-format", "nothing", "every file is left out", _BIOME_NOTHING),
    Case("prettier", "clean", "every file is formatted"),
    Case(
        "prettier",
        "findings",
        "a file is not formatted, one can't be parsed, one is ignored",
        {
            "src/index.ts": INDEX.replace("  ", "    "),
            "src/broken.ts": "export const = 3;\n",
            "src/made.ts": "export  const one=1\n",
            ".prettierignore": "src/made.ts\n",
        },
    ),
    Case("prettier", "nothing", "every file is ignored", {".prettierignore": "*\n"}),
    Case("oxfmt", "clean", "every file is formatted", _OXFMT),
    Case(
        "oxfmt",
        "findings",
        "two files are not formatted",
        {**_OXFMT, "src/index.ts": INDEX.replace("  ", "    "), "src/one.ts": "let  one = 1\n"},
    ),
    Case(
        "oxfmt",
        "nothing",
        "every file is ignored",
        {**_OXFMT, ".oxfmtrc.json": '{"ignorePatterns": ["**"]}\n'},
    ),
    Case(
        "oxfmt",
        "broken",
        "a file can't be parsed",
        {**_OXFMT, "src/broken.ts": "export const = 3;\n"},
    ),
    Case("npm-audit", "clean", "nothing is known", {"package-lock.json": _lock(nanoid=_NANOID)}),
    Case("npm-audit", "findings", "one advisory", {"package-lock.json": _lock(lodash=_LODASH)}),
    Case("npm-audit", "nothing", "there is no dependency", {"package-lock.json": _lock()}),
    Case(
        "npm-audit",
        "no-answer",
        "the registry has no advisory data",
        {"package-lock.json": _lock(lodash=_LODASH)},
        arguments=("--registry=http://127.0.0.1:9", "--fetch-retries=0"),
    ),
    Case(
        "packages",
        "clean",
        "a dependency that ships, and one for development",
        {
            "package.json": _package(dependencies={"a": "*"}, devDependencies={"@b/b": "*"}),
            "node_modules/a/package.json": _installed("a", license="MIT", dependencies={"c": "1"}),
            "node_modules/@b/b/package.json": _installed("@b/b", license={"type": "BSD-3-Clause"}),
            "node_modules/a/node_modules/c/package.json": _installed(
                "c", licenses=[{"type": "MIT"}, {"type": "Apache-2.0"}]
            ),
        },
    ),
    Case(
        "packages",
        "missing",
        "a dependency is not installed",
        {"package.json": _package(dependencies={"absent": "*"})},
    ),
    Case("packages", "nothing", "there is no dependency"),
    Case("typescript-api", "same", "nothing has changed", release={}),
    Case(
        "typescript-api",
        "changes",
        "items were removed, changed and added",
        {
            "src/index.ts": INDEX.replace("  total(): number", "  sum_(): number")
            .replace("least: number = 0", "least: string")
            .replace("note?: string", "note: string")
        },
        release=_RELEASED,
    ),
    Case(
        "typescript-api",
        "javascript",
        "a function of plain JavaScript takes one more, and a class stays as it is",
        {**_ITERATED, "src/index.js": _ITERATED_TEXT.replace("(values)", "(values, least)")},
        release=_ITERATED,
    ),
    Case(
        "typescript-api",
        "ambient",
        "an entry point declares for everyone, and is no module",
        {**_AMBIENT, "client.d.ts": _AMBIENT_TEXT + "declare const __SUM__: number;\n"},
        release=_AMBIENT,
    ),
    Case(
        "typescript-api",
        "nothing",
        "the manifest names nothing in TypeScript or JavaScript",
        {"package.json": _package(exports="./shop.wasm")},
        release={"package.json": _package(exports="./shop.wasm")},
    ),
)


class _Registry(BaseHTTPRequestHandler):
    """As much of npm's registry as its audit asks for."""

    def do_POST(self) -> None:
        asked = gzip.decompress(self.rfile.read(int(self.headers["content-length"])))
        self._answer({"lodash": [_ADVISORY]} if "lodash" in json.loads(asked) else {})

    def do_GET(self) -> None:
        version = {"name": "lodash", "version": "4.17.20", "dist": {}}
        self._answer({"name": "lodash", "versions": {"4.17.20": version}})

    def _answer(self, document: Any) -> None:
        data = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def prepared(home: Path) -> Iterator[Mapping[str, str]]:
    """Install the tools beside all cases, and answer npm's audit while these are recorded."""
    write(home, {"package.json": json.dumps({"private": True, "devDependencies": _TOOLS})})
    command = ("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund")
    subprocess.run(command, cwd=home, check=True)
    (home / "package.json").unlink()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Registry)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ["NPM_CONFIG_REGISTRY"] = f"http://127.0.0.1:{server.server_port}"
    try:
        yield {}
    finally:
        del os.environ["NPM_CONFIG_REGISTRY"]
        server.shutdown()


LANGUAGE = Language(
    toolchain=TOOLCHAIN,
    manifests=("package.json",),
    base=BASE,
    cases=CASES,
    prepared=prepared,
)
