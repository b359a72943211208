"""# Canary of CloudWatch Synthetics is never started

## Why

A canary that does not run checks nothing: an outage that it was to find goes unnoticed. Terraform makes a canary, and leaves it stopped unless
the code says otherwise.

## What it checks

The rule reports canaries that are not started: `start_canary` is absent or false in Terraform, or `StartCanaryAfterCreation` is false in
CloudFormation.

## What is left out

Nothing: a canary that somebody starts by hand is stopped again when Terraform replaces it.

## Non-compliant

```yaml
Resources:
  Shop:
    Type: AWS::Synthetics::Canary
    Properties:
      Name: shop
      RuntimeVersion: syn-nodejs-puppeteer-13.0
      ArtifactS3Location: s3://canaries/shop
      ExecutionRoleArn: arn:aws:iam::111122223333:role/canary
      Code: {Handler: index.handler, S3Bucket: canaries, S3Key: shop.zip}
      Schedule: {Expression: rate(5 minutes)}
      StartCanaryAfterCreation: false  # finding
```

```hcl
resource "aws_synthetics_canary" "shop" { # finding
  name                 = "shop"
  runtime_version      = "syn-nodejs-puppeteer-13.0"
  artifact_s3_location = "s3://canaries/shop"
  execution_role_arn   = "arn:aws:iam::111122223333:role/canary"
  handler              = "index.handler"
  zip_file             = "shop.zip"

  schedule {
    expression = "rate(5 minutes)"
  }
}
```

## Compliant

```yaml
Resources:
  Shop:
    Type: AWS::Synthetics::Canary
    Properties:
      Name: shop
      RuntimeVersion: syn-nodejs-puppeteer-13.0
      ArtifactS3Location: s3://canaries/shop
      ExecutionRoleArn: arn:aws:iam::111122223333:role/canary
      Code: {Handler: index.handler, S3Bucket: canaries, S3Key: shop.zip}
      Schedule: {Expression: rate(5 minutes)}
```

```hcl
resource "aws_synthetics_canary" "shop" {
  name                 = "shop"
  runtime_version      = "syn-nodejs-puppeteer-13.0"
  artifact_s3_location = "s3://canaries/shop"
  execution_role_arn   = "arn:aws:iam::111122223333:role/canary"
  handler              = "index.handler"
  zip_file             = "shop.zip"
  start_canary         = true

  schedule {
    expression = "rate(5 minutes)"
  }
}
```

## Undecided

The result is undecided if it is not known whether the canary is started.

```yaml
Parameters:
  Start:
    Type: String
Resources:
  Shop:
    Type: AWS::Synthetics::Canary
    Properties:
      Name: shop
      RuntimeVersion: syn-nodejs-puppeteer-13.0
      ArtifactS3Location: s3://canaries/shop
      ExecutionRoleArn: arn:aws:iam::111122223333:role/canary
      Code: {Handler: index.handler, S3Bucket: canaries, S3Key: shop.zip}
      Schedule: {Expression: rate(5 minutes)}
      StartCanaryAfterCreation: !Ref Start  # undecided: parameter "Start" has no default
```

```hcl
variable "start" { # undecided: Fails when var.start is false
  type = bool
}

resource "aws_synthetics_canary" "shop" {
  name                 = "shop"
  runtime_version      = "syn-nodejs-puppeteer-13.0"
  artifact_s3_location = "s3://canaries/shop"
  execution_role_arn   = "arn:aws:iam::111122223333:role/canary"
  handler              = "index.handler"
  zip_file             = "shop.zip"
  start_canary         = var.start

  schedule {
    expression = "rate(5 minutes)"
  }
}
```

## Sources

- [AWS::Synthetics::Canary](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-synthetics-canary.html), read on 2026-11-29
"""

from wa_iac.aws.synthetics import Canary
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, refuse, rule


@rule(
    practices=["OPS04-BP03", "REL06-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn={"StartCanaryAfterCreation": True},
        tf={"start_canary": True},
        decision="AWS charges for each run. CloudFormation starts only a new canary: start one that exists already by hand.",
    ),
)
def check(canary: Canary) -> Flags:
    yield from refuse(
        canary.started, False, "This canary is made, but not started: it checks nothing, and an outage may go unnoticed."
    )
