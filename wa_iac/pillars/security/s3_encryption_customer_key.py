"""# S3 bucket is not encrypted with a key of its own

## Why

S3 encrypts every object. By default the key belongs to AWS: nobody can see who uses it, restrict it or withdraw it. With a customer managed
key, its policy decides who may read the objects, also if the bucket's policy is too wide, and disabling it closes the bucket.

## What it checks

The rule reads the default encryption of each bucket. It reports one that uses keys of S3, or the key `aws/s3` that AWS manages.

## What is left out

Buckets for logs that AWS delivers: load balancers and S3 cannot write with every key. Websites and buckets that only redirect: everybody
may read them.

## Non-compliant

```yaml
Resources:
  Orders:  # finding: S3 owns
    Type: AWS::S3::Bucket
```

```hcl
resource "aws_s3_bucket" "orders" {
  bucket = "orders"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms" # finding: AWS manages
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
          - BucketKeyEnabled: true
            ServerSideEncryptionByDefault:
              SSEAlgorithm: aws:kms
              KMSMasterKeyID: alias/orders
```

```hcl
resource "aws_s3_bucket" "orders" {
  bucket = "orders"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f"
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Site:  # not applicable: everybody may read
    Type: AWS::S3::Bucket
    Properties:
      WebsiteConfiguration:
        IndexDocument: index.html
```

```hcl
resource "aws_s3_bucket" "logs" { # not applicable: delivers logs
  bucket = "logs"
}

resource "aws_flow_log" "all" {
  vpc_id               = "vpc-0a1b2c3d"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
}
```

## Undecided

The result is undecided if it is not known whether a key is given.

```yaml
Parameters:
  Key:
    Type: String
Conditions:
  HasKey: !Not [!Equals [!Ref Key, ""]]
Resources:
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault:
              SSEAlgorithm: aws:kms  # undecided: Fails when Key
              KMSMasterKeyID: !If [HasKey, !Ref Key, !Ref "AWS::NoValue"]
```

```hcl
variable "key" {
  type = string
}

resource "aws_s3_bucket" "orders" {
  bucket = "orders"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms" # undecided: Fails when var.key == "" is true
      kms_master_key_id = var.key == "" ? null : var.key
    }
  }
}
```

## Sources

- [Protecting Data Using Server-Side Encryption with AWS Key Management Service (SSE-KMS)](https://github.com/awsdocs/amazon-s3-userguide/blob/main/doc_source/UsingKMSEncryption.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.s3 import Bucket
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.log_buckets import receives_deliveries
from wa_iac.pillars.judgements.old_buckets import within

_MANAGED: Final = "alias/aws/s3"


@rule(
    practices=["SEC08-BP01", "SEC08-BP02"],
    severity=Severity.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn="BucketEncryption:\n  ServerSideEncryptionConfiguration:\n    - BucketKeyEnabled: true\n      ServerSideEncryptionByDefault:\n"
        "        SSEAlgorithm: aws:kms\n        KMSMasterKeyID: !Ref <a KMS key>",
        tf='resource "aws_s3_bucket_server_side_encryption_configuration" "<a name>" {\n  bucket = <this bucket>.id\n\n  rule {\n'
        "    bucket_key_enabled = true\n    apply_server_side_encryption_by_default {\n"
        '      sse_algorithm     = "aws:kms"\n      kms_master_key_id = <a KMS key>.arn\n    }\n  }\n}',
        given=within(
            "server_side_encryption_configuration {\n  rule {\n    apply_server_side_encryption_by_default {\n"
            '      sse_algorithm     = "aws:kms"\n      kms_master_key_id = <a KMS key>.arn\n    }\n  }\n}'
        ),
    ),
    equivalents={
        "checkov": ["CKV_AWS_145"],
        "trivy": ["AVD-AWS-0132"],
        "cdk_nag": ["S3DefaultEncryptionKMS"],
        "guard": ["S3_DEFAULT_ENCRYPTION_KMS"],
        "config": ["S3_DEFAULT_ENCRYPTION_KMS"],
    },
)
def check(bucket: Bucket, graph: Graph) -> Flags:
    key = bucket.encryption_key
    managed = any(str(each.value).endswith(_MANAGED) for each in key.external)
    if key.presence == Known(True) and not managed:
        return
    exempt(bool(bucket.website), "it serves a website, and everybody may read it")
    exempt(receives_deliveries(bucket, graph), "AWS delivers logs into it, and not every service can use every key")
    algorithm = settled(bucket.encryption)
    all_known(key.presence)
    with_kms = isinstance(algorithm, Known) and algorithm.value.startswith("aws:kms")
    whose = "AWS manages" if with_kms else "S3 owns"
    yield flag(
        algorithm,
        f"This bucket is encrypted with a key that {whose}: its policy is not yours, so it can be neither restricted nor withdrawn.",
    )
