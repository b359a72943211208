"""# DynamoDB table for short-lived items never deletes them

## Why

Sessions, tokens, locks and cached answers are of no use after a while. Without a time to live, they stay in the table indefinitely, and every
month you pay for storing and backing up more of them. DynamoDB deletes expired items free of charge.

## What it checks

The rule looks at tables whose own name, in AWS or in the code, says that they hold sessions, tokens, caches or one-time codes. It reports
those for which time to live is not turned on.

## What is left out

All other tables: whether their items expire is known to the program only. Tables that lock Terraform's state keep few items.

## Non-compliant

```yaml
Resources:
  Sessions:  # finding
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions:
        - {AttributeName: id, AttributeType: S}
      KeySchema:
        - {AttributeName: id, KeyType: HASH}
      BillingMode: PAY_PER_REQUEST
```

```hcl
resource "aws_dynamodb_table" "sessions" { # finding
  name         = "sessions"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"

  attribute {
    name = "id"
    type = "S"
  }
}
```

## Compliant

```yaml
Resources:
  Sessions:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions:
        - {AttributeName: id, AttributeType: S}
      KeySchema:
        - {AttributeName: id, KeyType: HASH}
      BillingMode: PAY_PER_REQUEST
      TimeToLiveSpecification:
        AttributeName: expiresAt
        Enabled: true
```

```hcl
resource "aws_dynamodb_table" "sessions" {
  name         = "sessions"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"

  ttl {
    attribute_name = "expiresAt"
    enabled        = true
  }

  attribute {
    name = "id"
    type = "S"
  }
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: does not say that its items expire
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions:
        - {AttributeName: id, AttributeType: S}
      KeySchema:
        - {AttributeName: id, KeyType: HASH}
      BillingMode: PAY_PER_REQUEST
```

```hcl
resource "aws_dynamodb_table" "locks" { # not applicable: keeps few items
  name         = "session-locks"
  hash_key     = "LockID"
  billing_mode = "PAY_PER_REQUEST"

  attribute {
    name = "LockID"
    type = "S"
  }
}
```

## Undecided

The result is undecided if it is not known whether time to live is on.

```yaml
Parameters:
  Expire:
    Type: String
Resources:
  Sessions:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions:
        - {AttributeName: id, AttributeType: S}
      KeySchema:
        - {AttributeName: id, KeyType: HASH}
      TimeToLiveSpecification:
        AttributeName: expiresAt
        Enabled: !Ref Expire  # undecided: parameter "Expire" has no default
```

```hcl
variable "expire" { # undecided: Fails when var.expire is false
  type = bool
}

resource "aws_dynamodb_table" "sessions" {
  name     = "sessions"
  hash_key = "id"

  ttl {
    attribute_name = "expiresAt"
    enabled        = var.expire
  }

  attribute {
    name = "id"
    type = "S"
  }
}
```

## Sources

- [updateTimeToLive](https://docs.aws.amazon.com/goto/SdkForKotlin/dynamodb-2012-08-10/UpdateTimeToLive), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.dynamodb import Table
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, accept, exempt, flag, not_applicable, rule
from wa_iac.core.value import Known

_SHORT_LIVED: Final = late(
    r"(?:^|[-_ .])(?:sessions?|tokens?|caches?|otps?|nonces?|idempotency|rate[-_]?limits?|verification[-_]?codes?)(?:$|[-_ .]|table)"
)
_WORDS: Final = late(r"(?<=[a-z0-9])(?=[A-Z])")


@rule(
    practices=["COST04-BP05", "SUS04-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"TimeToLiveSpecification": {"AttributeName": "<the attribute with the time>", "Enabled": True}},
        tf={"ttl": {"attribute_name": "<the attribute with the time>", "enabled": True}},
        decision="The attribute holds the time at which an item expires, in seconds since 1970; the program writes it with each item.",
    ),
)
def check(table: Table, graph: Graph) -> Flags:
    del graph
    names = [_WORDS.sub("-", table.declared.name).lower()]
    if isinstance(table.name, Known):
        names.append(_WORDS.sub("-", table.name.value).lower())
    if not any(_SHORT_LIVED.search(each) for each in names):
        yield not_applicable("its name does not say that its items expire")
        return
    accept(table.ttl)
    exempt(table.locks_state(), "a table that locks Terraform's state keeps few items")
    yield flag(
        table.ttl,
        "By its name, this table holds items of short life, and nothing here deletes them: it may grow, and cost more each month.",
    )
