"""What both writers of experiments share: comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Final

from wa_iac.report.text import safe_line

from .model import Experiment

_WIDTH: Final = 98
REFERENCE: Final = "https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html"


def comment(text: str) -> list[str]:
    """A text as lines of comments."""
    return [f"# {each}" for each in wrap(safe_line(text), _WIDTH, break_long_words=False, break_on_hyphens=False)]


def heading(experiment: Experiment, unit: str) -> Iterator[str]:
    """What an experiment tests, what is expected, and what it does not test."""
    yield from comment(f"AWS FIS experiment for {unit}: {experiment.title}.")
    yield from _listed("What is expected, by the drill:", experiment.hypothesis)
    yield from _listed("What to know first:", experiment.limits)
    yield from comment(f"Actions: {REFERENCE}")


def _listed(title: str, sentences: Iterable[str]) -> Iterator[str]:
    for number, each in enumerate(sentences):
        if number == 0:
            yield "#"
            yield f"# {title}"
        first, *others = wrap(safe_line(each), _WIDTH - 2, break_long_words=False, break_on_hyphens=False)
        yield f"# - {first}"
        yield from (f"#   {other}" for other in others)
