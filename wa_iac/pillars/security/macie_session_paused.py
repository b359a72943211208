"""# Macie is paused

## Why

Amazon Macie looks for personal and secret data in S3 buckets, and for buckets that are open. While it is paused, it does neither: data
that gets into the wrong bucket stays unnoticed, although the template says that Macie is there.

## What it checks

The rule reads the status of each Macie session, and reports `PAUSED`.

## What is left out

Accounts without Macie, and the jobs that Macie runs.

## Non-compliant

```yaml
Resources:
  Macie:
    Type: AWS::Macie::Session
    Properties:
      Status: PAUSED  # finding
```

```hcl
resource "aws_macie2_account" "this" {
  status = "PAUSED" # finding
}
```

## Compliant

```yaml
Resources:
  Macie:
    Type: AWS::Macie::Session
    Properties:
      Status: ENABLED
```

```hcl
resource "aws_macie2_account" "this" {}
```

## Undecided

The result is undecided if the status is not known before deployment.

```yaml
Parameters:
  Status:
    Type: String
Resources:
  Macie:
    Type: AWS::Macie::Session
    Properties:
      Status: !Ref Status  # undecided: parameter "Status" has no default
```

```hcl
variable "status" {
  type = string
}

resource "aws_macie2_account" "this" {
  status = var.status # undecided: var.status has no default
}
```

## Sources

- [class CfnSessionProps (Amazon Macie)](https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_macie/CfnSessionProps.html), read on 2026-11-29
"""

from wa_iac.aws.macie import Session
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Severity, refuse, rule


@rule(
    practices=["SEC07-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    equivalents={"config": ["MACIE_STATUS_CHECK"], "security_hub": ["Macie.1"]},
    fix=Recipe(
        cfn={"Status": "ENABLED"}, tf={"status": "ENABLED"}, unsafe_because="AWS charges for the buckets that Macie looks at"
    ),
)
def check(session: Session) -> Flags:
    yield from refuse(session.status, "PAUSED", "Macie is paused: sensitive data in the wrong bucket stays unnoticed.")
