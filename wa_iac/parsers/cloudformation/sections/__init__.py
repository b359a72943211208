"""The sections of a template around its resources, and the files of parameter values."""
