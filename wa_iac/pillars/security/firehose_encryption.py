"""# Firehose stream does not encrypt its buffer

## Why

Amazon Data Firehose keeps records for some minutes before it delivers them, and for up to a day if the destination does not answer. Without server-side
encryption, they are stored unencrypted meanwhile. Encryption with a key that AWS owns costs nothing and needs no permissions.

## What it checks

The rule reports a stream that receives records directly and does not turn on server-side encryption. It is off by default.

## What is left out

A stream that reads from Kinesis, Kafka or a database has no buffer of its own to encrypt: the source keeps the records.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      DeliveryStreamType: DirectPut
      ExtendedS3DestinationConfiguration:
        BucketARN: arn:aws:s3:::logs
        RoleARN: arn:aws:iam::111122223333:role/firehose
```

```hcl
resource "aws_kinesis_firehose_delivery_stream" "orders" {
  name        = "orders"
  destination = "extended_s3"

  extended_s3_configuration {
    bucket_arn = "arn:aws:s3:::logs"
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
  }

  server_side_encryption {
    enabled = false # finding
  }
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      DeliveryStreamType: DirectPut
      DeliveryStreamEncryptionConfigurationInput:
        KeyType: AWS_OWNED_CMK
      ExtendedS3DestinationConfiguration:
        BucketARN: arn:aws:s3:::logs
        RoleARN: arn:aws:iam::111122223333:role/firehose
```

```hcl
resource "aws_kinesis_firehose_delivery_stream" "orders" {
  name        = "orders"
  destination = "extended_s3"

  extended_s3_configuration {
    bucket_arn = "arn:aws:s3:::logs"
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
  }

  server_side_encryption {
    enabled = true
  }
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: its source keeps the records
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      DeliveryStreamType: KinesisStreamAsSource
      KinesisStreamSourceConfiguration:
        KinesisStreamARN: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
        RoleARN: arn:aws:iam::111122223333:role/firehose
      ExtendedS3DestinationConfiguration:
        BucketARN: arn:aws:s3:::logs
        RoleARN: arn:aws:iam::111122223333:role/firehose
```

```hcl
resource "aws_kinesis_firehose_delivery_stream" "orders" { # not applicable: its source keeps the records
  name        = "orders"
  destination = "extended_s3"

  extended_s3_configuration {
    bucket_arn = "arn:aws:s3:::logs"
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
  }

  kinesis_source_configuration {
    kinesis_stream_arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
    role_arn           = "arn:aws:iam::111122223333:role/firehose"
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Encrypted:
    Type: String
Conditions:
  IsEncrypted: !Equals [!Ref Encrypted, "true"]
Resources:
  Orders:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      DeliveryStreamType: DirectPut
      DeliveryStreamEncryptionConfigurationInput:
        Fn::If:
          - IsEncrypted
          - KeyType: AWS_OWNED_CMK
          - !Ref AWS::NoValue  # undecided: Fails when IsEncrypted is false
      ExtendedS3DestinationConfiguration:
        BucketARN: arn:aws:s3:::logs
        RoleARN: arn:aws:iam::111122223333:role/firehose
```

```hcl
variable "encrypted" { # undecided: Fails when var.encrypted is false
  type = bool
}

resource "aws_kinesis_firehose_delivery_stream" "orders" {
  name        = "orders"
  destination = "extended_s3"

  extended_s3_configuration {
    bucket_arn = "arn:aws:s3:::logs"
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
  }

  server_side_encryption {
    enabled = var.encrypted
  }
}
```

## Sources

- [StreamEncryptionType - AWS CDK](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_kinesisfirehose.StreamEncryptionType.html), read on 2026-11-29
"""

from wa_iac.aws.firehose import DeliveryStream
from wa_iac.core.fix import Recipe
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Severity, accept, exempt, flag, rule


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_240"],
        "cdk_nag": ["AwsSolutions-KDF1"],
        "guard": ["KINESIS_FIREHOSE_DELIVERY_STREAM_ENCRYPTION_RULE"],
        "config": ["KINESIS_FIREHOSE_DELIVERY_STREAM_ENCRYPTED"],
        "security_hub": ["DataFirehose.1"],
    },
    fix=Recipe(
        cfn={"DeliveryStreamEncryptionConfigurationInput": {"KeyType": "AWS_OWNED_CMK"}},
        tf={"server_side_encryption": {"enabled": True}},
        unsafe_because="the stream is updated, and may be slow to answer for some seconds",
    ),
)
def check(stream: DeliveryStream) -> Flags:
    exempt(stream.reads(), "its source keeps the records, and encrypts them or not")
    setting = stream.encrypted if stream.dialect == "terraform" and not stream.as_cloudformation else given(stream.encryption)
    accept(setting)
    yield flag(
        setting,
        "The records that this stream has not delivered yet are stored unencrypted: encryption with AWS's own key is free.",
    )
