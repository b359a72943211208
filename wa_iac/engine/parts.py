"""The parts of a run: root modules and templates with a settings file of their own, and all others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import add
from pathlib import Path
from typing import NamedTuple

from wa_iac.core.declared import Unit
from wa_iac.core.errors import UsageError
from wa_iac.core.finding import BySettings

from .report_scope import DefaultProfile
from .selection import Selection
from .settings import Settings


class RunPart(NamedTuple):
    """How the units of one part are judged."""

    settings: Settings
    selection: Selection
    slugs: Sequence[str]

    @property
    def profile(self) -> Sequence[DefaultProfile]:
        """The scope of its profile; none for the profile `all`."""
        return (
            [] if self.selection.profile == "all" else [DefaultProfile({*self.selection.select, *self.selection.catalogue.own})]
        )


class Parts:
    """Finds the part of each unit."""

    def __init__(self, slugs: Sequence[str], selection: Selection, settings: Settings) -> None:
        self._whole = RunPart(settings, selection, slugs)
        self._parts: dict[int, RunPart] = {}
        self._of: dict[str, RunPart] = {}
        self._begin(settings)

    @staticmethod
    def _begin(settings: Settings) -> None:
        if settings.trace is not None:
            settings.trace.begin()

    def of(self, path: str) -> RunPart:
        """The part of the unit that is shown as `path`."""
        found = self._of.get(path)
        if found is None:
            found = self._of[path] = self._found(path)
        return found

    def _found(self, path: str) -> RunPart:
        part = self._whole.settings.part(Path(path)) if path else None
        if part is None:
            return self._whole
        if id(part) not in self._parts:
            self._parts[id(part)] = RunPart(part.settings, part.selection, part.selection.slugs())
            self._begin(part.settings)
        return self._parts[id(part)]

    def without_rules(self, units: Iterable[Unit]) -> Iterator[UsageError]:
        """An error for each settings file that leaves no rule for its units."""
        for each in {id(part): part for part in (self._whole, *(self.of(unit.path) for unit in units))}.values():
            trace = each.settings.trace
            if trace is not None and not each.slugs and trace.rules and not each.selection.cfn_lint:
                yield UsageError("nothing was checked: the settings exclude all rules", path=trace.path)

    def slugs(self) -> set[str]:
        """The rules of all parts."""
        return {slug for part in (self._whole, *self._parts.values()) for slug in part.slugs}

    @property
    def rules(self) -> int:
        """The number of rules of all parts."""
        return len(self.slugs())

    def by_settings(self) -> BySettings | None:
        """All that settings of the tree left out or made milder."""
        traces = (part.settings.trace for part in (self._whole, *self._parts.values()))
        said = [found for trace in traces if trace is not None and (found := trace.by_settings()) is not None]
        return reduce(add, said) if said else None
