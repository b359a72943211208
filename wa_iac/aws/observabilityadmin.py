"""CloudWatch Observability Admin."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class TelemetryRule(
    Resource, cfn="AWS::ObservabilityAdmin::TelemetryRule", tf="aws_observabilityadmin_telemetry_rule", cfn_key="RuleName"
):
    """Turns on logs or metrics for every resource of a type in the account, existing and new ones."""

    resource_type: Annotated[Value[str], Cfn("Rule.ResourceType"), Tf("rule[0].resource_type")]
    telemetry: Annotated[Value[str], Cfn("Rule.TelemetryType"), Tf("rule[0].telemetry_type")]
    # A rule with criteria is for the resources with certain tags.
    selection: Annotated[Value[str], Cfn("Rule.SelectionCriteria"), Tf("rule[0].selection_criteria")]
    all_regions: Annotated[Value[bool], Cfn("Rule.AllRegions"), Tf("rule[0].all_regions")]
    regions: Annotated[Value[list[Value[str]]], Cfn("Rule.Regions"), Tf("rule[0].regions")]
    traffic: Annotated[
        Value[str],
        Cfn("Rule.DestinationConfiguration.VPCFlowLogParameters.TrafficType"),
        Tf("rule[0].destination_configuration[0].vpc_flow_log_parameters[0].traffic_type"),
    ]
    log_types: Annotated[
        Value[list[Value[str]]],
        Cfn("Rule.DestinationConfiguration.LogDeliveryParameters.LogTypes"),
        Tf("rule[0].destination_configuration[0].log_delivery_parameters[0].log_types"),
    ]


class OrganizationTelemetryRule(
    TelemetryRule,
    cfn="AWS::ObservabilityAdmin::OrganizationTelemetryRule",
    tf="aws_observabilityadmin_telemetry_rule_for_organization",
    cfn_key="RuleName",
):
    """The same for the accounts of an organization."""

    # Without a scope, the rule is for all accounts.
    scope: Annotated[Value[str], Cfn("Rule.Scope"), Tf("rule[0].scope")]
