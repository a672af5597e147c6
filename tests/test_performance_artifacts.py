"""Declared artifacts, from the configuration to the verdict, with builds of the toy's."""

import json
import sys
from pathlib import Path

import pytest
from toy_repository import Repository
from toy_runs import session_of

from pytest_forge.baselines import keeping
from pytest_forge.errors import ConfigurationError, ErrorName
from pytest_forge.execution.prepare import surroundings
from pytest_forge.execution.process import Processes
from pytest_forge.measured import Artifact
from pytest_forge.model import Outcome
from pytest_forge.probes.artifacts import listed
from pytest_forge.results import CheckResult
from pytest_forge.running.engine import Engine
from pytest_forge.running.options import Options

TABLE = "[performance.artifacts.wheel]"


def build(text: str, place: str) -> str:
    """Return the command, as TOML, that writes a text to a place."""
    code = f"import pathlib, sys; pathlib.Path(sys.argv[1]).write_text({text!r})"
    return json.dumps([sys.executable, "-c", code, place])


def declaration(command: str, path: str, rest: str = "") -> dict[str, str]:
    keys = f'manifest = "toy.json"\ncommand = {command}\npath = "{path}"\n{rest}\n'
    return {"forge.toml": f"{TABLE}\n{keys}"}


def judged(repository: Repository) -> CheckResult:
    """Run the one check of the declared artifact."""
    session = session_of(repository)
    (check,) = [one for one in session.checks if one.check.name == "artifacts"]
    assert check.id == "toy.json::compilation::artifacts[wheel]"
    engine = Engine(session, Options(1), surroundings({}), Processes())
    try:
        engine.select([check])
        engine.require([check])
        return engine.result(check, 60)
    finally:
        engine.stop()


def test_nothing_is_measured_that_is_not_declared(repository: Repository) -> None:
    names = {check.check.name for check in session_of(repository.toy()).checks}
    assert "artifacts" not in names


def test_an_artifact_that_fits_passes_with_its_size(repository: Repository) -> None:
    command = build("12345", "{output}/shop.whl")
    repository.toy().write(declaration(command, "{output}/*.whl", 'limit = "5 B"'))
    result = judged(repository)
    assert result.outcome is Outcome.PASSED, result.reason
    assert result.measures == {"artifact.size": 5, "artifacts": 1}


def test_an_artifact_in_the_tree_is_found_as_well(repository: Repository) -> None:
    repository.toy().write(declaration(build("123", "{directory}/shop.bin"), "*.bin"))
    assert judged(repository).measures["artifact.size"] == 3


def test_one_byte_too_many_fails(repository: Repository) -> None:
    command = build("123456", "{output}/shop.whl")
    repository.toy().write(declaration(command, "{output}/*.whl", 'limit = "5 B"'))
    result = judged(repository)
    assert result.outcome is Outcome.FAILED
    assert result.reason == "artifacts.oversized wheel/shop.whl has 6 bytes, its limit is 5"


def test_the_limit_of_all_artifacts_is_judged(repository: Repository) -> None:
    repository.toy().write(declaration(build("123", "{output}/shop.whl"), "{output}/*.whl"))
    text = (repository.root / "forge.toml").read_text()
    repository.write({"forge.toml": 'limits = { "artifact.size" = 2 }\n' + text})
    result = judged(repository)
    assert result.reason == "artifact.size 3 bytes > 2 bytes"


@pytest.mark.parametrize(
    ("command", "error", "said"),
    [
        (build("1", "{output}/shop.zip"), ErrorName.NOTHING_MEASURED, "is not there"),
        (build("", "{output}/shop.whl"), ErrorName.OUTPUT_UNREADABLE, "is empty"),
        (json.dumps([sys.executable, "-c", "exit(3)"]), ErrorName.TOOL_CRASHED, "status 3"),
        ('["no-such-builder"]', ErrorName.TOOL_MISSING, "no-such-builder"),
    ],
    ids=["another file", "an empty file", "a failed build", "no build"],
)
def test_what_was_not_built_is_an_error(
    repository: Repository, command: str, error: ErrorName, said: str
) -> None:
    repository.toy().write(declaration(command, "{output}/*.whl"))
    result = judged(repository)
    assert (result.outcome, result.error) == (Outcome.ERROR, error)
    assert said in result.reason


def test_a_project_without_the_manifest_has_no_check(repository: Repository) -> None:
    command = build("1", "{output}/a")
    repository.toy().toy("other").write(declaration(command, "{output}/a"))
    repository.write({"forge.toml": f'{TABLE}\nmanifest = "other/**"\ncommand = {command}\n'})
    with pytest.raises(ConfigurationError, match="the key path is missing"):
        session_of(repository)
    text = f'{TABLE}\nmanifest = "other/**"\ncommand = {command}\npath = "{{output}}/a"\n'
    repository.write({"forge.toml": text})
    found = [one.id for one in session_of(repository).checks if one.check.name == "artifacts"]
    assert found == ["other/toy.json::compilation::artifacts[wheel]"]


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ('limt = "5 B"', 'limt: unknown key; did you mean "limit"?'),
        ("limit = 5", "limit: expected a string, found an integer"),
        ('limit = "5 KB"', 'limit: "5 KB" is no size; write one such as "200 KiB" or "2 MB"'),
    ],
)
def test_a_wrong_key_is_one_line(repository: Repository, rest: str, said: str) -> None:
    repository.toy().write(declaration('["make"]', "{output}/a", rest))
    with pytest.raises(ConfigurationError) as raised:
        session_of(repository)
    assert str(raised.value) == f"forge.toml: performance.artifacts.wheel.{said}"


@pytest.mark.parametrize("path", ["/abs/a", "../a", "a/{output}/b", "{scratch}/a"])
def test_a_path_stays_where_it_belongs(repository: Repository, path: str) -> None:
    repository.toy().write(declaration('["make"]', path))
    with pytest.raises(ConfigurationError, match="must be relative"):
        session_of(repository)


def test_an_unknown_slot_is_refused(repository: Repository) -> None:
    repository.toy().write(declaration('["make", "{outputs}"]', "a"))
    with pytest.raises(ConfigurationError, match=r'command\[1\]: {outputs}: .*mean "output"'):
        session_of(repository)


def test_sizes_are_read_in_both_kinds_of_unit(repository: Repository) -> None:
    repository.toy().write(declaration('["make"]', "a", 'limit = "1.5 KiB"'))
    (one,) = session_of(repository).settings.defaults.performance.artifacts
    assert one == Artifact("wheel", "toy.json", ("make",), "a", 1536)


def test_a_directory_counts_with_everything_in_it(tmp_path: Path) -> None:
    (tmp_path / "dist" / "deep").mkdir(parents=True)
    (tmp_path / "dist" / "one").write_bytes(b"12")
    (tmp_path / "dist" / "deep" / "two").write_bytes(b"345")
    (tmp_path / "dist" / "link").symlink_to(tmp_path)
    found = listed("app", tmp_path, "dis*")
    assert found["files"][0]["path"] == "dist"
    assert found["files"][0]["bytes"] == 5 + len(str(tmp_path))


def weighed(repository: Repository, size: int, *settings: str) -> CheckResult:
    text = declaration(build("x" * size, "{output}/shop.whl"), "{output}/*.whl")["forge.toml"]
    repository.write({"forge.toml": "\n".join((*settings, text))})
    return judged(repository)


def test_a_size_is_kept_and_may_grow_by_half(repository: Repository) -> None:
    repository.toy()
    first = weighed(repository, 100)
    assert (first.timings[0].name, first.timings[0].state) == ("wheel", "first-measurement")
    keeping.update(session_of(repository), {first.id: first}, None)
    smaller = weighed(repository, 90)
    assert smaller.timings[0].ratio == pytest.approx(0.9)
    noted = weighed(repository, 130)
    assert noted.outcome is Outcome.PASSED
    assert noted.notes == ("warning: wheel has grown by 30.0 %, from 100 to 130 bytes",)
    # What has grown is not kept without a reason, and half as much again is still allowed.
    keeping.update(session_of(repository), {noted.id: noted}, None)
    assert weighed(repository, 150).outcome is Outcome.PASSED
    grown = weighed(repository, 151)
    assert grown.reason == "artifacts.grown wheel has grown by 51.0 %, from 100 to 151 bytes"
    keeping.update(session_of(repository), {grown.id: grown}, "a new codec")
    assert weighed(repository, 151).outcome is Outcome.PASSED


def test_the_limits_of_growth_can_be_set(repository: Repository) -> None:
    repository.toy()
    first = weighed(repository, 100)
    keeping.update(session_of(repository), {first.id: first}, None)
    strict = "[performance]\nstrict = true"
    assert weighed(repository, 101, strict).outcome is Outcome.FAILED
    threshold = '[[performance.threshold]]\nbenchmark = "whee*"\nfail = 5\nwarn = 2'
    assert weighed(repository, 104, threshold).notes[0].startswith("warning: ")
    assert weighed(repository, 106, threshold).outcome is Outcome.FAILED
