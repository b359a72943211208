"""# EKS nodes do not run on Graviton

## Why

Graviton processors need less energy and cost less for the same work. Most images of containers exist for both kinds of processors, and
Kubernetes picks the right one.

## What it checks

The rule looks at the instance types of managed node groups, and reports Intel and AMD types with a Graviton sibling of the same size.

## What is left out

Groups with several instance types. Groups with an image of their own in a launch template. Groups for Windows. The rule cannot see whether all images exist
for ARM, so the confidence is low.

## Non-compliant

```yaml
Resources:
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      InstanceTypes: [m6i.large]  # finding
```

```hcl
resource "aws_eks_node_group" "nodes" {
  cluster_name    = "orders"
  node_group_name = "nodes"
  node_role_arn   = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids      = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  instance_types  = ["m5.xlarge"] # finding

  scaling_config {
    min_size     = 2
    max_size     = 6
    desired_size = 2
  }
}
```

## Compliant

```yaml
Resources:
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      InstanceTypes: [m6g.large]
      AmiType: AL2023_ARM_64_STANDARD
```

```hcl
resource "aws_eks_node_group" "nodes" {
  cluster_name    = "orders"
  node_group_name = "nodes"
  node_role_arn   = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids      = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  instance_types  = ["m6g.xlarge"]
  ami_type        = "AL2023_ARM_64_STANDARD"

  scaling_config {
    min_size     = 2
    max_size     = 6
    desired_size = 2
  }
}
```

## Not applicable

```yaml
Resources:
  Nodes:  # not applicable: an image of its own
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      InstanceTypes: [m6i.large]
      AmiType: CUSTOM
  Windows:  # not applicable: its nodes run Windows
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      InstanceTypes: [m6i.large]
      AmiType: WINDOWS_CORE_2022_x86_64
```

## Undecided

The result is undecided if the types are not known before deployment.

```yaml
Parameters:
  Types:
    Type: CommaDelimitedList
Resources:
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      InstanceTypes: !Ref Types  # undecided: parameter "Types" has no default
```

```hcl
variable "types" {
  type = list(string)
}

resource "aws_eks_node_group" "nodes" {
  cluster_name    = "orders"
  node_group_name = "nodes"
  node_role_arn   = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids      = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  instance_types  = var.types # undecided: var.types has no default

  scaling_config {
    min_size     = 2
    max_size     = 6
    desired_size = 2
  }
}
```

## Sources

- [Understanding cost optimization strategies](https://docs.aws.amazon.com/cost-management/latest/userguide/coh-optimization-strategies.md), read on 2026-11-29
"""

from wa_iac.aws.eks import NodeGroup
from wa_iac.core.logic import holds
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, all_known, exempt, flag, rule, written
from wa_iac.core.value import Known
from wa_iac.knowledge.instance_families import graviton


@rule(
    practices=["SUS05-BP02", "COST06-BP02", "PERF02-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(cfn={"InstanceTypes": ["m6g.large"]}, tf={"instance_types": ["m6g.large"]}),
)
def check(group: NodeGroup) -> Flags:
    types = written(group.instance_types)
    all_known(*types.value)
    named = [each.value for each in types.value if isinstance(each, Known)]
    better = graviton(named[0], "ec2") if len(named) == 1 else ""
    if not better:
        return
    own = holds(group.image_type, lambda kind: kind == "CUSTOM")
    exempt(own, "it has an image of its own")
    windows = holds(group.image_type, lambda kind: kind.startswith("WINDOWS"))
    exempt(windows, "its nodes run Windows")
    all_known(own, windows)
    yield flag(
        types,
        f"{named[0]} needs more energy and costs more for the same work than {better}, which has a Graviton processor.",
        instead=Remedy(
            cfn={"InstanceTypes": [better]},
            tf={"instance_types": [better]},
            replaces=True,
            decision="The group is replaced. It also needs an AMI type for ARM, such as AL2023_ARM_64_STANDARD, and images of containers for ARM.",
        ),
    )
