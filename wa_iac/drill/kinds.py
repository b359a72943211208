"""Which kinds of resources serve something, and how each of them lives: in a zone, in a Region, or worldwide."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal, TypeAlias

from wa_iac.knowledge.architecture.kinds import service_of_kind

Shape: TypeAlias = Literal[
    "instance",
    "volume",
    "group",
    "service",
    "tasks",
    "function",
    "balancer",
    "targets",
    "nat",
    "endpoint",
    "link",
    "attachment",
    "tunnels",
    "files",
    "database",
    "cluster",
    "member",
    "cache",
    "memcached",
    "search",
    "kafka",
    "broker",
    "warehouse",
    "replication",
    "windows files",
    "regional",
    "global",
    "hadoop",
    "directory",
    "airflow",
    "jobs",
    "firewall",
    "transfer",
    "zonal",
]
"""How a resource is built, as far as failures are concerned.

instance, volume, nat, endpoint, link, attachment: they live in zones. tunnels: two, in two zones. group, service: members in zones that are started again. tasks: what a rule or a
schedule starts in zones, and nothing starts again. function: regional, but its
network interfaces may be in zones. targets: what a load balancer sends requests to. files: EFS. database: one with or without a standby.
hadoop: EMR. airflow: MWAA. jobs: Batch.
cluster: storage over zones, with a writer and readers (member). zonal: it is in a VPC, and the model knows no more about it."""

_SHAPES: Final[tuple[tuple[str, Shape], ...]] = (
    (r"ec2\.(?:spot)?instance(?:request)?|ec2\.spotinstancerequest|lightsail\.instance", "instance"),
    (r"ec2\.volume", "volume"),
    (r"autoscaling\.autoscalinggroup|eks\.nodegroup|ec2\.ec2fleet|ec2\.spotfleet(?:request)?|ec2\.fleet", "group"),
    (r"ecs\.service", "service"),
    (r"lambda\.function", "function"),
    (r"elasticloadbalancing(?:v2)?\.loadbalancer", "balancer"),
    (r"elasticloadbalancingv2\.targetgroup", "targets"),
    (r"ec2\.natgateway", "nat"),
    (r"ec2\.vpcendpoint", "endpoint"),
    (r"apigatewayv2\.vpclink", "link"),
    (r"ec2\.transitgateway(?:vpc)?attachment", "attachment"),
    (r"ec2\.vpnconnection", "tunnels"),
    (r"efs\.filesystem", "files"),
    (r"rds\.dbinstance", "database"),
    (r"rds\.dbcluster|docdb\.dbcluster|neptune\.dbcluster", "cluster"),
    (r"rds\.clusterinstance|docdb\.dbinstance|neptune\.dbinstance", "member"),
    (r"elasticache\.replicationgroup|memorydb\.cluster", "cache"),
    (r"elasticache\.cachecluster", "memcached"),
    (r"opensearchservice\.domain|elasticsearch\.domain", "search"),
    (r"msk\.cluster", "kafka"),
    (r"amazonmq\.broker", "broker"),
    (r"redshift\.cluster", "warehouse"),
    (r"dms\.replicationinstance", "replication"),
    (r"fsx\.\w*filesystem", "windows files"),
    (
        r"route53\.(?:recordset|recordsetgroup)|cloudfront\.distribution|globalaccelerator\.(?:accelerator|endpointgroup)",
        "global",
    ),
    (r"emr\.cluster", "hadoop"),
    (r"directoryservice\.(?:microsoftad|simplead|directory)", "directory"),
    (r"mwaa\.environment", "airflow"),
    (r"batch\.computeenvironment", "jobs"),
    (r"networkfirewall\.firewall", "firewall"),
    (r"transfer\.server", "transfer"),
    (
        r"dax\.cluster|workspaces\.\w+|cloudhsm\w*\.\w+|docdbelastic\.cluster"
        r"|sagemaker\.notebookinstance|elasticbeanstalk\.environment"
        r"|timestreaminfluxdb\.\w+|storagegateway\.gateway|gamelift\.fleet|appstream\.fleet|cloud9\.environmentec2|cloud9\.\w+"
        r"|ec2\.clientvpnendpoint",
        "zonal",
    ),
    (
        r"s3\.bucket|s3tables\.tablebucket|dynamodb\.(?:global)?table|sqs\.queue|sns\.topic|kinesis\.stream|kinesisfirehose\.deliverystream"
        r"|stepfunctions\.statemachine|events\.(?:eventbus|rule)|scheduler\.schedule|pipes\.pipe|apigateway\.(?:restapi|vpclink)"
        r"|apigatewayv2\.api|appsync\.(?:graphqlapi|api)|cognito\.(?:userpool|identitypool)|kms\.(?:key|replicakey)"
        r"|secretsmanager\.secret|ssm\.parameter|ecr\.repository|ecs\.cluster|eks\.(?:cluster|fargateprofile)|rds\.(?:dbproxy|globalcluster)"
        r"|docdb\.globalcluster|neptune\.globalcluster|elasticache\.(?:serverlesscache|globalreplicationgroup)|opensearchserverless\.collection"
        r"|redshiftserverless\.\w+|apprunner\.service|lightsail\.\w+|kinesisanalytics\w*\.application|glue\.(?:job|crawler)|athena\.workgroup"
        r"|iot\.topicrule|sagemaker\.endpoint|servicediscovery\.\w*namespace|batch\.jobqueue"
        r"|msk\.serverlesscluster|dsql\.cluster|cassandra\.table|timestream\.(?:table|database)|ec2\.(?:internetgateway|transitgateway(?:\w*attachment|connect)?|vpngateway)"
        r"|ec2\.vpcendpointservice|vpclattice\.service|cloudfront\.vpcorigin|amazonmq\.configuration|bedrock\.agent|wafv2\.webacl|ses\.\w+"
        r"|efs\.accesspoint|connect\.instance|lex\.bot|qldb\.ledger|s3\.accesspoint|dms\.replicationtask|lambda\.capacityprovider",
        "regional",
    ),
)
_TABLE: Final = tuple((re.compile(pattern), shape) for pattern, shape in _SHAPES)
_CONTROL: Final = frozenset(
    {"autoscaling", "ecs", "eks", "applicationautoscaling", "iam", "organizations", "ecr", "elasticbeanstalk", "batch"}
)
"""Services that start, stop or replace what serves. While one of them is away, what runs goes on: "Control planes and data planes" in "AWS
Fault Isolation Boundaries"."""
ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "alb": ("elasticloadbalancingv2",),
    "nlb": ("elasticloadbalancingv2",),
    "elb": ("elasticloadbalancing", "elasticloadbalancingv2"),
    "elbv2": ("elasticloadbalancingv2",),
    "aurora": ("rds",),
    "opensearch": ("opensearchservice", "elasticsearch"),
    "eventbridge": ("events", "scheduler", "pipes"),
    "firehose": ("kinesisfirehose",),
    "cloudmap": ("servicediscovery",),
    "directory": ("directoryservice",),
    "api-gateway": ("apigateway", "apigatewayv2"),
    "apigateway": ("apigateway", "apigatewayv2"),
    "step-functions": ("stepfunctions",),
    "sfn": ("stepfunctions",),
    "kafka": ("msk",),
    "mq": ("amazonmq",),
    "secrets-manager": ("secretsmanager",),
    "documentdb": ("docdb",),
    "keyspaces": ("cassandra",),
    "waf": ("waf", "wafregional", "wafv2"),
    "ebs": ("ec2",),
    "vpc": ("ec2",),
}
"""Other names of services in `service:NAME`."""
STORES: Final = frozenset(
    {
        *(
            "files",
            "database",
            "cluster",
            "member",
            "cache",
            "memcached",
            "search",
            "kafka",
            "broker",
            "warehouse",
            "windows files",
        ),
    }
)
"""Shapes that hold data for others and are reached over the network."""
COMPUTE: Final = frozenset({"instance", "group", "service", "tasks", "function"})


SERVICES: Final = frozenset(re.findall(r"\b([a-z][a-z0-9]*)\\\.", "|".join(pattern for pattern, _ in _SHAPES)))
"""The services that the shapes name in full."""


@cache
def shape_of(kind: str) -> Shape | None:
    """How the resources of a kind (`kinds.kind_of`) are built; None for those that serve nothing: a policy, an alarm, a log group."""
    return next((shape for pattern, shape in _TABLE if pattern.fullmatch(kind)), None)


def controls_only(service: str) -> bool:
    """Whether what runs goes on while a service is away."""
    return service in _CONTROL


def services_called(name: str) -> tuple[str, ...]:
    """The services, as kinds name them, that a name in `service:NAME` means."""
    return ALIASES.get(name.lower(), (name.lower(),))


def service_called(kind: str) -> str:
    """The shortest usual name of the service of a kind."""
    service = service_of_kind(kind)
    return next((name for name, meant in ALIASES.items() if meant == (service,) and len(name) < len(service)), service)
