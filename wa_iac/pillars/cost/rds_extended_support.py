"""# RDS database runs a version in Extended Support

## Why

When the standard support of a major version ends, RDS moves databases that still run it into Extended Support. You then pay for each vCPU
and each hour in addition, and the price doubles in the third year. For a small instance, this is more than the instance itself. After
three years, RDS upgrades the database by itself, at a time that you have not chosen.

## What it checks

The rule looks at the engine version of instances and clusters of MySQL and PostgreSQL, and of Aurora. It compares the major version with
AWS's calendar, on the day of the check.

## What is left out

A database that names no version gets a supported one. One that has opted out of Extended Support (`open-source-rds-extended-support-
disabled`) is upgraded when standard support ends. Members of a cluster have its version. MariaDB and commercial engines have no Extended
Support.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      EngineVersion: "5.7.44"  # finding: 2024-02-29
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  engine_version    = "12.19" # finding: 2025-02-28
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      EngineVersion: "8.4.5"
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  engine_version    = "17.4"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}
```

## Not applicable

```yaml
Resources:
  Ledger:  # not applicable: has no Extended Support
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mariadb
      EngineVersion: "10.5.20"
      DBInstanceClass: db.m5.large
      AllocatedStorage: "100"
  Old:  # not applicable: opted out
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      EngineVersion: "5.7.44"
      EngineLifecycleSupport: open-source-rds-extended-support-disabled
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
  Member:  # not applicable: has the version of its cluster
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-mysql
      EngineVersion: 5.7.mysql_aurora.2.11.5
      DBClusterIdentifier: orders
      DBInstanceClass: db.r5.large
```

## Undecided

The result is undecided if the version is not known before deployment.

```yaml
Parameters:
  Version:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      EngineVersion: !Ref Version  # undecided: parameter "Version" has no default
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
```

```hcl
variable "engine_version" {
  type = string
}

resource "aws_db_instance" "orders" {
  engine            = "postgres"
  engine_version    = var.engine_version # undecided: var.engine_version has no default
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}
```

So it is if Terraform ignores changes of the version: something else may have upgraded the database.

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  engine_version    = "12.19" # undecided: Terraform ignores changes
  instance_class    = "db.m7g.large"
  allocated_storage = 100

  lifecycle {
    ignore_changes = [engine_version]
  }
}
```

## Sources

- [Viewing support dates for engine versions in Amazon RDS Extended Support](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support-viewing-support-dates.html), read on 2026-11-29
"""

from datetime import date
from typing import Final

from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.reasons import Said
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, exempt, flag, not_applicable, rule, settled, undecided, written
from wa_iac.core.value import Absent, Unknown
from wa_iac.knowledge.dated import facts
from wa_iac.knowledge.lambda_runtimes import today
from wa_iac.knowledge.node_sizes import numbers

_OUT: Final = "open-source-rds-extended-support-disabled"
_TWO_PARTS: Final = ("mysql", "aurora-mysql")
"""Engines whose major version has two parts: 8.0."""


def _upgrade(database: Instance | Cluster, graph: Graph) -> Remedy | None:
    """What to do, with the argument that allows it in the dialect."""
    del graph
    # CloudFormation allows it to a cluster by itself.
    allowed = (
        "allow_major_version_upgrade = true"
        if database.dialect == "terraform" and not database.as_cloudformation
        else "AllowMajorVersionUpgrade: true"
        if isinstance(database, Instance)
        else ""
    )
    switch = f", with {allowed}," if allowed else ","
    return Remedy(
        decision=f"Upgrade to a version in standard support{switch} after a test on a copy: a blue/green deployment keeps the "
        "interruption short. Parameter groups and option groups are for one version: write new ones, and change names such as default.postgres13."
    )


@rule(
    practices=["PERF05-BP06", "SUS06-BP03"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        decision="Upgrade to a version in standard support, after a test on a copy: a blue/green deployment keeps the interruption short. "
        "Parameter groups and option groups are for one version: write new ones, and change names such as default.postgres13.",
        given=_upgrade,
    ),
)
def check(database: Instance | Cluster) -> Flags:
    version = written(database.engine_version)
    if database.ignores("engine_version"):
        why = "Terraform ignores changes of `engine_version`, so the database may have another version by now"
        yield undecided(Unknown(Said(why, "look at the version that it runs"), ("ignored", database.address), version.origin))
        return
    if isinstance(database, Instance):
        exempt(database.is_member(), "a member has the version of its cluster")
    engine = settled(database.engine)
    if isinstance(engine, Absent):
        return
    name = engine.value.lower()
    calendar: dict[str, str] | None = facts("rds_versions").get(name)
    if calendar is None:
        yield not_applicable(f"{engine.value} has no Extended Support")
        return
    exempt(holds(database.support, lambda chosen: chosen == _OUT), "it has opted out of Extended Support")
    major = ".".join(map(str, numbers(version.value)[: 2 if name in _TWO_PARTS else 1]))
    ended = calendar.get(major)
    if ended is None or date.fromisoformat(ended) >= today():
        return
    yield flag(
        version,
        f"Standard support of {engine.value} {major} ended on {ended}: this database costs an additional fee for its capacity and each hour, "
        "until it is upgraded.",
    )
