"""The sections of a template around its resources, and the files that give parameters their values."""
