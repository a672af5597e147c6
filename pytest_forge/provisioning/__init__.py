"""Getting the tools that checks need: each ecosystem's own installer, into forge's directory."""
