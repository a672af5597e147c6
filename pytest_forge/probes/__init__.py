"""Small programs that forge runs in the interpreter of a project or of its own tools."""
