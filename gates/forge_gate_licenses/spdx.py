"""The SPDX identifiers that may ship by default, and those that SPDX has given up.

Permissive: they ask for a notice at most, in source or binary form, and put no condition on the
work that uses them. MPL-2.0 is the one copyleft license among them: it holds file by file (its
section 3.3 lets a larger work have any terms), so that a dependency under it binds its own files
only. Left out on purpose: licenses with an advertising clause (BSD-4-Clause), with a field of use
(JSON), and those meant for documents or fonts.
"""

ALLOWED = (
    "0BSD",
    "Apache-2.0",
    "BlueOak-1.0.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-2-Clause-Patent",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "CNRI-Python",
    "curl",
    "HPND",
    "ISC",
    "libpng-2.0",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "NCSA",
    "PostgreSQL",
    "PSF-2.0",
    "Python-2.0",
    "Python-2.0.1",
    "Unicode-3.0",
    "Unicode-DFS-2015",
    "Unicode-DFS-2016",
    "Unlicense",
    "UPL-1.0",
    "X11",
    "Zlib",
    "ZPL-2.1",
)

REPLACED = {
    "GPL-2.0-with-autoconf-exception": "GPL-2.0-only WITH Autoconf-exception-2.0",
    "GPL-2.0-with-bison-exception": "GPL-2.0-only WITH Bison-exception-2.2",
    "GPL-2.0-with-classpath-exception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "GPL-2.0-with-font-exception": "GPL-2.0-only WITH Font-exception-2.0",
    "GPL-2.0-with-GCC-exception": "GPL-2.0-only WITH GCC-exception-2.0",
    "GPL-3.0-with-autoconf-exception": "GPL-3.0-only WITH Autoconf-exception-3.0",
    "GPL-3.0-with-GCC-exception": "GPL-3.0-only WITH GCC-exception-3.1",
}
"""Identifiers of a license with its exception, and what replaced them in SPDX' list 3.0."""
