"""The tools of Go's column: where each is sought, and the command that installs it.

The pinned versions are those with which the recordings in `tests/recordings/go` were made.
"""

from pytest_forge.toolchains.declarations import Package, Tool


def _installed(name: str, path: str, version: str, probe: tuple[str, ...], shown: str) -> Tool:
    """Return a tool that `go install` builds; `shown` is the pattern of its version's line."""
    return Tool(
        name=name,
        install=f"go install {path}@{version}",
        executable=name,
        version=probe,
        version_pattern=shown,
        packages=(Package("go", path, version),),
    )


GO = Tool(
    name="go",
    install="see https://go.dev/dl (GOTOOLCHAIN=auto lets go fetch the version by itself)",
    executable="go",
    version=("version",),
    version_pattern=r"\bgo(\d+\.\d+\S*)",
    in_project=True,
    at_least="go_version",
)
# It comes with go and tells no version.
GOFMT = Tool(
    name="gofmt",
    install="it comes with go: see https://go.dev/dl",
    executable="gofmt",
    version=("-h",),
    version_pattern=r"^gofmt (\d\S*)$",
)
STATICCHECK = _installed(
    "staticcheck",
    "honnef.co/go/tools/cmd/staticcheck",
    "v0.8.2",
    ("-version",),
    r"\(v?(\d+\.\d+\S*)\)",
)
GOLANGCI_LINT = _installed(
    "golangci-lint",
    "github.com/golangci/golangci-lint/v2/cmd/golangci-lint",
    "v2.15.0",
    ("version",),
    r"version v?(\d+\.\d+\S*)",
)
# It tells no version, but measures the empty directory in which it is probed.
GOCYCLO = _installed(
    "gocyclo", "github.com/fzipp/gocyclo/cmd/gocyclo", "v0.6.0", (".",), r"^gocyclo (\d\S*)$"
)
GOVULNCHECK = _installed(
    "govulncheck",
    "golang.org/x/vuln/cmd/govulncheck",
    "v1.8.0",
    ("-version",),
    r"govulncheck@v(\d\S*)",
)
# Built by `go install` it tells "dev".
GOSEC = _installed(
    "gosec",
    "github.com/securego/gosec/v2/cmd/gosec",
    "v2.29.0",
    ("-version",),
    r"Version: v?(\d\S*)",
)
# It tells no version. 1.6.0 is the last one that the module proxy was seen to hand out.
GO_LICENSES = _installed(
    "go-licenses",
    "github.com/google/go-licenses",
    "v1.6.0",
    ("--help",),
    r"^go-licenses v?(\d\S*)$",
)
# Without a version of its own; an older one writes export data in another form.
APIDIFF = _installed(
    "apidiff",
    "golang.org/x/exp/cmd/apidiff",
    "v0.0.0-20261014143641-f0251eb4aa3e",
    ("-h",),
    r"^apidiff v?(\d\S*)$",
)
