"""# Network ACL is associated with no subnet

## Why

A subnet uses the default network ACL of its VPC, which lets everything through, unless another one is associated with it. A network ACL without
subnets filters nothing, whatever its entries say. A reader of the code believes that traffic is blocked.

## What it checks

Network ACLs that no subnet is associated with, by their own list of subnets or by a resource of its own.

## What is left out

A network ACL that an output, an export or a module gets may be associated elsewhere. The default network ACL has all subnets that have no other.

## Non-compliant

```yaml
Resources:
  Acl:  # finding
    Type: AWS::EC2::NetworkAcl
    Properties:
      VpcId: vpc-0a1b2c3d
```

```hcl
resource "aws_network_acl" "database" { # finding
  vpc_id = "vpc-0a1b2c3d"
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 5432
    to_port    = 5432
    cidr_block = "10.0.0.0/16"
  }
}
```

## Compliant

```yaml
Resources:
  Acl:
    Type: AWS::EC2::NetworkAcl
    Properties:
      VpcId: vpc-0a1b2c3d
  Association:
    Type: AWS::EC2::SubnetNetworkAclAssociation
    Properties:
      NetworkAclId: !Ref Acl
      SubnetId: subnet-0a1b2c3d
```

```hcl
resource "aws_network_acl" "database" {
  vpc_id     = "vpc-0a1b2c3d"
  subnet_ids = ["subnet-0a1b2c3d"]
}
```

## Not applicable

```yaml
Resources:
  Acl:  # not applicable: given away
    Type: AWS::EC2::NetworkAcl
    Properties:
      VpcId: vpc-0a1b2c3d
Outputs:
  AclId:
    Value: !Ref Acl
```

```hcl
resource "aws_default_network_acl" "default" { # not applicable: the default one
  default_network_acl_id = "acl-0a1b2c3d"
}
```

## Undecided

```yaml
Parameters:
  AclId:
    Type: String
Resources:
  Acl:
    Type: AWS::EC2::NetworkAcl
    Properties:
      VpcId: vpc-0a1b2c3d
  Association:
    Type: AWS::EC2::SubnetNetworkAclAssociation
    Properties:
      NetworkAclId: !Ref AclId  # undecided: parameter "AclId" has no default
      SubnetId: subnet-0a1b2c3d
```

```hcl
variable "subnets" {
  type = list(string)
}

resource "aws_network_acl" "database" {
  vpc_id     = "vpc-0a1b2c3d"
  subnet_ids = var.subnets # undecided: var.subnets has no default
}
```

## Sources

- [vpc-network-acl-unused-check - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/vpc-network-acl-unused-check.html), read on 2026-11-29
- [ReplaceNetworkAclAssociation - Amazon Elastic Compute Cloud](https://docs.aws.amazon.com/AWSEC2/latest/APIReference/ApiReference-query-ReplaceNetworkAclAssociation.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.network_acl import NetworkAcl
from wa_iac.core.graph import Graph
from wa_iac.core.presence import given
from wa_iac.core.rule import Flags, Remedy, Severity, accept, all_known, exempt, flag, rule
from wa_iac.knowledge.given_away import is_given_away

_DEFAULT: Final = "aws_default_network_acl"


@rule(
    practices=["SEC05-BP02"],
    severity=Severity.LOW,
    profile="all",
    remedy=Remedy(
        cfn="Association:\n  Type: AWS::EC2::SubnetNetworkAclAssociation\n  Properties:\n    NetworkAclId: !Ref <this network ACL>\n"
        "    SubnetId: <a subnet's id>",
        tf="subnet_ids = [<a subnet>.id]",
        decision="Or remove it, if the security groups are enough.",
    ),
    equivalents={
        "checkov": ["CKV2_AWS_1"],
        "config": ["VPC_NETWORK_ACL_UNUSED_CHECK"],
        "security_hub": ["EC2.16"],
    },
)
def check(acl: NetworkAcl, graph: Graph) -> Flags:
    exempt(acl.declared.type == _DEFAULT, "it is the default one of its VPC")
    accept(bool(acl.associations.targets))
    accept(given(acl.subnets))
    exempt(is_given_away(acl, graph), "it is given away, and may be associated with subnets elsewhere")
    all_known(acl.associations.unknown)
    yield flag(
        acl,
        "No subnet is associated with this network ACL, so it filters nothing: the subnets use the default one, which lets everything through.",
    )
