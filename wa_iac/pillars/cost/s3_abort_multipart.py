"""# S3 bucket has no rule to abort incomplete multipart uploads

## Why

The parts of an incomplete multipart upload do not appear in a listing, and you pay for them until someone removes them. A
lifecycle rule for the whole bucket removes them after some days.

## What it checks

The rule reads the lifecycle rules of each bucket. It reports a bucket if no rule removes the parts of incomplete uploads in the whole
bucket. A rule with a prefix or a tag applies only to matching objects ("Lifecycle configuration elements", Amazon S3 User Guide).

## What is left out

The rule checks only buckets with an enabled lifecycle rule; `s3-lifecycle` reports the others.

## Non-compliant

```yaml
Resources:
  Exports:
    Type: AWS::S3::Bucket
    Properties:
      LifecycleConfiguration:
        Rules:
          - Status: Enabled  # finding
            ExpirationInDays: 365
```

```hcl
resource "aws_s3_bucket" "exports" {}

resource "aws_s3_bucket_lifecycle_configuration" "exports" {
  bucket = aws_s3_bucket.exports.id
  rule { # finding
    id     = "age"
    status = "Enabled"
    expiration {
      days = 365
    }
  }
}
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
            AbortIncompleteMultipartUpload:
              DaysAfterInitiation: 7
```

```hcl
resource "aws_s3_bucket" "exports" {}

resource "aws_s3_bucket_lifecycle_configuration" "exports" {
  bucket = aws_s3_bucket.exports.id
  rule {
    id     = "parts"
    status = "Enabled"
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Exports:  # not applicable: no enabled lifecycle rule
    Type: AWS::S3::Bucket
```

```hcl
resource "aws_s3_bucket" "exports" {} # not applicable: no enabled lifecycle rule
```

## Undecided

The result is undecided if `Status` or `status` is not known before deployment.

```yaml
Parameters:
  Status:
    Type: String
Resources:
  Exports:
    Type: AWS::S3::Bucket
    Properties:
      LifecycleConfiguration:
        Rules:
          - Status: !Ref Status  # undecided: parameter "Status" has no default
            AbortIncompleteMultipartUpload:
              DaysAfterInitiation: 7
```

```hcl
variable "status" {
  type = string
}

resource "aws_s3_bucket" "exports" {}

resource "aws_s3_bucket_lifecycle_configuration" "exports" {
  bucket = aws_s3_bucket.exports.id
  rule {
    id     = "parts"
    status = var.status # undecided: var.status has no default
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
```

## Sources

- [Configuring a bucket lifecycle configuration to delete incomplete multipart uploads - Amazon Simple Storage Service](https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html), read on 2026-11-29
"""

from wa_iac.aws.s3 import Bucket, LifecycleRule
from wa_iac.core.fix import Recipe
from wa_iac.core.logic import all_of, holds_for_all, is_set
from wa_iac.core.rule import Confidence, Flags, Severity, accept, exempt, flag, rule
from wa_iac.core.value import Absent, Known, Value


@rule(
    practices=["COST04-BP05", "SUS04-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    equivalents={"checkov": ["CKV_AWS_300"]},
    fix=Recipe(
        cfn={"LifecycleConfiguration": {"Rules[]": {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}}}},
        tf={"lifecycle_rule[]": {"abort_incomplete_multipart_upload_days": 7}},
        types={
            "aws_s3_bucket_lifecycle_configuration": {
                "rule[]": {"abort_incomplete_multipart_upload": {"days_after_initiation": 7}}
            }
        },
    ),
)
def check(bucket: Bucket) -> Flags:
    rules = [each for each in bucket.lifecycle_rules if each.status != Known("Disabled")]
    exempt(not rules, "it has no enabled lifecycle rule")
    aborting = [each for each in rules if not isinstance(each.abort_multipart_days, Absent)]
    accept(holds_for_all((_aborts(each), each.narrowed()) for each in aborting))
    # A rule for the whole bucket is where it is best written; without one, there has to be another rule.
    where = next((each for each in rules if each.narrowed() == Known(False)), bucket)
    yield flag(
        where,
        (
            "The parts of incomplete uploads are removed in only a part of this bucket: elsewhere they are invisible, "
            "and paid for."
        )
        if aborting
        else "None of this bucket's rules removes the parts of incomplete uploads: they are invisible, and paid for.",
    )


def _aborts(rule: LifecycleRule) -> Value[bool]:
    return all_of((is_set(rule.abort_multipart_days), rule.in_force()))
