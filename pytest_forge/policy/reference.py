"""The commit whose policy judges a pull request: the merge base of HEAD and the base branch.

The working tree has no say in this: a branch that could name its own base would have no policy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pytest_forge.changes.revisions import merge_base
from pytest_forge.errors import ConfigurationError
from pytest_forge.git import git, is_repository
from pytest_forge.settings import PULL_REQUEST

GITHUB_BRANCH = "GITHUB_BASE_REF"
"""GitHub Actions: the name of the branch into which a pull request goes, else empty."""

GITLAB_COMMITS = ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "CI_MERGE_REQUEST_DIFF_BASE_SHA")
"""GitLab CI: the target's commit, where HEAD is the merged result, and where the branch began.

A merged result holds what the target has got since; that is nothing which the branch has changed.
"""

_OPTION = f"--forge-profile {PULL_REQUEST}"


@dataclass(frozen=True)
class Reference:
    """The merge base `commit` with the revision `branch`, as the user or the machine named it.

    `by_default` says that nobody named it, and it is the remote's default branch.
    """

    commit: str
    branch: str
    by_default: bool = False

    @property
    def text(self) -> str:
        """Return what a message calls it."""
        return f"{self.commit[:12]}, the merge base with {self.branch}"


def reference(root: Path, since: str, environment: Mapping[str, str]) -> Reference:
    """Return the merge base with `since`, else with what CI names, else with the default branch.

    Raises `ConfigurationError` with the git command that mends it.
    """
    if not is_repository(root):
        raise ConfigurationError(
            f"{_OPTION}: no-reference: {root} is no git work tree; work in a `git clone` of it"
        )
    named = since or _named_by_ci(environment)
    branch = named or _default_branch(root)
    commit = merge_base(root, branch, f"{_OPTION}: no-reference: {branch}")
    return Reference(commit, branch, not named)


def _named_by_ci(environment: Mapping[str, str]) -> str:
    branch = environment.get(GITHUB_BRANCH, "")
    if branch:
        return f"origin/{branch}"
    return next(filter(None, (environment.get(name) for name in GITLAB_COMMITS)), "")


def _default_branch(root: Path) -> str:
    """Return the branch that the remote `origin`, or the only one, has for its default."""
    heads = git(root, "for-each-ref", "--format=%(refname) %(symref:short)", "refs/remotes/*/HEAD")
    branches = dict(line.split(" ", 1) for line in heads.splitlines())
    own = branches.get("refs/remotes/origin/HEAD", "")
    branch = own or (next(iter(branches.values())) if len(branches) == 1 else "")
    if branch:
        return branch
    remotes = git(root, "remote").split()
    remote = "origin" if "origin" in remotes else next(iter(remotes), "")
    ask = f"run `git remote set-head {remote} --auto`, or name it" if remote else "name it"
    raise ConfigurationError(
        f"{_OPTION}: no-reference: git knows no default branch to compare with; {ask}: "
        f"--forge-since {remote or 'main'}{'/main' if remote else ''}"
    )
