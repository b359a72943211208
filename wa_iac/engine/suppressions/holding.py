"""Suppressions written in the code.

`# wa-iac: ignore[slug, slug] reason`, or with `//`, applies to the line it ends, or to the next line if it is alone on its
line. At a resource's header it applies to the whole resource. `until=2027-01-31` in the reason ends it after that day. Without
a reason it has no effect. In a CloudFormation template, especially in JSON, the resource's `Metadata` may have it instead:
`Metadata: {wa-iac: {ignore: [{rule: slug, reason: why, until: 2027-01-31}]}}`.

Suppressions for other analyzers also count (see `foreign`). Mistakes in suppressions are reported (see `audit`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate
from operator import itemgetter

from wa_iac.core.declared import Declared, Unit
from wa_iac.core.errors import OldNameError
from wa_iac.core.finding import Suppression
from wa_iac.core.rule import Rule
from wa_iac.core.span import Span
from wa_iac.core.value import Step
from wa_iac.engine.catalogue import OURS, Catalogue
from wa_iac.engine.settings import NO_SETTINGS, SuppressionPolicy

from .foreign import ForeignSuppressions, Place
from .written import Ignore, in_comments, in_metadata


class Suppressions:
    """The suppressions of one unit, searched only in files that mention wa-iac. `used` are those that suppressed something,
    `notes` are about old names of rules in them."""

    def __init__(
        self,
        unit: Unit,
        policy: SuppressionPolicy = NO_SETTINGS.suppressions,
        today: date | None = None,
        catalogue: Catalogue = OURS,
    ) -> None:
        self.policy = policy
        self.notes: list[OldNameError] = []
        self._catalogue = catalogue
        # The day is in the user's time zone.
        self.today = today or date.today()  # noqa: DTZ011
        self.used: set[Ignore] = set()
        self._foreign = ForeignSuppressions(unit, self.today)
        self._comments: dict[tuple[str, int], list[Ignore]] = {}
        self._metadata: dict[str, list[Ignore]] = {}
        self._unit = unit
        self._places: _Places | None = None
        self._named: dict[tuple[str, str, int], list[Ignore]] | None = None
        programs = {each.source.path for each in unit.declared if each.source is not None}
        begins: dict[str, set[int]] = {}
        for declared in unit.declared:
            begins.setdefault(declared.span.path, set()).add(declared.span.start_line)
        for path, source in unit.sources.items():
            if b"wa-iac" not in source and b"WA-IAC" not in source:
                continue
            program = path in programs
            for each in in_comments(path, source, unit.dialect, program=program, begins=begins.get(path, ())):
                self._comments.setdefault((path, each.line), []).append(self._current(each))
        for declared in unit.declared if unit.dialect == "cloudformation" else ():
            if found := in_metadata(declared):
                self._metadata[declared.address] = list(map(self._current, found))

    def _current(self, ignore: Ignore) -> Ignore:
        """The same suppression with the current slug of its rule."""
        if note := self._catalogue.note(ignore.slug):
            self.notes.append(OldNameError.at(ignore.span, note))
        return ignore._replace(slug=self._catalogue.current(ignore.slug))

    def of(
        self, rule: Rule, span: Span, declared: Declared | None, *, chain: Sequence[Step] = (), about: Sequence[str] = ()
    ) -> Suppression | None:
        """The suppression of `rule` at `span` in `declared`, if any is effective.

        `chain` are the places that the value came through, `about` the single findings of another analyzer that this is.
        """
        if not self.policy.allows(rule.slug):
            return None
        holding = [each for each in self._around(span, declared) if each.slug == rule.slug and self.holds(each)]
        self.used.update(holding)
        if holding:
            return Suppression(holding[0].reason, holding[0].source)
        return self._foreign.of(rule, Place(span, declared, chain, about)) if declared is not None else None

    def __iter__(self) -> Iterator[Ignore]:
        """All of our suppressions, effective or not."""
        for found in (*self._comments.values(), *self._metadata.values()):
            yield from found

    def holds(self, ignore: Ignore) -> bool:
        """Whether it is effective. An invalid date ends nothing."""
        return self.policy.allows(ignore.slug) and ignore.is_explained and not self.is_over(ignore)

    def is_over(self, ignore: Ignore) -> bool:
        """Whether its last day has passed."""
        return ignore.last_day is not None and ignore.last_day < self.today

    def concerned(self, ignore: Ignore) -> list[Declared]:
        """The resources in which it may suppress findings."""
        return self._blocks.of(ignore)

    @property
    def _blocks(self) -> _Places:
        if self._places is None:
            self._places = _Places(self._unit.declared, self._metadata)
        return self._places

    def beside(self, rule: Rule, ignore: Ignore) -> Suppression | None:
        """The suppression of a finding on a suppression, if any: another slug in it, or another suppression for the same
        line."""
        if self._named is None:
            self._named = {}
            for each in self:
                self._named.setdefault((each.slug, each.span.path, each.line), []).append(each)
        found = self._named.get((rule.slug, ignore.span.path, ignore.line), ())
        return next((Suppression(each.reason, each.source) for each in found if self.holds(each)), None)

    def _around(self, span: Span, declared: Declared | None) -> Iterator[Ignore]:
        places = {(span.path, span.start_line)}
        if declared is not None:
            places.add((declared.span.path, declared.span.start_line))
            # A resource made for an event of a SAM resource is located at the event; the SAM resource's suppressions apply to
            # it as well.
            places.add((declared.extent.path, declared.extent.start_line))
        # What is wrong with a bucket may stand in a resource beside it, whose header is nearer.
        written = self._blocks.around(span) if self._comments or self._metadata else []
        places.update((each.span.path, each.span.start_line) for each in written)
        for place in sorted(places):
            yield from self._comments.get(place, ())
        addresses = [declared.address] if declared is not None else []
        for address in dict.fromkeys((*addresses, *(each.address for each in written))):
            yield from self._metadata.get(address, ())


class _Places:
    """Finds the resources around a line, and those with an entry in their metadata. Indexed, since there may be many of
    both."""

    def __init__(self, declared: Sequence[Declared], metadata: Mapping[str, Sequence[Ignore]]) -> None:
        self._declared = declared
        self._entries: dict[Ignore, list[int]] = {}
        self._blocks: dict[str, list[tuple[int, int, int]]] = {}
        for index, each in enumerate(declared):
            for ignore in dict.fromkeys(metadata.get(each.address, ())):
                self._entries.setdefault(ignore, []).append(index)
            block = each.source or each.extent
            self._blocks.setdefault(block.path, []).append((block.start_line, block.end_line, index))
        self._ends: dict[str, list[int]] = {}
        for path, blocks in self._blocks.items():
            blocks.sort()
            self._ends[path] = list(accumulate((end for _, end, _ in blocks), max))

    def of(self, ignore: Ignore) -> list[Declared]:
        if ignore.source == "metadata":
            return [self._declared[index] for index in self._entries.get(ignore, ())]
        return self._of_line(ignore.span.path, ignore.line)

    def around(self, span: Span) -> list[Declared]:
        """The resources that are written around a place; several may be on its line."""
        return [each for each in self._of_line(span.path, span.start_line) if each.extent.holds(span)]

    def _of_line(self, path: str, line: int) -> list[Declared]:
        blocks, ends = self._blocks.get(path, []), self._ends.get(path, [])
        found: list[int] = []
        at = bisect_right(blocks, line, key=itemgetter(0)) - 1
        # If no block up to here reaches the line, no block further up does.
        while at >= 0 and ends[at] >= line:
            if blocks[at][1] >= line:
                found.append(blocks[at][2])
            at -= 1
        return [self._declared[index] for index in sorted(found)]
