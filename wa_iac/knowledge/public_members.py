"""Whether what is in a VPC has an address to which connections from the internet lead.

The modules of the services are imported when a resource of them is found.
"""

import re
from collections.abc import Iterator
from typing import Final

from wa_iac.aws.vpc import ElasticIp, ElasticIpAssociation, Subnet, Vpc
from wa_iac.core.awscc import and_awscc
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of, any_of, holds, negate
from wa_iac.core.presence import given
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known, Origin, Tree, Value

from .group_members import is_mention
from .placements import Placed

_IPV6_ARGUMENT: Final = late(r"(?:enable_primary_)?ipv_?6", re.IGNORECASE)
_ELASTIC: Final = frozenset({*ElasticIp.types(), *ElasticIpAssociation.types()})
_SUBNET_RANGES: Final = frozenset(and_awscc("AWS::EC2::SubnetCidrBlock"))
_ADDS_A_RANGE: Final = frozenset({"module", *and_awscc("AWS::EC2::VPCCidrBlock", "aws_vpc_ipv6_cidr_block_association")})
_VPC_ARGUMENT: Final = late(r"(?:assign_generated_|amazon_provided_)?ipv_?6", re.IGNORECASE)
_INSTANCES: Final = frozenset(and_awscc("AWS::EC2::Instance", "aws_instance"))
_INTERFACES: Final = frozenset(and_awscc("AWS::EC2::NetworkInterface", "aws_network_interface"))
_TASKS: Final = frozenset(and_awscc("AWS::ECS::Service", "aws_ecs_service"))
_SCHEDULES: Final = frozenset(
    and_awscc("AWS::Events::Rule", "aws_cloudwatch_event_target", "AWS::Scheduler::Schedule", "aws_scheduler_schedule")
)
"""Types that start tasks by themselves."""
_ADDRESS_OF_TASK: Final = frozenset({"assign_public_ip", "AssignPublicIp"})
_PUBLICLY: Final = ("PubliclyAccessible", "publicly_accessible")
_LOAD_BALANCERS: Final = frozenset(and_awscc("AWS::ElasticLoadBalancingV2::LoadBalancer", "aws_lb", "aws_alb"))
_CLASSIC_LOAD_BALANCERS: Final = frozenset(and_awscc("AWS::ElasticLoadBalancing::LoadBalancer", "aws_elb"))
_DATABASES: Final = frozenset(and_awscc("AWS::RDS::DBInstance", "aws_db_instance"))
_DATABASE_CLUSTERS: Final = frozenset(and_awscc("AWS::RDS::DBCluster", "aws_rds_cluster"))
_BY_SETTING: Final = frozenset(
    and_awscc(
        *("AWS::DMS::ReplicationInstance", "aws_dms_replication_instance"),
        *("AWS::Redshift::Cluster", "aws_redshift_cluster"),
        *("AWS::RedshiftServerless::Workgroup", "aws_redshiftserverless_workgroup"),
    )
)
"""Types that have a public address if their setting `publicly_accessible` says so."""
_KAFKA: Final = frozenset(and_awscc("AWS::MSK::Cluster", "aws_msk_cluster"))
_MESSAGE_BROKERS: Final = frozenset(and_awscc("AWS::AmazonMQ::Broker", "aws_mq_broker"))
REACHABLE: Final = _INSTANCES | _TASKS | _LOAD_BALANCERS | _CLASSIC_LOAD_BALANCERS
"""Types that may have a public address of their own."""


def may_have_address(member: Declared, graph: Graph) -> Value[bool]:
    """Whether a resource has a public IPv4 address, or may get one."""
    if member.type in _INSTANCES:
        from wa_iac.aws.ec2 import Instance

        from .servers import launch_address

        instance = graph.typed(member, Instance)
        elastic = any(graph.referring(each, _ELASTIC) for each in (instance, *instance.own_interfaces))
        return Known(True) if elastic else launch_address(instance)
    if member.type in _TASKS:
        from wa_iac.aws.ecs import Service

        return holds(graph.typed(member, Service).public_ip, lambda text: text == "ENABLED")
    if member.type in _SCHEDULES:
        # "ecs_target" and "ecs_parameters" (Terraform AWS provider): false by default. AWS's own default differs, so that templates have to say it.
        said = [holds(each, lambda text: str(text) not in ("False", "DISABLED")) for each in _written(member, _ADDRESS_OF_TASK)]
        return any_of(said) if said or member.dialect == "terraform" else Known(True)
    if member.type in _LOAD_BALANCERS:
        from wa_iac.aws.elbv2 import LoadBalancer

        return holds(graph.typed(member, LoadBalancer).scheme, lambda scheme: scheme != "internal")
    if member.type in _CLASSIC_LOAD_BALANCERS:
        from wa_iac.aws.elb import LoadBalancer as ClassicLoadBalancer

        return holds(graph.typed(member, ClassicLoadBalancer).scheme, lambda scheme: scheme != "internal")
    if member.type in _DATABASES:
        from wa_iac.aws.rds import Instance as Database

        public = graph.typed(member, Database).publicly_accessible
        return Known(True) if isinstance(public, Absent) else public
    if member.type in _DATABASE_CLUSTERS:
        return negate(_is_private(member, graph))
    if member.type in _BY_SETTING:
        return _publicly_accessible(member, graph)
    if member.type in _KAFKA:
        from wa_iac.aws.msk import Cluster as KafkaCluster

        # "Turn on public access to an MSK Provisioned cluster": it is off until it is turned on.
        return holds(graph.typed(member, KafkaCluster).public_access, lambda kind: kind != "DISABLED")
    if member.type in _MESSAGE_BROKERS:
        from wa_iac.aws.mq import Broker

        return graph.typed(member, Broker).publicly_accessible
    return Known(True)


def has_address(member: Declared, graph: Graph) -> bool:
    """Whether a resource surely has a public IPv4 address: by what is written, and by no default that AWS or the provider decides about."""
    if member.type in _DATABASES:
        from wa_iac.aws.rds import Instance as Database

        return graph.typed(member, Database).publicly_accessible == Known(True)
    if member.type in _DATABASE_CLUSTERS:
        from wa_iac.aws.rds import Cluster

        return any(each.publicly_accessible == Known(True) for each in graph.typed(member, Cluster).members)
    if member.type in _BY_SETTING:
        return any(member.body.value.get(each) == Known(True) for each in _PUBLICLY)
    if member.type in REACHABLE | _SCHEDULES | _KAFKA | _MESSAGE_BROKERS:
        return may_have_address(member, graph) == Known(True)
    if member.type in _INTERFACES:
        interface = graph.typed(member, Resource)
        return any(graph.referring(each, _ELASTIC) for each in (interface, *_instances_with(interface, graph)))
    return False


def _instances_with(interface: Resource, graph: Graph) -> Iterator[Resource]:
    """The instances that a separate network interface belongs to."""
    yield from (graph.typed(each, Resource) for each in graph.referring(interface, _INSTANCES))


def _publicly_accessible(member: Declared, graph: Graph) -> Value[bool]:
    """The setting of a type that has one of this name. Without it, AWS or the provider decides."""
    from wa_iac.aws.dms import ReplicationInstance
    from wa_iac.aws.redshift import Cluster, Workgroup

    if member.type in ReplicationInstance.types():
        public = graph.typed(member, ReplicationInstance).publicly_accessible
    elif member.type in Cluster.types():
        public = graph.typed(member, Cluster).publicly_accessible
    else:
        public = graph.typed(member, Workgroup).publicly_accessible
    return Known(True) if isinstance(public, Absent) else public


def may_have_ipv6(member: Declared, placed: Placed, graph: Graph) -> Value[bool]:
    """Whether a resource has an IPv6 address to which connections from the internet lead, or may get one."""
    return all_of((_ipv6_by_type(member, placed, graph), may_have_ipv6_range(placed, graph)))


def _ipv6_by_type(member: Declared, placed: Placed, graph: Graph) -> Value[bool]:
    """The same, as far as the resource says it itself. A public IPv4 address is needed too where AWS keeps IPv6 private without one."""
    if member.type in _INSTANCES:
        from wa_iac.aws.ec2 import Instance

        own = graph.typed(member, Instance)
        written = [
            _set(each) for holder in (member, *(each.declared for each in own.own_interfaces)) for each in _ipv6_in(holder)
        ]
        return any_of(
            (*written, *(each.assigns_ipv6 for each in placed.subnets), *([] if placed.doubt is None else [placed.doubt])),
            Origin(),
        )
    if member.type in _LOAD_BALANCERS:
        from wa_iac.aws.elbv2 import LoadBalancer

        # "IP address type" of load balancers: an internal one blocks the internet's way to its IPv6 addresses.
        dual = holds(graph.typed(member, LoadBalancer).address_type, lambda kind: kind != "ipv4")
        return all_of((dual, may_have_address(member, graph)))
    if member.type in _CLASSIC_LOAD_BALANCERS:
        return Known(False)
    if member.type in _DATABASES | _DATABASE_CLUSTERS:
        from wa_iac.aws.rds import Cluster
        from wa_iac.aws.rds import Instance as Database

        # "Working with a DB instance in a VPC", dual-stack mode: IPv6 of a private database is for its VPC only.
        typed = graph.typed(member, Database) if member.type in _DATABASES else graph.typed(member, Cluster)
        return all_of((holds(typed.network_type, lambda kind: kind != "IPV4"), may_have_address(member, graph)))
    return Known(True)


def _set(value: Tree) -> Value[bool]:
    """Whether something is written that is neither off nor zero."""
    return Known(False, value.origin) if value == Known(0) else given(value)


def _written(declared: Declared, names: frozenset[str]) -> Iterator[Tree]:
    """What is written under some names, at any depth."""
    waiting: list[Tree] = [declared.body]
    while waiting:
        match waiting.pop():
            case Known(dict() as entries):
                yield from (each for key, each in entries.items() if key in names and not isinstance(each, Absent))
                waiting += entries.values()
            case Known(list() as items):
                waiting += items
            case _:
                pass


def _ipv6_in(declared: Declared) -> Iterator[Tree]:
    """The arguments about IPv6 addresses of an instance or an interface, at any depth."""
    waiting: list[Tree] = [declared.body]
    while waiting:
        match waiting.pop():
            case Known(dict() as entries):
                yield from (each for key, each in entries.items() if _IPV6_ARGUMENT.match(key))
                waiting += entries.values()
            case Known(list() as items):
                waiting += items
            case _:
                pass


def may_have_ipv6_range(placed: Placed, graph: Graph) -> Value[bool]:
    """Whether one of some subnets has a range of IPv6."""
    answers = [_has_ipv6_range(each, graph) for each in placed.subnets]
    return any_of((*answers, *([] if placed.doubt is None else [placed.doubt])), Origin())


def _has_ipv6_range(subnet: Subnet, graph: Graph) -> Value[bool]:
    return Known(True) if graph.referring(subnet, _SUBNET_RANGES) else _set(subnet.ipv6_range)


def surely_without_ipv6(vpc: Vpc, graph: Graph) -> bool:
    """Whether neither a VPC nor one of its subnets has a range of IPv6. A module that is not installed and is given the VPC may add one."""
    if graph.referring(vpc, _ADDS_A_RANGE):
        return False
    written = [_set(each) for key, each in vpc.declared.body.value.items() if _VPC_ARGUMENT.match(key) and each != Known(False)]
    ranges = [*written, *(_has_ipv6_range(each, graph) for each in vpc.subnets)]
    return all(isinstance(each, Absent) or each == Known(False) for each in ranges)


def only_serverless_v1(group: Resource, graph: Graph) -> Value[bool]:
    """Whether a subnet group is for clusters of Aurora Serverless v1 only, which never have a public IP address."""
    from wa_iac.aws.rds import Cluster

    users = [each for each in graph.referring(group, graph.types) if not is_mention(each)]
    if not users:
        loose = graph.pointing(Cluster, "subnet_group").loose
        return Known(False) if loose is None else loose
    if any(each.type not in Cluster.types() for each in users):
        return Known(False)
    return all_of(_is_serverless_v1(graph.typed(each, Cluster).engine_mode) for each in users)


def _is_serverless_v1(engine_mode: Value[str]) -> Value[bool]:
    return holds(engine_mode, lambda mode: mode == "serverless")


def has_public_database(group: Resource, graph: Graph) -> bool:
    """Whether a database in a subnet group says that it is publicly accessible."""
    return any(has_address(each, graph) for each in graph.referring(group, _DATABASES | _DATABASE_CLUSTERS))


def databases_are_private(group: Resource, graph: Graph) -> Value[bool]:
    """Whether every database that uses a subnet group says that it is not publicly accessible. Without a database here, absent."""
    users = [each for each in graph.referring(group, graph.types) if not is_mention(each)]
    return all_of(_is_private(each, graph) for each in users) if users else Absent(group.absent.origin)


def _is_private(user: Declared, graph: Graph) -> Value[bool]:
    from wa_iac.aws.rds import Cluster, ClusterInstance, Instance

    if user.type in Instance.types():
        return _surely_off(graph.typed(user, Instance).publicly_accessible)
    if user.type in ClusterInstance.types():
        return _surely_off(graph.typed(user, ClusterInstance).publicly_accessible)
    if user.type in Cluster.types():
        cluster = graph.typed(user, Cluster)
        serverless = _is_serverless_v1(cluster.engine_mode)
        if serverless == Known(True):
            return serverless
        members = cluster.members
        doubt = [] if members.unknown is None else [members.unknown]
        return all_of((*(_surely_off(each.publicly_accessible) for each in members), *doubt)) if members else Known(False)
    return Known(False)


def _surely_off(setting: Value[bool]) -> Value[bool]:
    """Whether a setting is off. AWS decides about one that is not set."""
    return holds(setting, lambda on: not on)
