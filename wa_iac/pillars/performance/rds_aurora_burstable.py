"""# Aurora runs on a burstable instance class

## Why

A burstable class has a small share of its processors, and credits for more. When the credits are used up, queries slow down, or each vCPU
hour costs extra. AWS recommends the T classes of Aurora for development and tests only.

## What it checks

The rule reports instances of Aurora clusters with a class of the families t2, t3 and t4g.

## What is left out

Instances that are not for production, by their names, tags or directories. A quiet production database may do well on such a class, so
the confidence is low.

## Non-compliant

```yaml
Resources:
  Writer:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: orders
      DBInstanceClass: db.t4g.medium  # finding
```

```hcl
resource "aws_rds_cluster_instance" "writer" {
  engine             = "aurora-postgresql"
  cluster_identifier = "orders"
  instance_class     = "db.t3.medium" # finding
}
```

## Compliant

```yaml
Resources:
  Writer:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: orders
      DBInstanceClass: db.r7g.large
```

```hcl
resource "aws_rds_cluster_instance" "writer" {
  engine             = "aurora-postgresql"
  cluster_identifier = "orders"
  instance_class     = "db.serverless"
}
```

## Not applicable

```yaml
Resources:
  Writer:  # not applicable: not for production
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: orders
      DBInstanceClass: db.t4g.medium
      Tags: [{Key: Environment, Value: dev}]
```

## Undecided

The result is undecided if the class is not known before deployment.

```yaml
Parameters:
  Class:
    Type: String
Resources:
  Writer:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: orders
      DBInstanceClass: !Ref Class  # undecided: parameter "Class" has no default
```

```hcl
variable "class" {
  type = string
}

resource "aws_rds_cluster_instance" "writer" {
  engine             = "aurora-postgresql"
  cluster_identifier = "orders"
  instance_class     = var.class # undecided: var.class has no default
}
```

## Sources

- [Managing performance and scaling for Amazon Aurora MySQL](https://docs.aws.amazon.com/us_en/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.rds import ClusterInstance, Instance
from wa_iac.core.late_pattern import late
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, exempt, flag, rule, written
from wa_iac.knowledge.purposes import not_production

_BURSTABLE: Final = late("db[.]t[0-9]+[a-z]*[.][a-z0-9]+")


@rule(
    practices=["PERF03-BP01", "PERF02-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(
        cfn={"DBInstanceClass": "db.r7g.large"},
        tf={"instance_class": "db.r7g.large"},
        decision="Choose a class by the memory that the database needs. The change restarts the instance:",
    ),
)
def check(instance: Instance | ClusterInstance) -> Flags:
    size = written(instance.instance_class)
    if not _BURSTABLE.fullmatch(size.value):
        return
    if not written(instance.engine).value.startswith("aurora"):
        return
    exempt(bool(not_production(instance, instance.tags)), "it is not for production")
    yield flag(
        size, f"{size.value} has credits for its processors: when they are used up, the queries of this database slow down."
    )
