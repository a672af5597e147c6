"""The traps of twenty surveyed repositories, as far as they concern Go.

The numbers in the names are the survey's; those below `go_` are its advice for Go (part 2).
"""

from collections.abc import Mapping

import pytest
from toy_repository import Repository

from pytest_forge.errors import NoReference
from pytest_forge.listing import list_tree
from pytest_forge.projects import Project
from pytest_forge.releases.last import last_release
from pytest_forge.repository import Discovery, find_projects
from pytest_forge.settings import Settings
from pytest_forge.toolchains.go import TOOLCHAIN


def module(directory: str = ".", path: str = "example.com/kit") -> dict[str, str]:
    return {f"{directory}/go.mod": f"module {path}\n", f"{directory}/a.go": "package a\n"}


def discover(
    repository: Repository, files: Mapping[str, str], *asked: str, include: tuple[str, ...] = ()
) -> Discovery:
    repository.write(files)
    tree = list_tree(repository.root)
    return find_projects(tree, Settings(include=include), (TOOLCHAIN,), asked)


def manifests(found: Discovery) -> list[str]:
    return [one.manifest for one in found.projects]


def only(found: Discovery, manifest: str = "go.mod") -> Project:
    (project,) = [one for one in found.projects if one.manifest == manifest]
    return project


def released(repository: Repository, project: Project, *tags: str) -> str:
    """Return the tag that counts as the last release, after one commit for each of `tags`."""
    for number, tag in enumerate(tags):
        repository.write({"number": f"{number} {tag}"}).commit().git("tag", tag)
    # A release at HEAD itself is not compared with.
    repository.write({"number": project.name}).commit()
    found = last_release(repository.root, project)
    return found.name if found else ""


@pytest.mark.parametrize("tag", ["kit-1.2.3", "rel/kit-1.2.3", "parent-1.2.3", "other/v1.2.3"])
def test_1_tags_of_which_none_fits_are_no_first_release(repository: Repository, tag: str) -> None:
    project = only(discover(repository, module()))
    with pytest.raises(NoReference, match=tag):
        released(repository, project, tag)


def test_1_without_any_tag_it_is_the_first_release(repository: Repository) -> None:
    assert released(repository, only(discover(repository, module()))) == ""


def test_2_the_highest_version_counts_not_the_newest_tag_nor_junk(repository: Repository) -> None:
    # testify's newest tag by date is v1.2.3, and uuid has a tag named v.1.
    project = only(discover(repository, module()))
    assert released(repository, project, "v1.11.0", "v.1", "v2234", "v1.2.3") == "v1.11.0"


def test_2_a_members_tags_are_not_the_roots(repository: Repository) -> None:
    files = {**module(), **module("sdk", "example.com/kit/sdk")}
    found = discover(repository, files)
    tags = ("v1.1.0", "sdk/v1.48.0", "pkg/v1.99.0")
    assert released(repository, only(found), *tags) == "v1.1.0"
    assert released(repository, only(found, "sdk/go.mod")) == "sdk/v1.48.0"


def test_4_modules_of_a_workspace_have_versions_of_their_own(repository: Repository) -> None:
    files = {
        "go.work": "go 1.25\nuse (\n.\n./sdk\n./bindings/go\n)\n",
        **module(),
        **module("sdk", "example.com/kit/sdk/v3"),
        **module("bindings/go", "example.com/kit/bindings/go"),
    }
    (workspace,) = discover(repository, files).projects
    root, sdk, bindings = workspace.released
    tags = ("v0.58.2", "bindings/go/v0.1.16", "sdk/v3.259.0", "sdk/v2.9.0")
    assert released(repository, root, *tags) == "v0.58.2"
    assert released(repository, sdk) == "sdk/v3.259.0"
    assert released(repository, bindings) == "bindings/go/v0.1.16"


def test_14_a_file_that_a_link_leads_to_counts_once(repository: Repository) -> None:
    repository.write({**module(), "deep/b.go": "package deep\n"})
    (repository.root / "deep/link.go").symlink_to(repository.root / "a.go")
    project = only(discover(repository, {}))
    assert project.words("go_files") == ("a.go", "deep/b.go")


@pytest.mark.parametrize(
    "directory", ["sdk/auto/test/errors/compilation_error", "testdata/broken", "x/testdata/y"]
)
def test_16_what_is_broken_on_purpose_is_no_product(repository: Repository, directory: str) -> None:
    broken = {f"{directory}/go.mod": "module broken\n", f"{directory}/a.go": "package a\nfunc {"}
    found = discover(repository, {**module(), **broken})
    assert manifests(found) == ["go.mod"]
    assert "by convention holds no product" in found.passed_over[0].why
    # It is another module, so nobody takes its files for the product's either.
    assert only(found).words("go_files") == ("a.go",)
    brought_back = discover(repository, {}, include=(f"{directory}/**",))
    assert f"{directory}/go.mod" in manifests(brought_back)


def test_16_broken_files_in_testdata_are_not_the_modules(repository: Repository) -> None:
    files = {"x/testdata/src/a.go": "not Go", "x/_old/a.go": "not Go", "x/.cache/a.go": "no"}
    assert only(discover(repository, {**module(), **files})).words("go_files") == ("a.go",)


def test_17_a_byte_order_mark_and_odd_names(repository: Repository) -> None:
    place = "sdk's go (new)"
    marked = {f"{place}/go.mod": "\ufeffmodule example.com/a\n", f"{place}/a.go": "\ufeffpackage a"}
    project = only(discover(repository, marked), f"{place}/go.mod")
    assert (project.name, project.words("packages")) == ("example.com/a", (".",))


@pytest.mark.parametrize("directory", ["_codegen", "tools", "internal/tools", "hack/gen"])
def test_go_modules_of_tools_are_no_products(repository: Repository, directory: str) -> None:
    # testify's _codegen, opentelemetry-go-contrib's tools, etcd's tools/mod.
    found = discover(repository, {**module(), **module(directory, "example.com/kit/gen")})
    assert manifests(found) == ["go.mod"]
    assert manifests(discover(repository, {}, directory)) == ["go.mod", f"{directory}/go.mod"]


def test_go_a_module_path_may_end_with_its_major_version(repository: Repository) -> None:
    # golangci-lint's ends with /v2, and its first releases were of the other path.
    project = only(discover(repository, module(path="example.com/kit/v2")))
    assert released(repository, project, "v2.13.1", "v1.64.8") == "v2.13.1"


def test_go_a_module_may_have_no_go_line_and_no_sums(repository: Repository) -> None:
    # uuid's go.mod is one line, and there is no go.sum: nothing is to be fetched.
    project = only(discover(repository, module()))
    assert (project.text("go_version"), project.flag("requires")) == ("", False)


def test_go_a_module_of_tests_is_no_product(repository: Repository) -> None:
    # pulumi's tests/, which test the product beside them.
    tests = {"it/go.mod": "module example.com/kit/it\n", "it/a_test.go": "package it\n"}
    found = discover(repository, {**module(), **tests})
    assert manifests(found) == ["go.mod"]
    assert found.passed_over[0].why == (
        "it holds nothing but tests, which are those of another module"
    )


def test_go_the_linter_may_state_the_limit_of_complexity(repository: Repository) -> None:
    # golangci-lint's own is 15.
    config = (
        'version: "2"\nlinters:\n  enable: [gocyclo]\n'
        "  settings:\n    gocyclo:\n      min-complexity: 15\n"
    )
    project = only(discover(repository, {**module(), ".golangci.yml": config}))
    assert project.limits == {"complexity.max": 15}


def test_go_a_workspace_may_use_modules_outside_of_the_root(repository: Repository) -> None:
    inside = {**module("sdk", "example.com/kit/sdk"), "go.work": "use (\n./sdk\n../other\n)\n"}
    assert only(discover(repository, inside), "go.work").words("modules") == ("sdk",)
    found = discover(repository, {"go.work": "use ../other\n"})
    (why,) = [one.why for one in found.passed_over if one.manifest == "go.work"]
    assert why == (
        "none of the modules that it uses is a product: ../other is outside of forge's root"
    )


def test_go_generated_and_vendored_files_are_told_apart(repository: Repository) -> None:
    files = {
        "gen.go": "// Code generated by stringer; DO NOT EDIT.\n\npackage a\n",
        "vendor/modules.txt": "# example.com/b v1.0.0\n",
        "vendor/example.com/b/b.go": "package b\n",
    }
    project = only(discover(repository, {**module(), **files}))
    assert project.words("go_files") == ("a.go", "gen.go")
    assert project.words("generated") == ("gen.go",)


def test_go_build_tags_are_those_of_the_configured_linter(repository: Repository) -> None:
    config = 'version: "2"\nrun:\n  build-tags: [fips]\n'
    project = only(discover(repository, {**module(), ".golangci.yml": config}))
    assert project.words("build_tags") == ("fips",)


def test_go_an_ignored_workspace_is_not_there(repository: Repository) -> None:
    files = {**module(), **module("sdk", "example.com/kit/sdk"), "go.work": "go 1.25\nuse ./sdk\n"}
    found = discover(repository, {**files, ".gitignore": "go.work\ngo.work.sum\n"})
    assert manifests(found) == ["go.mod", "sdk/go.mod"]
