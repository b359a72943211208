"""# Pipeline deploys to several Regions at once

## Why

Users of one Region are the test for all others. A pipeline that deploys a change to several Regions at the same time breaks all of them at the
same time, and no Region is left to which traffic can be sent.

## What it checks

The rule looks at the first stage of a pipeline that deploys. It reports deploy actions for different Regions in it with the same run order.

## What is left out

Later stages: the change has then been in one Region, and the next ones may be more at a time.

## Non-compliant

```yaml
Resources:
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/pipeline
      Stages:
        - Name: Source
          Actions:
            - Name: Source
              ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}
        - Name: Deploy
          Actions:
            - Name: Ireland
              Region: eu-west-1
              ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}
            - Name: Frankfurt  # finding
              Region: eu-central-1
              ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}
```

```hcl
resource "aws_codepipeline" "shop" {
  name     = "shop"
  role_arn = "arn:aws:iam::111122223333:role/pipeline"

  artifact_store {
    type     = "S3"
    location = "artifacts"
  }

  stage {
    name = "Deploy"

    action {
      name     = "Ireland"
      category = "Deploy"
      owner    = "AWS"
      provider = "CloudFormation"
      version  = "1"
      region   = "eu-west-1"
    }

    action { # finding
      name     = "Frankfurt"
      category = "Deploy"
      owner    = "AWS"
      provider = "CloudFormation"
      version  = "1"
      region   = "eu-central-1"
    }
  }
}
```

## Compliant

```yaml
Resources:
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/pipeline
      Stages:
        - Name: Source
          Actions:
            - Name: Source
              ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}
        - Name: First
          Actions:
            - Name: Ireland
              Region: eu-west-1
              ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}
        - Name: Others
          Actions:
            - Name: Frankfurt
              Region: eu-central-1
              ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}
```

```hcl
resource "aws_codepipeline" "shop" {
  name     = "shop"
  role_arn = "arn:aws:iam::111122223333:role/pipeline"

  artifact_store {
    type     = "S3"
    location = "artifacts"
  }

  stage {
    name = "Deploy"

    action {
      name      = "Ireland"
      category  = "Deploy"
      owner     = "AWS"
      provider  = "CloudFormation"
      version   = "1"
      region    = "eu-west-1"
      run_order = 1
    }

    action {
      name      = "Frankfurt"
      category  = "Deploy"
      owner     = "AWS"
      provider  = "CloudFormation"
      version   = "1"
      region    = "eu-central-1"
      run_order = 2
    }
  }
}
```

## Undecided

The result is undecided if the order of the actions is not known before deployment.

```yaml
Parameters:
  Order:
    Type: Number
Resources:
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/pipeline
      Stages:
        - Name: Source
          Actions:
            - Name: Source
              ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}
        - Name: Deploy
          Actions:
            - Name: Ireland
              Region: eu-west-1
              ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}
            - Name: Frankfurt
              Region: eu-central-1
              RunOrder: !Ref Order  # undecided: parameter "Order" has no default
              ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}
```

```hcl
variable "order" {
  type = number
}

resource "aws_codepipeline" "shop" {
  name     = "shop"
  role_arn = "arn:aws:iam::111122223333:role/pipeline"

  artifact_store {
    type     = "S3"
    location = "artifacts"
  }

  stage {
    name = "Deploy"

    action {
      name     = "Ireland"
      category = "Deploy"
      owner    = "AWS"
      provider = "CloudFormation"
      version  = "1"
      region   = "eu-west-1"
    }

    action {
      name      = "Frankfurt"
      category  = "Deploy"
      owner     = "AWS"
      provider  = "CloudFormation"
      version   = "1"
      region    = "eu-central-1"
      run_order = var.order # undecided: var.order has no default
    }
  }
}
```

## Sources

- [codepipeline-region-fanout-check - AWS Config](https://docs.aws.amazon.com/en_us/config/latest/developerguide/codepipeline-region-fanout-check.html), read on 2026-11-29
"""

from wa_iac.aws.codepipeline import Action, Pipeline
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["OPS06-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        decision="Deploy to one Region first, in a stage of its own or with a lower run order, and to the others after a test or some time."
    ),
    equivalents={"config": ["CODEPIPELINE_REGION_FANOUT_CHECK"]},
)
def check(pipeline: Pipeline) -> Flags:
    for stage in pipeline.stages:
        deploying = [each for each in stage.actions if each.category == Known("Deploy")]
        if deploying:
            yield from _judge(deploying)
            return


def _judge(deploying: list[Action]) -> Flags:
    first = deploying[0]
    if not isinstance(first.region, Known):
        return
    for other in deploying[1:]:
        elsewhere = isinstance(other.region, Known) and first.region != other.region
        if elsewhere and settled(first.order) == settled(other.order):
            yield flag(
                other.absent,
                f"The change reaches {first.region.value} and another Region at once: if it is bad, no Region is left.",
            )
            return
