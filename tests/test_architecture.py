"""The seams of the house, read from the sources: who may import whom."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pytest_forge"
GATES = ROOT / "gates"

IO_CALLS = {"open", "print", "input", "exec", "eval"}
IO_METHODS = {"write_text", "write_bytes", "read_text", "read_bytes", "mkdir", "unlink", "touch"}
IO_MODULES = {"os", "subprocess", "socket", "shutil", "tempfile", "urllib.request", "http"}


def modules(*places: Path) -> list[Path]:
    return sorted(
        path
        for place in places
        for path in ([place] if place.is_file() else place.rglob("*.py"))
        if "__pycache__" not in path.parts
    )


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports(path: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, those inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in {path}"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported(path: Path, *prefixes: str) -> list[str]:
    return sorted(
        {
            name
            for name in imports(path)
            for prefix in prefixes
            if name == prefix or name.startswith(f"{prefix}.") or name.startswith(f"{prefix}_")
        }
    )


def each(*places: Path) -> pytest.MarkDecorator:
    paths = modules(*places)
    assert paths, places
    return pytest.mark.parametrize("path", paths, ids=name_of)


@each(GATES)
def test_gates_import_only_the_vocabulary(path: Path) -> None:
    allowed = {"errors", "judging", "model", "phrases", "projects", "settings", "versions"}
    # What a comparison of timings means is pure and shared with those who publish its power.
    allowed.add("performance")
    used = {name.split(".")[1] for name in imports(path) if name.startswith("pytest_forge.")}
    assert used <= allowed
    verdicts = ("verdict", "limits", "bounds", "waivers", "reasons")
    assert imported(path, *(f"pytest_forge.judging.{name}" for name in verdicts)) == []


@each(GATES)
def test_a_gate_does_not_know_another_gate(path: Path) -> None:
    own = path.relative_to(GATES).parts[0]
    assert [name for name in imported(path, "forge_gate") if name.split(".")[0] != own] == []


@each(PACKAGE / "formats", PACKAGE / "toolchains", PACKAGE / "probes")
def test_what_measures_knows_nothing_of_what_judges(path: Path) -> None:
    assert imported(path, "forge_gate", "pytest_forge.judging") == []


@each(PACKAGE / "formats")
def test_formats_know_only_the_model(path: Path) -> None:
    allowed = {"advisories", "errors", "formats", "model", "phrases"}
    used = {name.split(".")[1] for name in imports(path) if name.startswith("pytest_forge.")}
    if path.name == "__init__.py":
        # The table of formats is typed as the declarations want them.
        allowed.add("toolchains")
    assert used <= allowed
    # cvss turns a vector, which tools print, into the model's severity.
    of_advisories = imported(path, "pytest_forge.advisories")
    assert {*of_advisories} <= {"pytest_forge.advisories", "pytest_forge.advisories.cvss"}


@each(
    PACKAGE / "formats",
    # files.py is the one place that writes reports to disk.
    *(path for path in (PACKAGE / "reports").glob("*.py") if path.name != "files.py"),
    PACKAGE / "model.py",
    PACKAGE / "judging" / "__init__.py",
)
def test_formats_reports_and_the_model_start_and_open_nothing(path: Path) -> None:
    assert imported(path, *IO_MODULES) == []
    calls = [
        node.func
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    used = {call.id for call in calls if isinstance(call, ast.Name)} & IO_CALLS
    used |= {call.attr for call in calls if isinstance(call, ast.Attribute)} & IO_METHODS
    if "importlib.resources" in imports(path):
        # Its own package's data, the schema, is no file of the user's.
        used.discard("read_text")
    assert used == set()


@each(PACKAGE / "reports")
def test_reports_know_only_results(path: Path) -> None:
    allowed = {"errors", "model", "phrases", "reports", "results"}
    used = {name.split(".")[1] for name in imports(path) if name.startswith("pytest_forge.")}
    assert used <= allowed


@pytest.mark.parametrize(
    "name",
    ["model", "errors", "phrases", "results", "projects", "settings", "judging", "changes/changed"],
)
def test_the_vocabulary_stands_below_everything(name: str) -> None:
    allowed = {"errors", "model", "projects", "settings"} | (
        # What is known of a check, and what was changed, is part of what its gate may look at.
        {"settings": {"globs", "measured"}, "judging": {"baselines", "changes"}}.get(name, set())
    )
    path = PACKAGE / f"{name}.py"
    path = path if path.exists() else PACKAGE / name / "__init__.py"
    used = {one.split(".")[1] for one in imports(path) if one.startswith("pytest_forge.")}
    assert used <= allowed


@each(PACKAGE / "judging", PACKAGE / "baselines" / "fingerprints.py")
def test_judging_knows_no_tool_and_no_gate(path: Path) -> None:
    machinery = ("toolchains", "formats", "probes", "execution", "reports", "plugin")
    assert imported(path, "forge_gate", *(f"pytest_forge.{one}" for one in machinery)) == []


@each(PACKAGE)
def test_processes_are_started_in_one_place(path: Path) -> None:
    # A probe is a program of its own: process.py has started it, and ends its whole group.
    if path != PACKAGE / "execution" / "process.py" and path.parent != PACKAGE / "probes":
        assert imported(path, "subprocess") == []


@each(PACKAGE)
def test_the_engine_names_no_gate_package(path: Path) -> None:
    assert imported(path, "forge_gate") == []
