"""AWS Network Firewall: firewalls, their policies and their logs."""

from typing import Annotated, Any

from wa_iac.aws.parts.zones import Place, spread, zones
from wa_iac.core.binding import Back, Cfn, Tf
from wa_iac.core.partial import length
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Value

from .connectivity import TransitGateway
from .vpc import Vpc


class StatefulRule(Block):
    """A rule that is written as an object."""

    action: Annotated[Value[str], Cfn("Action"), Tf("action")]


class RuleGroup(
    Resource,
    cfn="AWS::NetworkFirewall::RuleGroup",
    tf="aws_networkfirewall_rule_group",
    cfn_key="RuleGroupName",
    tf_key="name",
):
    """Rules that policies use. Stateful ones are written in Suricata's language, as objects, or are made from a list of domains."""

    text: Annotated[
        Value[str],
        Cfn("RuleGroup.RulesSource.RulesString"),
        Tf("rule_group.rules_source.rules_string"),
        Tf("rules"),
    ]
    rules: Annotated[
        list[StatefulRule],
        Cfn("RuleGroup.RulesSource.StatefulRules[]"),
        Tf("rule_group.rules_source.stateful_rule[]"),
    ]
    domains: Annotated[
        Value[Any], Cfn("RuleGroup.RulesSource.RulesSourceList"), Tf("rule_group.rules_source.rules_source_list")
    ]


class RuleGroupReference(Block):
    """A rule group that a policy uses."""

    group: Annotated[Value[str], Cfn("ResourceArn"), Tf("resource_arn")]
    declared_group: Annotated[Link[RuleGroup], Cfn("ResourceArn"), Tf("resource_arn")]


class FirewallPolicy(
    Resource,
    cfn="AWS::NetworkFirewall::FirewallPolicy",
    tf="aws_networkfirewall_firewall_policy",
    cfn_key="FirewallPolicyName",
    tf_key="name",
):
    """What a firewall does with packets: stateless rules come first, and may forward a packet to the stateful rules."""

    written: Annotated[Value[Any], Cfn("FirewallPolicy"), Tf("firewall_policy")]
    default_actions: Annotated[
        Value[list[Value[str]]],
        Cfn("FirewallPolicy.StatelessDefaultActions"),
        Tf("firewall_policy.stateless_default_actions"),
    ]
    # Only for fragments of UDP packets: those of other protocols are dropped.
    fragment_actions: Annotated[
        Value[list[Value[str]]],
        Cfn("FirewallPolicy.StatelessFragmentDefaultActions"),
        Tf("firewall_policy.stateless_fragment_default_actions"),
    ]
    stateless_groups: Annotated[
        list[RuleGroupReference],
        Cfn("FirewallPolicy.StatelessRuleGroupReferences[]"),
        Tf("firewall_policy.stateless_rule_group_reference[]"),
    ]
    stateful_groups: Annotated[
        list[RuleGroupReference],
        Cfn("FirewallPolicy.StatefulRuleGroupReferences[]"),
        Tf("firewall_policy.stateful_rule_group_reference[]"),
    ]
    # Only with the strict order of rules; without it, what no stateful rule matches passes.
    stateful_default_actions: Annotated[
        Value[list[Value[str]]],
        Cfn("FirewallPolicy.StatefulDefaultActions"),
        Tf("firewall_policy.stateful_default_actions"),
    ]

    rule_order: Annotated[
        Value[str],
        Cfn("FirewallPolicy.StatefulEngineOptions.RuleOrder"),
        Tf("firewall_policy.stateful_engine_options.rule_order"),
    ]


class ZoneMapping(Block):
    """The zone of an endpoint of a firewall that is attached to a transit gateway."""

    zone: Annotated[Value[str], Cfn("AvailabilityZone"), Tf("availability_zone_id")]


class Firewall(
    Resource, cfn="AWS::NetworkFirewall::Firewall", tf="aws_networkfirewall_firewall", cfn_key="FirewallName", tf_key="name"
):
    """A firewall, with an endpoint in each of some zones: in a VPC, or at a transit gateway."""

    vpc: Annotated[Link[Vpc], Cfn("VpcId"), Tf("vpc_id")]
    transit_gateway: Annotated[Link[TransitGateway], Cfn("TransitGatewayId"), Tf("transit_gateway_id")]
    policy: Annotated[Link[FirewallPolicy], Cfn("FirewallPolicyArn"), Tf("firewall_policy_arn")]
    places: Annotated[list[Place], Cfn("SubnetMappings[].SubnetId"), Tf("subnet_mapping[].subnet_id")]
    mappings: Annotated[Value[Any], Cfn("SubnetMappings"), Tf("subnet_mapping")]
    zone_mappings: Annotated[list[ZoneMapping], Cfn("AvailabilityZoneMappings[]"), Tf("availability_zone_mapping[]")]
    zone_mappings_as_written: Annotated[Value[Any], Cfn("AvailabilityZoneMappings"), Tf("availability_zone_mapping")]
    # The service turns it on for a new firewall ("DeleteProtection", API reference); Terraform turns it off.
    delete_protection: Annotated[Value[bool], Cfn("DeleteProtection", default=True), Tf("delete_protection", default=False)]
    # The same holds for what keeps its subnets and zones as they are ("CreateFirewall", API reference).
    subnets_protected: Annotated[
        Value[bool], Cfn("SubnetChangeProtection", default=True), Tf("subnet_change_protection", default=False)
    ]
    zones_protected: Annotated[
        Value[bool],
        Cfn("AvailabilityZoneChangeProtection", default=True),
        Tf("availability_zone_change_protection", default=False),
    ]
    loggings: Annotated[Link["LoggingConfiguration"], Back("firewall")]
    associations: Annotated[Link["EndpointAssociation"], Back("firewall")]

    def zones(self) -> Value[int]:
        """Number of zones with an endpoint: 1, or several; absent if none is set."""
        if not self.zone_mappings:
            # An endpoint is in one subnet, whichever it is.
            is_one = len(self.places) == 1 and isinstance(self.mappings, Known) and length(self.mappings.value) == (1, 1)
            return Known(1, self.mappings.origin) if is_one else spread(self.places, self.mappings)
        found = next((each.unknown for each in self.zone_mappings if each.unknown is not None), None)
        return zones(Known([each.zone for each in self.zone_mappings])) if found is None else found

    def where(self) -> Value[Any]:
        """The setting that decides its zones, to be flagged."""
        return self.mappings if isinstance(self.zone_mappings_as_written, Absent) else self.zone_mappings_as_written


class LogDestination(Block):
    """A kind of log, and where it goes."""

    kind: Annotated[Value[str], Cfn("LogType"), Tf("log_type")]


class LoggingConfiguration(
    Resource, cfn="AWS::NetworkFirewall::LoggingConfiguration", tf="aws_networkfirewall_logging_configuration"
):
    """The logs of a firewall."""

    firewall: Annotated[Link[Firewall], Cfn("FirewallArn"), Cfn("FirewallName"), Tf("firewall_arn")]
    destinations: Annotated[
        list[LogDestination],
        Cfn("LoggingConfiguration.LogDestinationConfigs[]"),
        Tf("logging_configuration.log_destination_config[]"),
    ]


class EndpointAssociation(
    Resource, cfn="AWS::NetworkFirewall::VpcEndpointAssociation", tf="aws_networkfirewall_vpc_endpoint_association"
):
    """One more endpoint of a firewall, in another subnet or VPC."""

    firewall: Annotated[Link[Firewall], Cfn("FirewallArn"), Tf("firewall_arn")]
