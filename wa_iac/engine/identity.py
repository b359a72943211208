"""The identity of findings: their instances and fingerprints, which distinguish them and stay stable over time.

An instance is identified by its rule, file, root module or template, address and mark, a digest of the text at the place. Lines
and columns are not part of it, nor is anything elsewhere, so it survives moved lines and new, renamed or deleted neighbours.
For a place that may contain a secret, the mark covers only the name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from wa_iac.core.declared import block_of
from wa_iac.core.finding import Finding, fingerprint
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.report.sources import Sources

_NAME: Final = late(r"""[\s"']*[\w.-]*""")
_AROUND: Final = 100
"""Characters before and after a place that may show that it is a secret."""
_LONGEST: Final = 500
"""Characters of a line that are hashed, since a template on one line must not be hashed for each of its findings."""


def identified(
    findings: Iterable[Finding], sources: Mapping[str, bytes], secrets: frozenset[str] = frozenset()
) -> list[Finding]:
    """The findings of all units, sorted by path, line and slug, each instance once, with its mark and its fingerprints.

    `secrets` are texts to keep out of marks, since the digest of a short one can be guessed.
    """
    marks = _Marks(Sources(sources, secrets))
    instances = sorted(_instances(findings), key=_place)
    numbers = _Numbers()
    made = []
    for each in instances:
        slug, path = each.rule.slug, each.span.path
        mark = marks.of(slug, each.span)
        one = (slug, path, each.unit, each.address, mark)
        # The text that sets the value, not the message: a better wording of it is the same fault.
        fault = (slug, path, block_of(each.address), mark, marks.of(slug, each.cause) if each.cause is not None else "")
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
    """Each instance once: equal findings in several environments become one finding with all of them."""
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
            each.sure,
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


class _Numbers:
    """Numbers equal identities in their order: the first, the second, ..."""

    def __init__(self) -> None:
        self._seen: defaultdict[tuple[object, ...], dict[object, int]] = defaultdict(dict)

    def of(self, key: tuple[object, ...], thing: object) -> int:
        seen = self._seen[key]
        return seen.setdefault(thing, len(seen) + 1)


class _Marks:
    """Digests of the text at places, each computed once."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._made: dict[tuple[str, Span], str] = {}

    def of(self, slug: str, span: Span) -> str:
        """The mark of a place for a rule; empty if its file is not available."""
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
        # The hint that it is a secret may be before or after it on the line.
        around = line[max(0, start - _AROUND) : start + len(text) + _AROUND]
        if self._sources.hides(slug, around) and (name := _NAME.match(text)) is not None:
            text = name.group()
        # Layout is not part of the mark.
        return fingerprint("".join(text.split()))[:12]
