"""Names that packages use for licenses, and the SPDX identifier that each stands for.

Names compare after `_key` has taken out what does not tell licenses apart; those with an acronym in
brackets are the trove classifiers'. A name without a version stands for the only one in use
(Apache, Mozilla), for "any version" where the license itself says so (the GPL family, section 9 of
the GPL), and "BSD" for the three-clause form, which asks for more than the two-clause one. A whole
license text is no name: nobody has compared it word by word.
"""

import re

_NAMES = {
    "0BSD": ("zero clause bsd", "zero clause bsd (0bsd)", "bsd zero clause"),
    "AGPL-3.0-only": ("gnu affero general public 3", "agpl 3", "agpl 3.0"),
    "AGPL-3.0-or-later": (
        "gnu affero general public 3 or later (agpl 3 or later)",
        "agpl 3 or later",
    ),
    "Apache-2.0": (
        "apache",
        "apache 2",
        "apache 2.0",
        "apache software",
        "apache software 2.0",
        "asl 2",
        "asl 2.0",
    ),
    "BSD-2-Clause": ("bsd 2 clause", "bsd (2 clause)", "2 clause bsd", "simplified bsd"),
    "BSD-3-Clause": (
        "bsd",
        "bsd 3 clause",
        "bsd (3 clause)",
        "3 clause bsd",
        "new bsd",
        "modified bsd",
        "revised bsd",
    ),
    "BSL-1.0": ("boost software", "boost software 1.0", "boost software 1.0 (bsl 1.0)"),
    "BlueOak-1.0.0": ("blue oak model (blueoak 1.0.0)",),
    "CC0-1.0": ("cc0", "cc0 1.0 universal", "cc0 1.0 universal (cc0 1.0) public domain dedication"),
    "CNRI-Python": ("python (cnri python)",),
    "EPL-1.0": ("eclipse public 1.0 (epl 1.0)",),
    "EPL-2.0": ("eclipse public 2.0", "eclipse public 2.0 (epl 2.0)"),
    "GPL-1.0-or-later": ("gpl", "gnu gpl", "gnu general public (gpl)"),
    "GPL-2.0-only": ("gpl 2", "gnu gpl 2", "gnu general public 2 (gpl 2)"),
    "GPL-2.0-or-later": ("gpl 2 or later", "gnu general public 2 or later (gpl 2 or later)"),
    "GPL-3.0-only": ("gpl 3", "gnu gpl 3", "gnu general public 3 (gpl 3)"),
    "GPL-3.0-or-later": ("gpl 3 or later", "gnu general public 3 or later (gpl 3 or later)"),
    "HPND": ("historical permission notice and disclaimer (hpnd)",),
    "ISC": ("isc", "isc (iscl)"),
    "LGPL-2.0-or-later": ("lgpl", "gnu lgpl", "gnu library or lesser general public (lgpl)"),
    "LGPL-2.0-only": ("lgpl 2", "gnu lesser general public 2 (lgpl 2)"),
    "LGPL-2.1-only": ("lgpl 2.1", "gnu lesser general public 2.1"),
    "LGPL-2.1-or-later": ("lgpl 2.1 or later", "gnu lesser general public 2.1 or later"),
    "LGPL-3.0-only": ("lgpl 3", "gnu lgpl 3", "gnu lesser general public 3 (lgpl 3)"),
    "LGPL-3.0-or-later": (
        "lgpl 3 or later",
        "gnu lesser general public 3 or later (lgpl 3 or later)",
    ),
    "LicenseRef-public-domain": ("public domain",),
    "MIT": ("mit", "mit (mit)", "expat", "mit expat", "expat mit"),
    "MIT-0": ("mit no attribution (mit 0)",),
    "MIT-CMU": ("cmu (mit cmu)",),
    "MPL-2.0": (
        "mozilla public 2",
        "mozilla public 2.0",
        "mozilla public 2.0 (mpl 2.0)",
        "mpl 2",
        "mpl 2.0",
    ),
    "NCSA": ("university of illinois ncsa open source",),
    "PSF-2.0": ("psf", "psfl", "python software foundation"),
    "UPL-1.0": ("universal permissive (upl)",),
    "Unlicense": ("unlicense (unlicense)",),
    "PostgreSQL": ("postgresql",),
    "ZPL-2.1": ("zope public", "zope public 2.1", "zpl 2.1"),
    "Zlib": ("zlib libpng",),
}
_IDENTIFIERS = {name: identifier for identifier, names in _NAMES.items() for name in names}

_NEUTRAL = re.compile(r"\b(?:the|licen[cs]e[sd]?|version)\b")
_SEPARATORS = ((",", " AND "), (";", " AND "), ("/", " OR "))


def expression_for(statement: str) -> str:
    """Return the SPDX expression that `statement` stands for, else `statement` on one line.

    "A/B" is read as a choice, which is what those who wrote it meant; a list ("A, B" or "A; B") as
    all of them, which is the careful reading.
    """
    text = " ".join(statement.split())
    text = text.removeprefix("License :: ").removeprefix("OSI Approved :: ")
    known = _IDENTIFIERS.get(_key(text))
    if known:
        return known
    for separator, operator in _SEPARATORS:
        if separator in text:
            return operator.join(f"({expression_for(part)})" for part in text.split(separator))
    return _with_named_sides(text)


def _with_named_sides(text: str) -> str:
    """Translate the names on both sides of an AND or OR."""
    sides = re.split(r"\s+(AND|OR)\s+", text, flags=re.IGNORECASE)
    return " ".join(_IDENTIFIERS.get(_key(side), side) for side in sides)


def _key(text: str) -> str:
    """Return `text` without case, hyphens, commas and the words that tell nothing apart.

    Other punctuation keeps a name unknown: "MIT*" and "MIT (not for sale)" are not MIT.
    """
    key = re.sub(r"(?<![a-z])v\.?\s?(?=\d)|(?<=[a-z])v(?=\d)", " ", text.lower())
    key = _NEUTRAL.sub(" ", key.replace("+", " or later"))
    key = re.sub(r"[-,/\s]+", " ", key)
    return key.replace("( ", "(").replace(" )", ")").strip()
