"""Adds the table of countries to the wheel."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Countries(BuildHookInterface):
    """Ships the table; a project that is installed in place reads it where it stands."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        table = Path(self.root, "data", "countries.csv")
        if not table.is_file():
            raise FileNotFoundError("data/countries.csv is missing")
        build_data["force_include"][str(table)] = "parcelkit/countries.csv"
