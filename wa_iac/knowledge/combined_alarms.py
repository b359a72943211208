"""Which alarms the composite alarms of a unit combine."""

from typing import NamedTuple

from wa_iac.aws.cloudwatch import Alarm, CompositeAlarm, LogAlarm
from wa_iac.core.graph import Graph
from wa_iac.core.partial import pieces_of
from wa_iac.core.value import Known, Unknown


class _Combined(NamedTuple):
    """What composite alarms name: by a reference, and in text. `any` is set if one of them may name any alarm."""

    referred: frozenset[int]
    texts: tuple[str, ...]
    any: bool


def may_be_combined(alarm: Alarm | LogAlarm, graph: Graph) -> bool:
    """Whether a composite alarm may use an alarm: it refers to it, or has its name in its expression ("Create a composite alarm", Amazon
    CloudWatch User Guide). An alarm without a name gets one that only a reference can give."""
    combined = graph.once(_combined)
    if combined.any or id(alarm.declared) in combined.referred:
        return True
    name = alarm.name
    if isinstance(name, Known):
        return any(str(name.value) in text for text in combined.texts)
    return isinstance(name, Unknown) and bool(combined.texts)


def _combined(graph: Graph) -> _Combined:
    every = graph.of(CompositeAlarm)
    return _Combined(
        referred=frozenset(id(found) for each in every for found in graph.referred(each.declared.body)),
        texts=tuple(piece for each in every for value in (each.rule, each.suppressor) for piece in pieces_of(value)),
        any=any(_may_name_any(each, graph) for each in every),
    )


def _may_name_any(alarm: CompositeAlarm, graph: Graph) -> bool:
    """Whether something in an expression is not known, and does not come from an alarm of the unit."""
    if not isinstance(alarm.rule, Unknown):
        return False
    unknown = [each for each in alarm.rule.parts if isinstance(each, Unknown)] or [alarm.rule]
    return any(not any(found.kind == "resource" for found in graph.referred(each)) for each in unknown)
