"""Performance efficiency."""
