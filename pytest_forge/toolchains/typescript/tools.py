"""The tools of TypeScript's column: where each is sought, and the command that installs it.

A project's own copy in node_modules comes first. The pinned versions are those with which the
recordings in `tests/recordings/typescript` were made.
"""

from pytest_forge.toolchains.declarations import Package, Tool

LOCAL = "node_modules/.bin"


def _fits(here: str, pin: str) -> bool:
    """Tell whether a version is the pinned one; a pin may leave out its last numbers."""
    return f"{here}.".startswith(f"{pin}.")


def _own(name: str, package: str = "") -> Tool:
    """Return a tool that only the project itself can bring, in its own version."""
    return Tool(
        name=name,
        install=f"npm install --save-dev {package or name}",
        executable=name,
        scope="project",
        local=LOCAL,
    )


def _pinned(name: str, version: str, package: str = "", along: tuple[str, ...] = ()) -> Tool:
    package = package or name
    return Tool(
        name=name,
        install=f"npm install --save-dev {package}@{version}",
        executable=name,
        local=LOCAL,
        packages=(Package("npm", package, version, along),),
    )


NODE = Tool(
    name="node",
    install="see https://nodejs.org/en/download",
    executable="node",
    version_pattern=r"v(\d+(?:\.\d+)+\S*)",
    in_project=True,
    at_least="node_version",
    pin="node_pin",
    fits=_fits,
)
NPM = Tool(name="npm", install="it comes with Node.js", executable="npm")
TSC = _pinned("tsc", "5.9.3", package="typescript")
# It looks at the code by the compiler's programming interface, which version 7 has not.
TYPE_COVERAGE = _pinned("type-coverage", "2.29.7", along=("typescript@5.9.3",))
ESLINT = _own("eslint")
XO = _own("xo")
BIOME = _pinned("biome", "2.6.8", package="@biomejs/biome")
OXFMT = _own("oxfmt")
PRETTIER = _pinned("prettier", "3.7.4")
VITEST = _own("vitest")
JEST = _own("jest")
MOCHA = _own("mocha")
AVA = _own("ava")
C8 = _pinned("c8", "10.1.3")
