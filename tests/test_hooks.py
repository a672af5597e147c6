import pytest

from pytest_forge import hooks


def test_an_installed_plugin_adds_gates_and_toolchains_by_two_hooks() -> None:
    manager = pytest.PytestPluginManager()
    manager.add_hookspecs(hooks)

    class Plugin:
        @pytest.hookimpl(optionalhook=True)
        def pytest_forge_gates(self) -> str:
            return "a gate"

        @pytest.hookimpl(optionalhook=True)
        def pytest_forge_toolchains(self) -> list[str]:
            return ["one", "two"]

    manager.register(Plugin())
    manager.check_pending()
    assert manager.hook.pytest_forge_gates() == ["a gate"]
    assert manager.hook.pytest_forge_toolchains() == [["one", "two"]]
