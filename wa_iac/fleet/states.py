"""How entries ended, in the words that a run and its report share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from wa_iac.report.listing import count

_WORDS: Final = {
    "killed": "its check was ended",
    "failed": "not read",
    "waiting": "not checked",
    "done": "read in part",
}
"""By state, what happened to an entry of which something was not read: those without any result first."""


def in_words(state: str) -> str:
    """What happened to an entry of which something was not read."""
    return _WORDS[state]


def place(state: str) -> int:
    """Sorts the states: those without any result first."""
    return list(_WORDS).index(state)


def unread_line(states: Iterable[str]) -> str:
    """How many entries were not read, by state, in one sentence; empty if there are none."""
    numbers = Counter(states)
    if not numbers:
        return ""
    nothing = sum(numbers.values()) - numbers["done"]
    kinds = ", ".join(f"{_WORDS[each]}: {numbers[each]:,}" for each in _WORDS if numbers[each] and each != "done")
    said = [f"{count(nothing, 'entry', 'entries')} without a result ({kinds})"] if nothing else []
    said += [f"{count(numbers['done'], 'entry', 'entries')} read in part"] if numbers["done"] else []
    return f"{' and '.join(said)}: nothing here says that they are without faults."


def found_in(findings: str, read: int, whole: int) -> str:
    """In how many entries the findings are that were counted: `12 findings in 9 entries of 10`."""
    return f"{findings} in {count(read, 'entry', 'entries')} of {whole:,}"
