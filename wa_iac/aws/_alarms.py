"""Whether an alarm of the unit watches a resource: for the rules that ask for one."""

from collections.abc import Collection, Iterator
from typing import Final

from wa_iac.core.algebra import references, same
from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Flag, flag, not_applicable, undecided
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

from .cloudwatch import Alarm, names_resource

_SCALING: Final = (
    "AWS::AutoScaling::ScalingPolicy",
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    "awscc_autoscaling_scaling_policy",
    "awscc_applicationautoscaling_scaling_policy",
    "aws_autoscaling_policy",
    "aws_appautoscaling_policy",
)
ELSEWHERE: Final = "this unit has no alarm on the health of anything; another may watch it"


def health_alarms(graph: Graph) -> list[Alarm]:
    """The alarms that are not there only to scale something."""
    return [each for each in graph.of(Alarm) if not _only_scales(each, graph)]


def _only_scales(alarm: Alarm, graph: Graph) -> bool:
    actions = (alarm.alarm_actions, alarm.ok_actions, alarm.insufficient_data_actions)
    listed = [item for each in actions if isinstance(each, Known) for item in each.value]
    return bool(listed) and all(_scales(each, graph) for each in listed)


def _scales(action: Tree, graph: Graph) -> bool:
    return any(found.type in _SCALING for reference in references(action) for found in graph.at(reference.address))


def judged(
    resource: Resource, graph: Graph, message: str, *, also: Collection[Resource] = (), namespace: str = ""
) -> Iterator[Flag]:
    """Flag a resource that no alarm watches, in a unit that has alarms on others.

    An alarm on one of `also` is enough, and so is one on the whole `namespace`, without dimensions.
    """
    alarms = health_alarms(graph)
    if not alarms:
        yield not_applicable(ELSEWHERE)
        return
    match watched((resource, *also), alarms, graph, namespace):
        case Unknown() as why:
            yield undecided(why)
        case Known(False):
            yield flag(resource, message)
        case _:
            pass


def watched(resources: Collection[Resource], alarms: Collection[Alarm], graph: Graph, namespace: str = "") -> Value[bool]:
    """Whether one of the alarms is on one of the resources, by whatever metric."""
    unknown: Unknown | None = None
    for alarm in alarms:
        for query in alarm.queries:
            unknown = query.unknown if query.unknown is not None else unknown
        for of, _, dimensions in alarm.metrics:
            if namespace and not dimensions and same(of, Known(namespace)) is not False:
                return Known(True)
            for _, value in dimensions:
                for resource in resources:
                    match _names(value, resource, graph):
                        case True:
                            if alarm.declared.condition is None or alarm.declared.condition == resource.declared.condition:
                                return Known(True)
                            unknown = alarm.declared.condition
                        case None if isinstance(value, Unknown):
                            unknown = value
                        case _:
                            pass
    return Known(False) if unknown is None else unknown


def _names(value: Tree, resource: Resource, graph: Graph) -> bool | None:
    """Whether a dimension names the resource, by reference or by the name it is given."""
    answer = names_resource(value, resource, graph)
    name: Tree = getattr(resource, "name", Absent())
    if answer is True or isinstance(name, Absent) or any(True for _ in references(value)):
        return answer
    return same(name, value)
