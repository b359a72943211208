"""# S3 bucket keeps every old version forever

## Why

In a bucket with versioning, an object that is overwritten or deleted stays as an old version, and is charged like any other.
The lifecycle rules of this bucket are about current objects only, so old versions add up without an end. That is true of
objects that a rule expires too: it makes them old versions, and deletes nothing.

## What it checks

Buckets with versioning and lifecycle rules, of which none expires or moves old versions. If a rule expires objects, its author
wants to be rid of them, and the confidence is high. Otherwise it is medium.

## What is left out

A bucket without any lifecycle rule is reported by `s3-lifecycle`. A bucket with Object Lock keeps its versions on purpose. A
rule for a part of the bucket is accepted: the rest may never be overwritten. If the rules of the bucket are each for a part of it, the
remedy says that each of them needs it.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration:
        Status: Enabled
      LifecycleConfiguration:
        Rules:
          - Status: Enabled  # finding
            Transitions:
              - StorageClass: INTELLIGENT_TIERING
                TransitionInDays: 0
```

```hcl
resource "aws_s3_bucket" "orders" {
  bucket = "acme-orders"
}

resource "aws_s3_bucket_versioning" "orders" {
  bucket = aws_s3_bucket.orders.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule { # finding
    id     = "age"
    status = "Enabled"

    filter {}

    transition {
      storage_class = "INTELLIGENT_TIERING"
    }
  }
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration:
        Status: Enabled
      LifecycleConfiguration:
        Rules:
          - Status: Enabled
            Transitions:
              - StorageClass: INTELLIGENT_TIERING
                TransitionInDays: 0
            NoncurrentVersionExpiration:
              NoncurrentDays: 90
```

```hcl
resource "aws_s3_bucket" "orders" {
  bucket = "acme-orders"
}

resource "aws_s3_bucket_versioning" "orders" {
  bucket = aws_s3_bucket.orders.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    id     = "age"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 90
    }

    transition {
      storage_class = "INTELLIGENT_TIERING"
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: Object Lock
    Type: AWS::S3::Bucket
    Properties:
      ObjectLockEnabled: true
      VersioningConfiguration:
        Status: Enabled
      LifecycleConfiguration:
        Rules:
          - Status: Enabled
            Transitions:
              - StorageClass: INTELLIGENT_TIERING
                TransitionInDays: 0
```

## Undecided

The result is undecided if the state of the versioning is not known before deployment.

```yaml
Parameters:
  Versioning:
    Type: String
Resources:
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration:
        Status: !Ref Versioning  # undecided: parameter "Versioning" has no default
      LifecycleConfiguration:
        Rules:
          - Status: Enabled
            Transitions:
              - StorageClass: INTELLIGENT_TIERING
                TransitionInDays: 0
```

```hcl
variable "versioning" {
  type = string
}

resource "aws_s3_bucket" "orders" {
  bucket = "acme-orders"
}

resource "aws_s3_bucket_versioning" "orders" {
  bucket = aws_s3_bucket.orders.id

  versioning_configuration {
    status = var.versioning # undecided: var.versioning has no default
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    id     = "age"
    status = "Enabled"

    filter {}

    transition {
      storage_class = "INTELLIGENT_TIERING"
    }
  }
}
```

## Sources

- [AWS::S3::Bucket NoncurrentVersionExpiration](https://docs.amazonaws.cn/AWSCloudFormation/latest/UserGuide/aws-properties-s3-bucket-noncurrentversionexpiration.html), read on 2026-11-29
- [NoncurrentVersionExpiration - Amazon Simple Storage Service](https://docs.aws.amazon.com/goto/WebAPI/s3-2006-03-01/NoncurrentVersionExpiration), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.s3 import Bucket, LifecycleRule
from wa_iac.core.logic import holds, negate
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule
from wa_iac.core.value import Absent, Known

_LONGEST: Final = 90
"""Days within which somebody notices that an object was lost."""


def _expired(days: int) -> Remedy:
    return Remedy(
        cfn={"LifecycleConfiguration": {"Rules[]": {"NoncurrentVersionExpiration": {"NoncurrentDays": days}}}},
        tf={"lifecycle_rule[]": {"noncurrent_version_expiration": {"days": days}}},
        of={
            "aws_s3_bucket_lifecycle_configuration": {"rule[]": {"noncurrent_version_expiration": {"noncurrent_days": days}}},
        },
        decision="Old versions are then deleted for good after these days.",
    )


def _like(rule: LifecycleRule, *, others: bool) -> Remedy:
    """The remedy for a rule, beside `others` or alone: what is for a few days only is not kept much longer as an old version."""
    days = rule.expiration_days.value if isinstance(rule.expiration_days, Known) else _LONGEST
    made = _expired(max(1, min(days, _LONGEST)))
    return replace(made, decision=f"{made.decision} {_IN_PART}") if others and _is_in_part(rule) else made


_IN_PART: Final = (
    "This rule is for some objects only: write one in each other rule that expires objects too, with days that fit it."
)


@rule(
    practices=["COST04-BP05", "SUS04-BP05"],
    severity=Severity.LOW,
    convention=True,
    remedy=_expired(_LONGEST),
    equivalents={"config": ["S3_VERSION_LIFECYCLE_POLICY_CHECK"]},
)
def check(bucket: Bucket) -> Flags:
    rules = [each for each in bucket.lifecycle_rules if each.in_force() != Known(False)]
    accept(any(each.unknown is None and _is_about_versions(each) for each in rules))
    accept(not rules)
    accept(negate(holds(bucket.versioning, "Enabled".__eq__)))
    exempt(bucket.object_lock, "Object Lock keeps its versions on purpose")
    all_known(*(each.unknown for each in rules), *(each.in_force() for each in rules))
    expiring = [each for each in rules if isinstance(each.expiration_days, Known) or isinstance(each.expiration_date, Known)]
    widest = min(expiring or rules, key=_is_in_part)
    instead = _like(widest, others=len(rules) > 1)
    if expiring:
        yield flag(
            widest,
            "Objects that this rule expires stay in the bucket as old versions, which are kept, and paid for, forever.",
            instead=instead,
        )
        return
    yield flag(
        widest,
        "No lifecycle rule of this bucket expires old versions: each is kept, and paid for, forever.",
        confidence=Confidence.MEDIUM,
        instead=instead,
    )


def _is_in_part(rule: LifecycleRule) -> bool:
    return rule.narrowed() == Known(True)


def _is_about_versions(rule: LifecycleRule) -> bool:
    return not isinstance(rule.noncurrent_days, Absent) or bool(rule.noncurrent_transitions)
