"""# Aurora cluster has no instance in a second Availability Zone

## Why

Aurora keeps its data in three Availability Zones, but clients need an instance to reach it. With a single instance, or with all instances
in one zone, a failure means minutes of downtime while Aurora creates a new one. A second instance in another zone takes over in seconds.

## What it checks

The rule counts the instances of each Aurora cluster and the zones that they name. It reports a cluster with a single instance, or with
all instances in one zone. An instance that names no zone counts as one in another zone, because Aurora spreads them. Instances that
Application Auto Scaling adds also count. A cluster in a file of a workshop, a demonstration, or an environment for development or tests, by
its path, or that is not for production by its names or its tags, is reported as advice. So is one whose module makes a number of instances, if an example calls it, by the path of its file.

## What is left out

The rule does not check clusters whose instances are declared elsewhere, or Aurora Serverless v1 and Multi-AZ DB clusters of MySQL and
PostgreSQL, which fail over by themselves.

## Non-compliant

```yaml
Resources:
  Orders:  # finding: has a single instance
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
  First:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBInstanceClass: db.r7g.large
      DBClusterIdentifier: !Ref Orders
```

```hcl
resource "aws_rds_cluster" "orders" { # finding: has a single instance
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "this" {
  count              = 1
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = aws_rds_cluster.orders.engine
  instance_class     = "db.r7g.large"
}
```

```hcl
resource "aws_rds_cluster" "orders" { # finding: in one Availability Zone
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "this" {
  count              = 2
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r7g.large"
  availability_zone  = "eu-west-1a"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
  First:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBInstanceClass: db.r7g.large
      DBClusterIdentifier: !Ref Orders
  Second:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBInstanceClass: db.r7g.large
      DBClusterIdentifier: !Ref Orders
```

```hcl
resource "aws_rds_cluster" "orders" {
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "this" {
  for_each           = toset(["first", "second"])
  identifier         = each.key
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r7g.large"
}
```

## Not applicable

```yaml
Resources:
  Ledger:  # not applicable: always has three instances
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: postgres
      DBClusterInstanceClass: db.m6gd.large
  Serverless:  # not applicable: no instances of its own
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-mysql
      EngineMode: serverless
  Elsewhere:  # not applicable: declared elsewhere
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-mysql
  Scaled:  # not applicable: Application Auto Scaling adds instances
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
  Replicas:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: rds
      ScalableDimension: rds:cluster:ReadReplicaCount
      ResourceId: !Sub cluster:${Scaled}
      MinCapacity: 1
      MaxCapacity: 4
  Load:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyName: load
      PolicyType: TargetTrackingScaling
      ScalingTargetId: !Ref Replicas
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 60
        PredefinedMetricSpecification:
          PredefinedMetricType: RDSReaderAverageCPUUtilization
```

```hcl
resource "aws_rds_cluster" "ledger" { # not applicable: always has three instances
  engine                    = "postgres"
  db_cluster_instance_class = "db.m6gd.large"
}

resource "aws_rds_cluster" "serverless" { # not applicable: no instances of its own
  engine      = "aurora-mysql"
  engine_mode = "serverless"
}

resource "aws_rds_cluster" "elsewhere" { # not applicable: declared elsewhere
  engine = "aurora-mysql"
}
```

## Undecided

The result is undecided if `DBClusterIdentifier` or `cluster_identifier` is not known before deployment.

```yaml
Parameters:
  DBClusterIdentifier:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
  First:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBInstanceClass: db.r7g.large
      DBClusterIdentifier: !Ref DBClusterIdentifier  # undecided: parameter "DBClusterIdentifier" has no default
```

```hcl
variable "cluster_identifier" {
  type = string
}

resource "aws_rds_cluster" "orders" {
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "this" {
  for_each           = toset(["first", "second"])
  identifier         = each.key
  cluster_identifier = var.cluster_identifier # undecided: var.cluster_identifier has no default
  engine             = "aurora-postgresql"
  instance_class     = "db.r7g.large"
}
```

## Sources

- [Failing over an Amazon Aurora DB cluster - Amazon Aurora](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-failover.html), read on 2026-11-29
- [High availability for Amazon Aurora (Japanese edition)](https://docs.aws.amazon.com/ja_jp/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.applicationautoscaling import ScalableTarget, targets_of
from wa_iac.aws.rds import Cluster
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, negate
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, milder, rule
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.workshops import is_called_by_an_example
from wa_iac.pillars.judgements.cluster_databases import by_its_endpoint, moved, spread, with_another
from wa_iac.pillars.judgements.wording import all_of
from wa_iac.pillars.judgements.workshops import where_needed

_ANOTHER: Final = Remedy(
    cfn="AnotherInstance:\n  Type: AWS::RDS::DBInstance\n  Properties:\n    DBClusterIdentifier: !Ref <this cluster>\n"
    "    Engine: <the engine of the cluster>\n    DBInstanceClass: <the class of the first instance>",
    tf='resource "aws_rds_cluster_instance" "another" {\n  cluster_identifier = <this cluster>.id\n'
    "  engine             = <this cluster>.engine\n  instance_class     = <the class of the first instance>\n}",
    decision="Add an instance. Aurora puts it into another Availability Zone, unless one is set. Give it the other settings of the first one too; it "
    "costs as much.",
)

_OF_EXAMPLE: Final = "An example calls its module, by the path of the file, and other callers may pass another number."


def _of_repeated(cluster: Cluster, graph: Graph) -> Remedy | None:
    """For a single instance: where another module makes it, and else the same as for other clusters."""
    [member, *others] = cluster.members.targets or [None]
    if member is None or others:
        return None
    if member.declared.calls != cluster.declared.calls:
        return Remedy(
            decision=f"Another module makes the first instance ({member.address}): make a second one there, or by another call of it, unless the code "
            f"has a number of instances or of readers to raise. The second one costs as much as the first. {by_its_endpoint(member, graph)}".rstrip()
        )
    return with_another(cluster, cluster.members.targets, graph, _ANOTHER)


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.HIGH,
    remedy=replace(_ANOTHER, given=_of_repeated),
    equivalents={
        "config": ["RDS_CLUSTER_MULTI_AZ_ENABLED"],
        "security_hub": ["RDS.15"],
    },
)
def check(cluster: Cluster, graph: Graph) -> Flags:
    exempt(negate(cluster.is_aurora()), "a Multi-AZ cluster always has three instances")
    exempt(cluster.is_serverless_v1() or cluster.scalability != Known("standard"), "it has no instances of its own")
    adds = any_of(_adds(target, cluster, graph) for target in targets_of(cluster, graph))
    exempt(adds, "Application Auto Scaling adds instances")
    members = cluster.members
    # Whatever else may belong to it, there is somewhere to fail over to.
    accept(spread([member.zone for member in members if members.surely(member)]) == Known(True))
    all_known(members.unknown)
    exempt(not members.targets, "its instances are declared elsewhere")
    accept(spread([member.zone for member in members]))
    found = flag(
        cluster,
        "This cluster has a single instance: when it fails, the database is down until Aurora has created a new one."
        if len(members) == 1
        else f"{all_of(len(members))} instances of this cluster are in one Availability Zone: when it fails, so does the database.",
        instead="" if len(members) == 1 else moved(members.targets),
    )
    if len(members) == 1 and members.targets[0].declared.keys and is_called_by_an_example(cluster):
        yield from milder([found], severity=Severity.MEDIUM, confidence=Confidence.LOW, more=_OF_EXAMPLE)
    else:
        yield from where_needed(cluster, [found], cluster.tags, graph)


def _adds(target: ScalableTarget, cluster: Cluster, graph: Graph) -> Value[bool]:
    """Whether a target adds members to this cluster."""
    if target.dimension in (Known("rds:cluster:ReadReplicaCount"), Absent()) or isinstance(target.dimension, Unknown):
        return target.adjusts(cluster, graph)
    return Known(False)
