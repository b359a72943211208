"""# CloudTrail trail has no log file validation

## Why

Anyone who can write to the trail's bucket can change or delete its log files. With log file validation, CloudTrail signs a
digest every hour, so a missing or changed file is noticed.

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
"""

from wa_iac.aws.cloudtrail import Trail
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, expect, rule


@rule(
    practices=["SEC04-BP01"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_36"],
        "trivy": ["AVD-AWS-0016"],
        "cdk_nag": ["CloudTrailLogFileValidationEnabled"],
        "guard": ["CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED"],
        "config": ["CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED", "CLOUDTRAIL_SECURITY_TRAIL_ENABLED"],
    },
    fix=Recipe(cfn={"EnableLogFileValidation": True}, tf={"enable_log_file_validation": True}),
)
def check(trail: Trail) -> Flags:
    yield from expect(
        trail.validation,
        True,
        "This trail has no log file validation: nobody would notice if a log file was changed or deleted.",
    )
