"""What connects VPCs with each other and with other networks: transit gateways, peering, Site-to-Site VPN, Direct Connect."""

from typing import Annotated, Any

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value

from .vpc import Subnet, Vpc


class TransitGateway(Resource, cfn="AWS::EC2::TransitGateway", tf="aws_ec2_transit_gateway"):
    """A hub for the traffic between VPCs and other networks."""

    auto_accept: Annotated[
        Value[str], Cfn("AutoAcceptSharedAttachments"), Tf("auto_accept_shared_attachments"), Default("disable")
    ]
    association: Annotated[
        Value[str], Cfn("DefaultRouteTableAssociation"), Tf("default_route_table_association"), Default("enable")
    ]
    propagation: Annotated[
        Value[str], Cfn("DefaultRouteTablePropagation"), Tf("default_route_table_propagation"), Default("enable")
    ]
    attachments: Annotated[Link["TransitGatewayAttachment"], Back("gateway")]
    connections: Annotated[Link["VpnConnection"], Back("transit_gateway")]


class TransitGatewayAttachment(
    Resource,
    cfn=("AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment"),
    tf="aws_ec2_transit_gateway_vpc_attachment",
):
    """Attaches a VPC to a transit gateway."""

    gateway: Annotated[Link[TransitGateway], Cfn("TransitGatewayId"), Tf("transit_gateway_id")]
    vpc: Annotated[Link[Vpc], Cfn("VpcId"), Tf("vpc_id")]
    subnets: Annotated[Link[Subnet], Cfn("SubnetIds[]"), Tf("subnet_ids[]")]


class PeeringConnection(Resource, cfn="AWS::EC2::VPCPeeringConnection", tf="aws_vpc_peering_connection"):
    """Connects two VPCs with each other, and with nothing else."""

    vpc: Annotated[Link[Vpc], Cfn("VpcId"), Tf("vpc_id")]
    peer: Annotated[Link[Vpc], Cfn("PeerVpcId"), Tf("peer_vpc_id")]


class VpnGateway(Resource, cfn="AWS::EC2::VPNGateway", tf="aws_vpn_gateway"):
    """A virtual private gateway: the side of AWS of VPN connections and Direct Connect, for one VPC."""

    connections: Annotated[Link["VpnConnection"], Back("gateway")]


class CustomerGateway(Resource, cfn="AWS::EC2::CustomerGateway", tf="aws_customer_gateway"):
    """The device at the other end of a VPN connection."""

    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class VpnConnection(Resource, cfn="AWS::EC2::VPNConnection", tf="aws_vpn_connection"):
    """A Site-to-Site VPN connection. It has two tunnels, which end at one device."""

    customer_gateway: Annotated[Link[CustomerGateway], Cfn("CustomerGatewayId"), Tf("customer_gateway_id")]
    gateway: Annotated[Link[VpnGateway], Cfn("VpnGatewayId"), Tf("vpn_gateway_id")]
    transit_gateway: Annotated[Link[TransitGateway], Cfn("TransitGatewayId"), Tf("transit_gateway_id")]
    acceleration: Annotated[Value[bool], Cfn("EnableAcceleration"), Tf("enable_acceleration"), Default(False)]
    outside: Annotated[Value[str], Cfn("OutsideIpAddressType"), Tf("outside_ip_address_type"), Default("PublicIpv4")]
    bandwidth: Annotated[Value[str], Cfn("TunnelBandwidth"), Tf("tunnel_bandwidth"), Default("standard")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class DirectConnectConnection(Resource, cfn="AWS::DirectConnect::Connection", tf="aws_dx_connection"):
    """A dedicated line from a location of Direct Connect to AWS."""

    location: Annotated[Value[str], Cfn("Location"), Tf("location")]
    bandwidth: Annotated[Value[str], Cfn("Bandwidth"), Tf("bandwidth")]
    # The LAG that it is a part of.
    lag: Annotated[Value[str], Cfn("LagId"), Tf("lag_id", of="aws_dx_connection_association", by="connection_id")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class DirectConnectLag(Resource, cfn="AWS::DirectConnect::Lag", tf="aws_dx_lag"):
    """Several lines at one location, used as one."""

    location: Annotated[Value[str], Cfn("Location"), Tf("location")]


class OfferedService(Resource, cfn="AWS::EC2::VPCEndpointService", tf="aws_vpc_endpoint_service"):
    """A service of one's own, which others reach through interface endpoints (AWS PrivateLink)."""

    acceptance: Annotated[Value[bool], Cfn("AcceptanceRequired"), Tf("acceptance_required"), Default(True)]
    principals: Annotated[
        Value[list[Value[str]]],
        Tf("allowed_principals"),
    ]
    permissions: Annotated[Link["ServicePermission"], Back("service")]


class ServicePermission(
    Resource, cfn="AWS::EC2::VPCEndpointServicePermissions", tf="aws_vpc_endpoint_service_allowed_principal"
):
    """Who may create endpoints for a service of one's own."""

    service: Annotated[Link[OfferedService], Cfn("ServiceId"), Tf("vpc_endpoint_service_id")]
    principals: Annotated[Value[list[Value[str]]], Cfn("AllowedPrincipals"), Tf("principal_arn")]


class ResourceShare(Resource, cfn="AWS::RAM::ResourceShare", tf="aws_ram_resource_association"):
    """Shares resources with other accounts. In Terraform, the association of one resource with a share."""

    resources: Annotated[Value[Any], Cfn("ResourceArns"), Tf("resource_arn")]
