"""# Bucket keeps every object forever in its dearest class

Without a lifecycle every object, every old version and every piece of a broken upload is kept, and paid for at the price of frequent
access, for good. Say after how long objects move to a cheaper class, or go. Intelligent-Tiering configurations count as well.

## Non-compliant

```yaml
Resources:
  Exports:  # finding
    Type: AWS::S3::Bucket
```

```yaml
Resources:
  Exports:
    Type: AWS::S3::Bucket
    Properties:
      LifecycleConfiguration:
        Rules:
          - Status: Disabled  # finding
            ExpirationInDays: 365
```

```hcl
resource "aws_s3_bucket" "exports" {} # finding
```

## Compliant

```yaml
Resources:
  Exports:
    Type: AWS::S3::Bucket
    Properties:
      LifecycleConfiguration:
        Rules:
          - Status: Enabled
            Transitions:
              - { StorageClass: INTELLIGENT_TIERING, TransitionInDays: 0 }
```

```hcl
resource "aws_s3_bucket" "exports" {}

resource "aws_s3_bucket_lifecycle_configuration" "exports" {
  bucket = aws_s3_bucket.exports.id
  rule {
    id     = "age"
    status = "Enabled"
    expiration {
      days = 365
    }
  }
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.s3 import Bucket
from wa_iac.core.rule import Flag, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Known, Unknown


@rule(
    practices=["COST04-BP05", "SUS04-BP03", "SEC07-BP04", "SUS04-BP02"],
    severity=Severity.LOW,
    remedy=Remedy(
        cfn="LifecycleConfiguration:\n  Rules:\n    - Status: Enabled\n      Transitions:\n"
        "        - { StorageClass: INTELLIGENT_TIERING, TransitionInDays: 0 }",
        tf='resource "aws_s3_bucket_lifecycle_configuration" "this" {\n  bucket = <the bucket>.id\n  rule {\n    id     = "age"\n'
        '    status = "Enabled"\n    transition {\n      storage_class = "INTELLIGENT_TIERING"\n    }\n  }\n}',
    ),
    equivalents={"checkov": ["CKV2_AWS_61"], "config": ["S3_LIFECYCLE_POLICY_CHECK"]},
)
def check(bucket: Bucket) -> Iterator[Flag]:
    states = [*(each.status for each in bucket.lifecycle_rules), *(each.status for each in bucket.intelligent_tiering)]
    if any(state == Known("Enabled") for state in states):
        return
    for state in states:
        if isinstance(state, Unknown):
            yield undecided(state)
            return
    if states:
        yield flag(states[0], "No lifecycle rule of this bucket is enabled: every object is kept, and paid for, forever.")
    else:
        yield flag(bucket, "This bucket has no lifecycle: every object and every version is kept, and paid for, forever.")
