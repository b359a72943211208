"""# Kinesis stream is not encrypted

## Why

Without encryption, the records of this stream are stored unencrypted for the whole retention period.

## What it checks

The rule reports a stream without `StreamEncryption`, or with `encryption_type` `NONE`. Streams are not encrypted by default.

## What is left out

The rule does not ask for a customer managed key: `alias/aws/kinesis` is enough, and needs no permissions of producers and consumers.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::Kinesis::Stream
    Properties:
      ShardCount: 1
```

```hcl
resource "aws_kinesis_stream" "orders" {
  name            = "orders"
  shard_count     = 1
  encryption_type = "NONE" # finding
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::Kinesis::Stream
    Properties:
      ShardCount: 1
      StreamEncryption:
        EncryptionType: KMS
        KeyId: alias/aws/kinesis
```

```hcl
resource "aws_kinesis_stream" "orders" {
  name            = "orders"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = "alias/aws/kinesis"
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Key:
    Type: String
Conditions:
  HasKey: !Not [!Equals [!Ref Key, ""]]
Resources:
  Orders:
    Type: AWS::Kinesis::Stream
    Properties:
      ShardCount: 1
      StreamEncryption:
        Fn::If:
          - HasKey
          - EncryptionType: KMS
            KeyId: !Ref Key
          - !Ref AWS::NoValue  # undecided: Fails when Key is
```

```hcl
variable "encryption" {
  type = string
}

resource "aws_kinesis_stream" "orders" {
  name            = "orders"
  shard_count     = 1
  encryption_type = var.encryption # undecided: var.encryption has no default
}
```

## Sources

- [Data protection in Amazon Kinesis Data Streams](https://docs.aws.amazon.com/streams/latest/dev/server-side-encryption.md), read on 2026-11-29
- [Amazon Kinesis controls](https://docs.aws.amazon.com/controltower/latest/controlreference/kinesis-rules.html), read on 2026-11-29
"""

from dataclasses import replace

from wa_iac.aws.kinesis import Stream
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Remedy, Severity, expect, rule

_MANAGED = "alias/aws/kinesis"


_ENCRYPTED = Recipe(
    cfn={"StreamEncryption": {"EncryptionType": "KMS", "KeyId": _MANAGED}},
    tf={"encryption_type": "KMS", "kms_key_id": _MANAGED},
    unsafe_because="AWS charges for the requests to KMS, and other accounts cannot use this key",
)


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_43"],
        "trivy": ["AVD-AWS-0064"],
        "cdk_nag": ["AwsSolutions-KDS1"],
        "guard": ["KINESIS_STREAM_ENCRYPTION_RULE"],
        "config": ["KINESIS_STREAM_ENCRYPTED"],
        "security_hub": ["Kinesis.1"],
    },
    remedy=replace(
        Remedy.of_recipe(_ENCRYPTED),
        decision="AWS charges for the requests to KMS. Producers and consumers with roles of other accounts cannot use this key: give them one of your "
        "own, and the permission to use it.",
    ),
    fix=_ENCRYPTED,
)
def check(stream: Stream) -> Flags:
    yield from expect(
        stream.encryption, "KMS", "The records of this stream are stored unencrypted for as long as the stream keeps them."
    )
