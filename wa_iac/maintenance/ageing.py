"""The files of dated facts that nobody has compared with their sources for long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from wa_iac.knowledge.dated import Subject


def older(subjects: Iterable[Subject], today: date, days: int) -> Iterator[Subject]:
    """The subjects that were last checked more than so many days ago, the oldest first."""
    yield from sorted((each for each in subjects if (today - each.as_of).days > days), key=lambda each: (each.as_of, each.name))


def line(subject: Subject, today: date) -> str:
    """A subject with its age and its sources, which a person reads to check it."""
    age = (today - subject.as_of).days
    return "\n".join(
        [f"{subject.name}: {age} days old ({subject.as_of}). {subject.about}", *(f"  {url}" for url in subject.sources)]
    )
