"""# Trail records one Region only

What is done in another Region leaves no record in this trail, and an intruder picks a Region that nobody uses. A trail for all
Regions also takes in new ones, and the events of global services such as IAM.

A trail that records data events only, no management events, is fine in one Region: it follows its buckets or functions.

## Non-compliant

```yaml
Resources:
  Audit:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      IsMultiRegionTrail: false  # finding
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
      IsMultiRegionTrail: true
      IncludeGlobalServiceEvents: true
      S3BucketName: audit-logs
```

```hcl
resource "aws_cloudtrail" "audit" {
  name                  = "audit"
  s3_bucket_name        = "audit-logs"
  is_multi_region_trail = true
}

resource "aws_cloudtrail" "uploads" {
  name           = "uploads"
  s3_bucket_name = "audit-logs"
  event_selector {
    include_management_events = false
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3:::uploads/"]
    }
  }
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.cloudtrail import Trail
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Known, Unknown, Value


@rule(
    practices=["SEC04-BP01"],
    severity=Severity.MEDIUM,
    remedy=Remedy(cfn="IsMultiRegionTrail: true\nIncludeGlobalServiceEvents: true", tf="is_multi_region_trail = true"),
    equivalents={
        "checkov": ["CKV_AWS_67"],
        "trivy": ["AVD-AWS-0014"],
        "guard": ["MULTI_REGION_CLOUD_TRAIL_ENABLED"],
        "config": ["MULTI_REGION_CLOUD_TRAIL_ENABLED", "CLOUDTRAIL_SECURITY_TRAIL_ENABLED"],
    },
    fix=Recipe(
        cfn={"IsMultiRegionTrail": True, "IncludeGlobalServiceEvents": True},
        tf={"is_multi_region_trail": True, "include_global_service_events": True},
        unsafe_because="a trail beside another one is charged for the events of the other Regions",
    ),
)
def check(trail: Trail) -> Iterator[Flag]:
    match trail.multi_region:
        case Known(True):
            return
        case value:
            pass
    match _management(trail), value:
        case Known(False), _:
            yield not_applicable("it records data events only")
        case (_, Unknown() as why) | (Unknown() as why, _):
            yield undecided(why)
        case _:
            yield flag(value, "What is done in other Regions, also by an intruder, leaves no record in this trail.")


def _management(trail: Trail) -> Value[bool]:
    """Whether it records management events."""
    answers: list[Value[bool]] = [each.management for each in trail.selectors]
    for selector in trail.advanced:
        if selector.unknown is not None:
            answers.append(selector.unknown)
        categories = [field.equals for field in selector.fields if field.field == Known("eventCategory")]
        answers += [_names(each, "Management") for each in categories]
    if not answers or any(each == Known(True) for each in answers):
        return Known(True)
    return next((each for each in answers if isinstance(each, Unknown)), Known(False))


def _names(values: Value[list[Value[str]]], wanted: str) -> Value[bool]:
    return (
        Known(Known(wanted) in values.value)
        if isinstance(values, Known)
        else values
        if isinstance(values, Unknown)
        else Known(False)
    )
