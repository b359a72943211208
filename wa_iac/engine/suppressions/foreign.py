"""Suppressions for other analyzers, which record decisions that need not be repeated.

A rule's `equivalents` are the other analyzers' names for it. These forms count: in comments, `checkov:skip=ID:reason` within a
resource and `trivy:ignore:ID` on a line or above it; in a CloudFormation resource's `Metadata`, Guard's `guard:
SuppressedRules`, Checkov's `checkov: skip` and cdk-nag's `cdk_nag: rules_to_suppress`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import Final, NamedTuple

from wa_iac.core.binding import elements
from wa_iac.core.declared import Declared, Unit
from wa_iac.core.finding import Suppression
from wa_iac.core.rule import Rule
from wa_iac.core.span import Span
from wa_iac.core.value import plain

_BEGINS: Final = re.compile(r"#|//")
_SKIP: Final = re.compile(r"(?P<tool>checkov|trivy):(?:skip=|ignore:)(?P<ids>[\w,-]++)(?::(?P<reason>[^\n]*+))?", re.IGNORECASE)
_METADATA: Final = (
    ("guard", "guard.SuppressedRules[]"),
    ("checkov", "checkov.skip[]"),
    ("cdk_nag", "cdk_nag.rules_to_suppress[]"),
)


class _Skip(NamedTuple):
    """`line` is the comment's own, from 1."""

    tool: str
    ids: frozenset[str]
    reason: str
    line: int


class ForeignSuppressions:
    """Those of one unit."""

    def __init__(self, unit: Unit) -> None:
        self._skips: dict[tuple[str, str], list[_Skip]] = {}
        for path, source in unit.sources.items():
            if b"checkov:skip" in source or b"trivy:ignore" in source:
                for each in _skips(source.decode("utf-8", "replace")):
                    self._skips.setdefault((path, each.tool), []).append(each)

    def of(self, rule: Rule, span: Span, declared: Declared | None) -> Suppression | None:
        """The suppression of an equivalent of `rule` at `span` in `declared`, if any."""
        if declared is None or not rule.equivalents:
            return None
        for tool in ("checkov", "trivy"):
            wanted = _ids(rule, tool)
            for skip in self._near(tool, span, declared) if wanted else ():
                if not skip.ids.isdisjoint(wanted):
                    return Suppression(skip.reason or f"suppressed for {skip.tool}", "inline")
        return _in_metadata(rule, declared)

    def _near(self, tool: str, span: Span, declared: Declared) -> Iterator[_Skip]:
        """The suppressions of a tool that concern a place in a resource."""
        skips = self._skips.get((declared.span.path, tool), [])
        if tool == "checkov":
            yield from _between(skips, declared.extent.start_line, declared.extent.end_line)
            return
        for line in {span.start_line, declared.span.start_line, declared.extent.start_line}:
            yield from _between(skips, line - 1, line)


def _between(skips: list[_Skip], first: int, last: int) -> list[_Skip]:
    """The suppressions on a range of lines; the list is in order."""
    return skips[bisect_left(skips, first, key=attrgetter("line")) : bisect_right(skips, last, key=attrgetter("line"))]


def _ids(rule: Rule, tool: str) -> frozenset[str]:
    return frozenset(each.upper() for each in rule.equivalents.get(tool, ()))


def _in_metadata(rule: Rule, declared: Declared) -> Suppression | None:
    metadata = declared.attributes.get("Metadata")
    if metadata is None:
        return None
    for tool, path in _METADATA:
        wanted = _ids(rule, tool)
        for entry in elements(metadata, path) if wanted else ():
            match plain(entry):
                case str() as name if name.upper() in wanted:
                    return Suppression(f"suppressed for {tool}", "metadata")
                case {"id": str() as name, **rest} if name.upper() in wanted:
                    reason = rest.get("reason", rest.get("comment"))
                    return Suppression(str(reason or f"suppressed for {tool}"), "metadata")
                case _:
                    pass
    return None


def _skips(text: str) -> Iterator[_Skip]:
    for number, line in enumerate(text.splitlines(), 1):
        at = 0
        while (begins := _BEGINS.search(line, at)) and (found := _SKIP.search(line, begins.end())):
            at = found.end()
            ids = frozenset(each.upper() for each in found["ids"].split(","))
            yield _Skip(found["tool"].lower(), ids, (found["reason"] or "").strip(), number)
