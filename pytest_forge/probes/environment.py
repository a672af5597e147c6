"""Prints, as JSON, which distributions are installed in the interpreter that runs this program.

    python -I environment.py DISTRIBUTION [--requirements FILE ...] [--output FILE]
                             [--pins FILE] [--metadata DIR]

Metadata stands as it is (`Requires-Dist` and so on): the interpreter is the project's, so nothing
but its standard library can be used, and it may be as old as Python 3.8. DISTRIBUTION is the
project's own name ("" where it is never installed); FILE a requirements file whose lines are the
project's requirements then. `--pins` writes every other distribution as `name==version`, and
`--metadata` a copy of each METADATA, for tools that read these.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
from importlib import metadata
from typing import Any

SEEDS = {"pip", "setuptools", "wheel"}


def main() -> None:
    """Read the command line, print the document."""
    parser = argparse.ArgumentParser()
    parser.add_argument("distribution")
    parser.add_argument("--requirements", action="append", default=[])
    parser.add_argument("--output")
    parser.add_argument("--pins")
    parser.add_argument("--metadata")
    options = parser.parse_args()
    found = distributions()
    if options.pins:
        write_pins(found, options.distribution, options.pins)
    if options.metadata:
        write_metadata(options.metadata)
    document = {
        "schema": "environment-1",
        "distribution": options.distribution,
        "requirements": [line for path in options.requirements for line in requirements(path)],
        "markers": markers(),
        "distributions": found,
    }
    text = json.dumps(document, indent=1, sort_keys=True) + "\n"
    if options.output:
        with open(options.output, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        sys.stdout.write(text)


def distributions() -> list[dict[str, Any]]:
    """Return what is installed; of two copies of one distribution the first on the path counts."""
    found: dict[str, dict[str, Any]] = {}
    for distribution in metadata.distributions():
        name = distribution.metadata["Name"]
        if name and normalised(name) not in found:
            found[normalised(name)] = described(distribution)
    left_out = seeds(found)
    return [found[name] for name in sorted(found) if name not in left_out]


def seeds(found: dict[str, dict[str, Any]]) -> set[str]:
    """Return what every new environment is seeded with, less what anything here requires.

    The project has not chosen these, and cannot: they come with the interpreter.
    """
    required = {
        normalised(re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0])
        for name, one in found.items()
        if name not in SEEDS
        for line in one["requires"]
        if "extra ==" not in line
    }
    return SEEDS - required


def described(distribution: metadata.Distribution) -> dict[str, Any]:
    """Return the metadata of one distribution as plain values."""
    headers = distribution.metadata
    direct_url = json.loads(distribution.read_text("direct_url.json") or "{}")
    return {
        "name": normalised(headers["Name"]),
        "version": distribution.version or "",
        "requires": distribution.requires or [],
        "license_expression": (headers.get_all("License-Expression") or [""])[0],
        "license": (headers.get_all("License") or [""])[0],
        "classifiers": headers.get_all("Classifier") or [],
        "editable": bool(direct_url.get("dir_info", {}).get("editable")),
    }


def requirements(path: str) -> list[str]:
    """Return the requirements of a requirements file, those that it includes too."""
    lines: list[str] = []
    with open(path, encoding="utf-8-sig") as file:
        text = file.read().replace("\\\n", " ")
    for raw in text.splitlines():
        line = re.sub(r"(^|\s+)#.*$", "", raw).strip()
        included = re.match(r"(?:-r|--requirement)[ =]*(\S+)$", line)
        if included:
            lines += requirements(os.path.join(os.path.dirname(path), included.group(1)))
        elif line and not line.startswith("-"):
            lines.append(re.sub(r"\s+--hash.*$", "", line))
    return lines


def markers() -> dict[str, str]:
    """Return the values of this interpreter's environment markers (PEP 508)."""
    info = sys.implementation.version
    suffix = "" if info.releaselevel == "final" else info.releaselevel[0] + str(info.serial)
    return {
        "implementation_name": sys.implementation.name,
        "implementation_version": "{}.{}.{}".format(*info[:3]) + suffix,
        "os_name": os.name,
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "platform_release": platform.release(),
        "platform_system": platform.system(),
        "platform_version": platform.version(),
        "python_full_version": platform.python_version(),
        "python_version": ".".join(platform.python_version_tuple()[:2]),
        "sys_platform": sys.platform,
    }


def write_pins(found: list[dict[str, Any]], project: str, path: str) -> None:
    """Write the installed distributions, except the project and what is installed in place."""
    with open(path, "w", encoding="utf-8") as file:
        for one in found:
            if one["name"] != normalised(project) and not one["editable"]:
                file.write("{}=={}\n".format(one["name"], one["version"]))


def write_metadata(directory: str) -> None:
    """Write each distribution's METADATA into a directory that can stand on a path."""
    for distribution in metadata.distributions():
        text = distribution.read_text("METADATA") or distribution.read_text("PKG-INFO")
        name, version = distribution.metadata["Name"], distribution.version
        if not (text and name and version):
            continue
        place = os.path.join(directory, "{}-{}.dist-info".format(name.replace("-", "_"), version))
        os.makedirs(place, exist_ok=True)
        with open(os.path.join(place, "METADATA"), "w", encoding="utf-8") as file:
            file.write(text)


def normalised(name: str) -> str:
    """Return a distribution's name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
