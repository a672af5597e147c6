"""A repository of one file, with tags."""

import subprocess
from pathlib import Path

from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context

KIT = Project("pyproject.toml", "python", "kit")


class Repository:
    """A repository with one file; every commit changes it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *args: str) -> str:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        command = ("git", *identity, *args)
        done = subprocess.run(command, cwd=self.root, check=True, capture_output=True, text=True)
        return done.stdout

    def commit(self, text: str, *tags: str) -> None:
        (self.root / "kit.py").write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", text)
        for tag in tags:
            self.git("tag", tag)

    def context(self, project: Project = KIT, pattern: str = "") -> Context:
        return Context(
            project,
            ProjectSettings(tag_pattern=pattern),
            Tree(self.root, ()),
            self.root,
            self.root / project.directory,
            self.root / ".forge" / "scratch",
        )
