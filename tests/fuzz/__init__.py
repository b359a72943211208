"""Hostile input in great number: made, changed, judged in this process, and held to what must be true of every input."""
