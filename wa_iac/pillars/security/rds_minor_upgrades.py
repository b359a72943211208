"""# RDS database or ElastiCache cluster has automatic minor version upgrades disabled

## Why

Minor versions of an engine bring security fixes. With automatic upgrades disabled, the database keeps its known vulnerabilities
until someone remembers to upgrade it.

The upgrade happens in the maintenance window; a Multi-AZ deployment fails over instead of stopping. If Terraform sets a full version
(`8.0.39`, `16.3`), it plans to go back to it after each upgrade. Then set a prefix of the version (`8.0`, `16`;
[engine_version](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance#engine_version-1)) together with
the upgrades.

## What it checks

The rule reads the setting for automatic minor version upgrades of each database instance, cluster and cache. RDS and ElastiCache upgrade by
default, so the rule reports only an explicit `false`. If Terraform sets a full version, its author upgrades on purpose: the finding is then
advice.

## What is left out

RDS Custom accepts only `false`, since its owner installs the upgrades. So the rule does not check it. Nor does it check a cache of Redis before
6.0, or of Valkey before 7.2: ElastiCache does not upgrade those by itself, whatever is set. A version of MySQL, PostgreSQL or Aurora that AWS no
longer offers gets no minor versions any more.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      AutoMinorVersionUpgrade: false  # finding
```

```hcl
resource "aws_db_instance" "orders" {
  engine                     = "postgres"
  instance_class             = "db.m7g.large"
  allocated_storage          = 100
  auto_minor_version_upgrade = false # finding
}
```

```hcl
resource "aws_rds_cluster_instance" "first" {
  cluster_identifier         = "orders"
  engine                     = "aurora-mysql"
  instance_class             = "db.r7g.large"
  auto_minor_version_upgrade = false # finding
}
```

Aurora upgrades a cluster only if the cluster and all its instances have the setting. The remedy names the others that have turned it off.

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      AutoMinorVersionUpgrade: true
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}
```

## Not applicable

```yaml
Resources:
  Custom:  # not applicable: no automatic minor version upgrades
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: custom-oracle-ee
      DBInstanceClass: db.m5.large
      AllocatedStorage: "100"
      AutoMinorVersionUpgrade: false
```

```hcl
resource "aws_db_instance" "custom" { # not applicable: no automatic minor version upgrades
  engine                     = "custom-oracle-ee"
  instance_class             = "db.m5.large"
  allocated_storage          = 100
  auto_minor_version_upgrade = false
}

resource "aws_rds_cluster_instance" "ended" { # not applicable: no minor versions any more
  cluster_identifier         = "ended"
  engine                     = "aurora"
  instance_class             = "db.r5.large"
  auto_minor_version_upgrade = false
}

resource "aws_db_instance" "ended" { # not applicable: no minor versions any more
  engine                     = "postgres"
  engine_version             = "9.6.22"
  instance_class             = "db.m5.large"
  allocated_storage          = 100
  auto_minor_version_upgrade = false
}

resource "aws_elasticache_replication_group" "old" { # not applicable: upgrades this version of its engine only by hand
  replication_group_id       = "old"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "5.0.6"
  node_type                  = "cache.r6g.large"
  auto_minor_version_upgrade = false
}
```

## Undecided

The result is undecided if `AutoMinorVersionUpgrade` or `auto_minor_version_upgrade` is not known before deployment.

```yaml
Parameters:
  AutoMinorVersionUpgrade:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      AutoMinorVersionUpgrade: !Ref AutoMinorVersionUpgrade  # undecided: parameter "AutoMinorVersionUpgrade" has no default
```

```hcl
variable "auto_minor_version_upgrade" { # undecided: Fails when var.auto_minor_version_upgrade is false
  type = bool
}

resource "aws_db_instance" "orders" {
  engine                     = "postgres"
  instance_class             = "db.m7g.large"
  allocated_storage          = 100
  auto_minor_version_upgrade = var.auto_minor_version_upgrade
}
```

## Sources

- [autoMinorVersionUpgrade (CreateDBInstance)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-instance-request/auto-minor-version-upgrade.html), read on 2026-11-29
- [rds-automatic-minor-version-upgrade-enabled - AWS Config](https://docs.aws.amazon.com/us_en/config/latest/developerguide/rds-automatic-minor-version-upgrade-enabled.html), read on 2026-11-30
- [Preparing for Amazon Aurora MySQL-Compatible Edition version 1 end of life](https://docs.amazonaws.cn/en_us/AmazonRDS/latest/AuroraUserGuide/Aurora.MySQL56.EOL.md), read on 2026-11-30
- [autoMinorVersionUpgrade (ReplicationGroup)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/elasticache/aws.sdk.kotlin.services.elasticache.model/-replication-group/auto-minor-version-upgrade.html), read on 2026-11-30
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.elasticache import ReplicationGroup
from wa_iac.aws.rds import Cluster, ClusterInstance, Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, not_applicable, rule, settled
from wa_iac.core.value import Known, Unknown, Value
from wa_iac.knowledge.ended_engines import is_ended
from wa_iac.knowledge.engine_versions import numbers
from wa_iac.pillars.judgements.wording import listed

_FULL: Final = late(r"(?:[0-9]\.[0-9]+\.|10\.[0-9]+\.|1[1-9]\.|[2-9][0-9]\.)[0-9a-z]")
"""A version with its minor part: `8.0.39`, `10.11.8`, `16.3`, `8.0.mysql_aurora.3.04.0`."""
_FIRST_REDIS: Final = (6,)
_FIRST_VALKEY: Final = (7, 2)
"""The versions from which ElastiCache upgrades an engine by itself."""
_TURNED_ON: Final = Remedy(cfn={"AutoMinorVersionUpgrade": True}, tf={"auto_minor_version_upgrade": True})
_PREFIX: Final = Remedy(
    tf={"auto_minor_version_upgrade": True},
    decision="Also write only a prefix in engine_version (8.0, 16), or Terraform plans to go back to the full version after each "
    "upgrade.",
)


@rule(
    practices=["SEC06-BP01", "OPS05-BP05"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_226", "CKV_AWS_322"],
        "cdk_nag": ["RDSAutomaticMinorVersionUpgradeEnabled"],
        "guard": ["RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED"],
        "config": ["RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED"],
        "security_hub": ["ElastiCache.2", "RDS.13", "RDS.35"],
    },
    fix=Recipe(
        cfn={"AutoMinorVersionUpgrade": True},
        tf={"auto_minor_version_upgrade": True},
        unsafe_because="an upgrade restarts the engine in its maintenance window",
    ),
)
def check(database: Instance | ClusterInstance | Cluster | ReplicationGroup) -> Flags:
    if isinstance(database, Instance) and database.minor_upgrades != Known(True):
        exempt(database.is_custom(), "RDS Custom has no automatic minor version upgrades")
    if settled(database.minor_upgrades) != Known(False):
        return
    if isinstance(database, ReplicationGroup):
        first = _FIRST_VALKEY if database.engine == Known("valkey") else _FIRST_REDIS
        old = holds(database.engine_version, lambda text: numbers(text) < first)
        exempt(old, "ElastiCache upgrades this version of its engine only by hand")
    engine, version = database.engine, database.engine_version
    if isinstance(database, ClusterInstance) and len(database.cluster.targets) == 1:
        engine, version = database.cluster.targets[0].engine, database.cluster.targets[0].engine_version
    if not isinstance(database, ReplicationGroup) and is_ended(engine, version):
        yield not_applicable("its version has ended, and gets no minor versions any more")
        return
    pinned = database.dialect == "terraform" and isinstance(version, Known) and _FULL.match(version.value) is not None
    by_variable = database.dialect == "terraform" and _is_of_variable(version)
    change = _PREFIX if pinned or by_variable else None
    if others := _others(database):
        change = change or _TURNED_ON
        also = f"Aurora upgrades the cluster only if it and all its instances have the setting: turn it on for {listed(others)} too."
        change = replace(change, decision=f"{also} {change.decision}".rstrip())
    yield flag(
        database.minor_upgrades,
        f"This {'cache' if isinstance(database, ReplicationGroup) else 'database'} has automatic minor version upgrades turned off: "
        "security fixes of the engine wait until someone installs them.",
        instead=change or "",
        severity=Severity.LOW if pinned or by_variable else None,
        confidence=Confidence.LOW if pinned or by_variable else None,
    )


def _others(database: Instance | ClusterInstance | Cluster | ReplicationGroup) -> list[str]:
    """Its cluster and the other instances there, if they have turned the upgrades off by a value of their own."""
    if not isinstance(database, Instance | ClusterInstance) or len(database.cluster.targets) != 1:
        return []
    own = database.minor_upgrades.origin
    return [
        each.address
        for each in (database.cluster.targets[0], *database.cluster.targets[0].members)
        if each.minor_upgrades == Known(False)
        and each.minor_upgrades.origin.span != own.span
        and (not own.default_of or each.minor_upgrades.origin.default_of != own.default_of)
    ]


def _is_of_variable(version: Value[str]) -> bool:
    """Whether a variable, or something else that is not known here, sets the version, and it may be a full one."""
    match version:
        case Known(text):
            return _FULL.match(text) is not None and (version.origin.how == "given" or bool(version.origin.default_of))
        case Unknown():
            return True
        case _:
            return False
