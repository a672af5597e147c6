"""Toolchains: one module of declarations for each language."""

from pytest_forge.toolchains.declarations import Toolchain


def builtin_toolchains() -> tuple[Toolchain, ...]:
    """Return the toolchains that forge brings, the repository's own last."""
    from pytest_forge.toolchains import csharp, go, java, python, repository, rust, typescript

    return (
        python.TOOLCHAIN,
        csharp.TOOLCHAIN,
        go.TOOLCHAIN,
        rust.TOOLCHAIN,
        java.TOOLCHAIN,
        typescript.TOOLCHAIN,
        repository.TOOLCHAIN,
    )
