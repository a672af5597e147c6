"""What `dotnet restore` says of a package that is known to be vulnerable: NuGet's own audit.

Forge restores a project of its own that refers to such a package. Where nothing is said of it the
package source has no data on vulnerabilities, and its silence on the project means nothing.
"""

import re

from pytest_forge.errors import NoReference
from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Report

_KNOWN = re.compile(r": warning NU190[1-4]: Package '(?P<name>[^']+)' \S+ has a known ")
_TROUBLE = re.compile(r": warning NU190[05]: (?P<message>.*?)(?: \[[^\]]*\])?$")
_END = re.compile(r"(?:\(in [\d.,]+ \w+\)\.|up-to-date for restore\.)$")
_MEND = "configure `auditSources` in nuget.config, or set FORGE_ADVISORIES to OSV's export"


def parse(data: bytes) -> Report:
    """Return `advisories`: how many packages it knows something of; `NoReference` for none.

    Raises `OutputUnreadable` where the restore does not come to its end.
    """
    text = [line for line in lines(data) if line.strip()]
    _require_answer(text)
    if not text or not _END.search(text[-1]):
        raise unreadable("dotnet restore", "it does not end with a project that was restored")
    known = {found["name"] for line in text if (found := _KNOWN.search(line))}
    if not known:
        raise NoReference("the package source has no data on vulnerabilities", _MEND)
    return Report(measures={"advisories": len(known)})


def _require_answer(text: list[str]) -> None:
    trouble = [found["message"] for line in text if (found := _TROUBLE.search(line))]
    if trouble:
        raise NoReference(trouble[-1], _MEND)
