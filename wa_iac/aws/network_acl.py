"""Network ACLs: the stateless filters of subnets."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Value


class AclEntry(Block):
    """An entry of a network ACL. Those of a lower number come first, and the first that fits decides."""

    number: Annotated[Value[int], Cfn("RuleNumber"), Tf("rule_no"), Tf("rule_number")]
    action: Annotated[Value[str], Cfn("RuleAction"), Tf("action"), Tf("rule_action")]
    egress: Annotated[Value[bool], Cfn("Egress"), Tf("egress"), Default(False)]
    protocol: Annotated[Value[str], Cfn("Protocol"), Tf("protocol")]
    from_port: Annotated[Value[int], Cfn("PortRange.From"), Tf("from_port")]
    to_port: Annotated[Value[int], Cfn("PortRange.To"), Tf("to_port")]
    ipv4: Annotated[Value[str], Cfn("CidrBlock"), Tf("cidr_block")]
    ipv6: Annotated[Value[str], Cfn("Ipv6CidrBlock"), Tf("ipv6_cidr_block")]


class NetworkAcl(Resource, cfn="AWS::EC2::NetworkAcl", tf=("aws_network_acl", "aws_default_network_acl")):
    """A network ACL, with the entries that Terraform writes inside it."""

    ingress: Annotated[list[AclEntry], Tf("ingress[]")]
    egress: Annotated[list[AclEntry], Tf("egress[]")]
    entries: Annotated[Link["NetworkAclEntry"], Back("acl")]
    subnets: Annotated[Value[list[Value[str]]], Tf("subnet_ids")]
    associations: Annotated[Link["AclAssociation"], Back("acl")]


class NetworkAclEntry(Resource, cfn="AWS::EC2::NetworkAclEntry", tf="aws_network_acl_rule"):
    """An entry in a resource of its own. `entry` is the entry itself."""

    acl: Annotated[Link[NetworkAcl], Cfn("NetworkAclId"), Tf("network_acl_id")]
    entry: Annotated[list[AclEntry], Cfn(""), Tf("")]


class AclAssociation(Resource, cfn="AWS::EC2::SubnetNetworkAclAssociation", tf="aws_network_acl_association"):
    """The network ACL of a subnet, instead of the default one of its VPC."""

    acl: Annotated[Link[NetworkAcl], Cfn("NetworkAclId"), Tf("network_acl_id")]
