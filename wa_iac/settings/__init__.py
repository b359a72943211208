"""Settings files: found, read and checked."""
