"""# SQS queue is not encrypted

## Why

SQS has encrypted new queues with its own keys (SSE-SQS) since October 2022, unless that is disabled, as it is here. SQS itself then
does not encrypt the bodies of the messages that it stores: only what AWS does to its disks protects them.

## What it checks

The rule reads the encryption of each queue. It reports a queue that turns off SSE-SQS and has no KMS key.

## What is left out

The default is accepted, and so is a KMS key.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      SqsManagedSseEnabled: false  # finding
```

```hcl
resource "aws_sqs_queue" "orders" {
  name                    = "orders"
  sqs_managed_sse_enabled = false # finding
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::SQS::Queue
  Payments:
    Type: AWS::SQS::Queue
    Properties:
      KmsMasterKeyId: alias/aws/sqs
```

```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue" "payments" {
  name                    = "payments"
  sqs_managed_sse_enabled = false
  kms_master_key_id       = aws_kms_key.payments.id
}

resource "aws_kms_key" "payments" {}
```

## Undecided

The result is undecided if `SqsManagedSseEnabled` or `sqs_managed_sse_enabled` is not known before deployment.

```yaml
Parameters:
  SqsManagedSseEnabled:
    Type: String
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      SqsManagedSseEnabled: !Ref SqsManagedSseEnabled  # undecided: parameter "SqsManagedSseEnabled" has no default
```

```hcl
variable "sqs_managed_sse_enabled" { # undecided: Fails when var.sqs_managed_sse_enabled is false
  type = bool
}

resource "aws_sqs_queue" "orders" {
  name                    = "orders"
  sqs_managed_sse_enabled = var.sqs_managed_sse_enabled
}
```

## Sources

- [Encryption at rest in Amazon SQS (Japanese edition)](https://docs.aws.amazon.com/ja_jp/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.md), read on 2026-11-29
- [enum QueueEncryption - AWS CDK](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_sqs.QueueEncryption.html), read on 2026-11-29
"""

from wa_iac.aws.sqs import Queue
from wa_iac.core.fix import Recipe
from wa_iac.core.presence import given
from wa_iac.core.rule import Flags, Severity, accept, refuse, rule
from wa_iac.core.value import Known


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_27", "CKV2_AWS_73"],
        "trivy": ["AVD-AWS-0096", "AVD-AWS-0135"],
        "cdk_nag": ["AwsSolutions-SQS2"],
        "guard": ["SQS_QUEUE_KMS_MASTER_KEY_ID_RULE"],
        "cfn_nag": ["W48"],
        "security_hub": ["SQS.1"],
    },
    fix=Recipe(
        cfn={"SqsManagedSseEnabled": True},
        tf={"sqs_managed_sse_enabled": True},
        unsafe_because="clients that do not use HTTPS, or do not sign their requests, can no longer use the queue",
    ),
)
def check(queue: Queue) -> Flags:
    if queue.managed_encryption == Known(True):
        return
    accept(given(queue.key_id))
    yield from refuse(
        queue.managed_encryption,
        False,
        "This queue has encryption turned off and no KMS key: SQS itself does not encrypt the messages that it stores.",
    )
