"""Printing of labels."""

import subprocess


def print_label(path: str, printer: str) -> None:
    """Send a label to a printer."""
    subprocess.run(f"lp -d {printer} {path}", shell=True, check=True)
