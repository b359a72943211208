"""# Trail records a single Region

What is done in another Region leaves no record in this trail, and that is where someone who stole a key goes. A multi-Region trail costs
the same for management events and covers Regions that are added later.

## Non-compliant

```yaml
Resources:
  Trail:  # finding
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: audit-logs
```

```hcl
resource "aws_cloudtrail" "trail" {
  name                  = "audit"
  s3_bucket_name        = "audit-logs"
  is_multi_region_trail = false # finding
}
```

## Compliant

```yaml
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      IsMultiRegionTrail: true
      S3BucketName: audit-logs
```

```hcl
resource "aws_cloudtrail" "trail" {
  name                  = "audit"
  s3_bucket_name        = "audit-logs"
  is_multi_region_trail = true
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
    remedy=Remedy(cfn="IsMultiRegionTrail: true", tf="is_multi_region_trail = true"),
    equivalents={
        "checkov": ["CKV_AWS_67"],
        "trivy": ["AVD-AWS-0014"],
        "guard": ["MULTI_REGION_CLOUD_TRAIL_ENABLED"],
        "config": ["MULTI_REGION_CLOUD_TRAIL_ENABLED", "CLOUDTRAIL_SECURITY_TRAIL_ENABLED"],
    },
)
def check(trail: Trail) -> Iterator[Flag]:
    match trail.multi_region:
        case Known(True):
            return
        case Unknown() as value:
            yield undecided(value)
        case Known() | Absent() as value:
            yield flag(value, "What is done in any other Region of the account leaves no record in this trail.")
