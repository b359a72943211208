"""# DynamoDB table has no point-in-time recovery

## Why

A faulty deployment or script overwrites items within seconds, and DynamoDB keeps no earlier state by default. With
point-in-time recovery, it keeps a continuous backup of up to 35 days, and you can restore the table to any second.

## What it checks

The rule checks tables, and each replica of a global table, and reports one without point-in-time recovery. Each replica of a global table
has its own setting.

The default profile has the finding where something says that the items are records which nothing makes again: a name or a partition key of people
or of business (user, customer, order, booking, form), `prevent_destroy`, or replicas in other
Regions, and no word for what is made from others (index, count, aggregate). For other tables it is advice, since nothing in the code says what their items are
worth.

The severity is medium: DynamoDB itself keeps three copies of each item in different zones, so only mistakes of people and programs lose any.
The finding is of low severity, and advice, for a table of WebSocket connections (partition key `connectionId`), for one whose items expire
(TTL), and for one whose name, `Name` tag or module has a word like cache, session, lock, dedup, registry, manifest, notification or rate limit, or is "example table" or the like:
its items are made again. So it is for a table of which Terraform writes items from the same code (`aws_dynamodb_table_item`), for a table in a file of a workshop, a demonstration, or an environment for development or tests, by its path, for one that is not for production, by its
names or tags, and for
one whose `DeletionPolicy` is written as `Delete`: its author lets the data go.

## What is left out

The rule does not check a table that locks Terraform's state (partition key `LockID`), which holds nothing to restore: the locks of
running commands, and a digest of each state. For other tables with temporary data, suppress the finding at the table, with a reason.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
```

```yaml
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
      Replicas:
        - Region: eu-west-1
          PointInTimeRecoverySpecification:
            PointInTimeRecoveryEnabled: true
        - Region: eu-central-1
          PointInTimeRecoverySpecification:
            PointInTimeRecoveryEnabled: false  # finding
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

  point_in_time_recovery {
    enabled = false # finding
  }
}
```

```yaml
Resources:
  Nodes:  # finding: its name has the word "manifest"
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: NodeManifest
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
```

```yaml
Resources:
  Votes:  # finding: lets its data go
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Delete
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
      PointInTimeRecoverySpecification:
        PointInTimeRecoveryEnabled: true
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

  point_in_time_recovery {
    enabled = true
  }
}
```

## Not applicable

```yaml
Resources:
  Locks:  # not applicable: it locks Terraform's state
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: LockID
          AttributeType: S
      KeySchema:
        - AttributeName: LockID
          KeyType: HASH
```

```hcl
resource "aws_dynamodb_table" "locks" { # not applicable: it locks Terraform's state
  name         = "locks"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "LockID"

  attribute {
    name = "LockID"
    type = "S"
  }
}
```

## Undecided

The result is undecided if `PointInTimeRecoveryEnabled` or `enabled` is not known before deployment.

```yaml
Parameters:
  PointInTimeRecoveryEnabled:
    Type: String
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
      Replicas:
        - Region: eu-west-1
          PointInTimeRecoverySpecification:
            PointInTimeRecoveryEnabled: true
        - Region: eu-central-1
          PointInTimeRecoverySpecification:
            PointInTimeRecoveryEnabled: !Ref PointInTimeRecoveryEnabled  # undecided: parameter "PointInTimeRecoveryEnabled"
```

```hcl
variable "enabled" { # undecided: Fails when var.enabled is false
  type = bool
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = var.enabled
  }
}
```

## Sources

- [Enable point-in-time recovery in DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.md), read on 2026-11-29
- [Resilience and disaster recovery in Amazon DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/disaster-recovery-resiliency.html), read on 2026-11-30
"""

from typing import Final

from wa_iac.aws.dynamodb import GlobalTable, RegionalTable, Replica, Table
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Severity, each_of, exempt, expect, milder, rule, unless
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.lasting_records import keeps_records
from wa_iac.knowledge.purposes import why_not_production
from wa_iac.knowledge.short_lived import short_lived
from wa_iac.knowledge.workshops import without_need
from wa_iac.pillars.judgements.let_go import MAY_GO, may_go

_ITEMS: Final = frozenset({"aws_dynamodb_table_item"})
_OF_REPLICA: Final = (
    "Write point_in_time_recovery = true in the replica, where it is an argument and not a block. AWS charges for the backups."
)


@rule(
    practices=["REL09-BP01", "REL09-BP03"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_28", "CKV_AWS_165"],
        "trivy": ["AVD-AWS-0024"],
        "cdk_nag": ["AwsSolutions-DDB3"],
        "guard": ["DYNAMODB_PITR_ENABLED"],
        "config": ["DYNAMODB_PITR_ENABLED"],
        "cfn_nag": ["W78"],
        "security_hub": ["DynamoDB.2"],
    },
    fix=Recipe(
        cfn={"PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True}},
        tf={"point_in_time_recovery": {"enabled": True}},
        types={
            "AWS::DynamoDB::GlobalTable": {
                "Replicas[]": {"PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True}}
            }
        },
        unsafe_because="AWS charges for the backups",
    ),
)
def check(table: Table | GlobalTable, graph: Graph) -> Flags:
    message = (
        "This table has no point-in-time recovery, which could bring back items that are overwritten or deleted by mistake."
    )
    locks = table.locks_state()
    exempt(locks == Known(True), "it locks Terraform's state, and holds nothing to restore")
    lasting = short_lived(table)
    if not lasting and graph.referring(table, _ITEMS):
        lasting = "Terraform writes items of it from the same code"
    found = unless(locks, each_of(table.regional(), lambda each: _judge(each, message)))
    if lasting:
        more = f"They are probably short-lived or made again: {lasting}."
        found = milder(found, severity=Severity.LOW, confidence=Confidence.MEDIUM, more=more)
    elif may_go(table):
        found = milder(found, severity=Severity.LOW, confidence=Confidence.MEDIUM, more=MAY_GO)
    elif why := without_need(table) or why_not_production(table, Absent() if isinstance(table, GlobalTable) else table.tags):
        found = milder(found, severity=Severity.LOW, confidence=Confidence.MEDIUM, more=why)
    elif not keeps_records(table):
        found = milder(found, confidence=Confidence.LOW)
    yield from found


def _judge(each: Table | Replica | RegionalTable, message: str) -> Flags:
    found = expect(each.point_in_time_recovery, True, message)
    yield from milder(found, instead=_OF_REPLICA) if isinstance(each, Replica) else found
