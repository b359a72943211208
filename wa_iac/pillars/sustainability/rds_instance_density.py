"""# Several small databases of one engine

## Why

Each database instance keeps memory and processors busy for its engine alone, mostly idle ones. One larger instance can hold the databases
of several applications, and needs less hardware and less money than many small ones.

## What it checks

The rule counts the small instances of each engine in a unit: those of burstable classes up to `medium`. It reports three or more, once,
at the first.

## What is left out

Members of clusters, replicas, and RDS Custom. Separate databases may be right, to keep teams or tenants apart: the finding is advice.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.t4g.small
      AllocatedStorage: "20"
  Invoices:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.t4g.small
      AllocatedStorage: "20"
  Reports:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.t4g.small
      AllocatedStorage: "20"
```

```hcl
resource "aws_db_instance" "orders" { # finding
  engine            = "postgres"
  instance_class    = "db.t4g.small"
  allocated_storage = 20
}

resource "aws_db_instance" "invoices" {
  engine            = "postgres"
  instance_class    = "db.t4g.small"
  allocated_storage = 20
}

resource "aws_db_instance" "reports" {
  engine            = "postgres"
  instance_class    = "db.t4g.small"
  allocated_storage = 20
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.t4g.small
      AllocatedStorage: "20"
  Reports:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}
```

## Sources

- [Amazon RDS DB instances](https://docs.amazonaws.cn/en_us/AmazonRDS/latest/UserGuide/Overview.DBInstance.md), read on 2026-11-29
"""

from collections.abc import Iterable
from typing import Final

from wa_iac.aws.rds import Instance
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule
from wa_iac.core.value import Known

_SMALL: Final = late(r"db\.t\d\w*\.(?:micro|small|medium)")
_FEWEST: Final = 3


@rule(
    practices=["SUS05-BP01", "COST06-BP04"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(
        decision="Move the databases of one engine to one instance, with a user of its own for each application, where teams and tenants need "
        "not be kept apart."
    ),
)
def check(graph: Graph) -> Flags:
    for engine, instances in graph.index(Instance, _kinds).items():
        if len(instances) >= _FEWEST:
            yield flag(
                instances[0],
                f"There are {len(instances)} small instances of {engine} here: one larger instance can hold their databases with less hardware.",
            )


def _kinds(instance: Instance) -> Iterable[str]:
    """The engine of a small instance that stands alone."""
    engine, size = instance.engine, instance.instance_class
    if (
        isinstance(engine, Known)
        and isinstance(size, Known)
        and _SMALL.fullmatch(size.value)
        and instance.depends() == Known(False)
    ):
        yield engine.value.lower()
