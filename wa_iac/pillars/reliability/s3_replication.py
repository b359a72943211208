"""# S3 bucket is not replicated

## Why

S3 keeps a bucket's objects in one Region. With a replication rule to a bucket in another Region or of another account, the
objects survive a disaster in this Region or an intruder in this account.

## What it checks

The rule reads the replication rules of each bucket. It reports a bucket if no enabled rule copies all of its objects. Not every bucket is
worth a second copy, so the rule runs only in the profile `all`.

## What is left out

The rule does not check buckets that receive copies or access logs.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::S3::Bucket
```

```hcl
resource "aws_s3_bucket" "orders" {} # finding

resource "aws_s3_bucket_replication_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id
  role   = "arn:aws:iam::111122223333:role/replication"
  rule {
    status = "Disabled"
    destination {
      bucket = "arn:aws:s3:::orders-copy"
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
      ReplicationConfiguration:
        Role: arn:aws:iam::111122223333:role/replication
        Rules:
          - Status: Enabled
            Destination:
              Bucket: arn:aws:s3:::orders-copy
```

```hcl
resource "aws_s3_bucket" "orders" {}

resource "aws_s3_bucket" "copy" {}

resource "aws_s3_bucket_replication_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id
  role   = "arn:aws:iam::111122223333:role/replication"
  rule {
    status = "Enabled"
    destination {
      bucket = aws_s3_bucket.copy.arn
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Logs:  # not applicable: access logs of other buckets
    Type: AWS::S3::Bucket
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      LoggingConfiguration:
        DestinationBucketName: !Ref Logs
      VersioningConfiguration:
        Status: Enabled
      ReplicationConfiguration:
        Role: arn:aws:iam::123456789012:role/replication
        Rules:
          - Status: Enabled
            Destination:
              Bucket: !GetAtt Copy.Arn
  Copy:  # not applicable: receives copies
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration:
        Status: Enabled
```

```hcl
resource "aws_s3_bucket" "logs" {} # not applicable: access logs of other buckets

resource "aws_s3_bucket" "copy" {} # not applicable: receives copies

resource "aws_s3_bucket" "orders" {}

resource "aws_s3_bucket_logging" "orders" {
  bucket        = aws_s3_bucket.orders.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "orders/"
}

resource "aws_s3_bucket_replication_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id
  role   = "arn:aws:iam::123456789012:role/replication"

  rule {
    status = "Enabled"

    destination {
      bucket = aws_s3_bucket.copy.arn
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
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      ReplicationConfiguration:
        Role: arn:aws:iam::111122223333:role/replication
        Rules:
          - Status: !Ref Status  # undecided: parameter "Status" has no default
            Destination:
              Bucket: arn:aws:s3:::orders-copy
```

```hcl
variable "status" {
  type = string
}

resource "aws_s3_bucket" "orders" {}

resource "aws_s3_bucket_replication_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id
  role   = "arn:aws:iam::111122223333:role/replication"
  rule {
    status = var.status # undecided: var.status has no default
    destination {
      bucket = aws_s3_bucket.copy.arn
    }
  }
}
```

## Sources

- [s3-bucket-cross-region-replication-enabled - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-cross-region-replication-enabled.html), read on 2026-11-29
- [Regions - AWS Fault Isolation Boundaries](https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/regions.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.s3 import Bucket
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds_for_all
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule
from wa_iac.core.value import Known
from wa_iac.pillars.judgements.old_buckets import within

_BOTH: Final = "Both buckets need versioning."


@rule(
    practices=["REL09-BP01", "REL10-BP01", "REL13-BP02"],
    severity=Severity.LOW,
    convention=True,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="ReplicationConfiguration:\n  Role: <a role's ARN>\n  Rules:\n    - Status: Enabled\n      Destination:\n"
        "        Bucket: <a bucket's ARN>",
        tf='resource "aws_s3_bucket_replication_configuration" "<a name>" {\n  bucket = <this bucket>.id\n  role   = <a role>.arn\n\n'
        '  rule {\n    status = "Enabled"\n\n    destination {\n      bucket = <a bucket>.arn\n    }\n  }\n}',
        of={"aws_s3_bucket_replication_configuration": {"rule": {"status": "Enabled"}}},
        decision=_BOTH,
        given=within(
            'replication_configuration {\n  role = <a role>.arn\n\n  rules {\n    status = "Enabled"\n\n    destination {\n'
            "      bucket = <a bucket>.arn\n    }\n  }\n}",
            _BOTH,
        ),
    ),
    equivalents={
        "checkov": ["CKV_AWS_144"],
        "cdk_nag": ["S3BucketReplicationEnabled"],
        "guard": ["S3_BUCKET_REPLICATION_ENABLED"],
        "config": ["S3_BUCKET_REPLICATION_ENABLED", "S3_BUCKET_CROSS_REGION_REPLICATION_ENABLED"],
    },
)
def check(bucket: Bucket, graph: Graph) -> Flags:
    receives = bool(bucket.logged_by.targets) or bucket in graph.once(_receivers)
    exempt(receives, "it receives copies or access logs of other buckets")
    accept(holds_for_all((each.in_force(), each.narrowed()) for each in bucket.replication))
    part = next((each for each in bucket.replication if each.in_force() == Known(True)), None)
    if part is not None:
        yield flag(
            part, "Only some objects of this bucket are replicated: all others are lost together with this Region or account."
        )
    else:
        yield flag(bucket, "This bucket is not replicated: its objects are lost together with this Region or account.")


def _receivers(graph: Graph) -> frozenset[Bucket]:
    """The buckets that receive copies of others."""
    return frozenset(target for other in graph.of(Bucket) for each in other.replication for target in each.target.targets)
