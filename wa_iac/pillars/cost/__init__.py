"""Cost optimization."""
