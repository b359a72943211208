"""# Nodes of an EKS cluster can be reached by SSH from the internet

## Why

A node group with a key for SSH and no source groups opens port 22 of all its nodes to every address, or the port of Remote Desktop (3389) if they run Windows. A node holds the credentials of its
role and of the pods on it.

## What it checks

The rule looks at node groups that name a key for SSH in their remote access, and no security group that may use it.

## What is left out

Groups with a launch template, which has security groups of its own. With private subnets only, also by their name, the port is open to
everybody in the connected networks, and the severity is medium.

## Non-compliant

```yaml
Resources:
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      ScalingConfig: {MinSize: 2, MaxSize: 6}
      RemoteAccess:
        Ec2SshKey: operators  # finding
```

```hcl
resource "aws_eks_node_group" "nodes" {
  cluster_name    = "orders"
  node_group_name = "nodes"
  node_role_arn   = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids      = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

  scaling_config {
    min_size     = 2
    max_size     = 6
    desired_size = 2
  }

  remote_access {
    ec2_ssh_key = "operators" # finding
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
      ScalingConfig: {MinSize: 2, MaxSize: 6}
      RemoteAccess:
        Ec2SshKey: operators
        SourceSecurityGroups: [sg-0123456789abcdef0]
```

```hcl
resource "aws_eks_node_group" "nodes" {
  cluster_name    = "orders"
  node_group_name = "nodes"
  node_role_arn   = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids      = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

  scaling_config {
    min_size     = 2
    max_size     = 6
    desired_size = 2
  }
}
```

## Undecided

The result is undecided if it is not known whether there is a key.

```yaml
Parameters:
  SshKey:
    Type: String
Conditions:
  HasKey: !Not [!Equals [!Ref SshKey, ""]]
Resources:
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      ScalingConfig: {MinSize: 2, MaxSize: 6}
      RemoteAccess:
        Fn::If:
          - HasKey
          - Ec2SshKey: operators  # undecided: Fails when
          - !Ref AWS::NoValue
```

```hcl
variable "ssh" {
  type = bool
}

resource "aws_eks_node_group" "nodes" {
  cluster_name    = "orders"
  node_group_name = "nodes"
  node_role_arn   = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids      = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

  scaling_config {
    min_size     = 2
    max_size     = 6
    desired_size = 2
  }

  dynamic "remote_access" {
    for_each = var.ssh ? ["operators"] : []
    content {
      ec2_ssh_key = remote_access.value # undecided: Fails when
    }
  }
}
```

## Sources

- [NodegroupRemoteAccess - AWS CDK](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks.NodegroupRemoteAccess.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.eks import NodeGroup
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, all_known, flag, rule, written
from wa_iac.core.value import Known
from wa_iac.knowledge.reachability import private_by_name, way_closed_to
from wa_iac.pillars.judgements.node_groups import deleted_first

_NARROWED: Final = Remedy(
    cfn={"RemoteAccess": {"SourceSecurityGroups": ["<the security group of your bastion>"]}},
    tf={"remote_access": {"source_security_group_ids": ["<the security group of your bastion>"]}},
    decision="Better, remove the remote access, and use Session Manager: the node's role then needs AmazonSSMManagedInstanceCore. Both replace "
    "the node group.",
    replaces=True,
)


def _replaced(group: NodeGroup, _: Graph) -> Remedy:
    """The remedy for one group, in the order in which it is replaced."""
    return replace(_NARROWED, decision=f"{_NARROWED.decision} {deleted_first(group)}".rstrip())


@rule(
    practices=["SEC05-BP02", "SEC06-BP03"],
    severity=Severity.HIGH,
    remedy=replace(_NARROWED, given=_replaced),
    equivalents={"checkov": ["CKV_AWS_100"]},
)
def check(group: NodeGroup, graph: Graph) -> Flags:
    key = written(group.ssh_key)
    if not key.value or group.ssh_sources.presence == Known(True):
        return
    all_known(group.ssh_sources.unknown)
    windows = isinstance(group.image_type, Known) and group.image_type.value.startswith("WINDOWS")
    port = "the port of Remote Desktop (3389)" if windows else "port 22"
    closed = way_closed_to(group, graph)
    more = ""
    if isinstance(closed, Known):
        more = f" The internet cannot reach them today, because {closed.value}."
    elif said := private_by_name(group, graph):
        more = f" The internet cannot reach them if their subnets are private, as the name {said} says."
    yield flag(
        key,
        f"EKS opens {port} of these nodes to every address, since no security group is named that may use the key.{more}",
        severity=Severity.MEDIUM if more else None,
    )
