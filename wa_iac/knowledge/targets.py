"""What load balancers send their requests to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wa_iac.aws import elb
from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.elbv2 import LoadBalancer, TargetGroup
from wa_iac.core.algebra import count_distinct, references
from wa_iac.core.awscc import and_awscc
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.value import Known, Tree, Unknown, Value

from .servers import zone_of

_REGISTERS_NONE: Final = frozenset(
    and_awscc(
        *("AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::ListenerRule"),
        *("AWS::AutoScaling::AutoScalingGroup", "AWS::AutoScaling::ScalingPolicy", "AWS::CloudWatch::Alarm"),
        *("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup", "AWS::CloudFront::Distribution"),
    )
) | {
    *("aws_lb_listener", "aws_alb_listener", "aws_lb_listener_rule", "aws_alb_listener_rule", "aws_autoscaling_group"),
    *("aws_autoscaling_attachment", "aws_autoscaling_traffic_source_attachment", "aws_autoscaling_policy"),
    *("aws_elb_attachment", "aws_lb_target_group_attachment", "aws_alb_target_group_attachment"),
    *("aws_cloudwatch_metric_alarm", "aws_route53_record", "aws_cloudfront_distribution"),
}
"""What refers to a load balancer or a target group and registers no other targets than those that `instances` and `traffic` show."""
_NAMES: Final = frozenset(
    {"dns_name", "zone_id", "DNSName", "CanonicalHostedZoneName", "CanonicalHostedZoneNameID", "CanonicalHostedZoneID"}
)
"""Attributes by which clients reach a load balancer."""


def single_targets_in_one_zone(balancer: LoadBalancer | elb.LoadBalancer, graph: Graph) -> Value[bool]:
    """Whether all targets that this unit shows are single instances, or groups of one, that are surely in one Availability Zone, and
    nothing else may register others."""
    holders = [balancer] if isinstance(balancer, elb.LoadBalancer) else target_groups(balancer)
    groups = graph.pointing(AutoScalingGroup, "traffic")
    zones: list[Tree] = []
    doubt: Unknown | None = None
    for holder in holders:
        if holder.instances.external or any(
            _may_register(holder, each, graph) for each in graph.referring(holder, graph.types)
        ):
            return Known(False)
        doubt = first_unknown(doubt, holder.instances.unknown)
        zones += [zone_of(each) for each in holder.instances]
        for group, _ in groups.at.get(id(holder.declared), ()):
            if not isinstance(group, AutoScalingGroup) or group.max_size != Known(1) or group.zones() != Known(1):
                return Known(False)
            zones += _zones_of(group)
    if count_distinct(zones)[1] > 1 or not (zones or doubt is not None):
        return Known(False)
    doubt = first_unknown(doubt, groups.loose)
    return Known(True) if doubt is None else doubt


def have_own_volumes(balancer: LoadBalancer | elb.LoadBalancer, graph: Graph) -> bool:
    """Whether each target is a group of at most one instance that attaches a volume of its own, so that it stays in the volume's zone."""
    from .own_volumes import is_single_with_volume  # few load balancers have one target

    holders = [balancer] if isinstance(balancer, elb.LoadBalancer) else target_groups(balancer)
    if any(holder.instances.targets for holder in holders):
        return False
    groups = graph.pointing(AutoScalingGroup, "traffic")
    found = [group for holder in holders for group, _ in groups.at.get(id(holder.declared), ())]
    return bool(found) and all(isinstance(each, AutoScalingGroup) and is_single_with_volume(each, graph) for each in found)


def is_single_server(balancer: LoadBalancer | elb.LoadBalancer) -> bool:
    """Whether its only target here is one instance, which no group makes again: it may keep something on its disk."""
    holders = [balancer] if isinstance(balancer, elb.LoadBalancer) else target_groups(balancer)
    found = {each.address: each for holder in holders for each in holder.instances.targets}
    return len(found) == 1 and all(each.representative is None for each in found.values())


def has_one_target(balancer: elb.LoadBalancer, graph: Graph) -> bool:
    """Whether it certainly sends all requests to one instance, a group of one, or a service of one task."""
    groups = graph.pointing(AutoScalingGroup, "traffic")
    if balancer.instances.external or balancer.instances.unknown is not None or groups.loose is not None:
        return False
    singles: list[bool] = [each.representative is None for each in balancer.instances]
    for group, _ in groups.at.get(id(balancer.declared), ()):
        singles.append(isinstance(group, AutoScalingGroup) and group.max_size == Known(1) and group.representative is None)
    others = [each for each in graph.referring(balancer, graph.types) if _may_register(balancer, each, graph)]
    singles += [_is_service_of_one(each, graph) for each in others]
    return singles == [True]


def _is_service_of_one(other: Declared, graph: Graph) -> bool:
    """Whether a block is a service of ECS with one task, whose number nothing changes."""
    from wa_iac.aws.ecs import Service  # most load balancers have no such service

    if graph.type_of(other) not in Service.types():
        return False
    service = graph.typed(other, Service)
    return (
        service.desired_count == Known(1)
        and service.scheduling == Known("REPLICA")
        and service.representative is None
        and not service.ignores("desired_count")
        and service.scaled_by(graph) == ([], None)
    )


def target_groups(balancer: LoadBalancer) -> list[TargetGroup]:
    """The target groups of its listeners and their rules; empty if some are not known."""
    found: dict[TargetGroup, None] = {}
    for action in balancer.actions():
        if action.unknown is not None or action.target_groups.elsewhere:
            return []
        found |= dict.fromkeys(action.target_groups)
    return [] if balancer.listeners.unknown is not None else list(found)


def _may_register(holder: TargetGroup | elb.LoadBalancer, other: Declared, graph: Graph) -> bool:
    """Whether a block that refers to a target group or a Classic Load Balancer may give it targets."""
    if other.type == "output":
        return any(each.address == holder.address and each.attribute not in _NAMES for each in references(other.body))
    return graph.type_of(other) not in _REGISTERS_NONE


def _zones_of(group: AutoScalingGroup) -> Iterator[Tree]:
    """The zone of a group that is in one."""
    for place in group.places:
        if place.subnet.targets:
            yield from (each.zone for each in place.subnet)
        else:
            yield place.written
    if not group.places and isinstance(group.availability_zones, Known):
        yield from group.availability_zones.value
