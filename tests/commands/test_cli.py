"""The command line itself: usage, versions, and what is said of failures."""

from collections.abc import Callable

import pytest
from toy_repository import Repository

import pytest_forge
from pytest_forge import cli as cli_module
from pytest_forge.commands import version
from pytest_forge.errors import ForgeError


def test_the_version_is_shown(cli: Callable[..., object]) -> None:
    said = cli("version")
    assert said == type(said)(0, f"pytest-forge {pytest_forge.__version__}\n", "")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["frob"], "invalid choice: 'frob'"),
        (["doctor", "extra"], "unrecognized arguments: extra"),
        (["explain"], "the following arguments are required"),
        (["init", "--exempt"], "expected one argument"),
    ],
)
def test_bad_usage_is_one_line_and_status_4(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli_module.main(arguments) == 4
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("pytest-forge: ")
    assert message in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("command", [one.NAME for one in cli_module.COMMANDS])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli_module.main([command, "--help"])
    assert ended.value.code == 0
    assert f"pytest-forge {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("raised", "status", "message"),
    [
        (ForgeError("first\nsecond"), 4, "pytest-forge: first second\n"),
        (KeyboardInterrupt(), 2, "pytest-forge: interrupted\n"),
        (ZeroDivisionError("x"), 3, "pytest-forge: ZeroDivisionError: x; this is a bug, please"),
    ],
)
def test_no_failure_shows_a_traceback(
    raised: BaseException,
    status: int,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(arguments: object) -> int:
        raise raised

    monkeypatch.setattr(version, "main", fail)
    assert cli_module.main(["version"]) == status
    err = capsys.readouterr().err
    assert err.startswith(message)
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", ["doctor", "init", "run"])
def test_a_bad_configuration_is_one_line_and_nothing_is_written(
    command: str, repository: Repository, cli: Callable[..., object]
) -> None:
    repository.toy().write({"forge.toml": "", "pyproject.toml": "[tool.pytest-forge]\n"})
    before = sorted(repository.root.iterdir())
    said = cli(command)
    assert vars(said)["status"] == 4
    assert "both forge.toml and [tool.pytest-forge]" in vars(said)["err"]
    assert vars(said)["err"].count("\n") == 1
    assert sorted(repository.root.iterdir()) == before
