"""# S3 bucket has no access log

## Why

A server access log shows who read, wrote or deleted which object. After a leak, it is often the only record: CloudTrail records
requests for objects only if somebody turned on data events.

## What it checks

Buckets without server access logging.

## What is left out

A bucket that receives logs, or is called so, is not reported: its own log would be about deliveries. A trail of this code that
records the data events of S3 is another way to the same end. Many teams record data events for the whole account, so the rule
is off by default.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::S3::Bucket
```

```hcl
resource "aws_s3_bucket" "orders" { # finding
  bucket = "acme-orders"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      LoggingConfiguration:
        DestinationBucketName: access-logs
```

```hcl
resource "aws_s3_bucket" "orders" {
  bucket = "acme-orders"
}

resource "aws_s3_bucket_logging" "orders" {
  bucket        = aws_s3_bucket.orders.id
  target_bucket = "access-logs"
  target_prefix = "orders/"
}
```

## Not applicable

```yaml
Resources:
  Logs:  # not applicable: receives logs
    Type: AWS::S3::Bucket
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      LoggingConfiguration:
        DestinationBucketName: !Ref Logs
```

```hcl
resource "aws_s3_bucket" "orders" { # not applicable: data events
  bucket = "acme-orders"
}

resource "aws_cloudtrail" "data" {
  name           = "data"
  s3_bucket_name = "audit-logs"

  event_selector {
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
}
```

## Undecided

The result is undecided if the destination is not known before deployment.

```yaml
Parameters:
  Logs:
    Type: String
Resources:
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      LoggingConfiguration:
        DestinationBucketName: !Ref Logs  # undecided: parameter "Logs" has no default
```

```hcl
variable "logs" {
  type = string
}

resource "aws_s3_bucket" "orders" {
  bucket = "acme-orders"
}

resource "aws_s3_bucket_logging" "orders" {
  bucket        = aws_s3_bucket.orders.id
  target_bucket = var.logs # undecided: var.logs has no default
  target_prefix = "orders/"
}
```

## Sources

- [aws.s3.BucketLogging](https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketlogging/), read on 2026-11-29
- [s3 rules](https://docs.aws.amazon.com/ja_jp/controltower/latest/controlreference/s3-rules.html), read on 2026-11-29
"""

from collections.abc import Iterator

from wa_iac.aws.cloudtrail import Trail
from wa_iac.aws.s3 import Bucket
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule
from wa_iac.core.value import Known, Unknown, Value
from wa_iac.knowledge.called import called
from wa_iac.knowledge.log_buckets import receives_deliveries
from wa_iac.pillars.judgements.old_buckets import logging_within

_LOGS = frozenset({"log", "logs", "logging", "accesslogs"})


@rule(
    practices=["SEC04-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn="LoggingConfiguration:\n  DestinationBucketName: !Ref <a bucket for logs>\n  LogFilePrefix: <this bucket>/",
        tf='resource "aws_s3_bucket_logging" "<a name>" {\n  bucket        = <this bucket>.id\n'
        '  target_bucket = <a bucket for logs>.id\n  target_prefix = "<this bucket>/"\n}',
        given=logging_within("a bucket for logs", "<this bucket>/"),
    ),
    equivalents={
        "checkov": ["CKV_AWS_18"],
        "trivy": ["AVD-AWS-0089"],
        "cdk_nag": ["AwsSolutions-S1"],
        "guard": ["S3_BUCKET_LOGGING_ENABLED"],
        "config": ["S3_BUCKET_LOGGING_ENABLED"],
        "cfn_nag": ["W35"],
        "security_hub": ["S3.9"],
    },
)
def check(bucket: Bucket, graph: Graph) -> Flags:
    accept(bool(bucket.logging_target.targets) or bucket.logging_target.presence == Known(True))
    named = any(not _LOGS.isdisjoint(name.split()) for name in called(bucket, bucket.tags))
    exempt(named or receives_deliveries(bucket, graph), "it receives logs itself")
    exempt(graph.once(_records_objects), "a trail here records the data events of S3")
    all_known(bucket.logging_target.presence, bucket.logging_target.unknown, bucket.logged_by.unknown)
    yield flag(bucket, "This bucket has no access log, which would tell who read or deleted an object.")


def _records_objects(graph: Graph) -> Value[bool]:
    """Whether a trail of a unit records the requests for all objects."""
    return any_of(answer for trail in graph.of(Trail) for answer in _answers(trail))


def _answers(trail: Trail) -> Iterator[Value[bool]]:
    for selector in trail.selectors:
        yield Known(False) if selector.unknown is None else selector.unknown
        for data in selector.data:
            match data.values:
                case Known(arns) if data.unknown is None:
                    yield from (holds(each, lambda arn: arn in ("arn:aws:s3", "arn:aws:s3:::")) for each in arns)
                case Unknown() as why:
                    yield why
                case _:
                    yield Known(False) if data.unknown is None else data.unknown
