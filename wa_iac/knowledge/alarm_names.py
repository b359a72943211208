"""By which names metrics know a resource: those that are written, and those that it gets from elsewhere.

Dimensions are named in the documents of each service ("Amazon API Gateway dimensions and metrics", "CloudWatch metrics for your
Application Load Balancer", ...). A REST API is called by its document's title where it has no name of its own (AWS::ApiGateway::RestApi,
`Name`); a load balancer and a target group by the end of their ARN, which has the name in it (`app/orders/50dc6c495c0c9188`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.cloudwatch import Dimension
from wa_iac.core.algebra import are_equal
from wa_iac.core.binding import member
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

_NAMED: Final = {
    "ApiId": "apigateway",
    "ApiName": "apigateway",
    "AutoScalingGroupName": "autoscaling",
    "BucketName": "s3",
    "CacheClusterId": "elasticache",
    "DBClusterIdentifier": "rds",
    "DBInstanceIdentifier": "rds",
    "DistributionId": "cloudfront",
    "FileSystemId": "efs",
    "FunctionName": "lambda_function",
    "InstanceId": "ec2",
    "LoadBalancer": "elbv2",
    "LoadBalancerName": "elb",
    "QueueName": "sqs",
    "ServiceName": "ecs",
    "SloName": "applicationsignals",
    "StateMachineArn": "stepfunctions",
    "TableName": "dynamodb",
    "TargetGroup": "elbv2",
    "TopicName": "sns",
    "VolumeId": "ec2",
}
"""The service whose resource a dimension names. What has the same name elsewhere is another thing."""
_NAMESPACES: Final = {
    "apigateway": ("AWS/ApiGateway",),
    "autoscaling": ("AWS/AutoScaling", "AWS/EC2"),
    "dynamodb": ("AWS/DynamoDB",),
    "ec2": ("AWS/EC2",),
    "ecs": ("AWS/ECS", "ECS/ContainerInsights"),
    "elb": ("AWS/ELB",),
    "elbv2": ("AWS/ApplicationELB", "AWS/NetworkELB"),
    "lambda_function": ("AWS/Lambda",),
    "rds": ("AWS/RDS",),
    "sqs": ("AWS/SQS",),
}
"""Where the metrics of a service are, as expressions name it."""
_CHOICE: Final = late(r"""(?P<name>\w+)["']?\s*=\s*["'\\]*(?P<value>[^"'\\\s,}]*)""")
"""What an expression chooses metrics by: `QueueName="orders"`, `FunctionName = 'orders'`."""
_PIECE: Final = "\ufffd"
"""Stands for a piece of an expression that is not known."""


def names(dimension: Dimension, resource: Resource, graph: Graph) -> Value[bool]:
    """Whether a dimension names the resource: by a reference, or by a name that it has."""
    value = dimension.value
    referred = _refers(value, resource, graph)
    if referred is not None:
        return Known(referred)
    service = _NAMED.get(dimension.name)
    if service is not None and service != _service(resource):
        return Known(False)
    unknown: Unknown | None = None
    for name in called(resource):
        match _equal(value, name, resource):
            case True:
                return Known(True)
            case None if isinstance(value, Unknown):
                unknown = value
            case None if isinstance(name, Unknown) and service is not None and not any(graph.called(resource.own_class, value)):
                unknown = name
            case _:
                pass
    return Known(False) if unknown is None else unknown


def _service(resource: Resource) -> str:
    return resource.own_class.__module__.rpartition(".")[2]


def _refers(value: Tree, resource: Resource, graph: Graph) -> bool | None:
    """Whether a value refers to the resource; None where it refers to none of the unit."""
    referred = list(graph.referred(value))
    if any(declared is resource.declared for declared in referred):
        return True
    return False if any(declared.kind == "resource" for declared in referred) else None


def called(resource: Resource) -> Iterator[Tree]:
    """The names that a resource has. One without any gets one that nobody can write down before: an unknown may be it."""
    if _service(resource) == "apigateway":
        from wa_iac.aws.apigateway import RestApi

        if isinstance(resource, RestApi):
            from .api_documents import document

            title = member(member(document(resource), "info"), "title")
            yield title if isinstance(resource.name, Absent) else resource.name
            return
    key = resource.key_of(resource.declared)
    name: Tree = getattr(resource, "name", Absent())
    yield key
    if not isinstance(name, Absent) and name != key:
        yield name


def _equal(value: Tree, name: Tree, resource: Resource) -> bool | None:
    """Whether a dimension's value is a name, or holds it where metrics call the resource by more than that."""
    match value, name:
        case Unknown(), Absent():
            return None
        case _, Absent():
            return False
        case Known(str() as text), Known(str() as called) if _has_ending(resource):
            return called in text.split("/")[:2] if "/" in text else text == called
        case Known(str() as text), Known(str() as called) if _service(resource) == "rds":
            # RDS keeps identifiers in lower case.
            return text.lower() == called.lower()
        case Known(str() as text), Unknown(parts=[*_, _] as parts):
            first, last = parts[0], parts[-1]
            fits = not isinstance(first, str) or text.startswith(first)
            return None if fits and (not isinstance(last, str) or text.endswith(last)) else False
        case _:
            return are_equal(value, name)


def _has_ending(resource: Resource) -> bool:
    """Whether metrics call the resource by the end of its ARN."""
    if _service(resource) != "elbv2":
        return False
    from wa_iac.aws.elbv2 import LoadBalancer, TargetGroup

    return isinstance(resource, LoadBalancer | TargetGroup)


def mentions(expression: Value[str], resource: Resource, graph: Graph) -> Value[bool]:
    """Whether an expression finds metrics of the resource itself: `SELECT ... FROM "AWS/Lambda"`, `SEARCH('{AWS/SQS,QueueName} ...')`.

    One that names no resource finds those of all.
    """
    if _refers(expression, resource, graph):
        return Known(True)
    match expression:
        case Known(str() as text):
            pass
        case Unknown(parts=[_, *_] as parts):
            text = "".join(part if isinstance(part, str) else _PIECE for part in parts)
        case Unknown():
            return expression
        case _:
            return Known(False)
    service = _service(resource)
    if not any(each in text for each in _NAMESPACES.get(service, ())):
        return Known(False)
    chosen = [each["value"] for each in _CHOICE.finditer(text) if _NAMED.get(each["name"]) == service]
    found = list(called(resource))
    if not chosen or any(isinstance(name, Known) and str(name.value) in chosen for name in found):
        return Known(True)
    if isinstance(expression, Unknown) and any(_PIECE in value for value in chosen):
        return expression
    return next((name for name in found if isinstance(name, Unknown)), Known(False))


def of_promql(query: Value[str], resource: Resource, graph: Graph) -> Value[bool]:
    """Whether a query of Prometheus is about the resource. One that does not name it may be: its metrics are called as their senders say."""
    if _refers(query, resource, graph):
        return Known(True)
    text = query.value if isinstance(query, Known) else ""
    if any(isinstance(name, Known) and name.value and str(name.value) in text for name in called(resource)):
        return Known(True)
    why = "what this alarm's query finds is not known before deployment"
    return Unknown(Said(why), ("promql", query), query.origin)
