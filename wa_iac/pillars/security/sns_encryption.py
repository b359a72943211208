"""# SNS topic is not encrypted with a KMS key

## Why

SNS stores messages on encrypted disks ([data encryption](https://docs.aws.amazon.com/sns/latest/dg/sns-data-encryption.html)),
but this does not protect them from anyone who can read the topic. With a KMS key, SNS encrypts each message before it stores
it, readers also need permission to use the key, and every use of the key is recorded.

`alias/aws/sns` is enough if only people and programs with AWS identities publish. S3, EventBridge, CloudWatch alarms and other
services that publish need a customer managed key with a policy that lets them use it.

## What it checks

The rule reads the KMS key of each topic, and reports a topic without one. SNS uses no KMS key by default.

## What is left out

Every KMS key is accepted, the AWS managed key `alias/aws/sns` included. No topic is exempted.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::SNS::Topic
```

```hcl
resource "aws_sns_topic" "orders" { # finding
  name = "orders"
}
```

## Compliant

```yaml
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
  Orders:
    Type: AWS::SNS::Topic
    Properties:
      KmsMasterKeyId: !Ref Key
```

```hcl
resource "aws_sns_topic" "orders" {
  name              = "orders"
  kms_master_key_id = "alias/aws/sns"
}
```

## Undecided

The result is undecided if `KmsMasterKeyId` or `kms_master_key_id` is not known before deployment.

```yaml
Parameters:
  KmsMasterKeyId:
    Type: String
Resources:
  Orders:
    Type: AWS::SNS::Topic
    Properties:
      KmsMasterKeyId: !Ref KmsMasterKeyId  # undecided: parameter "KmsMasterKeyId" has no default
```

```hcl
variable "kms_master_key_id" {
  type = string
}

resource "aws_sns_topic" "orders" {
  name              = "orders"
  kms_master_key_id = var.kms_master_key_id # undecided: var.kms_master_key_id has no default
}
```

## Sources

- [Amazon SNS data encryption - Amazon Simple Notification Service](https://docs.amazonaws.cn/en_us/sns/latest/dg/sns-data-encryption.html), read on 2026-11-29
- [sns-encrypted-kms - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/sns-encrypted-kms.html), read on 2026-11-29
"""

from wa_iac.aws.sns import Topic
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="KmsMasterKeyId: !Ref <the key>",
        tf="kms_master_key_id = <the key>.id",
        of={
            "AWS::Serverless::Function": "# a topic of your own that has a KmsMasterKeyId\nOnFailure:\n  Type: SNS\n  Destination: !Ref <the topic>"
        },
    ),
    equivalents={
        "checkov": ["CKV_AWS_26"],
        "trivy": ["AVD-AWS-0095", "AVD-AWS-0136"],
        "cdk_nag": ["SNSEncryptedKMS"],
        "guard": ["SNS_ENCRYPTED_KMS"],
        "config": ["SNS_ENCRYPTED_KMS"],
        "cfn_nag": ["W47"],
    },
)
def check(topic: Topic) -> Flags:
    accept(given(topic.key_id))
    yield flag(
        topic.key_id,
        "Only SNS's own disk encryption protects these messages: no KMS key limits who can read them, or records who did.",
    )
