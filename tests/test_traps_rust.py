"""The traps of twenty surveyed repositories, as far as they concern Rust.

The numbers are the survey's; ripgrep, serde and bytes are rebuilt in small as they were found.
"""

import os
import subprocess
from pathlib import Path

import pytest
from toy_repository import Repository

from pytest_forge.errors import NoReference, NotPrepared, ToolMissing
from pytest_forge.execution.execute import execute, located_tools
from pytest_forge.execution.prepare import prepare, surroundings
from pytest_forge.execution.process import Processes
from pytest_forge.listing import list_tree
from pytest_forge.projects import Project
from pytest_forge.releases import declared
from pytest_forge.releases.last import last_release
from pytest_forge.repository import Discovery, find_projects
from pytest_forge.settings import ProjectSettings, Settings
from pytest_forge.toolchains.declarations import Context, Run
from pytest_forge.toolchains.rust import TOOLCHAIN
from pytest_forge.toolchains.rust.preparation import PREPARATION
from pytest_forge.toolchains.rust.runs import CARGO_CHECK, CLIPPY, INTEGRATION_TESTS
from pytest_forge.toolchains.rust.tools import CARGO


def crate(name: str, version: str, keys: str = "") -> str:
    return f'[package]\nname = "{name}"\nversion = "{version}"\nedition = "2021"\n{keys}'


RIPGREP = {
    "Cargo.toml": crate(
        "ripgrep",
        "15.2.0",
        '[[bin]]\nname = "rg"\npath = "crates/core/main.rs"\n'
        '[workspace]\nmembers = ["crates/globset", "crates/ignore"]\n',
    ),
    "crates/core/main.rs": "fn main() {}\n",
    "crates/globset/Cargo.toml": crate("globset", "0.4.20"),
    "crates/globset/src/lib.rs": "",
    "crates/ignore/Cargo.toml": crate("ignore", "0.4.33"),
    "crates/ignore/src/lib.rs": "",
    "fuzz/Cargo.toml": crate("fuzz", "0.0.1", "publish = false\n[workspace]\n"),
    "fuzz/fuzz_targets/glob.rs": "",
}
SERDE = {
    ".gitignore": "/target/\n/Cargo.lock\n",
    "Cargo.toml": '[workspace]\nresolver = "2"\nmembers = ["serde", "internals", "test_suite"]\n',
    "serde/Cargo.toml": crate(
        "serde",
        "1.0.228",
        '[dependencies]\nserde_internals = { version = "0.29", path = "../internals" }\n',
    ),
    "serde/src/lib.rs": "pub fn one() -> u8 {\n    1\n}\n",
    "internals/Cargo.toml": crate("serde_internals", "0.29.1"),
    "internals/src/lib.rs": "",
    "test_suite/Cargo.toml": crate(
        "serde_test_suite",
        "0.0.0",
        'publish = false\n[dev-dependencies]\nserde = { path = "../serde" }\n',
    ),
    "test_suite/tests/test_one.rs": "#[test]\nfn one() {\n    assert_eq!(serde::one(), 1);\n}\n",
}


def found(repository: Repository) -> Discovery:
    return find_projects(list_tree(repository.root), Settings(), (TOOLCHAIN,))


def the_project(repository: Repository) -> Project:
    (project,) = found(repository).projects
    return project


def context(repository: Repository, project: Project) -> Context:
    forge = repository.root / ".forge"
    return Context(
        project=project,
        settings=ProjectSettings(),
        tree=list_tree(repository.root),
        root=repository.root,
        directory=repository.root / project.directory,
        scratch=forge / "environments",
        projects=(project,),
        cache=forge / "cache" / "rust",
    )


def released_as(repository: Repository) -> dict[str, str]:
    """Return the last release's tag of everything that is released on its own, by name."""
    project = the_project(repository)
    tags = {one.name: last_release(repository.root, one) for one in project.released}
    return {name: tag.name for name, tag in tags.items() if tag}


def cargo(repository: Repository, *args: str, cwd: str = ".") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ("cargo", *args),
        cwd=repository.root / cwd,
        env={**os.environ, "CARGO_TERM_COLOR": "never"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_each_crate_is_compared_with_its_own_tags(repository: Repository) -> None:
    """Traps 1 and 2: `name-1.2.3`; a crate's tags, a stranger's tags and late ones of old lines."""
    repository.write(RIPGREP).commit()
    for tag in ("15.1.0", "ignore-0.4.32", "globset-0.4.19", "wincolor-99.0.0", "14.9.9"):
        repository.git("tag", tag)
    repository.write({"README.md": "next"}).commit()
    assert released_as(repository) == {
        "ripgrep": "15.1.0",
        "ignore": "ignore-0.4.32",
        "globset": "globset-0.4.19",
    }


def test_tags_of_which_none_fits_are_no_first_release(repository: Repository) -> None:
    """Trap 1: a root with tags of members and strangers only was released under another name."""
    repository.write(RIPGREP).commit()
    repository.git("tag", "wincolor-0.1.6")
    project = the_project(repository)
    with pytest.raises(NoReference, match=r"no version tag fits the project \(wincolor-0\.1\.6\)"):
        last_release(repository.root, project.released[0])


def test_members_keep_versions_of_their_own(repository: Repository) -> None:
    """Trap 4: serde's internals are at 0.29.1 under the bare tag v1.0.228 that releases them."""
    repository.write(SERDE).commit()
    repository.git("tag", "v1.0.228")
    repository.write({"README.md": "next"}).commit()
    project = the_project(repository)
    assert {one.name: one.text("version") for one in project.published} == {
        "serde": "1.0.228",
        "serde_internals": "0.29.1",
    }
    report = declared.versions(context(repository, project), {})
    assert (report.findings, report.measures) == ((), {"versions": 2})


def test_a_fuzz_crate_is_no_product(repository: Repository) -> None:
    """Section 3: ripgrep's fuzz stands apart, and by convention is none of the products."""
    discovery = found(repository.write(RIPGREP))
    assert [one.manifest for one in discovery.projects] == ["Cargo.toml"]
    why = {one.manifest: one.why for one in discovery.passed_over}
    assert why["fuzz/Cargo.toml"].startswith('below "fuzz", which by convention')
    assert why["crates/ignore/Cargo.toml"].startswith("a member of the workspace in Cargo.toml")


@pytest.mark.real
def test_the_tests_in_another_member_count(repository: Repository) -> None:
    """Trap 6: serde's tests stand in `test_suite`; a run in `serde/` measures nothing."""
    repository.write(SERDE).commit()
    alone = cargo(repository, "test", "--offline", "--target-dir", ".forge/target", cwd="serde")
    assert alone.returncode == 0
    assert "1 passed" not in alone.stdout
    (repository.root / "Cargo.lock").unlink()
    project = the_project(repository)
    assert project.words("packages") == ("serde", "serde_internals", "serde_test_suite")
    assert project.words("integration_tests") == ("test_one",)
    report = execute(INTEGRATION_TESTS, context(repository, project), Processes(), 300).read()
    assert report.value("tests.executed") == 1
    assert not (repository.root / "Cargo.lock").exists()


@pytest.mark.real
def test_a_toolchain_that_is_too_old_is_missing(repository: Repository) -> None:
    """Trap 7: cargo exits with 101 and prints no JSON, which is no compile error."""
    keys = 'rust-version = "1.9999"\n'
    repository.write({"Cargo.toml": crate("demo", "0.1.0", keys), "src/lib.rs": ""})
    project = the_project(repository)
    refused = cargo(repository, "check", "--message-format=json", "--target-dir", ".forge/target")
    assert (refused.returncode, refused.stdout) == (101, "")
    with pytest.raises(ToolMissing, match=r"asks for rustc 1\.9999 or later, here is \d") as error:
        execute(CARGO_CHECK, context(repository, project), Processes(), 300)
    assert error.value.mend


@pytest.mark.real
def test_a_pinned_toolchain_that_is_not_here_is_named(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rust-toolchain file is rustup's business, whose last lines are a hint and a stack."""
    monkeypatch.setenv("RUSTUP_AUTO_INSTALL", "0")
    repository.write({"Cargo.toml": crate("demo", "0.1.0"), "src/lib.rs": ""})
    repository.write({"rust-toolchain.toml": '[toolchain]\nchannel = "1.55.0"\n'})
    project = the_project(repository)
    assert project.text("toolchain_pin") == "1.55.0"
    with pytest.raises(ToolMissing, match=r"pins to 1\.55\.0, is not there \(.* is not installed"):
        located_tools((CARGO,), context(repository, project), "", Processes())


@pytest.mark.real
def test_a_cargo_that_ignores_the_pin_is_named(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cargo without rustup reads no rust-toolchain file; nor does one that is told otherwise."""
    monkeypatch.setenv("RUSTUP_TOOLCHAIN", "stable")
    repository.write({"Cargo.toml": crate("demo", "0.1.0"), "src/lib.rs": ""})
    repository.write({"rust-toolchain": "1.55.0\n"})
    place = context(repository, the_project(repository))
    with pytest.raises(
        ToolMissing, match=r"^the project pins cargo 1\.55\.0, here is 1\.\d+\.\d+$"
    ):
        execute(CARGO_CHECK, place, Processes(), 300)


@pytest.mark.real
@pytest.mark.parametrize("run", [CARGO_CHECK, CLIPPY])
def test_benchmarks_for_a_nightly_compiler_are_no_errors(repository: Repository, run: Run) -> None:
    """bytes and ripgrep: `--all-targets` fails on a stable compiler, `cargo build` does not."""
    repository.write({"Cargo.toml": crate("demo", "0.1.0"), "src/lib.rs": ""})
    harness = "#![feature(test)]\nextern crate test;\n"
    repository.write({"benches/buf.rs": harness, "benches/plain.rs": "fn main() {}\n"})
    assert cargo(repository, "check", "--all-targets", "--target-dir", ".forge/t").returncode == 101
    place = context(repository, the_project(repository))
    report = execute(run, place, Processes(), 300).read()
    # The library, and the benchmark that any compiler takes.
    assert (report.count("errors"), report.measures["targets"]) == (0, 2)
    repository.write({"benches/plain.rs": "fn main() {\n    let _: u8 = 1i64;\n}\n"})
    report = execute(run, place, Processes(), 300).read()
    assert [one.path for one in report.findings] == ["benches/plain.rs"]


def test_what_is_linked_counts_once(repository: Repository) -> None:
    """Trap 14: serde_derive_internals' sources are a link to serde_derive's."""
    repository.write(SERDE)
    (repository.root / "internals/src/lib.rs").unlink()
    (repository.root / "internals/src").rmdir()
    (repository.root / "internals/src").symlink_to("../serde/src")
    (repository.root / "serde/src/again.rs").symlink_to("lib.rs")
    repository.commit()
    project = the_project(repository)
    assert project.words("sources") == ("serde/src/lib.rs",)
    assert set(project.words("libraries")) == {"serde", "serde_internals"}


@pytest.mark.real
@pytest.mark.parametrize("ignored", [True, False])
def test_preparing_without_a_lock_leaves_none(
    repository: Repository, ignored: bool, tmp_path: Path
) -> None:
    """Trap 21: `cargo fetch --locked` refuses, and `cargo fetch` writes one into the tree."""
    repository.write({**SERDE, ".gitignore": ".forge\n" + ("Cargo.lock\n" if ignored else "")})
    repository.commit()
    assert cargo(repository, "fetch", "--locked", "--offline").returncode != 0
    project = the_project(repository)
    assert not project.flag("locked")
    around = context(repository, project)
    for allowed in (True, False):  # What the first has made is there for the second.
        prepare(PREPARATION, around, surroundings({}), Processes(), allowed)
    assert not (repository.root / "Cargo.lock").exists()
    assert repository.git("status", "--porcelain") == ""
    assert b'name = "serde_test_suite"' in (around.cache / "Cargo.lock").read_bytes()


@pytest.mark.real
def test_a_lock_of_the_projects_own_is_honoured(repository: Repository) -> None:
    """Trap 21, the other side: a lock that does not fit the manifests is not mended in silence."""
    repository.write({**SERDE, ".gitignore": ".forge\n"})
    assert cargo(repository, "generate-lockfile", "--offline").returncode == 0
    repository.commit()
    project = the_project(repository)
    assert project.flag("locked")
    prepare(PREPARATION, context(repository, project), surroundings({}), Processes(), True)
    assert repository.git("status", "--porcelain") == ""
    repository.write({"internals/Cargo.toml": crate("serde_internals", "0.29.2")}).commit()
    with pytest.raises(NotPrepared, match="lock"):
        prepare(PREPARATION, context(repository, project), surroundings({}), Processes(), True)
    assert repository.git("status", "--porcelain") == ""
