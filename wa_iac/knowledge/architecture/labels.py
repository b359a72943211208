"""Short names of resources for people."""

from __future__ import annotations

from typing import Final

from wa_iac.core.declared import INDEX, Declared
from wa_iac.core.late_pattern import late

_LAST_INDEX: Final = late(INDEX.pattern + "$")


def label_of(declared: Declared) -> str:
    """The last part of the address, with the key of an instance: `web[0]`. A module's resource that is only called `this`, `main` or the
    like has the module's name: `db this`."""
    key = "".join(f"[{each.key}]" for each in declared.keys[-1:]) if _LAST_INDEX.search(declared.address) else ""
    name = f"{declared.name}{key}"
    if declared.name in ("this", "main", "default", "self") and ".module." in f".{declared.address}":
        module = declared.address.rpartition("module.")[2].partition(".")[0]
        return f"{module} {name}"
    return name
