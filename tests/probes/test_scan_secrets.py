"""The probe that seeks secrets, run on real files. No secret here is one: each is put together."""

import json
import os
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from called import function

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import scan_secrets
from pytest_forge.probes import scan_secrets as probe
from pytest_forge.toolchains.repository import DETECTORS

KEY = "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE\n"
AWS = "AKIA" + "Z7Q4XM2PLN5RTW8C"
TOKENS = {
    "AWS Access Key": AWS,
    "GitHub Token": "ghp_" + "a1B2c3D4" * 4 + "e5F6",
    "GitLab Token": "glpat-" + "a1B2c3D4e5F6g7H8i9J0",
    "PyPI Token": "pypi-AgEIcHlwaS5vcmc" + "a1B2c3D4" * 10,
    "SendGrid API Key": "SG." + "a1B2c3D4e5F6g7H8i9J0k1" + "." + "a1B2c3D4" * 5 + "e5F",
    "Slack Token": "xoxb-" + "123456789012-" * 2 + "a1b2c3d4e5f6",
    "Stripe Access Key": "sk_live_" + "a1B2c3D4" * 3,
    "Telegram Bot Token": "110201543:" + "a1B2c3D4" * 4 + "e5F",
}


def scanned(root: Path, files: dict[str, bytes]) -> tuple[dict[str, Any], bytes]:
    """Write the files and scan them as the check does; return the document, read and raw."""
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    paths = root.parent / "files"
    paths.write_bytes(b"".join(os.fsencode(path) + b"\0" for path in files))
    output = said(root, paths)
    document: dict[str, Any] = json.loads(output)
    return document, output


def said(root: Path, paths: Path) -> bytes:
    """Return what the probe prints of the files that `paths` lists."""
    with chdir(root):
        done = function(lambda: probe.main(str(paths), DETECTORS))
    assert (done.status, done.stderr) == (0, "")
    return done.stdout.encode()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "root"


def test_lines_are_counted_as_git_does(root: Path) -> None:
    text = f"one\x0c\x0b\r\ntwo\u2028\x85\nkey = {AWS}\r\n"
    document, _ = scanned(root, {"a.txt": text.encode()})
    assert [one["line_number"] for one in document["results"]["a.txt"]] == [3]


def test_tokens_and_private_keys_are_found(root: Path) -> None:
    lines = [f'token = "{token}"' for token in TOKENS.values()]
    files = {
        "src/settings.py": "\n".join(lines).encode(),
        "tests/server.key": KEY.encode(),
    }
    document, output = scanned(root, files)
    assert document["files"] == 2
    report = scan_secrets.parse(output)
    assert report.measures == {"files.scanned": 2, "detectors": len(DETECTORS)}
    found = [(one.rule, one.path, one.line) for one in report.findings]
    expected = [(kind, "src/settings.py", line) for line, kind in enumerate(TOKENS, start=1)]
    assert sorted(found) == sorted([*expected, ("Private Key", "tests/server.key", 1)])
    assert {one.measure for one in report.findings} == {"secrets"}
    assert AWS.encode() not in output


def test_what_only_looks_like_a_secret_is_none(root: Path) -> None:
    text = 'url = "http://user:pass@example.org"\npassword = "hunter2"\nip = "8.8.8.8"\n'
    digest = 'sha = "da39a3ee5e6b4b0d3255bfef95601890afd80709"\n'
    document, _ = scanned(root, {"test_urls.py": (text + digest).encode()})
    assert (document["files"], document["results"]) == (1, {})


def test_the_beginning_of_a_longer_word_is_no_token(root: Path) -> None:
    # An offset and the text found there, as a search prints them.
    token = TOKENS["Telegram Bot Token"]
    files = {"search.txt": f"{token}\n{token}OnAndOn\n123456{token}\n({token})\n".encode()}
    document, _ = scanned(root, files)
    assert [one["line_number"] for one in document["results"]["search.txt"]] == [1, 4]


def test_a_secret_in_brackets_is_found(root: Path) -> None:
    text = f'key = os.environ.get("KEY", "{AWS}")\n'
    document, _ = scanned(root, {"settings.py": text.encode()})
    assert [one["line_number"] for one in document["results"]["settings.py"]] == [1]


@pytest.mark.parametrize("path", ["secret.lock", "notes.svg", "swagger.json", "strange 'name.txt"])
def test_no_file_is_left_out_for_its_name(root: Path, path: str) -> None:
    document, _ = scanned(root, {path: AWS.encode()})
    assert list(document["results"]) == [path]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig"])
def test_no_file_is_left_out_for_its_encoding(root: Path, encoding: str) -> None:
    document, _ = scanned(root, {"notes.txt": f"Schlüssel:\n{AWS}\n".encode(encoding)})
    assert document["results"]["notes.txt"][0]["line_number"] == 2


def test_binary_files_links_and_absent_files_are_not_counted(root: Path) -> None:
    root.mkdir()
    (root / "link").symlink_to("text")
    files = {"text": b"x", "binary": b"\0" + AWS.encode()}
    for path, content in files.items():
        (root / path).write_bytes(content)
    paths = root.parent / "files"
    paths.write_bytes(b"text\0binary\0link\0deleted\0")
    assert json.loads(said(root, paths))["files"] == 1


def test_it_says_the_same_as_a_program(root: Path) -> None:
    _, output = scanned(root, {"server.key": KEY.encode()})
    command = (sys.executable, "-I", probe.__file__, root.parent / "files", *DETECTORS)
    done = subprocess.run(command, cwd=root, check=True, capture_output=True)
    assert done.stdout == output


def test_what_the_project_allows_is_told(root: Path) -> None:
    text = f"key = '{AWS}'  # pragma: allowlist secret\n"
    _, output = scanned(root, {"settings.py": text.encode()})
    report = scan_secrets.parse(output)
    assert report.findings == ()
    assert report.notes == ("secrets that lines marked `pragma: allowlist secret` hold: 1",)


@pytest.mark.parametrize("member", ["version", "plugins_used", "results", "files", "allowed"])
def test_a_document_that_is_not_whole_is_unreadable(root: Path, member: str) -> None:
    document, output = scanned(root, {"key": KEY.encode()})
    del document[member]
    with pytest.raises(OutputUnreadable, match=member):
        scan_secrets.parse(json.dumps(document).encode())
    with pytest.raises(OutputUnreadable):
        scan_secrets.parse(output[:-5])
