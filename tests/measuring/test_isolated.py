"""Commands whose interpreter would not see the base commit's code."""

import pytest

from pytest_forge.measuring.isolated import isolating_option


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (("{python}", "-I", "-c", "import shop"), "-I"),
        (("{python}", "-E", "shop.py"), "-E"),
        (("{python}", "-sE", "-m", "shop"), "-sE"),
        (("/usr/bin/python3.12", "-X", "dev", "-I", "shop.py"), "-I"),
        (("env", "A=1", "python3", "-Wignore", "-BI", "-"), "-BI"),
        (("pypy3", "--check-hash-based-pycs", "never", "-I", "-c", "0"), "-I"),
        (("python.exe", "-Ic", "import shop"), "-Ic"),
    ],
)
def test_an_interpreter_that_ignores_the_environment(command: tuple[str, ...], option: str) -> None:
    assert isolating_option(command) == option


@pytest.mark.parametrize(
    "command",
    [
        ("{python}", "-c", "import shop", "-I"),
        ("{python}", "-m", "shop", "-E"),
        ("{python}", "-mIE"),
        ("{python}", "shop.py", "-I"),
        ("{python}", "-", "-I"),
        ("{python}", "-W", "Ignore", "-XImporttime", "-Werror::I", "-s", "shop.py"),
        ("{python}", "--version", "-s"),
        ("gcc", "-I", "include", "shop.c"),
        ("{python}",),
        (),
    ],
)
def test_one_that_heeds_it(command: tuple[str, ...]) -> None:
    assert isolating_option(command) == ""
