"""A repository with releases."""

from pathlib import Path

import pytest
from tagged_repository import Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "kit")
    repository.commit("first", "v1.9.0", "v2234", "v.1", "core-v2.48.0")
    repository.commit("second", "v1.10.0", "v2.0.0b1")
    repository.commit("third", "v1.9.1")
    repository.commit("fourth")
    return repository
