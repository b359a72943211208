"""The account and its Regions."""

from __future__ import annotations

from typing import Final

from wa_iac.core.declared import Declared
from wa_iac.core.value import Known, Tree, Unknown

from .shapes import Group

ACCOUNT: Final = "account"
"""The id of the outermost group."""


class Regions:
    """The Regions of a unit's resources, as they are asked for. A Region that is not known is one group for each reason."""

    def __init__(self) -> None:
        self._groups: Final[dict[Tree, Group]] = {}

    def of(self, declared: Declared) -> str:
        """The id of the Region that a resource is in."""
        region = declared.region
        found = self._groups.get(region)
        if found is None:
            found = self._groups[region] = self._made(region)
        return found.id

    def _made(self, region: Tree) -> Group:
        match region:
            case Known(str() as name) if name:
                return Group(f"region:{name}", "region", name, ACCOUNT)
            case Unknown() as unknown:
                note = f"its name is not known: {unknown.why}"
            case _:
                note = "the code does not name it"
        number = sum(each.label == "Region" for each in self._groups.values())
        return Group(f"region:?{number or ''}", "region", "Region", ACCOUNT, note=note)

    def groups(self) -> list[Group]:
        """The account, and the Regions that were asked for."""
        return [Group(ACCOUNT, "account", "AWS account"), *self._groups.values()]
