"""Pieces of messages."""

from collections.abc import Sequence


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: "one, two and three"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def all_of(number: int) -> str:
    """The beginning of a sentence about each of two or more: "Both", "All 3"."""
    return "Both" if number == 2 else f"All {number}"
