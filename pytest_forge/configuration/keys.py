"""Every key of the configuration, declared as data.

The parser (`config.py`) and the reference in the documentation are both made from these tables: a
key that does not stand here does not exist.
"""

from typing import Any

from pytest_forge.configuration.artifact_keys import ARTIFACT
from pytest_forge.configuration.names import (
    EXEMPTIONS,
    GATE,
    LANGUAGE,
    LICENSES,
    LIMITS,
    TAG_PATTERN,
    TIMEOUTS,
    URL,
    VERSIONS,
)
from pytest_forge.configuration.performance_keys import (
    COMMANDS,
    PERFORMANCE,
    SUITE,
    THRESHOLD,
    performance,
)
from pytest_forge.configuration.profile_keys import PROFILE, profile
from pytest_forge.configuration.tables import Key, Table, many, named, one
from pytest_forge.configuration.tool_keys import TOOL, tool
from pytest_forge.configuration.values import (
    DATE,
    DIRECTORY,
    DURATION,
    FLAG,
    GLOB,
    GLOBS,
    NAMES,
    TEXT,
    Place,
)
from pytest_forge.settings import AdvisorySource, LicensePolicy, Override, Waiver


def _licenses(fields: dict[str, Any], place: Place) -> LicensePolicy:
    return LicensePolicy(**fields)


def _advisories(fields: dict[str, Any], place: Place) -> AdvisorySource:
    if "database" in fields and "url" in fields:
        raise place.wrong("database and url exclude each other; remove one of them")
    return AdvisorySource(**fields)


def _override(fields: dict[str, Any], place: Place) -> Override:
    if "path" not in fields and "language" not in fields:
        raise place.wrong("needs the key path or language, which say where it holds")
    return Override(**fields)


def _waiver(fields: dict[str, Any], place: Place) -> Waiver:
    return Waiver(**fields)


LICENSES_TABLE = Table(
    "licenses",
    "[tool.pytest-forge.licenses]",
    "Which licenses the dependencies may have.",
    (
        Key(
            "allow",
            LICENSES,
            "SPDX identifiers of the licenses that a dependency which ships may have. Of an OR one "
            "allowed side is enough. Replaces the default list.",
            '["MIT", "Apache-2.0"]',
            "the usual permissive licenses and MPL-2.0",
        ),
        Key(
            "allow-test-only",
            LICENSES,
            "Further licenses for dependencies that do not ship: those of the tests and the "
            "tooling. Where this is not set, what could not ship is only reported.",
            '["GPL-3.0-or-later"]',
            "not judged",
        ),
        Key(
            "headers",
            FLAG,
            "Whether every source file must carry an SPDX license header.",
            "true",
            "false",
        ),
    ),
)

ADVISORIES_TABLE = Table(
    "advisories",
    "[tool.pytest-forge.advisories]",
    "Where vulnerability data comes from. Without this table each ecosystem's own audit tool asks "
    "its own feed. The environment variable FORGE_ADVISORIES, a directory, stands above `database` "
    "and `url`.",
    (
        Key(
            "database",
            DIRECTORY,
            "A directory with OSV's own export (`<ecosystem>/all.zip`, or the same JSON files as "
            "`<ecosystem>/<ID>.json`), relative to forge's root. Used offline, instead of the "
            "ecosystem's audit tool.",
            '"advisories"',
        ),
        Key(
            "url",
            URL,
            "The address of an OSV-compatible server, to be asked instead of the ecosystem's feed. "
            "Either this or `database`.",
            '"https://osv.example.org"',
        ),
        Key(
            "max-age",
            DURATION,
            "How old the newest record may be; older data is the error `no-reference`.",
            '"30d"',
            "the age is reported, not judged",
        ),
    ),
)

OVERRIDE = Table(
    "override",
    "[[tool.pytest-forge.override]]",
    "Other settings for some of the projects: those that fit `path` and `language`, of which at "
    "least one must be given. The last override that sets a key wins, key by key.",
    (
        Key(
            "path",
            GLOB,
            "The projects whose directory fits this glob. `sdks/**` is `sdks` and all below; the "
            'root\'s own directory is ".".',
            '"sdks/python/**"',
            "every directory",
        ),
        Key("language", LANGUAGE, "The projects of this language.", '"python"', "every language"),
        Key(
            "limits",
            LIMITS,
            "As `limits` of the whole repository, for these projects.",
            '{ "coverage.branch" = 60 }',
        ),
        Key(
            "exempt",
            EXEMPTIONS,
            "As `exempt` of the whole repository, for these projects.",
            '{ integration-tests = "a pure parser: nothing to integrate" }',
        ),
        Key(
            "targets",
            NAMES,
            "As `targets` of the whole repository, for these projects.",
            '["wasm32-unknown-unknown"]',
        ),
        Key(
            "depends",
            GLOBS,
            "As `depends` of the whole repository, for these projects.",
            '["libs/core/**", "proto/**"]',
        ),
    ),
)

WAIVER = Table(
    "waiver",
    "[[tool.pytest-forge.waiver]]",
    "A finding that somebody answers for until a date. It marks the finding and removes nothing; "
    "when it has expired it is ignored and named.",
    (
        Key("gate", GATE, "The gate that reports the finding.", '"security"', required=True),
        Key(
            "rule",
            TEXT,
            "The finding's rule, exactly as the report shows it.",
            '"GHSA-xxxx-xxxx-xxxx"',
            required=True,
        ),
        Key(
            "reason",
            TEXT,
            "Why the finding may stand.",
            '"the vulnerable function is never called"',
            required=True,
        ),
        Key("approver", TEXT, "Who answers for it.", '"Ada Lovelace"', required=True),
        Key("expires", DATE, "The last day on which it holds.", "2027-01-31", required=True),
        Key(
            "path",
            GLOB,
            "A glob over the path of the finding's file, to hold only there.",
            '"src/legacy/**"',
            "every path",
        ),
    ),
)

SETTINGS = Table(
    "",
    "[tool.pytest-forge]",
    "The settings of the whole repository. In `forge.toml` the same tables stand without the "
    "prefix `tool.pytest-forge`.",
    (
        Key(
            "exclude",
            GLOBS,
            "Paths that are left out of the run; the report lists the projects among them.",
            '["third_party/**"]',
            "[]",
        ),
        Key(
            "include",
            GLOBS,
            "Manifests that are projects although they stand below a directory such as `tests` or "
            "`examples`.",
            '["examples/client/pyproject.toml"]',
            "[]",
        ),
        Key(
            "versions",
            VERSIONS,
            "Whether all published projects carry one version or each its own.",
            '"together"',
            '"together" where there is a VERSION file, else "independent"',
        ),
        Key(
            "tag-pattern",
            TAG_PATTERN,
            "How release tags are written where they are none of the usual forms (`v1.2.3`, "
            "`1.2.3`, either behind `name-`, `name@` or `path/`).",
            '"release-{version}"',
            "the usual forms",
        ),
        Key(
            "limits",
            LIMITS,
            "Limits by measure, in place of the gates' defaults.",
            '{ "coverage.line" = 90, "complexity.max" = 12 }',
            "each gate's own",
        ),
        Key(
            "exempt",
            EXEMPTIONS,
            "Gates, or checks written as `gate::check`, that do not apply, each with the reason "
            "that the report shows.",
            '{ integration-tests = "a pure parser", "types::mypy" = "generated code" }',
            "{}",
        ),
        Key(
            "timeouts",
            TIMEOUTS,
            "How long a check may run, by the check's name.",
            '{ pytest = "30m" }',
            "each check's own",
        ),
        Key(
            "targets",
            NAMES,
            "Further targets (platforms) for which a project must compile, as its compiler names "
            "them; a check is made for each.",
            '["wasm32-unknown-unknown"]',
            "those that the project declares itself",
        ),
        Key(
            "depends",
            GLOBS,
            "What a project is built on beside the paths that its manifest names: paths, and the "
            "directories of other projects. With `--forge-since` a change of these touches the "
            "project too.",
            '["proto/**"]',
            "what the workspaces and manifests say",
        ),
        Key(
            "licenses",
            one(LICENSES_TABLE, _licenses),
            "Which licenses the dependencies may have.",
            '{ allow = ["MIT", "Apache-2.0"], headers = false }',
        ),
        Key(
            "advisories",
            one(ADVISORIES_TABLE, _advisories),
            "Where vulnerability data comes from.",
            '{ database = "advisories", max-age = "30d" }',
        ),
        Key(
            "performance",
            one(PERFORMANCE, performance),
            "What is measured of a project: artifacts, start-up, benchmarks.",
            '{ artifacts = { wheel = { manifest = "pyproject.toml", command = ["uv", "build", '
            '"--out-dir={output}"], path = "{output}/*.whl" } } }',
            "nothing",
        ),
        Key(
            "override",
            many(OVERRIDE, _override),
            "Other settings for some of the projects.",
            '[{ language = "python", limits = { "coverage.branch" = 60 } }]',
            "[]",
            field_name="overrides",
        ),
        Key(
            "waiver",
            many(WAIVER, _waiver),
            "Findings that somebody answers for until a date.",
            '[{ gate = "security", rule = "GHSA-xxxx-xxxx-xxxx", reason = "never called", '
            'approver = "Ada Lovelace", expires = 2027-01-31 }]',
            "[]",
            field_name="waivers",
        ),
        Key(
            "tools",
            named(TOOL, tool),
            "Tools of your own.",
            '{ yamllint = { gate = "quality", manifest = "pyproject.toml", '
            'command = ["yamllint", "."], format = "sarif" } }',
            "{}",
        ),
        Key(
            "base",
            TEXT,
            "The branch into which pull requests go, as git names it here. It is read from the "
            "remote's default branch, never from the branch that is judged.",
            '"origin/develop"',
            "the remote's default branch",
        ),
        Key(
            "profiles",
            named(PROFILE, profile),
            "Profiles of your own.",
            '{ commit = { extends = "quick", skip = ["types"] } }',
            "{}",
        ),
    ),
)

TABLES = (
    *(SETTINGS, OVERRIDE, WAIVER, LICENSES_TABLE, ADVISORIES_TABLE, TOOL, PROFILE),
    *(PERFORMANCE, SUITE, COMMANDS, ARTIFACT, THRESHOLD),
)
"""All tables, in the order of the reference."""
