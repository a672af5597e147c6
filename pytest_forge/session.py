"""A repository as forge sees it before anything runs: root, settings, projects, gates, checks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

import pluggy

from pytest_forge import config, profiles
from pytest_forge.baselines import store
from pytest_forge.baselines.entries import Baseline
from pytest_forge.conventions import unproductive_part
from pytest_forge.errors import ConfigurationError
from pytest_forge.formats import FORMATS
from pytest_forge.globs import fits, matches
from pytest_forge.installed import Installed, installed
from pytest_forge.judging import Gate
from pytest_forge.model import Report
from pytest_forge.plan import PlannedCheck, planned_checks
from pytest_forge.projects import REPOSITORY, Project, Tree
from pytest_forge.repository import Discovery, find_projects, list_tree, split_excluded
from pytest_forge.settings import Settings
from pytest_forge.toolchains.declarations import Toolchain
from pytest_forge.toolchains.performance import declared
from pytest_forge.user_tools import attach


@dataclass(frozen=True)
class Session:
    """What `load` has found. `blocked_gates` are ids of gates switched off with `-p no:...`.

    `baselines` are those of the projects and of the repository itself, by `store.key_of`. `policy`
    measures what a pull request weakens of its merge base's, None for any other run.
    """

    root: config.Root
    settings: Settings
    tree: Tree
    discovery: Discovery
    toolchains: tuple[Toolchain, ...]
    gates: tuple[Gate, ...]
    blocked_gates: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    baselines: Mapping[str, Baseline] = field(default_factory=dict)
    policy: Callable[[], Report] | None = None

    @property
    def projects(self) -> tuple[Project, ...]:
        """Return the projects of the repository, its own pseudo-project aside."""
        return self.discovery.projects

    @property
    def profile_name(self) -> str:
        """Return the name of the profile under which the run stands, "" for none."""
        return self.settings.profile.name if self.settings.profile else ""

    @cached_property
    def subjects(self) -> tuple[Project, ...]:
        """Return everything that has checks: the projects, and the repository itself."""
        if not self.projects:
            return ()
        source = self.root.source
        manifest = self.projects[0].manifest if source is None else source.name
        own = self._of_repository(manifest)
        # Beside the project of the same manifest, so that pytest collects both in one place.
        at = [project.manifest for project in self.projects]
        place = at.index(manifest) + 1 if manifest in at else 0
        return (*self.projects[:place], own, *self.projects[place:])

    def toolchain(self, project: Project) -> Toolchain:
        """Return the toolchain of a project's language."""
        return next(one for one in self.toolchains if one.language == project.language)

    def _of_repository(self, manifest: str) -> Project:
        toolchain = next((one for one in self.toolchains if one.language == REPOSITORY), None)
        tree = replace(self.tree, included=frozenset(filter(self._is_included, self.tree.files)))
        found = toolchain.inspect(tree, manifest) if toolchain else ""
        if toolchain and isinstance(found, Project):
            settings = self.settings.of_project(found.directory, found.language)
            return toolchain.completed(found, tree, self.projects, settings, self._may_count)
        return Project(manifest, REPOSITORY, self.root.directory.name)

    def _may_count(self, path: str) -> bool:
        """Tell of a path that need not be there whether it could be a product's."""
        counts = self._is_included(path) or not unproductive_part(path)
        return counts and not fits(path, self.settings.exclude)

    def _is_included(self, path: str) -> bool:
        """Tell whether a glob fits, or the file lies in a project that counts where it stands."""
        places = (f"{one.directory}/" for one in self.projects if unproductive_part(one.manifest))
        return fits(path, self.settings.include) or any(
            path.startswith(place) and not unproductive_part(path.removeprefix(place))
            for place in places
        )

    def checks_of(self, project: Project) -> tuple[PlannedCheck, ...]:
        """Return the checks of a project (or of the repository itself) in running order."""
        toolchain = self.toolchain(project)
        settings = self.settings.of_project(project.directory, project.language)
        own = [
            attach(tool)
            for tool in self.settings.tools
            if project.language != REPOSITORY and _concerns(tool.manifest, project)
        ]
        if project.language != REPOSITORY:
            own += declared(toolchain.tree_variables, toolchain.lockfiles)
        return planned_checks(project, settings, toolchain, self.gates, own)

    @cached_property
    def checks(self) -> tuple[PlannedCheck, ...]:
        """Return every check of the repository, project by project."""
        return tuple(check for subject in self.subjects for check in self.checks_of(subject))

    def in_profile(self, checks: Sequence[PlannedCheck]) -> tuple[PlannedCheck, ...]:
        """Return those of `checks` that the run's profile makes; all where there is none."""
        profile = self.settings.profile
        return tuple(one for one in checks if profile is None or profiles.runs(profile, one))


def load(
    start: Path,
    environment: Mapping[str, str],
    plugins: pluggy.PluginManager | None = None,
    asked_for: Sequence[str] = (),
) -> Session:
    """Find forge's root from `start` upwards, read its settings and find its projects.

    `plugins` is pytest's plugin manager; where none is given the installed plugins are loaded into
    one of its own. `asked_for` are the paths that were given as arguments: a project that
    they name counts even below `tests/`. Raises `ConfigurationError`.
    """
    found = installed(plugins)
    root = config.find_root(start)
    return opened(root, found, settings_of(root, found, environment), asked_for)


def settings_of(root: config.Root, found: Installed, environment: Mapping[str, str]) -> Settings:
    """Read the settings of a root by the names that `found` knows. Raises `ConfigurationError`."""
    return config.load(
        root,
        known_gates=tuple(gate.id for gate in found.gates) + found.blocked_gates,
        known_checks=found.check_names(),
        known_measures=found.measures(),
        known_formats=sorted(FORMATS),
        environment=environment,
        known_languages=found.languages(),
        known_runs=found.run_names(),
    )


def opened(
    root: config.Root,
    found: Installed,
    settings: Settings,
    asked_for: Sequence[str] = (),
    tree: Tree | None = None,
) -> Session:
    """Find the projects under these settings, in the working tree where no other tree is given.

    Raises `ConfigurationError`.
    """
    tree = tree or list_tree(root.directory)
    asked = tuple(_relative(path, root.directory) for path in asked_for)
    unused = config.unused_configurations(tree, root)
    discovery = find_projects(tree, settings, found.toolchains, asked)
    keys = dict.fromkeys((REPOSITORY, *map(store.key_of, discovery.projects)))
    return Session(
        root=root,
        settings=settings,
        tree=split_excluded(tree, settings.exclude)[0],
        discovery=discovery,
        toolchains=found.toolchains,
        gates=found.gates,
        blocked_gates=found.blocked_gates,
        notes=tuple(
            f"{path}: not used, forge's root is above it"
            for path in unused
            if unproductive_part(str(path)) is None
        ),
        baselines={key: store.read(root.directory, key) for key in keys},
    )


def _concerns(pattern: str, project: Project) -> bool:
    name = PurePosixPath(project.manifest).name
    return pattern == name or matches(pattern, project.manifest)


def _relative(path: str, root: Path) -> str:
    absolute = Path(path) if Path(path).is_absolute() else root / path
    try:
        return absolute.relative_to(root).as_posix()
    except ValueError:
        raise ConfigurationError(
            f"{path}: lies outside forge's root {root}; run pytest in its repository"
        ) from None
