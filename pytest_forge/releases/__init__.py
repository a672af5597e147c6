"""The releases of a project: their tags, what they held, and what is told of them."""
