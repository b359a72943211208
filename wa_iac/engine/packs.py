"""Packs: selections of rules by the controls of a standard, such as the Foundational Security Best Practices of Security Hub.

A pack is a JSON file in `pillars/packs`, with the ids of a standard's controls. Its rules are those that name one of them as their
equivalent. What has no rule here is listed too: a control that nobody judged must not look as if it had passed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

from wa_iac.core.errors import UncoveredError, UsageError, WaIacError
from wa_iac.report.packs import Listed

from .catalogue import Catalogue, nearest

Shown: TypeAlias = Literal["yes", "partly", "no"]
"""Whether templates show what a control asks: whole, in part, or not at all since it is known only at run time."""

_FOLDER: Final = Path(__file__).parent.parent / "pillars" / "packs"


@dataclass(frozen=True, slots=True)
class Pack:
    """A standard's controls.

    Attributes:
        analyzer: whose ids they are: a key of `Rule.equivalents`.
        controls: each control's id, and whether templates show it.
        as_of: the day on which somebody compared the list with its sources.
    """

    name: str
    title: str
    analyzer: str
    controls: Mapping[str, Shown]
    sources: tuple[str, ...]
    as_of: str

    def rules(self, catalogue: Catalogue) -> dict[str, list[str]]:
        """The slugs of the rules for each control that has some, in the pack's order."""
        by_name = _by_name(self.analyzer)
        own: dict[str, list[str]] = {}
        for rule in catalogue.own.values():
            for name in rule.equivalents.get(self.analyzer, ()):
                own.setdefault(name, []).append(rule.slug)
        found = {control: [*by_name.get(control, ()), *own.get(control, ())] for control in self.controls}
        return {control: slugs for control, slugs in found.items() if slugs}

    def without_rule(self, catalogue: Catalogue) -> list[str]:
        """The controls that templates show, at least in part, and that no rule judges."""
        ruled = self.rules(catalogue)
        return [control for control, shown in self.controls.items() if shown != "no" and control not in ruled]

    def at_run_time(self, catalogue: Catalogue) -> list[str]:
        """The controls that no template shows and no rule judges."""
        ruled = self.rules(catalogue)
        return [control for control, shown in self.controls.items() if shown == "no" and control not in ruled]

    def listed(self, catalogue: Catalogue) -> Listed:
        """The pack as reports show it."""
        shown = (self.rules(catalogue), self.without_rule(catalogue), self.at_run_time(catalogue))
        return Listed(self.name, self.title, self.as_of, *shown)


def names() -> list[str]:
    """The names of all packs, in order."""
    return sorted(each.stem for each in _FOLDER.glob("*.json"))


def load(name: str) -> Pack:
    """The pack of this name. Raises `UsageError` with the nearest name if there is none."""
    if name not in names():
        raise UsageError(f"there is no pack {name!r}{nearest(name, names())}; wa-iac packs lists them")
    content = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Pack(name, content["title"], content["analyzer"], content["controls"], tuple(content["sources"]), content["as_of"])


def selected(wanted: Iterable[str], catalogue: Catalogue, notes: list[WaIacError]) -> tuple[str, ...]:
    """The slugs of the rules of some packs. A note for each pack says how many of its controls no rule judges.

    Raises `UsageError` for an unknown name, and for a pack without a rule: to select none would mean to run all.
    """
    found: list[str] = []
    for pack in map(load, dict.fromkeys(wanted)):
        by_control = pack.rules(catalogue)
        if not by_control:
            raise UsageError(f"no rule judges a control of the pack {pack.name!r}")
        found += (slug for slugs in by_control.values() for slug in slugs)
        if missing := len(pack.controls) - len(by_control):
            notes.append(
                UncoveredError(
                    f"no rule judges {missing} of the {len(pack.controls)} controls of the pack {pack.name!r}: "
                    f"wa-iac packs {pack.name} lists them"
                )
            )
    return tuple(dict.fromkeys(found))


@cache
def _by_name(analyzer: str) -> Mapping[str, Sequence[str]]:
    from wa_iac.pillars._equivalents import EQUIVALENTS

    found: dict[str, list[str]] = {}
    for tool, name, slug in EQUIVALENTS:
        if tool == analyzer:
            found.setdefault(name, []).append(slug)
    return found
