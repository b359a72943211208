"""# S3 Tables keep files that no table needs

## Why

S3 Tables removes files that no snapshot of a table refers to, and snapshots that have become old. Here that is turned off: each change of a table
leaves files behind, which are paid for every month, and data that was deleted stays readable in old snapshots.

## What it checks

The rule reports a table bucket whose removal of unreferenced files is turned off, and a table whose snapshot management is. Both are on by default.

## What is left out

Compaction, which AWS charges for. The rule is in the profile `all`: a job of your own, such as one of Apache Spark, may do the same.

## Non-compliant

```yaml
Resources:
  Sales:
    Type: AWS::S3Tables::TableBucket
    Properties:
      TableBucketName: sales
      UnreferencedFileRemoval:
        Status: Disabled  # finding: no table refers
```

```hcl
resource "aws_s3tables_table" "sales" {
  name             = "sales"
  namespace        = "shop"
  table_bucket_arn = "arn:aws:s3tables:eu-west-1:111122223333:bucket/sales"
  format           = "ICEBERG"

  maintenance_configuration = {
    iceberg_snapshot_management = {
      status = "disabled" # finding: Old snapshots
      settings = {
        max_snapshot_age_hours = 120
        min_snapshots_to_keep  = 1
      }
    }
    iceberg_compaction = {
      status = "enabled"
      settings = {
        target_file_size_mb = 512
      }
    }
  }
}
```

## Compliant

```yaml
Resources:
  Sales:
    Type: AWS::S3Tables::TableBucket
    Properties:
      TableBucketName: sales
```

```hcl
resource "aws_s3tables_table" "sales" {
  name             = "sales"
  namespace        = "shop"
  table_bucket_arn = "arn:aws:s3tables:eu-west-1:111122223333:bucket/sales"
  format           = "ICEBERG"

  maintenance_configuration = {
    iceberg_snapshot_management = {
      status = "enabled"
      settings = {
        max_snapshot_age_hours = 120
        min_snapshots_to_keep  = 1
      }
    }
    iceberg_compaction = {
      status = "enabled"
      settings = {
        target_file_size_mb = 512
      }
    }
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Removal:
    Type: String
Resources:
  Sales:
    Type: AWS::S3Tables::TableBucket
    Properties:
      TableBucketName: sales
      UnreferencedFileRemoval:
        Status: !Ref Removal  # undecided: parameter "Removal" has no default
```

```hcl
variable "snapshots" {
  type = string
}

resource "aws_s3tables_table" "sales" {
  name             = "sales"
  namespace        = "shop"
  table_bucket_arn = "arn:aws:s3tables:eu-west-1:111122223333:bucket/sales"
  format           = "ICEBERG"

  maintenance_configuration = {
    iceberg_snapshot_management = {
      status = var.snapshots # undecided: var.snapshots has no default
      settings = {
        max_snapshot_age_hours = 120
        min_snapshots_to_keep  = 1
      }
    }
    iceberg_compaction = {
      status = "enabled"
      settings = {
        target_file_size_mb = 512
      }
    }
  }
}
```

## Sources

- [S3 Tables maintenance - Amazon Simple Storage Service](https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-maintenance-overview.html), read on 2026-11-29
- [Maintenance for tables - Amazon Simple Storage Service](https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-maintenance.html), read on 2026-11-29
"""

from wa_iac.aws.s3tables import Table, TableBucket
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, flag, rule, written


@rule(
    practices=["COST04-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        decision="Set this status to enabled, or leave the setting out: the maintenance is on by default. AWS then deletes the files for good."
    ),
)
def check(store: TableBucket | Table) -> Flags:
    if isinstance(store, TableBucket):
        if written(store.unreferenced).value.lower() == "disabled":
            yield flag(store.unreferenced, "Files that no table refers to stay in this bucket, and are paid for every month.")
    elif written(store.snapshots).value.lower() == "disabled":
        yield flag(
            store.snapshots,
            "Old snapshots of this table are never removed: their files are paid for, and data that was deleted stays.",
        )
