"""Baselines: what is known of a project, stored beside it, that may only get better."""
