"""# RDS database uses only one Availability Zone

## Why

When the instance or its Availability Zone fails, this database is down until it is replaced, the zone is back, or someone restores it elsewhere. A Multi-AZ deployment keeps a
standby in another zone, which takes over within a minute or two, also during maintenance.

## What it checks

The rule reads the Multi-AZ setting of each database instance. It reports an instance for which it is not turned on; it is off by default.

The finding is advice, of medium severity, unless something says that the database is one to rely on: its backups are kept for longer than a week, `prevent_destroy` keeps
it, its names or its directory are those of production, or a variable, a parameter, an argument or a condition decides about the standby. A standby doubles
the price, and nothing else in the code tells a database that a business depends on from one that a sample fills again. A week of backups and
deletion protection do not count, since the remedies of other rules write them: a repair must not bring the next finding.

## What is left out

The rule does not check read replicas, engines without Multi-AZ, or Aurora instances, which `rds-cluster-multi-az` checks. A database
that is not for production, by its names, its tags or its directory, that is in a file of a workshop or a demonstration, or whose names say that its content does not last, is advice: a
standby is rarely worth its price there. So is one whose names or tags get the name of an environment other than production from a default, if another
default decides about the standby. So is one for which an example in a directory of examples passes that it has no standby. Backups alone do not count for an instance of
the size micro whose own block says that it has none. The Web edition of SQL Server has standbys since version 2022 (16.00.4215.2).

A database that names its zone is placed by RDS once it has a standby: the remedy then leaves the zone out.

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
      MultiAZ: false  # finding
```

```hcl
resource "aws_db_instance" "orders" { # finding
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  multi_az          = false # finding
}
```

```hcl
resource "aws_db_instance" "staging" { # finding: probably not for production
  engine            = "postgres"
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
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      MultiAZ: true
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  multi_az          = true
}
```

## Not applicable

```yaml
Resources:
  Replica:  # not applicable: a read replica
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: orders
      DBInstanceClass: db.m7g.large
  Express:  # not applicable: does not support Multi-AZ
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: sqlserver-ex
      DBInstanceClass: db.t3.medium
      AllocatedStorage: "20"
  Web:  # not applicable: does not support Multi-AZ
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: sqlserver-web
      EngineVersion: 15.00.4073.23.v1
      DBInstanceClass: db.t3.medium
      AllocatedStorage: "20"
```

```hcl
resource "aws_db_instance" "replica" { # not applicable: a read replica
  replicate_source_db = "orders"
  instance_class      = "db.m7g.large"
}

resource "aws_db_instance" "express" { # not applicable: does not support Multi-AZ
  engine            = "sqlserver-ex"
  instance_class    = "db.t3.medium"
  allocated_storage = 20
}
```

## Undecided

The result is undecided if `MultiAZ` or `multi_az` is not known before deployment.

```yaml
Parameters:
  MultiAZ:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      MultiAZ: !Ref MultiAZ  # undecided: parameter "MultiAZ" has no default
```

```hcl
variable "multi_az" { # undecided: Fails when var.multi_az is false
  type = bool
}

resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  multi_az          = var.multi_az
}
```

## Sources

- [Multi-AZ deployments for Amazon RDS for Microsoft SQL Server (Japanese edition)](https://docs.aws.amazon.com/ja_jp/AmazonRDS/latest/UserGuide/USER_SQLServerMultiAZ.html), read on 2026-11-30
- [Configuring and managing a Multi-AZ deployment for Amazon RDS - Amazon Relational Database Service](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ), read on 2026-11-29
- [Failing over a Multi-AZ DB instance for Amazon RDS](https://docs.amazonaws.cn/en_us/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.md), read on 2026-11-29
- [Determining a recovery model for your Amazon RDS for SQL Server database](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.SQLServer.CommonDBATasks.DatabaseRecovery.html), read on 2026-11-30
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.rds import Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, expect, milder, rule
from wa_iac.core.value import Absent, Known, Origin, Unknown
from wa_iac.knowledge.allowed_values import allowed_for
from wa_iac.knowledge.engine_versions import numbers
from wa_iac.knowledge.purposes import is_for_production, not_production_by_default, why_not_production
from wa_iac.knowledge.short_lived import short_lived
from wa_iac.knowledge.workshops import is_passed_by_an_example, without_need
from wa_iac.pillars.judgements.maintenance import waits

_FIX: Final = Recipe(cfn={"MultiAZ": True}, tf={"multi_az": True}, unsafe_because="the standby costs as much as the database")
_COST: Final = "The standby costs as much as the database. RDS copies the data to it while the database runs, which slows writes down: choose a quiet hour."
_PLACED: Final = replace(
    Remedy.of_recipe(_FIX),
    removes=("AvailabilityZone", "availability_zone"),
    decision=f"{_COST} RDS accepts no zone for a database with a standby.",
)
_IN_TEMPLATE: Final = "Read the change set first: it must not replace the database."
"""Both properties are among those for which CloudFormation replaces an instance in some cases."""
_BY_ENGINE: Final = (
    "RDS refuses a standby for the Express edition of SQL Server, and for an old Web edition: let the setting depend on the engine if it can be one of "
    "them."
)
_BACKED_UP: Final = (
    "RDS for SQL Server needs automated backups for a standby: first set {} to at least 1, which restarts the database."
)
_BY_DEFAULTS: Final = 'The defaults are probably not those of production: one puts the word "{}" into its names or tags.'
_BY_EXAMPLE: Final = "An example passes this value for itself."
_WEEK: Final = 7
_WEB: Final = "sqlserver-web"
_ALONE: Final = ("sqlserver-ex", _WEB)
_FIRST_WEB: Final = (16, 0, 4215, 2)


def _may_be_sql_server(instance: Instance, graph: Graph) -> bool:
    """Whether an engine that is not known, or that a parameter chooses, may be SQL Server, as far as what it can be is listed."""
    engine = instance.engine
    if any(each.lower().startswith(_ALONE) for each in allowed_for(engine, instance, graph)[1]):
        return True
    listed = [each.value for each in engine.alternatives] if isinstance(engine, Unknown) else []
    others = [each for each in listed if not (isinstance(each, Known) and not str(each.value).lower().startswith("sqlserver"))]
    return isinstance(engine, Unknown) and (bool(others) or not listed)


def _turned_on(instance: Instance, graph: Graph) -> Remedy | None:
    """The remedy for one database: by the engine, if that is not known, and when the change is made."""
    words = [_BY_ENGINE if _may_be_sql_server(instance, graph) else "", _backups_too(instance), waits(instance)]
    return replace(Remedy.of_recipe(_FIX), decision=" ".join(filter(None, (_COST, *words)))) if any(words) else None


def _backups_too(instance: Instance) -> str:
    """A sentence on the backups that SQL Server needs for a standby, where they are off."""
    is_sql_server = holds(instance.engine, lambda name: name.lower().startswith("sqlserver")) == Known(True)
    if not is_sql_server or instance.backup_retention != Known(0):
        return ""
    return _BACKED_UP.format("BackupRetentionPeriod" if instance.as_cloudformation else "backup_retention_period")


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV_AWS_157"],
        "cdk_nag": ["AwsSolutions-RDS3"],
        "guard": ["RDS_MULTI_AZ_SUPPORT"],
        "config": ["RDS_MULTI_AZ_SUPPORT"],
        "security_hub": ["RDS.5"],
    },
    remedy=replace(Remedy.of_recipe(_FIX), decision=_COST, given=_turned_on),
    fix=_FIX,
)
def check(instance: Instance, graph: Graph) -> Flags:
    if instance.multi_az == Known(True):
        return
    exempt(instance.depends(), "it is a member of a cluster or a read replica")
    if isinstance(instance.engine, Known):
        engine = instance.engine.value
        exempt(engine.lower().startswith(("custom-oracle", "sqlserver-ex")), f"{engine} does not support Multi-AZ")
        if engine.lower() == _WEB:
            old = holds(instance.engine_version, lambda text: numbers(text) < _FIRST_WEB[: len(numbers(text))])
            exempt(old, f"{engine} does not support Multi-AZ in this version")
    message = "This database has no standby in another Availability Zone: when its zone fails, it is down until the zone is back or somebody restores it."
    found = expect(instance.multi_az, True, message)
    lost = short_lived(instance)
    why = f"It is probably not for production: {lost}." if lost else why_not_production(instance, instance.tags)
    # An empty text is no zone.
    placed = "" if isinstance(instance.zone, Absent) or instance.zone == Known("") else _placed(instance, graph)
    if more := why or without_need(instance):
        yield from milder(found, severity=Severity.MEDIUM, confidence=Confidence.LOW, more=more, instead=placed)
    elif is_passed_by_an_example(instance, instance.multi_az):
        yield from milder(found, severity=Severity.MEDIUM, confidence=Confidence.LOW, more=_BY_EXAMPLE, instead=placed)
    elif more := _with_other_defaults(instance):
        yield from milder(found, severity=Severity.MEDIUM, confidence=Confidence.LOW, more=more, instead=placed)
    elif not _is_relied_on(instance):
        yield from milder(found, severity=Severity.MEDIUM, confidence=Confidence.LOW, instead=placed)
    else:
        yield from milder(found, instead=placed)


def _is_relied_on(instance: Instance) -> bool:
    """Whether something says that the database is one to rely on: how its data is kept, its names, or that its standby is asked for."""
    return _is_kept(instance) or _is_chosen(instance.multi_az.origin)


def _is_kept(instance: Instance) -> bool:
    """Whether how its data is kept, or its names, say so."""
    return (
        (holds(instance.backup_retention, lambda days: days > _WEEK) == Known(True) and not _is_small_by_choice(instance))
        or instance.prevent_destroy == Known(True)
        or is_for_production(instance, instance.tags)
    )


def _with_other_defaults(instance: Instance) -> str:
    """A sentence on a default that names an environment other than production, if another one decides about the standby and nothing else says that the
    database is one to rely on. Empty otherwise."""
    word = not_production_by_default(instance, instance.tags) if instance.multi_az.origin.default_of else ""
    return _BY_DEFAULTS.format(word) if word and not _is_kept(instance) else ""


def _is_small_by_choice(instance: Instance) -> bool:
    """Whether its author has written that it has no standby, in its own block, and given it the smallest size."""
    written = instance.multi_az.origin.how == "explicit" and not _is_chosen(instance.multi_az.origin)
    return written and holds(instance.instance_class, lambda size: size.endswith(".micro")) == Known(True)


def _is_chosen(origin: Origin) -> bool:
    """Whether a variable, a parameter, an argument or a condition decides a value."""
    return bool(origin.chain) or origin.switch is not None


def _placed(instance: Instance, graph: Graph) -> Remedy:
    """The remedy for a database that names its zone."""
    by_engine = _BY_ENGINE if _may_be_sql_server(instance, graph) else ""
    words = [by_engine, _backups_too(instance), _IN_TEMPLATE if instance.dialect == "cloudformation" else waits(instance)]
    return replace(_PLACED, decision=" ".join(filter(None, (_PLACED.decision, *words))))
