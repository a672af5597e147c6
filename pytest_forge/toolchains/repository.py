"""The repository's own checks: secrets in every file, versions, release notes, OpenAPI documents.

Which of detect-secrets' detectors run is decided by measuring: over 13,301 text files (requests,
attrs, pydantic, and a virtual environment's packages) those below gave 4 findings, all true (the
private keys in the tests of requests), beside the patterns in detect-secrets' own source. Left out
are BasicAuthDetector (181 false alarms in the three repositories: URLs in tests and docs),
KeywordDetector (91), HexHighEntropyString (401), Base64HighEntropyString (5) and IPPublicDetector
(87; an address is no secret).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from os import fsencode
from pathlib import Path

from pytest_forge import probes
from pytest_forge.changes.commits import added_lines
from pytest_forge.formats import scan_secrets
from pytest_forge.model import Report
from pytest_forge.projects import REPOSITORY, Project, Tree
from pytest_forge.releases import declared
from pytest_forge.settings import PULL_REQUEST, ProjectSettings
from pytest_forge.toolchains import openapi, openapi_gone, openapi_paths
from pytest_forge.toolchains.declarations import (
    Check,
    Computation,
    Context,
    Output,
    Run,
    Step,
    Tool,
    Toolchain,
)

DETECTORS = (
    "ArtifactoryDetector",
    "AWSKeyDetector",
    "AzureStorageKeyDetector",
    "CloudantDetector",
    "DiscordBotTokenDetector",
    "GitHubTokenDetector",
    "GitLabTokenDetector",
    "IbmCloudIamDetector",
    "IbmCosHmacDetector",
    "JwtTokenDetector",
    "MailchimpDetector",
    "NpmDetector",
    "OpenAIDetector",
    "PrivateKeyDetector",
    "PypiTokenDetector",
    "SendGridDetector",
    "SlackDetector",
    "SoftlayerDetector",
    "SquareOAuthDetector",
    "StripeDetector",
    "TelegramBotTokenDetector",
    "TwilioKeyDetector",
)
"""Names of detect-secrets' plugin classes: those that know a secret by its form."""

_SCAN_SECRETS = str(Path(probes.__file__).parent / "scan_secrets.py")


@contextmanager
def listed_files(context: Context) -> Iterator[Mapping[str, str]]:
    """Write the paths of the tree, each ended by a NUL byte, for the slot `files`.

    They would not fit into a command: a repository may have more files than that can hold.
    """
    listed = context.scratch / "files"
    listed.write_bytes(b"".join(fsencode(path) + b"\0" for path in context.tree.files))
    yield {"files": str(listed)}


def _inspect(tree: Tree, manifest: str) -> Project:
    """Return the project that stands for the repository, whose checks stand beside `manifest`."""
    facts = {openapi_paths.DOCUMENTS: openapi_paths.documents(tree)}
    return Project(manifest, REPOSITORY, tree.root.name, facts)


def _released(
    own: Project,
    tree: Tree,
    projects: Sequence[Project],
    settings: ProjectSettings,
    counts: Callable[[str], bool],
) -> Project:
    """Add the documents that the last release had and that are gone since."""
    gone = openapi_gone.gone(own, tree, projects, settings.tag_pattern, counts)
    every = {*own.words(openapi_paths.DOCUMENTS), *gone}
    return replace(own, facts={**own.facts, openapi_paths.DOCUMENTS: tuple(sorted(every))})


def _scan(context: Context) -> tuple[str, ...]:
    commits = ("--commits", "{commits}") if context.slots.get("commits") else ()
    return ("{forge-python}", "-I", _SCAN_SECRETS, *commits, "{files}", *DETECTORS)


# It runs inside of a program of ours, so it has to be where forge is.
DETECT_SECRETS = Tool(
    name="detect-secrets",
    install="pip install detect-secrets",
    module="detect_secrets",
    scope="forge",
)
SECRETS = Run(
    name="secrets",
    needs=(DETECT_SECRETS,),
    steps=(Step(_scan),),
    outputs=(Output("report", "stdout", scan_secrets.parse),),
    around=(listed_files, added_lines),
    directory="{root}",
)


def _policy(context: Context, inputs: Mapping[str, Report]) -> Report:
    return context.policy() if context.policy else Report()


POLICY = Computation("policy", _policy)
VERSIONS = Computation("versions", declared.versions)
CHANGELOG = Computation("changelog", declared.notes)

TOOLCHAIN = Toolchain(
    language=REPOSITORY,
    manifests=(),
    inspect=_inspect,
    completed=_released,
    runs=(SECRETS, POLICY, VERSIONS, CHANGELOG, openapi.RUN),
    checks=(
        Check(
            name="secrets",
            gate="security",
            run="secrets",
            proof="files.scanned",
            nothing="no text file was searched for secrets: does git track or ignore everything?",
            counts=("secrets", "secrets.committed"),
            every_file=True,
        ),
        Check(
            name="policy",
            gate="security",
            run="policy",
            proof="policy.compared",
            nothing=(
                "the settings were not compared with those of the merge base; please report it"
            ),
            counts=("policy.weakened",),
            applies=lambda project, settings: settings.profile == PULL_REQUEST,
            every_file=True,
        ),
        Check(
            name="versions",
            gate="breaking-changes",
            run="versions",
            proof="versions",
            nothing=(
                "no project states a version that can be read before its build; state one, or "
                'exempt."breaking-changes::versions" = "..."'
            ),
            counts=("versions.mismatched",),
        ),
        Check(
            name="changelog",
            gate="breaking-changes",
            run="changelog",
            proof="changelogs",
            nothing="there is no project whose release notes could be read",
            counts=("changelog.missing",),
        ),
        openapi.CHECK,
    ),
)
"""The toolchain of every repository; the session asks it for the project, no manifest does."""
