"""The one place that starts processes, and the graph that orders them."""
