"""Elastic Load Balancing: application, network and gateway load balancers. Classic ones are in `elb`."""

from collections.abc import Iterator
from typing import Annotated, Any

from wa_iac.aws.parts.zones import Place, spread
from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.logic import all_of, holds
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Unknown, Value

from .ec2 import Instance
from .s3 import Bucket
from .vpc import SecurityGroup


class LoadBalancer(
    Resource,
    cfn="AWS::ElasticLoadBalancingV2::LoadBalancer",
    tf=("aws_lb", "aws_alb"),
    cfn_key="Name",
    tf_key="name",
):
    """A load balancer; `kind` is application, network or gateway."""

    kind: Annotated[Value[str], Cfn("Type"), Tf("load_balancer_type"), Default("application")]
    scheme: Annotated[
        Value[str],
        Cfn("Scheme"),
        Tf("internal", read={True: "internal", False: "internet-facing"}),
        Default("internet-facing"),
    ]
    address_type: Annotated[Value[str], Cfn("IpAddressType"), Tf("ip_address_type"), Default("ipv4")]
    places: Annotated[
        list[Place],
        Cfn("Subnets[]"),
        Cfn("SubnetMappings[].SubnetId"),
        Tf("subnets[]"),
        Tf("subnet_mapping[].subnet_id"),
    ]
    subnets: Annotated[Value[list[Value[str]]], Cfn("Subnets"), Tf("subnets")]
    mappings: Annotated[Value[Any], Cfn("SubnetMappings"), Tf("subnet_mapping")]
    security_groups: Annotated[Link[SecurityGroup], Cfn("SecurityGroups[]"), Tf("security_groups[]")]
    access_logs: Annotated[
        Value[bool],
        Cfn("LoadBalancerAttributes[Key=access_logs.s3.enabled].Value"),
        Tf("access_logs.enabled"),
        Default(False),
    ]
    access_logs_bucket: Annotated[
        Link[Bucket], Cfn("LoadBalancerAttributes[Key=access_logs.s3.bucket].Value"), Tf("access_logs.bucket")
    ]
    connection_logs: Annotated[
        Value[bool],
        Cfn("LoadBalancerAttributes[Key=connection_logs.s3.enabled].Value"),
        Tf("connection_logs.enabled"),
        Default(False),
    ]
    deletion_protection: Annotated[
        Value[bool],
        Cfn("LoadBalancerAttributes[Key=deletion_protection.enabled].Value"),
        Tf("enable_deletion_protection"),
        Default(False),
    ]
    drop_invalid_headers: Annotated[
        Value[bool],
        Cfn("LoadBalancerAttributes[Key=routing.http.drop_invalid_header_fields.enabled].Value"),
        Tf("drop_invalid_header_fields"),
        Default(False),
    ]
    desync_mode: Annotated[
        Value[str],
        Cfn("LoadBalancerAttributes[Key=routing.http.desync_mitigation_mode].Value"),
        Tf("desync_mitigation_mode"),
        Default("defensive"),
    ]
    http2: Annotated[
        Value[bool],
        Cfn("LoadBalancerAttributes[Key=routing.http2.enabled].Value"),
        Tf("enable_http2"),
        Default(True),
    ]
    # An application load balancer always balances across zones. The setting is for the others.
    cross_zone: Annotated[
        Value[bool],
        Cfn("LoadBalancerAttributes[Key=load_balancing.cross_zone.enabled].Value"),
        Tf("enable_cross_zone_load_balancing"),
        Default(False),
    ]
    listeners: Annotated[Link["Listener"], Back("load_balancer")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    def zones(self) -> Value[int]:
        """Number of its zones: 1, or `SEVERAL`; absent if none is set."""
        return spread(self.places, self.subnets)

    def actions(self) -> Iterator["Action"]:
        """What its listeners here, and their rules, do with requests."""
        for listener in self.listeners:
            yield from listener.actions
            for rule in listener.rules:
                yield from rule.actions

    def logs(self) -> Value[bool]:
        """Whether it writes access logs."""
        return self.access_logs

    def where(self) -> Value[Any]:
        """The setting that decides its zones, to be flagged."""
        return self.mappings if isinstance(self.subnets, Absent) else self.subnets


class Action(Block):
    """The action of a listener or a rule: `kind` is forward, redirect, fixed-response or authenticate-..."""

    kind: Annotated[Value[str], Cfn("Type"), Tf("type")]
    target_groups: Annotated[
        Link["TargetGroup"],
        Cfn("TargetGroupArn"),
        Cfn("ForwardConfig.TargetGroups[].TargetGroupArn"),
        Tf("target_group_arn"),
        Tf("forward.target_group[].arn"),
    ]
    redirect_protocol: Annotated[Value[str], Cfn("RedirectConfig.Protocol"), Tf("redirect.protocol"), Default("#{protocol}")]
    redirect_port: Annotated[Value[str], Cfn("RedirectConfig.Port"), Tf("redirect.port"), Default("#{port}")]


class Listener(Resource, cfn="AWS::ElasticLoadBalancingV2::Listener", tf=("aws_lb_listener", "aws_alb_listener")):
    """A port that a load balancer listens on."""

    load_balancer: Annotated[Link[LoadBalancer], Cfn("LoadBalancerArn"), Tf("load_balancer_arn")]
    port: Annotated[Value[int], Cfn("Port"), Tf("port")]
    protocol: Annotated[Value[str], Cfn("Protocol"), Tf("protocol")]
    # The default is ELBSecurityPolicy-2016-08, unless the listener is made in the console.
    tls_policy: Annotated[Value[str], Cfn("SslPolicy"), Tf("ssl_policy"), Default("ELBSecurityPolicy-2016-08")]
    # The default certificate, of which there is exactly one. Others are separate resources
    # (AWS::ElasticLoadBalancingV2::Listener).
    certificate: Annotated[Value[str], Cfn("Certificates[0].CertificateArn"), Tf("certificate_arn")]
    actions: Annotated[list[Action], Cfn("DefaultActions[]"), Tf("default_action[]")]
    rules: Annotated[Link["ListenerRule"], Back("listener")]

    def speaks_http(self) -> Value[bool]:
        """Whether its protocol is plain HTTP. This is Terraform's default for listeners of application load balancers."""
        if isinstance(self.protocol, Absent):
            kinds = [holds(balancer.kind, lambda kind: kind == "application") for balancer in self.load_balancer]
            elsewhere = self.load_balancer.unknown
            if self.as_cloudformation or not kinds:
                return Known(False) if self.as_cloudformation or elsewhere is None else elsewhere
            return all_of(kinds)
        return holds(self.protocol, lambda protocol: protocol.upper() == "HTTP")


class ListenerRule(
    Resource, cfn="AWS::ElasticLoadBalancingV2::ListenerRule", tf=("aws_lb_listener_rule", "aws_alb_listener_rule")
):
    """The actions of a listener for requests that match a condition."""

    listener: Annotated[Link[Listener], Cfn("ListenerArn"), Tf("listener_arn")]
    actions: Annotated[list[Action], Cfn("Actions[]"), Tf("action[]")]
    conditions: Annotated[list["RuleCondition"], Cfn("Conditions[]"), Tf("condition[]")]


class RuleCondition(Block):
    """A condition on requests: the paths of one condition."""

    paths: Annotated[
        Value[list[Value[str]]],
        Cfn("PathPatternConfig.Values"),
        Cfn("Values"),
        Tf("path_pattern.values"),
        Tf("values", until="3.0"),
    ]


class TargetGroup(
    Resource,
    cfn="AWS::ElasticLoadBalancingV2::TargetGroup",
    tf=("aws_lb_target_group", "aws_alb_target_group"),
    cfn_key="Name",
    tf_key="name",
):
    """The targets of a load balancer's requests."""

    # On by default, except for Lambda functions.
    health_check: Annotated[Value[bool], Cfn("HealthCheckEnabled"), Tf("health_check.enabled")]
    health_check_path: Annotated[Value[str], Cfn("HealthCheckPath"), Tf("health_check.path")]
    health_check_protocol: Annotated[Value[str], Cfn("HealthCheckProtocol"), Tf("health_check.protocol")]
    health_check_port: Annotated[Value[str], Cfn("HealthCheckPort"), Tf("health_check.port")]
    health_check_matcher: Annotated[Value[str], Cfn("Matcher.HttpCode"), Cfn("Matcher.GrpcCode"), Tf("health_check.matcher")]
    health_check_interval: Annotated[Value[int], Cfn("HealthCheckIntervalSeconds"), Tf("health_check.interval")]
    healthy_threshold: Annotated[Value[int], Cfn("HealthyThresholdCount"), Tf("health_check.healthy_threshold")]
    unhealthy_threshold: Annotated[Value[int], Cfn("UnhealthyThresholdCount"), Tf("health_check.unhealthy_threshold")]
    protocol: Annotated[Value[str], Cfn("Protocol"), Tf("protocol")]
    protocol_version: Annotated[Value[str], Cfn("ProtocolVersion"), Tf("protocol_version")]
    target_type: Annotated[Value[str], Cfn("TargetType"), Tf("target_type"), Default("instance")]
    sticky: Annotated[Value[bool], Cfn("TargetGroupAttributes[Key=stickiness.enabled].Value"), Tf("stickiness.enabled")]
    sticky_kind: Annotated[Value[str], Cfn("TargetGroupAttributes[Key=stickiness.type].Value"), Tf("stickiness.type")]
    # By default, a target group does as its load balancer.
    cross_zone: Annotated[
        Value[str],
        Cfn("TargetGroupAttributes[Key=load_balancing.cross_zone.enabled].Value"),
        Tf("load_balancing_cross_zone_enabled"),
    ]
    attachments: Annotated[Link["TargetGroupAttachment"], Back("target_group")]
    instances: Annotated[
        Link[Instance],
        Cfn("Targets[].Id"),
        Tf("target_id", of="aws_lb_target_group_attachment", by="target_group_arn", many=True),
        Tf("target_id", of="aws_alb_target_group_attachment", by="target_group_arn", many=True),
    ]
    # An Application Load Balancer behind a Network Load Balancer (`alb`).
    balancers: Annotated[
        Link["LoadBalancer"],
        Cfn("Targets[].Id"),
        Tf("target_id", of="aws_lb_target_group_attachment", by="target_group_arn", many=True),
        Tf("target_id", of="aws_alb_target_group_attachment", by="target_group_arn", many=True),
    ]
    deregistration_delay: Annotated[
        Value[int],
        Cfn("TargetGroupAttributes[Key=deregistration_delay.timeout_seconds].Value"),
        Tf("deregistration_delay"),
        Default(300),
    ]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    def speaks_http(self) -> Value[bool]:
        """Whether it sends HTTP to instances, containers or IP addresses."""
        match self.target_type, self.protocol:
            case (Unknown() as why, _) | (_, Unknown() as why):
                return why
            case Known("lambda"), _:
                return Known(False)
            case _, Known(protocol):
                return Known(protocol.upper() in ("HTTP", "HTTPS"))
            case _:
                return Known(False)

    def health_check_settings(self) -> list[Value[Any]]:
        """All settings of the health check."""
        return [
            self.health_check_path,
            self.health_check_matcher,
            self.health_check_port,
            self.health_check_protocol,
            self.health_check_interval,
            self.healthy_threshold,
            self.unhealthy_threshold,
        ]


class TargetGroupAttachment(Resource, tf=("aws_lb_target_group_attachment", "aws_alb_target_group_attachment")):
    """A target of a group. CloudFormation writes it inside the group."""

    target_group: Annotated[Link[TargetGroup], Tf("target_group_arn")]
    target: Annotated[Value[str], Tf("target_id")]
