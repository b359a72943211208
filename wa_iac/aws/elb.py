"""Elastic Load Balancing: classic load balancers."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Value

from ._zones import Place
from .vpc import SecurityGroup


class Listener(Block):
    """A port that a classic load balancer listens on."""

    protocol: Annotated[Value[str], Cfn("Protocol"), Tf("lb_protocol")]
    port: Annotated[Value[int], Cfn("LoadBalancerPort"), Tf("lb_port")]
    instance_protocol: Annotated[Value[str], Cfn("InstanceProtocol"), Tf("instance_protocol")]
    certificate: Annotated[Value[str], Cfn("SSLCertificateId"), Tf("ssl_certificate_id")]
    policy_names: Annotated[Value[list[Value[str]]], Cfn("PolicyNames")]


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
    # Terraform writes policies beside the load balancer: their settings, and the ports that use them.
    tls_attributes: Annotated[
        list[PolicyAttribute],
        Tf("policy_attribute[]", of="aws_load_balancer_policy", by="load_balancer_name"),
        Tf("attribute[]", of="aws_lb_ssl_negotiation_policy", by="load_balancer"),
    ]
    places: Annotated[list[Place], Cfn("Subnets[]"), Tf("subnets[]")]
    subnets: Annotated[Value[list[Value[str]]], Cfn("Subnets"), Tf("subnets")]
    availability_zones: Annotated[Value[list[Value[str]]], Cfn("AvailabilityZones"), Tf("availability_zones")]
    security_groups: Annotated[Link[SecurityGroup], Cfn("SecurityGroups[]"), Tf("security_groups[]")]
    health_check_target: Annotated[Value[str], Cfn("HealthCheck.Target"), Tf("health_check.target")]
    # Terraform's block is on unless it says otherwise.
    access_logs: Annotated[list["AccessLogs"], Cfn("AccessLoggingPolicy"), Tf("access_logs[]")]
    cross_zone: Annotated[Value[bool], Cfn("CrossZone", default=False), Tf("cross_zone_load_balancing", default=True)]
    connection_draining: Annotated[
        Value[bool], Cfn("ConnectionDrainingPolicy.Enabled"), Tf("connection_draining"), Default(False)
    ]
    desync_mode: Annotated[Value[str], Tf("desync_mitigation_mode"), Default("defensive")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class AccessLogs(Block):
    """Where a load balancer writes its access logs."""

    enabled: Annotated[Value[bool], Cfn("Enabled"), Tf("enabled"), Default(True)]
    bucket: Annotated[Value[str], Cfn("S3BucketName"), Tf("bucket")]
