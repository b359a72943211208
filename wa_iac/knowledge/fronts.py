"""Load balancers that send requests on in their own name: whoever uses a target directly passes them by.

A Network Load Balancer may keep the addresses of the clients, so that its targets have to let in everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wa_iac.aws import elb, elbv2
from wa_iac.aws.autoscaling import AutoScalingGroup, LaunchConfiguration
from wa_iac.aws.ec2 import Instance, LaunchTemplate
from wa_iac.aws.ecs import Service
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Known

_Front = elbv2.TargetGroup | elb.LoadBalancer
_TEMPLATES: Final = frozenset({*LaunchTemplate.types(), *LaunchConfiguration.types()})
_SERVICES: Final = frozenset(Service.types())
_INSTANCES: Final = frozenset(Instance.types())


def front_of(member: Declared, graph: Graph) -> str:
    """The target group of an Application Load Balancer, or the Classic Load Balancer, that sends a resource all its requests, as far as is
    known; empty if there is none, or one that keeps the addresses of the clients."""
    fronts = [*_fronts(member, graph)]
    if not fronts or not all(isinstance(each, elb.LoadBalancer) or each.speaks_http() == Known(True) for each in fronts):
        return ""
    return fronts[0].address


def has_public_front(service: Service, graph: Graph) -> bool:
    """Whether a load balancer that the internet may reach certainly sends requests to a service."""
    by_group = graph.index(elbv2.LoadBalancer, _forwarded)
    fronts: list[elbv2.LoadBalancer | elb.LoadBalancer] = [front for each in service.load_balancers for front in each.classic]
    fronts += [front for each in service.load_balancers for group in each.target_group for front in by_group.get(group, ())]
    return any(each.scheme == Known("internet-facing") for each in fronts)


def _forwarded(balancer: elbv2.LoadBalancer) -> Iterator[Resource]:
    return (group for action in balancer.actions() for group in action.target_groups)


def _fronts(member: Declared, graph: Graph) -> Iterator[_Front]:
    if member.type in _SERVICES:
        for each in graph.typed(member, Service).load_balancers:
            yield from (*each.target_group, *each.classic)
    elif member.type in _INSTANCES:
        instance = graph.typed(member, Instance)
        yield from graph.index(elbv2.TargetGroup, _instances_of).get(instance, ())
        yield from graph.index(elb.LoadBalancer, _behind).get(instance, ())
    elif member.type in _TEMPLATES:
        template: Resource = (
            graph.typed(member, LaunchTemplate)
            if member.type in LaunchTemplate.types()
            else graph.typed(member, LaunchConfiguration)
        )
        for group in graph.index(AutoScalingGroup, _started_from).get(template, ()):
            yield from group.traffic


def _instances_of(target_group: elbv2.TargetGroup) -> Iterator[Resource]:
    yield from target_group.instances


def _behind(balancer: elb.LoadBalancer) -> Iterator[Resource]:
    instances: Link[Instance] = balancer.instances
    yield from instances


def _started_from(group: AutoScalingGroup) -> Iterator[Resource]:
    yield from (*group.launch_template, *group.launch_configuration)
