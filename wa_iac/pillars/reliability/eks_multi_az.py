"""# Nodes of an EKS cluster are in one Availability Zone

## Why

When the zone fails, all pods on these nodes are down, and Kubernetes has nowhere to start them again.

## What it checks

The rule looks at the subnets of each managed node group, and reports a group in one zone, if the cluster has no other group in the unit.

The finding is advice, of medium severity, unless the group certainly starts with two nodes or more: a single node is in one zone wherever its subnets are.

The finding is advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for anything that is not for
production, by its names or tags.

## What is left out

Clusters with several node groups, which are often one for each zone, so that volumes stay with their zone. Clusters with EKS Auto Mode.
Groups of at most one node, and those for a placement group or a capacity block.

## Non-compliant

```yaml
Resources:
  A:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0123456789abcdef0, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [!Ref A]  # finding
      ScalingConfig: {MinSize: 2, MaxSize: 6}
```

```hcl
resource "aws_subnet" "a" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_eks_node_group" "nodes" {
  cluster_name    = "orders"
  node_group_name = "nodes"
  node_role_arn   = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids      = [aws_subnet.a.id] # finding

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
  A:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0123456789abcdef0, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}
  B:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0123456789abcdef0, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1b}
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [!Ref A, !Ref B]
      ScalingConfig: {MinSize: 2, MaxSize: 6}
```

```hcl
resource "aws_subnet" "a" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "b" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_eks_node_group" "nodes" {
  cluster_name    = "orders"
  node_group_name = "nodes"
  node_role_arn   = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids      = [aws_subnet.a.id, aws_subnet.b.id]

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
  A:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0123456789abcdef0, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}
  One:  # not applicable: another node group
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [!Ref A]
      ScalingConfig: {MinSize: 1, MaxSize: 6}
  Two:  # not applicable: another node group
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [!Ref A]
      ScalingConfig: {MinSize: 1, MaxSize: 6}
```

```yaml
Resources:
  A:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0123456789abcdef0, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}
  Cluster:
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/cluster
      ResourcesVpcConfig: {SubnetIds: [!Ref A]}
      ComputeConfig: {Enabled: true}
  Nodes:  # not applicable: EKS Auto Mode adds nodes in other zones
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: !Ref Cluster
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [!Ref A]
      ScalingConfig: {MinSize: 1, MaxSize: 6}
```

```yaml
Resources:
  A:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0123456789abcdef0, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}
  Nodes:  # not applicable: one node only
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [!Ref A]
      ScalingConfig: {MinSize: 1, MaxSize: 1}
```

## Undecided

The result is undecided if the subnets are not known before deployment.

```yaml
Parameters:
  Subnets:
    Type: List<AWS::EC2::Subnet::Id>
Resources:
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: !Ref Subnets  # undecided: parameter "Subnets" has no default
      ScalingConfig: {MinSize: 2, MaxSize: 6}
```

```hcl
variable "subnets" {
  type = list(string)
}

resource "aws_eks_node_group" "nodes" {
  cluster_name    = "orders"
  node_group_name = "nodes"
  node_role_arn   = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids      = var.subnets # undecided: var.subnets has no default

  scaling_config {
    min_size     = 2
    max_size     = 6
    desired_size = 2
  }
}
```

## Sources

- [Simplify node lifecycle with managed node groups - Amazon EKS](https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.eks import NodeGroup
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown, holds
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, accept, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.pillars.judgements.node_groups import deleted_first
from wa_iac.pillars.judgements.workshops import where_needed


def _clusters(group: NodeGroup) -> list[object]:
    """The cluster of a node group, by address or by name."""
    return [
        *(each.address for each in group.cluster),
        *(each.value for each in group.cluster.external if isinstance(each.value, str)),
    ]


_TEMPLATES: Final = frozenset(and_awscc("AWS::EC2::LaunchTemplate", "aws_launch_template"))
_SPREAD: Final = Remedy(
    cfn="Subnets:\n  - <a subnet>\n  - <a subnet in another zone>",
    tf="subnet_ids = [<a subnet>.id, <a subnet in another zone>.id]",
    replaces=True,
    decision="Keep the subnets, and add one in another Availability Zone. The node group is replaced: its pods move to new nodes, and volumes of "
    "EBS stay in their zone.",
)


_ALSO_NAMED: Final = (
    "{} names the present subnet too, for example for more network interfaces: let it take one in the zone of the node, since an interface of another zone "
    "cannot be attached."
)


def _replaced(group: NodeGroup, graph: Graph) -> Remedy:
    """The remedy for one group: what its launch template does with the subnet, and the order in which the group is replaced."""
    subnets = [each for place in group.places for each in place.subnet]
    template = next(
        (each for each in group.template if any(each.declared in graph.referring(subnet, _TEMPLATES) for subnet in subnets)),
        None,
    )
    named = _ALSO_NAMED.format(template.address) if template is not None else ""
    return replace(_SPREAD, decision=" ".join(filter(None, (_SPREAD.decision, named, deleted_first(group)))))


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.HIGH,
    remedy=replace(_SPREAD, given=_replaced),
)
def check(group: NodeGroup, graph: Graph) -> Flags:
    yield from where_needed(group, _judge(group, graph), group.tags)


def _judge(group: NodeGroup, graph: Graph) -> Flags:
    zones = group.zones()
    if isinstance(zones, Absent):
        return
    accept(holds(zones, lambda count: count > 1))
    auto = group.is_of_auto_mode()
    exempt(auto, "EKS Auto Mode adds nodes in other zones")
    groups = graph.index(NodeGroup, _clusters)
    exempt(any(len(groups.get(each, ())) > 1 for each in _clusters(group)), "the cluster has another node group")
    exempt(isinstance(group.maximum, Known) and group.maximum.value <= 1, "it has one node only")
    settled(zones)
    all_known(auto, group.maximum, graph.once(_unknown_cluster))
    nodes = (each.value for each in (group.desired, group.minimum) if isinstance(each, Known))
    several = max(nodes, default=0) > 1
    yield flag(
        group.subnets,
        "All nodes of this group, which is the only one of its cluster here, are in one Availability Zone: when it fails, the pods on them are down "
        "until there are nodes elsewhere.",
        severity=None if several else Severity.MEDIUM,
        confidence=None if several else Confidence.LOW,
    )


def _unknown_cluster(graph: Graph) -> Unknown | None:
    """Why it is not known which cluster a node group is of, if there are several groups."""
    groups = graph.of(NodeGroup)
    return first_unknown(*(each.cluster.unknown for each in groups)) if len(groups) > 1 else None
