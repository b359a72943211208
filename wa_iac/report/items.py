"""Items: findings with one cause, which a person decides on together.

Every listed finding is in exactly one item, and keeps its rule, its place and its fingerprints: suppressions, baselines and the
exit code know nothing of items. A finding with a cause of its own is an item of one finding. The others are, in this order:

- a convention: the findings of a rule on something that a team decides once (`rule(convention=True)`), in one template or root
  module. One finding alone is a convention if most resources there follow the practice.
- a cause: the findings on several resources whose value is set at one place, such as the default of a variable.
- a resource: the other findings on one resource.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from wa_iac.core.declared import INDEX, block_of
from wa_iac.core.finding import Finding, Report, fingerprint
from wa_iac.core.rule import PILLARS
from wa_iac.core.span import Span

from .group_by import GroupBy
from .listing import count, gravity

ItemKind: TypeAlias = Literal["finding", "convention", "cause", "resource"]

_HERE: Final = ("", ".")


class Item(NamedTuple):
    """Findings with one cause.

    Attributes:
        id: stays the same if lines move.
        heading: one sentence that says what its findings share; empty for a single finding.
        findings: the most severe first.
        everywhere: whether no resource of the unit follows the convention, so that the places say little.
    """

    kind: ItemKind
    id: str
    heading: str
    findings: tuple[Finding, ...]
    everywhere: bool = False

    @property
    def first(self) -> Finding:
        return self.findings[0]


class Section(NamedTuple):
    """The items of one rule, resource, file or pillar. `note` says more about it."""

    name: str
    note: str
    items: list[Item]

    @property
    def findings(self) -> list[Finding]:
        return [each for item in self.items for each in item.findings]


def items(report: Report, findings: Iterable[Finding]) -> list[Item]:
    """The items of some of a report's findings, as `Report.grouped` returns them: the most severe first, those of one rule next to
    each other."""
    alone: list[Finding] = []
    together: list[Finding] = []
    for each in findings:
        (together if each.verdict == "fail" and each.suppressed is None else alone).append(each)
    made = [Item("finding", each.fault, "", (each,)) for each in alone]
    conventions, others = _conventions(report, together)
    made += conventions
    causes, others = _causes(others)
    made += causes
    made += _resources(others)
    return sorted(made, key=_rank)


def sections(report: Report, findings: Iterable[Finding], by: GroupBy) -> list[Section]:
    """The items of each rule, resource, file or pillar. Pillars are in the framework's order and files in that of their names;
    the most severe rules and resources are first, and among those the ones with most findings."""
    groups: dict[Hashable, list[Finding]] = defaultdict(list)
    for each in findings:
        groups[_key(each, by)].append(each)
    made = [Section(*_named(members[0], by), items(report, members)) for members in groups.values()]
    return sorted(made, key=lambda each: _order(each, by))


def _key(finding: Finding, by: GroupBy) -> Hashable:
    match by:
        case GroupBy.RULE:
            return finding.rule.slug
        case GroupBy.RESOURCE:
            return _resource(finding)
        case GroupBy.FILE:
            return finding.span.path
        case GroupBy.PILLAR:
            return finding.rule.pillar


def _named(finding: Finding, by: GroupBy) -> tuple[str, str]:
    """The name of a section, and a note."""
    match by:
        case GroupBy.RULE:
            return finding.rule.slug, finding.rule.title
        case GroupBy.RESOURCE:
            return finding.address or finding.unit or finding.span.path, finding.span.path
        case GroupBy.FILE:
            return finding.span.path, ""
        case GroupBy.PILLAR:
            return finding.rule.pillar, ""


def _order(section: Section, by: GroupBy) -> tuple[object, ...]:
    first = section.items[0].first
    match by:
        case GroupBy.PILLAR:
            return (PILLARS.index(first.rule.pillar),)
        case GroupBy.FILE:
            return (section.name,)
        case GroupBy.RULE | GroupBy.RESOURCE:
            return (*gravity(first), -len(section.findings), section.name, section.note)


def _rank(item: Item) -> tuple[object, ...]:
    """Items of one rule with the same messages are next to each other, so that a report may write these once."""
    first = item.first
    messages = list(dict.fromkeys(each.message for each in item.findings))
    return (*gravity(first), first.rule.slug, item.kind != "finding", item.kind, not item.everywhere, messages, *_place(first))


def _place(finding: Finding) -> tuple[str, int, int]:
    return finding.span.path, finding.span.start_line, finding.span.start_column


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda each: (*gravity(each), *_place(each))))


def _resource(finding: Finding) -> Hashable:
    """The resource that a finding is on: one block, however many instances it has. A finding without a resource is on its own."""
    return (finding.span.path, block_of(finding.address)) if finding.address else id(finding)


def _conventions(report: Report, findings: Sequence[Finding]) -> tuple[list[Item], list[Finding]]:
    """The items of conventions, and the other findings."""
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    others = []
    for each in findings:
        if each.rule.convention and each.address:
            groups[each.rule.slug, each.unit].append(each)
        else:
            others.append(each)
    if not groups:
        return [], others
    judged: dict[tuple[str, str], dict[str, set[str]]] = {key: defaultdict(set) for key in groups}
    for slug, verdict, address, _, unit, *_ in report.judgements:
        if (verdicts := judged.get((slug, unit))) is not None:
            verdicts[verdict].add(address)
    made = []
    for (slug, unit), members in groups.items():
        failed = judged[slug, unit]["fail"]
        passed = judged[slug, unit]["pass"] - failed
        if len(members) < 2 and len(passed) <= len(failed):
            others += members
            continue
        here = {each.address for member in members for each in member.instances if each.unit == unit}
        heading = _heading(members[0].rule.title, unit, len(here), len(failed | here), len(passed))
        made.append(Item("convention", fingerprint("convention", slug, unit), heading, _ordered(members), not passed))
    return made, others


def _heading(title: str, unit: str, here: int, failed: int, passed: int) -> str:
    number = failed + passed
    where = "" if unit in _HERE else f" in {unit}"
    if not passed and here == number:
        return f"{title}: all {number:,}{where}."
    contrast = ""
    if passed > failed:
        contrast = f", unlike the other {passed:,}" if here == failed else ", unlike most others"
    return f"{title}: {here:,} of {number:,}{where}{contrast}."


def _causes(findings: Sequence[Finding]) -> tuple[list[Item], list[Finding]]:
    """The items of places that set values of several resources, and the other findings."""
    groups: dict[Span, list[Finding]] = defaultdict(list)
    others = []
    for each in findings:
        if each.address:
            groups[each.cause or each.span].append(each)
        else:
            others.append(each)
    made = []
    for span, members in groups.items():
        if len(members) < 2 or len({_resource(each) for each in members}) < 2:
            others += members
            continue
        note = next((step.note for each in members for step in each.chain if step.span == span), "")
        place = f"{span.path}:{span.start_line}" + (f" ({note})" if note else "")
        identity = fingerprint("cause", span.path, note, min(each.fault for each in members))
        made.append(Item("cause", identity, f"One place causes {len(members):,} findings: {place}.", _ordered(members)))
    return made, others


def _resources(findings: Iterable[Finding]) -> Iterator[Item]:
    groups: dict[Hashable, list[Finding]] = defaultdict(list)
    for each in findings:
        groups[_resource(each)].append(each)
    for members in groups.values():
        first, *others = ordered = _ordered(members)
        if not others:
            yield Item("finding", first.fault, "", ordered)
            continue
        block = block_of(first.address)
        identity = fingerprint("resource", first.span.path, block)
        # Findings of one block may be on the resources of several calls, in several root modules.
        is_one = len({(each.unit, INDEX.sub("", each.address)) for each in ordered}) == 1
        name = first.address if is_one else block
        yield Item("resource", identity, f"{name} has {count(len(ordered), 'finding')}.", ordered)
