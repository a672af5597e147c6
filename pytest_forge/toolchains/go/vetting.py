"""What keeps `go vet` from taking an empty output out of go's cache.

go 1.26 caches what vet prints for a package, by a key that does not say whether the package was
vetted for itself or only for the facts that its users need; for the latter vet prints nothing. So
`go vet ./cmd` makes a following `go vet ./...` say nothing of what ./cmd imports, with exit 0
(cmd/go/internal/work/exec.go: `VetxOnly` is not hashed; tried with 1.26.8).
"""

import hashlib

from pytest_forge.projects import Project


def key_of_its_own(project: Project) -> str:
    """Return a flag of vet that changes nothing but go's key, the same for the same roles.

    Which packages are vetted for their facts only follows from the patterns and the test files: a
    package with tests is vetted together with them. The flag adds a name to those of the functions
    that print, which no function has.
    """
    words = "\n".join((*project.words("patterns"), "", *sorted(project.words("test_files"))))
    return f"-printf.funcs=forge{hashlib.sha256(words.encode()).hexdigest()[:16]}"
