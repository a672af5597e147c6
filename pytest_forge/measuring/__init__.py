"""Measuring what is declared: fresh processes of the head, in turns with those of the base.

A run of a declared suite or command is one child process (`probes/measure.py`) that works through a
plan: `plans` is that plan, `planning` makes it from the settings, `experiment` carries it out with
the statistics of `pytest_forge.performance`, and `documents` is what is printed of the result.
"""
