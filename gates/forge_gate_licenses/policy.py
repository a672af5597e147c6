"""Whether a license statement meets a list of allowed SPDX identifiers."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from license_expression import (  # type: ignore[import-untyped]
    ExpressionError,
    LicenseSymbol,
    LicenseWithExceptionSymbol,
    Licensing,
    get_spdx_licensing,
)

from forge_gate_licenses.names import expression_for
from forge_gate_licenses.spdx import REPLACED
from pytest_forge.phrases import clipped

_LONGEST = 60
"""How much is shown of a license that no one knows, in characters."""

# Many packages still state them; license-expression takes them for exceptions.
_GIVEN_UP = re.compile(
    rf"(?<![\w.-])(?:{'|'.join(map(re.escape, REPLACED))})(?![\w.+-])", re.IGNORECASE
)
_REPLACEMENTS = {name.lower(): expression for name, expression in REPLACED.items()}


def refusal(statement: str, allowed: Sequence[str]) -> str:
    """Return why `statement` is refused, "" where it is allowed.

    `allowed` holds SPDX identifiers, or `id WITH exception` for one exception alone. Identifiers
    compare without regard to case, and deprecated ones as what replaced them.
    """
    text = " ".join(statement.split())
    if not text:
        return "states no license"
    expression = expression_for(statement)
    parsed = _parsed(expression) if expression else None
    if parsed is None:
        shown = clipped(text, _LONGEST)
        return f"states {shown!r}, which is neither an SPDX expression nor a known license name"
    if _meets(parsed, frozenset(map(_canonical, allowed))):
        return ""
    return f"has the license {parsed.render()}, which the policy does not allow"


def is_license(identifier: str) -> bool:
    """Tell whether `identifier` can stand in a policy: one SPDX license, with an exception or not.

    `LicenseRef-...` is one, too: SPDX leaves these names to their authors.
    """
    parsed = _parsed(identifier)
    return isinstance(parsed, LicenseSymbol | LicenseWithExceptionSymbol)


def _meets(node: Any, allowed: frozenset[str]) -> bool:
    if isinstance(node, LicenseWithExceptionSymbol):
        # An exception only ever adds permissions, so an allowed license stays allowed with it.
        return _meets(node.license_symbol, allowed) or node.render().lower() in allowed
    if isinstance(node, LicenseSymbol):
        # "X+" is X or any later version: whoever may use X chooses X.
        key = str(node.key).lower()
        return key in allowed or key.removesuffix("+") in allowed
    sides: Iterable[bool] = (_meets(side, allowed) for side in node.args)
    return any(sides) if node.operator.strip() == "OR" else all(sides)


def _canonical(identifier: str) -> str:
    parsed = _parsed(identifier)
    return str(parsed.render() if parsed is not None else identifier).lower()


@lru_cache(maxsize=4096)
def _parsed(expression: str) -> Any:
    """Return the parsed expression, None where it is malformed or names an unknown license."""
    licensing = _licensing()
    try:
        parsed = licensing.parse(_GIVEN_UP.sub(_replacement, expression))
    except (ExpressionError, AssertionError, IndexError, TypeError):
        # The parser falls over its own stack on some malformed input, such as "()".
        return None
    if parsed is None:
        return None
    known = all(_is_known(symbol) for symbol in licensing.license_symbols(parsed, decompose=False))
    return parsed if known else None


def _replacement(found: re.Match[str]) -> str:
    return _REPLACEMENTS[found[0].lower()]


def _is_known(symbol: LicenseSymbol | LicenseWithExceptionSymbol) -> bool:
    if isinstance(symbol, LicenseWithExceptionSymbol):
        exception = symbol.exception_symbol
        return _is_known(symbol.license_symbol) and _spdx_exception(str(exception.key))
    key = str(symbol.key)
    if key.lower().startswith("licenseref-"):
        return True
    found = _licensing().known_symbols.get(key.removesuffix("+"))
    return found is not None and not found.is_exception


def _spdx_exception(key: str) -> bool:
    found = _licensing().known_symbols.get(key)
    return found is not None and bool(found.is_exception)


@lru_cache(maxsize=1)
def _licensing() -> Licensing:
    return get_spdx_licensing()
