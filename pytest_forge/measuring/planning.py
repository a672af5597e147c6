"""From the settings to the plan of a measurement: the two trees, and what to compare with."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from pytest_forge.baselines import store
from pytest_forge.errors import ConfigurationError, NoReference
from pytest_forge.execution.slots import fill
from pytest_forge.git import GitError, git
from pytest_forge.measuring.bases import Base, find_base, known_commit
from pytest_forge.measuring.copies import working_copy
from pytest_forge.measuring.isolated import isolating_option
from pytest_forge.measuring.plans import COUNTED, Plan, Side, written
from pytest_forge.measuring.wanted import Wanted, locked
from pytest_forge.performance.rows import sessions_of
from pytest_forge.performance.session import Session
from pytest_forge.projects import FactValue, Project
from pytest_forge.releases.worktrees import commit_worktree
from pytest_forge.toolchains.declarations import Context, TreeVariables

KIND = "benchmarks"
"""The kind of the document of stored sessions, beside a project's baseline."""


def kept_session(root: Path, project: Project, check: str) -> Path:
    """Return where a measurement leaves its session, for the baseline to take it from."""
    name = quote(f"{store.key_of(project)} {check}", safe="")
    return root / ".forge" / "sessions" / f"{name}.json"


_STEADY = {"PYTHONHASHSEED": "0", "GODEBUG": "asyncpreemptoff=1", "GOMAXPROCS": "1"}
"""What keeps a count the same: each seed of CPython's hashes is another number of instructions, and
Go interrupts its goroutines by signals (which callgrind 3.19 does not survive) and by the clock."""


@contextmanager
def planned(
    context: Context, wanted: Wanted, variables: TreeVariables, lockfiles: tuple[str, ...] = ()
) -> Iterator[Mapping[str, str]]:
    """Write the plan for the slot `plan`; the base commit's worktree is there meanwhile.

    `lockfiles` are the names of the files that lock the dependencies of the project's language.
    """
    base = _base(context)
    # Without a base the stored sessions judge, and the base that they have settles suspects.
    sessions = base is None
    if base is None:
        base = _base_of_sessions(context, wanted)
    with ExitStack() as stack:
        side = None
        if base is not None and (sessions or not base.has_only_prose):
            root = stack.enter_context(commit_worktree(context.root, base.commit))
            side = _side(context, wanted, variables, "base", root)
            if _sees_head(wanted, side, refuse=not sessions):
                base = side = None
        root = _head(context.root, wanted, stack)
        head = _side(context, wanted, variables, "head", root)
        plan = _plan(context, wanted, base, (head, side), sessions)
        plan = replace(plan, lockfile=locked(context.tree, context.project.directory, lockfiles))
        path = context.scratch / "plan.json"
        path.write_text(written(plan), encoding="utf-8")
        yield {"plan": str(path)}


def _base(context: Context) -> Base | None:
    """Return the base commit with which all is compared, None where stored sessions are."""
    settings = context.settings.performance
    base = find_base(context.root, settings.base) if settings.compare == "base" else None
    # Compared with itself a commit shows nothing: a whole session of it is worth keeping.
    return base if base is not None and base.changed else None


def _base_of_sessions(context: Context, wanted: Wanted) -> Base | None:
    """Return the commit of the newest stored session, else the base commit; None for neither.

    Against the session's own commit the same question is asked as of the session, without what has
    become of the machine since: also where nothing was changed. Of a base commit that is the head
    itself there is nothing to ask.
    """
    root, key = context.root, store.key_of(context.project)
    sessions: tuple[Session, ...] = ()
    # What is wrong with the file is said where the sessions are compared.
    with suppress(ConfigurationError):
        found = store.read_document(root, key, KIND)
        sessions = () if found is None else sessions_of(found)
    own = [one for one in sessions if one.tool == wanted.check]
    if not own:
        return None
    base = None if own[-1].dirty else known_commit(root, own[-1].commit)
    if base is not None:
        return base
    with suppress(NoReference):
        base = find_base(root, context.settings.performance.base)
    return None if base is None or base.has_only_prose else base


def _head(root: Path, wanted: Wanted, stack: ExitStack) -> Path:
    """Return the tree of the head: the working tree itself, or its copy where paths count."""
    return stack.enter_context(working_copy(root)) if wanted.format == COUNTED else root


def _plan(
    context: Context,
    wanted: Wanted,
    base: Base | None,
    sides: tuple[Side, Side | None],
    sessions: bool,
) -> Plan:
    head, side = sides
    stored = store.path_of(context.root, store.key_of(context.project), KIND)
    settings = context.settings.performance
    kept = kept_session(context.root, context.project, wanted.check)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.unlink(missing_ok=True)
    commit, dirty = _state(context.root)
    return Plan(
        check=wanted.check,
        format=wanted.format,
        source=wanted.source,
        head=head,
        base=side,
        base_name=base.name if base else "",
        unchanged=base is not None and side is None,
        note=f"unchanged since {base.name}" if base and side is None else "",
        cold=wanted.cold,
        runs=wanted.runs,
        stored=str(stored) if sessions else "",
        stored_name=stored.relative_to(context.root).as_posix(),
        kept=str(kept),
        shown=" ".join(wanted.command),
        configuration=wanted.configuration(len(head.directory)),
        interpreter=context.slots.get("python", ""),
        commit=commit,
        dirty=dirty,
        warn=settings.warn,
        fail=settings.fail,
        strict=settings.strict,
        thresholds=settings.thresholds,
    )


def _side(
    context: Context, wanted: Wanted, variables: TreeVariables, name: str, root: Path
) -> Side:
    directory = root / context.project.directory
    output, build = (context.scratch / f"{kind}-{name}" for kind in ("output", "build"))
    for place in (output, build):
        place.mkdir()
    values: dict[str, FactValue] = {
        **{key: value for key, value in context.slots.items() if key == "python"},
        "root": str(root),
        "directory": str(directory),
        "output": str(output),
        "build": str(build),
    }
    environment = {"CRITERION_HOME": str(output), **variables(context, directory, build)}
    if wanted.format == COUNTED:
        environment |= _STEADY
    return Side(
        directory=str(directory),
        command=_filled(wanted.command, values),
        build=_filled(wanted.build, values),
        output=str(output),
        environment=environment,
    )


def _sees_head(wanted: Wanted, base: Side, *, refuse: bool) -> bool:
    """Tell whether the command would run the head's code in the base's tree too.

    Raises `NoReference` then if that is to be refused: a stored session can stand by itself.
    """
    option = isolating_option(wanted.command)
    blind = bool(option) and "PYTHONPATH" in base.environment
    if blind and refuse:
        raise NoReference(
            f"{wanted.check} can't be compared with a base commit: with {option} the interpreter "
            "ignores PYTHONPATH, by which it finds that commit's code",
            f"take {option} out of its command",
        )
    return blind


def _filled(command: tuple[str, ...], values: Mapping[str, FactValue]) -> tuple[str, ...]:
    try:
        return fill(command, values)
    except ConfigurationError as error:
        # {python} of a project that has no interpreter; every other slot is always there.
        raise NoReference(str(error), "take the slot out of the command") from error


def _state(root: Path) -> tuple[str, bool]:
    try:
        commit = git(root, "rev-parse", "HEAD").strip()
        return commit, bool(git(root, "status", "--porcelain").strip())
    except GitError:
        return "", False
