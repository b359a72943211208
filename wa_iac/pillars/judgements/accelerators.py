"""Instances with accelerators of an earlier generation."""

from collections.abc import Mapping
from typing import Final

from wa_iac.core.rule import Confidence, Flags, flag, settled
from wa_iac.core.value import Known, Value
from wa_iac.knowledge.dated import facts
from wa_iac.knowledge.instance_families import parsed

_FACTS: Final[Mapping[str, Mapping[str, str]]] = facts("accelerators")
_SURE: Final = {"high": Confidence.HIGH, "medium": Confidence.MEDIUM, "low": Confidence.LOW}


def judge(instance_type: Value[str]) -> Flags:
    """Flag an instance type with an accelerator for which there is a newer one."""
    match settled(instance_type):
        case Known(name) if (found := parsed(name)) and (newer := _FACTS.get(found.family)):
            successor = f"{found.prefix}{newer['successor']}"
            yield flag(
                instance_type,
                f"The accelerators of {name} are of an earlier generation: those of {successor} do more work for the same energy and money.",
                confidence=_SURE[newer["sure"]],
                instead=f"Choose a size of {successor} with enough memory on its accelerators, and compare time and price for one run.",
            )
        case _:
            return
