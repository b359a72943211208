"""Suppressions written beside the code.

`# wa-iac: ignore[slug, slug] reason`, or with `//`, holds for the line it ends, or for the next one where it has a line of its
own; at a resource's header it holds for the whole resource. `until=2027-01-31` in the reason ends it after that day. Without a
reason it does not hold.
In a CloudFormation template, JSON above all, the resource's `Metadata` may say the same:
`Metadata: {wa-iac: {ignore: [{rule: slug, reason: why, until: 2027-01-31}]}}`.

What is written for other analyzers counts too: see `foreign`. What is wrong with a suppression is told: see `hygiene`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Final

from wa_iac.core.declared import Declared, Unit
from wa_iac.core.errors import BoundError, WaIacError
from wa_iac.core.finding import Suppression
from wa_iac.core.rule import Rule
from wa_iac.core.value import Span

from .foreign import ForeignSuppressions
from .ignores import Ignore, in_comments, in_metadata
from .settings import NO_SETTINGS, SuppressionPolicy

MAX_SUPPRESSIONS: Final = 1_000
"""Suppressions of one file that are read. Those after them do not hold, which is an error."""


class Suppressions:
    """Those of one unit, found where its files mention us at all. `used` are those that had something to suppress, `errors` why some
    are not read."""

    def __init__(self, unit: Unit, policy: SuppressionPolicy = NO_SETTINGS.suppressions, today: date | None = None) -> None:
        self.policy = policy
        # The day is the user's own: a suppression ends at midnight where it was written.
        self.today = today or date.today()  # noqa: DTZ011
        self.used: set[Ignore] = set()
        self._foreign = ForeignSuppressions(unit)
        self._comments: dict[tuple[str, int], list[Ignore]] = {}
        self._metadata: dict[str, list[Ignore]] = {}
        self._beside: dict[tuple[str, int], list[Ignore]] | None = None
        self.errors: list[WaIacError] = []
        programs = {each.source.path for each in unit.declared if each.source is not None}
        ours = {path: source for path, source in unit.sources.items() if b"wa-iac" in source}
        begins: dict[str, set[int]] = {path: set() for path in ours}
        for each in unit.declared if ours else ():
            if each.span.path in begins:
                begins[each.span.path].add(each.span.start_line)
        for path, source in ours.items():
            written = in_comments(path, source, unit.dialect, program=path in programs, begins=begins[path])
            for ignore in islice(written, MAX_SUPPRESSIONS):
                self._comments.setdefault((path, ignore.line), []).append(ignore)
            if (more := next(written, None)) is not None:
                message = f"more than {MAX_SUPPRESSIONS:,} suppressions in one file, the bound kept for safety: this one and others do not hold"
                self.errors.append(BoundError(message, path=path, line=more.span.start_line, column=more.span.start_column))
        for declared in unit.declared if unit.dialect == "cloudformation" else ():
            if found := in_metadata(declared):
                self._metadata[declared.address] = found

    def of(self, rule: Rule, span: Span, declared: Declared | None) -> Suppression | None:
        """What suppresses `rule` at `span` in `declared`, if anything does and may."""
        if not self.policy.allows(rule.slug):
            return None
        holding = [each for each in self._around(span, declared) if each.slug == rule.slug and self.holds(each)]
        self.used.update(holding)
        if holding:
            return Suppression(holding[0].reason, holding[0].source)
        return self._foreign.of(rule, span, declared)

    def __iter__(self) -> Iterator[Ignore]:
        """All of ours, whether they hold or not."""
        for found in (*self._comments.values(), *self._metadata.values()):
            yield from found

    def holds(self, ignore: Ignore) -> bool:
        """Whether it does what it says. A date that is none ends nothing."""
        return self.policy.allows(ignore.slug) and ignore.is_explained and not self.is_over(ignore)

    def is_over(self, ignore: Ignore) -> bool:
        """Whether the day it holds until has passed."""
        return ignore.last_day is not None and ignore.last_day < self.today

    def concerns(self, ignore: Ignore, declared: Declared) -> bool:
        """Whether it may suppress what is found in a resource."""
        if ignore.source == "metadata":
            return ignore in self._metadata.get(declared.address, ())
        block = declared.source or declared.extent
        return block.path == ignore.span.path and block.start_line <= ignore.line <= block.end_line

    def beside(self, rule: Rule, ignore: Ignore) -> Suppression | None:
        """What suppresses a finding on a suppression, if anything does: another slug in it, or another one for the same line."""
        if self._beside is None:
            self._beside = {}
            for each in self:
                self._beside.setdefault((each.span.path, each.line), []).append(each)
        for each in self._beside.get((ignore.span.path, ignore.line), ()):
            if each.slug == rule.slug and self.holds(each):
                return Suppression(each.reason, each.source)
        return None

    def _around(self, span: Span, declared: Declared | None) -> Iterator[Ignore]:
        places = {(span.path, span.start_line)}
        if declared is not None:
            places.add((declared.span.path, declared.span.start_line))
            # What is made for an event of a SAM resource stands at the event: what holds for the resource holds for it too.
            places.add((declared.extent.path, declared.extent.start_line))
        for place in sorted(places):
            yield from self._comments.get(place, ())
        if declared is not None:
            yield from self._metadata.get(declared.address, ())
