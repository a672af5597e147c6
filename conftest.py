"""What every test of this repository shares.

It stands at the root and not in `tests/`, because `pytest_plugins` is honoured only in the
conftest file of the rootdir. `pytester` runs pytest inside a test, which is how a plugin is tested.
"""

pytest_plugins = ["pytester"]
