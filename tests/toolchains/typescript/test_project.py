"""Which manifests declare a TypeScript or JavaScript project, and the facts of one."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Project, Tree
from pytest_forge.repository import find_projects
from pytest_forge.settings import Settings
from pytest_forge.toolchains.typescript import TOOLCHAIN
from pytest_forge.toolchains.typescript.project import inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]


def package(**stated: Any) -> str:
    return json.dumps({"name": "kit", "version": "1.0.0", **stated})


def project(tree: Tree, manifest: str = "package.json") -> Project:
    found = inspect(tree, manifest)
    assert isinstance(found, Project), found
    return found


def found_in(tree: Tree) -> tuple[dict[str, Project], dict[str, str]]:
    found = find_projects(tree, Settings(), (TOOLCHAIN,))
    return (
        {one.manifest: one for one in found.projects},
        {one.manifest: one.why for one in found.passed_over},
    )


def test_a_typed_package_is_a_project(tree_of: TreeOf) -> None:
    files = {
        "package.json": package(
            scripts={"test": "vitest run", "typecheck": "tsc -p ."},
            dependencies={"nanoid": "5"},
            devDependencies={"vitest": "4"},
            engines={"node": ">=22 || ^20.19"},
        ),
        "tsconfig.json": '{"compilerOptions": {"strict": true,}, /* all */ "include": ["src"]}',
        "src/index.ts": "export const one = 1;\n",
        "src/made.d.ts": "export {};\n",
        "test/index.test.ts": "",
        "test/integration/service.test.ts": "",
        "vitest.config.ts": "",
        "package-lock.json": "{}",
    }
    found = project(tree_of(files))
    assert (found.language, found.name, dict(found.exempt)) == ("typescript", "kit", {})
    assert found.flag("typescript")
    assert found.flag("typed")
    assert found.words("tsconfigs") == ("tsconfig.json",)
    assert found.words("sources") == ("src/index.ts",)
    assert found.words("unit_tests") == ("test/index.test.ts",)
    assert found.words("integration_tests") == ("test/integration/service.test.ts",)
    assert found.text("test_runner") == "vitest"
    assert found.words("dependencies") == ("nanoid",)
    assert (found.text("manager"), found.text("lockfile")) == ("npm", "package-lock.json")
    assert found.text("node_version") == "20.19"


def test_plain_javascript_has_no_types_to_check(tree_of: TreeOf) -> None:
    found = project(tree_of({"package.json": package(), "index.js": "", "index.d.ts": ""}))
    assert "plain JavaScript" in found.exempt["types"]
    assert found.words("sources") == ("index.js",)


def test_javascript_that_is_checked_is_typed(tree_of: TreeOf) -> None:
    config = '{"extends": "./base", "include": ["lib"]}'
    base = '{"compilerOptions": {"checkJs": true}}'
    files = {"package.json": package(), "lib/a.js": "", "tsconfig.json": config, "base.json": base}
    found = project(tree_of(files))
    assert found.flag("typescript")
    assert "types" not in found.exempt


def test_what_is_private_has_no_release(tree_of: TreeOf) -> None:
    found = project(tree_of({"package.json": package(private=True, scripts={"a": "b"})}))
    assert "private" in found.exempt["breaking-changes"]


@pytest.mark.parametrize(
    ("stated", "why"),
    [({"type": "module"}, "no name"), ({"name": "kit"}, "neither scripts nor workspaces")],
)
def test_other_manifests_are_none(stated: dict[str, Any], why: str, tree_of: TreeOf) -> None:
    found = inspect(tree_of({"package.json": json.dumps(stated)}), "package.json")
    assert isinstance(found, str)
    assert why in found


def test_a_byte_order_mark_is_no_harm(tree_of: TreeOf) -> None:
    tree = tree_of({"package.json": b"\xef\xbb\xbf" + package(scripts={"a": "b"}).encode()})
    assert project(tree).name == "kit"


def test_a_broken_manifest_names_its_place(tree_of: TreeOf) -> None:
    with pytest.raises(ConfigurationError, match=r"package\.json: not JSON: .*line 2"):
        inspect(tree_of({"package.json": '{"name": "kit",\n}'}), "package.json")


WORKSPACE = {
    "package.json": json.dumps({"name": "all", "private": True, "workspaces": ["packages/*"]}),
    "packages/a/package.json": package(name="@kit/a", version="1.2.0"),
    "packages/a/src/a.ts": "",
    "packages/b/package.json": package(name="@kit/b", private=True),
    "packages/b/b.js": "",
    "packages/a/test/fixture/package.json": package(name="fixture", scripts={"a": "b"}),
    "tools/package.json": package(name="tools", scripts={"a": "b"}),
    "tools/tool.js": "",
}


@pytest.mark.parametrize("manager", ["npm", "pnpm"])
def test_a_workspace_owns_its_members(manager: str, tree_of: TreeOf) -> None:
    files = dict(WORKSPACE)
    if manager == "pnpm":
        files["package.json"] = json.dumps({"name": "all", "private": True})
        files["pnpm-workspace.yaml"] = "packages:\n  - packages/**\n  - '!**/test/**'\n"
        files["pnpm-lock.yaml"] = ""
    projects, passed = found_in(tree_of(files))
    assert set(projects) == {"package.json", "tools/package.json"}
    root = projects["package.json"]
    assert root.members == ("packages/a/package.json", "packages/b/package.json")
    assert [(one.name, one.text("version")) for one in root.published] == [("@kit/a", "1.2.0")]
    assert root.words("packages") == (".", "packages/a", "packages/b")
    assert root.words("sources") == ("packages/a/src/a.ts", "packages/b/b.js")
    assert root.text("manager") == manager
    assert "packages/a/test/fixture/package.json" in passed


def test_members_in_playgrounds_are_no_products(tree_of: TreeOf) -> None:
    files = {
        **WORKSPACE,
        "package.json": json.dumps({"name": "all", "workspaces": ["packages/*", "playground/**"]}),
        "playground/x/package.json": package(name="x", private=True),
        "playground/x/x.ts": "",
    }
    found = project(tree_of(files))
    assert "playground/x/package.json" in found.members
    assert "playground/x" not in found.words("packages")
    assert not [path for path in found.words("sources") if path.startswith("playground")]


@pytest.mark.parametrize(
    ("stated", "files", "manager", "lockfile"),
    [
        ({}, {}, "npm", ""),
        ({}, {"yarn.lock": ""}, "yarn", "yarn.lock"),
        ({"packageManager": "pnpm@10.1.0+sha512.a"}, {"package-lock.json": "{}"}, "pnpm", ""),
        ({"packageManager": "yarn@4.1.0"}, {"yarn.lock": ""}, "yarn", "yarn.lock"),
        ({}, {"npm-shrinkwrap.json": "{}"}, "npm", "npm-shrinkwrap.json"),
    ],
)
def test_the_manager_is_the_stated_one_else_the_lockfiles(
    stated: dict[str, str], files: dict[str, str], manager: str, lockfile: str, tree_of: TreeOf
) -> None:
    found = project(tree_of({"package.json": package(**stated), **files}))
    assert (found.text("manager"), found.text("lockfile")) == (manager, lockfile)


@pytest.mark.parametrize(
    ("scripts", "runner", "arguments"),
    [
        ({"test": "vitest"}, "vitest", ()),
        ({"test": "npm run lint && npm run test:mocha", "lint": "eslint .", "test:mocha":
          "node hook.js mocha 'test/**/*.js' --timeout 30 --exit"},
         "mocha", ("test/**/*.js", "--timeout", "30", "--exit")),
        ({"test": "xo && tsc --noEmit && NODE_OPTIONS='--import=tsx/esm' ava"}, "ava", ()),
        ({"test": "c8 node --test --import tsx 'test/*.ts'"}, "node",
         ("--import", "tsx", "test/*.ts")),
        ({"test": "jest --watch --coverage --reporters default -i"}, "jest", ("-i",)),
        ({"test": "pnpm test-unit && pnpm test-e2e", "test-unit": "vitest run",
          "test-e2e": "playwright test"}, "vitest", ()),
        ({"build": "tsc"}, "", ()),
    ],
)  # fmt: skip
def test_the_runner_is_found_in_the_scripts(
    scripts: dict[str, str], runner: str, arguments: tuple[str, ...], tree_of: TreeOf
) -> None:
    found = project(tree_of({"package.json": package(scripts=scripts)}))
    assert (found.text("test_runner"), found.words("test_arguments")) == (runner, arguments)


def test_what_the_script_leaves_out_is_told(tree_of: TreeOf) -> None:
    scripts = {"test": "vitest run -t adds && npm run other", "other": "vitest run --retry 2"}
    found = project(tree_of({"package.json": package(scripts=scripts)}))
    assert found.words("test_arguments") == ("-t", "adds")
    assert found.words("tests_left_out") == (
        "the script test runs a part of the tests: -t adds",
        "of the script test only the first call is measured, not: vitest run --retry 2",
    )
    twice = {"test": "vitest run && vitest run --coverage"}
    assert project(tree_of({"package.json": package(scripts=twice)})).words("tests_left_out") == ()


def test_what_type_coverage_is_told_to_pass_over_is_known(tree_of: TreeOf) -> None:
    stated = {"typeCoverage": {"atLeast": 90, "ignoreFiles": ["src/b.ts"], "ignoreCatch": True}}
    files = {"package.json": package(**stated), "tsconfig.json": "{}", "src/a.ts": ""}
    found = project(tree_of(files))
    assert found.words("types_ignored") == ("ignoreFiles", "ignoreCatch")


def test_a_configuration_that_checks_nothing_is_known(tree_of: TreeOf) -> None:
    files = {
        "package.json": package(),
        "tsconfig.json": '{"extends": "./base.json"}',
        "base.json": '{"compilerOptions": {"noCheck": true}}',
        "src/a.ts": "",
    }
    assert project(tree_of(files)).words("unchecked") == ("tsconfig.json",)
    files["base.json"] = "{}"
    assert project(tree_of(files)).words("unchecked") == ()


def test_the_runners_environment_is_kept(tree_of: TreeOf) -> None:
    scripts = {"test": "xo && NODE_OPTIONS='--import=tsx/esm' ava"}
    found = project(tree_of({"package.json": package(scripts=scripts)}))
    assert found.text("node_options") == "--import=tsx/esm"


def test_a_runner_without_a_script_is_found_by_its_configuration(tree_of: TreeOf) -> None:
    files = {"package.json": package(), "jest.config.mjs": ""}
    assert project(tree_of(files)).text("test_runner") == "jest"
    files = {"package.json": package(), "a.test.js": "import test from 'node:test';\n"}
    assert project(tree_of(files)).text("test_runner") == "node"


def test_integration_tests_may_have_a_configuration_of_their_own(tree_of: TreeOf) -> None:
    scripts = {"test": "vitest run", "test:e2e": "vitest run -c e2e.config.ts"}
    assert (
        project(tree_of({"package.json": package(scripts=scripts)})).text("integration_config")
        == "e2e.config.ts"
    )


@pytest.mark.parametrize(
    ("stated", "files", "linter", "formatter"),
    [
        ({}, {}, "", ""),
        ({}, {"eslint.config.js": "", ".prettierrc": ""}, "eslint", "prettier"),
        ({}, {".eslintrc.cjs": ""}, "eslint", ""),
        ({"devDependencies": {"xo": "1", "prettier": "3"}}, {}, "xo", "xo"),
        ({"prettier": {}}, {"biome.json": "{}"}, "biome", "prettier"),
        ({}, {"biome.jsonc": "{}"}, "biome", "biome"),
        ({}, {"biome.json": '{"formatter": {"enabled": false}}'}, "biome", ""),
        ({}, {"biome.json": '{"linter": {"enabled": false,}}'}, "", "biome"),
        ({"scripts": {"lint": "eslint --cache ."}}, {".oxfmtrc.json": "{}"}, "eslint", "oxfmt"),
        ({"scripts": {"format": "prettier --check ."}}, {}, "", "prettier"),
        ({"devDependencies": {"prettier": "3"}}, {}, "", ""),
    ],
)
def test_linter_and_formatter_are_the_configured_ones(
    stated: dict[str, Any], files: dict[str, str], linter: str, formatter: str, tree_of: TreeOf
) -> None:
    found = project(tree_of({"package.json": package(**stated), **files}))
    assert (found.text("linter"), found.text("formatter")) == (linter, formatter)


def test_what_the_script_lints_is_linted(tree_of: TreeOf) -> None:
    scripts = {"lint": "eslint --cache --concurrency auto lib/**/*.js"}
    found = project(tree_of({"package.json": package(scripts=scripts)}))
    assert found.words("lint_targets") == ("lib/**/*.js",)


def test_a_complexity_limit_of_the_projects_own_stands(tree_of: TreeOf) -> None:
    config = "export default [{ rules: { complexity: ['error', { max: 14 }] } }];\n"
    found = project(tree_of({"package.json": package(), "eslint.config.mjs": config}))
    assert dict(found.limits) == {"complexity.max": 14}


def test_coverage_limits_of_the_projects_own_stand(tree_of: TreeOf) -> None:
    jest = {"coverageThreshold": {"global": {"lines": 91, "statements": -3}}}
    found = project(tree_of({"package.json": package(jest=jest)}))
    assert dict(found.limits) == {"coverage.line": 91}


def test_scripts_name_the_configurations(tree_of: TreeOf) -> None:
    scripts = {"build": "tsc -b", "typecheck": "tsc --noEmit && tsc -p src/node"}
    files = {
        "package.json": package(scripts=scripts),
        "tsconfig.json": '{"references": [{"path": "src/node"}]}',
        "src/node/tsconfig.json": "{}",
        "src/node/a.ts": "",
    }
    found = project(tree_of(files))
    assert found.words("tsconfigs") == ("tsconfig.json", "src/node/tsconfig.json")
    assert found.words("references") == ("tsconfig.json",)


def test_biome_lints_what_its_script_names(tree_of: TreeOf) -> None:
    stated = package(scripts={"lint": "biome check --error-on-warnings ./src scripts"})
    found = project(tree_of({"package.json": stated, "biome.json": "{}", "src/a.js": ""}))
    assert found.words("lint_targets") == ("./src", "scripts")
