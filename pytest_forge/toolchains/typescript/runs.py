"""TypeScript's runs: each tool's command, its exit statuses by class, and the outputs to read.

The exit statuses were seen in runs of the versions that `tests/recordings/typescript` names.
"""

from pytest_forge import advisories, headers
from pytest_forge.formats import (
    biome,
    eslint,
    node_packages,
    npm_audit,
    oxfmt,
    prettier_files,
    tsc,
    type_coverage,
    typescript_api,
)
from pytest_forge.releases import deprecations
from pytest_forge.releases.comparing import last_release_worktree
from pytest_forge.releases.counterparts import same_project
from pytest_forge.toolchains import complexity
from pytest_forge.toolchains.declarations import (
    Argv,
    Computation,
    Format,
    Hold,
    Output,
    Run,
    Step,
    Tool,
)
from pytest_forge.toolchains.places import shipped_places
from pytest_forge.toolchains.typescript import biome as biome_commands
from pytest_forge.toolchains.typescript import (
    commands,
    comparing,
    looking,
    measuring,
    tested,
    tools,
)
from pytest_forge.toolchains.typescript.compiling import compile_command, compiled_place
from pytest_forge.toolchains.typescript.deprecations import marks
from pytest_forge.toolchains.typescript.packagefile import package_name

_FOUND = frozenset({1})
_SUFFIXES = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")

TSC = Run(
    name="tsc",
    needs=(tools.TSC, tools.NODE),
    steps=(Step(compile_command, findings=frozenset({1, 2}), directory="{place}"),),
    outputs=(Output("report", "stdout", tsc.parse),),
    around=(compiled_place,),
    prepared=True,
)
COMPILED = Computation("tsc-compiled", looking.compiled, inputs=("tsc",))
TYPE_COVERAGE = Run(
    # Another language has a run of the tool's own name.
    name="tsc-type-coverage",
    needs=(tools.TYPE_COVERAGE, tools.NODE),
    steps=(
        Step(
            ("{tool}", "--json-output", "--detail", "--strict", "-p", "{config}"),
            # It tells in its report why it failed.
            findings=_FOUND,
            directory="{place}",
        ),
    ),
    outputs=(Output("report", "stdout", type_coverage.parse),),
    around=(compiled_place,),
    prepared=True,
)


def _quality(name: str, tool: Tool, argv: Argv, source: str, parse: Format = eslint.parse) -> Run:
    return Run(
        name=name,
        needs=(tool, tools.NODE),
        steps=(Step(argv, findings=_FOUND),),
        outputs=(Output("report", source, parse),),
        prepared=True,
    )


ESLINT = _quality("eslint", tools.ESLINT, commands.eslint, "eslint.json")
XO = _quality("xo", tools.XO, ("{tool}", "--reporter=json"), "stdout")
BIOME_LINT = _quality("biome-lint", tools.BIOME, biome_commands.lint, "stdout", biome.parse_lint)
BIOME_FORMAT = _quality(
    "biome-format", tools.BIOME, biome_commands.format_files, "stdout", biome.parse_format
)
ESLINT_LINTED = Computation("eslint-linted", looking.linted, inputs=("eslint",))
BIOME_LINTED = Computation("biome-linted", biome_commands.counted, inputs=("biome-lint",))
XO_LINTED = Computation("xo-linted", looking.linted, inputs=("xo",))
OXFMT = _quality("oxfmt", tools.OXFMT, commands.oxfmt, "stdout", oxfmt.parse)
PRETTIER = Run(
    name="prettier",
    needs=(tools.PRETTIER, tools.NODE),
    steps=(Step(commands.prettier),),
    outputs=(Output("report", "stdout", prettier_files.parse),),
    around=(commands.listed_files,),
    prepared=True,
)
FORMATTED: tuple[Computation, ...] = tuple(
    Computation(f"{run.name}-formatted", looking.formatted, inputs=(run.name,))
    for run in (BIOME_FORMAT, PRETTIER, OXFMT)
)
LIZARD = complexity.run("lizard-typescript", "javascript", "typescript", "tsx")
NPM_AUDIT = Run(
    name="npm-audit",
    needs=(tools.NPM, tools.NODE),
    steps=(Step(commands.npm_audit, findings=_FOUND),),
    outputs=(Output("report", "stdout", npm_audit.parse),),
)
PACKAGES = Run(
    name="packages",
    needs=(tools.NODE,),
    steps=(Step(commands.packages),),
    outputs=(Output("report", "stdout", node_packages.parse),),
    prepared=True,
)
LICENSES = Computation("licenses", measuring.licensed, inputs=("packages",))
ADVISORIES = Computation("advisories", advisories.matcher("npm"), inputs=("packages",))
LICENSE_HEADERS = Computation("license-headers", headers.measure(_SUFFIXES, shipped_places))
API = Run(
    name="typescript-api",
    needs=(tools.TSC, tools.NODE),
    steps=(Step(commands.api),),
    outputs=(Output("report", "stdout", typescript_api.parse),),
    around=(last_release_worktree, same_project(package_name), comparing.lent_modules),
    prepared=True,
    holds=(Hold("release-modules"),),
)
DEPRECATIONS = Computation("deprecations", deprecations.measure(_SUFFIXES, shipped_places, marks))

RUNS: tuple[Run | Computation, ...] = (
    *(TSC, COMPILED, TYPE_COVERAGE),
    *tested.UNIT,
    *tested.UNIT_TESTS,
    *tested.INTEGRATION,
    *(ESLINT, ESLINT_LINTED, XO, XO_LINTED, BIOME_LINT, BIOME_LINTED, BIOME_FORMAT),
    *(PRETTIER, OXFMT, LIZARD),
    *FORMATTED,
    *(NPM_AUDIT, PACKAGES, LICENSES, ADVISORIES, LICENSE_HEADERS, API, DEPRECATIONS),
)
"""All runs and computations, in the order of the gates that read them."""
