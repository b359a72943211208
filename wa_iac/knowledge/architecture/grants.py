"""What identities may do with which resources of the unit, by their policies: who reads, writes or invokes what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from wa_iac.aws.iam import Attachment, Group, ManagedPolicy, Policy, Role, User
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement
from wa_iac.core.late_pattern import late
from wa_iac.core.value import Known, Tree
from wa_iac.knowledge.iam_grants import granted
from wa_iac.knowledge.role_permissions import written

from .kinds import kind_of, service_of_kind
from .mentions import Mentions
from .shapes import EdgeKind

_SERVICES: Final[dict[str, tuple[str, ...]]] = {
    "airflow": ("mwaa",),
    "cassandra": ("cassandra", "keyspaces"),
    "cognito-idp": ("cognito",),
    "cognito-identity": ("cognito",),
    "elasticfilesystem": ("efs",),
    "elasticloadbalancing": ("elasticloadbalancing", "elasticloadbalancingv2"),
    "es": ("opensearchservice", "elasticsearch"),
    "aoss": ("opensearchserverless",),
    "execute-api": ("apigateway", "apigatewayv2"),
    "firehose": ("kinesisfirehose",),
    "kafka": ("msk",),
    "kafka-cluster": ("msk",),
    "kinesisanalytics": ("kinesisanalytics", "kinesisanalyticsv2"),
    "mq": ("amazonmq",),
    "rds-data": ("rds",),
    "rds-db": ("rds",),
    "redshift-data": ("redshift", "redshiftserverless"),
    "states": ("stepfunctions",),
    "sts": ("iam",),
}
"""The services in resource types, by their prefix in actions, where the two differ."""
_READS: Final = late(
    r"(?:batch)?(?:get|list|describe|query|scan|head|read|receive|view|select|search|lookup|check|test|conditioncheck|download|subscribe"
    r"|partiqlselect|connect|shardlist|changemessagevisibility|deletemessage)\w*"
)
"""Names of actions that read, in lower case. A consumer of a queue deletes the messages that it has read."""
_SPECIAL: Final[tuple[tuple[str, EdgeKind, str], ...]] = (
    (r"lambda:invoke\w*", "data", "invokes"),
    (r"states:start\w*", "data", "starts"),
    (
        r"ecs:runtask|batch:submitjob|codebuild:start\w*|codepipeline:start\w*|glue:start\w*|sagemaker:(?:invoke|create)\w*",
        "data",
        "starts",
    ),
    (r"sns:publish\w*", "data", "publishes to"),
    (r"sqs:sendmessage\w*", "data", "sends to"),
    (r"events:putevents", "data", "sends events to"),
    (r"execute-api:\w*|appsync:graphql", "data", "calls"),
    (r"logs:\w*(?:put|create)\w*", "data", "writes logs to"),
    (r"rds-db:connect", "network", "connects to"),
    (r"kms:\w*", "identity", "encrypts with"),
    (r"secretsmanager:\w*", "identity", "reads secret"),
    (r"ssm:getparameter\w*", "identity", "reads parameter"),
    (r"sts:assume\w*", "identity", "assumes"),
    (r"iam:passrole", "identity", "passes"),
    (r"iam:\w*", "identity", "manages"),
    (r"ecr:\w*", "data", "pulls images from"),
)
_SPECIALS: Final = tuple((re.compile(action), kind, label) for action, kind, label in _SPECIAL)
_LOOKS: Final = "may look up"
_MANAGES: Final = "may manage"
_DATA: Final = frozenset(
    {
        *(
            "s3",
            "dynamodb",
            "sqs",
            "sns",
            "kinesis",
            "firehose",
            "rds-data",
            "redshift-data",
            "es",
            "aoss",
            "elasticfilesystem",
            "dax",
        ),
        *(
            "timestream",
            "glue",
            "athena",
            "logs",
            "events",
            "kafka-cluster",
            "cassandra",
            "neptune-db",
            "s3tables",
            "s3express",
        ),
        *("elasticache", "memorydb", "docdb-elastic", "codecommit", "iotdata", "bedrock", "sdb", "mediastore", "qldb", "dsql"),
    }
)
"""The prefixes of actions by which records, objects and messages flow. The actions of other services are about the resources themselves."""


class Grant(NamedTuple):
    """An identity may do something with a resource. `via` is the block whose policy says so, as far as it is known."""

    identity: Declared
    resource: Declared
    kind: EdgeKind
    label: str


def grants(graph: Graph, mentions: Mentions) -> Iterator[Grant]:
    """What the roles, users and groups of the unit are granted on single resources of the unit; `*` is no single resource."""
    for role in graph.of(Role):
        yield from _of(role.declared, (each for each in written(role) if each.allows() == Known(True)), graph, mentions)
    holders: tuple[User | Group, ...] = (*graph.of(User), *graph.of(Group))
    for holder in holders:
        yield from _of(holder.declared, _granted(holder), graph, mentions)


def _granted(holder: User | Group) -> Iterator[Statement]:
    policies: dict[Policy | ManagedPolicy, None] = dict.fromkeys(holder.managed)
    for each in holder.attached:
        policies.update(dict.fromkeys(each.policy if isinstance(each, Attachment) else (each,)))
    for source in (holder, *policies):
        yield from (each for each in granted(source) if each.allows() == Known(True))


def _of(identity: Declared, found: Iterable[Statement], graph: Graph, mentions: Mentions) -> Iterator[Grant]:
    done: dict[int, tuple[Declared, dict[tuple[EdgeKind, str], None]]] = {}
    for statement in found:
        actions = [each.value.lower() for each in statement.actions if isinstance(each, Known)]
        for resource in {
            id(r): r for value in statement.resources for r in _resources(value, actions, graph, mentions)
        }.values():
            services = service_of_kind(kind_of(resource.type))
            _, meant = done.setdefault(id(resource), (resource, {}))
            meant.update(dict.fromkeys(flow for action in actions if (flow := _meaning(action, services)) is not None))
    for resource, flows in done.values():
        labels = {label for kind, label in flows if kind == "data"}
        both = {"reads", "writes"} <= labels or "reads and writes" in labels
        for kind, label in flows:
            if (both and label in ("reads", "writes", "reads and writes")) or (
                label == _LOOKS and ("identity", _MANAGES) in flows
            ):
                continue
            yield Grant(identity, resource, kind, label)
        if both:
            yield Grant(identity, resource, "data", "reads and writes")


def _resources(value: Tree, actions: Iterable[str], graph: Graph, mentions: Mentions) -> Iterator[Declared]:
    """The resources of the unit that an entry of a statement is about."""
    if value.origin.references:
        yield from (each for each in graph.referred(value) if each.kind == "resource")
    elif isinstance(value, Known) and isinstance(value.value, str):
        services = {service for action in actions for service in _services(action.partition(":")[0])}
        yield from (each for each in mentions.by_arn(value.value) if service_of_kind(kind_of(each.type)) in services)


def _services(prefix: str) -> tuple[str, ...]:
    return _SERVICES.get(prefix, (prefix,))


@cache
def _meaning(action: str, service: str) -> tuple[EdgeKind, str] | None:
    """What an action, in lower case, means for a resource of a service; None if it is about others."""
    prefix, _, name = action.partition(":")
    if prefix == "*":
        return "data", "reads and writes"
    if service not in _services(prefix):
        return None
    for pattern, kind, label in _SPECIALS:
        if pattern.fullmatch(f"{prefix}:{name.rstrip('*') or 'x'}"):
            return kind, label
    if prefix not in _DATA:
        return "identity", _LOOKS if _READS.fullmatch(name.rstrip("*")) else _MANAGES
    if name in ("", "*"):
        return "data", "reads and writes"
    return "data", "reads" if _READS.fullmatch(name.rstrip("*").replace("*", "")) else "writes"
