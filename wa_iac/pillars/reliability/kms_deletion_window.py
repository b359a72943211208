"""# KMS key is gone a few days after its deletion

## Why

After a KMS key is deleted by mistake, the waiting period is the only time in which somebody can notice the errors and cancel. When it is
over, everything that was encrypted with the key is lost for good. A week is over before somebody is back from a holiday.

## What it checks

The rule reads the waiting period of each KMS key, and reports less than two weeks.

## What is left out

By default KMS waits for 30 days. A key that CloudFormation retains, or that Terraform may not destroy, is not deleted with its stack.

## Non-compliant

```yaml
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      PendingWindowInDays: 7  # finding: 7 days
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Sub arn:aws:iam::${AWS::AccountId}:root
            Action: kms:*
            Resource: "*"
```

```hcl
resource "aws_kms_key" "orders" {
  deletion_window_in_days = 10 # finding: 10 days
}
```

## Compliant

```yaml
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      PendingWindowInDays: 14
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Sub arn:aws:iam::${AWS::AccountId}:root
            Action: kms:*
            Resource: "*"
```

```hcl
resource "aws_kms_key" "orders" {
  description = "Orders"
}
```

## Not applicable

```hcl
resource "aws_kms_key" "orders" { # not applicable: not deleted
  deletion_window_in_days = 7

  lifecycle {
    prevent_destroy = true
  }
}
```

## Undecided

The result is undecided if the waiting period is not known before deployment.

```yaml
Parameters:
  Days:
    Type: Number
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      PendingWindowInDays: !Ref Days  # undecided: parameter "Days" has no default
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Sub arn:aws:iam::${AWS::AccountId}:root
            Action: kms:*
            Resource: "*"
```

```hcl
variable "days" {
  type = number
}

resource "aws_kms_key" "orders" {
  deletion_window_in_days = var.days # undecided: var.days has no default
}
```

## Sources

- [Deleting keys - AWS Key Management Service](https://docs.aws.amazon.com/kms/latest/cryptographic-details/key-deletion.html), read on 2026-11-29
"""

from pydantic import Field

from wa_iac.aws.kms import Key
from wa_iac.core.rule import Confidence, Flags, Options, Remedy, Severity, exempt, flag, rule, written
from wa_iac.core.value import Known


class Waiting(Options):
    minimum_days: int = Field(default=14, ge=7, le=30, description="The shortest waiting period that is accepted.")


def _wait(options: Waiting) -> Remedy:
    return Remedy(cfn={"PendingWindowInDays": options.minimum_days}, tf={"deletion_window_in_days": options.minimum_days})


@rule(
    practices=["SEC08-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    profile="all",
    remedy=_wait,
)
def check(key: Key, waiting: Waiting) -> Flags:
    days = written(key.deletion_window)
    if days.value < waiting.minimum_days:
        kept = key.prevent_destroy == Known(True) or Known("Retain") == key.deletion_policy
        exempt(kept, "it is not deleted with its stack, or by Terraform")
        yield flag(days, f"A mistake can be undone for {days.value} days only: then all data that this key encrypts is lost.")
