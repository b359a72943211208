"""One name for the types of both dialects: `aws_lb` and `AWS::ElasticLoadBalancingV2::LoadBalancer` are
`elasticloadbalancingv2.loadbalancer`.

CloudFormation's type gives the name: `service.resource` in lower case. Terraform's types have it from the classes in `wa_iac.aws`, and those
without a class from the words of the type.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Final

from wa_iac.aws._index import SERVICES
from wa_iac.core.awscc import is_awscc_type
from wa_iac.core.resource import Resource

_MOST_TYPES: Final = 3
"""A class that reads more types than this is about something that very different resources have in common."""

_SERVICES: Final = {
    "acm": "certificatemanager",
    "alb": "elasticloadbalancingv2",
    "api_gateway": "apigateway",
    "appautoscaling": "applicationautoscaling",
    "cloudwatch_event": "events",
    "cloudwatch_log": "logs",
    "cloudwatch_query": "logs",
    "config": "config",
    "db": "rds",
    "directory_service": "directoryservice",
    "dx": "directconnect",
    "elastic_beanstalk": "elasticbeanstalk",
    "elb": "elasticloadbalancing",
    "app_cookie": "elasticloadbalancing",
    "lb_cookie": "elasticloadbalancing",
    "lb_ssl": "elasticloadbalancing",
    "load_balancer": "elasticloadbalancing",
    "lb": "elasticloadbalancingv2",
    "inspector2": "inspectorv2",
    "kinesis_firehose": "kinesisfirehose",
    "kinesis_analytics": "kinesisanalytics",
    "launch_configuration": "autoscaling",
    "macie2": "macie",
    "mq": "amazonmq",
    "mskconnect": "kafkaconnect",
    "opensearch": "opensearchservice",
    "service_discovery": "servicediscovery",
    "sesv2": "ses",
    "sfn": "stepfunctions",
    "ssoadmin": "sso",
    **dict.fromkeys(
        (
            *(
                "ami",
                "customer_gateway",
                "default",
                "ebs",
                "ec2",
                "egress_only",
                "eip",
                "flow_log",
                "instance",
                "internet_gateway",
            ),
            *(
                "key_pair",
                "launch_template",
                "main_route",
                "nat_gateway",
                "network_acl",
                "network_interface",
                "placement_group",
            ),
            *("route", "route_table", "security_group", "snapshot", "spot", "subnet", "volume_attachment", "vpc", "vpn"),
            *("verifiedaccess", "vpc_dhcp"),
        ),
        "ec2",
    ),
}
"""The beginnings of Terraform's types, without `aws_`, whose service has another name in CloudFormation."""
_WHOLE: Final = frozenset({"ec2", "rds", "elasticloadbalancing"})
"""Services for which the first word of Terraform's type is a word of the resource: `aws_vpc_endpoint`, `aws_db_option_group`."""
_DROPPED: Final = frozenset({"ec2", "rds", "elb"})
"""First words that are only the service's name even so: `aws_ec2_fleet`."""


@cache
def kind_of(type_name: str) -> str:
    """The name of a type, as written, in this table: `service.resource`, without a dot for a type that is not AWS's."""
    if type_name.startswith("AWS::"):
        parts = type_name.split("::")
        return f"{parts[1]}.{''.join(parts[2:])}".lower()
    cls = _class_of(type_name)
    if cls is not None and 0 < len(cls.cfn) <= _MOST_TYPES and cls.cfn[0].startswith("AWS::"):
        return kind_of(cls.cfn[0])
    if is_awscc_type(type_name):
        _, service, *words = type_name.split("_")
        return f"{service}.{''.join(words)}"
    if not type_name.startswith("aws_"):
        return type_name.partition("::")[0].lower().replace(".", "_")
    return _from_words(type_name.removeprefix("aws_").split("_"))


def _from_words(words: list[str]) -> str:
    for length in (3, 2, 1):
        start = "_".join(words[:length])
        if start in _SERVICES:
            service = _SERVICES[start]
            rest = words if service in _WHOLE and words[0] not in _DROPPED else words[length if service not in _WHOLE else 1 :]
            return f"{service}.{''.join(rest) or service}"
    return f"{words[0]}.{''.join(words[1:]) or words[0]}"


@cache
def _class_of(type_name: str) -> type[Resource] | None:
    """The first class of its service that reads a type."""
    service = SERVICES.get(type_name)
    if service is None:
        return None
    module = import_module(f"wa_iac.aws.{service}")
    for cls in vars(module).values():
        if isinstance(cls, type) and issubclass(cls, Resource) and type_name in cls.types():
            return cls
    return None


def class_of_type(type_name: str) -> type[Resource] | None:
    """The class that reads a type, as `SERVICES` names its module; None for a type without one."""
    return _class_of(type_name)


def service_of_kind(kind: str) -> str:
    """The service in CloudFormation's spelling, in lower case: `elasticloadbalancingv2`."""
    return kind.partition(".")[0]
