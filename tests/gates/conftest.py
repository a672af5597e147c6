from collections.abc import Callable
from datetime import date

import pytest

from pytest_forge.judging import Case
from pytest_forge.projects import Project
from pytest_forge.settings import LicensePolicy, ProjectSettings


@pytest.fixture
def case() -> Callable[..., Case]:
    def build(licenses: LicensePolicy | None = None, profile: str = "") -> Case:
        return Case(
            project=Project("manifest", "a language", "a project"),
            settings=ProjectSettings(licenses=licenses or LicensePolicy(), profile=profile),
            today=date(2026, 6, 1),
        )

    return build
