"""Rust: projects by their Cargo manifests, measured by cargo and its subcommands."""
