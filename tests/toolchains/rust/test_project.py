"""The facts of a Rust project, what is exempt by nature, and what its tools are told."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Project, Tree
from pytest_forge.repository import find_projects
from pytest_forge.settings import Settings
from pytest_forge.toolchains.declarations import Toolchain
from pytest_forge.toolchains.rust.lockfile import MARK
from pytest_forge.toolchains.rust.project import MANIFESTS, inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

CRATE = '[package]\nname = "demo"\nversion = "1.2.3"\nedition = "2021"\nrust-version = "1.70"\n'
LIB = {"Cargo.toml": CRATE, "src/lib.rs": ""}


def project(tree_of: TreeOf, files: Mapping[str, str | bytes], at: str = "Cargo.toml") -> Project:
    found = inspect(tree_of(files), at)
    assert isinstance(found, Project), found
    return found


def crate(name: str, keys: str = "") -> str:
    return f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "2021"\n{keys}'


def workspace(**crates: str) -> dict[str, str | bytes]:
    """Return a virtual workspace of crates with a library each, by their keys in [package]."""
    files: dict[str, str | bytes] = {"Cargo.toml": '[workspace]\nmembers = ["*"]\n'}
    for name, keys in crates.items():
        files[f"{name}/Cargo.toml"] = crate(name, keys)
        files[f"{name}/src/lib.rs"] = ""
    return files


def test_the_facts_of_a_package(tree_of: TreeOf) -> None:
    dependencies = (
        '[dependencies]\nserde = "1"\nalias = { package = "real", version = "1" }\n'
        '[build-dependencies]\ncc = "1"\n[dev-dependencies]\nproptest = "1"\n'
        "[target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n"
    )
    files = {
        "Cargo.toml": CRATE + dependencies,
        "Cargo.lock": "",
        "build.rs": "",
        "src/lib.rs": "/// ```\n/// assert!(true);\n/// ```\npub fn f() {}\n",
        "src/main.rs": "fn main() {}\n",
        "src/docs/mod.rs": "",
        "tests/api.rs": "",
        "benches/speed.rs": "",
        "examples/show.rs": "",
        "target/debug/build/x/out/made.rs": "",
    }
    found = project(tree_of, files)
    assert (found.name, found.language, found.members) == ("demo", "rust", ())
    assert found.published == ()
    assert found.exempt == {}
    assert found.facts == {
        "packages": ("demo",),
        "libraries": ("demo",),
        "has_lib": True,
        "has_bin": True,
        "version": "1.2.3",
        "version_files": ("Cargo.toml",),
        "rust_version": "1.70",
        "integration_tests": ("api",),
        "doc_tests": True,
        "rs_files": (
            "benches/speed.rs", "build.rs", "examples/show.rs", "src/docs/mod.rs", "src/lib.rs",
            "src/main.rs", "tests/api.rs",
        ),
        "sources": ("src/docs/mod.rs", "src/lib.rs", "src/main.rs"),
        "dependencies": ("serde", "real", "cc", "libc"),
        "locked": True,
        "toolchain_pin": "",
        "targets": (),
        "test_runner": "cargo",
        "coverage_tool": "llvm-cov",
        "deny_config": "",
        "deny_licenses": False,
        "benches": (),
        "left_out_benches": (),
        "path_dependencies": (),
    }  # fmt: skip


def test_a_project_that_declares_no_dependency_has_none(tree_of: TreeOf) -> None:
    assert project(tree_of, LIB).words("dependencies") == ()


def test_paths_are_relative_to_the_project(tree_of: TreeOf) -> None:
    files = {f"sdks/rust/{path}": content for path, content in LIB.items()}
    found = project(tree_of, {**files, "other.rs": ""}, "sdks/rust/Cargo.toml")
    assert found.words("rs_files") == ("src/lib.rs",)
    assert found.words("version_files") == ("Cargo.toml",)
    assert found.directory == "sdks/rust"


def test_a_workspace_shares_values_with_its_members(tree_of: TreeOf) -> None:
    shared = '[workspace.package]\nversion = "2.0.0"\nrust-version = "1.80"\npublish = false\n'
    inherits = (
        '[package]\nname = "{}"\nversion.workspace = true\nrust-version = {{ workspace = true }}\n'
    )
    files = workspace()
    files["Cargo.toml"] = '[workspace]\nmembers = ["*"]\n' + shared
    files["a/Cargo.toml"] = inherits.format("a")
    files["b/Cargo.toml"] = inherits.format("b") + "publish.workspace = true\n"
    files |= {"a/src/lib.rs": "", "b/src/lib.rs": ""}
    found = project(tree_of, files)
    assert (found.text("version"), found.text("rust_version")) == ("2.0.0", "1.80")
    assert found.words("version_files") == ("Cargo.toml",)
    (member,) = found.published
    assert (member.name, member.manifest) == ("a", "a/Cargo.toml")
    assert member.text("version") == "2.0.0"
    assert member.words("version_files") == ("../Cargo.toml",)


def test_the_published_members(tree_of: TreeOf) -> None:
    files = workspace(
        a="", b="publish = false\n", c="publish = []\n", d='publish = ["own"]\n', examples=""
    )
    files["bare/Cargo.toml"] = '[package]\nname = "bare"\n'
    files["bare/src/lib.rs"] = ""
    files["empty/Cargo.toml"] = crate("empty")
    files["empty/tests/only.rs"] = ""
    found = project(tree_of, files)
    assert [one.name for one in found.published] == ["a", "d"]
    assert found.words("libraries") == ("a", "d")
    assert set(found.words("packages")) == {"a", "b", "bare", "c", "d", "empty", "examples"}
    assert found.words("sources") == (
        "a/src/lib.rs", "b/src/lib.rs", "bare/src/lib.rs", "c/src/lib.rs", "d/src/lib.rs",
    )  # fmt: skip
    assert found.name == found_name(tree_of)


def found_name(tree_of: TreeOf) -> str:
    """Return the name of a virtual root at forge's root: that of the directory."""
    return tree_of({}).root.name


def test_a_root_package_beside_helpers_is_released_as_one(tree_of: TreeOf) -> None:
    helper = crate("xtask", "publish = false\n")
    files = {**LIB, "xtask/Cargo.toml": helper, "xtask/src/main.rs": ""}
    files["Cargo.toml"] = CRATE + '[workspace]\nmembers = ["xtask"]\n'
    found = project(tree_of, files)
    assert found.published == ()
    assert found.released == (found,)
    assert (found.text("version"), found.words("libraries")) == ("1.2.3", ("demo",))
    assert found.exempt == {}


def test_members_with_versions_of_their_own_have_none_together(tree_of: TreeOf) -> None:
    files = workspace(a="")
    files["b/Cargo.toml"] = crate("b").replace("0.1.0", "0.2.0")
    files["b/src/lib.rs"] = ""
    found = project(tree_of, files)
    assert (found.text("version"), found.words("version_files")) == ("", ())
    assert {one.name: one.text("version") for one in found.published} == {
        "a": "0.1.0",
        "b": "0.2.0",
    }


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"Cargo.toml": CRATE + "publish = false\n", "src/lib.rs": ""}, "never published"),
        ({"Cargo.toml": CRATE, "src/main.rs": ""}, "no library"),
        ({"Cargo.toml": CRATE + "[lib]\nproc-macro = true\n", "src/lib.rs": ""}, "no library"),
    ],
)
def test_without_a_published_library_no_api_can_change(
    tree_of: TreeOf, files: Mapping[str, str | bytes], reason: str
) -> None:
    exempt = project(tree_of, files).exempt
    assert list(exempt) == ["breaking-changes"]
    assert reason in exempt["breaking-changes"]


def test_of_members_only_those_without_an_api_are_exempt(tree_of: TreeOf) -> None:
    files = workspace(a="", m="[lib]\nproc-macro = true\n")
    files |= {"tool/Cargo.toml": crate("tool"), "tool/src/main.rs": ""}
    found = project(tree_of, files)
    assert [one.name for one in found.published] == ["a", "m", "tool"]
    assert {name: reason.split(":")[0] for name, reason in found.exempt.items()} == {
        "breaking-changes::cargo-semver-checks[m]": "a procedural macro",
        "breaking-changes::cargo-semver-checks[tool]": "it publishes no library",
    }
    assert found.flag("has_lib")
    assert found.words("libraries") == ("a",)


@pytest.mark.parametrize(
    ("versions", "highest"),
    [(("1.9", "1.56"), "1.56"), (("1.70", ""), "1.70"), (("1.70", "1.70.1"), "1.70.1")],
)
def test_the_highest_rust_version_counts(
    tree_of: TreeOf, versions: tuple[str, str], highest: str
) -> None:
    a, b = (f'rust-version = "{one}"\n' if one else "" for one in versions)
    assert project(tree_of, workspace(a=a, b=b)).text("rust_version") == highest


@pytest.mark.parametrize(
    ("files", "facts"),
    [
        ({"rust-toolchain": "1.80.1\n"}, {"toolchain_pin": "1.80.1"}),
        ({"rust-toolchain": '[toolchain]\nchannel = "nightly"\n'}, {"toolchain_pin": "nightly"}),
        (
            {
                "rust-toolchain.toml": '[toolchain]\nchannel = "stable"\n'
                'targets = ["wasm32-unknown-unknown"]\n'
            },
            {"toolchain_pin": "stable", "targets": ("wasm32-unknown-unknown",)},
        ),
        ({".config/nextest.toml": "[profile.ci]\n"}, {"test_runner": "nextest"}),
        ({"tarpaulin.toml": "[all]\n"}, {"coverage_tool": "tarpaulin"}),
        ({".tarpaulin.toml": ""}, {"coverage_tool": "tarpaulin"}),
        ({"deny.toml": "[bans]\n"}, {"deny_config": "deny.toml", "deny_licenses": False}),
        (
            {".cargo/deny.toml": "[licenses]\n"},
            {"deny_config": ".cargo/deny.toml", "deny_licenses": True},
        ),
        ({"Cargo.lock": "version = 4\n"}, {"locked": True}),
        ({"Cargo.lock": MARK + b"\nversion = 4\n"}, {"locked": False}),
    ],
)
def test_what_the_tools_are_told(
    tree_of: TreeOf, files: Mapping[str, str | bytes], facts: Mapping[str, object]
) -> None:
    found = project(tree_of, {**LIB, **files})
    assert {name: found.facts[name] for name in facts} == facts
    below = {f"a b/{path}": content for path, content in {**LIB, **files}.items()}
    found = project(tree_of, below, "a b/Cargo.toml")
    assert {name: found.facts[name] for name in facts} == facts


def test_a_pin_holds_for_what_is_below(tree_of: TreeOf) -> None:
    files = {f"sdk/{path}": content for path, content in LIB.items()}
    pinned = {**files, "rust-toolchain": "1.80.1"}
    assert project(tree_of, pinned, "sdk/Cargo.toml").text("toolchain_pin") == "1.80.1"


def test_the_limit_of_tarpaulin_is_the_projects_own(tree_of: TreeOf) -> None:
    files = {**LIB, "tarpaulin.toml": "[unit]\nfail-under = 91.5\n[other]\nfail-under = 50\n"}
    assert project(tree_of, files).limits == {"coverage.line": 91.5}
    assert project(tree_of, {**LIB, "tarpaulin.toml": "[unit]\nfail-under = 0\n"}).limits == {}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("tarpaulin.toml", '[a]\nfail-under = "x"\n', r"^tarpaulin\.toml: fail-under must be"),
        ("rust-toolchain.toml", "[toolchain\n", r"^rust-toolchain\.toml: .*line 1"),
        ("rust-toolchain.toml", "[toolchain]\nchannel = 1\n", r"channel must be a text"),
        ("deny.toml", "[licenses\n", r"^deny\.toml: .*line 1"),
        (".config/nextest.toml", "x\n", r"^\.config/nextest\.toml: .*line 1"),
    ],
)
def test_a_configuration_that_cannot_be_read_is_named(
    tree_of: TreeOf, name: str, content: str, message: str
) -> None:
    with pytest.raises(ConfigurationError, match=message):
        inspect(tree_of({**LIB, name: content}), "Cargo.toml")


def test_the_crates_of_others_below_are_not_its_own(tree_of: TreeOf) -> None:
    files = {**LIB, "near/Cargo.toml": crate("near", "[workspace]\n"), "near/src/lib.rs": ""}
    files |= {"tests/ui/case/Cargo.toml": crate("case"), "tests/ui/case/src/lib.rs": "!"}
    assert project(tree_of, files).words("rs_files") == ("src/lib.rs",)


def test_a_crate_inside_a_test_suite_is_its_helper(tree_of: TreeOf) -> None:
    """serde's test_suite/no_std is a program without a standard library that only must build."""
    files = workspace(api="", suite="publish = false\n")
    files["suite/bare/Cargo.toml"] = crate("bare", "publish = false\n[workspace]\n")
    files["suite/bare/src/main.rs"] = ""
    files["api/server/Cargo.toml"] = crate("server", "publish = false\n[workspace]\n")
    files["api/server/src/main.rs"] = ""
    rust = Toolchain("rust", MANIFESTS, inspect, runs=(), checks=())
    found = find_projects(tree_of(files), Settings(), (rust,))
    assert [one.manifest for one in found.projects] == ["Cargo.toml", "api/server/Cargo.toml"]
    why = {one.manifest: one.why for one in found.passed_over}
    assert why["suite/bare/Cargo.toml"].startswith("a helper of suite/Cargo.toml")
    assert why["api/Cargo.toml"] == "a member of the workspace in Cargo.toml, which owns it"
