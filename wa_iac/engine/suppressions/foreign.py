"""Suppressions for other analyzers, which record decisions that need not be repeated.

A rule's `equivalents` are the other analyzers' names for it. A suppression of one of these is read as its analyzer reads it: in the
same places, with the same limits. `foreign_comments` reads comments, `foreign_metadata` reads the metadata of templates.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from wa_iac.core.binding import member
from wa_iac.core.declared import Declared, Unit
from wa_iac.core.finding import Suppression
from wa_iac.core.rule import Rule
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Step, Tree

from .written import comments_of

if TYPE_CHECKING:
    from .blocks import Around, Configurations, Line, Templates
    from .foreign_comments import CheckovSkip, TrivyIgnore

_BLOCKS = frozenset({"resource", "data"})


class Place(NamedTuple):
    """The place of a finding.

    Attributes:
        span: its line.
        declared: its resource.
        chain: the places that its value came through, the nearest first.
        about: the single things that it is about, as cdk-nag names them: `Action::s3:*`.
    """

    span: Span
    declared: Declared
    chain: Sequence[Step] = ()
    about: Sequence[str] = ()


class ForeignSuppressions:
    """Those of one unit."""

    def __init__(self, unit: Unit, today: date) -> None:
        self._unit = unit
        self._today = today
        self._ignores: dict[str, dict[int, list[TrivyIgnore]]] = {}
        self._skips: dict[str, list[CheckovSkip]] = {}
        self._concerned: dict[str, bool] = {}
        programs = {each.source.path for each in unit.declared if each.source is not None}
        for path, source in unit.sources.items():
            # Most files have no such comment, so all that reads them is imported only then.
            if (b":ignore:" in source or b":skip=" in source) and path not in programs:
                self._read(path, source)

    def _read(self, path: str, source: bytes) -> None:
        from .foreign_comments import MARKED, checkov_skips, trivy_ignores

        if MARKED.search(source) is None:
            return
        text = source.decode("utf-8", "replace")
        if skips := list(checkov_skips(text, self._unit.dialect)):
            self._skips[path] = skips
        # Telling comments from text parses the file again, and only Trivy's need it.
        is_comment = comments_of(path, text, self._unit.dialect) if ":ignore:" in text else None
        for each in trivy_ignores(text, is_comment) if is_comment is not None else ():
            for line in dict.fromkeys(each.lines):
                self._ignores.setdefault(path, {}).setdefault(line, []).append(each)

    def of(self, rule: Rule, place: Place) -> Suppression | None:
        """The suppression of an equivalent of `rule` at a place, if any."""
        if not rule.equivalents:
            return None
        if self._concern(rule):
            around = list(self._around(place))
            if self._is_ignored(rule, place, around):
                return Suppression("suppressed for trivy", "inline")
            for skip in self._skipped(rule, place, around):
                return Suppression(skip.reason or "suppressed for checkov", "inline")
        declared = place.declared
        template = self._template.get(declared.span.path)
        if template is None and not declared.acknowledged and "Metadata" not in declared.attributes:
            return None
        from .foreign_metadata import in_metadata

        return in_metadata(rule, declared, template, place.about)

    def _concern(self, rule: Rule) -> bool:
        """Whether a comment anywhere in the unit names an equivalent of a rule. Most rules are not worth a look around."""
        found = self._concerned.get(rule.slug)
        if found is None:
            names = _trivy_names(rule) if self._ignores else []
            found = self._concerned[rule.slug] = any(
                self._names(each, names) for lines in self._ignores.values() for listed in lines.values() for each in listed
            ) or any(
                not each.ids.isdisjoint(rule.equivalents.get("checkov", ())) for skips in self._skips.values() for each in skips
            )
        return found

    @cached_property
    def _blocks(self) -> Configurations | Templates:
        from .blocks import Configurations, Templates

        return Configurations(self._unit.sources) if self._unit.dialect == "terraform" else Templates(self._unit)

    @cached_property
    def _template(self) -> dict[str, Tree]:
        """The metadata of whole templates, by their paths."""
        found = (each for each in self._unit.declared if each.type == "template-metadata")
        return {each.span.path: each.body for each in found}

    def _around(self, place: Place) -> Iterator[Around]:
        """The blocks around the places of a finding: that of its line, or else of the nearest place that its value came through."""
        around = self._blocks.around(place.span)
        if around is None or around.kind not in _BLOCKS:
            # An element of a list that a variable sets: the list itself is an argument of the resource.
            outer = [value.origin.span for value in _containing(place.declared.body, place.span)[1:]]
        else:
            outer = []
        spans = (place.span, *(each.span for each in place.chain), *outer, place.declared.span)
        found = (self._blocks.around(each) for each in spans)
        yield from dict.fromkeys(each for each in found if each is not None and each.kind in _BLOCKS)

    def _is_ignored(self, rule: Rule, place: Place, around: Sequence[Around]) -> bool:
        names = _trivy_names(rule)
        if not names or not self._ignores:
            return False
        block = around[0] if around else None
        if block is not None and any(
            self._matches(each, names, place, block, line)
            for line in (block.lines[-1:] if block.kind == "data" else block.lines)
            for each in self._ignores.get(block.path, {}).get(line.number, ())
        ):
            return True
        return any(
            self._names(each, names)
            and (module := self._blocks.around(call.span)) is not None
            and _given(each, module.lines[-1])
            for call in place.declared.calls
            for each in self._ignores.get(call.span.path, {}).get(call.span.start_line, ())
        )

    def _names(self, ignore: TrivyIgnore, names: Sequence[str]) -> bool:
        return any(ignore.names(each) for each in names) and ignore.holds(self._today, self._unit.dialect)

    def _matches(self, ignore: TrivyIgnore, names: Sequence[str], place: Place, block: Around, line: Line) -> bool:
        if not self._names(ignore, names):
            return False
        if line.arguments is None:  # Trivy looks at values neither at an attribute nor in a template
            return True
        if line.number != block.first:
            return _given(ignore, line)
        return all(_has(self._owner(place, block), name, value) for name, value in ignore.attributes)

    def _owner(self, place: Place, block: Around) -> Declared:
        """The resource of a block, in the same module call."""
        if place.declared.span.path == block.path and block.first <= place.declared.span.start_line <= block.last:
            return place.declared
        found = self._by_start.get((block.path, block.first), ())
        return next((each for each in found if each.calls == place.declared.calls), place.declared)

    @cached_property
    def _by_start(self) -> dict[tuple[str, int], list[Declared]]:
        found: dict[tuple[str, int], list[Declared]] = {}
        for each in self._unit.declared:
            found.setdefault((each.span.path, each.span.start_line), []).append(each)
        return found

    def _skipped(self, rule: Rule, place: Place, around: Sequence[Around]) -> Iterator[CheckovSkip]:
        ids = rule.equivalents.get("checkov", ())
        if not ids or not self._skips:
            return
        for block in around:
            wanted = {each for each in ids if _looks_at(each, block.types)}
            yield from (each for each in self._inside(block) if not wanted.isdisjoint(each.ids))
        for call in place.declared.calls:
            module = self._blocks.around(call.span)
            wanted = {each for each in ids if any(_looks_at(each, block.types) for block in around)}
            yield from (each for each in self._inside(module) if not wanted.isdisjoint(each.ids)) if module is not None else ()

    def _inside(self, block: Around) -> list[CheckovSkip]:
        """The skips within a block. In Terraform, its first and last line are not within."""
        skips = self._skips.get(block.path, [])
        first, last = block.first, block.last
        if self._unit.dialect == "terraform":
            first, last = first + 1, last - 1
        elif first == last:
            return []
        return skips[bisect_left(skips, first, key=attrgetter("line")) : bisect_right(skips, last, key=attrgetter("line"))]


def _containing(tree: Tree, span: Span) -> list[Tree]:
    """The values around the one that is written at a place, the innermost first, itself included; empty if it is not in a tree."""
    if tree.origin.span == span:
        return [tree]
    match tree:
        case Known(list() as items):
            within = items
        case Known(dict() as entries):
            within = list(entries.values())
        case _:
            return []
    found = next((found for each in within if (found := _containing(each, span))), [])
    return [*found, tree] if found else []


def _looks_at(check: str, types: frozenset[str]) -> bool:
    """Whether Checkov runs a check on one of these types."""
    from .foreign_ids import CHECKOV_TYPES

    listed = CHECKOV_TYPES.get(check)
    return listed is None or not types.isdisjoint(listed.replace("data.", "").split())


def _trivy_names(rule: Rule) -> list[str]:
    """Trivy's names of a rule's equivalents: old id, id, long and short name."""
    from .foreign_ids import TRIVY_NAMES

    found = []
    for each in rule.equivalents.get("trivy", ()):
        service, short = TRIVY_NAMES.get(each, ("", ""))
        found += [each, each.removeprefix("AVD-")]
        found += [f"aws-{service}-{short}"] if service else []
        found += [short] if short else []
    return found


def _given(ignore: TrivyIgnore, block: Line) -> bool:
    """Whether a block is written with the values that an ignore names."""
    written = dict(block.arguments or ())
    return all(written.get(name) == value for name, value in ignore.attributes)


def _has(declared: Declared, name: str, value: str) -> bool:
    """Whether a resource certainly has this value."""
    if name in ("each.key", "count.index"):
        return declared.address.endswith("]") and bool(declared.keys) and str(declared.keys[-1].key) == value
    found: Tree = declared.body
    for key in name.split("."):
        found = member(found, key)
    match found:
        case Known(bool() as content):
            return value == str(content).lower()
        case Known(str() | int() | float() as content):
            return value == str(content)
        case _:
            return False
