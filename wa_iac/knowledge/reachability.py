"""Whether the internet reaches something in a VPC: through an internet gateway, a route to it, and a public IP address.

The answers are reasons why it does not: known if the way is certainly closed, absent if it is open or nothing says that it is
closed, unknown if that depends on something that is not known. Each reason completes "the internet does not reach it, because".
"""

from collections.abc import Iterable
from typing import Final, TypeVar

from wa_iac.aws.vpc import (
    BlockPublicAccess,
    BlockPublicAccessExclusion,
    GatewayAttachment,
    SecurityGroup,
    Subnet,
    Vpc,
)
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import value_at
from wa_iac.core.declared import INDEX, Declared
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of, any_of, because, first_known, first_unknown, holds, negate
from wa_iac.core.reasons import Imported, Said, UnsetParameter, UnsetVariable
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

from .group_members import is_member, is_mention, members_of
from .placements import Placed, placed_in, subnet_arguments
from .public_members import REACHABLE, has_address, may_have_address, may_have_ipv6, may_have_ipv6_range
from .regional_settings import in_force
from .subnets import subnet_is_public

R = TypeVar("R", bound=Resource)

BLOCKED: Final = "VPC Block Public Access blocks connections from the internet"
NO_GATEWAY: Final = "its VPC has no internet gateway"
NO_ROUTE: Final = "its subnets have no route to an internet gateway"
NO_ADDRESS: Final = "nothing that uses it has a public IP address"
NO_IMPORTER: Final = "nothing that imports it in the templates read here has a public IP address"
NO_IPV6: Final = "nothing that uses it has an IPv6 address"
SEVERAL: Final = "nothing that uses it can be reached from the internet"

# "VPC BPA mode" in the Amazon VPC User Guide, "Block public access to VPCs and subnets".
_BLOCKING: Final = frozenset({"block-bidirectional", "block-ingress"})
_MAIN_TABLE: Final = frozenset({"aws_default_route_table", "aws_main_route_table_association", "aws_route"})
"""The types that give a VPC's main route table another route, or make another table the main one."""
_MODULES: Final = frozenset({"module"})
_OF_CACHES: Final = late(
    r"(?:^|/)terraform-aws-modules/(?:elasticache|memory-db|efs)/aws\b|[/-]terraform-aws-(?:elasticache|memory-db|memorydb|efs)\b"
)
"""The sources of modules for what has no public address: caches and file systems."""
_PRIVATE_OUTPUTS: Final = frozenset({"private_subnets", "database_subnets", "intra_subnets", "elasticache_subnets"})
"""Outputs with private subnets: terraform-aws-modules/vpc, "Outputs"."""
_PRIVATE_WORD: Final = late(r"(?<![Nn]on)(?<![Nn]on[-_])(?:[Pp]rivate(?![a-z])|PRIVATE)")
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
        # "Set up VPC links V2 in API Gateway", "Enabling VPC access for outgoing traffic" of App Runner.
        *("AWS::ApiGatewayV2::VpcLink", "aws_apigatewayv2_vpc_link"),
        *("AWS::AppRunner::VpcConnector", "aws_apprunner_vpc_connector"),
        # "Quotas and limitations for RDS Proxy": a proxy cannot be publicly accessible.
        *("AWS::RDS::DBProxy", "aws_db_proxy"),
        # "MemoryDB and Amazon VPC", "Connecting to an Amazon DocumentDB cluster from outside an Amazon VPC", "DAX cluster components".
        *("AWS::MemoryDB::Cluster", "aws_memorydb_cluster"),
        *("AWS::DocDB::DBCluster", "aws_docdb_cluster"),
        *("AWS::DAX::Cluster", "aws_dax_cluster"),
        # "Use AWS CodeBuild with Amazon Virtual Private Cloud": builds have no public IP address there.
        *("AWS::CodeBuild::Project", "aws_codebuild_project"),
        # "Setting up networking for development for AWS Glue": the interfaces of jobs have private addresses only.
        *("AWS::Glue::Connection", "aws_glue_connection"),
        # "About networking on Amazon MWAA": the environment is in private subnets, and its web server's public access is no matter of them.
        *("AWS::MWAA::Environment", "aws_mwaa_environment"),
        # "What is MSK Serverless?": clients in other networks need a connection to the VPC. Connectors of MSK Connect call out only.
        *("AWS::MSK::ServerlessCluster", "aws_msk_serverless_cluster"),
        *("AWS::KafkaConnect::Connector", "aws_mskconnect_connector"),
        # "Forwarding inbound DNS queries to your VPCs": the addresses of an endpoint are those of its subnets.
        *("AWS::Route53Resolver::ResolverEndpoint", "aws_route53_resolver_endpoint"),
        # "Connect to your instances using EC2 Instance Connect Endpoint": it has no public address in the VPC.
        *("AWS::EC2::InstanceConnectEndpoint", "aws_ec2_instance_connect_endpoint"),
    )
)
"""Types whose network interfaces have no public IP address, whatever their subnets are."""
_PRIVATE_IPV4: Final = frozenset(
    and_awscc(
        # "Launching your Amazon OpenSearch Service domains within a VPC": its endpoints have private addresses only.
        *("AWS::OpenSearchService::Domain", "aws_opensearch_domain", "AWS::Elasticsearch::Domain", "aws_elasticsearch_domain"),
        # "View Amazon EKS networking requirements for VPC and subnets": the cluster's own interfaces have private addresses. What its public
        # endpoint lets in does not depend on security groups.
        *("AWS::EKS::Cluster", "aws_eks_cluster"),
        # "Connect a Notebook Instance in a VPC to External Resources", "CreateNotebookInstance" (Amazon SageMaker AI): the interface in the VPC is
        # for connections from there.
        *("AWS::SageMaker::NotebookInstance", "aws_sagemaker_notebook_instance"),
        *("AWS::SageMaker::Domain", "aws_sagemaker_domain", "AWS::SageMaker::Model", "aws_sagemaker_model"),
        # "File system access control with Amazon VPC": the interfaces of file systems are reached from connected networks.
        *("AWS::FSx::FileSystem", "aws_fsx_lustre_file_system", "aws_fsx_windows_file_system"),
        *("aws_fsx_ontap_file_system", "aws_fsx_openzfs_file_system"),
    )
)
"""Types whose network interfaces have no public IPv4 address, but may have addresses of IPv6."""
_LAUNCH_TEMPLATE: Final = frozenset(and_awscc("AWS::EC2::LaunchTemplate", "aws_launch_template"))
_TEMPLATES: Final = _LAUNCH_TEMPLATE | {*and_awscc("AWS::AutoScaling::LaunchConfiguration", "aws_launch_configuration")}
"""Types from which instances are started."""
_GROUPS_OF_INSTANCES: Final = frozenset(and_awscc("AWS::AutoScaling::AutoScalingGroup", "aws_autoscaling_group"))


def way_closed(group: SecurityGroup, graph: Graph, *, ipv6: bool = False) -> Value[str]:
    """Why the internet does not reach the members of a security group by IPv4, or by IPv6."""
    vpc = _single(group.vpc)
    around = [because(public_access_blocked(group, graph, vpc), BLOCKED)]
    if vpc is not None:
        around.append(because(negate(has_internet_gateway(vpc, graph)), NO_GATEWAY))
    found = first_known(around)
    return found if isinstance(found, Known) else first_known((_members_closed(group, graph, ipv6), found))


def surely_reached(group: SecurityGroup, graph: Graph, *, ipv6: bool = False) -> bool:
    """Whether the internet surely finds an address of a member of a security group, and nothing is known to close its way there."""
    return any(
        (_has_ipv6(each, graph) if ipv6 else _has_address(each, graph))
        and not isinstance(_member_closed(each, graph, ipv6), Known)
        for each in members_of(group, graph)
    )


def _has_ipv6(member: Declared, graph: Graph) -> bool:
    return member.type in REACHABLE and may_have_ipv6(member, placed_in(member, graph), graph) == Known(True)


def _has_address(member: Declared, graph: Graph) -> bool:
    """The same, also for the instances that are started from a template."""
    if member.type not in _TEMPLATES:
        return has_address(member, graph)
    if member.type in _LAUNCH_TEMPLATE:
        from wa_iac.aws.ec2 import LaunchTemplate

        return any(each.public_ip == Known(True) for each in graph.typed(member, LaunchTemplate).interfaces)
    from wa_iac.aws.autoscaling import LaunchConfiguration

    return graph.typed(member, LaunchConfiguration).public_ip == Known(True)


def way_closed_to(resource: Resource, graph: Graph) -> Value[str]:
    """Why the internet does not reach something that has a public IP address: by its subnets, or those of everything that is
    started from a template."""
    placed = [placed_in(each, graph) for each in _users(resource, graph)]
    vpcs = dict.fromkeys(vpc for each in placed for subnet in each.subnets if (vpc := _single(subnet.vpc)) is not None)
    vpc = next(iter(vpcs)) if len(vpcs) == 1 else None
    blocked = because(public_access_blocked(resource, graph, vpc), BLOCKED)
    return first_known((blocked, _all(None, (_no_route(each, graph) for each in placed), NO_ROUTE)))


def private_by_name(resource: Resource, graph: Graph) -> str:
    """The output of a module that is not installed, the export of another stack, the parameter or the variable which says by its name that
    the resource, or everything that is started from a template, is in private subnets; empty if one of its arguments says something
    else."""
    named: list[str] = []
    for user in _users(resource, graph):
        for argument in subnet_arguments(user.body):
            if said := _says_private(argument):
                named.append(said)
                continue
            outputs = [each for each in argument.origin.references if each.address.rpartition(".")[0].endswith("module")]
            if (
                not isinstance(argument, Unknown)
                or not outputs
                or any(each.attribute not in _PRIVATE_OUTPUTS for each in outputs)
            ):
                return ""
            named += [f"{each.address}.{each.attribute}" for each in outputs]
    return named[0] if named else ""


def _says_private(argument: Tree) -> str:
    """What comes from outside by a name that says "private"; empty if nothing does, or it has another name."""
    match argument.reason if isinstance(argument, Unknown) else None:
        case Imported(name=name) | UnsetParameter(name=name) | UnsetVariable(name=name) if _PRIVATE_WORD.search(name):
            return name
        case _:
            return ""


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


def _no_route(placed: Placed, graph: Graph) -> Value[str]:
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
    members = members_of(group, graph)
    here = [_member_closed(each, graph, ipv6) for each in members if each.type != "output"]
    exported = any(each.type == "output" for each in members)
    return _all(None, [*here, *([_importers_closed(group, graph, ipv6)] if exported else [])], SEVERAL)


def closed_here(group: SecurityGroup, graph: Graph, *, ipv6: bool = False) -> bool:
    """Whether something here uses a group, and the internet surely reaches none of it: others may get the group by an output."""
    here = [each for each in members_of(group, graph) if each.type != "output"]
    return bool(here) and all(isinstance(_member_closed(each, graph, ipv6), Known) for each in here)


def _importers_closed(group: SecurityGroup, graph: Graph, ipv6: bool) -> Value[str]:
    """Why the internet does not reach what imports the group into other templates of the run: by what it is."""
    imports = graph.importers(group)
    users = [each.block for each in imports.found if is_member(each.block)]
    private = all(each.type in _PRIVATE or (each.type in _PRIVATE_IPV4 and not ipv6) for each in users)
    return Known(NO_IMPORTER) if users and private and not imports.may_be_others() else Absent()


def _member_closed(member: Declared, graph: Graph, ipv6: bool) -> Value[str]:
    """Why the internet does not reach one resource that uses the group."""
    if member.type in _PRIVATE or (member.type in _PRIVATE_IPV4 and not ipv6):
        return Known(NO_ADDRESS)
    if member.type in _MODULES and isinstance(source := value_at(member.body, "source"), Known):
        # A module that is not installed.
        return Known(NO_ADDRESS) if _OF_CACHES.search(str(source.value)) and not ipv6 else Absent()
    if member.type in _TEMPLATES:
        return _started_from(member, graph, ipv6)
    placed = placed_in(member, graph)
    no_address = (
        because(negate(may_have_ipv6(member, placed, graph)), NO_IPV6)
        if ipv6
        else because(negate(may_have_address(member, graph)), NO_ADDRESS)
    )
    found = first_known((no_address, _no_route(placed, graph)))
    return found if isinstance(found, Known) else first_known((_named_private(graph.typed(member, Resource), graph), found))


def _named_private(resource: Resource, graph: Graph) -> Value[str]:
    """Why the internet does not reach a resource, or what is started from it: what names the subnets calls them private. Absent if nothing
    does."""
    named = private_by_name(resource, graph)
    return Known(f"all that uses it is in private subnets, by the name of {named}") if named else Absent()


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
    users = [placed_in(each, graph) for each in _users(typed, graph)]
    if ipv6 and users and all(may_have_ipv6_range(each, graph) == Known(False) for each in users):
        return Known(NO_IPV6)
    found = _all(None, (_no_route(each, graph) for each in users), NO_ROUTE)
    return found if isinstance(found, Known) else first_known((_named_private(typed, graph), found))


def reached_in(subnet: Subnet, graph: Graph) -> str:
    """What is declared in a subnet that the internet can reach, or may be able to; empty if there is nothing."""
    for each in graph.referring(subnet, graph.types):
        started = each.type in _GROUPS_OF_INSTANCES or each.kind == "module"
        if started or (each.type in REACHABLE and may_have_address(each, graph) not in (Known(False), Absent())):
            return INDEX.sub("", each.address)
    return ""


def reached_anywhere(graph: Graph) -> Unknown | None:
    """Why something that the internet can reach may be in any subnet: it is not known in which one it is; None if there is no such
    thing."""
    return graph.once(_in_unknown_subnets)


def _in_unknown_subnets(graph: Graph) -> Unknown | None:
    found = (each for each in graph.declared if each.type in REACHABLE | _GROUPS_OF_INSTANCES)
    subnets = (value for each in found for value in subnet_arguments(each.body))
    return next((each for each in subnets if isinstance(each, Unknown) and not each.origin.references), None)


def _single(link: Link[R]) -> R | None:
    """The one resource that a link names for certain; None if there is none, or there may be another one."""
    return link.targets[0] if len(link.targets) == 1 and not link.elsewhere else None
