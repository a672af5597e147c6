"""`python -m pytest_forge` is the command `pytest-forge`."""

import sys

from pytest_forge.cli import main

if __name__ == "__main__":
    sys.exit(main())
