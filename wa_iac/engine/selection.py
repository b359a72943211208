"""Which rules run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wa_iac.core.errors import UsageError
from wa_iac.core.rule import PILLARS, Pillar

from .catalogue import OURS, Catalogue, nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which rules run: those of the profile that are in `select` and `pillars` (empty means all) and not in `ignore`.

    A rule selected by its slug runs regardless of the profile. `cfn_lint` adds cfn-lint's own rules, `catalogue` has all rules.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    pillars: tuple[Pillar, ...] = ()
    profile: Literal["default", "all"] = "default"
    cfn_lint: bool = False
    catalogue: Catalogue = OURS

    def slugs(self) -> list[str]:
        """The selected slugs. Raises `UsageError` for an unknown name, with the nearest one."""
        for slug in (*self.select, *self.ignore):
            if not (self.cfn_lint and slug.startswith("cfn-lint-")):
                self.catalogue.check(slug)
        for pillar in self.pillars:
            if pillar not in PILLARS:
                raise UsageError(f"there is no pillar {pillar!r}{nearest(pillar, PILLARS)}")
        every = self.profile == "all"
        return [
            slug
            for slug in self.catalogue
            if self.takes(slug, self.catalogue.pillar(slug))
            and (every or slug in self.select or not self.catalogue.on_request(slug))
        ]

    def takes(self, slug: str, pillar: str) -> bool:
        """Whether a rule of a pillar is selected, regardless of the profile."""
        if slug in self.ignore or (self.select and slug not in self.select):
            return False
        return not self.pillars or pillar in self.pillars
