"""# S3 bucket keeps its ACLs

## Why

An access control list is a second way to let others in, beside the policy of the bucket, and each object can have its own. Nobody reviews
them. Objects that another account uploads can even belong to that account, so that the bucket's owner cannot read them. S3 turns ACLs off
for new buckets since April 2023.

## What it checks

The rule reports a bucket whose code turns ACLs on: object ownership `BucketOwnerPreferred` or `ObjectWriter`.

## What is left out

A bucket without ownership controls has no ACLs by default. A bucket may need them: for the log files of S3 or CloudFront, or if its own ACL
grants something.

## Non-compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      OwnershipControls:
        Rules:
          - ObjectOwnership: ObjectWriter  # finding
```

```hcl
resource "aws_s3_bucket" "reports" {
  bucket = "reports"
}

resource "aws_s3_bucket_ownership_controls" "reports" {
  bucket = aws_s3_bucket.reports.id

  rule {
    object_ownership = "BucketOwnerPreferred" # finding
  }
}

resource "aws_s3_bucket_acl" "reports" {
  bucket = aws_s3_bucket.reports.id
  acl    = "private"
}
```

## Compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
```

```hcl
resource "aws_s3_bucket" "reports" {
  bucket = "reports"
}

resource "aws_s3_bucket_ownership_controls" "reports" {
  bucket = aws_s3_bucket.reports.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}
```

## Not applicable

```yaml
Resources:
  Logs:  # not applicable: its ACL grants
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: LogDeliveryWrite
      OwnershipControls:
        Rules:
          - ObjectOwnership: ObjectWriter
```

```hcl
resource "aws_s3_bucket" "logs" { # not applicable: delivers logs
  bucket = "logs"
}

resource "aws_s3_bucket_ownership_controls" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}

resource "aws_s3_bucket_logging" "reports" {
  bucket        = "reports"
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "reports/"
}

resource "aws_flow_log" "all" {
  vpc_id               = "vpc-0a1b2c3d"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
}
```

## Undecided

The result is undecided if the ownership is not known before deployment.

```yaml
Parameters:
  Ownership:
    Type: String
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      OwnershipControls:
        Rules:
          - ObjectOwnership: !Ref Ownership  # undecided: parameter "Ownership" has no default
```

```hcl
variable "ownership" {
  type = string
}

resource "aws_s3_bucket" "reports" {
  bucket = "reports"
}

resource "aws_s3_bucket_ownership_controls" "reports" {
  bucket = aws_s3_bucket.reports.id

  rule {
    object_ownership = var.ownership # undecided: var.ownership has no default
  }
}
```

## Sources

- [Controlling ownership of objects and disabling ACLs for your bucket - Amazon Simple Storage Service](https://docs.aws.amazon.com/AmazonS3/latest/user-guide/add-object-ownership.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.s3 import Bucket
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, exempt, flag, rule, written
from wa_iac.knowledge.log_buckets import receives_deliveries

_ENFORCED: Final = "BucketOwnerEnforced"


@rule(
    practices=["SEC03-BP02", "SEC08-BP04"],
    severity=Severity.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn="OwnershipControls:\n  Rules:\n    - ObjectOwnership: BucketOwnerEnforced",
        tf='rule {\n  object_ownership = "BucketOwnerEnforced"\n}',
        decision="Remove the bucket's ACL too: S3 refuses one from then on.",
    ),
    equivalents={
        "checkov": ["CKV2_AWS_65"],
        "config": ["S3_BUCKET_ACL_PROHIBITED"],
        "security_hub": ["S3.12"],
    },
)
def check(bucket: Bucket, graph: Graph) -> Flags:
    ownership = written(bucket.ownership)
    if ownership.value == _ENFORCED:
        return
    exempt(receives_deliveries(bucket, graph), "AWS delivers logs into it, for which some services need an ACL")
    grants = holds(bucket.acl, lambda name: name.replace("-", "").lower() != "private")
    exempt(any(each.unknown is None for each in bucket.grants), "its ACL grants something to others")
    exempt(grants, "its ACL grants something to others")
    all_known(*(each.unknown for each in bucket.grants))
    yield flag(
        ownership,
        f"{ownership.value} turns ACLs on: each object can have one, which lets others in beside every policy.",
    )
