"""The rows of the matrix: every check of every built-in toolchain, and every other format."""

from dataclasses import dataclass, replace

from false_pass.sample import FACTS, SETTINGS

from pytest_forge.formats import FORMATS
from pytest_forge.projects import Project
from pytest_forge.settings import UserTool
from pytest_forge.toolchains import builtin_toolchains
from pytest_forge.toolchains.declarations import Check, Computation, Output, Run, Toolchain
from pytest_forge.toolchains.performance import DECLARED
from pytest_forge.user_tools import NEUTRAL_FORMATS, attach


@dataclass(frozen=True)
class Subject:
    """A row: a check of a toolchain, for one variant of it where it has several."""

    toolchain: Toolchain
    check: Check
    variant: str = ""

    @property
    def id(self) -> str:
        """Return language, gate and check."""
        bracketed = f"[{self.variant}]" if self.variant else ""
        return f"{self.sample}::{self.check.gate}::{self.check.name}{bracketed}"

    @property
    def sample(self) -> str:
        """Return the name of the sample that the check is for: its language's, or a build tool's.

        Maven's and Gradle's checks of one thing have one name, as a project has only one of them.
        """
        language = self.toolchain.language
        by_gradle = language == "java" and self.check.run.startswith("gradle-")
        return "java-gradle" if by_gradle else language

    @property
    def declared(self) -> Run | Computation:
        """Return what the check reads."""
        return self.toolchain.run(self.check.run)

    @property
    def runs(self) -> tuple[Run, ...]:
        """Return the runs that feed the check: its own, or those of its computation."""
        if isinstance(self.declared, Run):
            return (self.declared,)
        inputs = (self.toolchain.run(name) for name in self.declared.inputs)
        return tuple(one for one in inputs if isinstance(one, Run))

    def reads(self, run: Run) -> tuple[Output, ...]:
        """Return the outputs of a run that the check reads."""
        names = self.check.reads if run is self.declared else ()
        return tuple(one for one in run.outputs if not names or one.name in names)


DECLARATIONS = Toolchain(
    "declared",
    (),
    lambda tree, path: "",
    tuple(run for run, _ in DECLARED),
    tuple(check for _, check in DECLARED),
)
"""What a user declares of any project, as if it were a language of its own."""


ELSEWHERE = frozenset({"csharp"})
"""Languages whose tools are not here: the same faults are tried on them by a stand-in for the tool
itself, in `test_false_pass_<language>.py`."""


def subjects() -> tuple[Subject, ...]:
    """Return every check of every built-in toolchain, and one for each format that none reads.

    A format that says less by itself than the check that reads it has one as well.
    """
    every = (*builtin_toolchains(), DECLARATIONS)
    built_in = [one for one in every if one.language not in ELSEWHERE]
    rows = [
        Subject(toolchain, check, variant)
        for toolchain in built_in
        for check in toolchain.checks
        for variant in _variants(toolchain, check)
    ]
    runs = [run for toolchain in every for run in toolchain.runs if isinstance(run, Run)]
    read = {output.format for run in runs for output in run.outputs}
    alone = (name for name in sorted(FORMATS) if FORMATS[name] not in read or name in _USER_PROOFS)
    return (*rows, *map(_of_format, alone))


def _variants(toolchain: Toolchain, check: Check) -> tuple[str, ...]:
    if check.variants is None:
        return ("",)
    return check.variants(Project("manifest", toolchain.language, "shop", FACTS), SETTINGS)


# Which measure shows that a tool of the user's own worked, where that is not the gate's usual one.
_USER_PROOFS = {
    "sarif": "rules",
    "detect-secrets": "detectors",
    "benchmark-dotnet": "benchmarks",
    "criterion": "benchmarks",
    "go-bench": "benchmarks",
    "jmh": "benchmarks",
    "pytest-benchmark": "benchmarks",
    "vitest-bench": "benchmarks",
}


def _of_format(name: str) -> Subject:
    """Return the check of a tool that a user declares with this format."""
    proof = _USER_PROOFS.get(name, "")
    # Quality counts findings of every severity: SARIF's own default is below security's limits.
    gate = "quality" if name in NEUTRAL_FORMATS else "security"
    tool = UserTool(name, gate, "pyproject.toml", (name,), name, proof=proof, findings=(1,))
    run, check = attach(tool)
    run = replace(run, outputs=tuple(replace(one, name="report") for one in run.outputs))
    return Subject(Toolchain("user", (), lambda tree, path: "", (run,), (check,)), check)
