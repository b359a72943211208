"""# Performance Insights is off

When the database is slow, nothing tells which statement or which wait makes it so: CloudWatch's metrics end at CPU and disk.
Performance Insights, which Database Insights builds upon, records the load by statement, wait, user and host. Seven days of
it cost nothing.

Small burstable classes do not support it and are not judged, nor are engines that have none.

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

```hcl
resource "aws_db_instance" "small" {
  engine            = "mysql"
  instance_class    = "db.t4g.micro"
  allocated_storage = 20
}
```
"""

import re
from collections.abc import Iterator

from wa_iac.aws.rds import ClusterInstance, Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown, Value

SUPPORTED = re.compile(r"^(aurora-(mysql|postgresql)|mysql|mariadb|postgres|oracle-|sqlserver-)")
SMALL = re.compile(r"^db\.t\d\w*\.(micro|small)$|^db\.[mt]1\.")
BURSTABLE = re.compile(r"^db\.t\d")


@rule(
    practices=["PERF03-BP03", "PERF05-BP02", "OPS04-BP02"],
    severity=Severity.LOW,
    remedy=Remedy(cfn="EnablePerformanceInsights: true", tf="performance_insights_enabled = true"),
    equivalents={"checkov": ["CKV_AWS_353"], "trivy": ["AVD-AWS-0133"]},
    fix=Recipe(
        cfn={"EnablePerformanceInsights": True},
        tf={"performance_insights_enabled": True},
    ),
)
def check(instance: Instance | ClusterInstance) -> Iterator[Flag]:
    match instance.performance_insights:
        case Known(True):
            return
        case Unknown() as value:
            yield undecided(value)
        case Known() | Absent() as value:
            yield from _off(instance, value)


def _off(instance: Instance | ClusterInstance, value: Known[bool] | Absent) -> Iterator[Flag]:
    match instance.engine:
        case Unknown() as why:
            yield undecided(why)
            return
        case Known(engine) if not SUPPORTED.match(engine.lower()):
            yield not_applicable(f"there is no Performance Insights for {engine}")
            return
        case Known() | Absent():
            pass
    match instance.instance_class:
        case Unknown() as why:
            yield undecided(why)
            return
        case Known(size) if SMALL.match(size) or (_is(instance.engine, "aurora-mysql") and BURSTABLE.match(size)):
            yield not_applicable(f"{size} does not support it")
            return
        case Known() | Absent():
            pass
    if instance.cluster.elsewhere:
        yield undecided(
            Unknown(
                Said("the cluster may turn it on for its members"),
                ("cluster of", instance.address),
                instance.cluster.value.origin,
            )
        )
        return
    for cluster in instance.cluster:
        match cluster.performance_insights:
            case Known(True):
                return
            case Unknown() as why:
                yield undecided(why)
                return
            case Known() | Absent():
                pass
    yield flag(value, "When this database is slow, nothing records which statements and waits make it so.")


def _is(engine: Value[str], name: str) -> bool:
    """Whether it is an engine, which RDS takes in any case."""
    return isinstance(engine, Known) and engine.value.lower() == name
