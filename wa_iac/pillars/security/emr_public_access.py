"""# EMR cluster has public IP addresses, or may be open to everybody

## Why

The nodes of a cluster in a public subnet have public IP addresses. One rule too many in a security group, and everybody can use the web
pages and programs of the cluster, most of which ask for no password. Block public access of EMR is a setting of the account that refuses
clusters with such groups.

## What it checks

The rule reports a cluster in a subnet whose route table leads to an internet gateway, and a block public access configuration that is
turned off.

## What is left out

Clusters in private subnets, or in subnets that are not declared here. If no security group is named, EMR makes groups that let in only
the nodes themselves; the severity is then medium. Open ports themselves are reported at the security groups.

## Non-compliant

```yaml
Resources:
  Sessions:
    Type: AWS::EMR::Cluster
    Properties:
      Name: sessions
      ReleaseLabel: emr-7.5.0
      JobFlowRole: EMR_EC2_DefaultRole
      ServiceRole: EMR_DefaultRole
      Instances:
        MasterInstanceGroup:
          InstanceCount: 1
          InstanceType: m5.xlarge
        CoreInstanceGroup:
          InstanceCount: 2
          InstanceType: m5.xlarge
        Ec2SubnetId: !Ref Subnet  # finding: public IP addresses
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Gateway:
    Type: AWS::EC2::InternetGateway
  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties:
      VpcId: !Ref Vpc
      InternetGatewayId: !Ref Gateway
  Subnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: 10.0.0.0/24
      MapPublicIpOnLaunch: true
  Table:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Vpc
  Route:
    Type: AWS::EC2::Route
    DependsOn: Attachment
    Properties:
      RouteTableId: !Ref Table
      DestinationCidrBlock: 0.0.0.0/0
      GatewayId: !Ref Gateway
  Association:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref Subnet
      RouteTableId: !Ref Table
```

```hcl
resource "aws_emr_block_public_access_configuration" "off" {
  block_public_security_group_rules = false # finding: open to everybody
}
```

## Compliant

```yaml
Resources:
  Sessions:
    Type: AWS::EMR::Cluster
    Properties:
      Name: sessions
      ReleaseLabel: emr-7.5.0
      JobFlowRole: EMR_EC2_DefaultRole
      ServiceRole: EMR_DefaultRole
      Instances:
        MasterInstanceGroup:
          InstanceCount: 1
          InstanceType: m5.xlarge
        CoreInstanceGroup:
          InstanceCount: 2
          InstanceType: m5.xlarge
        Ec2SubnetId: subnet-0123456789abcdef0
```

```hcl
resource "aws_emr_block_public_access_configuration" "on" {
  block_public_security_group_rules = true
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  SubnetId:
    Type: AWS::EC2::Subnet::Id
Resources:
  Sessions:
    Type: AWS::EMR::Cluster
    Properties:
      Name: sessions
      ReleaseLabel: emr-7.5.0
      JobFlowRole: EMR_EC2_DefaultRole
      ServiceRole: EMR_DefaultRole
      Instances:
        MasterInstanceGroup:
          InstanceCount: 1
          InstanceType: m5.xlarge
        CoreInstanceGroup:
          InstanceCount: 2
          InstanceType: m5.xlarge
        Ec2SubnetId: !Ref SubnetId  # undecided: parameter "SubnetId" has no default
```

```hcl
variable "blocked" { # undecided: Fails when var.blocked is false
  type = bool
}

resource "aws_emr_block_public_access_configuration" "this" {
  block_public_security_group_rules = var.blocked
}
```

## Sources

- [Security Hub CSPM controls for Amazon EMR](https://docs.amazonaws.cn/en_us/securityhub/latest/userguide/emr-controls.md), read on 2026-11-29
- [PutBlockPublicAccessConfiguration - Amazon EMR](https://docs.amazonaws.cn/emr/latest/APIReference/API_PutBlockPublicAccessConfiguration.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.emr import BlockPublicAccess, Cluster
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.presence import given
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, flag, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.subnets import subnet_is_public
from wa_iac.pillars.judgements.public_addresses import exposed
from wa_iac.pillars.judgements.replaced_clusters import REPLACED, replaced

_BLOCK: Final = Remedy(
    tf={"block_public_security_group_rules": True},
    decision="A cluster with a security group that is open to everybody then no longer starts, unless a permitted range of ports says so.",
)


_PRIVATE: Final = "Put the cluster into a private subnet with a NAT gateway or VPC endpoints."
_ACCESS: Final = "There it needs a security group for the service too ({}), since it names groups of its own for its nodes."
"""By "Working with Amazon EMR-managed security groups" (Amazon EMR Management Guide)."""


def _with_access(resource: Cluster | BlockPublicAccess, graph: Graph) -> Remedy | None:
    """What a cluster with its own groups needs in a private subnet."""
    del graph
    if isinstance(resource, BlockPublicAccess):
        return None
    first = f"{_PRIVATE} {replaced(resource)}"
    if isinstance(resource.security_groups.presence, Absent) or given(resource.service_access) != Known(False):
        return Remedy(replaces=True, decision=first)
    name = "ServiceAccessSecurityGroup" if resource.as_cloudformation else "service_access_security_group"
    return Remedy(replaces=True, decision=f"{first} {_ACCESS.format(name)}")


@rule(
    practices=["SEC05-BP01", "SEC05-BP02"],
    severity=Severity.HIGH,
    remedy=Remedy(replaces=True, decision=f"{_PRIVATE} {REPLACED}", given=_with_access),
    equivalents={
        "checkov": ["CKV_AWS_390", "CKV2_AWS_7"],
        "config": ["EMR_MASTER_NO_PUBLIC_IP", "EMR_BLOCK_PUBLIC_ACCESS"],
        "security_hub": ["EMR.1", "EMR.2"],
    },
)
def check(resource: Cluster | BlockPublicAccess, graph: Graph) -> Flags:
    if isinstance(resource, BlockPublicAccess):
        if settled(resource.on) == Known(False):
            yield flag(
                resource.on,
                "EMR no longer refuses clusters in this account and Region whose security groups are open to everybody.",
                severity=Severity.MEDIUM,
                instead=_BLOCK,
            )
        return
    public = any_of(subnet_is_public(each) for each in resource.subnets)
    all_known(resource.subnets.unknown if public != Known(True) else None)
    if settled(public) != Known(True):
        return
    fact = "The nodes of this cluster are in a public subnet, and have public IP addresses"
    if isinstance(resource.security_groups.presence, Absent):
        yield flag(
            resource.subnets.value,
            f"{fact}. The security groups that EMR makes let in nobody; one more rule, and anyone can reach the programs of the cluster.",
            severity=Severity.MEDIUM,
        )
        return
    links = (resource.security_groups, resource.more_security_groups)
    yield exposed(resource, graph, links, where=resource.subnets.value, fact=fact, several=True)
