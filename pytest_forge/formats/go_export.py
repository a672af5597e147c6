"""The export data of a module (`apidiff -m -w FILE`): a ZIP archive with an entry a package."""

import zipfile
from io import BytesIO

from pytest_forge.formats.reading import unreadable
from pytest_forge.model import Report, Sample

PACKAGE = "package.exported"
"""The measure of the samples that name the packages' places: paths below the module, or "."."""


def parse(data: bytes) -> Report:
    """Return a sample for each package that others can import; raises `OutputUnreadable`."""
    module, names = _read(data)
    packages = [name.removesuffix(".x") for name in names if name.endswith(".x")]
    places = [name.removeprefix(module).lstrip("/") or "." for name in packages]
    public = (place for place in places if "internal" not in place.split("/"))
    return Report(samples=tuple(Sample(PACKAGE, 1, place) for place in public))


def _read(data: bytes) -> tuple[str, list[str]]:
    """Return the module's path and the names of the archive's entries."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            broken = archive.testzip()
            module = archive.read("module").decode() if "module" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise unreadable("apidiff", f"the export data is no archive ({error})") from error
    if broken or not module:
        raise unreadable("apidiff", "the export data is damaged")
    return module, names
