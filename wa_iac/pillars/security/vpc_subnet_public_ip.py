"""# Subnet assigns public IP addresses by default

## Why

Each instance that is started in the subnet without a setting of its own gets a public IP address, also one that was never meant for the
internet. One open security group is then enough to reach it, and each address costs money by the hour. An instance that needs a public
address can ask for one.

## What it checks

The rule checks `MapPublicIpOnLaunch`. AWS's default for a new subnet is off. The severity is low if the internet certainly does not reach
the subnet, because its route table has no route to an internet gateway: the setting then has no use at all.

## What is left out

Subnets of node groups of Amazon EKS are not reported: nodes in public subnets need the setting. Instances that get an address from their subnet
are reported by `ec2-public-ip`.

## Non-compliant

```yaml
Resources:
  Public:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1b2c3d
      CidrBlock: 10.0.0.0/24
      MapPublicIpOnLaunch: true  # finding
```

```hcl
resource "aws_subnet" "public" {
  vpc_id                  = "vpc-0a1b2c3d"
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = true # finding
}
```

## Compliant

```yaml
Resources:
  Public:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1b2c3d
      CidrBlock: 10.0.0.0/24
```

```hcl
resource "aws_subnet" "public" {
  vpc_id                  = "vpc-0a1b2c3d"
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = false
}
```

## Not applicable

```yaml
Resources:
  Nodes:  # not applicable: nodes of Amazon EKS
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1b2c3d
      CidrBlock: 10.0.0.0/24
      MapPublicIpOnLaunch: true
  Group:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: shop
      NodeRole: arn:aws:iam::123456789012:role/nodes
      Subnets: [!Ref Nodes]
```

```hcl
resource "aws_subnet" "nodes" { # not applicable: nodes of Amazon EKS
  vpc_id                  = "vpc-0a1b2c3d"
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = true
}

resource "aws_eks_node_group" "this" {
  cluster_name  = "shop"
  node_role_arn = "arn:aws:iam::123456789012:role/nodes"
  subnet_ids    = [aws_subnet.nodes.id]

  scaling_config {
    min_size     = 2
    max_size     = 4
    desired_size = 2
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Addresses:
    Type: String
Resources:
  Public:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1b2c3d
      CidrBlock: 10.0.0.0/24
      MapPublicIpOnLaunch: !Ref Addresses  # undecided: parameter "Addresses" has no default
```

```hcl
variable "addresses" { # undecided: Fails when var.addresses is true
  type = bool
}

resource "aws_subnet" "public" {
  vpc_id                  = "vpc-0a1b2c3d"
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = var.addresses
}
```

## Sources

- [map_public_ip_on_launch](https://boto3.amazonaws.com/v1/documentation/api/1.39.0/reference/services/ec2/subnet/map_public_ip_on_launch.html), read on 2026-11-29
- [MapPublicIpOnLaunch](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-modify-subnet-attribute-request/map-public-ip-on-launch.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.vpc import Subnet
from wa_iac.core.awscc import and_awscc
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.reachability import cut_off

_NODES: Final = frozenset(and_awscc("AWS::EKS::Nodegroup", "aws_eks_node_group"))


@rule(
    practices=["SEC05-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    equivalents={
        "checkov": ["CKV_AWS_130"],
        "trivy": ["AVD-AWS-0164"],
        "cdk_nag": ["VPCSubnetAutoAssignPublicIpDisabled"],
        "guard": ["SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED"],
        "config": ["SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED"],
        "security_hub": ["EC2.15"],
    },
    fix=Recipe(
        cfn={"MapPublicIpOnLaunch": False},
        tf={"map_public_ip_on_launch": False},
        unsafe_because="an instance that is started in the subnet from then on has no public IP address",
    ),
)
def check(subnet: Subnet, graph: Graph) -> Flags:
    if settled(subnet.map_public_ip) != Known(True):
        return
    exempt(bool(graph.referring(subnet, _NODES)), "nodes of Amazon EKS in a public subnet need the setting")
    closed = cut_off(subnet, graph)
    if isinstance(closed, Known):
        message = f"This subnet assigns public IP addresses, which have no use: the internet does not reach it, because {closed.value}."
        yield flag(subnet.map_public_ip, message, severity=Severity.LOW)
        return
    message = "Every instance that is started in this subnet without a setting of its own gets a public IP address."
    yield flag(subnet.map_public_ip, message)
