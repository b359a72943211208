"""# RDS database runs a version in Extended Support

## Why

When the standard support of a major version ends, RDS moves databases that still run it into Extended Support. You then pay for each vCPU
and each hour in addition, and the price doubles in the third year. For a small instance, this is more than the instance itself. After
three years, RDS upgrades the database by itself, at a time that you have not chosen.

## What it checks

The rule looks at the engine version of instances and clusters of MySQL and PostgreSQL, and of Aurora. It compares the major version with
AWS's calendar, on the day of the check.

It also reports a version before the first one of the calendar, and the engine `aurora`, which is Aurora MySQL 1 (Terraform's AWS provider takes it
before version 5 if no engine is named): AWS has ended them, makes no new databases of them, and upgrades by itself those that are left.

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

The remedy names the versions on the way, as RDS upgrades MySQL by one major version at a time, a class that newer versions do not run on, and
what a blue/green deployment needs and the code does not have: automated backups, or a parameter that turns on replication.

```hcl
resource "aws_db_instance" "orders" {
  engine            = "mysql"
  engine_version    = "5.7.44" # finding
  instance_class    = "db.t2.small"
  allocated_storage = 100
}
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  engine_version    = "12.19" # finding: 2025-02-28
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}
```

A member of a global database is upgraded together with the others. For Aurora Serverless v1, which has ended, the remedy is the way to v2.

```hcl
resource "aws_rds_global_cluster" "orders" {
  global_cluster_identifier = "orders"
}

resource "aws_rds_cluster" "orders" {
  global_cluster_identifier = aws_rds_global_cluster.orders.id
  engine                    = "aurora-mysql"
  engine_version            = "5.7.mysql_aurora.2.11.5" # finding: Standard support
}

resource "aws_rds_cluster" "reports" {
  engine         = "aurora-postgresql"
  engine_mode    = "serverless"
  engine_version = "11.13" # finding: ended Aurora Serverless v1
}
```

A version that has ended cannot be deployed any more. AWS upgrades the databases that are left, and the code has to catch up.

```yaml
Resources:
  Former:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora  # finding: Aurora MySQL 1
```

```hcl
resource "aws_rds_cluster" "unnamed" { # finding: names no engine
  cluster_identifier = "unnamed"
}

resource "aws_db_instance" "orders" {
  engine            = "postgres"
  engine_version    = "9.6.22" # finding: AWS has ended
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
- [Preparing for Amazon Aurora MySQL-Compatible Edition version 1 end of life](https://docs.amazonaws.cn/en_us/AmazonRDS/latest/AuroraUserGuide/Aurora.MySQL56.EOL.md), read on 2026-11-30
- [Upgrade Amazon Aurora MySQL-Compatible Edition version 1](https://aws.amazon.com/blogs/database/upgrade-amazon-aurora-mysql-compatible-edition-version-1-with-mysql-5-6-compatibility/), read on 2026-11-30
- [Upgrade Amazon RDS and Amazon Aurora PostgreSQL version 9.6](https://aws.amazon.com/blogs/database/upgrade-amazon-rds-and-amazon-aurora-postgresql-version-9-6/), read on 2026-11-30
- [Upgrade options for DB snapshots with unsupported engine versions for RDS for MySQL](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-upgrade-snapshot.upgrade-options.html), read on 2026-11-30
- [Modifying an Aurora Serverless v1 DB cluster](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless.modifying.html), read on 2026-11-30
- [Major version upgrades for RDS for MySQL](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.MySQL.Major.html), read on 2026-11-29
- [Creating a blue/green deployment in Amazon RDS](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments-creating.html), read on 2026-11-30
- [AWS::RDS::Deployment](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-deployment.html), read on 2026-12-01
- [Limitations and considerations for Amazon RDS blue/green deployments](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments-considerations.html), read on 2026-11-30
- [Supported DB engines for DB instance classes](https://docs.amazonaws.cn/en_us/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.SupportAurora.md), read on 2026-11-30
- [Choosing a major version for an RDS for PostgreSQL upgrade](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.PostgreSQL.MajorVersion.html), read on 2026-11-29
"""

from datetime import date
from typing import Final

from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.presence import given
from wa_iac.core.reasons import Said
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, exempt, flag, not_applicable, rule, settled, undecided, written
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.knowledge.dated import facts
from wa_iac.knowledge.ended_engines import FIRST_AURORA, is_ended
from wa_iac.knowledge.engine_versions import numbers
from wa_iac.knowledge.lambda_runtimes import today
from wa_iac.pillars.judgements.cluster_databases import GLOBAL
from wa_iac.pillars.judgements.engine_upgrades import catch_up, class_first, held, short_way
from wa_iac.pillars.judgements.maintenance import waits
from wa_iac.pillars.judgements.set_by_default import set_by_default
from wa_iac.pillars.judgements.wording import listed

_OUT: Final = "open-source-rds-extended-support-disabled"
_TWO_PARTS: Final = ("mysql", "aurora-mysql")
"""Engines whose major version has two parts: 8.0."""
_MYSQL: Final = ("5.7", "8.0", "8.4")
"""The major versions of MySQL in the order in which RDS upgrades them: by one at a time."""
_IN_STEPS: Final = "From an older minor version it may take two steps: describe-db-engine-versions lists its targets."
_POSTGRES: Final = f"{_IN_STEPS} Upgrade the extensions too."
_CARE: Final = "Parameter groups and option groups are for one version: write new ones, and change names such as {}."


_UNNAMED: Final = "This cluster names no engine, for which Terraform's AWS provider takes aurora before its version 5, and refuses the code from then on. That"
"""The engine became required with version 5.0.0 (hashicorp/terraform-provider-aws, pull request 31112)."""
_V1_ENDED: Final = "2025-03-31"
"""The end of life: "Using Amazon Aurora Serverless v1" (Amazon Aurora User Guide)."""
_GLOBAL: Final = "It is a member of a global database: upgrade the global cluster, and all its members follow. A member by itself cannot change its major version."
_OUT_OF_V1: Final = Remedy(
    decision="Move it to Aurora Serverless v2, after a test on a copy: upgrade it to a major version that v2 has, convert it to a provisioned cluster, and "
    "add an instance of the class db.serverless. A changed engine mode alone would replace the cluster by an empty one. Terraform needs the new mode only after "
    "the cluster itself was converted: look at the plan first. CloudFormation would replace the cluster even then: give it DeletionPolicy: Retain, take it "
    "out of the stack before, and import it with the new mode after it."
)


def _major(engine: str, version: str) -> str:
    """The major version, as the calendar has it."""
    return ".".join(map(str, numbers(version)[: 2 if engine in _TWO_PARTS else 1]))


def _way(database: Instance | Cluster) -> str:
    """A sentence on the steps of the upgrade; empty if there is nothing to say about them."""
    if not isinstance(database.engine, Known) or not isinstance(database.engine_version, Known):
        return ""
    engine = database.engine.value.lower()
    if engine.endswith(("postgres", "postgresql")):
        return _POSTGRES
    major = _major(engine, database.engine_version.value)
    if engine != "mysql" or major not in _MYSQL:
        return ""
    steps = list(_MYSQL[_MYSQL.index(major) + 1 :])
    if len(steps) < 2:
        # A version of two numbers is the latest of its branch.
        minor = _IN_STEPS if len(numbers(database.engine_version.value)) > 2 else ""
        return f"The next version is {steps[0]}. {minor}".rstrip() if steps else ""
    return f"RDS upgrades MySQL by one major version at a time: to {', and then to '.join(steps)}, each in a deployment of its own. Its read replicas go first."


def _default_group(database: Instance | Cluster) -> str:
    """The name of AWS's own parameter group that the database has, or that it would have with its engine and its version."""
    named = next((str(each.value) for each in database.parameter_group.external if str(each.value).startswith("default.")), "")
    if named or not isinstance(database.engine, Known) or not isinstance(database.engine_version, Known):
        return named or "default.postgres13"
    engine = database.engine.value.lower()
    return f"default.{engine}{_major(engine, database.engine_version.value)}"


def _members(database: Instance | Cluster) -> str:
    """A sentence on the members that write the version of their cluster a second time. CloudFormation leaves that of a member alone."""
    if not isinstance(database, Cluster) or database.as_cloudformation:
        return ""
    its = database.engine_version.origin.default_of
    again = [
        each.address
        for each in database.members
        if isinstance(version := each.engine_version, Known)
        and not version.origin.references
        and (not version.origin.chain or version.origin.default_of != its)
    ]
    return f"Change engine_version of {listed(again)} with it." if again else ""


def _upgrade(database: Instance | Cluster, graph: Graph) -> Remedy | None:
    """What to do, with the argument that allows it in the dialect."""
    if is_ended(database.engine, database.engine_version):
        return catch_up(database, graph)
    if isinstance(database, Cluster) and database.is_serverless_v1():
        return _OUT_OF_V1
    # CloudFormation allows it to a cluster by itself.
    allowed = (
        "allow_major_version_upgrade = true"
        if database.dialect == "terraform" and not database.as_cloudformation
        else "AllowMajorVersionUpgrade: true"
        if isinstance(database, Instance)
        else ""
    )
    switch = f", with {allowed}," if allowed else ","
    short = short_way(database)
    if isinstance(database, Cluster) and (
        given(database.global_cluster.value) == Known(True) or graph.referring(database, GLOBAL)
    ):
        short = _GLOBAL
    upgrade = f"Upgrade to a version in standard support{switch} after a test on a copy."
    there = set_by_default(database.engine_version, database, graph, "version")
    care = _CARE.format(_default_group(database))
    return Remedy(
        decision=" ".join(
            filter(
                None,
                (
                    upgrade,
                    there,
                    _members(database),
                    short,
                    _way(database),
                    class_first(database),
                    care,
                    held(database),
                    waits(database),
                ),
            )
        )
    )


@rule(
    practices=["PERF05-BP06", "SUS06-BP03"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        decision="Upgrade to a version in standard support, after a test on a copy: a blue/green deployment keeps the interruption short. "
        f"{_CARE.format('default.postgres13')}",
        given=_upgrade,
    ),
)
def check(database: Instance | Cluster) -> Flags:
    if isinstance(database, Instance):
        exempt(database.is_member(), "a member has the version of its cluster")
    if database.engine == Known(FIRST_AURORA):
        is_named = database.engine.origin.how != "service default"
        subject = "The engine aurora" if is_named else _UNNAMED
        yield flag(
            database.engine,
            f"{subject} is Aurora MySQL 1 (MySQL 5.6), which AWS ended on 2023-02-28: it makes no new clusters of it.",
        )
        return
    version = written(database.engine_version)
    if database.ignores("engine_version"):
        why = "Terraform ignores changes of `engine_version`, so the database may have another version by now"
        yield undecided(Unknown(Said(why, "look at the version that it runs"), ("ignored", database.address), version.origin))
        return
    engine = settled(database.engine)
    if isinstance(engine, Absent):
        return
    name = engine.value.lower()
    calendar: dict[str, str] | None = facts("rds_versions").get(name)
    if calendar is None:
        yield not_applicable(f"{engine.value} has no Extended Support")
        return
    if is_ended(engine, version):
        yield flag(
            version,
            f"AWS has ended {engine.value} {version.value}, and makes no new databases of this version.",
        )
        return
    exempt(holds(database.support, lambda chosen: chosen == _OUT), "it has opted out of Extended Support")
    major = _major(name, version.value)
    ended = calendar.get(major)
    if ended is None or date.fromisoformat(ended) >= today():
        return
    if isinstance(database, Cluster) and database.is_serverless_v1():
        yield flag(
            version,
            f"AWS ended Aurora Serverless v1 on {_V1_ENDED}, and standard support of {engine.value} {major} on {ended}: AWS moves such a cluster to Serverless "
            "v2 or to instances by itself, where it may cost an additional fee, and makes no new one.",
        )
        return
    yield flag(
        version,
        f"Standard support of {engine.value} {major} ended on {ended}: this database costs an additional fee for its capacity and each hour, "
        "until it is upgraded.",
    )
