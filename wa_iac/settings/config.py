"""The settings of a run, as a record."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from wa_iac.core.errors import WaIacError
from wa_iac.core.inputs import Inputs
from wa_iac.core.rule import Pillar, Severity
from wa_iac.engine.catalogue import OURS, Catalogue
from wa_iac.engine.selection import Selection
from wa_iac.engine.settings import NO_SETTINGS, Settings


class Config(NamedTuple):
    """The content of a settings file, or the defaults if there is none; then `path` is None."""

    path: Path | None = None
    profile: Literal["default", "all"] = "default"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    pillars: tuple[Pillar, ...] = ()
    fail_on: Severity = Severity.LOW
    settings: Settings = NO_SETTINGS
    environments: tuple[Inputs, ...] = ()
    baseline: Path | None = None
    notes: tuple[WaIacError, ...] = ()
    """Old names of rules in the file."""
    catalogue: Catalogue = OURS
    """All available rules: a settings file in the checked tree adds none."""

    @property
    def selection(self) -> Selection:
        """The rules that it selects."""
        return Selection(
            select=self.select, ignore=self.ignore, pillars=self.pillars, profile=self.profile, catalogue=self.catalogue
        )

    def on_top_of(self, asked: Selection, fail_on: Severity | None, baseline: Path | None) -> Selection:
        """The requested rules, completed by the settings' selection, which is noted in their trace. Rules that the command line selects
        run whatever the settings leave out."""
        chosen = (
            asked
            if asked.select
            else asked._replace(select=self.select, ignore=(*self.ignore, *asked.ignore), pillars=asked.pillars or self.pillars)
        )
        if (trace := self.settings.trace) is not None:
            trace.rules = len({*asked.slugs()} - {*chosen.slugs()})
            trace.fail_on = self.fail_on.value if fail_on is None and self.fail_on is not Severity.LOW else ""
            trace.baseline = baseline is None and self.baseline is not None
        return chosen
