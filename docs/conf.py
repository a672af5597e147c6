"""The documentation's build settings. Built strict: `sphinx-build -W --keep-going -n`."""

project = "pytest-forge"
author = "The pytest-forge developers"
project_copyright = "2026, The pytest-forge developers"

extensions = ["myst_parser"]
exclude_patterns = ["_build"]
# Anchors for headings, so that links to a heading can be checked.
myst_heading_anchors = 3

html_theme = "furo"
html_title = "pytest-forge"
