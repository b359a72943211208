"""The steps of a traversal, as they belong together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from .nodes import PathStep, Splat

Step: TypeAlias = tuple[PathStep, Literal["dotted", "bracketed"]]
"""A step, and how it is written: `.name`, `.0` and `.*`, or `[key]` and `[*]`."""


def grouped(found: Sequence[Step]) -> list[PathStep]:
    """Steps as they belong together: all that follows `[*]` is taken from each element, of what follows `.*` only what is dotted, too."""
    steps: list[PathStep] = []
    rest = list(reversed(found))
    while rest:
        step, written = rest.pop()
        if not isinstance(step, Splat):
            steps.append(step)
        elif written == "bracketed":
            return [*steps, Splat(tuple(grouped(rest[::-1])))]
        else:
            taken: list[PathStep] = []
            while rest and rest[-1][1] == "dotted" and not isinstance(rest[-1][0], Splat):
                taken.append(rest.pop()[0])
            steps.append(Splat(tuple(taken)))
    return steps
