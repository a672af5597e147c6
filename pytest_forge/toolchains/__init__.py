"""Toolchains: one module of declarations for each language."""
