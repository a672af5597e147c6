"""A package in plain JavaScript that has chosen nothing: no types, no linter, no formatter.

What forge brings for it is what it is measured by: Node.js' own runner with c8, Biome, prettier.
"""

import shutil

import pytest
from specimens.defects import DIRECTORY
from specimens.forged import GATES, forge
from toy_repository import Repository

pytestmark = pytest.mark.real

CLEAN = DIRECTORY / "javascript" / "clean"
SOURCE = "src/index.js"
NEVER_CALLED = """
export function left(text) {
  if (text) {
    return text.padEnd(WIDTH);
  }
  return "";
}

export function right(text) {
  return text.padStart(WIDTH);
}
"""


@pytest.fixture
def labelkit(repository: Repository) -> Repository:
    shutil.copytree(CLEAN, repository.root, dirs_exist_ok=True)
    return repository.commit()


def test_plain_javascript_passes_and_has_no_types_to_check(labelkit: Repository) -> None:
    forged = forge(labelkit.root)
    assert forged.status == 0, forged.printed
    assert forged.gates("passed") == GATES - {"types"}
    assert forged.gates("exempt") == {"types"}
    assert "plain JavaScript: there is no TypeScript source" in forged.printed
    assert "no tool looks for weaknesses in the code itself" in forged.printed
    assert not (labelkit.root / "package-lock.json").exists()
    assert not (labelkit.root / "node_modules").exists()


def test_what_forge_brings_finds_what_is_wrong(labelkit: Repository) -> None:
    source = (CLEAN / SOURCE).read_text(encoding="utf-8")
    changed = source.replace("  return line", "    debugger;\n  return line") + NEVER_CALLED
    labelkit.write({SOURCE: changed}).commit()
    forged = forge(labelkit.root, "--forge-keep-going")
    assert forged.gates("failed", "error") == {"quality", "unit-tests"}, forged.printed
    assert forged.failed() == {"quality::biome", "quality::prettier", "unit-tests::node-test"}
    assert "suspicious/noDebugger" in forged.check("quality::biome")["reason"]
    assert "coverage.function" in forged.check("unit-tests::node-test")["reason"]
