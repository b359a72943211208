"""What makes one finding another one than the next, and the same one tomorrow: instances, and the fingerprints of each.

An instance is known by its rule, its file, its root module or template, its address and its mark, a digest of what is written at the
place. Lines and columns are no part of it, nor is anything that stands elsewhere: it outlives moved lines and new, renamed or
deleted neighbours. Of what is written where a secret may stand, the mark takes the name alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from wa_iac.core.declared import INDEX
from wa_iac.core.finding import Finding, fingerprint
from wa_iac.core.span import Span
from wa_iac.report.sources import Sources

_NAME: Final = re.compile(r"""[\s"']*[\w.-]*""")
_CALLS: Final = re.compile(r"^(?:module\.[^.]+\.)+")
_AROUND: Final = 100
"""Characters before and behind a place that may say that it is a secret."""
_LONGEST: Final = 500
"""Characters of a line that count: a template in one line must not be hashed for each of its findings."""


def identified(
    findings: Iterable[Finding], sources: Mapping[str, bytes], secrets: frozenset[str] = frozenset()
) -> list[Finding]:
    """The findings of all units, sorted by path, line and slug, each instance once, with its mark and its fingerprints.

    `secrets` are texts that are in no mark: a digest of a short one can be guessed.
    """
    marks = _Marks(Sources(sources, secrets))
    instances = sorted(_instances(findings), key=_place)
    numbers = _Numbers()
    made = []
    for each in instances:
        slug, path = each.rule.slug, each.span.path
        mark = marks.of(slug, each.span)
        one = (slug, path, each.unit, each.address, mark)
        fault = (slug, path, _block(each.address), mark, each.message if each.cause is not None else "")
        made.append(
            replace(
                each,
                mark=mark,
                fingerprint=fingerprint(*one, numbers.of(one, each.span)),
                fault=fingerprint(*fault, numbers.of(fault, (each.span, each.verdict, each.message))),
            )
        )
    return made


def _instances(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Each instance once: what is said of it in several environments in the same words is one finding of all of these."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for each in findings:
        key = (
            each.rule.slug,
            each.span,
            each.verdict,
            each.message,
            each.unit,
            each.address,
            each.cause,
            each.suppressed,
            each.graded,
        )
        groups.setdefault(key, []).append(each)
    for first, *others in groups.values():
        if not others:
            yield first
            continue
        names = dict.fromkeys(name for each in (first, *others) for name in each.environments)
        left_out = first.left_out if all(each.left_out for each in others) else ""
        yield replace(first, environments=tuple(names), left_out=left_out)


def _place(finding: Finding) -> tuple[str, int, int, str]:
    return finding.span.path, finding.span.start_line, finding.span.start_column, finding.rule.slug


def _block(address: str) -> str:
    """The block of an address in its own file, whoever calls it: without calls, stacks around it and the key of an instance."""
    return _CALLS.sub("", INDEX.sub("", address)).rpartition("/")[2]


class _Numbers:
    """Tells apart what would otherwise be known by the same: the first, the second, ... in the order in which they stand."""

    def __init__(self) -> None:
        self._seen: defaultdict[tuple[object, ...], dict[object, int]] = defaultdict(dict)

    def of(self, key: tuple[object, ...], thing: object) -> int:
        seen = self._seen[key]
        return seen.setdefault(thing, len(seen) + 1)


class _Marks:
    """What is written at places, as digests, each made once."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._made: dict[tuple[str, Span], str] = {}

    def of(self, slug: str, span: Span) -> str:
        """The mark of a place for a rule; empty where its file is not at hand."""
        key = (slug, span)
        if key not in self._made:
            self._made[key] = self._mark(slug, span)
        return self._made[key]

    def _mark(self, slug: str, span: Span) -> str:
        lines = self._sources.lines(span.path)
        if not 1 <= span.start_line <= len(lines):
            return ""
        start = span.start_column - 1
        end = span.end_column - 1 if span.end_line == span.start_line else start + _LONGEST
        line = lines[span.start_line - 1]
        text = line[start : min(end, start + _LONGEST)]
        # What the line says of it may stand before it or behind it.
        around = line[max(0, start - _AROUND) : start + len(text) + _AROUND]
        if self._sources.hides(slug, around) and (name := _NAME.match(text)) is not None:
            text = name.group()
        # How it is laid out is no part of it.
        return fingerprint("".join(text.split()))[:12]
