"""What marks a public item deprecated, in each language's own ways."""

import pytest

from pytest_forge.releases.deprecations import Mark
from pytest_forge.toolchains.go.deprecations import marks as go
from pytest_forge.toolchains.python.deprecations import marks as python
from pytest_forge.toolchains.rust.deprecations import marks as rust
from pytest_forge.toolchains.typescript.deprecations import marks as typescript

PYTHON = '''\
import warnings
from typing import overload
from warnings import deprecated
import deprecated.sphinx


@deprecated("use new")
def plain() -> None: ...


@deprecated.sphinx.deprecated(version="1.2.0", reason="x")
async def versioned() -> None: ...


def told() -> None:
    """Do.

    .. deprecated:: 1.3 Use new.
    """


def warns(a: int) -> None:
    """Do."""
    warnings.warn("gone soon", DeprecationWarning, stacklevel=2)


def warns_of_an_argument(a: int) -> None:
    if a:
        warnings.warn("gone soon", DeprecationWarning, stacklevel=2)


def other() -> None:
    warnings.warn("odd", UserWarning)


@deprecated("x")
def _private() -> None: ...


class Till:
    @property
    @warnings.deprecated("use sum")
    def total(self) -> int: ...

    @deprecated("x")
    def _hidden(self) -> None: ...

    def __init__(self) -> None:
        warnings.warn("x", category=PendingDeprecationWarning)


class _Private:
    @deprecated("x")
    def shown(self) -> None: ...


try:
    import fast
except ImportError:
    pass
else:

    @deprecated("x")
    def optional() -> None: ...
'''


def test_python_marks_by_decorators_directives_and_warnings() -> None:
    assert list(python("src/shop/till.py", PYTHON)) == [
        Mark("plain", 8, note="use new"),
        Mark("versioned", 12, since="1.2.0"),
        Mark("told", 15, since="1.3", note="Use new."),
        Mark("warns", 22),
        Mark("Till.total", 43, note="use sum"),
        Mark("Till.__init__", 48),
        Mark("optional", 64, note="x"),
    ]


@pytest.mark.parametrize("path", ["src/shop/_till.py", "src/_shop/till.py"])
def test_a_private_module_of_python_has_no_public_item(path: str) -> None:
    assert list(python(path, PYTHON)) == []
    assert list(python("src/shop/__init__.py", PYTHON))


def test_what_is_no_python_is_refused() -> None:
    with pytest.raises(ValueError, match="no Python"):
        list(python("src/shop/till.py", "@deprecated\ndef f(:\n"))


GO = """\
// Package shop sells.
//
// Deprecated: use store.
package shop

// Total is the sum.
//
// Deprecated: use Sum, which
// is exact.
func Total(values ...int) int { return 0 }

// Deprecated: use Add.
func (t *Till[T]) Put(value int) {}

// Deprecated: nobody sees it.
func (t *till) Put(value int) {}

//Deprecated: use Sum.
func unseen() {}

// Deprecated is a word here.
func Deprecated() {}

const (
\t// Deprecated: use Closed.
\tShut = 1
)

// Till holds money.
type Till[T any] struct {
\t// Deprecated: use Sum.
\tTotal int
}
"""


def test_go_marks_by_a_paragraph_of_the_comment() -> None:
    assert list(go("shop.go", GO)) == [
        Mark("package shop", 4, note="use store."),
        Mark("Total", 10, note="use Sum, which"),
        Mark("Till.Put", 13, note="use Add."),
        Mark("Shut", 26, note="use Closed."),
        Mark("Total", 32, note="use Sum."),
    ]


@pytest.mark.parametrize("path", ["internal/shop/shop.go", "a/internal/shop.go", "shop_test.go"])
def test_what_others_cannot_import_of_go_has_no_public_item(path: str) -> None:
    assert list(go(path, GO)) == []
    assert list(go("main.go", GO.replace("package shop", "package main"))) == []


RUST = """\
#[deprecated]
pub fn plain() {}

#[deprecated(since = "1.2.0", note = "use \\"sum\\" \\
    instead (really)")]
/// What it is.
#[inline]
pub async unsafe fn told() {}

#[deprecated = "old"]
pub(crate) fn unseen() {}

#[deprecated = "old"]
pub const SHUT: u8 = 1;

pub enum State {
    #[deprecated(note = "use Closed")]
    Shut,
}

impl<T: Clone> fmt::Display for Till<T> {
    #[deprecated(
        since = "0.9",
    )]
    fn put(&self) {}
}

// #[deprecated]
pub fn fine() {}
"""


def test_rust_marks_by_the_attribute() -> None:
    assert list(rust("src/lib.rs", RUST)) == [
        Mark("plain", 2),
        Mark("told", 8, since="1.2.0", note='use "sum" instead (really)'),
        Mark("SHUT", 14, note="old"),
        Mark("State::Shut", 18, note="use Closed"),
        Mark("Till::put", 25, since="0.9"),
    ]


TYPESCRIPT = """\
/** @deprecated Use `total`. */
export function sum(): number {
  return 0;
}

/**
 * Adds up.
 *
 * @deprecated since v1.2.0, use sum
 * @param values
 */
export default async function* total(values: number[]) {}

/** Not deprecated. */
export const one = 1;

/** @deprecated */
export const two = 2, three = 3;

/** @deprecated Exported below. */
class Till {
  /** @deprecated Read `sum`. */
  static async total(): Promise<number> {}

  /** @deprecated Nobody sees it. */
  private hidden = 1;

  /** @deprecated Nobody sees it either. */
  #hidden = 1;
}

/** @deprecated It stays in here. */
function inner() {}

export { Till };
"""


def test_typescript_marks_by_a_tag_of_a_comment() -> None:
    assert list(typescript("src/till.ts", TYPESCRIPT)) == [
        Mark("sum", 2, note="Use `total`."),
        Mark("total", 12, since="1.2.0", note="since v1.2.0, use sum"),
        Mark("two", 18),
        Mark("Till", 21, note="Exported below."),
        Mark("total", 23, note="Read `sum`."),
    ]
