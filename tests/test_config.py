"""From configuration files to settings, and what is said of bad ones."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from pytest_forge import config
from pytest_forge.configuration.keys import TABLES
from pytest_forge.configuration.tables import Key, Table
from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Tree
from pytest_forge.settings import Override, Settings, UserTool, Waiver

GATES = ("compilation", "types", "unit-tests", "integration-tests", "quality", "security")
CHECKS = {"types": ("mypy", "pyright"), "unit-tests": ("pytest",), "quality": ("ruff",)}
MEASURES = ("complexity.max", "coverage.branch", "coverage.line", "lint.findings")


def load(directory: Path, environment: Mapping[str, str] | None = None) -> Settings:
    return config.load(
        config.find_root(directory),
        GATES,
        CHECKS,
        MEASURES,
        ("junit", "sarif"),
        environment or {},
        known_languages=("python", "rust"),
        known_runs=("shared-run",),
    )


def load_text(directory: Path, text: str) -> Settings:
    (directory / "forge.toml").write_text(text)
    return load(directory)


def test_without_a_configuration_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings()


def test_every_key_is_read(tmp_path: Path) -> None:
    settings = load_text(
        tmp_path,
        """
        exclude = ["third_party/**"]
        include = ["examples/client/pyproject.toml"]
        versions = "together"
        tag-pattern = "release-{version}"
        limits = { "coverage.line" = 90, "complexity.max" = 12.5 }
        exempt = { integration-tests = "a parser", "types::mypy" = "generated" }
        timeouts = { pytest = "30m", shared-run = "2h" }
        licenses = { allow = ["MIT", "LicenseRef-ours"], allow-test-only = [], headers = true }
        advisories = { database = "osv", max-age = "30d" }
        [[override]]
        path = "sdks/**"
        language = "python"
        limits = { "coverage.branch" = 60 }
        exempt = { quality = "generated" }
        [[waiver]]
        gate = "security"
        rule = "GHSA-1"
        reason = "never called"
        approver = "Ada"
        expires = 2027-01-31
        path = "src/**"
        [tools.yamllint]
        gate = "quality"
        manifest = "pyproject.toml"
        command = ["yamllint", "."]
        format = "sarif"
        output = "out.sarif"
        proof = "lint.findings"
        supplies = ["complexity.max"]
        clean = [0, 3]
        findings = [1]
        nothing = [5]
        gap = [155]
        version = ["-V"]
        install = "pip install yamllint"
        timeout = "90s"
        prepared = true
        """,
    )
    defaults = settings.defaults
    assert settings.source == tmp_path / "forge.toml"
    assert settings.exclude == ("third_party/**",)
    assert settings.include == ("examples/client/pyproject.toml",)
    assert (defaults.versions, defaults.tag_pattern) == ("together", "release-{version}")
    assert defaults.limits == {"coverage.line": 90, "complexity.max": 12.5}
    assert defaults.exempt == {"integration-tests": "a parser", "types::mypy": "generated"}
    assert defaults.timeouts == {"pytest": timedelta(minutes=30), "shared-run": timedelta(hours=2)}
    assert defaults.licenses.allow == ("MIT", "LicenseRef-ours")
    assert defaults.licenses.allow_test_only == ()
    assert defaults.licenses.headers
    assert defaults.advisories.database == tmp_path / "osv"
    assert defaults.advisories.max_age == timedelta(days=30)
    assert settings.overrides == (
        Override("sdks/**", "python", {"coverage.branch": 60}, {"quality": "generated"}),
    )
    assert settings.waivers == (
        Waiver("security", "GHSA-1", "never called", "Ada", date(2027, 1, 31), "src/**"),
    )
    assert settings.tools == (
        UserTool(
            name="yamllint",
            gate="quality",
            manifest="pyproject.toml",
            command=("yamllint", "."),
            format="sarif",
            output="out.sarif",
            proof="lint.findings",
            supplies=("complexity.max",),
            clean=(0, 3),
            findings=(1,),
            nothing=(5,),
            gap=(155,),
            version=("-V",),
            install="pip install yamllint",
            timeout=timedelta(seconds=90),
            prepared=True,
        ),
    )
    assert settings.raw["versions"] == "together"


def test_pyproject_holds_the_same_tables_behind_a_prefix(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.pytest-forge]\nexclude = ["a/**"]\n')
    settings = load(tmp_path)
    assert settings.exclude == ("a/**",)
    assert settings.source == tmp_path / "pyproject.toml"


def test_measures_may_be_written_without_quotes(tmp_path: Path) -> None:
    settings = load_text(tmp_path, "[limits]\ncoverage.line = 90\ncomplexity.max = 3\n")
    assert settings.defaults.limits == {"coverage.line": 90, "complexity.max": 3}


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(
        b'\xef\xbb\xbf[tool.pytest-forge]\nversions = "together"\n'
    )
    assert load(tmp_path).defaults.versions == "together"


def test_a_check_of_the_users_own_may_be_exempt_and_limited_in_time(tmp_path: Path) -> None:
    settings = load_text(
        tmp_path,
        'exempt = { "quality::mine" = "why" }\ntimeouts = { mine = "1m" }\n'
        '[tools.mine]\ngate = "quality"\nmanifest = "*"\ncommand = ["x"]\nformat = "sarif"\n',
    )
    assert settings.defaults.exempt == {"quality::mine": "why"}
    assert settings.defaults.timeouts == {"mine": timedelta(minutes=1)}


def test_a_variant_is_known_by_its_checks_name(tmp_path: Path) -> None:
    settings = load_text(tmp_path, 'exempt = { "unit-tests::pytest[3.12]" = "not yet" }\n')
    assert settings.defaults.exempt == {"unit-tests::pytest[3.12]": "not yet"}


WAIVER = 'gate = "security"\nrule = "R"\nreason = "r"\napprover = "a"\nexpires = 2027-01-31\n'
TOOL = '[tools.x]\ngate = "quality"\nmanifest = "*"\ncommand = ["x"]\nformat = "sarif"\n'

BAD = {
    "excludes = []": 'excludes: unknown key; did you mean "exclude"?',
    "profile = {}": 'profile: unknown key; did you mean "profiles"?',
    "exclude = 'a'": "exclude: expected a list of strings, found a string",
    "exclude = [1]": "exclude[0]: expected a string, found an integer",
    "exclude = ['../x']": 'exclude[0]: "../x" must be relative, without ..',
    "exclude = ['/x']": 'exclude[0]: "/x" must be relative, without ..',
    "include = ['a', '']": "include[1]: must not be empty",
    "versions = 'alone'": 'versions: "alone": unknown value; known: independent, together',
    "versions = 1": "versions: expected a string, found an integer",
    "tag-pattern = 'v'": 'tag-pattern: "v" must hold {version} exactly once',
    "limits = { 'coverage.lin' = 9 }": (
        'limits."coverage.lin": unknown measure; did you mean "coverage.line"?'
    ),
    "limits = { coverage.lin = 9 }": 'limits."coverage.lin": unknown measure; did you mean',
    "limits = 9": "limits: expected a table of measures and numbers, found an integer",
    "limits = { 'coverage.line' = '90%' }": (
        'limits."coverage.line": expected a number, found a string'
    ),
    "limits = { 'coverage.line' = true }": (
        'limits."coverage.line": expected a number, found a boolean'
    ),
    "limits = { 'coverage.line' = nan }": 'limits."coverage.line": nan is not a number from 0',
    "limits = { 'coverage.line' = -1 }": 'limits."coverage.line": -1 is not a number from 0',
    "exempt = { type = 'r' }": 'exempt.type: unknown gate; did you mean "types"?',
    "exempt = { 'typos::mypy' = 'r' }": 'exempt."typos::mypy": unknown gate; did you mean "types"?',
    "exempt = { 'types::mypi' = 'r' }": 'exempt."types::mypi": unknown check; did you mean "mypy"?',
    "exempt = { 'types::' = 'r' }": 'exempt."types::": unknown check; known: mypy, pyright',
    "exempt = { security = '' }": "exempt.security: must not be empty",
    "exempt = { security = true }": "exempt.security: expected a string, found a boolean",
    "exempt = ['security']": "exempt: expected a table of gates and reasons, found a list",
    "timeouts = { pytes = '1m' }": 'timeouts.pytes: unknown check; did you mean "pytest"?',
    "timeouts = { pytest = 60 }": (
        'timeouts.pytest: expected a duration such as "10m" or "30d", found an integer'
    ),
    "timeouts = { pytest = '1 h' }": 'timeouts.pytest: "1 h" is no duration; write one such as',
    "timeouts = { pytest = '0s' }": 'timeouts.pytest: "0s" is no duration',
    "timeouts = { pytest = '99999999999w' }": "timeouts.pytest: the duration is too long",
    "timeouts = '1m'": "timeouts: expected a table of checks and durations, found a string",
    "licenses = { allow = 'MIT' }": "licenses.allow: expected a list of strings, found a string",
    "licenses = { allow = ['Apache2.0'] }": (
        'licenses.allow[0]: "Apache2.0": unknown SPDX license identifier; did you mean "Apache-2.0"'
    ),
    "licenses = { allow = ['MIT OR Zlib'] }": "licenses.allow[0]",
    "licenses = { allow = ['MIT/Zlib'] }": "licenses.allow[0]",
    "licenses = { headers = 'yes' }": "licenses.headers: expected true or false, found a string",
    "licenses = []": "licenses: expected a table, found a list",
    "advisories = { database = 'd', url = 'https://x' }": "advisories: database and url exclude",
    "advisories = { url = 'osv' }": 'advisories.url: "osv" is no http or https address',
    "advisories = { max-age = 2026-01-01 }": "advisories.max-age: expected a duration",
    "override = {}": "override: expected a list of tables, each under [[override]], found a table",
    "[[override]]\nlimits = {}": "override[0]: needs the key path or language",
    "[[override]]\nlanguage = 'pyton'": (
        'override[0].language: "pyton": unknown language; did you mean "python"?'
    ),
    "[[override]]\npath = 'a'\nlimit = {}": (
        'override[0].limit: unknown key; did you mean "limits"?'
    ),
    "waiver = ['x']": "waiver[0]: expected a table, found a string",
    "[[waiver]]\n" + WAIVER.replace('reason = "r"', ""): "waiver[0]: the key reason is missing",
    "[[waiver]]\n" + WAIVER.replace('"r"', '" "'): "waiver[0].reason: must not be empty",
    "[[waiver]]\n" + WAIVER.replace('approver = "a"', ""): "waiver[0]: the key approver is missing",
    "[[waiver]]\n" + WAIVER.replace("expires = 2027-01-31", ""): "waiver[0]: the key expires is",
    "[[waiver]]\n" + WAIVER.replace("2027-01-31", '"2027-01-31"'): (
        "waiver[0].expires: expected a date such as 2027-01-31, without quotes, found a string"
    ),
    "[[waiver]]\n" + WAIVER.replace("2027-01-31", "2027-01-31T10:00:00"): (
        "waiver[0].expires: expected a date such as 2027-01-31, without quotes, found a date with"
    ),
    "[[waiver]]\n" + WAIVER.replace("security", "securty"): (
        'waiver[0].gate: "securty": unknown gate; did you mean "security"?'
    ),
    TOOL.replace("sarif", "sarf"): 'tools.x.format: "sarf": unknown format; did you mean "sarif"?',
    TOOL.replace('["x"]', '"x"'): "tools.x.command: expected a list of strings, found a string",
    TOOL.replace('["x"]', "[]"): "tools.x.command: must not be empty",
    TOOL.replace('gate = "quality"', ""): "tools.x: the key gate is missing",
    TOOL + "findings = [0]": "tools.x: the exit status 0 is declared twice",
    TOOL + "findings = [256]": "tools.x.findings[0]: 256 is no exit status",
    TOOL + "findings = ['1']": "tools.x.findings[0]: expected an integer, found a string",
    TOOL + "findings = 1": "tools.x.findings: expected a list of exit statuses, found an integer",
    TOOL + "proof = 'coverage'": 'tools.x.proof: "coverage": unknown measure; did you mean',
    TOOL.replace("tools.x", "tools.'a::b'"): 'tools."a::b": a tool\'s name consists of',
    TOOL.replace("tools.x", "tools.ruff"): "tools.ruff: forge has a check or run of this name",
    TOOL.replace("tools.x", "tools.shared-run"): "tools.shared-run: forge has a check or run of",
    TOOL.replace('["x"]', '["x", "{roof}"]'): (
        'tools.x.command[1]: {roof}: unknown slot; did you mean "root"?'
    ),
    TOOL.replace('["x"]', '["{python}"]'): "tools.x.command[0]: {python} is the project's",
    TOOL + "output = '../x'": 'tools.x.output: "../x" must be relative',
    TOOL + "supplies = ['coverage']": 'tools.x.supplies[0]: "coverage": unknown measure; did you',
    TOOL + "supplies = 'coverage.line'": "tools.x.supplies: expected a list of strings",
    "tools = ['x']": "tools: expected a table, found a list",
    "tools = { x = 1 }": "tools.x: expected a table, found an integer",
    "[tool.pytest-forge]": "tool: forge.toml holds the tables without the prefix",
}


@pytest.mark.parametrize(("text", "message"), BAD.items())
def test_a_bad_configuration_is_one_line_with_file_and_key(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_text(tmp_path, text)
    assert str(caught.value).startswith(f"forge.toml: {message}")
    assert "\n" not in str(caught.value)


def test_in_pyproject_the_key_path_has_the_prefix(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.pytest-forge]\nlimits = { "coverage.lin" = 90 }\n'
    )
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path)
    assert str(caught.value) == (
        'pyproject.toml: tool.pytest-forge.limits."coverage.lin": '
        'unknown measure; did you mean "coverage.line"?'
    )


def test_the_table_of_pyproject_must_be_a_table(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool]\npytest-forge = true\n")
    with pytest.raises(ConfigurationError, match="expected a table, found a boolean"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"exclude = []\nlimits = {\n", "forge.toml: line 2: "),
        (b"exclude = [\n", "forge.toml: "),
        (b"a = 1\nb = '\xff'\n", "forge.toml: line 2: not UTF-8"),
    ],
)
def test_toml_that_cannot_be_read_names_file_and_line(
    tmp_path: Path, data: bytes, message: str
) -> None:
    (tmp_path / "forge.toml").write_bytes(data)
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_configuration_that_is_no_file_is_refused(tmp_path: Path) -> None:
    root = config.Root(tmp_path, tmp_path / "forge.toml")
    with pytest.raises(ConfigurationError, match=r"forge\.toml: can't be read: No such file"):
        config.load(root, (), {}, (), (), {})


@pytest.mark.parametrize("name", ["[tool.pytest-forge]\nx = [", "[project\n"])
def test_an_unreadable_pyproject_of_the_root_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "pyproject.toml").write_text(name)
    with pytest.raises(ConfigurationError, match=r"pyproject\.toml: .*"):
        config.find_root(tmp_path)


def test_the_nearest_configuration_upwards_is_the_root(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "forge.toml").touch()
    inner = tmp_path / "a"
    (inner / "b").mkdir(parents=True)
    (inner / "pyproject.toml").write_text("[tool.pytest-forge]\n")
    (inner / "b" / "pyproject.toml").write_text("[project]\nname = 'pytest-forge-user'\n")
    assert config.find_root(inner / "b") == config.Root(inner, inner / "pyproject.toml")
    assert config.find_root(tmp_path) == config.Root(tmp_path, tmp_path / "forge.toml")


def test_without_a_configuration_the_root_is_gits_top(tmp_path: Path) -> None:
    (tmp_path / ".git").touch()
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert config.find_root(tmp_path / "a" / "b") == config.Root(tmp_path, None)


def test_without_git_the_root_is_the_starting_directory(tmp_path: Path) -> None:
    assert config.find_root(tmp_path) == config.Root(tmp_path, None)


def test_both_files_in_one_directory_are_refused(tmp_path: Path) -> None:
    (tmp_path / "forge.toml").touch()
    (tmp_path / "pyproject.toml").write_text("[tool.pytest-forge]\n")
    with pytest.raises(ConfigurationError) as caught:
        config.find_root(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: both forge.toml and [tool.pytest-forge] of pyproject.toml; remove one of them"
    )


def test_configuration_files_further_down_are_unused(tmp_path: Path) -> None:
    files = {
        "forge.toml": "",
        "a/forge.toml": "",
        "a/notforge.toml": "",
        "b/pyproject.toml": "[tool.pytest-forge]\n",
        "c/pyproject.toml": "[project]\nname = 'pytest-forge'\n",
        "d/pyproject.toml": "[tool.pytest-forge\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    root = config.find_root(tmp_path)
    unused = config.unused_configurations(Tree(tmp_path, tuple(files)), root)
    assert unused == (Path("a/forge.toml"), Path("b/pyproject.toml"))


def test_the_environments_advisories_stand_above_the_configured_ones(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "forge.toml").write_text(
        'advisories = { url = "https://osv.example.org", max-age = "1d" }'
    )
    advisories = load(tmp_path, {"FORGE_ADVISORIES": str(data)}).defaults.advisories
    assert (advisories.database, advisories.url) == (data, "")
    assert advisories.max_age == timedelta(days=1)


def test_advisories_of_the_environment_must_be_a_directory(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, {"FORGE_ADVISORIES": str(missing)})
    assert str(caught.value) == (
        f"FORGE_ADVISORIES: {missing} is no directory; name one with OSV data, or unset it"
    )


def test_an_empty_variable_counts_as_unset(tmp_path: Path) -> None:
    assert load(tmp_path, {"FORGE_ADVISORIES": ""}) == Settings()


def test_the_last_override_that_sets_a_key_wins(tmp_path: Path) -> None:
    settings = load_text(
        tmp_path,
        """
        versions = "together"
        limits = { "coverage.line" = 80, "complexity.max" = 9 }
        [[override]]
        path = "sdks/**"
        limits = { "coverage.line" = 70, "coverage.branch" = 50 }
        exempt = { quality = "first" }
        [[override]]
        language = "python"
        limits = { "coverage.line" = 60 }
        exempt = { quality = "second" }
        [[override]]
        path = "other"
        language = "python"
        limits = { "coverage.line" = 1 }
        """,
    )
    python = settings.of_project("sdks/python", "python")
    assert python.limits == {"coverage.line": 60, "complexity.max": 9, "coverage.branch": 50}
    assert python.exempt == {"quality": "second"}
    assert python.versions == "together"
    rust = settings.of_project("sdks", "rust")
    assert rust.limits == {"coverage.line": 70, "complexity.max": 9, "coverage.branch": 50}
    assert settings.of_project("other", "rust").limits == settings.defaults.limits
    assert settings.of_project(".", "python").limits["coverage.line"] == 60


EXAMPLES = [(table, key) for table in TABLES for key in table.keys]


@pytest.mark.parametrize(
    ("table", "key"), EXAMPLES, ids=[f"{table.name}.{key.name}" for table, key in EXAMPLES]
)
def test_every_key_is_described_and_its_example_is_accepted(
    tmp_path: Path, table: Table, key: Key
) -> None:
    rest = "".join(f"{one.name} = {one.example}\n" for one in table.keys if one.required)
    own = "" if key.required else f"{key.name} = {key.example}\n"
    header = {"": "", "override": "[[override]]\npath = 'a'\n"}.get(table.name)
    if header is None:
        header = table.header.replace("tool.pytest-forge.", "").replace("<name>", "mine") + "\n"
    if key.name == "path":
        header = "[[override]]\n" if table.name == "override" else header
    before = load(tmp_path)
    assert load_text(tmp_path, header + rest + own).raw != before.raw
    assert key.description.endswith(".")
    assert key.kind.name
