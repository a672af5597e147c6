"""The classes with which a toolchain is declared: tools, runs, checks, preparation.

A toolchain is data. Where a command needs the project's facts, a small pure function of the
`Context` gives it. No limit stands here: toolchains measure, gates judge.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from pytest_forge.changes.changed import Changes
from pytest_forge.model import Report
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings

Format: TypeAlias = Callable[[bytes], Report]
"""A pure function from a tool's output to parts of a report; raises `OutputUnreadable`."""


@dataclass(frozen=True)
class Context:
    """What a declaration's functions may look at when a run of `project` is about to start.

    `root` is forge's root, `directory` the project's own, both absolute; `scratch` is an empty
    directory that belongs to this run alone, below `.forge/`; `cache` is one that belongs to the
    project's runs together and lasts, for build trees (it need not exist yet). `slots` are values
    for command lines: those of the preparation ("python": the project's interpreter) and of the
    context managers around the run ("release": the last release's worktree, "" for a first
    release). `projects` are all projects of the repository, for checks that compare them.
    `variant` is the check's, "" where it has none. `changes` are given where the run is about these
    alone. `policy` measures what a pull request weakens of the rules by which it is judged; None
    for any other run.
    """

    project: Project
    settings: ProjectSettings
    tree: Tree
    root: Path
    directory: Path
    scratch: Path
    slots: Mapping[str, str] = field(default_factory=dict)
    projects: tuple[Project, ...] = ()
    cache: Path = Path()
    variant: str = ""
    policy: Callable[[], Report] | None = None
    changes: Changes | None = None

    @property
    def released(self) -> Project:
        """Return the project that is released: the published member that the variant names."""
        named = (one for one in self.project.published if one.name == self.variant)
        return next(named, self.project)


@dataclass(frozen=True)
class Package:
    """One package of an ecosystem's own installer, at the version that forge is pinned to.

    `name` is a distribution of PyPI, a crate, the import path of a Go command, or an npm package.
    `along` are packages that are asked for with it (`NAME@VERSION`): what it takes in whichever
    version is the newest, and works with another (npm alone).
    """

    installer: Literal["pypi", "crates.io", "go", "npm"]
    name: str
    version: str
    along: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tool:
    """A program that a run needs, where to look for it and how to get it.

    `name` is what users read. It is found as an executable: beside the interpreter of the project's
    environment (not if `scope` is "forge"), then beside the one that runs forge (not if `scope` is
    "project"), then in forge's tool directory (not if `scope` is "project"), then on PATH (only if
    `scope` is "any"). `module` names an importable module instead, run by the interpreter of the
    first environment that has it, and `{tool}` in a command expands to `python -m module`.
    `version` is the argv tail of the probe that must exit 0, and `version_pattern` the regular
    expression whose first group is the version. `install` is the command that a user types to get
    it. `{tool}` in an argv is the tool's own command. `explain` is the argv tail that prints what
    `{rule}` is about and exits 0, empty where there is none. `packages` are what `pytest-forge
    install` fetches into the tool directory, the best first; all name the same version of the tool.
    `in_project` says that the tool chooses its version by the directory in which it is started
    (rustup's proxies, go), so that it is probed there. `at_least` names the fact with the lowest
    version that the project accepts, `pin` the fact with the one that it pins, "" for none: `fits`
    tells whether a version is the pinned one, since a pin may be a channel or a prefix. `local` is
    the directory, below the project's or one above it, in which projects keep copies of their own:
    the nearest one comes first (not if `scope` is "forge").
    """

    name: str
    install: str
    executable: str = ""
    module: str = ""
    scope: Literal["project", "forge", "any"] = "any"
    version: tuple[str, ...] = ("--version",)
    version_pattern: str = r"(\d+(?:\.\d+)+\S*)"
    explain: tuple[str, ...] = ()
    packages: tuple[Package, ...] = ()
    in_project: bool = False
    at_least: str = ""
    pin: str = ""
    fits: Callable[[str, str], bool] = operator.eq
    local: str = ""


@dataclass(frozen=True)
class Output:
    """One output of a run: a glob below its scratch, where the steps' streams are too.

    A required output that is missing or empty is `output-unreadable`. Where a glob matches several
    files their reports are merged: counts add up, and of shares the worst holds. `format` reads it.
    """

    name: str
    source: str
    format: Format
    required: bool = True


Argv: TypeAlias = tuple[str, ...] | Callable[[Context], tuple[str, ...]]
"""A command: slots `{python}`, `{tool}`, `{scratch}`, `{cache}`, `{directory}`, `{root}`,
`{variant}` and the project's facts are filled in; an element that is exactly one list slot
(`{sources}`) becomes its items."""


@dataclass(frozen=True)
class Step:
    """One command of a run, its exit statuses by class, and variables added to its environment.

    clean: ran, nothing found. findings: ran and found something; where the report then holds no
    finding it is a crash. nothing: the tool says that there was nothing to do. gap: the toolchain
    itself is missing or of the wrong version. Any other status is a crash. `stdout` and `stderr`
    are the files in the scratch directory that get the streams: a later step with the same names
    overwrites them. `directory` is a slot expression, the run's where it is empty. `each` names a
    fact that is a list: the step is repeated for each of its words, with the slots `{each}` and
    `{number}` (from 1), in the names of the streams too; not at all where the list is empty.
    """

    argv: Argv
    clean: frozenset[int] = frozenset({0})
    findings: frozenset[int] = frozenset()
    nothing: frozenset[int] = frozenset()
    gap: frozenset[int] = frozenset()
    environment: Mapping[str, str] = field(default_factory=dict)
    stdout: str = "stdout"
    stderr: str = "stderr"
    directory: str = ""
    each: str = ""


@dataclass(frozen=True)
class Hold:
    """A resource that a run holds alone: within its project, or on the whole machine."""

    name: str
    scope: Literal["project", "machine"] = "project"


@dataclass(frozen=True)
class Run:
    """One execution that is done once, however many checks read it.

    `needs` are probed before the first step; `{tool}` is the first of them, `{tool:NAME}` any.
    `around` are context managers entered before the steps; the slots that they yield are added.
    `prepared` says that the project's dependencies must be there. `directory` is the working
    directory, a slot expression. `timeout` is in seconds.
    """

    name: str
    needs: tuple[Tool, ...]
    steps: tuple[Step, ...]
    outputs: tuple[Output, ...]
    around: tuple[Callable[[Context], AbstractContextManager[Mapping[str, str]]], ...] = ()
    prepared: bool = False
    holds: tuple[Hold, ...] = ()
    directory: str = "{directory}"
    timeout: float = 600.0


@dataclass(frozen=True)
class Computation:
    """A measurement that forge makes itself, in process, from other runs' reports and the tree.

    `inputs` are names of runs of the same project; `compute` gets their merged reports by name. It
    may read files and raise a `MeasurementError`. The command and the version that reports show are
    those of the first input, the seconds those of all.
    """

    name: str
    compute: Callable[[Context, Mapping[str, Report]], Report]
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """What pytest collects: one verdict of one gate from one run.

    `run` names a `Run` or `Computation`; `reads` the outputs of it that matter (all where empty);
    `select` keeps what is this check's (its categories). `counts` are the measures that are counts
    of findings, 0 where there are none; `supplies` are further measures that the report must hold.
    `proof` is the measure that must be above 0, or the check is `nothing-measured`; `nothing` is
    the sentence for that, with what the user can do. `applies` looks at project facts only.
    `variants` names what the check is made for one by one (targets, published members): pytest
    collects `name[variant]` for each, and the run is executed once for each; () gives no check.
    `every_file` says of a check of the repository itself that any file may concern it, also one
    that belongs to no project.
    `asked_for` says that the user has declared what it looks at: that the gate does not apply to
    the project by nature is no reason against it.
    `remarks` says what of the project the check does not look at; the report shows it with every
    verdict.
    """

    name: str
    gate: str
    run: str
    proof: str
    nothing: str
    reads: tuple[str, ...] = ()
    select: Callable[[Report], Report] | None = None
    counts: tuple[str, ...] = ()
    supplies: tuple[str, ...] = ()
    applies: Callable[[Project, ProjectSettings], bool] = lambda project, settings: True
    variants: Callable[[Project, ProjectSettings], tuple[str, ...]] | None = None
    remarks: Callable[[Project], tuple[str, ...]] = lambda project: ()
    every_file: bool = False
    asked_for: bool = False


@dataclass(frozen=True)
class Surroundings:
    """Facts of the machine that a preparation may look at (never what is on PATH).

    `environment` are the process's variables; `prefix` is the environment in which forge runs and
    `installed_from` the directories whose projects are installed in it in place.
    """

    environment: Mapping[str, str]
    prefix: Path
    interpreter: Path
    installed_from: tuple[Path, ...]


def _none_known(project: Project, directory: Path, around: Surroundings) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class Preparation:
    """How a project gets its dependencies.

    `candidates` names, best first, paths (absolute) that mean that the project is prepared already;
    the first that exists fills the slot `slot`. Where none does, `steps` are run once for each
    content of the `key` files, with `{environment}` a directory of forge's own, and
    `{environment}/` + `provides` fills the slot. A language whose dependencies live in a cache of
    the user's needs neither `slot` nor `provides`; its `ready` tells by a clean status, without the
    network, that everything is in that cache. The managers `around` are entered before the steps.
    `identity` is what else decides the content, beside the steps and the key. `leaves` are name
    patterns of untracked directories that the steps may leave in the tree, and that are removed
    where they were not there before. `in_place` says that the steps leave what they make in the
    project's own directory, as its own tools would: whether it is still there the candidates tell
    each time.
    """

    needs: tuple[Tool, ...]
    steps: Callable[[Context], tuple[Step, ...]]
    key: Callable[[Project, Tree], tuple[str, ...]]
    slot: str = ""
    provides: str = ""
    candidates: Callable[[Project, Path, Surroundings], tuple[str, ...]] = _none_known
    ready: Step | None = None
    around: tuple[Callable[[Context], AbstractContextManager[Mapping[str, str]]], ...] = ()
    identity: str = ""
    leaves: tuple[str, ...] = ()
    in_place: bool = False
    timeout: float = 1200.0


@dataclass(frozen=True)
class Suppression:
    """How a source file tells a tool to be silent.

    `mark` is what users call it, `pattern` the regular expression that finds it in a line of the
    files whose names fit the glob `files`.
    """

    mark: str
    files: str
    pattern: str


def no_variables(context: Context, directory: Path, build: Path) -> Mapping[str, str]:
    """Return none: a command sees the code of the directory in which it is started."""
    return {}


TreeVariables: TypeAlias = Callable[[Context, Path, Path], Mapping[str, str]]
"""The variables with which a command sees the code of a copy of the project in a directory, and
leaves what it builds in another, so that two trees can be measured beside each other."""


def _as_it_is(
    project: Project,
    tree: Tree,
    projects: Sequence[Project],
    settings: ProjectSettings,
    counts: Callable[[str], bool],
) -> Project:
    return project


@dataclass(frozen=True)
class Toolchain:
    """A language, or the repository itself: manifests, inspection, preparation, runs, checks.

    `manifests` are file name patterns, in the order in which they stand for a directory. `inspect`
    returns the project that a manifest declares, or the reason (a string) why it is none.
    `unproductive` are patterns of directory names below which this language has no products, beside
    those that no language has.
    `completed` adds to the repository's own project what it takes the others to know: it is given
    these, its settings, and whether a path may be a product's.
    `unavailable` names measures that the language's tools cannot tell, with the reason.
    `unmeasured` says why none of the checks applies to a project, "" where they do.
    `lockfiles` are the names of the files that lock dependencies; `tree_variables` are those of
    commands in a copy of the tree.
    `suppressions` are the marks by which its sources hold findings back. `is_code` tells whether a
    file (relative to forge's root) holds code of the project that its unit tests should reach.
    """

    language: str
    manifests: tuple[str, ...]
    inspect: Callable[[Tree, str], Project | str]
    runs: tuple[Run | Computation, ...]
    checks: tuple[Check, ...]
    preparation: Preparation | None = None
    completed: Callable[
        [Project, Tree, Sequence[Project], ProjectSettings, Callable[[str], bool]], Project
    ] = _as_it_is
    unavailable: Mapping[str, str] = field(default_factory=dict)
    unmeasured: Callable[[Project], str] = lambda project: ""
    unproductive: tuple[str, ...] = ()
    lockfiles: tuple[str, ...] = ()
    tree_variables: TreeVariables = no_variables
    suppressions: tuple[Suppression, ...] = ()
    is_code: Callable[[Project, Tree, str], bool] = lambda project, tree, path: False

    def run(self, name: str) -> Run | Computation:
        """Return the declared run or computation `name`; KeyError where there is none."""
        return {run.name: run for run in self.runs}[name]
