"""Suppressions that people wrote for other analyzers: what someone decided once need not be decided again.

A rule's `equivalents` say what others call it. Honoured are, in comments, `checkov:skip=ID:reason` within a resource and
`trivy:ignore:ID` at a line or above it; in a CloudFormation resource's `Metadata`, Guard's `guard: SuppressedRules`, Checkov's
`checkov: skip` and cdk-nag's `cdk_nag: rules_to_suppress`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from wa_iac.core.algebra import plain
from wa_iac.core.binding import elements
from wa_iac.core.declared import Declared, Unit
from wa_iac.core.finding import Suppression
from wa_iac.core.rule import Rule
from wa_iac.core.value import Span

_COMMENT: Final = re.compile(
    r"(?:#|//)[^\n]*?(?P<tool>checkov|trivy):(?:skip=|ignore:)(?P<ids>[\w,-]+)(?::(?P<reason>[^\n]*))?", re.IGNORECASE
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
        self._skips: dict[str, list[_Skip]] = {}
        for path, source in unit.sources.items():
            if b"checkov:skip" in source or b"trivy:ignore" in source:
                self._skips[path] = list(_skips(source.decode("utf-8", "replace")))

    def of(self, rule: Rule, span: Span, declared: Declared | None) -> Suppression | None:
        """What suppresses an equivalent of `rule` at `span` in `declared`, if anything does."""
        if declared is None or not rule.equivalents:
            return None
        for skip in self._skips.get(declared.span.path, ()):
            if not skip.ids.isdisjoint(_ids(rule, skip.tool)) and _concerns(skip, span, declared):
                return Suppression(skip.reason or f"suppressed for {skip.tool}", "inline")
        return _in_metadata(rule, declared)


def _concerns(skip: _Skip, span: Span, declared: Declared) -> bool:
    if skip.tool == "checkov":
        return declared.extent.start_line <= skip.line <= declared.extent.end_line
    starts = (span.start_line, declared.span.start_line, declared.extent.start_line)
    return skip.line in {line - above for line in starts for above in (0, 1)}


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
        for found in _COMMENT.finditer(line):
            ids = frozenset(each.upper() for each in found["ids"].split(","))
            yield _Skip(found["tool"].lower(), ids, (found["reason"] or "").strip(), number)
