"""Performance statistics: what two sides of a benchmark's process runs say about each other.

Pure functions over numbers that somebody else measured; `compare_pairs` alone asks for more of
them, by a callback. The modules: `rules` (every number that a verdict depends on), `paired` (base
against head in one job), `stored` (against a session that was kept), `counted` (instructions),
`session` and `machine` (what is kept, and where it was measured), `calibration` (how fast the
machine is at the moment), `consequences` (what a state means for the gate).
"""
