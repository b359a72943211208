"""# Snapshots of a tagged database have no tags

## Why

The database says by its tags who owns it and who pays for it. Its snapshots have none of these tags, so nobody knows whose they are, and
their cost is charged to nobody. Policies that allow access by tag do not hold for them either.

## What it checks

The rule looks at instances and clusters of RDS and Aurora and at clusters of Neptune that have tags. It reports one that does not copy its tags to its
snapshots; by default it does not.

## What is left out

A database without tags has nothing to copy. A `Name` tag and tags that tools add do not count. Cluster members and read replicas are not checked:
Aurora copies the tags of the cluster. Neither is DocumentDB, which has no such setting for a cluster's own snapshots. The rule is
in the profile `all`: a team decides once about tags.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      Tags:
        - Key: team
          Value: checkout
```

```hcl
resource "aws_neptune_cluster" "friends" {
  cluster_identifier    = "friends"
  copy_tags_to_snapshot = false # finding
  tags = {
    team = "people"
  }
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
      CopyTagsToSnapshot: true
      Tags:
        - Key: team
          Value: checkout
```

```hcl
resource "aws_rds_cluster" "orders" {
  engine                = "aurora-mysql"
  copy_tags_to_snapshot = true
  tags = {
    team = "checkout"
  }
}
```

## Not applicable

```yaml
Resources:
  Replica:  # not applicable: member of a cluster or a read replica
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: orders
      DBInstanceClass: db.m7g.large
      Tags:
        - Key: team
          Value: checkout
```

```hcl
resource "aws_db_instance" "replica" { # not applicable: member of a cluster or a read replica
  replicate_source_db = "orders"
  instance_class      = "db.m7g.large"
  tags = {
    team = "checkout"
  }
}
```

## Undecided

The result is undecided if the setting or the tags are not known before deployment.

```yaml
Parameters:
  Copy:
    Type: String
Resources:
  Friends:
    Type: AWS::Neptune::DBCluster
    Properties:
      CopyTagsToSnapshot: !Ref Copy  # undecided: parameter "Copy" has no default
      Tags:
        - Key: team
          Value: people
```

```hcl
variable "copy" { # undecided: Fails when var.copy is false
  type = bool
}

resource "aws_rds_cluster" "orders" {
  engine                = "aurora-mysql"
  copy_tags_to_snapshot = var.copy
  tags = {
    team = "checkout"
  }
}
```

## Sources

- [neptune-cluster-copy-tags-to-snapshot-enabled - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/neptune-cluster-copy-tags-to-snapshot-enabled.html), read on 2026-11-29
- [rds-mysql-cluster-copy-tags-to-snapshot-check - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/rds-mysql-cluster-copy-tags-to-snapshot-check.html), read on 2026-11-29
"""

from wa_iac.aws import neptune
from wa_iac.aws.parts.tags import say_more_than_a_name
from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.logic import negate
from wa_iac.core.rule import Flags, Severity, accept, exempt, expect, rule
from wa_iac.core.value import Known


@rule(
    practices=["COST03-BP02", "OPS02-BP01"],
    severity=Severity.LOW,
    profile="all",
    convention=True,
    equivalents={
        "checkov": ["CKV_AWS_313", "CKV_AWS_362", "CKV2_AWS_60"],
        "config": [
            "RDS_CLUSTER_COPY_TAGS_TO_SNAPSHOTS_ENABLED",
            "RDS_INSTANCE_COPY_TAGS_TO_SNAPSHOTS_ENABLED",
            "NEPTUNE_CLUSTER_COPY_TAGS_TO_SNAPSHOT_ENABLED",
            "RDS_MYSQL_CLUSTER_COPY_TAGS_TO_SNAPSHOT_CHECK",
            "RDS_PGSQL_CLUSTER_COPY_TAGS_TO_SNAPSHOT_CHECK",
        ],
        "security_hub": ["RDS.16", "RDS.17", "RDS.47", "RDS.48", "Neptune.8"],
    },
    fix=Recipe(
        cfn={"CopyTagsToSnapshot": True},
        tf={"copy_tags_to_snapshot": True},
        unsafe_because="policies and scripts that go by tags then also hold for the snapshots",
    ),
)
def check(database: Instance | Cluster | neptune.Cluster) -> Flags:
    accept(database.copy_tags == Known(True))
    if not isinstance(database, neptune.Cluster):
        exempt(database.depends(), "it is a member of a cluster or a read replica")
    accept(negate(say_more_than_a_name(database.tags)))
    yield from expect(
        database.copy_tags,
        True,
        "This database has tags, and its snapshots get none of them: they do not show whose they are, and who pays for them.",
    )
