"""forge's runs beside a baseline, with the toy's toolchain in this process."""

import json
from pathlib import Path
from typing import Any

import pytest
from called import run_pytest
from toy import forge_toy
from toy_repository import Ran, Repository

LINT = "toy.json::quality::toy-lint"
FILE = ".forge/baseline/toy.json.json"
ACCEPT = ("--forge-update-baseline", "--forge-accept=adopting forge")
UPDATE = ("--forge-update-baseline",)
SOURCE = "import os\nx = 1\nimport os\n"


def forge(repository: Repository, *arguments: str, gate: str = "::quality") -> Ran:
    """Run one gate of the toy, and read the report."""
    path = repository.root / ".forge/reports/report.json"
    path.unlink(missing_ok=True)
    done = run_pytest(repository.root, [f"toy.json{gate}", *arguments], [forge_toy])
    report = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    return Ran(done.status, done.stdout, done.stderr, report)


def finds(*places: tuple[str, int, str], functions: dict[str, float] | None = None) -> Any:
    """Return the steering of the lint run: findings as path, line and rule."""
    return {
        "report": {
            "measures": {"files": 3, **({} if functions else {"complexity.max": 3})},
            "functions": functions or {},
            "findings": [
                {"measure": "lint.findings", "rule": rule, "path": path, "line": line}
                for path, line, rule in places
            ],
        }
    }


def stored(repository: Repository, file: str = FILE) -> list[tuple[str, str]]:
    """Return path and rule of the known findings."""
    path = repository.root / file
    document = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    found = document.get("findings", {}).get("quality::toy-lint", [])
    return [(one["path"], one["rule"]) for one in found]


@pytest.fixture
def adopted(repository: Repository) -> Repository:
    """Return a repository with two known findings and a known function."""
    repository.toy().write({"a.py": SOURCE})
    lint = finds(("a.py", 1, "R"), ("a.py", 2, "S"), functions={"f": 14, "g": 3})
    repository.steer(lint=lint).commit()
    assert forge(repository).status == 1
    ran = forge(repository, *ACCEPT)
    assert ran.status == 0, ran.stdout
    return repository.commit()


def test_what_is_accepted_is_green_marked_and_told(adopted: Repository) -> None:
    ran = forge(adopted)
    assert ran.status == 0, ran.stdout
    check = ran.check("toy-lint")
    assert check["outcome"] == "passed"
    assert [one["held_by"] for one in check["findings"]] == ["baseline"] * 3
    assert check["notes"] == ["known findings: 3, held by the baseline"]
    assert "known findings: 3" in ran.stdout
    text = (adopted.root / FILE).read_text(encoding="utf-8")
    assert '"reason": "adopting forge"' in text
    assert "!/baseline/" in (adopted.root / ".forge/.gitignore").read_text(encoding="utf-8")
    assert ".forge/baseline" not in adopted.git("status", "--porcelain")


def test_known_findings_are_marked_in_every_report(adopted: Repository) -> None:
    forge(adopted)
    reports = adopted.root / ".forge/reports"
    assert "(known to the baseline)" in (reports / "report.md").read_text(encoding="utf-8")
    results = json.loads((reports / "report.sarif").read_text(encoding="utf-8"))["runs"][0]
    held = [one["suppressions"][0]["justification"] for one in results["results"]]
    assert held == ["known to the baseline"] * 3


def test_a_new_finding_is_red_and_named_alone(adopted: Repository) -> None:
    adopted.steer(lint=finds(("a.py", 1, "R"), ("a.py", 2, "S"), ("tool.py", 1, "N")))
    ran = forge(adopted)
    assert ran.status == 1
    assert ran.check("toy-lint")["reason"].startswith("N tool.py:1")


def test_two_equal_lines_do_not_mask_each_other(adopted: Repository) -> None:
    adopted.steer(lint=finds(("a.py", 1, "R"), ("a.py", 3, "R")))
    ran = forge(adopted)
    assert ran.status == 1
    assert [one["held_by"] for one in ran.check("toy-lint")["findings"]] == ["baseline", None]


def test_lines_may_shift(adopted: Repository) -> None:
    adopted.write({"a.py": "\n\n" + SOURCE}).steer(lint=finds(("a.py", 3, "R"), ("a.py", 4, "S")))
    assert forge(adopted).status == 0


def test_a_moved_file_keeps_its_findings_known(adopted: Repository) -> None:
    adopted.git("mv", "a.py", "b.py")
    adopted.steer(lint=finds(("b.py", 1, "R"), ("b.py", 2, "S"))).commit()
    assert forge(adopted).status == 0
    assert forge(adopted, *UPDATE).status == 0
    assert stored(adopted) == [("b.py", "R"), ("b.py", "S")]


def test_a_new_file_with_the_same_lines_is_not_the_old_one(adopted: Repository) -> None:
    adopted.write({"b.py": SOURCE}).steer(lint=finds(("b.py", 1, "R")))
    assert forge(adopted).status == 1


def test_a_fixed_finding_is_stale_and_an_update_takes_it_out(adopted: Repository) -> None:
    adopted.steer(lint=finds(("a.py", 2, "S"), functions={"f": 14}))
    ran = forge(adopted)
    assert ran.status == 0
    assert any("stale in the baseline: 1 finding" in one for one in ran.check("toy-lint")["notes"])
    assert len(stored(adopted)) == 3
    updated = forge(adopted, *UPDATE)
    assert "baseline of toy.json: 1 removed; now 2 findings" in updated.stdout
    assert stored(adopted) == [("a.py", "S"), ("tool.py", "complexity.max")]


def test_an_update_without_a_reason_never_grows(adopted: Repository) -> None:
    before = (adopted.root / FILE).read_bytes()
    adopted.steer(
        lint=finds(("a.py", 1, "R"), ("a.py", 2, "S"), ("a.py", 3, "N"), functions={"f": 15})
    )
    ran = forge(adopted, *UPDATE)
    assert ran.status == 1
    assert "baseline: nothing to change" in ran.stdout
    assert (adopted.root / FILE).read_bytes() == before


def test_a_known_function_may_only_get_simpler(adopted: Repository) -> None:
    adopted.steer(lint=finds(functions={"f": 15}))
    ran = forge(adopted)
    assert ran.status == 1
    assert "15 > 9 (known at 14)" in ran.check("toy-lint")["reason"]
    adopted.steer(lint=finds(functions={"f": 12}))
    assert forge(adopted, *UPDATE).status == 0
    adopted.steer(lint=finds(functions={"f": 13}))
    assert forge(adopted).status == 1


def test_a_measure_may_only_improve(repository: Repository) -> None:
    def covered(line: float) -> None:
        measures = {"coverage.line": line, "coverage.branch": 90, "coverage.function": 90}
        repository.steer(test={"report": {"measures": measures}})
        (repository.root / "prepared").touch()

    repository.toy()
    covered(61.5)
    assert forge(repository, gate="::unit-tests").status == 1
    assert forge(repository, *ACCEPT, gate="::unit-tests").status == 0
    ran = forge(repository, gate="::unit-tests")
    assert ran.status == 0
    check = ran.check("toy-test")
    assert check["limits"][2] == {
        "name": "coverage.line",
        "actual": 61.5,
        "limit": 61.5,
        "ok": True,
        "stated": 80,
    }
    assert "coverage.line is held at 61.5 % by the baseline; its limit is 80 %" in check["notes"]
    covered(61.49)
    assert forge(repository, gate="::unit-tests").check("toy-test")["outcome"] == "failed"
    covered(85)
    assert "meets its limit 80 % again" in forge(repository, gate="::unit-tests").stdout
    forge(repository, *UPDATE, gate="::unit-tests")
    assert not (repository.root / FILE).exists()


def test_what_failed_or_could_not_be_measured_is_never_adopted(repository: Repository) -> None:
    repository.toy().write({"prepared": ""})
    repository.steer(
        build={"report": {"findings": [{"measure": "errors", "rule": "E"}]}},
        test={"report": {"tests": {"test_one": "failed"}}},
        lint={"status": 70},
    )
    ran = forge(repository, "--forge", "--forge-keep-going", *ACCEPT, gate="")
    outcomes = {name.partition("::")[2]: one for name, one in ran.outcomes().items()}
    assert outcomes["compilation::toy-build"] == "failed"
    assert outcomes["unit-tests::toy-test"] == "failed"
    assert outcomes["quality::toy-lint"] == "error"
    assert not (repository.root / FILE).exists()


def test_a_check_that_errs_or_is_not_run_keeps_what_is_known(adopted: Repository) -> None:
    before = (adopted.root / FILE).read_bytes()
    adopted.steer(lint={"status": 70})
    assert forge(adopted, *UPDATE).check("toy-lint")["outcome"] == "error"
    assert forge(adopted, *UPDATE, gate="::compilation").status == 0
    assert (adopted.root / FILE).read_bytes() == before


def test_a_broken_baseline_ends_the_run_at_once(adopted: Repository) -> None:
    broken = "".join((adopted.root / FILE).read_text(encoding="utf-8").splitlines(True)[:-3])
    adopted.write({FILE: broken})
    for arguments in ((), UPDATE, ACCEPT):
        ran = forge(adopted, *arguments)
        assert ran.status == 4
        assert ran.report is None
        (line,) = [one for one in ran.stderr.splitlines() if one]
        assert line.startswith(f"ERROR: pytest-forge: {FILE}: line 12: not JSON")
    assert (adopted.root / FILE).read_text(encoding="utf-8") == broken


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--forge-accept=x",), "give --forge-update-baseline as well"),
        ((*UPDATE, "--forge-accept= "), "the reason is empty"),
        ((*UPDATE, "--forge-since=HEAD"), "update from a run over everything"),
        ((*UPDATE, "--forge-profile=pull-request"), "update without a profile"),
    ],
)
def test_options_that_contradict_each_other_are_refused(
    adopted: Repository, options: tuple[str, ...], why: str
) -> None:
    adopted.git("update-ref", "refs/remotes/origin/main", "HEAD")
    adopted.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    ran = forge(adopted, *options)
    assert ran.status == 4
    assert why in ran.stderr


def test_what_belongs_to_nothing_is_told(adopted: Repository) -> None:
    text = (adopted.root / FILE).read_text(encoding="utf-8")
    adopted.write(
        {
            FILE: text.replace("quality::toy-lint", "quality::gone"),
            ".forge/baseline/old.json": "{}",
        }
    )
    ran = forge(adopted)
    assert ran.report is not None
    notes = " ".join(ran.report["notes"])
    assert "old.json is of no project here" in notes
    assert "knows quality::gone, which is no check here" in notes


def test_under_xdist_the_controller_updates_once(adopted: Repository) -> None:
    adopted.toy("sub").write({"a.py": SOURCE, "sub/prepared": "", "prepared": ""})
    adopted.steer(lint=finds(("a.py", 1, "R"))).steer("sub", lint=finds(("a.py", 3, "R")))
    ran = adopted.commit().forge("-n", "2", "-k", "quality and toy-", *ACCEPT)
    assert ran.status == 0, ran.stdout + ran.stderr
    assert ran.stdout.count("baseline of ") == 2
    assert stored(adopted) == [("a.py", "R")]
    assert stored(adopted, ".forge/baseline/sub%2Ftoy.json.json") == [("sub/a.py", "R")]
    assert Path(adopted.root, ".forge/baseline").is_dir()
