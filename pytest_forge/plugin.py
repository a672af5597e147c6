"""The entry into pytest: options, and the decision whether forge is active.

PYTEST_DONT_REWRITE. Every pytest run of an environment with forge imports this module, so it
imports nothing but pytest; all else is loaded where forge is active.
"""

from collections.abc import Generator

import pytest

GATE_IDS = frozenset(
    {
        "compilation",
        "types",
        "unit-tests",
        "integration-tests",
        "quality",
        "security",
        "licenses",
        "breaking-changes",
    }
)
"""The gates that `manifest::gate` names without `--forge`; gates of other plugins need the flag."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare forge's options."""
    group = parser.getgroup("forge", "quality gates (pytest-forge)")
    group.addoption(
        "--forge",
        action="store_true",
        help="collect the quality gates of every project under the given paths, and nothing else",
    )
    group.addoption(
        "--forge-report",
        metavar="DIR",
        help="write the reports there (default: .forge/reports below forge's root)",
    )
    group.addoption(
        "--forge-profile",
        metavar="NAME",
        help="what the run is for: quick, pull-request, release, nightly, or one of the project's",
    )
    group.addoption(
        "--forge-since",
        metavar="REV",
        help="only projects that were changed since REV branched off, with those that depend on "
        "them; of their findings only those on changed lines count",
    )
    group.addoption(
        "--forge-jobs",
        metavar="N",
        type=int,
        help="processes at once (default: the number of cores)",
    )
    group.addoption(
        "--forge-keep-going",
        action="store_true",
        help="run a project's later gates even where its compilation has failed",
    )
    group.addoption(
        "--forge-no-prepare",
        action="store_true",
        help="install no dependencies; a project that is not prepared is an error",
    )
    group.addoption(
        "--forge-update-baseline",
        action="store_true",
        help="take out of the baseline what is fixed, and keep what has improved; never adds to it",
    )
    group.addoption(
        "--forge-accept",
        metavar="REASON",
        help="with --forge-update-baseline: let the baseline grow by what is found, and why",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser, args: list[str]
) -> Generator[None, None, None]:
    """Keep the project's own pytest settings out of a run of forge."""
    if is_active(early_config.known_args_namespace):
        from pytest_forge.running.entering import isolate

        isolate(early_config, parser, args)
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Register the rest of forge where it is active."""
    if is_active(config.option) and not (config.option.help or config.option.version):
        from pytest_forge.running.forge import enter

        enter(config)


def is_active(options: object) -> bool:
    """Tell whether the command line asks for forge: by flag, or by an argument `manifest::gate`."""
    arguments = getattr(options, "file_or_dir", None) or ()
    return bool(getattr(options, "forge", False)) or any(map(_names_a_gate, arguments))


def _names_a_gate(argument: str) -> bool:
    path, *names = argument.split("::")
    python_test = path.endswith(".py") and not path.endswith("setup.py")
    return bool(names) and names[0] in GATE_IDS and not python_test
