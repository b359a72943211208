"""# EKS node group has a fixed number of nodes

## Why

When pods need more room than the nodes have, they wait, whatever the cluster's autoscaler wants: it may not go beyond the maximum of the
group. In quiet hours, nodes that nobody needs are paid for.

## What it checks

The rule looks at the limits of each managed node group, and reports a group whose minimum is its maximum.

## What is left out

Clusters with EKS Auto Mode, and groups for what has to be there first, by their name or their taints: system, core, critical, Karpenter,
which then adds the other nodes. Groups that are switched off (a maximum of 0).

## Non-compliant

```yaml
Resources:
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      ScalingConfig: {MinSize: 3, MaxSize: 3}  # finding
```

```hcl
resource "aws_eks_node_group" "nodes" {
  cluster_name    = "orders"
  node_group_name = "nodes"
  node_role_arn   = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids      = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

  scaling_config {
    min_size     = 3
    max_size     = 3 # finding
    desired_size = 3
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

## Not applicable

```yaml
Resources:
  Nodes:  # not applicable: what has to be there first
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      NodegroupName: system
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      ScalingConfig: {MinSize: 2, MaxSize: 2}
```

```yaml
Resources:
  Cluster:
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/cluster
      ResourcesVpcConfig: {SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]}
      ComputeConfig: {Enabled: true}
  Nodes:  # not applicable: EKS Auto Mode adds the other nodes
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: !Ref Cluster
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      ScalingConfig: {MinSize: 2, MaxSize: 2}
```

## Undecided

The result is undecided if the limits are not known before deployment.

```yaml
Parameters:
  Most:
    Type: String
Resources:
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      ScalingConfig: {MinSize: 3, MaxSize: !Ref Most}  # undecided: parameter "Most" has no default
```

```hcl
variable "most" {
  type = number
}

resource "aws_eks_node_group" "nodes" {
  cluster_name    = "orders"
  node_group_name = "nodes"
  node_role_arn   = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids      = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

  scaling_config {
    min_size     = 3
    max_size     = var.most # undecided: var.most has no default
    desired_size = 3
  }
}
```

## Sources

- [Simplify node lifecycle with managed node groups - Amazon EKS](https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.eks import NodeGroup
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.presence import given
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, all_known, exempt, flag, rule, written
from wa_iac.core.value import Known

_FIRST: Final = late(r"(?i)system|core|critical|karpenter|bootstrap|infra|platform|default|initial")


def _doubled(group: NodeGroup, graph: Graph) -> Remedy | None:
    """Twice the number of today as the maximum."""
    del graph
    if not isinstance(group.maximum, Known) or not isinstance(group.maximum.value, int):
        return None
    most = 2 * group.maximum.value
    return Remedy(cfn={"ScalingConfig": {"MaxSize": most}}, tf={"scaling_config": {"max_size": most}}, decision=_AUTOSCALER)


_AUTOSCALER: Final = "The cluster also needs what changes the number: Karpenter, the Cluster Autoscaler, or EKS Auto Mode."


@rule(
    practices=["REL07-BP01", "PERF02-BP05", "COST09-BP03"],
    severity=Severity.LOW,
    profile="all",
    remedy=Remedy(
        cfn={"ScalingConfig": {"MaxSize": 6}}, tf={"scaling_config": {"max_size": 6}}, decision=_AUTOSCALER, given=_doubled
    ),
)
def check(group: NodeGroup, graph: Graph) -> Flags:
    del graph
    most, least = written(group.maximum), written(group.minimum)
    if most.value != least.value or most.value == 0:
        return
    names = [group.declared.name, *([group.name.value] if isinstance(group.name, Known) else [])]
    tainted, auto = given(group.taints), group.is_of_auto_mode()
    exempt(
        any(_FIRST.search(each) for each in names) or tainted, "it is for what has to be there first, by its name or its taints"
    )
    exempt(auto, "EKS Auto Mode adds the other nodes")
    all_known(tainted, auto)
    number = "one node" if most.value == 1 else f"{most.value} nodes"
    yield flag(
        most,
        f"This group always has {number}: pods that need more room wait, and in quiet hours nobody needs the nodes that are paid for.",
    )
