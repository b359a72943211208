"""# Trail does not sign its log files

Whoever can write to the bucket can change or delete the record of what he did, and nobody will notice. With log file validation,
CloudTrail writes a signed digest every hour, which shows what was changed or is missing.

## Non-compliant

```yaml
Resources:
  Audit:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      IsMultiRegionTrail: true
      EnableLogFileValidation: false  # finding
      S3BucketName: audit-logs
```

```hcl
resource "aws_cloudtrail" "audit" { # finding
  name                  = "audit"
  s3_bucket_name        = "audit-logs"
  is_multi_region_trail = true
}
```

## Compliant

```yaml
Resources:
  Audit:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      IsMultiRegionTrail: true
      EnableLogFileValidation: true
      S3BucketName: audit-logs
```

```hcl
resource "aws_cloudtrail" "audit" {
  name                       = "audit"
  s3_bucket_name             = "audit-logs"
  is_multi_region_trail      = true
  enable_log_file_validation = true
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.cloudtrail import Trail
from wa_iac.core.rule import Flag, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown


@rule(
    practices=["SEC04-BP01"],
    severity=Severity.MEDIUM,
    remedy=Remedy(cfn="EnableLogFileValidation: true", tf="enable_log_file_validation = true"),
    equivalents={
        "checkov": ["CKV_AWS_36"],
        "trivy": ["AVD-AWS-0016"],
        "cdk_nag": ["CloudTrailLogFileValidationEnabled"],
        "guard": ["CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED"],
        "config": ["CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED", "CLOUDTRAIL_SECURITY_TRAIL_ENABLED"],
    },
)
def check(trail: Trail) -> Iterator[Flag]:
    match trail.validation:
        case Known(True):
            return
        case Unknown() as value:
            yield undecided(value)
        case Known() | Absent() as value:
            yield flag(value, "Log files that were changed or deleted cannot be told from whole ones.")
