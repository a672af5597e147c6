"""What the last release holds in a project's place, in directories that stand for its worktree."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from pytest_forge.errors import NoReference
from pytest_forge.model import Release
from pytest_forge.projects import Project, Tree
from pytest_forge.releases.comparing import FirstRelease
from pytest_forge.releases.counterparts import same_project
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.go.modules import is_another_major, module_path
from pytest_forge.toolchains.rust.manifest import package_name

SDK = "module example.com/kit/sdk\n"


def written(root: Path, files: Mapping[str, str]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    return root


def context(place: Path, manifest: str, now: str, before: Mapping[str, str]) -> Context:
    root = written(place / "now", {manifest: now})
    release = written(place / "release", before)
    project = Project(manifest, "go", "any")
    slots = {"release": str(release), "release_tag": "v1.4.0"}
    tree = Tree(root, (manifest,))
    return Context(project, ProjectSettings(), tree, root, root, place / "scratch", slots)


def compare(one: Context) -> None:
    with same_project(module_path, is_another_major)(one) as slots:
        assert slots == {}


def test_the_project_itself_is_compared(tmp_path: Path) -> None:
    before = {"sdk/go.mod": "// moved soon\nmodule `example.com/kit/sdk`\n"}
    compare(context(tmp_path, "sdk/go.mod", SDK, before))


def test_what_was_only_required_before_did_not_stand_there(tmp_path: Path) -> None:
    before = {"go.mod": "module example.com/kit\n\nrequire example.com/kit/sdk v0.1.0\n"}
    with pytest.raises(FirstRelease) as caught:
        compare(context(tmp_path, "sdk/go.mod", SDK, before))
    assert caught.value.report.release == Release("", None)
    assert caught.value.report.notes == ()


def test_what_stood_elsewhere_is_no_first_release(tmp_path: Path) -> None:
    before = {"a/go.mod": "module (\n", "go.mod": "module example.com/kit\n", "old/go.mod": SDK}
    with pytest.raises(NoReference, match=r"sdk/go\.mod stood elsewhere in v1\.4\.0: old/go\.mod"):
        compare(context(tmp_path, "sdk/go.mod", SDK, before))


def test_a_new_major_version_is_a_module_of_its_own(tmp_path: Path) -> None:
    before = {"go.mod": "module example.com/kit\n"}
    with pytest.raises(FirstRelease) as caught:
        compare(context(tmp_path, "go.mod", "module example.com/kit/v2\n", before))
    (note,) = caught.value.report.notes
    assert note == "example.com/kit/v2 begins anew: what v1.4.0 released is example.com/kit"


def test_another_name_in_the_same_place_is_no_first_release(tmp_path: Path) -> None:
    before = {"go.mod": "module example.com/kit\n"}
    with pytest.raises(NoReference, match=r"declared example\.com/kit in v1\.4\.0, not .*/kid"):
        compare(context(tmp_path, "go.mod", "module example.com/kid\n", before))


def test_a_workspace_without_a_package_has_no_name_to_compare(tmp_path: Path) -> None:
    before = {"Cargo.toml": '[package]\nname = "kit"\n'}
    workspace = context(tmp_path, "Cargo.toml", "[workspace]\n", before)
    with same_project(package_name)(workspace) as slots:
        assert slots == {}


def test_a_package_that_others_depended_on_did_not_stand_there(tmp_path: Path) -> None:
    before = {"Cargo.toml": '[package]\nname = "kit"\n[dependencies]\nkit-inner = "1"\n'}
    member = context(tmp_path, "inner/Cargo.toml", '[package]\nname = "kit-inner"\n', before)
    with pytest.raises(FirstRelease), same_project(package_name)(member):
        pass
