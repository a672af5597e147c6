"""What the probe asks of prettier, of one version and of those before."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from pytest_forge import probes

PROBE = Path(probes.__file__).parent / "prettier_files.cjs"
# As much of prettier as the probe asks: of version 2 a list of ignore files is refused.
PRETTIER = """\
const fs = require("node:fs");
const path = require("node:path");
exports.version = "%s";
exports.getFileInfo = async (file, { ignorePath }) => {
  if (ignorePath) path.resolve(ignorePath);
  const ignored = ignorePath && fs.readFileSync(ignorePath, "utf8").split("\\n").includes(file);
  return { ignored: Boolean(ignored), inferredParser: "babel" };
};
exports.resolveConfig = async () => ({});
exports.check = (text) => text.endsWith(";\\n");
"""


def asked(place: Path, version: str) -> dict[str, str]:
    package = place / "node_modules/prettier"
    package.mkdir(parents=True)
    (package / "package.json").write_text('{"name": "prettier", "main": "index.js"}')
    (package / "index.js").write_text(PRETTIER % version)
    (place / ".gitignore").write_text("built.js\n")
    (place / ".prettierignore").write_text("made.js\n")
    names = ("built.js", "made.js", "one.js", "two.js")
    for name in names:
        (place / name).write_text("let a\n" if name == "two.js" else "let a;\n")
    (place / "files").write_text("".join(f"{name}\n" for name in names))
    node = shutil.which("node")
    assert node is not None
    command = (node, str(PROBE), str(package / "index.js"), "files")
    done = subprocess.run(command, cwd=place, capture_output=True, check=True)
    return {one["path"]: one["state"] for one in json.loads(done.stdout)["files"]}


@pytest.mark.real
@pytest.mark.parametrize(("version", "built"), [("3.7.4", "ignored"), ("2.8.8", "formatted")])
def test_the_ignore_files_are_those_of_the_version(
    version: str, built: str, tmp_path: Path
) -> None:
    assert asked(tmp_path, version) == {
        "built.js": built,
        "made.js": "ignored",
        "one.js": "formatted",
        "two.js": "unformatted",
    }
