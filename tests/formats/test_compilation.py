import io
import zipfile
from collections.abc import Callable

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import compileall, python_warnings, uv_build, wheel

Recorded = Callable[[str, str, str], bytes]


def test_compileall_counts_the_files(recorded: Recorded) -> None:
    report = compileall.parse(recorded("compileall", "clean", "progress"))

    assert report.measures == {"files.compiled": 2}
    assert report.findings == ()


def test_compileall_errors_of_each_form(recorded: Recorded) -> None:
    report = compileall.parse(recorded("compileall", "errors", "progress"))

    assert [(one.rule, one.path, one.line) for one in report.findings] == [
        ("SyntaxError", "src/shop/bad.py", 1),
        ("SyntaxError", "src/shop/latin.py", 1),
        ("TabError", "src/shop/tabs.py", 3),
    ]
    assert report.count("errors") == 3
    assert report.measures == {"files.compiled": 5}


def test_what_compileall_cannot_list_is_unreadable() -> None:
    with pytest.raises(OutputUnreadable, match="Can't list 'gone'"):
        compileall.parse(b"Listing 'gone'...\nCan't list 'gone'\n")


def test_a_syntax_warning_is_a_warning(recorded: Recorded) -> None:
    (finding,) = python_warnings.parse(recorded("compileall", "warnings", "warnings")).findings

    assert (finding.measure, finding.rule) == ("warnings", "SyntaxWarning")
    assert (finding.path, finding.line) == ("src/shop/same.py", 2)


def test_anything_else_on_standard_error_is_unreadable() -> None:
    with pytest.raises(OutputUnreadable):
        python_warnings.parse(b"Fatal Python error: out of memory\n")


def test_a_wheel_is_proof(recorded: Recorded) -> None:
    data = recorded("build", "clean", "wheel")

    assert wheel.parse(data).measures == {
        "artifacts": 1,
        "artifact.size": len(data),
        "artifact.files": 3,
    }


def _archive(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "files",
    [
        {"shop/__init__.py": ""},
        {"shop-1.dist-info/METADATA": "Name: shop\n\n"},
        {"a-1.dist-info/METADATA": "Name: a\nVersion: 1\n", "b-1.dist-info/METADATA": ""},
    ],
)
def test_a_zip_file_without_its_metadata_is_no_wheel(files: dict[str, str]) -> None:
    with pytest.raises(OutputUnreadable):
        wheel.parse(_archive(files))


def test_a_damaged_file_in_a_wheel_is_found(recorded: Recorded) -> None:
    files = {"shop/a.py": "answer = 42\n", "shop-1.dist-info/METADATA": "Name: s\nVersion: 1\n"}
    data = _archive(files)
    assert wheel.parse(data).measures["artifact.files"] == 1

    with pytest.raises(OutputUnreadable, match="damaged"):
        wheel.parse(data.replace(b"answer = 42", b"answer = 43"))


def test_a_built_wheel_is_no_finding(recorded: Recorded) -> None:
    report = uv_build.parse(recorded("build", "clean", "log"))

    assert report.findings == ()
    assert report.measures == {"builds": 1}


def test_a_failed_build_tells_why(recorded: Recorded) -> None:
    (finding,) = uv_build.parse(recorded("build", "backend-error", "log")).findings

    assert finding.measure == "errors"
    assert "The build backend returned an error" in finding.message
    assert "ZeroDivisionError: division by zero" in finding.message


def test_a_failed_build_as_older_versions_of_uv_draw_it() -> None:
    text = "  \u00d7 Failed to build `/project`\n  ├─▶ The build backend returned an error\n"
    (finding,) = uv_build.parse(text.encode()).findings

    assert finding.message == "the wheel was not built: The build backend returned an error"
