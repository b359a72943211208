"""The layout of a report that people read, in plain text and at a terminal: what is written, and what is not written twice.

A block is an item, or many single findings of one rule with the same text. Titles of best practices are written with the first
finding that needs them, remedies with the first few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, starmap
from typing import Final, NamedTuple

from wa_iac.core.declared import block_of
from wa_iac.core.finding import Finding, Report
from wa_iac.core.value import Step

from .companions import provider_of
from .group_by import GroupBy
from .items import Item, items, sections
from .listing import NAMED, advice, count, fixable, listed, names, some
from .of_group import of_group
from .practices import practice
from .remedy import meant

FEW: Final = 3
"""Up to so many findings with the same text each have a block of their own, and a remedy is written so often."""


class Head(NamedTuple):
    """A finding whose place is written on a line of its own. It also stands for `more` findings. `source` says where its value
    is set, if the part does not."""

    finding: Finding
    more: int = 0
    source: str = ""


class Part(NamedTuple):
    """Findings with the same text.

    Attributes:
        also: the names of others, on one line; empty if there are none.
        about: a sentence that comes before the message, or is empty.
        practice: the closest best practice with its title; empty if it is already written.
        excerpt: whether to quote the line.
        remedies: the lines of each, of which there are several if the findings are in several languages, or name their resources
            in a verbose report; none if they are already written.
        fixable: which option applies the rule's fix, or why none does; empty if that is not known, or is already written.
    """

    heads: Sequence[Head]
    also: str
    about: str
    message: str
    practice: str
    excerpt: bool
    related: Sequence[Step]
    remedies: Sequence[Sequence[str]]
    fixable: str


class Block(NamedTuple):
    """Parts under a heading, which is empty for a single one. `shared` says that it names the resource of all parts."""

    heading: str
    parts: Sequence[Part]
    shared: bool = False


class LaidOut(NamedTuple):
    """Blocks under the title of a section, which is empty if there are no sections."""

    title: str
    blocks: Sequence[Block]


def laid_out(report: Report, *, show_unknown: bool, group_by: GroupBy | None, verbose: bool) -> list[LaidOut]:
    """The sections of a report; one without a title unless `group_by`. `verbose` names every instance and place."""
    layout = _Layout(verbose)
    # Undecided results are written by their causes: see `causes`.
    findings = [each for each in listed(report, show_unknown=show_unknown) if each.waits_for is None]
    if group_by is None:
        return [LaidOut("", list(layout.blocks(items(report, findings))))]
    made = []
    for each in sections(report, findings, group_by):
        title = f"{each.name} ({count(len(each.findings), 'finding')})" + (f": {each.note}" if each.note else "")
        blocks = layout.blocks(each.items)
        # A section of one resource says which one it is.
        made.append(
            LaidOut(title, [one._replace(heading="") if one.shared and group_by is GroupBy.RESOURCE else one for one in blocks])
        )
    return made


class _Layout:
    """The state of one report: what is written already."""

    def __init__(self, verbose: bool) -> None:
        self._verbose = verbose
        self._most = 10**9 if verbose else NAMED
        self._written: Counter[object] = Counter()

    def blocks(self, found: Iterable[Item]) -> Iterator[Block]:
        for _, members in groupby(found, key=self._text):
            first, *others = same = list(members)
            match first.kind:
                case "finding" if len(same) <= FEW:
                    yield from (Block("", [self._part([each.first])]) for each in same)
                case "finding":
                    yield Block("", [self._part([each.first for each in same])])
                case "convention":
                    yield Block("", [self._units(same)] if others else self._convention(first))
                case "resource" if others:
                    heading = f"{len(same):,} resources have the same {len(first.findings):,} findings."
                    yield Block(heading, [self._part(each) for each in zip(*(one.findings for one in same), strict=True)])
                case _:
                    yield Block(first.heading, self._parts(first.findings), first.kind == "resource")

    def _text(self, item: Item) -> object:
        """The text of an item, which several can share."""
        said = [_said(each) for each in item.findings]
        match item.kind:
            case "finding" | "resource":
                return item.kind, said
            case "convention" if item.everywhere and not self._verbose and said.count(said[0]) == len(said):
                return item.kind, said[0]
            case _:
                return item.kind, item.id

    def _units(self, same: Sequence[Item]) -> Part:
        """A convention that nothing follows in several units."""
        number = sum(len(each.findings) for each in same)
        about = f"{same[0].first.rule.title}: all {number:,} in {len(same):,} templates or root modules."
        heads = [Head(each.first, len(each.findings) - 1) for each in same]
        return self._part([each.first for each in same])._replace(heads=heads, about=about)

    def _convention(self, item: Item) -> list[Part]:
        """A convention that nothing follows is one statement, with its first places. The exceptions to one are all listed."""
        parts = self._parts(item.findings)
        if item.everywhere:
            parts = [each._replace(heads=each.heads[: self._most], also=each.also or self._more(each)) for each in parts]
        return [parts[0]._replace(about=item.heading), *parts[1:]]

    def _more(self, part: Part) -> str:
        more = len(part.heads) - self._most
        return f"{more:,} more (--verbose names them)" if more > 0 else ""

    def _parts(self, findings: Iterable[Finding]) -> list[Part]:
        parts = [self._part(list(same)) for _, same in groupby(findings, key=_said)]
        quoted: set[tuple[str, int]] = set()
        shown = []
        for each in parts:
            span = each.heads[0].finding.span
            place = (span.path, span.start_line)
            shown.append(each._replace(excerpt=each.excerpt and place not in quoted))
            quoted.add(place)
        return shown

    def _part(self, same: Sequence[Finding]) -> Part:
        first = same[0]
        alone = len(same) == 1
        differ = any(each.related != first.related for each in same)
        return Part(
            heads=[Head(each, source=_source(each) if differ else "") for each in same],
            also=some(names(first)[1:], self._most) if alone and first.group else "",
            about="",
            message=first.message.strip(),
            practice=self._once(first.rule.slug, _practice(first)),
            excerpt=alone,
            related=[] if differ else [step for step in first.related if step.span.path],
            remedies=list(filter(None, dict.fromkeys(starmap(self._remedy, self._alike(same))))),
            fixable=self._once((first.rule.slug, "fixable"), fixable(first)),
        )

    def _alike(self, same: Sequence[Finding]) -> Iterable[tuple[Sequence[Finding], str]]:
        """The findings that share a remedy, and their type, if others beside them have another property."""
        return [([each], "") for each in same] if self._verbose else _by_kind(same)

    def _remedy(self, findings: Sequence[Finding], only: str) -> tuple[str, ...]:
        """The lines of a remedy, which names the place for each of several findings, unless the same is already written for its rule and another
        resource. `only` is the type that it is for, if the report has another one for those beside it."""
        finding, *others = findings
        found = advice(finding)
        if found is None:
            return ()
        more = ((each.address, made) for each in others[: NAMED - 1] if (made := advice(each)) is not None)
        found = of_group(found, more)._replace(others=found.others)
        own = block_of(finding.address).rpartition(".")[2]
        code = found.code or found.text
        new = self._once(finding.rule.slug, code.replace(own, "") if own else code, times=FEW)
        lines = found.text.strip("\n").splitlines() if new or self._verbose else []
        return (f"For {only}:", *lines) if only and lines else tuple(lines)

    def _once(self, about: object, text: str, times: int = 1) -> str:
        """The text, unless it is already written about this as often as it should be."""
        self._written[about, text] += 1
        return text if self._written[about, text] <= times else ""


def _said(finding: Finding) -> object:
    """The text of a finding, which several can share; only that of the finding itself if it has several instances."""
    own = finding.fault if len(finding.instances) > 1 else ""
    return finding.rule.slug, finding.verdict, finding.severity, finding.message, meant(finding), fixable(finding), own


def _by_kind(same: Sequence[Finding]) -> Iterable[tuple[Sequence[Finding], str]]:
    """The findings of each kind of file, since remedies are in its language, of each provider that resources name, and of each type with a
    property of its own for the same, such as a function of SAM."""
    shared = meant(same[0])
    found: dict[tuple[str, str], dict[str, list[Finding]]] = {}
    for each in same:
        provider = provider_of(each.subject.declared if each.subject is not None else None)
        written = each.made_from or each.type
        snippet = "" if isinstance(shared, str) else repr(shared.snippet(each.dialect, written))
        found.setdefault((each.span.path.rpartition(".")[2], provider), {}).setdefault(snippet, []).append(each)
    for kinds in found.values():
        for members in kinds.values():
            yield members, (members[0].made_from or members[0].type) if len(kinds) > 1 else ""


def _source(finding: Finding) -> str:
    """The place where a finding's value is set, if that is not the line to change."""
    step = next((each for each in reversed(finding.chain or finding.related) if each.span.path), None)
    if step is None:
        return ""
    line = step.span.start_line
    return f"via {f'line {line}' if step.span.path == finding.span.path else f'{step.span.path}:{line}'} ({step.note})"


def _practice(finding: Finding) -> str:
    closest = next(iter(finding.rule.practices), "")
    return str(practice(closest)) if closest else ""
