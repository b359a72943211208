"""# Number of Aurora readers is fixed

## Why

A fixed number of readers is too small on a busy day, when queries slow down and time out, and too large at night, when nobody needs them.
Application Auto Scaling adds and removes readers of an Aurora cluster as the load changes.

## What it checks

The rule looks at Aurora clusters with two readers or more. It reports one whose number of readers nothing changes.

## What is left out

Clusters with one reader, which is there to take over. Clusters with members of the class `db.serverless`, which grow and shrink
themselves.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
  Member0:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: db.r7g.large
  Member1:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: db.r7g.large
  Member2:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: db.r7g.large
```

```hcl
resource "aws_rds_cluster" "orders" { # finding
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "orders" {
  count              = 3
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r7g.large"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
  Member0:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: db.r7g.large
  Member1:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: db.r7g.large
  Member2:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: db.r7g.large
  Readers:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: rds
      ScalableDimension: rds:cluster:ReadReplicaCount
      ResourceId: !Sub cluster:${Orders}
      MinCapacity: 1
      MaxCapacity: 5
  Follow:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyName: follow
      PolicyType: TargetTrackingScaling
      ScalingTargetId: !Ref Readers
      TargetTrackingScalingPolicyConfiguration:
        PredefinedMetricSpecification: {PredefinedMetricType: RDSReaderAverageCPUUtilization}
        TargetValue: 60
```

```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "orders" {
  count              = 2
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r7g.large"
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: members scale themselves
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
  Member0:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: db.serverless
  Member1:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: db.serverless
  Member2:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: db.serverless
```

## Undecided

The result is undecided if the class of a member is not known before deployment.

```yaml
Parameters:
  Class:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
  Member0:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: db.r7g.large
  Member1:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: db.r7g.large
  Reports:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: !Ref Class  # undecided: parameter "Class" has no default
```

```hcl
variable "class" {
  type = string
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "orders" {
  count              = 3
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-postgresql"
  instance_class     = var.class # undecided: var.class has no default
}
```

## Sources

- [Amazon Aurora Auto Scaling with Aurora Replicas - Amazon Aurora](https://docs.aws.amazon.com/en_us/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.applicationautoscaling import targets_of
from wa_iac.aws.rds import Cluster
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds, negate
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule
from wa_iac.core.value import Known
from wa_iac.pillars.judgements.held_targets import freed

_FEWEST: Final = 3
"""Members: the writer and two readers. One reader is there to take over."""


def _beside_a_target(cluster: Cluster, graph: Graph) -> Remedy | None:
    """The remedy for a cluster with a target whose policy is held."""
    targets = (each for each in targets_of(cluster, graph) if each.adjusts(cluster, graph) == Known(True))
    return next(filter(None, map(freed, targets)), None)


@rule(
    practices=["REL07-BP01", "PERF02-BP05", "COST09-BP03", "COST06-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        decision="Register the cluster with Application Auto Scaling for `rds:cluster:ReadReplicaCount`, with a policy that follows the load of "
        "the readers, and declare only the instances that must always be there.",
        given=_beside_a_target,
    ),
)
def check(cluster: Cluster, graph: Graph) -> Flags:
    accept(negate(cluster.is_aurora()))
    if len(cluster.members) < _FEWEST or any(each.representative is not None for each in cluster.members):
        return
    exempt(
        any_of(holds(each.instance_class, lambda name: name == "db.serverless") for each in cluster.members),
        "its members scale themselves",
    )
    moves = any_of(target.moves_with(cluster, graph) for target in targets_of(cluster, graph))
    accept(moves == Known(True))
    all_known(moves, cluster.members.unknown)
    yield flag(
        cluster,
        f"This cluster has {len(cluster.members) - 1} readers, whatever the load: queries slow down when it grows, and idle readers are paid for.",
    )
