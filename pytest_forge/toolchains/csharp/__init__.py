"""C#: solutions and projects, measured by the .NET SDK's own tools."""

from pytest_forge.toolchains.csharp.checks import CHECKS, UNAVAILABLE
from pytest_forge.toolchains.csharp.preparation import PREPARATION
from pytest_forge.toolchains.csharp.project import MANIFESTS, inspect
from pytest_forge.toolchains.csharp.runs import RUNS
from pytest_forge.toolchains.csharp.testing import is_code
from pytest_forge.toolchains.declarations import Suppression, Toolchain

TOOLCHAIN = Toolchain(
    language="csharp",
    manifests=MANIFESTS,
    inspect=inspect,
    runs=RUNS,
    checks=CHECKS,
    preparation=PREPARATION,
    unavailable=UNAVAILABLE,
    is_code=is_code,
    suppressions=(
        Suppression("#pragma warning disable", "*.cs", r"#\s*pragma\s+warning\s+disable\b"),
        Suppression("[SuppressMessage]", "*.cs", r"\[(?:\w+:\s*)?SuppressMessage\b"),
        Suppression("[ExcludeFromCodeCoverage]", "*.cs", r"\bExcludeFromCodeCoverage\b"),
        Suppression("<NoWarn>", "*.csproj", r"<NoWarn>"),
    ),
)
