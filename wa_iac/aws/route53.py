"""Amazon Route 53."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.logic import all_of, any_of, negate
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Value


class HostedZone(Resource, cfn="AWS::Route53::HostedZone", tf="aws_route53_zone", cfn_key="Name", tf_key="name"):
    """A hosted zone. It is private if it has VPCs."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    vpcs: Annotated[list["ZoneVpc"], Cfn("VPCs[]"), Tf("vpc[]")]
    records: Annotated[Link["RecordSet"], Back("zone")]
    query_log: Annotated[
        Value[str],
        Cfn("QueryLoggingConfig.CloudWatchLogsLogGroupArn"),
        Tf("cloudwatch_log_group_arn", of="aws_route53_query_log", by="zone_id"),
    ]
    signings: Annotated[Link["Signing"], Back("zone")]
    signing_keys: Annotated[Link["SigningKey"], Back("zone")]
    tags: Annotated[Value[Tags], Cfn("HostedZoneTags"), Tf("tags_all"), Tf("tags")]


class Signing(Resource, cfn="AWS::Route53::DNSSEC", tf="aws_route53_hosted_zone_dnssec"):
    """Turns on DNSSEC signing of a hosted zone. Only Terraform can write that it is off."""

    zone: Annotated[Link[HostedZone], Cfn("HostedZoneId"), Tf("hosted_zone_id")]
    status: Annotated[Value[str], Tf("signing_status"), Default("SIGNING")]


class SigningKey(Resource, cfn="AWS::Route53::KeySigningKey", tf="aws_route53_key_signing_key"):
    """A key-signing key of a hosted zone."""

    zone: Annotated[Link[HostedZone], Cfn("HostedZoneId"), Tf("hosted_zone_id")]


class ZoneVpc(Block):
    """A VPC in which a private zone is resolved."""

    vpc: Annotated[Value[str], Cfn("VPCId"), Tf("vpc_id")]


class HealthCheck(Resource, cfn="AWS::Route53::HealthCheck", tf="aws_route53_health_check"):
    """Checks the health of an endpoint, an alarm or other checks."""

    type: Annotated[Value[str], Cfn("HealthCheckConfig.Type"), Tf("type")]
    domain: Annotated[Value[str], Cfn("HealthCheckConfig.FullyQualifiedDomainName"), Tf("fqdn")]
    path: Annotated[Value[str], Cfn("HealthCheckConfig.ResourcePath"), Tf("resource_path")]
    alarm: Annotated[Value[str], Cfn("HealthCheckConfig.AlarmIdentifier.Name"), Tf("cloudwatch_alarm_name")]
    interval: Annotated[Value[int], Cfn("HealthCheckConfig.RequestInterval"), Tf("request_interval"), Default(30)]
    failure_threshold: Annotated[Value[int], Cfn("HealthCheckConfig.FailureThreshold"), Tf("failure_threshold"), Default(3)]
    # A disabled check counts as healthy, or as unhealthy if it is inverted (UpdateHealthCheck, Route 53's API). Only in
    # Terraform.
    disabled: Annotated[Value[bool], Tf("disabled", default=False)]
    tags: Annotated[Value[Tags], Cfn("HealthCheckTags"), Tf("tags_all"), Tf("tags")]


class Alias(Block):
    """The target of an alias record."""

    name: Annotated[Value[str], Cfn("DNSName"), Tf("name")]
    zone: Annotated[Value[str], Cfn("HostedZoneId"), Tf("zone_id")]
    evaluates_health: Annotated[Value[bool], Cfn("EvaluateTargetHealth"), Tf("evaluate_target_health"), Default(False)]


class RecordSet(Resource, cfn="AWS::Route53::RecordSet", tf="aws_route53_record"):
    """A record."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    type: Annotated[Value[str], Cfn("Type"), Tf("type")]
    zone: Annotated[Link[HostedZone], Cfn("HostedZoneId"), Cfn("HostedZoneName"), Tf("zone_id")]
    values: Annotated[Value[list[Value[str]]], Cfn("ResourceRecords"), Tf("records")]
    alias: Annotated[list[Alias], Cfn("AliasTarget"), Tf("alias[]")]
    ttl: Annotated[Value[int], Cfn("TTL"), Tf("ttl")]
    identifier: Annotated[Value[str], Cfn("SetIdentifier"), Tf("set_identifier")]
    failover: Annotated[Value[str], Cfn("Failover"), Tf("failover_routing_policy.type")]
    weight: Annotated[Value[int], Cfn("Weight"), Tf("weighted_routing_policy.weight")]
    region: Annotated[Value[str], Cfn("Region"), Tf("latency_routing_policy.region")]
    multivalue: Annotated[Value[bool], Cfn("MultiValueAnswer"), Tf("multivalue_answer_routing_policy"), Default(False)]
    health_check: Annotated[Link[HealthCheck], Cfn("HealthCheckId"), Tf("health_check_id")]

    def chosen_by(self) -> Value[str]:
        """Its routing policy: failover or latency; absent if there is one answer, or all are returned."""
        return self.region if isinstance(self.failover, Absent) else self.failover

    def health_checked(self) -> Value[bool]:
        """Whether it has a health check; absent if not."""
        found = self.health_check
        if found.external:
            return Known(True)
        asked = [all_of((found.doubt(each), negate(each.disabled))) for each in found]
        return any_of(asked) if asked else found.presence
