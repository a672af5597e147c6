"""The commands of Python's column that depend on the project's facts."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pytest_forge import probes
from pytest_forge.errors import NothingMeasured
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.python.extent import relative

_PROBES = Path(probes.__file__).parent


def probe(name: str) -> str:
    """Return the path of one of forge's own small programs."""
    return str(_PROBES / f"{name}.py")


def code(context: Context) -> tuple[str, ...]:
    """Return what is compiled: what ships, else every Python file that the project has."""
    return context.project.words("sources") or context.project.words("py_files")


def python_files(context: Context, left_out: str) -> tuple[str, ...]:
    """Return every Python file of the project and its members, each once, and stubs that ship.

    `left_out` is the fact with the files that the project's own hooks are never given.
    """
    project = context.project
    files = (*project.words("py_files"), *_files_of_members(context), *_shipped_stubs(context))
    refused = frozenset(project.words(left_out))
    kept = tuple(path for path in dict.fromkeys(files) if path not in refused)
    if not kept:
        # Without a path ruff would take the whole directory.
        raise NothingMeasured(
            "no Python file is left to examine", "see `exclude` in .pre-commit-config.yaml"
        )
    return kept


def _files_of_members(context: Context) -> Iterator[str]:
    project = context.project
    owned = {str(PurePosixPath(manifest).parent) for manifest in project.members}
    for directory in sorted(owned):
        for path in context.tree.below(directory):
            if path.endswith(".py"):
                yield relative(path, project.directory)


def _shipped_stubs(context: Context) -> Iterator[str]:
    project = context.project
    sources = tuple(f"{source}/" for source in project.words("sources"))
    found = (relative(path, project.directory) for path in context.tree.below(project.directory))
    return (path for path in found if path.endswith(".pyi") and path.startswith(sources))


def ruff(context: Context) -> tuple[str, ...]:
    """Lint without a change to the tree, which `fix = true` of the project's own would make."""
    options = ("--no-cache", "--no-fix", "--no-fix-only", "--force-exclude")
    report = ("--output-format=json", "--output-file={scratch}/ruff.json")
    return ("{tool}", "check", *options, *report, *python_files(context, "lint_excluded"))


def ruff_files(context: Context) -> tuple[str, ...]:
    """List the files that ruff lints, which its report does not tell."""
    options = ("--no-cache", "--force-exclude", "--show-files")
    return ("{tool}", "check", *options, *python_files(context, "lint_excluded"))


def ruff_format(context: Context) -> tuple[str, ...]:
    """Check the format file by file: of a directory ruff would also format the Markdown."""
    options = ("--check", "--no-cache", "--force-exclude")
    return ("{tool}", "format", *options, *python_files(context, "format_excluded"))


def compileall(context: Context) -> tuple[str, ...]:
    """Compile without -q (a file count), always anew, and into a cache of the run's own.

    `-I` keeps a module of the project from standing in for the standard library's; it also
    ignores PYTHONPYCACHEPREFIX, hence -X.
    """
    options = ("-I", "-X", "pycache_prefix={scratch}/pycache", "-W", "always::SyntaxWarning")
    return ("{tool}", *options, "-m", "compileall", "-f", *code(context))


def environment(*options: str) -> tuple[str, ...]:
    """Return the command of the probe that lists what is installed, with further options."""
    return ("{python}", "-I", probe("environment"), "{distribution}", *options)


def environment_of(context: Context) -> tuple[str, ...]:
    """List the environment; requirements.txt tells what an application that is no package needs."""
    return environment(*_requirements(context), "--output", "{scratch}/environment.json")


def environment_for_audit(context: Context) -> tuple[str, ...]:
    """List the environment, and write each distribution as a pin."""
    return (*environment_of(context), "--pins", "{scratch}/requirements.txt")


def environment_for_licensecheck(context: Context) -> tuple[str, ...]:
    """List the environment, and copy each distribution's metadata."""
    return (*environment_of(context), "--metadata", "{scratch}/metadata")


def licensecheck(context: Context) -> tuple[str, ...]:
    """Compare the manifest's dependencies; without -r licensecheck reads its standard input."""
    manifest = PurePosixPath(context.project.manifest).name
    options = ("--format", "json", "--zero", "--file", "{scratch}/licensecheck.json")
    program = probe("run_licensecheck")
    return ("{forge-python}", "-I", program, "{scratch}/metadata", *options, "-r", manifest)


def bandit(context: Context) -> tuple[str, ...]:
    """Scan what ships; bandit reads settings from pyproject.toml only where it is told to."""
    stated = context.project.text("bandit_config")
    options = ("-c", stated) if stated else ()
    report = ("-f", "json", "-o", "{scratch}/bandit.json")
    return ("{tool}", "-q", *options, *report, "-r", *code(context))


def radon(context: Context) -> tuple[str, ...]:
    """Measure every function: by default radon leaves out those of inner classes.

    Paths are absolute, since radon does not run in the project's directory.
    """
    paths = (f"{{directory}}/{path}" for path in code(context))
    return ("{tool}", "cc", "--json", "--show-closures", "--min", "A", *paths)


def unit_tests(context: Context) -> tuple[str, ...]:
    """Run all tests less the integration ones, under coverage."""
    project = context.project
    paths = project.words("integration_paths")
    choice = "unit" if project.flag("integration_marker") else "all"
    ignored = (f"--ignore={path}" for path in paths)
    packages = ",".join((*project.words("packages"), *project.words("member_packages")))
    program = ("{python}", probe("run_tests"), packages, choice, "")
    return (*program, *_PYTEST_OPTIONS, *ignored, *project.words("unit_tests"))


def integration_tests(context: Context) -> tuple[str, ...]:
    """Run the tests that stand in a directory for integration tests, or carry the marker.

    Raises `NothingMeasured` where there are none of either: to find that out by pytest would mean
    to collect every other test.
    """
    project = context.project
    paths = project.words("integration_paths")
    if not paths and not project.flag("integration_marker"):
        raise NothingMeasured(
            "there is no integration test: no tests/integration, and no marker `integration`",
            'add one, or say why there is none: exempt.integration-tests = "..."',
        )
    if paths and not project.flag("integration_marker"):
        return ("{python}", probe("run_pytest"), "all", "", *_PYTEST_OPTIONS, *paths)
    # A `-m "not integration"` of the project's own would leave nothing.
    options = (*_PYTEST_OPTIONS, "-m", "")
    program = ("{python}", probe("run_pytest"), "integration", os.pathsep.join(paths))
    return (*program, *options, *project.words("unit_tests"))


def griffe(context: Context) -> tuple[str, ...]:
    """Compare with the last release, wherever its packages were: at `src` or at the top."""
    project = context.project
    search = project.words("search_path") or (".",)
    before = context.slots.get("release", "")
    below = Path(before, project.directory)
    places = dict.fromkeys((*search, "src", "."))
    release = (f"--release={below / place}" for place in places) if before else ()
    program = ("{forge-python}", "-I", probe("griffe_api"))
    searched = (f"--search={place}" for place in search)
    versions = (
        # A version from git's tags has not been stepped up until the next tag.
        f"--declared={project.text('version') or context.slots.get('release_version', '')}",
        f"--previous={context.slots.get('release_version', '')}",
        f"--tag={context.slots.get('release_tag', '')}",
    )
    return (*program, *versions, *searched, *release, *project.words("packages"))


def _requirements(context: Context) -> tuple[str, ...]:
    if not context.project.flag("requirements_only"):
        return ()
    return ("--requirements", PurePosixPath(context.project.manifest).name)


# The cache goes to the run's own directory: without its plugin, options of the project's own
# (`--ff`) would be unknown.
_PYTEST_OPTIONS = (
    "--junitxml={scratch}/junit.xml",
    "-o",
    "cache_dir={scratch}/cache",
)
