"""# CloudTrail trail has logging disabled

## Why

A trail with logging disabled records nothing. Nobody can tell later who did what in the account, and from where. Intruders
often disable logging first.

## What it checks

The rule checks trails, and reports one whose logging is set to false.

## What is left out

The rule reports only a trail that has logging disabled. It does not check whether the account has a trail at all: most accounts get
theirs from their organization. An absent setting in Terraform counts as on, because the provider turns logging on by default.

## Non-compliant

```yaml
Resources:
  Audit:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: false  # finding
      S3BucketName: audit-logs
```

```hcl
resource "aws_cloudtrail" "audit" {
  name           = "audit"
  s3_bucket_name = "audit-logs"
  enable_logging = false # finding
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
```

```hcl
resource "aws_cloudtrail" "audit" {
  name           = "audit"
  s3_bucket_name = "audit-logs"
}
```

## Undecided

The result is undecided if `IsLogging` or `enable_logging` is not known before deployment.

```yaml
Parameters:
  IsLogging:
    Type: String
Resources:
  Audit:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: !Ref IsLogging  # undecided: parameter "IsLogging" has no default
      S3BucketName: audit-logs
```

```hcl
variable "enable_logging" { # undecided: Fails when var.enable_logging is false
  type = bool
}

resource "aws_cloudtrail" "audit" {
  name           = "audit"
  s3_bucket_name = "audit-logs"
  enable_logging = var.enable_logging
}
```

## Sources

- [Using the create-trail command to create a trail - AWS CloudTrail](https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-and-update-a-trail-by-using-the-aws-cli-create-trail.html), read on 2026-11-29
"""

from wa_iac.aws.cloudtrail import Trail
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, refuse, rule


@rule(
    practices=["SEC04-BP01"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV_AWS_251"],
        "guard": ["CLOUD_TRAIL_ENABLED"],
        "config": ["CLOUD_TRAIL_ENABLED", "CLOUDTRAIL_SECURITY_TRAIL_ENABLED"],
    },
    fix=Recipe(
        cfn={"IsLogging": True},
        tf={"enable_logging": True},
        unsafe_because="a second trail is charged for its events",
    ),
)
def check(trail: Trail) -> Flags:
    yield from refuse(trail.logging, False, "This trail records nothing: it does not tell who did what in the account.")
