"""# RDS database has no Performance Insights

When the database is slow, nothing shows which statement or which wait causes it: CloudWatch metrics cover only CPU and disk.
Performance Insights, on which Database Insights builds, records the load by statement, wait, user and host. Seven days of
history are free.

The rule does not check small burstable classes and engines that do not support it.

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

from wa_iac.aws.rds import ClusterInstance, Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.reasons import Follows, Said
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Unknown

SUPPORTED = re.compile(r"^(aurora-(mysql|postgresql)|mysql|mariadb|postgres|oracle-|sqlserver-)")
SMALL = re.compile(r"^db\.t\d\w*\.(micro|small)$|^db\.[mt]1\.")
BURSTABLE = re.compile(r"^db\.t\d")


@rule(
    practices=["PERF03-BP03", "PERF05-BP02", "OPS04-BP02"],
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
            exempt(not SUPPORTED.match(engine.lower()), f"{engine} does not support Performance Insights")
        case Absent():
            engine = ""
    match settled(instance.instance_class):
        case Known(size):
            is_small = SMALL.match(size) or (engine.lower() == "aurora-mysql" and BURSTABLE.match(size))
            exempt(bool(is_small), f"{size} does not support Performance Insights")
        case Absent():
            pass
    if instance.cluster.elsewhere:
        why = "the cluster may turn it on for its members"
        other = instance.cluster.unknown
        reason = Said(why, "check it together with its cluster") if other is None else Follows(why, other.reason)
        all_known(Unknown(reason, ("cluster of", instance.address), instance.cluster.value.origin))
    for cluster in instance.cluster:
        accept(cluster.performance_insights)
    yield flag(
        instance.performance_insights,
        "Performance Insights is off: when this database is slow, nothing records which statements and waits are the cause.",
    )
