"""The one tool of C#'s column: the .NET SDK, in the version that global.json asks for.

`dotnet` itself obeys global.json, with its rules for rolling forward, and answers nothing at all
where no SDK fits. The recordings in `tests/recordings/csharp` were made with 10.0.401.
"""

from pytest_forge.toolchains.declarations import Tool


def _dotnet_fits(version: str, pin: str) -> bool:
    """Tell whether an SDK fits: `dotnet` answers only with one that global.json allows."""
    return True


DOTNET = Tool(
    name="dotnet",
    install="dotnet-install.sh --jsonfile global.json (--channel LTS where there is none), from"
    " https://dot.net/v1/dotnet-install.sh",
    executable="dotnet",
    version=("--version",),
    in_project=True,
    pin="sdk",
    fits=_dotnet_fits,
)
