"""An entry of a map under a name that nobody gives: `local.sizes[var.environment]`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wa_iac.core.algebra import choose
from wa_iac.core.reasons import UnsetVariable
from wa_iac.core.value import Origin, Tree, Unknown

MAX_NAMES: Final = 8


def by_name(entries: Mapping[str, Tree], key: Unknown, origin: Origin, other: Tree | None = None) -> Tree | None:
    """A choice between all entries, and `other` for any other name; without it, that is an error. None if there are too many
    entries, or if the name is made of something else. Maps with the same names share the choice."""
    match key.source:
        case UnsetVariable() as unset if 0 < len(entries) <= MAX_NAMES:
            names = sorted(entries)
            listed = [(f"{unset.subject} is {name}", entries[name]) for name in names]
            if other is not None:
                listed.append((f"{unset.subject} has another value", other))
            return choose(unset, ("name", key.identity, tuple(names), other is None), listed, origin)
        case _:
            return None
