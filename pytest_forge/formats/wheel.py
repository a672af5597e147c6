"""A wheel (binary distribution format, PEP 427): proof that a build made what it declares."""

import zipfile
import zlib
from email.parser import BytesParser
from io import BytesIO

from pytest_forge.formats.reading import unreadable
from pytest_forge.model import Report


def parse(data: bytes) -> Report:
    """Return `artifacts` (1), `artifact.size` in bytes and `artifact.files`.

    Raises `OutputUnreadable` where the archive is damaged or is no wheel of a named version.
    """
    names, metadata = _content(data)
    if len(metadata) != 1:
        raise unreadable("the build", "the wheel has no single .dist-info/METADATA")
    headers = BytesParser().parsebytes(metadata[0], headersonly=True)
    if not headers["Name"] or not headers["Version"]:
        raise unreadable("the build", "the wheel's METADATA names no project and version")
    files = sum(".dist-info/" not in name for name in names)
    return Report(measures={"artifacts": 1, "artifact.size": len(data), "artifact.files": files})


def _content(data: bytes) -> tuple[list[str], list[bytes]]:
    """Return the names of a whole wheel's files, and what each METADATA among them holds."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
            damaged = archive.testzip()
            metadata = [archive.read(name) for name in names if _is_metadata(name)]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError) as error:
        raise unreadable("the build", f"not a readable wheel ({error})") from error
    if damaged is not None:
        raise unreadable("the build", f"{damaged} in the wheel is damaged")
    return names, metadata


def _is_metadata(name: str) -> bool:
    directory, _, file = name.partition("/")
    return directory.endswith(".dist-info") and file == "METADATA"
