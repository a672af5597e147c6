"""Runs licensecheck on a project's manifest, with the metadata of the project's environment.

    python run_licensecheck.py METADATA-DIRECTORY LICENSECHECK-ARGUMENT ...

licensecheck reads the metadata of the interpreter that runs it, which is forge's:
METADATA-DIRECTORY (see `environment.py --metadata`) goes before it. It also calls `uv` through a
shell; uv is put on PATH from beside this interpreter, and exit status 3 says that there is none,
since licensecheck itself would only report fewer packages.
"""

import os
import shutil
import sys

NO_UV = 3


def main(directory: str, arguments: list[str]) -> None:
    """Run licensecheck; never returns normally, as its command does not."""
    beside = os.path.dirname(sys.executable)
    os.environ["PATH"] = os.pathsep.join((beside, os.environ.get("PATH", os.defpath)))
    if shutil.which("uv") is None:
        sys.stderr.write("licensecheck needs uv: pip install uv\n")
        sys.exit(NO_UV)
    sys.path.insert(0, directory)
    sys.argv = ["licensecheck", *arguments]
    from licensecheck.cli import cli  # type: ignore[import-untyped]

    cli()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
