"""How many signals of instances CloudFormation waits for when it makes an Auto Scaling group."""

from __future__ import annotations

from collections import defaultdict
from typing import Final, NamedTuple

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known, Tree

_WAIT: Final = "AWS::CloudFormation::WaitCondition"


class Awaited(NamedTuple):
    """What waits for signals of instances, and for how many; None if that is not known."""

    what: str
    signals: int | None


def awaited(group: AutoScalingGroup, graph: Graph) -> list[Awaited]:
    """What a stack waits for after it has made a group: the group's own creation policy, and wait conditions that depend on the group. Each waits
    for one signal if it names no number ("CreationPolicy attribute" and "AWS::CloudFormation::WaitCondition", AWS CloudFormation Template
    Reference)."""
    if group.dialect != "cloudformation":
        return []
    found = [] if isinstance(group.signalled, Absent) else [Awaited("Its CreationPolicy", _number(group.signals))]
    conditions = graph.once(_conditions).get(group.address, []) if _WAIT in graph.types else []
    return found + [Awaited(each.address, _number(value_at(each.body, "Count"))) for each in conditions]


def _number(written: Tree) -> int | None:
    """The number of signals. A default is none: whoever launches the stack may give its parameter another value."""
    match written:
        case Absent():
            return 1
        case Known(value) if str(value).isdecimal() and not written.origin.default_of:
            return int(value)
        case _:
            return None


def _conditions(graph: Graph) -> dict[str, list[Declared]]:
    """The wait conditions by the addresses of the resources that they depend on."""
    found: dict[str, list[Declared]] = defaultdict(list)
    for each in graph.declared:
        if each.type == _WAIT:
            names = each.attributes.get("DependsOn", Absent())
            listed = names.value if isinstance(names, Known) and isinstance(names.value, list) else [names]
            stack, slash, _ = each.address.rpartition("/")
            for name in listed:
                if isinstance(name, Known):
                    found[f"{stack}{slash}{name.value}"].append(each)
    return found
