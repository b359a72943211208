"""# CloudTrail trail covers only one Region

## Why

This trail does not record activity in other Regions, and intruders choose Regions that nobody uses. A trail for all Regions
also covers new Regions and the events of global services such as IAM.

## What it checks

The rule checks trails, and reports one that does not apply to all Regions. A trail applies to one Region by default.
The finding is advice for a trail that records only reads or only writes, and for which the events of global services are turned off: it is there
for one purpose. So it is for a trail that is called a test.

## What is left out

A trail that records only data events, and no management events, may cover one Region: that of its buckets or functions. So may one whose
selectors all name objects of buckets in the same code, with no management events or the writing ones only: it triggers a pipeline.

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
```

## Not applicable

```yaml
Resources:
  Artifacts:
    Type: AWS::S3::Bucket
  Trigger:  # not applicable: it only watches buckets of this code, which are in one Region
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: !Ref Artifacts
      EventSelectors:
        - ReadWriteType: WriteOnly
          DataResources:
            - Type: AWS::S3::Object
              Values:
                - !Sub ${Artifacts.Arn}/source.zip
```

```yaml
Resources:
  Uploads:  # not applicable: it records data events only
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: trails
      EventSelectors:
        - IncludeManagementEvents: false
          DataResources:
            - {Type: "AWS::S3::Object", Values: ["arn:aws:s3:::uploads/"]}
```

```hcl
resource "aws_cloudtrail" "uploads" { # not applicable: it records data events only
  name           = "uploads"
  s3_bucket_name = "trails"

  event_selector {
    include_management_events = false

    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3:::uploads/"]
    }
  }
}
```

## Undecided

The result is undecided if `IsMultiRegionTrail` or `is_multi_region_trail` is not known before deployment.

```yaml
Parameters:
  IsMultiRegionTrail:
    Type: String
Resources:
  Audit:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      IsMultiRegionTrail: !Ref IsMultiRegionTrail  # undecided: parameter "IsMultiRegionTrail" has no default
      S3BucketName: audit-logs
```

```hcl
variable "is_multi_region_trail" { # undecided: Fails when var.is_multi_region_trail is false
  type = bool
}

resource "aws_cloudtrail" "audit" {
  name                  = "audit"
  s3_bucket_name        = "audit-logs"
  is_multi_region_trail = var.is_multi_region_trail
}
```

## Sources

- [Using the create-trail command to create a trail - AWS CloudTrail](https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-and-update-a-trail-by-using-the-aws-cli-create-trail.html), read on 2026-11-29
- [isMultiRegionTrail (CreateTrail)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/cloudtrail/aws.sdk.kotlin.services.cloudtrail.model/-create-trail-request/is-multi-region-trail.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.cloudtrail import Trail
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import negate
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, milder, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.trails import for_a_test, is_trigger

_FIX: Final = Recipe(
    cfn={"IsMultiRegionTrail": True, "IncludeGlobalServiceEvents": True},
    tf={"is_multi_region_trail": True, "include_global_service_events!": True},
    unsafe_because="a second trail is charged for the events of the other Regions, and trails of single Regions record the same again",
)
_PERHAPS: Final = (
    "If it is there for one application only, leave it as it is, and see that another trail records all Regions. A second trail is charged for the events of "
    "the other Regions, and trails of single Regions record the same again."
)
_ON_PURPOSE: Final = replace(
    Remedy.of_recipe(_FIX),
    decision="If this trail is there for one purpose, such as an alarm, leave it as it is, and let another trail record all Regions and the events of "
    "global services; see that no alarm counts events twice. Otherwise:",
)


@rule(
    practices=["SEC04-BP01"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_67"],
        "trivy": ["AVD-AWS-0014"],
        "guard": ["MULTI_REGION_CLOUD_TRAIL_ENABLED"],
        "config": ["MULTI_REGION_CLOUD_TRAIL_ENABLED", "CLOUDTRAIL_SECURITY_TRAIL_ENABLED"],
    },
    remedy=replace(Remedy.of_recipe(_FIX), decision=_PERHAPS),
    fix=_FIX,
)
def check(trail: Trail, graph: Graph) -> Flags:
    tested = for_a_test(trail)
    yield from milder(_judge(trail, graph), more=tested, confidence=Confidence.LOW if tested else None)


def _judge(trail: Trail, graph: Graph) -> Flags:
    if trail.multi_region == Known(True):
        return
    exempt(is_trigger(trail, graph), "it only watches buckets of this code, which are in one Region")
    exempt(negate(trail.records_management()), "it records data events only")
    multi_region = settled(trail.multi_region)
    message = "This trail does not record actions in other Regions, including those of an intruder."
    if trail.global_events != Known(False):
        yield flag(multi_region, message)
        return
    one_purpose = any(isinstance(each.kind, Known) and each.kind.value != "All" for each in trail.selectors)
    yield flag(
        multi_region,
        f"{message} It leaves out the events of global services too, such as IAM.",
        confidence=Confidence.LOW if one_purpose else None,
        instead=_ON_PURPOSE if one_purpose else "",
    )
