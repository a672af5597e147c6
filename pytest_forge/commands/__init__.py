"""The commands of `pytest-forge`, one module each."""
