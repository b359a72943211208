"""Suppressions written beside the code.

`# wa-iac: ignore[slug, slug] reason`, or with `//`, holds for the line it ends, or for the next one where it has a line of its
own; at a resource's header it holds for the whole resource. `until=2027-01-31` in the reason ends it after that day.
In a CloudFormation template, JSON above all, the resource's `Metadata` may say the same:
`Metadata: {wa-iac: {ignore: [slug, {rule: slug, reason: why, until: 2027-01-31}]}}`.

What is written for other analyzers counts too: see `foreign`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from wa_iac.core.algebra import plain
from wa_iac.core.binding import elements
from wa_iac.core.declared import Declared, Unit
from wa_iac.core.finding import Suppression
from wa_iac.core.rule import Rule
from wa_iac.core.value import Span, Tree

from .foreign import ForeignSuppressions
from .settings import NO_SETTINGS, SuppressionPolicy

_COMMENT: Final = re.compile(r"(?:#|//)\s*wa-iac:\s*ignore\[(?P<slugs>[^\]]*)\](?P<reason>[^\n]*)")
_UNTIL: Final = re.compile(r"\buntil=(\d{4}-\d{2}-\d{2})\b")
_NO_REASON: Final = "no reason given"


class _Note(NamedTuple):
    slugs: frozenset[str]
    reason: str


class Suppressions:
    """Those of one unit, found where its files mention us at all."""

    def __init__(self, unit: Unit, policy: SuppressionPolicy = NO_SETTINGS.suppressions, today: date | None = None) -> None:
        self._policy = policy
        self._today = today
        self._foreign = ForeignSuppressions(unit)
        self._notes: dict[tuple[str, int], list[_Note]] = {}
        for path, source in unit.sources.items():
            if b"wa-iac:" in source:
                for line, note in _notes(source.decode("utf-8", "replace")):
                    self._notes.setdefault((path, line), []).append(note)

    def of(self, rule: Rule, span: Span, declared: Declared | None) -> Suppression | None:
        """What suppresses `rule` at `span` in `declared`, if anything does and may."""
        if not self._policy.allows(rule.slug):
            return None
        places = {(span.path, span.start_line)}
        if declared is not None:
            places.add((declared.span.path, declared.span.start_line))
            # What is made for an event of a SAM resource stands at the event: what holds for the resource holds for it too.
            places.add((declared.extent.path, declared.extent.start_line))
        for place in sorted(places):
            for note in self._notes.get(place, ()):
                if rule.slug in note.slugs and not self._over(note.reason):
                    return Suppression(_UNTIL.sub("", note.reason).strip() or _NO_REASON, "inline")
        own = self._in_metadata(rule, declared) if declared is not None else None
        return self._foreign.of(rule, span, declared) if own is None else own

    def _in_metadata(self, rule: Rule, declared: Declared) -> Suppression | None:
        metadata: Tree | None = declared.attributes.get("Metadata")
        if metadata is None:
            return None
        for entry in elements(metadata, "wa-iac.ignore[]"):
            match plain(entry):
                case str() as slug if slug == rule.slug:
                    return Suppression(_NO_REASON, "metadata")
                case {"rule": rule.slug, **rest} if not self._over(f"until={rest.get('until', '')}"):
                    return Suppression(str(rest.get("reason", _NO_REASON)), "metadata")
                case _:
                    pass
        return None

    def _over(self, reason: str) -> bool:
        """Whether the day it holds until has passed. A date that is none ends nothing."""
        found = _UNTIL.search(reason)
        if found is None:
            return False
        try:
            until = date.fromisoformat(found[1])
        except ValueError:
            return False
        # The day is the user's own: a suppression ends at midnight where it was written.
        return until < (self._today or date.today())  # noqa: DTZ011


def _notes(text: str) -> Iterator[tuple[int, _Note]]:
    """Each note with the line it holds for, from 1."""
    lines = text.splitlines()
    for index, line in enumerate(lines):
        found = _COMMENT.search(line)
        if found is None:
            continue
        slugs = frozenset(slug.strip() for slug in found["slugs"].split(","))
        target = index
        if not line[: found.start()].strip():
            target = next((i for i in range(index + 1, len(lines)) if not _only_comment(lines[i])), index)
        yield target + 1, _Note(slugs, found["reason"].strip())


def _only_comment(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith(("#", "//"))
