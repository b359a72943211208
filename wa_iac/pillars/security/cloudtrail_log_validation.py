"""# CloudTrail trail has no log file validation

## Why

Anyone who can write to the trail's bucket can change or delete its log files. With log file validation, CloudTrail signs a
digest every hour, so a missing or changed file is noticed.

## What it checks

The rule checks trails, and reports one on which log file validation is off. It is off by default.

## What is left out

No trail is exempt. A trail that only watches objects of buckets here, as the trigger of a pipeline does, serves no audit: the finding is
then advice, and so it is for one that is called a test. The rule does not look at whether someone validates the files.

## Non-compliant

```yaml
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: audit-logs
      EnableLogFileValidation: false  # finding
```

```hcl
resource "aws_cloudtrail" "trail" { # finding
  name           = "audit"
  s3_bucket_name = "audit-logs"
}
```

## Compliant

```yaml
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: audit-logs
      EnableLogFileValidation: true
```

```hcl
resource "aws_cloudtrail" "trail" {
  name                       = "audit"
  s3_bucket_name             = "audit-logs"
  enable_log_file_validation = true
}
```

## Undecided

The result is undecided if `EnableLogFileValidation` or `enable_log_file_validation` is not known before deployment.

```yaml
Parameters:
  EnableLogFileValidation:
    Type: String
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: audit-logs
      EnableLogFileValidation: !Ref EnableLogFileValidation  # undecided: parameter "EnableLogFileValidation" has no default
```

```hcl
variable "enable_log_file_validation" { # undecided: Fails when var.enable_log_file_validation is false
  type = bool
}

resource "aws_cloudtrail" "trail" {
  name                       = "audit"
  s3_bucket_name             = "audit-logs"
  enable_log_file_validation = var.enable_log_file_validation
}
```

## Sources

- [enableLogFileValidation (UpdateTrail)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/cloudtrail/aws.sdk.kotlin.services.cloudtrail.model/-update-trail-request/enable-log-file-validation.html), read on 2026-11-29
- [CloudTrail digest file structure - AWS CloudTrail](https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html), read on 2026-11-29
"""

from wa_iac.aws.cloudtrail import Trail
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Severity, expect, milder, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.trails import for_a_test, is_trigger, watches_data_only


@rule(
    practices=["SEC04-BP01", "SEC10-BP03"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_36"],
        "trivy": ["AVD-AWS-0016"],
        "cdk_nag": ["CloudTrailLogFileValidationEnabled"],
        "guard": ["CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED"],
        "config": ["CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED", "CLOUDTRAIL_SECURITY_TRAIL_ENABLED"],
        "security_hub": ["CloudTrail.4"],
    },
    fix=Recipe(cfn={"EnableLogFileValidation": True}, tf={"enable_log_file_validation": True}),
)
def check(trail: Trail, graph: Graph) -> Flags:
    found = expect(
        trail.validation,
        True,
        "This trail has no log file validation: nothing here shows whether a log file was changed or deleted.",
    )
    narrow = is_trigger(trail, graph) == Known(True) or watches_data_only(trail)
    tested = for_a_test(trail)
    yield from milder(found, more=tested, confidence=Confidence.LOW if narrow or tested else None)
