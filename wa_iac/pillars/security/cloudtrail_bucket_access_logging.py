"""# Bucket of a trail has no access log

## Why

The log files of CloudTrail are what an investigation starts from, and what an attacker wants to read or remove. The bucket's access log is
kept elsewhere, and shows who looked at the files, and who tried to delete them.

## What it checks

The rule reads the bucket of each trail, and reports a bucket of the code that sends its access log nowhere.

## What is left out

A bucket that is made elsewhere, such as one in an account for logs. A trail that only watches buckets of this code, as the trigger of a pipeline
does.

## Non-compliant

```yaml
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: !Ref Records
  Records:  # finding
    Type: AWS::S3::Bucket
```

```hcl
resource "aws_cloudtrail" "all" {
  name           = "all"
  s3_bucket_name = aws_s3_bucket.records.id
}

resource "aws_s3_bucket" "records" { # finding
  bucket = "records"
}
```

## Compliant

```yaml
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: !Ref Records
  Records:
    Type: AWS::S3::Bucket
    Properties:
      LoggingConfiguration:
        DestinationBucketName: access-logs
```

```hcl
resource "aws_cloudtrail" "all" {
  name           = "all"
  s3_bucket_name = aws_s3_bucket.records.id
}

resource "aws_s3_bucket" "records" {
  bucket = "records"
}

resource "aws_s3_bucket_logging" "records" {
  bucket        = aws_s3_bucket.records.id
  target_bucket = "access-logs"
  target_prefix = "records/"
}
```

## Undecided

The result is undecided if it is not known whether there is an access log.

```yaml
Parameters:
  Logs:
    Type: String
Conditions:
  HasLogs: !Not [!Equals [!Ref Logs, ""]]
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: !Ref Records
  Records:  # undecided: Fails when Logs
    Type: AWS::S3::Bucket
    Properties:
      LoggingConfiguration:
        Fn::If:
          - HasLogs
          - DestinationBucketName: !Ref Logs
          - !Ref AWS::NoValue
```

```hcl
variable "logs" {
  type = string
}

resource "aws_cloudtrail" "all" {
  name           = "all"
  s3_bucket_name = aws_s3_bucket.records.id
}

resource "aws_s3_bucket" "records" { # undecided: Fails when var.logs == "" is true
  bucket = "records"
}

resource "aws_s3_bucket_logging" "records" {
  count         = var.logs == "" ? 0 : 1
  bucket        = aws_s3_bucket.records.id
  target_bucket = var.logs
  target_prefix = "records/"
}
```

## Sources

- [S3 bucket CloudTrail logging disabled](https://docs.datadoghq.com/security/code_security/iac_security/iac_rules/cloudformation-aws-s3-bucket-cloudtrail-logging-disabled/), read on 2026-11-29
"""

from wa_iac.aws.cloudtrail import Trail
from wa_iac.aws.s3 import Bucket
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, accept, all_known, each_of, flag, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.trails import is_trigger
from wa_iac.pillars.judgements.old_buckets import logging_within


@rule(
    practices=["SEC04-BP01", "SEC10-BP03"],
    severity=Severity.LOW,
    profile="all",
    remedy=Remedy(
        cfn="LoggingConfiguration:\n  DestinationBucketName: !Ref <a bucket for access logs>\n  LogFilePrefix: records/",
        tf='resource "aws_s3_bucket_logging" "<a name>" {\n  bucket        = <this bucket>.id\n'
        '  target_bucket = <a bucket for access logs>.id\n  target_prefix = "records/"\n}',
        given=logging_within("a bucket for access logs", "records/"),
    ),
    equivalents={
        "trivy": ["AVD-AWS-0163"],
        "config": ["CLOUDTRAIL_S3_BUCKET_ACCESS_LOGGING"],
    },
)
def check(trail: Trail, graph: Graph) -> Flags:
    accept(is_trigger(trail, graph))
    yield from each_of(trail.bucket, _judge)


def _judge(bucket: Bucket) -> Flags:
    log = bucket.logging_target
    accept(bool(log.targets) or log.presence == Known(True))
    all_known(log.presence, log.unknown)
    yield flag(bucket, "This bucket has no access log, which would tell who read or deleted the records of CloudTrail in it.")
