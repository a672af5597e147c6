"""License headers: a line `SPDX-License-Identifier: EXPRESSION` near the top of every source file.

The form is that of the SPDX specification, annex E ("Using SPDX short identifiers in source
files"), which REUSE asks for as well.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from license_expression import (  # type: ignore[import-untyped]
    ExpressionError,
    get_spdx_licensing,
)

from pytest_forge.model import Finding, Report, Severity
from pytest_forge.toolchains.declarations import Check, Context

_IDENTIFIER = re.compile(rb"SPDX-License-Identifier:[ \t]*([^\r\n]*)")
_TOP_BYTES = 4096
_COMMENT_ENDS = ("*/", "-->", "#}")


def measure(
    suffixes: Iterable[str], places: Callable[[Context], Iterable[str]]
) -> Callable[[Context, Mapping[str, Report]], Report]:
    """Return the measurement of headers in the files below `places` that end with a suffix.

    The report holds `files.checked`, and a finding of `licenses.headers` for each file without a
    header, or with one that is no SPDX expression.
    """
    endings = frozenset(suffixes)

    def compute(context: Context, inputs: Mapping[str, Report]) -> Report:
        files = context.tree.ending(endings, places(context))
        findings = [_finding(path, context.tree.read(path)[:_TOP_BYTES]) for path in files]
        return Report(
            findings=tuple(finding for finding in findings if finding is not None),
            measures={"files.checked": len(files)},
        )

    return compute


def check(language: str) -> Check:
    """Return the check of a language whose computation `license-headers` is such a measurement."""
    return Check(
        name="license-headers",
        gate="licenses",
        run="license-headers",
        proof="files.checked",
        nothing=f"no {language} file ships that could hold a license header",
        counts=("licenses.headers",),
        applies=lambda project, settings: settings.licenses.headers,
    )


def _finding(path: str, top: bytes) -> Finding | None:
    found = _IDENTIFIER.search(top)
    if found is None:
        if not top.strip():
            return None  # an empty file has nothing to license
        why = "no SPDX-License-Identifier near the top"
    else:
        text = found[1].decode("utf-8", "replace").strip()
        for end in _COMMENT_ENDS:
            text = text.removesuffix(end).strip()
        why = _why_no_expression(text)
    if not why:
        return None
    return Finding("licenses.headers", "license-header", why, Severity.MEDIUM, path, 1)


def _why_no_expression(text: str) -> str:
    try:
        # Symbols of one's own are allowed by SPDX, and unknown to any list.
        known = re.sub(r"\bLicenseRef-[A-Za-z0-9.-]+", "MIT", text)
        errors = get_spdx_licensing().validate(known).errors if text else ["it is empty"]
    except (ExpressionError, TypeError, AttributeError) as error:
        errors = [str(error)]
    return f"{text!r} is no SPDX expression: {'; '.join(errors)}" if errors else ""
