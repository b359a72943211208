"""# RDS database has no Performance Insights

## Why

When the database is slow, nothing shows which statement or which wait causes it: CloudWatch metrics cover only CPU and disk.
CloudWatch Database Insights shows the load by statement, wait, user and host, from the data that Performance Insights collects. Its
console has replaced that of Performance Insights, which ended in July 2026; the setting has kept its name. Seven days of history are
free.

## What it checks

The rule reads whether Performance Insights is turned on for each database instance or for its cluster. It reports an instance for which
it is off, as it is by default. If the cluster is declared elsewhere, the result is undecided.

## What is left out

The rule does not check engines without Database Insights (Db2), and the classes that do not support it: for MySQL and MariaDB the micro
and small burstable ones, for Aurora MySQL also all of `db.t2` and `db.t3` ([supported
classes](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.Engines.html)). It does not
check Aurora Serverless v2 instances with a minimum capacity below 2 ACU, for which AWS does not recommend it.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
```

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      EnablePerformanceInsights: false  # finding
```

```hcl
resource "aws_db_instance" "orders" { # finding
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}
```

```hcl
resource "aws_rds_cluster" "orders" {
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "this" { # finding
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r7g.large"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      EnablePerformanceInsights: true
```

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
      PerformanceInsightsEnabled: true
  First:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBInstanceClass: db.r7g.large
      DBClusterIdentifier: !Ref Orders
```

```hcl
resource "aws_db_instance" "orders" {
  engine                       = "postgres"
  instance_class               = "db.m7g.large"
  allocated_storage            = 100
  performance_insights_enabled = true
}
```

## Not applicable

```yaml
Resources:
  Db2:  # not applicable: does not support Database Insights
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: db2-se
      DBInstanceClass: db.m7i.large
      AllocatedStorage: "100"
  Small:  # not applicable: does not support Database Insights for mysql
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      DBInstanceClass: db.t4g.micro
      AllocatedStorage: "20"
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-mysql
      ServerlessV2ScalingConfiguration:
        MinCapacity: 0.5
        MaxCapacity: 8
  First:  # not applicable: its minimum capacity is too small
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-mysql
      DBInstanceClass: db.serverless
      DBClusterIdentifier: !Ref Orders
```

```hcl
resource "aws_db_instance" "small" { # not applicable: does not support Database Insights for mysql
  engine            = "mysql"
  instance_class    = "db.t4g.micro"
  allocated_storage = 20
}

resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"

  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 8
  }
}

resource "aws_rds_cluster_instance" "first" { # not applicable: its minimum capacity is too small
  engine             = "aurora-mysql"
  instance_class     = "db.serverless"
  cluster_identifier = aws_rds_cluster.orders.id
}
```

## Undecided

The result is undecided if `EnablePerformanceInsights` or `performance_insights_enabled` is not known before deployment.

```yaml
Parameters:
  EnablePerformanceInsights:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      EnablePerformanceInsights: !Ref EnablePerformanceInsights  # undecided: parameter "EnablePerformanceInsights"
```

```hcl
variable "performance_insights_enabled" { # undecided: Fails when var.performance_insights_enabled is false
  type = bool
}

resource "aws_db_instance" "orders" {
  engine                       = "postgres"
  instance_class               = "db.m7g.large"
  allocated_storage            = 100
  performance_insights_enabled = var.performance_insights_enabled
}
```

## Sources

- [Supported Regions and DB engines for Database Insights in Amazon RDS](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RDS_Fea_Regions_DB-eng.Feature.PerformanceInsights.md), read on 2026-11-29
- [Amazon Aurora DB engine, Region, and instance class support for Performance Insights](https://docs.aws.amazon.com/ru_ru/AmazonRDS/latest/AuroraUserGuide/USER_PerfInsights.Overview.Engines.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.rds import ClusterInstance, Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.logic import any_of, holds
from wa_iac.core.reasons import Follows, Said
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.knowledge.dated import facts

_FACTS: Final = facts("database_insights")
_SERVERLESS: Final = "db.serverless"


@rule(
    practices=["PERF03-BP03", "PERF05-BP02", "OPS04-BP02", "SUS03-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    remedy=Remedy(cfn="EnablePerformanceInsights: true", tf="performance_insights_enabled = true"),
    equivalents={"checkov": ["CKV_AWS_353"], "trivy": ["AVD-AWS-0133"]},
    fix=Recipe(cfn={"EnablePerformanceInsights": True}, tf={"performance_insights_enabled": True}),
)
def check(instance: Instance | ClusterInstance) -> Flags:
    accept(instance.performance_insights)
    match settled(instance.engine):
        case Known(engine):
            exempt(not engine.lower().startswith(tuple(_FACTS["engines"])), f"{engine} does not support Database Insights")
        case Absent():
            engine = ""
    match settled(instance.instance_class):
        case Known(size):
            exempt(_lacks_it(engine.lower(), size), f"{size} does not support Database Insights for {engine or 'its engine'}")
        case Absent():
            pass
    if instance.cluster.elsewhere:
        why = "the cluster may turn it on for its members"
        other = instance.cluster.unknown
        reason = Said(why, "check it together with its cluster") if other is None else Follows(why, other.reason)
        all_known(Unknown(reason, ("cluster of", instance.address), instance.cluster.value.origin))
    for cluster in instance.cluster:
        accept(cluster.performance_insights)
    if instance.instance_class == Known(_SERVERLESS):
        small = (holds(each.minimum, _is_little) for cluster in instance.cluster for each in cluster.serverless_v2)
        exempt(any_of(small), "its minimum capacity is too small for Database Insights")
    yield flag(
        instance.performance_insights,
        "Database Insights has no data of this database, since Performance Insights is off: it does not show which statements "
        "and waits make it slow.",
    )


def _is_little(capacity: float) -> bool:
    return capacity < float(_FACTS["serverless_minimum_capacity"])


def _lacks_it(engine: str, size: str) -> bool:
    """Whether an instance class does not support Database Insights for an engine, or for any if the engine is not known."""
    classes = _FACTS["unsupported_classes"]
    lists = [classes.get(engine, [])] if engine else list(classes.values())
    return any(size == each or size.startswith(f"{each}.") for found in lists for each in found)
