"""What is in the subnets of a VPC."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from pathlib import PurePath
from typing import Final

from wa_iac.aws.ec2 import Instance
from wa_iac.aws.vpc import Route, RouteTable, Subnet, Vpc
from wa_iac.core.awscc import and_awscc
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import first_unknown
from wa_iac.core.value import Known, Unknown, Value

from .called import called, words_of
from .same_kind import alike
from .servers import forwards_by_script, routes_traffic
from .subnets import subnet_is_public
from .ways_in import is_way_in

_PLUMBING: Final = frozenset(
    and_awscc(
        *("AWS::EC2::RouteTable", "AWS::EC2::Route", "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::NatGateway"),
        *("AWS::EC2::NetworkAcl", "AWS::EC2::NetworkAclEntry", "AWS::EC2::SubnetNetworkAclAssociation"),
        *("AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"),
        *("AWS::EC2::NetworkInterface", "AWS::EC2::VPCEndpoint", "AWS::EC2::FlowLog", "AWS::EC2::SubnetCidrBlock"),
        *("AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment", "AWS::EC2::Volume"),
        *("AWS::EC2::Subnet", "AWS::EC2::Instance"),
    )
) | {
    *("aws_route_table", "aws_route", "aws_route_table_association", "aws_nat_gateway"),
    *("aws_network_acl", "aws_default_network_acl", "aws_network_acl_rule", "aws_network_acl_association"),
    *("aws_security_group", "aws_security_group_rule", "aws_default_security_group"),
    *("aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"),
    *("aws_network_interface", "aws_vpc_endpoint", "aws_vpc_endpoint_subnet_association", "aws_flow_log"),
    *("aws_ec2_transit_gateway_vpc_attachment", "aws_ebs_volume", "aws_subnet", "aws_instance"),
}
"""What leads traffic into and out of subnets or belongs to an instance, and is of no use by itself; and instances."""
_ATTACHMENTS: Final = frozenset(
    and_awscc(
        *("AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment", "AWS::NetworkManager::VpcAttachment"),
        *("aws_ec2_transit_gateway_vpc_attachment", "aws_networkmanager_vpc_attachment"),
    )
)
"""What connects a VPC with other networks by a transit gateway or a core network."""
_FIREWALLS: Final = frozenset(
    and_awscc(
        *("AWS::NetworkFirewall::Firewall", "AWS::NetworkFirewall::VpcEndpointAssociation"),
        *("aws_networkfirewall_firewall", "aws_networkfirewall_vpc_endpoint_association"),
    )
)
_PASSES_ON: Final = (
    _ATTACHMENTS
    | _FIREWALLS
    | {*and_awscc("AWS::EC2::NatGateway", "AWS::EC2::VPCEndpoint"), "aws_nat_gateway", "aws_vpc_endpoint"}
    | {*and_awscc("AWS::ElasticLoadBalancingV2::LoadBalancer"), "aws_lb", "aws_alb", "aws_vpc_endpoint_subnet_association"}
)
"""What only passes on the traffic of others, and sends none of its own."""
_DATABASES: Final = frozenset(
    {
        *and_awscc("AWS::RDS::DBSubnetGroup", "AWS::DocDB::DBSubnetGroup", "AWS::Neptune::DBSubnetGroup"),
        *and_awscc("AWS::ElastiCache::SubnetGroup", "AWS::MemoryDB::SubnetGroup", "AWS::DAX::SubnetGroup"),
        *("aws_db_subnet_group", "aws_docdb_subnet_group", "aws_neptune_subnet_group", "aws_elasticache_subnet_group"),
        *("aws_memorydb_subnet_group", "aws_dax_subnet_group"),
        *and_awscc("AWS::MSK::Cluster", "AWS::AmazonMQ::Broker", "aws_msk_cluster", "aws_mq_broker"),
    }
)
"""What places databases, caches and brokers in subnets."""
_WORKLOADS: Final = frozenset(
    {
        *and_awscc("AWS::ECS::Service", "AWS::EKS::Cluster", "AWS::EKS::Nodegroup", "AWS::EKS::FargateProfile"),
        *and_awscc("AWS::AutoScaling::AutoScalingGroup", "AWS::Batch::ComputeEnvironment", "AWS::EMR::Cluster"),
        *and_awscc(
            "AWS::EMRServerless::Application", "AWS::MWAA::Environment", "AWS::CodeBuild::Project", "AWS::Glue::Connection"
        ),
        *and_awscc(
            "AWS::Lambda::Function", "AWS::SageMaker::Domain", "AWS::SageMaker::NotebookInstance", "AWS::SageMaker::Model"
        ),
        *and_awscc("AWS::AppRunner::VpcConnector", "AWS::ElasticBeanstalk::Environment", "AWS::Redshift::ClusterSubnetGroup"),
        *("aws_ecs_service", "aws_eks_cluster", "aws_eks_node_group", "aws_eks_fargate_profile", "aws_autoscaling_group"),
        *("aws_batch_compute_environment", "aws_emr_cluster", "aws_emrserverless_application", "aws_mwaa_environment"),
        *("aws_codebuild_project", "aws_glue_connection", "aws_lambda_function", "aws_sagemaker_domain"),
        *("aws_sagemaker_notebook_instance", "aws_sagemaker_model", "aws_apprunner_vpc_connector"),
        *("aws_elastic_beanstalk_environment", "aws_redshift_subnet_group"),
    }
)
"""What fetches images, packages or data from S3."""
_WAYS: Final = frozenset(
    {
        *and_awscc("AWS::EC2::VPCPeeringConnection", "AWS::EC2::VPCGatewayAttachment", "AWS::EC2::VPNGateway"),
        *and_awscc("AWS::EC2::EgressOnlyInternetGateway", "AWS::EC2::ClientVpnEndpoint", "AWS::EC2::NatGateway"),
        *("aws_vpc_peering_connection", "aws_vpc_peering_connection_accepter", "aws_vpn_gateway", "aws_vpn_gateway_attachment"),
        *("aws_egress_only_internet_gateway", "aws_ec2_client_vpn_endpoint", "aws_dx_gateway_association"),
        *("aws_internet_gateway", "aws_internet_gateway_attachment"),
    }
)
"""Ways into and out of a VPC."""
_INSTANCES: Final = frozenset(Instance.types())
_PASSES_ON_BY_NAME: Final = late(r"\b(?:inspection|egress|transit|firewall)\b")
_ATTACHED_BY_NAME: Final = late(r"\b(?:tgw|transit gateway|transitgateway)s?\b")
"""What subnets are called in which another stack attaches a transit gateway."""
_SUBNETS: Final = (
    "SubnetIds",
    "SubnetArns",
    "SubnetId",
    "SubnetMappings",
    "subnet_ids",
    "subnet_arns",
    "subnet_id",
    "subnet_mapping",
)
_FOR_SINGLE: Final = late(r"\bsingle\b(?! (?:nat|tenan\w*|account|region|sign|page|stack|template|cluster)\b)")
"""How a VPC is called that is for single instances, or for one zone."""
_ROUTES: Final = frozenset((*Route.types(), *RouteTable.types(), "aws_default_route_table"))
_GIVEN: Final = _ROUTES | {"output"}
"""What leads traffic to an interface, or lets others do that."""
_LOOK_UPS: Final = frozenset({"data.aws_subnets", "data.aws_subnet_ids", "data.aws_subnet"})
"""What finds the subnets of a VPC for others, without naming them."""
_READS: Final = "data.aws_subnet"
"""What looks up a subnet that it names, and reads its attributes."""


def only_single_instances(vpc: Vpc, graph: Graph) -> bool:
    """Whether all that this unit shows in the subnets of a VPC are single instances, each of its own kind: another zone has nothing
    for them. A subnet that is an output may hold other things. Gateways and bastions are a part of the network. A VPC without any
    other instance is for single ones if its names or its template's say so."""
    if any(each.kind == "module" or graph.type_of(each) in _LOOK_UPS for each in graph.referring(vpc, graph.types)):
        return False
    subnets = vpc.subnets.targets
    used = {graph.type_of(each) for subnet in subnets for each in graph.referring(subnet, graph.types)} - _PLUMBING - {_READS}
    says_single = any(map(_FOR_SINGLE.search, (*called(vpc, vpc.tags), _template(vpc))))
    if used - ({"output"} if says_single else set()):
        return False
    working = _working(vpc, graph)
    return (bool(working) or says_single) and all(_is_single(each, graph) for each in working)


def only_machine(vpc: Vpc, graph: Graph) -> Instance | None:
    """The one machine that this unit shows in a VPC, beside gateways and bastions; None if there is none, or anything else."""
    working = _working(vpc, graph)
    return working[0] if len(working) == 1 and only_single_instances(vpc, graph) else None


def _working(vpc: Vpc, graph: Graph) -> list[Instance]:
    """The instances in the subnets of a VPC that are no part of the network."""
    index = graph.index(Instance, _subnets)
    servers = {server: None for subnet in vpc.subnets.targets for server in index.get(id(subnet.declared), ())}
    return [each for each in servers if not is_way_in(each) and not _forwards(each, graph)]


def _template(vpc: Vpc) -> str:
    """The name of the template that declares a VPC, or of the module's directory, as words."""
    path = PurePath(vpc.declared.span.path)
    return words_of(path.stem if vpc.dialect == "cloudformation" else path.parent.name)


def _forwards(server: Instance, graph: Graph) -> bool:
    """Whether an instance forwards the traffic of others. One whose interfaces may is an appliance by itself if no route leads there."""
    if routes_traffic(server, graph) != Known(True):
        return False
    if server.source_dest_check != Known(False) and not forwards_by_script(server, graph):
        return bool(graph.referring(server, _ROUTES)) or any(graph.referring(each, _GIVEN) for each in server.own_interfaces)
    return True


def only_databases_behind(vpc: Vpc, graph: Graph) -> Value[bool]:
    """Whether all that this unit shows in the private subnets of a VPC are databases, caches and brokers, which AWS operates."""
    if any(each.kind == "module" or graph.type_of(each) in _LOOK_UPS for each in graph.referring(vpc, graph.types)):
        return Known(False)
    servers = graph.index(Instance, _subnets)
    doubts: list[Unknown | None] = []
    shown = False
    for subnet in vpc.subnets:
        used = {graph.type_of(each) for each in graph.referring(subnet, graph.types)} - _PLUMBING - {_READS}
        if used <= _DATABASES and not servers.get(id(subnet.declared)):
            shown = shown or bool(used)
            continue
        match subnet_is_public(subnet):
            case Known(True):
                pass
            case Unknown() as doubt:
                doubts.append(doubt)
            case _:
                return Known(False)
    if not shown:
        loose = graph.once(_of_unknown_subnets)
        return Known(False) if loose is None else loose
    why = first_unknown(*doubts, vpc.subnets.unknown)
    return Known(True) if why is None else why


def _of_unknown_subnets(graph: Graph) -> Unknown | None:
    """Why such a database or broker may be in any subnet."""
    groups = (each for each in graph.declared if each.type in _DATABASES and each.kind == "resource")
    return next((named for each in groups for named in _unknown_subnets(each)), None)


def is_attached(vpc: Vpc, graph: Graph) -> bool:
    """Whether a transit gateway or a core network is attached to a VPC here."""
    return any(graph.type_of(each) in _ATTACHMENTS for each in graph.referring(vpc, graph.types)) or any(
        graph.type_of(each) in _ATTACHMENTS for subnet in vpc.subnets.targets for each in graph.referring(subnet, graph.types)
    )


def is_inspected(vpc: Vpc, graph: Graph) -> bool:
    """Whether a network firewall is in a VPC here, for the traffic of what runs there or of other networks."""
    return bool(graph.referring(vpc, _FIREWALLS)) or has_firewall(vpc, graph)


def has_firewall(vpc: Vpc, graph: Graph) -> bool:
    """Whether a network firewall has an endpoint in a subnet of a VPC here."""
    return any(
        graph.type_of(each) in _FIREWALLS for subnet in vpc.subnets.targets for each in graph.referring(subnet, graph.types)
    )


def only_passes_on(vpc: Vpc, graph: Graph) -> Value[bool]:
    """Whether a VPC only passes on the traffic of other networks: one of its subnets holds the attachment of a transit gateway, and each
    of the others another one, a NAT gateway, a load balancer, a firewall or an endpoint. The attachment may be in another stack, if the subnet is
    called so. Subnets that are outputs may hold other things, unless there is a firewall, or the name of the VPC says what it is for."""
    subnets = vpc.subnets.targets
    uses = {subnet: {graph.type_of(each) for each in graph.referring(subnet, graph.types)} for subnet in subnets}
    for subnet in subnets:
        if any(map(_ATTACHED_BY_NAME.search, called(subnet, subnet.tags))):
            uses[subnet] |= _ATTACHMENTS
    used = {each for types in uses.values() for each in types}
    around = graph.referring(vpc, graph.types)
    if any(each.kind == "module" or graph.type_of(each) in _LOOK_UPS for each in around) or not (
        used <= _PASSES_ON | _PLUMBING | {"output"} and all(_only_routers(each, graph) for each in subnets)
    ):
        return Known(False)
    if "output" in used and used.isdisjoint(_FIREWALLS) and not any(map(_PASSES_ON_BY_NAME.search, called(vpc, vpc.tags))):
        return Known(False)
    why = vpc.subnets.unknown
    if not used.isdisjoint(_ATTACHMENTS) and all(types & (_PASSES_ON | _INSTANCES) for types in uses.values()):
        return Known(True) if why is None else why
    why = first_unknown(why, graph.once(_in_unknown_subnets))
    return Known(False) if why is None else why


def runs_workloads(vpc: Vpc, graph: Graph) -> bool:
    """Whether this unit shows a cluster, a group, a service, a function or a build in the subnets of a VPC that are not surely public: what fetches
    images, packages or data from S3 again and again. From a public subnet, it does so past the NAT gateway."""
    return any(
        graph.referring(subnet, _WORKLOADS) and subnet_is_public(subnet) != Known(True) for subnet in vpc.subnets.targets
    )


def works_in_public(vpc: Vpc, graph: Graph) -> bool:
    """Whether this unit shows that something runs in the public subnets of a VPC, and nothing in others."""
    if vpc.subnets.unknown is not None or any(
        each.kind == "module" or graph.type_of(each) in _LOOK_UPS for each in graph.referring(vpc, graph.types)
    ):
        return False
    servers = graph.index(Instance, _subnets)
    works = False
    for subnet in vpc.subnets.targets:
        used = {graph.type_of(each) for each in graph.referring(subnet, graph.types)} - _PLUMBING - {_READS}
        if not used and not servers.get(id(subnet.declared)):
            continue
        if subnet_is_public(subnet) != Known(True):
            return False
        works = works or used != {"output"}
    return works


def has_way_out(vpc: Vpc, graph: Graph) -> bool:
    """Whether this unit shows a way into or out of a VPC: a gateway of the internet or of a VPN, a peering, or a transit gateway."""
    return bool(
        vpc.gateways.targets or vpc.gateway_attachments.targets or graph.referring(vpc, _WAYS) or is_attached(vpc, graph)
    )


def _in_unknown_subnets(graph: Graph) -> Unknown | None:
    """Why an attachment or a firewall may be in any subnet: its subnets are not known."""
    routers = (each for each in graph.declared if each.type in _ATTACHMENTS | _FIREWALLS and each.kind == "resource")
    return next((named for each in routers for named in _unknown_subnets(each)), None)


def _unknown_subnets(declared: Declared) -> Iterator[Unknown]:
    """The subnets of a resource that are not known, and are none of this unit."""
    for value in (declared.body.value.get(name) for name in _SUBNETS):
        listed = value.value if isinstance(value, Known) and isinstance(value.value, list) else [value]
        yield from (named for named in listed if isinstance(named, Unknown) and not named.origin.references)


def _only_routers(subnet: Subnet, graph: Graph) -> bool:
    """Whether all instances of a subnet forward the traffic of others."""
    servers = graph.index(Instance, _subnets).get(id(subnet.declared), ())
    return all(routes_traffic(each, graph) == Known(True) for each in servers)


def _is_single(server: Instance, graph: Graph) -> bool:
    return server.representative is None and next(alike(server, graph), None) is None


def _subnets(server: Instance) -> Iterator[Hashable]:
    """The `id` of the declaration of each subnet that an instance has an interface in."""
    for link in (server.subnet, *(each.subnet for each in (*server.interfaces, *server.own_interfaces))):
        for subnet in link:
            yield id(subnet.declared)
