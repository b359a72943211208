"""# Data store lacks the classification that others have

## Why

A classification says how sensitive data is, and so who may see it, how it is encrypted and how long it is kept. If most stores of a
workload have one, a store without one is easily forgotten: no policy and no search by the tag finds it.

## What it checks

The rule looks for tags such as `DataClassification` or `Sensitivity` on buckets, databases, tables and file systems. If more than half of
the stores of a unit have such a tag, and two at least, it reports those that do not.

## What is left out

Units that use no such tags. The value of the tag. Members of a database cluster and replicas.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      Tags: [{Key: DataClassification, Value: internal}]
  Invoices:
    Type: AWS::S3::Bucket
    Properties:
      Tags: [{Key: DataClassification, Value: internal}]
  Reports:  # finding
    Type: AWS::S3::Bucket
```

```hcl
resource "aws_s3_bucket" "orders" {
  bucket = "orders"
  tags = { data_classification = "internal" }
}

resource "aws_s3_bucket" "invoices" {
  bucket = "invoices"
  tags = { data_classification = "internal" }
}

resource "aws_s3_bucket" "reports" { # finding
  bucket = "reports"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      Tags: [{Key: DataClassification, Value: internal}]
  Invoices:
    Type: AWS::S3::Bucket
    Properties:
      Tags: [{Key: DataClassification, Value: internal}]
```

```hcl
resource "aws_s3_bucket" "orders" {
  bucket = "orders"
  tags = { Sensitivity = "internal" }
}

resource "aws_s3_bucket" "invoices" {
  bucket = "invoices"
  tags = { Sensitivity = "internal" }
}
```

## Not applicable

```yaml
Resources:
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      Tags: [{Key: DataClassification, Value: internal}]
  Invoices:
    Type: AWS::S3::Bucket
    Properties:
      Tags: [{Key: DataClassification, Value: internal}]
  Replica:  # not applicable: the data of its cluster
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: orders
      DBInstanceClass: db.m7g.large
```

## Undecided

The result is undecided if the tags of a store are not known before deployment.

```yaml
Parameters:
  Key:
    Type: String
Resources:
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      Tags: [{Key: DataClassification, Value: internal}]
  Invoices:
    Type: AWS::S3::Bucket
    Properties:
      Tags: [{Key: DataClassification, Value: internal}]
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      Tags: [{Key: !Ref Key, Value: internal}]  # undecided: parameter "Key" has no default
```

```hcl
variable "tags" {
  type = map(string)
}

resource "aws_s3_bucket" "orders" {
  bucket = "orders"
  tags = { Sensitivity = "internal" }
}

resource "aws_s3_bucket" "invoices" {
  bucket = "invoices"
  tags = { Sensitivity = "internal" }
}

resource "aws_s3_bucket" "reports" {
  bucket = "reports"
  tags   = var.tags # undecided: var.tags has no default
}
```

## Sources

- [Security control recommendations for protecting data - AWS Prescriptive Guidance](https://docs.aws.amazon.com/prescriptive-guidance/latest/security-controls-by-caf-capability/data-controls.md), read on 2026-11-29
"""

import re
from typing import Final, TypeAlias

from wa_iac.aws.dynamodb import Table
from wa_iac.aws.efs import FileSystem
from wa_iac.aws.parts.tags import entries
from wa_iac.aws.rds import Cluster, Instance
from wa_iac.aws.s3 import Bucket
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Known

_Store: TypeAlias = Bucket | Instance | Cluster | Table | FileSystem
_KEYS: Final = late(
    r"(?:data|information|info|security)?(?:class|classification|classificationlevel|sensitivity|confidentiality)"
)
_FEWEST: Final = 2


@rule(
    practices=["SEC07-BP01", "SEC07-BP02", "SUS04-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn="Tags:\n  - Key: DataClassification\n    Value: <the classification>",
        tf='tags = {\n  DataClassification = "<the classification>"\n}',
        of={"AWS::EFS::FileSystem": "FileSystemTags:\n  - Key: DataClassification\n    Value: <the classification>"},
        decision="Use the key and the values of the other stores.",
    ),
)
def check(store: _Store, graph: Graph) -> Flags:
    accept(_key(store) != "")
    key = graph.once(_usual)
    if not key:
        return
    if isinstance(store, Instance):
        exempt(store.depends(), "it has the data of its cluster, or of the instance that it copies")
    yield flag(
        settled(store.tags),
        f"Most data stores here have the tag {key}, and this one does not: its tags do not tell how sensitive its data is.",
    )


def _key(store: _Store) -> str:
    """The tag of a store that classifies its data; an empty text if it has none."""
    return next((name for name in entries(store.tags) if _KEYS.fullmatch(re.sub("[^a-z]", "", name.lower()))), "")


def _usual(graph: Graph) -> str:
    """The tag that more than half of the stores have; an empty text if there is none."""
    stores: list[_Store] = [*graph.of(Bucket), *graph.of(Cluster), *graph.of(Table), *graph.of(FileSystem)]
    stores += [each for each in graph.of(Instance) if each.depends() != Known(True)]
    keys = [key for each in stores if (key := _key(each))]
    return keys[0] if len(keys) >= _FEWEST and 2 * len(keys) > len(stores) else ""
