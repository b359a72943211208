"""# DynamoDB table has many secondary indexes

## Why

Each secondary index is written with every item that it contains, so a table with many of them is slower and more expensive to write. Many
indexes also show that the data is asked for in many ways. A relational database, or a search engine beside the table, answers such
questions better.

## What it checks

The rule counts the global and local secondary indexes of each table. It reports more than five.

## What is left out

The attributes that an index contains, and how often it is used.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      BillingMode: PAY_PER_REQUEST
      GlobalSecondaryIndexes:
        - {IndexName: by-0, KeySchema: [{AttributeName: id, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}}
        - {IndexName: by-1, KeySchema: [{AttributeName: id, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}}
        - {IndexName: by-2, KeySchema: [{AttributeName: id, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}}
        - {IndexName: by-3, KeySchema: [{AttributeName: id, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}}
        - {IndexName: by-4, KeySchema: [{AttributeName: id, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}}
        - {IndexName: by-5, KeySchema: [{AttributeName: id, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}}
```

```hcl
resource "aws_dynamodb_table" "orders" { # finding
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  global_secondary_index {
    name            = "by-0"
    hash_key        = "id"
    projection_type = "KEYS_ONLY"
  }

  global_secondary_index {
    name            = "by-1"
    hash_key        = "id"
    projection_type = "KEYS_ONLY"
  }

  global_secondary_index {
    name            = "by-2"
    hash_key        = "id"
    projection_type = "KEYS_ONLY"
  }

  global_secondary_index {
    name            = "by-3"
    hash_key        = "id"
    projection_type = "KEYS_ONLY"
  }

  global_secondary_index {
    name            = "by-4"
    hash_key        = "id"
    projection_type = "KEYS_ONLY"
  }

  global_secondary_index {
    name            = "by-5"
    hash_key        = "id"
    projection_type = "KEYS_ONLY"
  }
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      BillingMode: PAY_PER_REQUEST
      GlobalSecondaryIndexes:
        - {IndexName: by-0, KeySchema: [{AttributeName: id, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}}
        - {IndexName: by-1, KeySchema: [{AttributeName: id, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}}
```

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  global_secondary_index {
    name            = "by-0"
    hash_key        = "id"
    projection_type = "KEYS_ONLY"
  }

  global_secondary_index {
    name            = "by-1"
    hash_key        = "id"
    projection_type = "KEYS_ONLY"
  }
}
```

## Undecided

The result is undecided if the number of indexes is not known before deployment.

```yaml
Parameters:
  Reports:
    Type: String
Conditions:
  HasReports: !Equals [!Ref Reports, "yes"]
Resources:
  Orders:  # undecided: Fails when HasReports
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      BillingMode: PAY_PER_REQUEST
      GlobalSecondaryIndexes:
        - {IndexName: by-0, KeySchema: [{AttributeName: id, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}}
        - {IndexName: by-1, KeySchema: [{AttributeName: id, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}}
        - {IndexName: by-2, KeySchema: [{AttributeName: id, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}}
        - {IndexName: by-3, KeySchema: [{AttributeName: id, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}}
        - {IndexName: by-4, KeySchema: [{AttributeName: id, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}}
        - !If [HasReports, {IndexName: by-report, KeySchema: [{AttributeName: id, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}}, !Ref "AWS::NoValue"]
```

```hcl
variable "indexes" {
  type = list(string)
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  dynamic "global_secondary_index" { # undecided: var.indexes has no default
    for_each = var.indexes
    content {
      name            = global_secondary_index.value
      hash_key        = "id"
      projection_type = "KEYS_ONLY"
    }
  }
}
```

## Sources

- [Global Secondary Index Considerations - Comparing the Use of Amazon DynamoDB and Apache HBase for NoSQL](https://docs.aws.amazon.com/whitepapers/latest/comparing-dynamodb-and-hbase-for-nosql/global-secondary-index-considerations.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.dynamodb import Table
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, flag, rule

_MOST: Final = 5


@rule(
    practices=["PERF03-BP01", "COST05-BP05", "PERF03-BP04"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        decision="Remove indexes that few queries use, or let one index serve several kinds of items. Answer ad hoc questions with a relational "
        "database or OpenSearch, to which a stream of the table sends its changes."
    ),
)
def check(table: Table) -> Flags:
    indexes = (*table.indexes, *table.local_indexes)
    known = [each for each in indexes if each.unknown is None]
    if len(known) > _MOST:
        yield flag(
            table,
            f"This table has {len(known)} secondary indexes: each write of an item is also a write to every index that contains it.",
        )
        return
    all_known(*(each.unknown for each in indexes))
