"""TypeScript and JavaScript: packages and workspaces of npm, pnpm and yarn, by their own tools."""

from pytest_forge.toolchains.declarations import Suppression, Toolchain
from pytest_forge.toolchains.typescript.checks import CHECKS
from pytest_forge.toolchains.typescript.measuring import is_code
from pytest_forge.toolchains.typescript.preparation import PREPARATION
from pytest_forge.toolchains.typescript.project import MANIFESTS, UNPRODUCTIVE, inspect
from pytest_forge.toolchains.typescript.runs import RUNS

TOOLCHAIN = Toolchain(
    language="typescript",
    manifests=MANIFESTS,
    inspect=inspect,
    runs=RUNS,
    checks=CHECKS,
    preparation=PREPARATION,
    unproductive=UNPRODUCTIVE,
    is_code=is_code,
    suppressions=tuple(
        Suppression(mark, f"*.{suffix}", pattern)
        for mark, pattern in (
            ("eslint-disable", r"\beslint-disable(?:-next-line|-line)?\b"),
            ("@ts-ignore", r"@ts-(?:ignore|nocheck|expect-error)\b"),
            ("prettier-ignore", r"\bprettier-ignore\b"),
        )
        for suffix in ("ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs")
    ),
)
