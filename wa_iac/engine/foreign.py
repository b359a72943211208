"""Suppressions that people wrote for other analyzers: what someone decided once need not be decided again.

A rule's `equivalents` say what others call it. Honoured are, in comments, `checkov:skip=ID:reason` within a resource and
`trivy:ignore:ID` at a line or above it; in a CloudFormation resource's `Metadata`, Guard's `guard: SuppressedRules`, Checkov's
`checkov: skip` and cdk-nag's `cdk_nag: rules_to_suppress`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Final, NamedTuple

from wa_iac.core.algebra import plain
from wa_iac.core.binding import elements
from wa_iac.core.declared import Declared, Unit
from wa_iac.core.finding import Suppression
from wa_iac.core.rule import Rule
from wa_iac.core.value import Span

_BEGINS: Final = re.compile("#|//")
_SKIP: Final = re.compile(
    r"(?P<tool>checkov|trivy):(?:skip=|ignore:)(?P<ids>[\w,-]++)(?::(?P<reason>[^\n]*+))?+", re.IGNORECASE
)
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
        self._skips: dict[str, _Skips] = {}
        for path, source in unit.sources.items():
            if b"checkov:skip" in source or b"trivy:ignore" in source:
                self._skips[path] = _Skips(_skips(source.decode("utf-8", "replace")))

    def of(self, rule: Rule, span: Span, declared: Declared | None) -> Suppression | None:
        """What suppresses an equivalent of `rule` at `span` in `declared`, if anything does."""
        if declared is None or not rule.equivalents:
            return None
        skips = self._skips.get(declared.span.path)
        skip = skips.first(rule, span, declared) if skips is not None else None
        if skip is not None:
            return Suppression(skip.reason or f"suppressed for {skip.tool}", "inline")
        return _in_metadata(rule, declared)


class _Skips:
    """Those of one file, by what they name: there may be very many."""

    def __init__(self, skips: Iterable[_Skip]) -> None:
        self._named: dict[tuple[str, str], list[tuple[int, int, _Skip]]] = {}
        for number, skip in enumerate(skips):
            for each in skip.ids:
                self._named.setdefault((skip.tool, each), []).append((skip.line, number, skip))

    def first(self, rule: Rule, span: Span, declared: Declared) -> _Skip | None:
        """The first one that is about a rule at a place."""
        extent = declared.extent
        starts = (span.start_line, declared.span.start_line, extent.start_line)
        near = [(line, line) for line in {line - above for line in starts for above in (0, 1)}]
        found: list[tuple[int, int, _Skip]] = []
        for tool, places in (("checkov", [(extent.start_line, extent.end_line)]), ("trivy", near)):
            for each in _ids(rule, tool):
                named = self._named.get((tool, each), [])
                for start, end in places:
                    index = bisect_left(named, start, key=itemgetter(0))
                    found += [one for one in named[index : index + 1] if one[0] <= end]
        return min(found, key=itemgetter(1))[2] if found else None


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
        comment = _BEGINS.search(line)
        while comment is not None and (found := _SKIP.search(line, comment.end())) is not None:
            comment = _BEGINS.search(line, found.end())
            ids = frozenset(each.upper() for each in found["ids"].split(","))
            yield _Skip(found["tool"].lower(), ids, (found["reason"] or "").strip(), number)
