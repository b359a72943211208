"""# DynamoDB table is not encrypted with a key of its own

## Why

DynamoDB encrypts every table. By default the key belongs to AWS: nobody can see who uses it, restrict it or withdraw it. With a customer
managed key, its policy decides who may read the table, CloudTrail records each use, and disabling it closes the table.

## What it checks

The rule reads the KMS key of each table and global table. It reports one that uses a key that AWS owns, or the key `aws/dynamodb` that
AWS manages.

## What is left out

Tables that lock Terraform's state. Keys of replicas of a table in Terraform.

## Non-compliant

```yaml
Resources:
  Orders:  # finding: AWS owns
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      BillingMode: PAY_PER_REQUEST
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

  server_side_encryption { # finding: AWS manages
    enabled = true
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
      SSESpecification:
        SSEEnabled: true
        SSEType: KMS
        KMSMasterKeyId: alias/orders
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

  server_side_encryption {
    enabled     = true
    kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f"
  }
}
```

## Not applicable

```hcl
resource "aws_dynamodb_table" "lock" { # not applicable: locks Terraform's state
  name         = "lock"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "LockID"

  attribute {
    name = "LockID"
    type = "S"
  }
}
```

## Undecided

The result is undecided if it is not known whether a key is given.

```yaml
Parameters:
  Key:
    Type: String
Conditions:
  HasKey: !Not [!Equals [!Ref Key, ""]]
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      BillingMode: PAY_PER_REQUEST
      SSESpecification:
        SSEEnabled: true
        KMSMasterKeyId: !If [HasKey, !Ref Key, !Ref "AWS::NoValue"]  # undecided: Fails when Key
```

```hcl
variable "key" {
  type = string
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.key == "" ? null : var.key # undecided: Fails when var.key == "" is true
  }
}
```

## Sources

- [SSESpecification - Amazon DynamoDB](https://docs.aws.amazon.com/goto/WebAPI/dynamodb-2012-08-10/SSESpecification), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.dynamodb import GlobalTable, Table
from wa_iac.aws.kms import Key
from wa_iac.core.resource import Link
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, exempt, flag, rule
from wa_iac.core.value import Known

_MANAGED: Final = "alias/aws/dynamodb"


@rule(
    practices=["SEC08-BP01", "SEC08-BP02"],
    severity=Severity.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn="SSESpecification:\n  SSEEnabled: true\n  SSEType: KMS\n  KMSMasterKeyId: !Ref <a KMS key>",
        tf="server_side_encryption {\n  enabled     = true\n  kms_key_arn = <a KMS key>.arn\n}",
        of={
            "AWS::DynamoDB::GlobalTable": "SSESpecification:\n  SSEEnabled: true\n  SSEType: KMS\nReplicas:\n  - SSESpecification:\n      KMSMasterKeyId: <a KMS key in this Region>"
        },
    ),
    equivalents={
        "checkov": ["CKV_AWS_119"],
        "trivy": ["AVD-AWS-0025"],
        "guard": ["DYNAMODB_TABLE_ENCRYPTED_KMS"],
        "config": ["DYNAMODB_TABLE_ENCRYPTED_KMS"],
    },
)
def check(table: Table | GlobalTable) -> Flags:
    exempt(table.locks_state(), "it locks Terraform's state, of which it holds a digest only")
    keys: list[Link[Key]] = [table.key] if isinstance(table, Table) else [each.key for each in table.replicas]
    for key in keys:
        if _is_own(key):
            continue
        all_known(key.presence)
        managed = bool(key.external) or (isinstance(table, Table) and table.kms_encryption == Known(True))
        yield flag(
            key.value,
            f"This table is encrypted with a key that AWS {'manages' if managed else 'owns'}: "
            "its policy is not yours, so it can be neither restricted nor withdrawn.",
        )
        return


def _is_own(key: Link[Key]) -> bool:
    return key.presence == Known(True) and not any(str(each.value).endswith(_MANAGED) for each in key.external)
