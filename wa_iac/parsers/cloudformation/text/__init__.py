"""The text of a template: recognised, read into a located tree, written to."""
