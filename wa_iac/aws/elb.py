"""Elastic Load Balancing: classic load balancers."""

from typing import Annotated, Any

from wa_iac.aws.parts.zones import Place, spread, zones
from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Unknown, Value

from .ec2 import Instance
from .vpc import SecurityGroup


class Listener(Block):
    """A port that a classic load balancer listens on."""

    protocol: Annotated[Value[str], Cfn("Protocol"), Tf("lb_protocol")]
    port: Annotated[Value[int], Cfn("LoadBalancerPort"), Tf("lb_port")]
    instance_protocol: Annotated[Value[str], Cfn("InstanceProtocol"), Tf("instance_protocol")]
    certificate: Annotated[Value[str], Cfn("SSLCertificateId"), Tf("ssl_certificate_id")]
    policy_names: Annotated[Value[list[Value[str]]], Cfn("PolicyNames")]

    def predefined(self) -> list[Value[str]]:
        """AWS's predefined security policies that it names directly."""
        names = self.policy_names.value if isinstance(self.policy_names, Known) else []
        return [name for name in names if isinstance(name, Known) and name.value.startswith("ELBSecurityPolicy-")]


class PolicyAttribute(Block):
    """A setting of a policy, such as `Reference-Security-Policy` or `Protocol-TLSv1`."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    value: Annotated[Value[str], Cfn("Value"), Tf("value")]


class Policy(Block):
    """A policy that listeners may use, in CloudFormation."""

    name: Annotated[Value[str], Cfn("PolicyName")]
    kind: Annotated[Value[str], Cfn("PolicyType")]
    attributes: Annotated[list[PolicyAttribute], Cfn("Attributes[]")]


class LoadBalancer(
    Resource, cfn="AWS::ElasticLoadBalancing::LoadBalancer", tf="aws_elb", cfn_key="LoadBalancerName", tf_key="name"
):
    """A classic load balancer."""

    scheme: Annotated[
        Value[str],
        Cfn("Scheme"),
        Tf("internal", read={True: "internal", False: "internet-facing"}),
        Default("internet-facing"),
    ]
    listeners: Annotated[list[Listener], Cfn("Listeners[]"), Tf("listener[]")]
    policies: Annotated[list[Policy], Cfn("Policies[]")]
    # Terraform writes policies as separate resources: their settings, and the ports that use them.
    tls_attributes: Annotated[
        list[PolicyAttribute],
        Tf("policy_attribute[]", of="aws_load_balancer_policy", by="load_balancer_name", many=True),
        Tf("attribute[]", of="aws_lb_ssl_negotiation_policy", by="load_balancer", many=True),
    ]
    places: Annotated[list[Place], Cfn("Subnets[]"), Tf("subnets[]")]
    subnets: Annotated[Value[list[Value[str]]], Cfn("Subnets"), Tf("subnets")]
    availability_zones: Annotated[Value[list[Value[str]]], Cfn("AvailabilityZones"), Tf("availability_zones")]
    security_groups: Annotated[Link[SecurityGroup], Cfn("SecurityGroups[]"), Tf("security_groups[]")]
    instances: Annotated[
        Link[Instance],
        Cfn("Instances[]"),
        Tf("instances[]"),
        Tf("instance", of="aws_elb_attachment", by="elb", many=True),
    ]
    health_check_target: Annotated[Value[str], Cfn("HealthCheck.Target"), Tf("health_check.target")]
    # Terraform's block is enabled by default.
    access_logs: Annotated[list["AccessLogs"], Cfn("AccessLoggingPolicy"), Tf("access_logs[]")]
    cross_zone: Annotated[Value[bool], Cfn("CrossZone", default=False), Tf("cross_zone_load_balancing", default=True)]
    connection_draining: Annotated[
        Value[bool], Cfn("ConnectionDrainingPolicy.Enabled"), Tf("connection_draining"), Default(False)
    ]
    desync_mode: Annotated[Value[str], Tf("desync_mitigation_mode"), Default("defensive")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    def zones(self) -> Value[int]:
        """Number of its zones: 1, or `SEVERAL`; absent if none is set."""
        return spread(self.places, self.subnets) if self.places else zones(self.availability_zones)

    def logs(self) -> Value[bool]:
        """Whether it writes access logs."""
        return self.access_logs[0].enabled if self.access_logs else self.absent

    def where(self) -> Value[Any]:
        """The setting that decides its zones, to be flagged."""
        return self.availability_zones if isinstance(self.subnets, Absent) else self.subnets

    def speaks_http(self) -> Value[bool]:
        """Whether it sends HTTP to an instance."""
        why: Unknown | None = None
        for listener in self.listeners:
            # By default, a listener uses the same protocol to the instances.
            spoken = listener.protocol if isinstance(listener.instance_protocol, Absent) else listener.instance_protocol
            match spoken:
                case Known(protocol) if protocol.upper() in ("HTTP", "HTTPS"):
                    return Known(True)
                case Unknown():
                    why = spoken
                case _:
                    pass
        return Known(False) if why is None else why

    def health_check_settings(self) -> list[Value[Any]]:
        """All settings of the health check."""
        return [self.health_check_target]


class AccessLogs(Block):
    """The destination of a load balancer's access logs."""

    enabled: Annotated[Value[bool], Cfn("Enabled"), Tf("enabled"), Default(True)]
    bucket: Annotated[Value[str], Cfn("S3BucketName"), Tf("bucket")]
