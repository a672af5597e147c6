"""The traps of twenty surveyed repositories, as far as they concern JavaScript and TypeScript.

The numbers are the survey's; axios, got and vite are rebuilt in small as they were found. Those
below `javascript_` are its advice for the languages (part 2), `manifests_` for what is no product
(part 3).
"""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from toy_repository import Repository

from pytest_forge.errors import NoReference
from pytest_forge.listing import list_tree
from pytest_forge.projects import Project
from pytest_forge.releases.last import last_release
from pytest_forge.repository import Discovery, find_projects
from pytest_forge.settings import ProjectSettings, Settings
from pytest_forge.toolchains.typescript import TOOLCHAIN
from pytest_forge.toolchains.typescript.compiling import configurations
from pytest_forge.toolchains.typescript.preparation import command


def package(name: str = "kit", version: str = "1.0.0", **stated: Any) -> str:
    return json.dumps({"name": name, "version": version, **stated})


AXIOS = {
    ".eslintrc.cjs": 'module.exports = {extends: "eslint:recommended"};\n',
    "package-lock.json": "{}",
    "package.json": package(
        "axios",
        "1.7.9",
        types="index.d.ts",
        scripts={
            "test": "npm run test:eslint && npm run test:mocha && npm run test:exports",
            "test:eslint": "node bin/hotfix.js eslint lib/**/*.js",
            "test:mocha": "node bin/hotfix.js mocha test/unit/**/*.js --timeout 30000 --exit",
            "test:exports": "node bin/hotfix.js mocha test/module/test.js --exit",
            "build": "gulp clear && cross-env NODE_ENV=production rollup -c -m",
        },
    ),
    "tsconfig.json": '{"compilerOptions": {"module": "node16", "strict": true}}\n',
    "index.js": 'export {default} from "./lib/axios.js";\n',
    "index.d.ts": "export const version: string;\n",
    "lib/axios.js": "export default 1;\n",
    "dist/axios.min.js": "var a=1;\n",
    "dist/node/axios.cjs": "module.exports = 1;\n",
    "gulpfile.js": "",
    "examples/server.js": "",
    "test/unit/axios.js": "",
    "test/module/test.js": "",
    **{
        f"test/module/{kind}/package.json": package(kind, scripts={"build": "tsc"})
        for kind in ("cjs", "esm", "ts", "typings/cjs", "typings/esm")
    },
    "test/module/ts/index.ts": 'import axios from "axios";\n',
}
GOT = {
    ".npmrc": "package-lock=false\n",
    "package.json": package(
        "got",
        "15.0.5",
        scripts={
            "test": "xo && tsc --noEmit && NODE_OPTIONS='--import=tsx/esm' ava",
            "build": "del-cli dist && tsc",
        },
        devDependencies={"ava": "6", "prettier": "3", "typescript": "5", "xo": "1"},
        ava={"files": ["test/*"], "timeout": "10m"},
    ),
    "tsconfig.json": '{"extends": "@sindresorhus/tsconfig", "include": ["source", "test"]}\n',
    "source/index.ts": "export const got = 1;\n",
    "test/http.ts": "",
    "test/helpers/with-server.ts": "",
}
VITE = {
    "package.json": json.dumps(
        {
            "name": "@vitejs/vite-monorepo",
            "private": True,
            "packageManager": "pnpm@10.34.5",
            "scripts": {
                "preinstall": "npx only-allow pnpm",
                "format": "oxfmt",
                "lint": "eslint --cache . --concurrency auto",
                "typecheck": "tsc -p scripts && pnpm -r --parallel run typecheck",
                "test": "pnpm test-unit && pnpm test-serve",
                "test-serve": "vitest run -c vitest.config.e2e.ts",
                "test-unit": "vitest run",
            },
        }
    ),
    "pnpm-workspace.yaml": "packages:\n  - 'packages/*'\n  - 'playground/**'\n"
    "  - 'packages/**/__tests__/**'\n  - docs\n",
    "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
    "eslint.config.js": "export default [];\n",
    "vitest.config.ts": "",
    "vitest.config.e2e.ts": "",
    "scripts/tsconfig.json": "{}\n",
    "scripts/release.ts": "",
    "docs/package.json": package("docs", private=True),
    "packages/vite/package.json": package(
        "vite", "8.2.2", scripts={"typecheck": "tsc && tsc -p src/node"}
    ),
    "packages/vite/tsconfig.json": "{}\n",
    "packages/vite/src/node/tsconfig.json": "{}\n",
    "packages/vite/src/node/index.ts": "export const one = 1;\n",
    "packages/vite/src/node/__tests__/index.spec.ts": "",
    "packages/vite/src/node/__tests__/packages/name/package.json": package("name"),
    "packages/vite/src/types/package.json": '{"//": "this file is here to make typescript happy"}',
    "packages/create-vite/package.json": package("create-vite", "9.1.2"),
    "packages/create-vite/index.js": "",
    "packages/create-vite/template-vue/package.json": package("app", "0.0.0", private=True),
    "playground/alias/package.json": "\ufeff" + package("@vitejs/test-alias", private=True),
    "playground/alias/dir/nested/package.json": package("@vitejs/test-nested", private=True),
    "playground/alias/__tests__/alias.spec.ts": "",
}


def discover(repository: Repository, files: Mapping[str, str], *asked: str) -> Discovery:
    repository.write(files)
    return find_projects(list_tree(repository.root), Settings(), (TOOLCHAIN,), asked)


def only(found: Discovery) -> Project:
    (project,) = found.projects
    return project


def released(repository: Repository, project: Project, *tags: str) -> str:
    """Return the tag that counts as the last release, after one commit for each of `tags`."""
    for number, tag in enumerate(tags):
        repository.write({"number": f"{number} {tag}"}).commit().git("tag", tag)
    # A release at HEAD itself is not compared with.
    repository.write({"number": project.name}).commit()
    found = last_release(repository.root, project)
    return found.name if found else ""


@pytest.mark.parametrize("tag", ["rel/other-1.2.3", "parent-1.2.3", "other@1.2.3"])
def test_1_tags_of_which_none_fits_are_no_first_release(repository: Repository, tag: str) -> None:
    project = only(discover(repository, {"package.json": package()}))
    with pytest.raises(NoReference, match=tag):
        released(repository, project, tag)


@pytest.mark.parametrize("tag", ["v1.2.3", "1.2.3", "@kit/till@1.2.3", "till-1.2.3", "till@1.2.3"])
def test_1_a_packages_own_tags_are_known(repository: Repository, tag: str) -> None:
    project = only(discover(repository, {"package.json": package("@kit/till")}))
    assert released(repository, project, tag) == tag


def test_2_a_members_tags_are_its_own(repository: Repository) -> None:
    vite = only(discover(repository, VITE))
    create, main = vite.released
    tags = ("v8.2.1", "create-vite@9.1.2", "v8.2.2", "create-vite@9.2.0-beta.0", "v2234")
    assert released(repository, main, *tags) == "v8.2.2"
    assert released(repository, create) == "create-vite@9.1.2"


def test_4_members_have_versions_of_their_own(repository: Repository) -> None:
    vite = only(discover(repository, VITE))
    assert [(one.name, one.text("version")) for one in vite.released] == [
        ("create-vite", "9.1.2"),
        ("vite", "8.2.2"),
    ]


def test_9_the_compiler_is_not_asked_about_plain_javascript(repository: Repository) -> None:
    # axios' tsconfig.json has no `include`: the compiler finds the TypeScript of test/module alone.
    axios = only(discover(repository, AXIOS))
    assert "plain JavaScript" in axios.exempt["types"]
    assert axios.words("tsconfigs") == ()
    assert axios.flag("typed")


def test_9_what_the_script_lints_is_linted(repository: Repository) -> None:
    axios = only(discover(repository, AXIOS))
    assert (axios.text("linter"), axios.words("lint_targets")) == ("eslint", ("lib/**/*.js",))


def test_9_what_is_built_or_serves_the_repository_does_not_ship(repository: Repository) -> None:
    axios = only(discover(repository, AXIOS))
    assert axios.words("sources") == ("index.js", "lib/axios.js")


def test_11_a_formatter_that_another_tool_brings_is_none(repository: Repository) -> None:
    got = only(discover(repository, GOT))
    assert (got.text("linter"), got.text("formatter")) == ("xo", "xo")


def test_16_what_is_broken_on_purpose_is_no_product(repository: Repository) -> None:
    broken = {"test/fixtures/broken/package.json": "{", "src/__tests__/data/package.json": "{,"}
    found = discover(repository, {"package.json": package(), **broken})
    assert [one.manifest for one in found.projects] == ["package.json"]


def test_17_a_byte_order_mark_and_odd_names(repository: Repository) -> None:
    place = "sdk's kit (new)"
    marked = {f"{place}/package.json": "\ufeff" + package(), f"{place}/lib/a b.js": ""}
    project = only(discover(repository, marked))
    assert (project.name, project.words("sources")) == ("kit", ("lib/a b.js",))


def test_21_without_a_lockfile_none_is_written(repository: Repository) -> None:
    got = only(discover(repository, GOT))
    assert command(got)[:3] == ("npm", "install", "--no-package-lock")


def test_21_a_preinstall_script_that_refuses_npm_is_not_asked(repository: Repository) -> None:
    words = command(only(discover(repository, VITE)))
    assert words == ("pnpm", "install", "--ignore-scripts", "--frozen-lockfile")


def test_javascript_the_runner_is_found_among_other_commands(repository: Repository) -> None:
    axios = only(discover(repository, AXIOS))
    assert axios.text("test_runner") == "mocha"
    assert axios.words("test_arguments") == ("test/unit/**/*.js", "--timeout", "30000", "--exit")


def test_javascript_the_runner_keeps_its_environment(repository: Repository) -> None:
    got = only(discover(repository, GOT))
    assert (got.text("test_runner"), got.text("node_options")) == ("ava", "--import=tsx/esm")
    assert got.words("tests") == ("test/http.ts",)


def test_javascript_end_to_end_tests_have_a_configuration(repository: Repository) -> None:
    vite = only(discover(repository, VITE))
    assert vite.text("test_runner") == "vitest"
    assert vite.text("integration_config") == "vitest.config.e2e.ts"


def test_javascript_types_are_checked_as_the_scripts_do(repository: Repository) -> None:
    vite = only(discover(repository, VITE))
    assert configurations(vite, ProjectSettings()) == (
        "scripts/tsconfig.json",
        "packages/vite/tsconfig.json",
        "packages/vite/src/node/tsconfig.json",
    )


def test_javascript_a_formatter_may_stand_in_a_script_alone(repository: Repository) -> None:
    assert only(discover(repository, VITE)).text("formatter") == "oxfmt"


def test_manifests_of_tests_of_modules_are_no_products(repository: Repository) -> None:
    found = discover(repository, AXIOS)
    passed = {one.manifest for one in found.passed_over}
    assert passed == {name for name in AXIOS if name.startswith("test/module/") and "json" in name}
    assert [one.manifest for one in found.projects] == ["package.json"]


def test_manifests_of_playgrounds_and_templates_are_no_products(repository: Repository) -> None:
    found = discover(repository, VITE)
    vite = only(found)
    assert vite.words("packages") == (".", "packages/create-vite", "packages/vite")
    assert not [one for one in vite.words("sources") if one.startswith(("playground", "docs"))]
    why = {one.manifest: one.why for one in found.passed_over}
    assert "no name" in why["packages/vite/src/types/package.json"]
    assert "template" in why["packages/create-vite/template-vue/package.json"]
