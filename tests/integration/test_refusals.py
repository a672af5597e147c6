"""Bad configuration and usage: one line, exit status 4, and nothing is written."""

import subprocess

import pytest
from toy_repository import Repository

WAIVER = '[[waiver]]\ngate = "quality"\nrule = "L1"\nreason = "old"\n'


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ({"forge.toml": "limit = { errors = 1 }\n"}, "did you mean"),
        ({"forge.toml": "limits = 3\n"}, "limits"),
        ({"forge.toml": 'limits = { "coverage.lin" = 3 }\n'}, 'did you mean "coverage.line"'),
        ({"forge.toml": 'exempt = { unit-test = "none" }\n'}, "unit-test"),
        ({"forge.toml": 'exempt = { "types::mipy" = "none" }\n'}, "types::mipy"),
        ({"forge.toml": WAIVER}, "approver"),
        ({"forge.toml": WAIVER + 'approver = "A"\nexpires = "soon"\n'}, "expires"),
        ({"forge.toml": "limits = {\n"}, "forge.toml"),
        (
            {"forge.toml": "", "pyproject.toml": "[tool.pytest-forge]\nexclude = []\n"},
            "pyproject.toml",
        ),
        ({"pyproject.toml": "[tool.pytest-forge]\nexclud = []\n"}, "exclude"),
    ],
)
def test_a_bad_configuration(repository: Repository, files: dict[str, str], line: str) -> None:
    ran = repository.toy().write(files).forge()
    assert ran.status == 4, ran.stdout + ran.stderr
    said = ran.stderr.strip().splitlines()
    assert len(said) == 1, said
    assert line in said[0]
    assert next(iter(files)) in said[0] or "forge.toml" in said[0]
    assert not (repository.root / ".forge").exists()
    assert repository.executions() == []


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["nowhere"], "no such file or directory"),
        (["--forge-jobs", "0"], "--forge-jobs"),
        (["/"], "outside forge's root"),
    ],
)
def test_a_bad_argument(repository: Repository, arguments: list[str], line: str) -> None:
    ran = repository.toy().write({"notes.txt": ""}).forge(*arguments)
    assert ran.status == 4, ran.stdout + ran.stderr
    assert line in ran.stderr
    assert "Traceback" not in ran.stdout + ran.stderr
    assert not (repository.root / ".forge/reports").exists()


def test_what_was_stored_before_a_bad_configuration_is_kept(repository: Repository) -> None:
    before = repository.toy().forge().report
    ran = repository.write({"forge.toml": "nonsense = 1\n"}).forge()
    assert ran.status == 4
    assert ran.report == before


def test_a_shallow_clone_has_no_release_to_compare_with(
    repository: Repository, tmp_path_factory: pytest.TempPathFactory
) -> None:
    repository.toy().commit().git("tag", "v0.9.0")
    repository.write({"more.txt": ""}).commit()
    shallow = tmp_path_factory.mktemp("shallow") / "clone"
    url = f"file://{repository.root}"
    subprocess.run(["git", "clone", "-q", "--depth=1", url, str(shallow)], check=True)
    ran = Repository(shallow).forge()
    assert ran.status == 1
    check = ran.check("breaking-changes::changelog")
    assert (check["outcome"], check["error"]) == ("error", "no-reference")
    assert "git fetch --unshallow" in check["reason"]
