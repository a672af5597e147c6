"""Quality gates for every project of a repository, run as ordinary pytest items."""

__version__ = "0.1.0"
