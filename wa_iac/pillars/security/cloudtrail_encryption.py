"""# CloudTrail trail or event data store is not encrypted with a customer managed key

## Why

Without a customer managed key, the logs are encrypted with S3's own keys, so anyone who may read the bucket may read them. With
a customer managed key, readers need a second permission. The key policy can give it to auditors alone, and every use of the key
is recorded.

## What it checks

The rule checks trails and event data stores, and reports one without a KMS key. The confidence is low for a trail that only watches
objects of buckets in the same code, as the trigger of a pipeline does. Otherwise it is medium, so that the finding is advice: S3 encrypts the
logs by itself, and anyone who reads them, also in a central account, would need the key too.

## What is left out

The rule does not look at the policy of the key, or at the encryption of the bucket itself.

## Non-compliant

```yaml
Resources:
  Audit:  # finding
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: audit-logs
```

```hcl
resource "aws_cloudtrail" "audit" { # finding
  name           = "audit"
  s3_bucket_name = "audit-logs"
}

resource "aws_cloudtrail_event_data_store" "audit" { # finding
  name = "audit"
}
```

## Compliant

```yaml
Resources:
  AuditKey:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      KeyPolicy: {}
  Audit:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: audit-logs
      KMSKeyId: !GetAtt AuditKey.Arn
```

```hcl
resource "aws_kms_key" "audit" {
  enable_key_rotation = true
}

resource "aws_cloudtrail" "audit" {
  name           = "audit"
  s3_bucket_name = "audit-logs"
  kms_key_id     = aws_kms_key.audit.arn
}
```

## Undecided

The result is undecided if `KMSKeyId` or `kms_key_id` is not known before deployment.

```yaml
Parameters:
  KMSKeyId:
    Type: String
Resources:
  Audit:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: audit-logs
      KMSKeyId: !Ref KMSKeyId  # undecided: parameter "KMSKeyId" has no default
```

```hcl
variable "kms_key_id" {
  type = string
}

resource "aws_cloudtrail" "audit" {
  name           = "audit"
  s3_bucket_name = "audit-logs"
  kms_key_id     = var.kms_key_id # undecided: var.kms_key_id has no default
}
```

## Sources

- [Configure AWS KMS key policies for CloudTrail](https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.md), read on 2026-11-29
"""

from wa_iac.aws.cloudtrail import EventDataStore, Trail
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, milder, require, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.trails import is_trigger


@rule(
    practices=["SEC08-BP02", "SEC04-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="KMSKeyId: !GetAtt <a key>.Arn",
        tf="kms_key_id = <a key>.arn",
        decision="The policy of the key must allow cloudtrail.amazonaws.com to use kms:GenerateDataKey* and kms:DescribeKey, and anyone who reads the "
        "events to use kms:Decrypt. The key of a trail has to be in the Region of its bucket. An event data store can never change its key again.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_35", "CKV_AWS_294"],
        "trivy": ["AVD-AWS-0015"],
        "cdk_nag": ["CloudTrailEncryptionEnabled"],
        "guard": ["CLOUD_TRAIL_ENCRYPTION_ENABLED"],
        "config": ["CLOUD_TRAIL_ENCRYPTION_ENABLED", "CLOUDTRAIL_SECURITY_TRAIL_ENABLED"],
        "security_hub": ["CloudTrail.2"],
    },
)
def check(trail: Trail | EventDataStore, graph: Graph) -> Flags:
    triggers = isinstance(trail, Trail) and is_trigger(trail, graph) == Known(True)
    found = require(
        trail.key.presence,
        "These events are not encrypted with a customer managed key: anyone with access to their storage can read them.",
        at=trail,
    )
    yield from milder(found, confidence=Confidence.LOW if triggers else None)
