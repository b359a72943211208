"""# Firehose writes uncompressed files to S3

## Why

Records are mostly text, of which compressed files need a fifth or a tenth. Uncompressed ones cost more in S3 for as long as they stay
there, and Athena bills every byte of them that a query reads.

## What it checks

The rule reports a delivery stream to S3 without a compression format, or with `UNCOMPRESSED`, which is the default.

## What is left out

Streams that write Parquet or ORC, which are compressed. Streams that get their records from CloudWatch Logs, which sends them compressed.
Other destinations than S3.

## Non-compliant

```yaml
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      ExtendedS3DestinationConfiguration:  # finding
        BucketARN: arn:aws:s3:::example-clicks
        RoleARN: arn:aws:iam::111122223333:role/clicks
```

```hcl
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration {
    bucket_arn = "arn:aws:s3:::example-clicks"
    role_arn   = "arn:aws:iam::111122223333:role/clicks"

    compression_format = "UNCOMPRESSED" # finding
  }
}
```

## Compliant

```yaml
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      ExtendedS3DestinationConfiguration:
        BucketARN: arn:aws:s3:::example-clicks
        RoleARN: arn:aws:iam::111122223333:role/clicks
        CompressionFormat: GZIP
```

```hcl
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration {
    bucket_arn = "arn:aws:s3:::example-clicks"
    role_arn   = "arn:aws:iam::111122223333:role/clicks"

    compression_format = "GZIP"
  }
}
```

## Not applicable

```yaml
Resources:
  Clicks:  # not applicable: Parquet or ORC
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      ExtendedS3DestinationConfiguration:
        BucketARN: arn:aws:s3:::example-clicks
        RoleARN: arn:aws:iam::111122223333:role/clicks
        DataFormatConversionConfiguration:
          Enabled: true
          InputFormatConfiguration:
            Deserializer:
              OpenXJsonSerDe: {}
          OutputFormatConfiguration:
            Serializer:
              ParquetSerDe: {}
          SchemaConfiguration:
            DatabaseName: clicks
            TableName: clicks
            RoleARN: arn:aws:iam::111122223333:role/clicks
```

```hcl
resource "aws_kinesis_firehose_delivery_stream" "clicks" { # not applicable: CloudWatch Logs
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration {
    bucket_arn = "arn:aws:s3:::example-clicks"
    role_arn   = "arn:aws:iam::111122223333:role/clicks"
  }
}

resource "aws_cloudwatch_log_subscription_filter" "clicks" {
  name            = "clicks"
  log_group_name  = "/shop/clicks"
  filter_pattern  = ""
  destination_arn = aws_kinesis_firehose_delivery_stream.clicks.arn
  role_arn        = "arn:aws:iam::111122223333:role/logs"
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Format:
    Type: String
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      ExtendedS3DestinationConfiguration:
        BucketARN: arn:aws:s3:::example-clicks
        RoleARN: arn:aws:iam::111122223333:role/clicks
        CompressionFormat: !Ref Format  # undecided: parameter "Format" has no default
```

```hcl
variable "format" {
  type = string
}

resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration {
    bucket_arn = "arn:aws:s3:::example-clicks"
    role_arn   = "arn:aws:iam::111122223333:role/clicks"

    compression_format = var.format # undecided: var.format has no default
  }
}
```

## Sources

- [AWS::KinesisFirehose::DeliveryStream ExtendedS3DestinationConfiguration](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-kinesisfirehose-deliverystream-extendeds3destinationconfiguration.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.firehose import DeliveryStream
from wa_iac.aws.logs import SubscriptionFilter
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, is_set
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Unknown

_PLAIN: Final = Remedy(
    cfn={"S3DestinationConfiguration": {"CompressionFormat": "GZIP"}},
    decision="Programs that read the files have to expect compressed ones.",
)


@rule(
    practices=["COST06-BP02", "SUS04-BP02", "PERF03-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    fix=Recipe(
        cfn={"ExtendedS3DestinationConfiguration": {"CompressionFormat": "GZIP"}},
        tf={"extended_s3_configuration": {"compression_format": "GZIP"}},
        unsafe_because="programs that read the files have to expect compressed ones",
    ),
)
def check(stream: DeliveryStream, graph: Graph) -> Flags:
    if isinstance(settled(stream.to_s3), Absent):
        return
    compression = settled(stream.compression)
    if isinstance(compression, Known) and compression.value != "UNCOMPRESSED":
        return
    exempt(all_of((is_set(stream.conversion), stream.converts)), "it writes Parquet or ORC, which are compressed")
    exempt(bool(graph.referring(stream, frozenset(SubscriptionFilter.types()))), "CloudWatch Logs sends it compressed records")
    all_known(graph.once(_unknown_destination))
    plain = not isinstance(stream.plain_s3, Absent)
    yield flag(
        compression,
        "The files of this stream are not compressed: they cost more in S3, and more for each query that reads them.",
        instead=_PLAIN if plain else "",
    )


def _unknown_destination(graph: Graph) -> Unknown | None:
    """The destination of a subscription of CloudWatch Logs that may be any stream."""
    found = (each.destination for each in graph.of(SubscriptionFilter))
    return next((each for each in found if isinstance(each, Unknown) and not each.origin.references), None)
