"""The tools of Python's column: where each is sought, and the command that installs it.

None has a package to fetch into forge's tool directory: they come with forge by the extra `python`,
or from the project's own environment, and are pinned where those are.
"""

from pytest_forge.toolchains.declarations import Tool

PYTHON = Tool(
    name="python",
    install="python3 -m venv .venv",
    executable="python",
    scope="project",
)
# The project's own tests run in the project's own environment: nobody else's copy will do.
PYTEST = Tool(
    name="pytest",
    install="pip install pytest (into the project's environment)",
    module="pytest",
    scope="project",
)
COVERAGE = Tool(
    name="coverage",
    install="pip install coverage (into the project's environment)",
    module="coverage",
    scope="project",
)
UV = Tool(name="uv", install="pip install uv", executable="uv")
MYPY = Tool(name="mypy", install="pip install mypy", executable="mypy")
PYRIGHT = Tool(name="pyright", install="pip install pyright", executable="pyright")
RUFF = Tool(name="ruff", install="pip install ruff", executable="ruff")
BLACK = Tool(name="black", install="pip install black", executable="black")
ISORT = Tool(
    name="isort",
    install="pip install isort",
    executable="isort",
    version=("--version-number",),
)
FLAKE8 = Tool(name="flake8", install="pip install flake8", executable="flake8")
RADON = Tool(name="radon", install="pip install radon", executable="radon")
BANDIT = Tool(name="bandit", install="pip install bandit", executable="bandit")
PIP_AUDIT = Tool(name="pip-audit", install="pip install pip-audit", executable="pip-audit")
# These two run inside of programs of ours, so they have to be where forge is.
LICENSECHECK = Tool(
    name="licensecheck",
    install="pip install licensecheck uv",
    module="licensecheck",
    scope="forge",
    # It has no option that tells its version.
    version=("--help",),
    version_pattern=r"licensecheck (\d\S*)",
)
GRIFFE = Tool(
    name="griffe",
    install="pip install griffe",
    module="griffe",
    scope="forge",
)
