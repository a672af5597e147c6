"""One module for each output format: a pure function from bytes to a `Report`."""
