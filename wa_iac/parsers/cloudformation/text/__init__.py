"""The text of a template: recognising, reading into a located tree, editing."""
