"""One module for each output format: a pure function from bytes to a `Report`.

`FORMATS` names those that a user's own tool can be declared with; the toolchains import the
modules themselves.
"""

from collections.abc import Mapping
from types import MappingProxyType

from pytest_forge.formats import (
    annotations,
    bandit,
    black,
    compileall,
    coverage_json,
    detect_secrets,
    environment,
    flake8,
    griffe_api,
    isort,
    isort_progress,
    junit,
    licensecheck,
    mypy,
    mypy_linecount,
    pip_audit,
    pip_audit_log,
    pyright,
    python_files,
    python_warnings,
    radon,
    ruff,
    ruff_format,
    sarif,
    uv_build,
    wheel,
)
from pytest_forge.toolchains.declarations import Format

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "annotations": annotations.parse,
        "bandit": bandit.parse,
        "black": black.parse,
        "compileall": compileall.parse,
        "coverage-json": coverage_json.parse,
        "detect-secrets": detect_secrets.parse,
        "environment": environment.parse,
        "flake8": flake8.parse,
        "griffe-api": griffe_api.parse,
        "isort": isort.parse,
        "isort-progress": isort_progress.parse,
        "junit": junit.parse,
        "licensecheck": licensecheck.parse,
        "mypy": mypy.parse,
        "mypy-linecount": mypy_linecount.parse,
        "pip-audit": pip_audit.parse,
        "pip-audit-log": pip_audit_log.parse,
        "pyright": pyright.parse,
        "python-files": python_files.parse,
        "python-warnings": python_warnings.parse,
        "radon": radon.parse,
        "ruff": ruff.parse,
        "ruff-format": ruff_format.parse,
        "sarif": sarif.parse,
        "uv-build": uv_build.parse,
        "wheel": wheel.parse,
    }
)
"""The formats by their public names."""
