"""Lists the files that a build has made, with their sizes, as JSON.

    python artifacts.py NAME DIRECTORY GLOB

GLOB is looked for below DIRECTORY, to which the printed paths are relative. A directory that it
finds counts with everything in it.
"""

import json
import sys
from pathlib import Path
from typing import Any


def listed(name: str, directory: Path, glob: str) -> dict[str, Any]:
    """Return the artifact's document: its name, and path and bytes of each file."""
    return {
        "artifact": name,
        "files": [
            {"path": path.relative_to(directory).as_posix(), "bytes": size_of(path)}
            for path in sorted(directory.glob(glob))
        ],
    }


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files below a directory, links not followed."""
    if path.is_dir() and not path.is_symlink():
        return sum(size_of(one) for one in path.iterdir())
    return path.lstat().st_size


if __name__ == "__main__":
    json.dump(listed(sys.argv[1], Path(sys.argv[2]), sys.argv[3]), sys.stdout)
    sys.stdout.write("\n")
