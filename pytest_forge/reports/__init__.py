"""Report writers: each turns a `RunReport` into text."""
