"""Go's runs: each tool's command, its exit statuses by class, and the outputs that are read.

The exit statuses were seen in runs of the versions that `tests/recordings/go` names.
"""

from collections.abc import Mapping

from pytest_forge import advisories, headers
from pytest_forge.formats import (
    apidiff,
    go_build,
    go_cover,
    go_cover_functions,
    go_export,
    go_files,
    go_licenses,
    go_modules,
    go_packages,
    go_test,
    go_version,
    go_vet,
    gocyclo,
    gofmt,
    gofmt_errors,
    golangci_lint,
    gosec,
    gosec_log,
    govulncheck,
    sarif,
)
from pytest_forge.releases import deprecations
from pytest_forge.releases.comparing import last_release_worktree
from pytest_forge.releases.counterparts import same_project
from pytest_forge.toolchains.declarations import Argv, Computation, Output, Run, Step
from pytest_forge.toolchains.go import commands, licenses, testing, tools
from pytest_forge.toolchains.go.deprecations import marks
from pytest_forge.toolchains.go.modules import is_another_major, module_path
from pytest_forge.toolchains.go.workspace import own_workspace, released_module, workspaces

_FOUND = frozenset({1})
# A go before 1.24 does not know -json here, and says so with the status of wrong usage.
_OLD = frozenset({2})
_WORK = {"GOWORK": "{gowork}"}
_RELEASE = {"GOWORK": "{release_gowork}"}
# go-licenses asks for the address of every license, which nobody reads: the port answers nobody.
_NO_ADDRESSES = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")


def _step(
    argv: Argv,
    stdout: str = "stdout",
    findings: frozenset[int] = frozenset(),
    gap: frozenset[int] = frozenset(),
    environment: Mapping[str, str] = _WORK,
    directory: str = "",
) -> Step:
    return Step(
        argv,
        findings=findings,
        gap=gap,
        environment=environment,
        stdout=stdout,
        directory=directory,
    )


_PACKAGES = _step(commands.packages, "packages.json")
_LISTED = Output("packages", "packages.json", go_packages.parse)

GO_BUILD = Run(
    name="go-build",
    needs=(tools.GO,),
    steps=(_step(commands.build, "build.json", _FOUND, _OLD), _PACKAGES),
    # Nothing where everything builds: what was built is what go lists.
    outputs=(Output("events", "build.json", go_build.parse, required=False), _LISTED),
    around=(own_workspace,),
    prepared=True,
)
GO_VET = Run(
    name="go-vet",
    needs=(tools.GO,),
    steps=(
        Step(
            commands.vet,
            findings=_FOUND,
            environment=_WORK,
            stdout="vet.json",
            stderr="vet.txt",
        ),
        _PACKAGES,
    ),
    outputs=(
        Output("findings", "vet.json", go_vet.parse, required=False),
        Output("errors", "vet.txt", go_vet.parse, required=False),
        _LISTED,
    ),
    around=(own_workspace,),
    prepared=True,
)
GO_TEST = Run(
    name="go-test",
    needs=(tools.GO,),
    steps=(
        _step(commands.unit_tests, "tests.json", _FOUND, _OLD),
        _PACKAGES,
        # Where tests don't build there may be no profile.
        _step(("{tool}", "tool", "cover", "-func={scratch}/cover.out"), "functions.txt"),
    ),
    outputs=(
        Output("tests", "tests.json", go_test.parse),
        _LISTED,
        Output("coverage", "cover.out", go_cover.parse),
        Output("functions", "functions.txt", go_cover_functions.parse),
    ),
    around=(own_workspace,),
    prepared=True,
    timeout=1800.0,
)
UNIT_TESTS = Computation("unit-tests", testing.measure, inputs=("go-test",))
INTEGRATION_TESTS = Run(
    name="go-integration-tests",
    needs=(tools.GO,),
    steps=(_step(commands.integration_tests, "tests.json", _FOUND, _OLD),),
    outputs=(Output("tests", "tests.json", go_test.parse),),
    around=(own_workspace,),
    prepared=True,
    timeout=1800.0,
)
GOFMT = Run(
    name="gofmt",
    # gofmt tells no version; it is that of the go beside it.
    needs=(tools.GO, tools.GOFMT),
    # 2: a file that can't be parsed.
    steps=(Step(commands.gofmt, findings=frozenset({2})),),
    outputs=(
        Output("findings", "stdout", gofmt.parse),
        Output("errors", "stderr", gofmt_errors.parse, required=False),
        Output("files", "files", go_files.parse, required=False),
    ),
    around=(commands.listed_files,),
)
STATICCHECK = Run(
    name="staticcheck",
    needs=(tools.STATICCHECK, tools.GO),
    steps=(_step(commands.staticcheck, "staticcheck.sarif", _FOUND), _PACKAGES),
    outputs=(Output("report", "staticcheck.sarif", sarif.parse), _LISTED),
    around=(own_workspace,),
    prepared=True,
)
GOLANGCI_LINT = Run(
    name="golangci-lint",
    needs=(tools.GOLANGCI_LINT, tools.GO),
    steps=(
        Step(
            commands.golangci_lint,
            findings=_FOUND,
            nothing=frozenset({5}),
            environment=_WORK,
        ),
        _PACKAGES,
    ),
    outputs=(Output("report", "golangci-lint.json", golangci_lint.parse), _LISTED),
    around=(own_workspace,),
    prepared=True,
    timeout=1200.0,
)
GOCYCLO = Run(
    name="gocyclo",
    needs=(tools.GOCYCLO,),
    steps=(Step(commands.gocyclo),),
    outputs=(Output("report", "stdout", gocyclo.parse),),
)
GOVULNCHECK = Run(
    name="govulncheck",
    needs=(tools.GOVULNCHECK, tools.GO),
    steps=(
        _step(commands.govulncheck, "govulncheck.sarif"),
        _step(commands.govulncheck_modules, "modules.json"),
    ),
    outputs=(
        Output("reached", "govulncheck.sarif", sarif.parse),
        Output("modules", "modules.json", govulncheck.parse),
    ),
    around=(own_workspace,),
    prepared=True,
)
GOSEC = Run(
    name="gosec",
    needs=(tools.GOSEC, tools.GO),
    steps=(
        Step(commands.gosec, findings=_FOUND, environment=_WORK, stderr="gosec.log"),
        _step(commands.shipped_packages, "packages.json"),
    ),
    outputs=(
        Output("report", "gosec.json", gosec.parse),
        Output("log", "gosec.log", gosec_log.parse),
        _LISTED,
    ),
    around=(own_workspace,),
    prepared=True,
)
MODULES = Run(
    name="modules",
    needs=(tools.GO,),
    steps=(
        _step(commands.modules, "modules.json"),
        _step(("{tool}", "env", "GOVERSION"), "version.txt"),
    ),
    outputs=(
        Output("modules", "modules.json", go_modules.parse),
        Output("version", "version.txt", go_version.parse),
    ),
    around=(own_workspace,),
    prepared=True,
)
ADVISORIES = Computation("advisories", advisories.matcher("Go"), inputs=("modules",))
GO_LICENSES = Run(
    name="go-licenses",
    needs=(tools.GO_LICENSES, tools.GO),
    steps=(_step(commands.go_licenses, environment={**_WORK, **_NO_ADDRESSES}),),
    outputs=(Output("report", "stdout", go_licenses.parse),),
    around=(own_workspace,),
    prepared=True,
)
LICENSES = Computation("licenses", licenses.measure, inputs=("modules", "go-licenses"))
LICENSE_HEADERS = Computation("license-headers", headers.measure((".go",), commands.shipped_places))
_EXPORT = ("{tool}", "-m", "-w={scratch}/after.zip", ".")
_COMPARE = ("{tool}", "-m", "{scratch}/before.zip", "{scratch}/after.zip")
_LIST = ("{tool:go}", "list", "-e", f"-json={go_packages.FIELDS}", "./...")
APIDIFF = Run(
    name="apidiff",
    needs=(tools.APIDIFF, tools.GO),
    steps=(
        _step(_EXPORT),
        _step(
            ("{tool}", "-m", "-w={scratch}/before.zip", "."),
            environment=_RELEASE,
            directory="{release_directory}",
        ),
        _step(_LIST, "after.json"),
        _step(_LIST, "before.json", environment=_RELEASE, directory="{release_directory}"),
        _step((*_COMPARE[:2], "-incompatible", *_COMPARE[2:]), "incompatible.txt"),
        _step(_COMPARE, "changes.txt"),
    ),
    outputs=(
        Output("changes", "changes.txt", apidiff.parse, required=False),
        Output("incompatible", "incompatible.txt", apidiff.parse_incompatible, required=False),
        Output("exported", "before.zip", go_export.parse),
        Output("packages", "after.json", go_packages.parse),
        Output("packages-before", "before.json", go_packages.parse),
    ),
    around=(
        last_release_worktree,
        same_project(module_path, is_another_major),
        workspaces,
        released_module,
    ),
    directory="{module_directory}",
    prepared=True,
)
DEPRECATIONS = Computation(
    "deprecations", deprecations.measure((".go",), commands.shipped_places, marks)
)

RUNS = (
    *(GO_BUILD, GO_VET, GO_TEST, UNIT_TESTS, INTEGRATION_TESTS),
    *(GOFMT, STATICCHECK, GOLANGCI_LINT, GOCYCLO),
    *(GOVULNCHECK, MODULES, ADVISORIES, GOSEC),
    *(GO_LICENSES, LICENSES, LICENSE_HEADERS, APIDIFF, DEPRECATIONS),
)
"""All runs and computations, in the order of the gates that read them."""
