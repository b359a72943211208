"""The steps of a traversal, grouped."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Literal, TypeAlias

from .nodes import PathStep, Splat

Step: TypeAlias = tuple[PathStep, Literal["dotted", "bracketed"]]
"""A step and its spelling: `.name`, `.0` and `.*` are dotted, `[key]` and `[*]` are bracketed."""


def grouped(found: Sequence[Step]) -> list[PathStep]:
    """Groups of steps: all steps after `[*]` apply to each element; after `.*`, only the dotted ones do."""
    steps: deque[PathStep] = deque()
    dotted = 0  # the number of first steps that a `.*` before them would apply to each element
    for step, written in reversed(found):
        if not isinstance(step, Splat):
            steps.appendleft(step)
            dotted = dotted + 1 if written == "dotted" else 0
            continue
        taken = len(steps) if written == "bracketed" else dotted
        steps.appendleft(Splat(tuple(steps.popleft() for _ in range(taken))))
        dotted = 0
    return list(steps)
