"""# S3 bucket asks KMS for each object

## Why

S3 asks KMS for a key whenever an object of this bucket is written or read, and KMS charges for each request. With a bucket key,
S3 asks once for many objects. That saves up to 99 percent of the requests, and keeps a busy bucket from using up the account's
quota of KMS.

## What it checks

Buckets whose default encryption is SSE-KMS, without a bucket key. It is off by default.

## What is left out

S3 supports no bucket keys for dual-layer encryption (`aws:kms:dsse`). A bucket with S3's own keys makes no requests to KMS.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault:
              SSEAlgorithm: aws:kms
            BucketKeyEnabled: false  # finding
```

```hcl
resource "aws_s3_bucket" "orders" {
  bucket = "acme-orders"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    bucket_key_enabled = false # finding

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
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
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault:
              SSEAlgorithm: aws:kms
            BucketKeyEnabled: true
```

```hcl
resource "aws_s3_bucket" "orders" {
  bucket = "acme-orders"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: dual-layer
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault:
              SSEAlgorithm: aws:kms:dsse
```

## Undecided

The result is undecided if the algorithm or the setting is not known before deployment.

```yaml
Parameters:
  Saving:
    Type: String
Resources:
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault:
              SSEAlgorithm: aws:kms
            BucketKeyEnabled: !Ref Saving  # undecided: parameter "Saving" has no default
```

```hcl
variable "saving" { # undecided: Fails when var.saving is false
  type = bool
}

resource "aws_s3_bucket" "orders" {
  bucket = "acme-orders"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    bucket_key_enabled = var.saving

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}
```

## Sources

- [AWS::S3::Bucket ServerSideEncryptionRule](https://docs.aws.amazon.com/zh_cn/AWSCloudFormation/latest/UserGuide/aws-properties-s3-bucket-serversideencryptionrule.html), read on 2026-11-29
- [AWS-EnableS3BucketKeys - Amazon Systems Manager Automation Runbook Reference](https://docs.amazonaws.cn/systems-manager-automation-runbooks/latest/userguide/automation-aws-enableS3bucketkeys.html), read on 2026-11-29
- [s3 bucketkey poc](https://github.com/aws-samples/s3-bucketkey-poc), read on 2026-11-29
"""

from wa_iac.aws.s3 import Bucket
from wa_iac.core.fix import Recipe
from wa_iac.core.logic import holds
from wa_iac.core.rule import Flags, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["COST05-BP05"],
    severity=Severity.LOW,
    profile="all",
    convention=True,
    fix=Recipe(
        cfn={"BucketEncryption": {"ServerSideEncryptionConfiguration[]": {"BucketKeyEnabled": True}}},
        tf={"server_side_encryption_configuration": {"rule": {"bucket_key_enabled": True}}},
        types={"aws_s3_bucket_server_side_encryption_configuration": {"rule[]": {"bucket_key_enabled": True}}},
        unsafe_because="a policy of the key that names single objects in the encryption context no longer matches",
    ),
)
def check(bucket: Bucket) -> Flags:
    if bucket.bucket_key == Known(True):
        return
    exempt(bucket.encryption == Known("aws:kms:dsse"), "S3 has no bucket keys for dual-layer encryption")
    accept(holds(bucket.encryption, lambda algorithm: algorithm != "aws:kms"))
    yield flag(
        settled(bucket.bucket_key),
        "S3 asks KMS for a key at each read and write of an object in this bucket: each request is charged.",
    )
