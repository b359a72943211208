"""# KMS key is disabled, and resources use it

## Why

A disabled key encrypts and decrypts nothing. Data that is stored with it cannot be read. Resources that use it do not start, or stop with an
error hours later, when they ask for the key again.

## What it checks

The rule reports a KMS key that is disabled, if another resource of the code uses it.

## What is left out

An alias, a policy or a grant of the key do not use it. A disabled key that nothing here uses is kept for old data, or waits for its
deletion.

## Non-compliant

```yaml
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      Enabled: false  # finding: Orders
      EnableKeyRotation: true
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Sub arn:aws:iam::${AWS::AccountId}:root
            Action: kms:*
            Resource: "*"
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      KmsMasterKeyId: !Ref Key
```

```hcl
resource "aws_kms_key" "orders" {
  is_enabled          = false # finding: aws_sqs_queue.orders
  enable_key_rotation = true
}

resource "aws_sqs_queue" "orders" {
  kms_master_key_id = aws_kms_key.orders.id
}
```

## Compliant

```yaml
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Sub arn:aws:iam::${AWS::AccountId}:root
            Action: kms:*
            Resource: "*"
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      KmsMasterKeyId: !Ref Key
```

```hcl
resource "aws_kms_key" "old" {
  is_enabled = false
}

resource "aws_kms_alias" "old" {
  name          = "alias/old"
  target_key_id = aws_kms_key.old.key_id
}
```

## Undecided

The result is undecided if it is not known whether the key is enabled.

```yaml
Parameters:
  Enabled:
    Type: String
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      Enabled: !Ref Enabled  # undecided: parameter "Enabled" has no default
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Sub arn:aws:iam::${AWS::AccountId}:root
            Action: kms:*
            Resource: "*"
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      KmsMasterKeyId: !Ref Key
```

```hcl
variable "enabled" { # undecided: Fails when var.enabled is false
  type = bool
}

resource "aws_kms_key" "orders" {
  is_enabled = var.enabled
}

resource "aws_sqs_queue" "orders" {
  kms_master_key_id = aws_kms_key.orders.id
}
```

## Sources

- [Deleting keys - AWS Key Management Service](https://docs.aws.amazon.com/kms/latest/cryptographic-details/key-deletion.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.kms import Key
from wa_iac.core.awscc import and_awscc
from wa_iac.core.declared import Declared
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, accept, refuse, rule

_FIX: Final = Recipe(
    cfn={"Enabled": True}, tf={"is_enabled": True}, unsafe_because="anyone who may use the key can read the data again"
)
_OF_KEYS: Final = frozenset(
    {
        *and_awscc("AWS::KMS::Alias", "AWS::KMS::ReplicaKey", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::Role"),
        *and_awscc("AWS::SSM::Parameter"),
        *("aws_kms_alias", "aws_kms_grant", "aws_kms_key_policy", "aws_kms_replica_key", "aws_kms_external_key"),
        *("aws_iam_policy", "aws_iam_role", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"),
        "data.aws_iam_policy_document",
        "aws_ssm_parameter",
    }
)
"""Types that name a key, or say who may use it."""


@rule(
    practices=["SEC08-BP01", "REL11-BP01"],
    severity=Severity.MEDIUM,
    remedy=replace(
        Remedy.of_recipe(_FIX),
        decision="Anyone who may use the key can then read the data again. If it is to stay disabled, give what uses it another key.",
    ),
    fix=_FIX,
)
def check(key: Key, graph: Graph) -> Flags:
    users = [each for each in graph.referring(key, frozenset(graph.types - _OF_KEYS)) if _uses(each)]
    accept(not users)
    more = f" and {len(users) - 1} more" if len(users) > 1 else ""
    yield from refuse(
        key.enabled,
        False,
        f"This key is disabled, and {users[0].address}{more} uses it: after at most some hours, nothing that it protects can be read or written.",
    )


def _uses(declared: Declared) -> bool:
    return declared.kind == "resource"
