"""Whether the internet reaches something in a VPC: through an internet gateway, a route to it, and a public IP address.

The answers are reasons why it does not: known if the way is certainly closed, absent if it is open or nothing says that it is
closed, unknown if that depends on something that is not known. Each reason completes "the internet does not reach it, because".

Security groups have members of many services. The modules of these are imported when a member is found.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, TypeVar

from wa_iac.aws.vpc import (
    BlockPublicAccess,
    BlockPublicAccessExclusion,
    ElasticIp,
    ElasticIpAssociation,
    GatewayAttachment,
    IngressRule,
    SecurityGroup,
    SecurityGroupIngress,
    Subnet,
    Vpc,
)
from wa_iac.core.awscc import and_awscc
from wa_iac.core.declared import INDEX, Declared
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of, because, first_known, first_unknown, holds, negate
from wa_iac.core.networks import covers_internet, is_wide
from wa_iac.core.presence import given
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown, Value

from .group_members import is_mention, members_of
from .regional_settings import in_force
from .security_group_rules import address_ranges, ingress, is_of_a_network, together
from .subnets import subnet_is_public

R = TypeVar("R", bound=Resource)

BLOCKED: Final = "VPC Block Public Access blocks connections from the internet"
NO_GATEWAY: Final = "its VPC has no internet gateway"
NO_ROUTE: Final = "its subnets have no route to an internet gateway"
NO_ADDRESS: Final = "nothing that uses it has a public IP address"
NO_IPV6: Final = "nothing that uses it has an IPv6 address"
SEVERAL: Final = "nothing that uses it can be reached from the internet"

# "VPC BPA mode" in the Amazon VPC User Guide, "Block public access to VPCs and subnets".
_BLOCKING: Final = frozenset({"block-bidirectional", "block-ingress"})
_MAIN_TABLE: Final = frozenset({"aws_default_route_table", "aws_main_route_table_association", "aws_route"})
"""The types that give a VPC's main route table another route, or make another table the main one."""
_MODULES: Final = frozenset({"module"})
_SUBNET_ARGUMENT: Final = re.compile(r"subnet|vpc_?zone_?identifier", re.IGNORECASE)
_IPV6_ARGUMENT: Final = re.compile(r"(?:enable_primary_)?ipv_?6", re.IGNORECASE)
_PRIVATE_OUTPUTS: Final = frozenset({"private_subnets", "database_subnets", "intra_subnets", "elasticache_subnets"})
"""Outputs with private subnets: terraform-aws-modules/vpc, "Outputs"."""
_ELASTIC: Final = frozenset({*ElasticIp.types(), *ElasticIpAssociation.types()})
_PRIVATE: Final = frozenset(
    and_awscc(
        # "Internet access for VPC-connected Lambda functions": a function has no public IP address.
        *("AWS::Lambda::Function", "aws_lambda_function"),
        # "Accessing EFS file systems": a mount target has private addresses only.
        *("AWS::EFS::MountTarget", "aws_efs_mount_target"),
        # "Accessing your ElastiCache cluster": clusters are reached from within their VPC.
        *("AWS::ElastiCache::ReplicationGroup", "aws_elasticache_replication_group"),
        *("AWS::ElastiCache::CacheCluster", "aws_elasticache_cluster"),
        *("AWS::ElastiCache::ServerlessCache", "aws_elasticache_serverless_cache"),
        *("AWS::EC2::VPCEndpoint", "aws_vpc_endpoint"),
    )
)
"""Types whose network interfaces have no public IP address, whatever their subnets are."""
_SUBNET_RANGES: Final = frozenset(and_awscc("AWS::EC2::SubnetCidrBlock"))
_LAUNCH_TEMPLATE: Final = frozenset(and_awscc("AWS::EC2::LaunchTemplate", "aws_launch_template"))
_TEMPLATES: Final = _LAUNCH_TEMPLATE | {*and_awscc("AWS::AutoScaling::LaunchConfiguration", "aws_launch_configuration")}
"""Types from which instances are started."""
_INSTANCES: Final = frozenset(and_awscc("AWS::EC2::Instance", "aws_instance"))
_TASKS: Final = frozenset(and_awscc("AWS::ECS::Service", "aws_ecs_service"))
_LOAD_BALANCERS: Final = frozenset(and_awscc("AWS::ElasticLoadBalancingV2::LoadBalancer", "aws_lb", "aws_alb"))
_CLASSIC_LOAD_BALANCERS: Final = frozenset(and_awscc("AWS::ElasticLoadBalancing::LoadBalancer", "aws_elb"))
_GROUPS_OF_INSTANCES: Final = frozenset(and_awscc("AWS::AutoScaling::AutoScalingGroup", "aws_autoscaling_group"))
_REACHABLE: Final = _INSTANCES | _TASKS | _LOAD_BALANCERS | _CLASSIC_LOAD_BALANCERS
_DATABASES: Final = frozenset(and_awscc("AWS::RDS::DBInstance", "aws_db_instance"))
_DATABASE_CLUSTERS: Final = frozenset(and_awscc("AWS::RDS::DBCluster", "aws_rds_cluster"))


def way_closed(group: SecurityGroup, graph: Graph, *, ipv6: bool = False) -> Value[str]:
    """Why the internet does not reach the members of a security group by IPv4, or by IPv6."""
    vpc = _single(group.vpc)
    around = [because(public_access_blocked(group, graph, vpc), BLOCKED)]
    if vpc is not None:
        around.append(because(negate(has_internet_gateway(vpc, graph)), NO_GATEWAY))
    found = first_known(around)
    return found if isinstance(found, Known) else first_known((_members_closed(group, graph, ipv6), found))


def way_closed_to(resource: Resource, graph: Graph) -> Value[str]:
    """Why the internet does not reach something that has a public IP address: by its subnets, or those of everything that is
    started from a template."""
    placed = [_placed(each, graph) for each in _users(resource, graph)]
    vpcs = dict.fromkeys(vpc for each in placed for subnet in each.subnets if (vpc := _single(subnet.vpc)) is not None)
    vpc = next(iter(vpcs)) if len(vpcs) == 1 else None
    blocked = because(public_access_blocked(resource, graph, vpc), BLOCKED)
    return first_known((blocked, _all(None, (_no_route(each, graph) for each in placed), NO_ROUTE)))


def private_by_name(resource: Resource, graph: Graph) -> str:
    """The output of a module that is not installed which says by its name that the resource, or everything that is started from a
    template, is in private subnets; empty if one of its arguments says something else."""
    named: list[str] = []
    for user in _users(resource, graph):
        for argument in _subnet_arguments(user.body):
            outputs = [each for each in argument.origin.references if each.address.rpartition(".")[0].endswith("module")]
            if (
                not isinstance(argument, Unknown)
                or not outputs
                or any(each.attribute not in _PRIVATE_OUTPUTS for each in outputs)
            ):
                return ""
            named += [f"{each.address}.{each.attribute}" for each in outputs]
    return named[0] if named else ""


def _users(resource: Resource, graph: Graph) -> list[Declared]:
    """The blocks that say in which subnets a resource is: itself, or everything that is started from a template."""
    if resource.declared.type in _TEMPLATES:
        return [each for each in graph.referring(resource, graph.types) if not is_mention(each)]
    return [resource.declared]


def public_access_blocked(
    resource: Resource, graph: Graph, vpc: Vpc | None = None, subnet: Subnet | None = None
) -> Value[bool]:
    """Whether VPC Block Public Access is on in the Region of a resource, and no exclusion opens its VPC or its subnet."""
    on = in_force(resource, graph, BlockPublicAccess, lambda each: holds(each.mode, _BLOCKING.__contains__))
    if on in (Absent(), Known(False)):
        return Known(False, resource.absent.origin)
    opened = any_of(_excludes(each, vpc, subnet) for each in graph.of(BlockPublicAccessExclusion))
    return all_of((on, negate(opened)))


def _excludes(exclusion: BlockPublicAccessExclusion, vpc: Vpc | None, subnet: Subnet | None) -> Value[bool]:
    """Whether an exclusion admits connections from the internet to a VPC or a subnet. One of a single subnet counts for its whole
    VPC, unless the subnet in question is known to be another one."""
    named = _single(exclusion.subnet)
    if named is not None and subnet is not None:
        place: Value[bool] = Known(named == subnet)
    else:
        other = _single(exclusion.vpc) if named is None else _single(named.vpc)
        place = Known(other == vpc) if other is not None and vpc is not None else _elsewhere(exclusion)
    return all_of((holds(exclusion.mode, lambda mode: mode != "allow-egress"), place))


def _elsewhere(exclusion: BlockPublicAccessExclusion) -> Unknown:
    why = f"it is not known which VPC {exclusion.address} excludes from VPC Block Public Access"
    return Unknown(Said(why), ("excluded", exclusion.address), exclusion.absent.origin)


def has_internet_gateway(vpc: Vpc, graph: Graph) -> Value[bool]:
    """Whether an internet gateway is attached to a VPC. A module that is not installed and is given the VPC may attach one."""
    attached = [each for each in vpc.gateway_attachments if _is_internet(each)]
    if vpc.gateways.targets or attached:
        return Known(True)
    for call in graph.referring(vpc, _MODULES):
        why = f"{call.address}, which could not be read, may attach an internet gateway"
        return Unknown(Said(why), ("gateway", vpc.address, call.address), vpc.absent.origin)
    doubt = first_unknown(vpc.gateways.unknown, vpc.gateway_attachments.unknown)
    return Known(False, vpc.absent.origin) if doubt is None else doubt


def _is_internet(attachment: GatewayAttachment) -> bool:
    return not isinstance(attachment.internet_gateway, Absent)


def cut_off(subnet: Subnet, graph: Graph) -> Value[str]:
    """Why the internet does not reach what is in a subnet: its VPC has no internet gateway, or its route table no route to one."""
    vpc = _single(subnet.vpc)
    gateway = Absent() if vpc is None else because(negate(has_internet_gateway(vpc, graph)), NO_GATEWAY)
    return first_known((gateway, because(negate(_may_lead_out(subnet, vpc, graph)), NO_ROUTE)))


def _may_lead_out(subnet: Subnet, vpc: Vpc | None, graph: Graph) -> Value[bool]:
    public = subnet_is_public(subnet)
    if public != Known(False):
        return public
    tables = [association.table for association in subnet.associations]
    if tables:
        known = all(table.targets and not table.elsewhere for table in tables)
        return Known(False) if known else _unclear(subnet)
    # Without an association, the subnet uses the VPC's main route table, which only has the local route.
    return Known(False) if vpc is not None and not graph.referring(vpc, _MAIN_TABLE) else _unclear(subnet)


def _unclear(subnet: Subnet) -> Unknown:
    why = f"the route table of {subnet.address} is not declared with it"
    return Unknown(Said(why), ("route table", subnet.address), subnet.absent.origin)


class _Placed(NamedTuple):
    """The subnets that a resource names, and the reason why there may be others."""

    subnets: list[Subnet]
    doubt: Unknown | None


def _placed(declared: Declared, graph: Graph) -> _Placed:
    """The subnets that a resource names in any of its arguments about subnets, directly or by a subnet group."""
    subnets: list[Subnet] = []
    doubt: Unknown | None = None
    waiting, seen = [declared], {id(declared)}
    while waiting:
        for named in _subnet_arguments(waiting.pop().body):
            found = list(graph.referred(named))
            for each in found:
                if graph.type_of(each) in Subnet.types():
                    subnets.append(graph.typed(each, Subnet))
                elif "subnetgroup" in each.type.replace("_", "").lower() and id(each) not in seen:
                    seen.add(id(each))
                    waiting.append(each)
                elif id(each) not in seen:
                    found = []
                    break
            if not found:
                doubt = first_unknown(doubt, named, _not_here(declared))
    return _Placed(subnets, doubt if subnets or doubt is not None else _not_here(declared))


def _not_here(declared: Declared) -> Unknown:
    return Unknown(Said(f"the subnets of {declared.address} are not known"), ("subnets", declared.address), Absent().origin)


def _subnet_arguments(body: Tree) -> Iterator[Tree]:
    """The values of the arguments about subnets, at any depth."""
    waiting: list[tuple[Tree, bool]] = [(body, False)]
    while waiting:
        value, about = waiting.pop()
        match value:
            case Known(dict() as entries):
                waiting += [(each, _SUBNET_ARGUMENT.search(key) is not None) for key, each in entries.items()]
            case Known(list() as items):
                waiting += [(each, about) for each in items]
            case Absent():
                pass
            case _:
                if about:
                    yield value


def _no_route(placed: _Placed, graph: Graph) -> Value[str]:
    """Why none of some subnets can be reached from the internet."""
    return _all(placed.doubt, (cut_off(each, graph) for each in placed.subnets), NO_ROUTE)


def _all(doubt: Unknown | None, reasons: Iterable[Value[str]], several: str) -> Value[str]:
    """The reason of all of them; `several` if they have different ones; absent if one has none."""
    found = [*reasons]
    if not found or any(isinstance(each, Absent) for each in found):
        return Absent() if doubt is None else doubt
    unknown = first_unknown(*found, doubt)
    if unknown is not None:
        return unknown
    return found[0] if all(each == found[0] for each in found) else Known(several)


def _members_closed(group: SecurityGroup, graph: Graph, ipv6: bool) -> Value[str]:
    return _all(None, (_member_closed(each, graph, ipv6) for each in members_of(group, graph)), SEVERAL)


def _member_closed(member: Declared, graph: Graph, ipv6: bool) -> Value[str]:
    """Why the internet does not reach one resource that uses the group."""
    if member.type in _PRIVATE:
        return Known(NO_ADDRESS)
    if member.type in _TEMPLATES:
        return _started_from(member, graph, ipv6)
    placed = _placed(member, graph)
    no_address = (
        because(negate(_may_have_ipv6(member, placed, graph)), NO_IPV6)
        if ipv6
        else because(negate(_may_have_address(member, graph)), NO_ADDRESS)
    )
    return first_known((no_address, _no_route(placed, graph)))


def _started_from(template: Declared, graph: Graph, ipv6: bool) -> Value[str]:
    """Why the internet does not reach the instances that are started from a template: by its own interfaces, or by everything
    that uses it."""
    typed: Resource
    if template.type in _LAUNCH_TEMPLATE:
        from wa_iac.aws.ec2 import LaunchTemplate

        typed = launched = graph.typed(template, LaunchTemplate)
        addresses = [each.public_ip for each in launched.interfaces]
    else:
        from wa_iac.aws.autoscaling import LaunchConfiguration

        typed = configured = graph.typed(template, LaunchConfiguration)
        addresses = [configured.public_ip]
    if not ipv6 and addresses and all(each == Known(False) for each in addresses):
        return Known(NO_ADDRESS)
    users = [_placed(each, graph) for each in graph.referring(typed, graph.types) if not is_mention(each)]
    if ipv6 and users and all(_ipv6_ranges(each, graph) == Known(False) for each in users):
        return Known(NO_IPV6)
    return _all(None, (_no_route(each, graph) for each in users), NO_ROUTE)


def _may_have_address(member: Declared, graph: Graph) -> Value[bool]:
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
    return Known(True)


def _may_have_ipv6(member: Declared, placed: _Placed, graph: Graph) -> Value[bool]:
    """Whether a resource has an IPv6 address to which connections from the internet lead, or may get one."""
    return all_of((_ipv6_by_type(member, placed, graph), _ipv6_ranges(placed, graph)))


def _ipv6_by_type(member: Declared, placed: _Placed, graph: Graph) -> Value[bool]:
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
        return all_of((dual, _may_have_address(member, graph)))
    if member.type in _CLASSIC_LOAD_BALANCERS:
        return Known(False)
    if member.type in _DATABASES | _DATABASE_CLUSTERS:
        from wa_iac.aws.rds import Cluster
        from wa_iac.aws.rds import Instance as Database

        # "Working with a DB instance in a VPC", dual-stack mode: IPv6 of a private database is for its VPC only.
        typed = graph.typed(member, Database) if member.type in _DATABASES else graph.typed(member, Cluster)
        return all_of((holds(typed.network_type, lambda kind: kind != "IPV4"), _may_have_address(member, graph)))
    return Known(True)


def _set(value: Tree) -> Value[bool]:
    """Whether something is written that is neither off nor zero."""
    return Known(False, value.origin) if value == Known(0) else given(value)


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


def _ipv6_ranges(placed: _Placed, graph: Graph) -> Value[bool]:
    """Whether one of some subnets has a range of IPv6."""
    answers = [_has_ipv6_range(each, graph) for each in placed.subnets]
    return any_of((*answers, *([] if placed.doubt is None else [placed.doubt])), Origin())


def _has_ipv6_range(subnet: Subnet, graph: Graph) -> Value[bool]:
    return Known(True) if graph.referring(subnet, _SUBNET_RANGES) else _set(subnet.ipv6_range)


def reached_in(subnet: Subnet, graph: Graph) -> str:
    """What is declared in a subnet that the internet can reach, or may be able to; empty if there is nothing."""
    for each in graph.referring(subnet, graph.types):
        started = each.type in _GROUPS_OF_INSTANCES or each.kind == "module"
        if started or (each.type in _REACHABLE and _may_have_address(each, graph) not in (Known(False), Absent())):
            return INDEX.sub("", each.address)
    return ""


def reached_anywhere(graph: Graph) -> Unknown | None:
    """Why something that the internet can reach may be in any subnet: it is not known in which one it is; None if there is no such
    thing."""
    return graph.once(_in_unknown_subnets)


def _in_unknown_subnets(graph: Graph) -> Unknown | None:
    found = (each for each in graph.declared if each.type in _REACHABLE | _GROUPS_OF_INSTANCES)
    subnets = (value for each in found for value in _subnet_arguments(each.body))
    return next((each for each in subnets if isinstance(each, Unknown) and not each.origin.references), None)


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
        members = graph.typed(user, Cluster).members
        doubt = [] if members.unknown is None else [members.unknown]
        return all_of((*(_surely_off(each.publicly_accessible) for each in members), *doubt)) if members else Known(False)
    return Known(False)


def _surely_off(setting: Value[bool]) -> Value[bool]:
    """Whether a setting is off. AWS decides about one that is not set."""
    return holds(setting, lambda on: not on)


def admits_internet(links: Iterable[Link[SecurityGroup]], graph: Graph, *, narrow: bool = False) -> Value[bool]:
    """Whether the security groups that some arguments name let in an address of the internet. With `narrow`, a few addresses do not
    count."""
    named = list(links)
    groups = dict.fromkeys(group for link in named for group in link)
    answers = [_admits(rule, narrow=narrow) for group in groups for rule in together(group)]
    doubts = [*(link.unknown for link in named), *(_other_rule(group, graph) for group in groups)]
    if not groups or any(link.external for link in named):
        doubts.append(Unknown(Said("its security groups are not declared with it"), "groups elsewhere"))
    return any_of((*answers, *(each for each in doubts if each is not None)), Origin())


def known_groups_admit(links: Iterable[Link[SecurityGroup]]) -> Value[bool]:
    """Whether one of the security groups that are declared here lets in an address of the internet; absent if none is declared."""
    groups = dict.fromkeys(group for link in links for group in link)
    if not groups:
        return Absent()
    return any_of((_admits(rule, narrow=False) for group in groups for rule in together(group)), Origin())


def _other_rule(group: SecurityGroup, graph: Graph) -> Unknown | None:
    """Why another rule, of which the group is not known, may belong to a group and let somebody in. The output of a module that is not
    installed names no group that the module is not given."""
    loose = graph.once(_loose_rules)
    if not loose:
        return None
    modules = (INDEX.sub("", each.address) for each in graph.referring(group, _MODULES))
    return first_unknown(loose.get(""), *(loose.get(each) for each in modules))


def _loose_rules(graph: Graph) -> dict[str, Unknown]:
    """Why it is not known which group a rule belongs to that may let in the internet, by the address of the module that says so; an
    empty address stands for anything else."""
    found: dict[str, Unknown] = {}
    for rule in graph.of(SecurityGroupIngress):
        why = rule.group.unknown
        if why is None or rule.group.targets or all(_admits(each, narrow=False) == Known(False) for each in ingress(rule)):
            continue
        addresses = [INDEX.sub("", each.address) for each in why.origin.references]
        elsewhere = bool(addresses) and all(each.rpartition(".")[0].endswith("module") for each in addresses)
        for address in addresses if elsewhere else [""]:
            found.setdefault(address, why)
    return found


def _admits(rule: IngressRule, *, narrow: bool) -> Value[bool]:
    if rule.unknown is not None:
        return rule.unknown
    ranges = [each for each in address_ranges(rule) if not is_of_a_network(each)]
    answers = map(_is_wide, ranges) if narrow else (holds(each, covers_internet) for each in ranges)
    return any_of((given(rule.prefix_lists), *answers), Origin())


def _is_wide(addresses: Value[str]) -> Value[bool]:
    """Whether a range of the internet has many addresses. One address that is not known is one address: `${local.mine}/32`."""
    parts = addresses.parts if isinstance(addresses, Unknown) else ()
    if parts and str(parts[-1]) in ("/32", "/128"):
        return Known(False, addresses.origin)
    return holds(addresses, is_wide)


def _single(link: Link[R]) -> R | None:
    """The one resource that a link names for certain; None if there is none, or there may be another one."""
    return link.targets[0] if len(link.targets) == 1 and not link.elsewhere else None
