"""Projects of three languages in one repository, one inside of the other: one run, one report."""

import subprocess
from pathlib import Path

import pytest
from specimens.defects import GO, PYTHON, RUST, Specimen, lay, repository, take_away
from specimens.forged import GATES, Forged, forge

pytestmark = pytest.mark.real

# The crate is the root of the repository; what binds to it stands below, as it often does.
MANIFESTS = {
    "Cargo.toml": "rust",
    "bindings/go/go.mod": "go",
    "bindings/python/pyproject.toml": "python",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of all specimens; Go wants the directory of a module in its tag."""
    return repository(
        {".": RUST, "bindings/go": GO, "bindings/python": PYTHON},
        tmp_path_factory.mktemp("polyglot") / "parcelkit",
        tags=("v1.0.0", "bindings/go/v1.0.0"),
    )


def rows(forged: Forged) -> dict[tuple[str, str], str]:
    """Return the outcome of each gate of each project."""
    found = forged.report["gates"]
    outcomes = {(row["manifest"], row["gate"]): row["outcome"] for row in found}
    assert len(outcomes) == len(found), "a gate of a project has two rows"
    return outcomes


def expected(**failed: str) -> dict[tuple[str, str], str]:
    """Return that every gate of every project passes, but for one gate of each language named."""
    outcomes = {(manifest, gate): "passed" for manifest in MANIFESTS for gate in GATES}
    by_language = {language: manifest for manifest, language in MANIFESTS.items()}
    return outcomes | {(by_language[language], gate): "failed" for language, gate in failed.items()}


def test_all_projects_pass_in_one_report(root: Path) -> None:
    take_away(root)
    forged = forge(root)
    assert rows(forged) == expected(), forged.printed
    assert forged.status == 0
    assert (forged.report["complete"], forged.report["dirty"]) == (True, False)
    languages = {one["manifest"]: one["language"] for one in forged.report["gates"]}
    assert languages == MANIFESTS


def test_run_leaves_the_tree_as_it_was(root: Path) -> None:
    take_away(root)
    forge(root)
    status = ("git", "status", "--porcelain", "--untracked-files=all")
    left = subprocess.run(status, cwd=root, check=True, capture_output=True, text=True)
    assert left.stdout == ""


def test_no_file_is_measured_twice(root: Path) -> None:
    take_away(root)
    lay(PYTHON.defect("quality/unformatted"), root, "bindings/python")
    forged = forge(root, "--forge-keep-going")
    findings = [one for check in forged.report["checks"] for one in check["findings"]]
    unformatted = [one["path"] for one in findings if one["path"].endswith(".py")]
    assert unformatted, forged.printed
    assert len(unformatted) == len(set(unformatted))
    assert all(path.startswith("bindings/python/") for path in unformatted)


@pytest.mark.parametrize(
    ("specimen", "directory", "identifier"),
    [
        (RUST, ".", "quality/lint-finding"),
        (GO, "bindings/go", "breaking-changes/removed-function"),
        (PYTHON, "bindings/python", "types/type-error"),
    ],
    ids=lambda one: getattr(one, "language", None),
)
def test_defect_of_one_project_fails_it_alone(
    specimen: Specimen, directory: str, identifier: str, root: Path
) -> None:
    defect = specimen.defect(identifier)
    lay(defect, root, directory)
    forged = forge(root, "--forge-keep-going")
    assert rows(forged) == expected(**{specimen.language: defect.gate}), forged.printed
    assert forged.status == 1


def test_failed_compilation_blocks_its_own_project_only(root: Path) -> None:
    lay(GO.defect("compilation/type-error"), root, "bindings/go")
    forged = forge(root)
    outcomes = rows(forged)
    blocked = {manifest for (manifest, _), outcome in outcomes.items() if outcome == "blocked"}
    passed = {manifest for (manifest, _), outcome in outcomes.items() if outcome == "passed"}
    assert blocked == {"bindings/go/go.mod"}, forged.printed
    assert passed == MANIFESTS.keys() - blocked


def test_path_below_a_project_means_that_project(root: Path) -> None:
    take_away(root)
    forged = forge(root, "bindings/go/weights", "-k", "quality")
    assert {manifest for manifest, _ in rows(forged)} == {"bindings/go/go.mod"}, forged.printed
    assert forged.status == 0
