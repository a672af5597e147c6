import pytest

from pytest_forge.toolchains.go.modules import is_another_major


@pytest.mark.parametrize(
    ("path", "before", "expected"),
    [
        ("example.com/kit/v2", "example.com/kit", True),
        ("example.com/kit/v3", "example.com/kit/v2", True),
        ("gopkg.in/yaml.v3", "gopkg.in/yaml.v2", True),
        ("example.com/kit/v2", "example.com/kit/v2", False),
        ("example.com/kit/v2", "example.com/kid", False),
        ("gopkg.in/yaml.v3", "gopkg.in/toml.v2", False),
        ("example.com/kit.v2", "example.com/kit", False),
    ],
)
def test_another_major_version_is_another_module(path: str, before: str, expected: bool) -> None:
    assert is_another_major(path, before) is expected
