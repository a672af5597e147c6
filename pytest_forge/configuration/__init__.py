"""The keys of the configuration as data, and how their values are read."""
