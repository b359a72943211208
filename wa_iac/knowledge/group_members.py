"""The resources that use a security group."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from wa_iac.aws.vpc import SecurityGroup, SecurityGroupIngress, VpcEndpoint
from wa_iac.core.awscc import and_awscc
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import pieces_of
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Value

from .called import called, words_of

_GROUP_TYPES: Final = frozenset(
    {
        *SecurityGroup.types(),
        *SecurityGroupIngress.types(),
        *and_awscc("AWS::EC2::SecurityGroupEgress", "aws_vpc_security_group_egress_rule"),
    }
)
"""Types that name a security group as a source or a destination, without being its members."""
_DEFAULT_GROUPS: Final = frozenset({"aws_default_security_group"})
_AWAY: Final = frozenset({"output", "module"})
_STACKS: Final = frozenset({"AWS::CloudFormation::Stack", "AWS::Serverless::Application"})
_CLIENT_VPN: Final = frozenset(
    and_awscc("AWS::EC2::ClientVpnEndpoint", "AWS::EC2::ClientVpnTargetNetworkAssociation", "aws_ec2_client_vpn_endpoint")
)
_CALLERS: Final = frozenset(
    and_awscc(
        # "Understanding Hyperplane elastic network interfaces" (AWS Lambda Developer Guide): nothing connects to a function by them.
        *("AWS::Lambda::Function", "aws_lambda_function"),
        # "Set up VPC links V2 in API Gateway" (Amazon API Gateway Developer Guide), "Enabling VPC access for outgoing traffic" (AWS App Runner
        # Developer Guide).
        *("AWS::ApiGatewayV2::VpcLink", "aws_apigatewayv2_vpc_link"),
        *("AWS::AppRunner::VpcConnector", "aws_apprunner_vpc_connector"),
    )
)
"""Types whose network interfaces only begin connections."""
_STORES: Final = frozenset(
    and_awscc(
        *("AWS::RDS::DBInstance", "aws_db_instance", "AWS::RDS::DBCluster", "aws_rds_cluster"),
        *(
            "AWS::Redshift::Cluster",
            "aws_redshift_cluster",
            "AWS::RedshiftServerless::Workgroup",
            "aws_redshiftserverless_workgroup",
        ),
        *("AWS::ElastiCache::CacheCluster", "aws_elasticache_cluster"),
        *("AWS::ElastiCache::ReplicationGroup", "aws_elasticache_replication_group"),
        *("AWS::DocDB::DBCluster", "aws_docdb_cluster", "AWS::Neptune::DBCluster", "aws_neptune_cluster"),
        *("AWS::OpenSearchService::Domain", "aws_opensearch_domain", "AWS::Elasticsearch::Domain", "aws_elasticsearch_domain"),
        *("AWS::MSK::Cluster", "aws_msk_cluster", "AWS::EFS::MountTarget", "aws_efs_mount_target"),
    )
)
"""Types that listen on one port or a few of their own, for clients that have security groups mostly."""
_NOTEBOOKS: Final = frozenset(and_awscc("AWS::SageMaker::NotebookInstance", "aws_sagemaker_notebook_instance"))
_FUNCTIONS: Final = late(r"\blambdas?\b")
_ENGINES: Final = {
    "aurora-postgresql": "Aurora PostgreSQL",
    "aurora": "Aurora MySQL",
    "mysql": "MySQL",
    "mariadb": "MariaDB",
    "postgres": "PostgreSQL",
    "oracle": "Oracle",
    "sqlserver": "SQL Server",
    "db2": "Db2",
}
"""The engines of RDS by the beginnings of their names."""


def members_of(group: SecurityGroup, graph: Graph) -> list[Declared]:
    """The blocks that use a group, without those that only name it. A nested stack whose template was read does nothing but give the
    group to its resources."""
    found = [each for each in graph.referring(group, graph.types) if is_member(each)]
    if all(each.type not in _STACKS for each in found):
        return found
    stacks = graph.once(_with_resources)
    return [each for each in found if each.type not in _STACKS or each.span not in stacks]


def is_member(user: Declared) -> bool:
    """Whether a block that names a group uses it."""
    return user.type not in _GROUP_TYPES and not is_mention(user)


def all_are_here(group: SecurityGroup, graph: Graph) -> bool:
    """Whether a group has members here, and no output, module or stack gives it to others."""
    members = members_of(group, graph)
    return bool(members) and not _is_given_away(group, graph) and all(each.type not in _STACKS for each in members)


def _is_given_away(group: SecurityGroup, graph: Graph) -> bool:
    """Whether something elsewhere may name a group. What gets the output of a module that is called here is here."""
    return any(
        not (each.type == "output" and each.dialect == "terraform" and each.calls) for each in graph.referring(group, _AWAY)
    )


def nothing_uses(group: SecurityGroup, graph: Graph) -> bool:
    """Whether nothing here names a group, but rules of security groups. A VPC's default group is used without being named."""
    return not members_of(group, graph) and not _is_given_away(group, graph) and group.declared.type not in _DEFAULT_GROUPS


def _with_resources(graph: Graph) -> frozenset[Span]:
    """The places of nested stacks whose resources are here."""
    return frozenset(step.span for each in graph.declared for step in each.calls)


def is_mention(declared: Declared) -> bool:
    """Whether it names something without using it: a data source, an output of a stack that other stacks cannot import, one of a module
    that is called here, whose users name the same thing, or a module that is told to create nothing."""
    exported = declared.dialect != "cloudformation" or not isinstance(declared.body.value.get("export", Absent()), Absent)
    off = declared.kind == "module" and declared.body.value.get("create") == Known(False)
    return (
        declared.kind == "data"
        or off
        or (declared.type == "output" and (not exported or (declared.dialect == "terraform" and bool(declared.calls))))
    )


def only_endpoints(group: SecurityGroup, graph: Graph) -> bool:
    """Whether only interface endpoints use a group. They accept connections on the ports of their service only: HTTPS, nearly always
    ("Access an AWS service using an interface VPC endpoint", AWS PrivateLink Guide)."""
    members = members_of(group, graph)
    return bool(members) and all(each.type in VpcEndpoint.types() for each in members)


def only_client_vpn(group: SecurityGroup, graph: Graph) -> bool:
    """Whether only Client VPN endpoints use a group. It is for what their clients reach in the VPC: other groups let it in. Whoever connects
    to the endpoint itself signs in there ("Client authorization in AWS Client VPN", AWS Client VPN Administrator Guide)."""
    members = members_of(group, graph)
    return bool(members) and all(each.type in _CLIENT_VPN for each in members)


def only_callers(group: SecurityGroup, graph: Graph) -> bool:
    """Whether all that uses a group only begins connections."""
    members = members_of(group, graph)
    return bool(members) and all(each.type in _CALLERS for each in members)


def only_stores(group: SecurityGroup, graph: Graph) -> list[str]:
    """The addresses of the data stores that use a group, if nothing else does."""
    members = members_of(group, graph)
    return [each.address for each in members] if all(each.type in _STORES for each in members) else []


def only_notebooks(group: SecurityGroup, graph: Graph) -> list[str]:
    """The addresses of the notebook instances that use a group, if nothing else does. People open these through SageMaker, whose own interface
    of the instance is in another VPC ("CreateNotebookInstance", Amazon SageMaker AI API Reference)."""
    members = members_of(group, graph)
    return [each.address for each in members] if all(each.type in _NOTEBOOKS for each in members) else []


def named_for_functions(group: SecurityGroup, graph: Graph) -> bool:
    """Whether a group is for Lambda functions by what it is called, and nothing here that uses it says otherwise."""
    users = [each for each in members_of(group, graph) if each.type not in ("output", *_CALLERS)]
    texts = (*called(group, group.tags), *map(words_of, pieces_of(group.description)))
    return not users and any(map(_FUNCTIONS.search, texts))


def only_balancers(group: SecurityGroup, graph: Graph) -> bool:
    """Whether only load balancers use a group."""
    from wa_iac.aws import elb, elbv2

    members = members_of(group, graph)
    return bool(members) and all(each.type in (*elbv2.LoadBalancer.types(), *elb.LoadBalancer.types()) for each in members)


def only_http(group: SecurityGroup, graph: Graph) -> bool:
    """Whether only Application Load Balancers use a group, which accept nothing but HTTP ("Listeners for your Application Load Balancers",
    User Guide for Application Load Balancers)."""
    from wa_iac.aws import elbv2

    members = members_of(group, graph)
    if not members or any(each.type not in elbv2.LoadBalancer.types() for each in members):
        return False
    return all(graph.typed(each, elbv2.LoadBalancer).kind == Known("application") for each in members)


class Listening(NamedTuple):
    """What the load balancers that use a group listen on, as far as it is declared: pairs of a port and its protocol. `only` is whether
    nothing else uses the group, and all ports are known."""

    ports: tuple[tuple[int, str], ...]
    only: bool


def listening(group: SecurityGroup, graph: Graph) -> Listening:
    """The ports of the listeners of a group's members."""
    from wa_iac.aws import elb, elbv2

    found: dict[tuple[int, str], None] = {}
    members = members_of(group, graph)
    only = bool(members)
    for member in members:
        listeners: Sequence[elb.Listener | elbv2.Listener] = ()
        doubt = None
        if member.type in elbv2.LoadBalancer.types():
            link = graph.typed(member, elbv2.LoadBalancer).listeners
            listeners, doubt = link.targets, link.unknown
        elif member.type in elb.LoadBalancer.types():
            listeners = graph.typed(member, elb.LoadBalancer).listeners
        ports = [(each.port.value, _transport(each.protocol)) for each in listeners if isinstance(each.port, Known)]
        found |= dict.fromkeys(ports)
        only = only and doubt is None and bool(ports) and len(ports) == len(listeners)
    return Listening(tuple(sorted(found)), only)


def _transport(protocol: Value[str]) -> str:
    return "udp" if isinstance(protocol, Known) and protocol.value.upper() == "UDP" else "tcp"


def database_of(group: SecurityGroup, graph: Graph) -> str:
    """The engine of the databases that use a group, as AWS writes it; empty if there is none, or they have several."""
    from wa_iac.aws import rds

    engines: set[str] = set()
    for member in members_of(group, graph):
        if member.type in rds.Instance.types():
            engine = graph.typed(member, rds.Instance).engine
        elif member.type in rds.Cluster.types():
            engine = graph.typed(member, rds.Cluster).engine
        else:
            continue
        name = engine.value.lower() if isinstance(engine, Known) else ""
        engines.add(next((words for start, words in _ENGINES.items() if name.startswith(start)), ""))
    return engines.pop() if len(engines) == 1 else ""
