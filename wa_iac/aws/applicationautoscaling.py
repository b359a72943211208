"""Application Auto Scaling: what adjusts ECS services, DynamoDB tables, Aurora replicas and more."""

from typing import Annotated

from wa_iac.core.algebra import references, same
from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.graph import Graph
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Unknown, Value


class TargetAction(Block):
    """An action on a schedule that CloudFormation writes inside the target."""

    schedule: Annotated[Value[str], Cfn("Schedule")]
    min_capacity: Annotated[Value[int], Cfn("ScalableTargetAction.MinCapacity")]
    max_capacity: Annotated[Value[int], Cfn("ScalableTargetAction.MaxCapacity")]


class ScalableTarget(Resource, cfn="AWS::ApplicationAutoScaling::ScalableTarget", tf="aws_appautoscaling_target"):
    """Something whose capacity may be adjusted. `resource_id` is `service/<cluster>/<service>`, `table/<name>` and so on."""

    resource_id: Annotated[Value[str], Cfn("ResourceId"), Tf("resource_id")]
    namespace: Annotated[Value[str], Cfn("ServiceNamespace"), Tf("service_namespace")]
    dimension: Annotated[Value[str], Cfn("ScalableDimension"), Tf("scalable_dimension")]
    min_capacity: Annotated[Value[int], Cfn("MinCapacity"), Tf("min_capacity")]
    max_capacity: Annotated[Value[int], Cfn("MaxCapacity"), Tf("max_capacity")]
    actions: Annotated[list[TargetAction], Cfn("ScheduledActions[]")]
    policies: Annotated[Link["ScalingPolicy"], Back("target")]
    scheduled: Annotated[Link["ScheduledAction"], Back("target")]

    def adjusts(self, resource: Resource, graph: Graph) -> Value[bool]:
        """Whether it is about `resource`, by reference or by its literal name as the last part of the id."""
        wanted = self.resource_id
        if any(resource.declared in graph.at(reference.address) for reference in references(wanted)):
            return Known(True, wanted.origin)
        if _of_the_kind(self, resource, graph):
            # The id of another resource of this unit is not ours, whatever its name turns out to be.
            return Known(False, wanted.origin)
        match wanted:
            case Known(text):
                return _named(resource, graph, Known(_last(text), wanted.origin))
            case Unknown(parts=[*_, str() as end]) if "/" in end:
                return _named(resource, graph, Known(_last(end), wanted.origin))
            case Unknown(parts=[*_, Unknown() as end]):
                return _named(resource, graph, end)
            case _:
                return wanted if isinstance(wanted, Unknown) else Known(False, wanted.origin)


def _last(identifier: str) -> str:
    """The name in an id: `service/main/web`, `cluster:orders`."""
    return identifier.replace(":", "/").rpartition("/")[2]


def _named(resource: Resource, graph: Graph, name: Value[str]) -> Value[bool]:
    """Whether `resource` is called `name`. One that is given no name gets one that nobody can have written."""
    own = resource.key_of(resource.declared)
    if isinstance(own, Absent):
        return Known(False, name.origin)
    called = list(graph.called(type(resource), name))
    if called:
        return Known(resource in called, name.origin)
    for each in (own, name):
        if isinstance(each, Unknown) and same(own, name) is None:
            return each
    return Known(same(own, name) is True, name.origin)


def _of_the_kind(target: ScalableTarget, resource: Resource, graph: Graph) -> bool:
    """Whether the id refers to a resource of the same type."""
    return any(
        other.type == resource.declared.type
        for reference in references(target.resource_id)
        for other in graph.at(reference.address)
    )


class ScalingPolicy(Resource, cfn="AWS::ApplicationAutoScaling::ScalingPolicy", tf="aws_appautoscaling_policy"):
    """How a target is adjusted."""

    target: Annotated[Link[ScalableTarget], Cfn("ScalingTargetId"), Cfn("ResourceId"), Tf("resource_id")]
    resource_id: Annotated[Value[str], Cfn("ResourceId"), Tf("resource_id")]
    kind: Annotated[Value[str], Cfn("PolicyType"), Tf("policy_type"), Default("StepScaling")]


class ScheduledAction(Resource, tf="aws_appautoscaling_scheduled_action"):
    """An adjustment on a schedule. CloudFormation writes it inside the target, as `TargetAction`."""

    target: Annotated[Link[ScalableTarget], Tf("resource_id")]
    schedule: Annotated[Value[str], Tf("schedule")]
    min_capacity: Annotated[Value[int], Tf("scalable_target_action.min_capacity")]
    max_capacity: Annotated[Value[int], Tf("scalable_target_action.max_capacity")]
