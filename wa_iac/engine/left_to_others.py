"""Arguments that are not written, and whose changes Terraform ignores: something else sets them, so nobody can say that they are
missing."""

from __future__ import annotations

from typing import Final

from wa_iac.core.fix import place
from wa_iac.core.graph import Graph
from wa_iac.core.ignored_changes import ALL, ignored_changes
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import Said
from wa_iac.core.remedy import Remedy
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Flag, Rule
from wa_iac.core.value import Unknown

_WRITTEN: Final = late(r"(?m)^(\w+)\s*[={]")
"""An argument or a block at the top of a remedy in HCL."""


def left_to_others(rule: Rule, flag: Flag, resource: Resource | None, graph: Graph) -> Unknown | None:
    """Why a fault is not certain, if it is that something is not written, and Terraform ignores changes of all that its remedy would
    write. None for any other fault."""
    if resource is None or resource.dialect != "terraform":
        return None
    ignored = ignored_changes(resource.declared)
    if not ignored or ignored == ALL:
        return None
    stated = flag.instead or rule.remedy
    remedy = stated.for_resource(resource, graph) if isinstance(stated, Remedy) else None
    if remedy is None or remedy.beside is not None:
        return None
    snippet = remedy.snippet("terraform", resource.declared.type)
    names = _WRITTEN.findall(snippet) if isinstance(snippet, str) else [place(name).name for name in snippet]
    if not names or not ignored.issuperset(names) or not resource.declared.body.value.keys().isdisjoint(names):
        return None
    why = f"Terraform ignores changes of `{names[0]}` (`lifecycle.ignore_changes`), so something else may set it"
    return Unknown(Said(why, "look at what sets it"), ("ignored", resource.address, names[0]), flag.origin)
