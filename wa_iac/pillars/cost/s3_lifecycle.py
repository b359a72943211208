"""# S3 bucket has no lifecycle rule that covers all objects

## Why

Without a lifecycle rule, S3 keeps every object, every part of an incomplete upload and, with versioning, every old version indefinitely,
at the price of frequent access. Set when objects move to a cheaper class or expire.

## What it checks

The rule reads the lifecycle rules of each bucket. It reports a bucket if no enabled rule covers all of its objects. A lifecycle rule with a
prefix or tags does not cover other objects.

## What is left out

Intelligent-Tiering configurations are also accepted. The rule does not check a bucket that several prefixes divide, each with its own
rules, because it may have no other objects.

## Non-compliant

```yaml
Resources:
  Exports:  # finding: has no lifecycle rule
    Type: AWS::S3::Bucket
```

```yaml
Resources:
  Exports:
    Type: AWS::S3::Bucket
    Properties:
      LifecycleConfiguration:
        Rules:
          - Status: Disabled  # finding: No lifecycle rule of this bucket is enabled
            ExpirationInDays: 365
```

```hcl
resource "aws_s3_bucket" "exports" {} # finding: has no lifecycle rule
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

## Not applicable

```yaml
Resources:
  Logs:  # not applicable: divided by prefixes
    Type: AWS::S3::Bucket
    Properties:
      LifecycleConfiguration:
        Rules:
          - Status: Enabled
            Prefix: requests/
            ExpirationInDays: 30
          - Status: Enabled
            Prefix: audit/
            ExpirationInDays: 365
```

```hcl
resource "aws_s3_bucket" "logs" {} # not applicable: divided by prefixes

resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    id     = "requests"
    status = "Enabled"
    filter {
      prefix = "requests/"
    }
    expiration {
      days = 30
    }
  }

  rule {
    id     = "audit"
    status = "Enabled"
    filter {
      prefix = "audit/"
    }
    expiration {
      days = 365
    }
  }
}
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
            ExpirationInDays: 365
```

```hcl
variable "status" {
  type = string
}

resource "aws_s3_bucket" "exports" {}

resource "aws_s3_bucket_lifecycle_configuration" "exports" {
  bucket = aws_s3_bucket.exports.id
  rule {
    id     = "age"
    status = var.status # undecided: var.status has no default
    expiration {
      days = 365
    }
  }
}
```

## Sources

- [Managing the lifecycle of objects](https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.s3 import Bucket, IntelligentTiering, LifecycleRule
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds_for_all
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule
from wa_iac.core.value import Known
from wa_iac.pillars.judgements.old_buckets import is_of_old_style, within

_WITHIN: Final = (
    'lifecycle_rule {\n  id      = "age"\n  enabled = true\n\n  abort_incomplete_multipart_upload_days = 7\n\n'
    '  transition {\n    storage_class = "INTELLIGENT_TIERING"\n  }\n}'
)

_BESIDE: Final = Remedy(tf=_WITHIN, differs=True, decision="Add this rule beside the others.")


@rule(
    practices=["COST04-BP05", "SUS04-BP03", "SEC07-BP04", "SUS04-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    remedy=Remedy(
        cfn="LifecycleConfiguration:\n  Rules:\n    - Status: Enabled\n      Transitions:\n"
        "        - StorageClass: INTELLIGENT_TIERING\n          TransitionInDays: 0\n"
        "      AbortIncompleteMultipartUpload:\n        DaysAfterInitiation: 7",
        tf='resource "aws_s3_bucket_lifecycle_configuration" "<a name>" {\n  bucket = <this bucket>.id\n\n  rule {\n    id     = "age"\n'
        '    status = "Enabled"\n\n    filter {}\n\n    transition {\n      storage_class = "INTELLIGENT_TIERING"\n    }\n\n'
        "    abort_incomplete_multipart_upload {\n      days_after_initiation = 7\n    }\n  }\n}",
        of={
            "aws_s3_bucket_lifecycle_configuration": {
                "rule": {"status": "Enabled", "transition": {"storage_class": "INTELLIGENT_TIERING"}}
            }
        },
        given=within(_WITHIN),
    ),
    equivalents={
        "checkov": ["CKV2_AWS_61"],
        "config": ["S3_LIFECYCLE_POLICY_CHECK"],
        "security_hub": ["S3.13"],
    },
)
def check(bucket: Bucket, graph: Graph) -> Flags:
    rules: list[LifecycleRule | IntelligentTiering] = [*bucket.lifecycle_rules, *bucket.intelligent_tiering]
    accept(holds_for_all((each.in_force(), each.narrowed()) for each in rules))
    parts = [each for each in rules if each.in_force() == Known(True)]
    exempt(len({each.prefix for each in parts}) > 1, "it is divided by prefixes, each with a lifecycle of its own")
    possible = [each for each in rules if each.in_force() != Known(False)]
    if len({each.prefix for each in possible}) > 1:
        all_known(*(each.in_force() for each in possible))
    if parts:
        yield flag(
            parts[0],
            "Only a part of this bucket has a lifecycle rule: every other object is kept, and paid for, until something deletes it.",
            instead=_BESIDE if is_of_old_style(bucket, graph) else "",
        )
    elif rules:
        yield flag(
            rules[0].status,
            "No lifecycle rule of this bucket is enabled: every object is kept, and paid for, until something deletes it.",
        )
    else:
        versions = " and every version" if bucket.versioning == Known("Enabled") else ""
        message = (
            f"This bucket has no lifecycle rule: every object{versions} is kept, and paid for, until something deletes it."
        )
        yield flag(bucket, message)
