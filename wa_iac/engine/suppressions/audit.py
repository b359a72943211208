"""Findings on suppressions: those without effect, and those that have nothing to suppress.

They are reported at the suppression itself. Only ours count, not those for other analyzers, and none in an installed module,
since the user cannot fix those. A suppression is reported as unused only if that is certain (`_Use`): one that another
environment or another caller needs must stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Final, NamedTuple

from wa_iac.core.algebra import references
from wa_iac.core.declared import INDEX, Declared, Unit
from wa_iac.core.finding import Finding, Judgement
from wa_iac.core.rule import Rule
from wa_iac.core.value import Step
from wa_iac.engine.catalogue import Catalogue, nearest
from wa_iac.engine.names import named
from wa_iac.engine.settings import Settings
from wa_iac.engine.slug_patterns import is_pattern

from .holding import Suppressions
from .rules import BAD_DATE, EXPIRED, NOT_ALLOWED, SUPPRESSION_RULES, UNEXPLAINED, UNKNOWN, UNUSED
from .written import Ignore

_INSTALLED: Final = ".terraform"


@dataclass(frozen=True, kw_only=True)
class Audited:
    """The results of one unit: its rules, their verdicts, and whether all of it could be read and checked."""

    unit: Unit
    suppressions: Suppressions
    rules: frozenset[str]
    judgements: Sequence[Judgement]
    sound: bool

    @cached_property
    def by_rule(self) -> Mapping[str, Sequence[Judgement]]:
        """The judgements by rule."""
        found: dict[str, list[Judgement]] = {}
        for each in self.judgements:
            found.setdefault(each.slug, []).append(each)
        return found

    @cached_property
    def by_resource(self) -> Mapping[tuple[str, str], Sequence[Judgement]]:
        """The judgements by rule and address."""
        found: dict[tuple[str, str], list[Judgement]] = {}
        for each in self.judgements:
            found.setdefault((each.slug, each.address), []).append(each)
        return found

    @cached_property
    def referring(self) -> Mapping[str, set[tuple[Step, ...]]]:
        """For each resource that others refer to, by its address without keys: the module calls through which those are
        reached."""
        found: dict[str, set[tuple[Step, ...]]] = {}
        for each in self.unit.declared:
            for address in {INDEX.sub("", reference.address) for reference in references(each.body)}:
                found.setdefault(address, set()).add(each.calls)
        return found

    @cached_property
    def may_differ(self) -> bool:
        """Whether another run may have other values, from the deployment or from AWS.

        A verdict may depend on values anywhere: in resources that refer to this one or that it refers to, in Globals, in an
        account setting. So every input of the unit may matter.
        """
        given = any(mark in source for source in self.unit.sources.values() for mark in _GIVEN_BY_AWS)
        return given or bool(self.unit.takes)


_GIVEN_BY_AWS: Final = (
    b"terraform.workspace",
    b"AWS::Region",
    b"AWS::AccountId",
    b"AWS::Partition",
    b"ImportValue",
    b"Fn::Transform",
)
"""Values that differ between deployments although nobody sets them."""


class _Fault(NamedTuple):
    slug: str
    ignore: Ignore
    message: str
    whole: bool = False


def audit(units: Sequence[Audited], settings: Settings, catalogue: Catalogue) -> Iterator[tuple[Unit, Finding]]:
    """The findings on the suppressions of all units, each with a unit that reads its file.

    `catalogue` has the rules that they can name.
    """
    written: dict[Ignore, list[Audited]] = {}
    for each in units:
        for ignore in each.suppressions:
            if _INSTALLED not in PurePath(ignore.span.path).parts:
                written.setdefault(ignore, []).append(each)
    used = {ignore for each in units for ignore in each.suppressions.used}
    told: set[tuple[str, object]] = set()
    for ignore, readers in written.items():
        for fault in _faults(ignore, readers, ignore in used, settings, catalogue):
            span = ignore.whole if fault.whole else ignore.span
            # A comment with several slugs has one reason, and one date.
            if (fault.slug, span) not in told:
                told.add((fault.slug, span))
                yield readers[0].unit, _finding(fault, readers[0], units)


def _faults(
    ignore: Ignore, readers: Sequence[Audited], used: bool, settings: Settings, catalogue: Catalogue
) -> Iterator[_Fault]:
    suppressions = readers[0].suppressions
    slug = ignore.slug
    if not catalogue.knows(slug):
        yield _Fault(UNKNOWN, ignore, _unknown(ignore, catalogue))
        return
    if not suppressions.policy.allows(slug):
        said = f"{slug} to be suppressed" if suppressions.policy.inline else "suppressions"
        yield _Fault(NOT_ALLOWED, ignore, f"The settings do not allow {said} in the code, so this suppression has no effect.")
        return
    if not ignore.is_explained:
        said = "Its reason is still the placeholder" if re.search(r"\w", ignore.reason) else "It gives no reason"
        yield _Fault(UNEXPLAINED, ignore, f"{said}, so it has no effect: say why this is accepted.", whole=True)
    if ignore.until is not None and ignore.last_day is None:
        message = f"{ignore.until!r} is not a date (write until=2027-06-30), so it would never end."
        yield _Fault(BAD_DATE, ignore, message, whole=True)
    if suppressions.is_over(ignore):
        yield _Fault(EXPIRED, ignore, f"It was valid until {ignore.until} and has expired.", whole=True)
    elif ignore.is_explained and not used and _is_unused(ignore, readers, settings):
        yield _Fault(UNUSED, ignore, f"{slug} checked this place and found nothing to suppress.")


def _unknown(ignore: Ignore, catalogue: Catalogue) -> str:
    """What is wrong with a suppression that names no rule of ours."""
    slug = ignore.slug
    if not slug:
        if ignore.source == "inline":
            said = "this is not in the form # wa-iac: ignore[SLUG] REASON"
            if ignore.block:
                said = "only a comment with # or // counts, not /* */: write # wa-iac: ignore[SLUG] REASON"
            return f"Nothing is suppressed: {said}."
        return "It names no rule, so nothing is suppressed: write {rule: SLUG, reason: REASON}."
    if is_pattern(slug):
        return f"{slug!r} is a pattern, so nothing is suppressed: name each rule."
    ours = dict.fromkeys(each.slug for each in named(slug, catalogue) if each.tool and each.name.lower() == slug.lower())
    hint = f"; did you mean {' or '.join(map(repr, ours))}?" if ours else nearest(slug, catalogue) or "."
    return f"There is no rule {slug!r}, so nothing is suppressed{hint}"


def _is_unused(ignore: Ignore, readers: Sequence[Audited], settings: Settings) -> bool:
    """Whether every unit that reads it has checked its subjects, and at least one unit has a subject."""
    if ignore.slug in SUPPRESSION_RULES or settings.leaves_out(ignore.slug, ignore.span.path):
        return False
    uses = [_Use(ignore, each) for each in readers]
    return any(each.places for each in uses) and all(each.is_certain() for each in uses if each.places)


class _Use:
    """The possible subjects of one suppression in one unit."""

    def __init__(self, ignore: Ignore, audited: Audited) -> None:
        self._slug = ignore.slug
        self._audited = audited
        self.places = audited.suppressions.concerned(ignore)

    def is_certain(self) -> bool:
        """Whether its rule has decided all of these for certain, here and everywhere else the file may be read."""
        unit = self._audited.unit
        if not self._audited.sound or self._slug not in self._audited.rules or _is_plan(unit):
            return False
        if any(each.condition is not None or each.representative or each.incomplete for each in self.places):
            return False
        return self._is_decided() and not any(self._may_differ(each) for each in self.places)

    def _is_decided(self) -> bool:
        """The rule's verdicts on these resources; on all resources, if it checks others and might have reported these."""
        verdicts = self._audited.by_rule.get(self._slug)
        if verdicts is None:
            return self._slug.startswith("cfn-lint-")  # which has no other verdict
        addresses = {each.address for each in self.places}
        own = [each for address in addresses for each in self._audited.by_resource.get((self._slug, address), ())]
        return all(each.verdict != "unknown" for each in own or verdicts)

    def _may_differ(self, declared: Declared) -> bool:
        """Whether another run may change it, or anything that its verdict depends on."""
        unit = self._audited.unit
        if unit.environment and not declared.calls:
            return False  # these are all environments
        if self._audited.may_differ:
            return True
        name = INDEX.sub("", declared.address)
        return not self._audited.referring.get(name, set()) <= {declared.calls}


def _is_plan(unit: Unit) -> bool:
    """A plan covers one environment, and tells nothing about the others."""
    return unit.dialect == "terraform" and unit.path in unit.sources


def _finding(fault: _Fault, reader: Audited, units: Sequence[Audited]) -> Finding:
    ignore = fault.ignore
    rule: Rule = SUPPRESSION_RULES[fault.slug]
    place = next(iter(reader.suppressions.concerned(ignore)), None)
    return Finding(
        rule=rule,
        verdict="fail",
        message=fault.message,
        address=place.address if place is not None else "",
        type=place.type if place is not None else "",
        dialect=reader.unit.dialect,
        span=ignore.whole if fault.whole else ignore.span,
        # The text is the same in every environment.
        environments=tuple(dict.fromkeys(each.unit.environment for each in units if each.unit.environment)),
        suppressed=reader.suppressions.beside(rule, ignore),
    )
