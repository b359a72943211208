"""Whether a telemetry rule turns on the logs of a resource.

A rule is for the existing and the new resources of a type, in its account and Region, or in the Regions that it names ("TelemetryRule",
CloudWatch Observability Admin API Reference; "Telemetry enablement rules", Amazon CloudWatch User Guide).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of, first_unknown, holds
from wa_iac.core.reader import doubt
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known, Unknown, Value

from .regional_settings import holds_for, settings

if TYPE_CHECKING:
    from wa_iac.aws.observabilityadmin import TelemetryRule

VPC: Final = "AWS::EC2::VPC"
LOAD_BALANCER: Final = "AWS::ElasticLoadBalancingV2::LoadBalancer"
DISTRIBUTION: Final = "AWS::CloudFront::Distribution"
_ACCESS_LOGS: Final = "ACCESS_LOGS"
_RULES: Final = frozenset(
    and_awscc(
        *("AWS::ObservabilityAdmin::TelemetryRule", "aws_observabilityadmin_telemetry_rule"),
        *(
            "AWS::ObservabilityAdmin::OrganizationTelemetryRule",
            "aws_observabilityadmin_telemetry_rule_for_organization",
        ),
    )
)
"""The types of the rules. Few units have one, so their service is imported only then."""


def logs_turned_on(resource: Resource, graph: Graph, resource_type: str) -> Value[bool]:
    """Whether a rule turns on the logs of a resource of this type; flow logs of refused traffic for a VPC, access logs for others."""
    if _RULES.isdisjoint(graph.types):
        return Known(False, resource.absent.origin)
    from wa_iac.aws.observabilityadmin import OrganizationTelemetryRule, TelemetryRule

    rules: list[TelemetryRule] = [*settings(graph, TelemetryRule), *settings(graph, OrganizationTelemetryRule)]
    return any_of((_is_for(rule, resource, resource_type) for rule in rules), resource.absent.origin)


def _is_for(rule: TelemetryRule, resource: Resource, resource_type: str) -> Value[bool]:
    from wa_iac.aws.observabilityadmin import OrganizationTelemetryRule

    limits = [("selection_criteria", rule.selection)]
    if isinstance(rule, OrganizationTelemetryRule):
        limits.append(("scope", rule.scope))
    return all_of(
        (
            holds(rule.resource_type, resource_type.__eq__),
            holds(rule.telemetry, "Logs".__eq__),
            _right_logs(rule, resource_type),
            _in_region(rule, resource),
            *(_not_limited(rule, name, limit) for name, limit in limits),
        )
    )


def _not_limited(rule: TelemetryRule, name: str, limit: Value[str]) -> Value[bool]:
    """A limit is an expression about tags or accounts, of which the code does not show whether it is true of a resource."""
    if isinstance(limit, Absent):
        return Known(True)
    if isinstance(limit, Unknown):
        return limit
    why = "the telemetry rule is for a part of the resources, and whether this one is among them is not known"
    return Unknown(Said(why, "turn on the logs of the resource itself"), (name, rule.address), limit.origin)


def _right_logs(rule: TelemetryRule, resource_type: str) -> Value[bool]:
    if resource_type == VPC:
        return Known(True) if isinstance(rule.traffic, Absent) else holds(rule.traffic, lambda kind: kind.upper() != "ACCEPT")
    match rule.log_types:
        case Absent():
            return Known(True)
        case Unknown() as unknown:
            return unknown
        case Known(types):
            return any_of((holds(each, lambda kind: _ACCESS_LOGS in kind) for each in types), rule.absent.origin)


def _in_region(rule: TelemetryRule, resource: Resource) -> Value[bool]:
    if rule.all_regions == Known(True):
        uncertain = doubt(rule.declared, resource.declared)
        return Known(True) if uncertain is None else uncertain
    here = holds_for(rule, resource)
    if here == Known(True) or isinstance(rule.regions, Absent):
        return here
    unknown = first_unknown(rule.all_regions, rule.regions, resource.declared.region)
    if unknown is not None:
        return unknown
    named = rule.regions.value if isinstance(rule.regions, Known) else []
    region = resource.declared.region
    return any_of((here, *(holds(each, lambda name: Known(name) == region) for each in named)))
