"""# Kinesis stream keeps records for a day only

## Why

A stream deletes its records after the retention period, read or not. If a consumer fails on a Friday, the records of the weekend are lost before someone
repairs it.

## What it checks

The rule reports a stream that keeps its records for less than seven days. The default is one day. A team can set another minimum.

## What is left out

The rule is in the profile `all`: longer retention costs money for each shard, and some records mean nothing after a day.

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
  name             = "orders"
  shard_count      = 1
  retention_period = 48 # finding
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::Kinesis::Stream
    Properties:
      ShardCount: 1
      RetentionPeriodHours: 168
```

```hcl
resource "aws_kinesis_stream" "orders" {
  name             = "orders"
  shard_count      = 1
  retention_period = 168
}
```

## Undecided

The result is undecided if the period is not known before deployment.

```yaml
Parameters:
  Hours:
    Type: String
Resources:
  Orders:
    Type: AWS::Kinesis::Stream
    Properties:
      ShardCount: 1
      RetentionPeriodHours: !Ref Hours  # undecided: parameter "Hours" has no default
```

```hcl
variable "hours" {
  type = number
}

resource "aws_kinesis_stream" "orders" {
  name             = "orders"
  shard_count      = 1
  retention_period = var.hours # undecided: var.hours has no default
}
```

## Sources

- [Change the data retention period - Amazon Kinesis Data Streams](https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention), read on 2026-11-29
"""

from pydantic import Field

from wa_iac.aws.kinesis import Stream
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Options, Severity, flag, rule, written


class Retention(Options):
    """How long records must be kept."""

    minimum_hours: int = Field(168, ge=24, le=8760, description="The minimum number of hours for which records are kept.")


@rule(
    practices=["REL09-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    equivalents={"config": ["KINESIS_STREAM_BACKUP_RETENTION_CHECK"], "security_hub": ["Kinesis.3"]},
    fix=lambda wanted: Recipe(
        cfn={"RetentionPeriodHours": wanted.minimum_hours},
        tf={"retention_period": wanted.minimum_hours},
        unsafe_because="AWS charges for each shard whose records are kept longer than a day",
    ),
)
def check(stream: Stream, wanted: Retention) -> Flags:
    kept = written(stream.retention_hours)
    if kept.value < wanted.minimum_hours:
        yield flag(
            kept, f"Records are deleted after {kept.value} hours, read or not: a consumer that fails for longer loses them."
        )
