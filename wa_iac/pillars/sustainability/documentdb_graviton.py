"""# DocumentDB instance does not run on Graviton

## Why

Graviton processors need less energy for the same work, and their classes cost less than Intel ones of the same size. A cluster changes
member by member, and its clients do not notice the processor.

## What it checks

The rule reports members of the classes R4, R5 and T3 in sizes that R6g and T4g also have.

## What is left out

Clusters with DocumentDB 3.6, which does not run on Graviton. A cluster that is declared elsewhere counts as newer.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::DocDB::DBCluster
    Properties:
      EngineVersion: 5.0.0
      MasterUsername: admin1
      ManageMasterUserPassword: true
  Member:
    Type: AWS::DocDB::DBInstance
    Properties:
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: db.r5.large  # finding: db.r6g.large
```

```hcl
resource "aws_docdb_cluster" "orders" {
  cluster_identifier          = "orders"
  engine_version              = "5.0.0"
  master_username             = "admin1"
  manage_master_user_password = true
}

resource "aws_docdb_cluster_instance" "member" {
  cluster_identifier = aws_docdb_cluster.orders.id
  instance_class     = "db.t3.medium" # finding: db.t4g.medium
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::DocDB::DBCluster
    Properties:
      EngineVersion: 5.0.0
      MasterUsername: admin1
      ManageMasterUserPassword: true
  Member:
    Type: AWS::DocDB::DBInstance
    Properties:
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: db.r6g.large
```

```hcl
resource "aws_docdb_cluster" "orders" {
  cluster_identifier          = "orders"
  engine_version              = "5.0.0"
  master_username             = "admin1"
  manage_master_user_password = true
}

resource "aws_docdb_cluster_instance" "member" {
  cluster_identifier = aws_docdb_cluster.orders.id
  instance_class     = "db.t4g.medium"
}
```

## Not applicable

```yaml
Resources:
  Orders:
    Type: AWS::DocDB::DBCluster
    Properties:
      EngineVersion: 3.6.0
      MasterUsername: admin1
      ManageMasterUserPassword: true
  Member:  # not applicable: DocumentDB 3.6
    Type: AWS::DocDB::DBInstance
    Properties:
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: db.r5.large
```

```hcl
resource "aws_docdb_cluster" "orders" {
  cluster_identifier          = "orders"
  engine_version              = "3.6.0"
  master_username             = "admin1"
  manage_master_user_password = true
}

resource "aws_docdb_cluster_instance" "member" { # not applicable: DocumentDB 3.6
  cluster_identifier = aws_docdb_cluster.orders.id
  instance_class     = "db.r5.large"
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Size:
    Type: String
Resources:
  Orders:
    Type: AWS::DocDB::DBCluster
    Properties:
      EngineVersion: 5.0.0
      MasterUsername: admin1
      ManageMasterUserPassword: true
  Member:
    Type: AWS::DocDB::DBInstance
    Properties:
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: !Ref Size  # undecided: parameter "Size" has no default
```

```hcl
variable "size" {
  type = string
}

resource "aws_docdb_cluster" "orders" {
  cluster_identifier          = "orders"
  engine_version              = "5.0.0"
  master_username             = "admin1"
  manage_master_user_password = true
}

resource "aws_docdb_cluster_instance" "member" {
  cluster_identifier = aws_docdb_cluster.orders.id
  instance_class     = var.size # undecided: var.size has no default
}
```

## Sources

- [Amazon DocumentDB Features and Configurations](https://docs.amazonaws.cn/en_us/documentdb/latest/devguide/docdb-engine-version-supportability.md), read on 2026-11-29
- [Managing instance classes](https://docs.amazonaws.cn/en_us/documentdb/latest/developerguide/db-instance-classes.md), read on 2026-11-29
"""

from wa_iac.aws.docdb import Instance
from wa_iac.core.logic import any_of, holds, negate
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, rule
from wa_iac.pillars.judgements.generations import has_sibling, judge_graviton


def _of_class(better: str) -> Remedy:
    return Remedy(
        cfn={"DBInstanceClass": better},
        tf={"instance_class": better},
        decision="The instance restarts with the change: let another member take over first.",
    )


@rule(
    practices=["SUS05-BP02", "COST06-BP02", "PERF02-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=_of_class("db.r6g.large"),
)
def check(instance: Instance) -> Flags:
    accept(negate(has_sibling(instance.instance_class, "documentdb")))
    exempt(
        any_of(holds(each.version, lambda version: version.startswith("3.")) for each in instance.cluster),
        "DocumentDB 3.6 does not run on Graviton",
    )
    all_known(instance.cluster.unknown)
    yield from judge_graviton(instance.instance_class, "documentdb", _of_class)
