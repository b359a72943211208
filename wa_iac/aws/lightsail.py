"""Amazon Lightsail: instances with a firewall of their own, and databases."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.resource import Block, Resource
from wa_iac.core.value import Value


class OpenPorts(Block):
    """A range of ports that the firewall of an instance opens: for everybody if it names no addresses."""

    first: Annotated[Value[int], Cfn("FromPort"), Tf("from_port")]
    last: Annotated[Value[int], Cfn("ToPort"), Tf("to_port")]
    protocol: Annotated[Value[str], Cfn("Protocol"), Tf("protocol")]
    ipv4: Annotated[Value[list[Value[str]]], Cfn("Cidrs"), Tf("cidrs")]
    ipv6: Annotated[Value[list[Value[str]]], Cfn("Ipv6Cidrs"), Tf("ipv6_cidrs")]
    aliases: Annotated[Value[list[Value[str]]], Cfn("CidrListAliases"), Tf("cidr_list_aliases")]


class Firewall(Resource, cfn="AWS::Lightsail::Instance", tf="aws_lightsail_instance_public_ports"):
    """The open ports of an instance. CloudFormation writes them inside it."""

    ports: Annotated[list[OpenPorts], Cfn("Networking.Ports[]"), Tf("port_info[]")]


class Database(Resource, cfn="AWS::Lightsail::Database", tf="aws_lightsail_database"):
    """A managed database."""

    public: Annotated[Value[bool], Cfn("PubliclyAccessible"), Tf("publicly_accessible"), Default(False)]
    # Lightsail keeps automated backups of a new database unless they are turned off.
    backups: Annotated[Value[bool], Cfn("BackupRetention"), Tf("backup_retention_enabled"), Default(True)]
