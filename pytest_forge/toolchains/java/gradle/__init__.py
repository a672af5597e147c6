"""Gradle builds: what they declare, and how forge's part in them is run and checked."""
