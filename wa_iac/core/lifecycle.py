"""The life of a rule's name: since when there is one, its earlier names, and whether it will change or go."""

from __future__ import annotations

from typing import Final, NamedTuple

FIRST: Final = "0.1.0"
"""The version of the first rules."""


class Lifecycle(NamedTuple):
    """The life of a rule.

    Attributes:
        since: the version of wa-iac that has the rule first.
        renamed_from: its earlier slugs. They keep working wherever a slug is written.
        deprecated: why the rule will be removed, and what to use instead; empty if it stays.
        preview: whether its verdicts may still change. A rule in preview runs only in the profile `all`, or if it is selected.
    """

    since: str = FIRST
    renamed_from: tuple[str, ...] = ()
    deprecated: str = ""
    preview: bool = False

    @property
    def notes(self) -> list[str]:
        """The sentences about it, for a page; none for most rules."""
        return [
            *(["The rule is in preview: its verdicts may still change. It runs with `--profile all`."] if self.preview else []),
            *([f"The rule is deprecated and will be removed. {self.deprecated}"] if self.deprecated else []),
            *(f"Before, the rule was called `{each}`. That name still works." for each in self.renamed_from),
        ]
