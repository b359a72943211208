"""The resources that use a security group."""

from typing import Final

from wa_iac.aws.vpc import SecurityGroup, SecurityGroupIngress, VpcEndpoint
from wa_iac.core.awscc import and_awscc
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known

_GROUP_TYPES: Final = frozenset(
    {
        *SecurityGroup.types(),
        *SecurityGroupIngress.types(),
        *and_awscc("AWS::EC2::SecurityGroupEgress", "aws_vpc_security_group_egress_rule"),
    }
)
"""Types that name a security group as a source or a destination, without being its members."""
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
    """The blocks that use a group, without those that only name it."""
    return [each for each in graph.referring(group, graph.types) if each.type not in _GROUP_TYPES and not is_mention(each)]


def is_mention(declared: Declared) -> bool:
    """Whether it names something without using it: a data source, or an output of a stack that other stacks cannot import."""
    exported = declared.dialect != "cloudformation" or not isinstance(declared.body.value.get("export", Absent()), Absent)
    return declared.kind == "data" or (declared.type == "output" and not exported)


def only_endpoints(group: SecurityGroup, graph: Graph) -> bool:
    """Whether only interface endpoints use a group. They accept connections on the ports of their service only: HTTPS, nearly always
    ("Access an AWS service using an interface VPC endpoint", AWS PrivateLink Guide)."""
    members = members_of(group, graph)
    return bool(members) and all(each.type in VpcEndpoint.types() for each in members)


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
