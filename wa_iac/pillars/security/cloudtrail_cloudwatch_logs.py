"""# CloudTrail trail does not send its events to CloudWatch Logs

## Why

CloudTrail puts its files into a bucket, where nobody looks until something has happened. In a log group, metric filters and
alarms can tell of a sign-in as root or of a stopped trail within minutes, and events can be searched at once.

## What it checks

Trails without a log group.

## What is left out

A trail that only watches buckets of this code is the trigger of a pipeline. A trail of data events is read by programs.
GuardDuty, Security Hub and CloudTrail Lake read events without a log group, and logs are charged, so the rule is off by
default.

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
```

## Compliant

```yaml
Resources:
  Audit:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: audit-logs
      CloudWatchLogsLogGroupArn: arn:aws:logs:eu-west-1:123456789012:log-group:audit:*
      CloudWatchLogsRoleArn: arn:aws:iam::123456789012:role/audit
```

```hcl
resource "aws_cloudtrail" "audit" {
  name                       = "audit"
  s3_bucket_name             = "audit-logs"
  cloud_watch_logs_group_arn = "arn:aws:logs:eu-west-1:123456789012:log-group:audit:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::123456789012:role/audit"
}
```

## Not applicable

```yaml
Resources:
  Uploads:
    Type: AWS::S3::Bucket
  Trigger:  # not applicable: only watches buckets
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: audit-logs
      EventSelectors:
        - IncludeManagementEvents: false
          DataResources:
            - Type: AWS::S3::Object
              Values:
                - !Sub "${Uploads.Arn}/"
  Data:  # not applicable: data events only
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: audit-logs
      EventSelectors:
        - IncludeManagementEvents: false
          DataResources:
            - Type: AWS::S3::Object
              Values:
                - arn:aws:s3
```

## Undecided

The result is undecided if the log group is not known before deployment.

```yaml
Parameters:
  Group:
    Type: String
Resources:
  Audit:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: audit-logs
      CloudWatchLogsLogGroupArn: !Ref Group  # undecided: parameter "Group" has no default
```

```hcl
variable "group" {
  type = string
}

resource "aws_cloudtrail" "audit" {
  name                       = "audit"
  s3_bucket_name             = "audit-logs"
  cloud_watch_logs_group_arn = var.group # undecided: var.group has no default
}
```

## Sources

- [cloud-trail-cloud-watch-logs-enabled - AWS Config](https://docs.aws.amazon.com/en_us/config/latest/developerguide/cloud-trail-cloud-watch-logs-enabled.html), read on 2026-11-29
"""

from wa_iac.aws.cloudtrail import Trail
from wa_iac.core.graph import Graph
from wa_iac.core.logic import negate
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, require, rule
from wa_iac.knowledge.trails import is_trigger


@rule(
    practices=["SEC04-BP01", "SEC04-BP02", "SEC04-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn="CloudWatchLogsLogGroupArn: !GetAtt <a log group>.Arn\nCloudWatchLogsRoleArn: !GetAtt <a role>.Arn",
        tf='cloud_watch_logs_group_arn = "${<a log group>.arn}:*"\ncloud_watch_logs_role_arn  = <a role>.arn',
        decision="CloudTrail needs a role that may write to the log group.",
    ),
    equivalents={
        "checkov": ["CKV2_AWS_10"],
        "trivy": ["AVD-AWS-0162"],
        "cdk_nag": ["CloudTrailCloudWatchLogsEnabled"],
        "guard": ["CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED"],
        "config": ["CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED"],
        "security_hub": ["CloudTrail.5"],
    },
)
def check(trail: Trail, graph: Graph) -> Flags:
    for found in require(
        trail.log_group.presence,
        "No log group receives these events: no alarm can tell of an attack while it happens.",
        at=trail,
    ):
        exempt(is_trigger(trail, graph), "it only watches buckets of this code")
        exempt(negate(trail.records_management()), "it records data events only")
        yield found
