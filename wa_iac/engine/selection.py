"""Which rules run."""

from __future__ import annotations

from typing import Literal, NamedTuple

from wa_iac.core.errors import UsageError
from wa_iac.core.rule import PILLARS, Pillar, Severity

from . import slug_patterns
from .catalogue import OURS, Catalogue, nearest


class Selection(NamedTuple):
    """Which rules run: those of the profile that are in `select` and `pillars` (empty means all) and not in `ignore`; and the
    mildest severity that is reported.

    `select` and `ignore` have slugs and patterns of slugs. A rule selected by its slug runs regardless of the profile; a pattern
    selects from the profile. `cfn_lint` adds cfn-lint's own rules, `catalogue` has all rules.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    pillars: tuple[Pillar, ...] = ()
    profile: Literal["default", "all"] = "default"
    min_severity: Severity = Severity.LOW
    cfn_lint: bool = False
    catalogue: Catalogue = OURS

    def slugs(self) -> list[str]:
        """The selected slugs. Raises `UsageError` for an unknown name, with the nearest one, and for a pattern that selects no
        rule of the profile."""
        for name in (*self.select, *self.ignore):
            if name.startswith("cfn-lint-") and not self.cfn_lint:
                self.catalogue.check(name)
            slug_patterns.check(name, self.catalogue)
        for pillar in self.pillars:
            if pillar not in PILLARS:
                hint = nearest(pillar, PILLARS) or f"; the pillars are {', '.join(PILLARS)}"
                raise UsageError(f"there is no pillar {pillar!r}{hint}")
        every = self.profile == "all"
        of_profile = [slug for slug in self.catalogue if every or slug in self.select or not self.catalogue.on_request(slug)]
        for name in self.select:
            if not name.startswith("cfn-lint-") and not slug_patterns.matching(name, of_profile):
                raise UsageError(f"no rule of the default profile matches {name!r}: --profile all has rules that do")
        return [slug for slug in of_profile if self.takes(slug, self.catalogue.pillar(slug))]

    def takes(self, slug: str, pillar: str) -> bool:
        """Whether a rule of a pillar is selected, regardless of the profile."""
        if slug_patterns.names(slug, self.ignore) or (self.select and not slug_patterns.names(slug, self.select)):
            return False
        return not self.pillars or pillar in self.pillars
