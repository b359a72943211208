"""# CodePipeline deploys what no action builds or tests

## Why

Each commit is deployed as it is: no action builds it, runs a test or asks a condition. A fault is found by users.

## What it checks

Pipelines with a source in a repository of code and a deployment, but without any action that builds, tests, computes or invokes
a function, and without conditions of stages.

## What is left out

An artifact from S3 or ECR was built elsewhere, so it may have been tested there. A build may run no tests: that is in its
commands. A repository may run tests before changes are merged, so the rule is off by default.

## Non-compliant

```yaml
Resources:
  Delivery:  # finding
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/pipeline
      ArtifactStore:
        Type: S3
        Location: artifacts
      Stages:
        - Name: Source
          Actions:
            - Name: Source
              ActionTypeId:
                Category: Source
                Owner: AWS
                Provider: CodeStarSourceConnection
                Version: "1"
              Configuration:
                ConnectionArn: arn:aws:codeconnections:eu-west-1:123456789012:connection/11111111-2222-3333-4444-555555555555
                FullRepositoryId: acme/orders
                BranchName: main
              OutputArtifacts:
                - Name: code
        - Name: Deploy
          Actions:
            - Name: Deploy
              ActionTypeId:
                Category: Deploy
                Owner: AWS
                Provider: CodeDeploy
                Version: "1"
              Configuration:
                ApplicationName: orders
                DeploymentGroupName: orders
              InputArtifacts:
                - Name: code
```

```hcl
resource "aws_codepipeline" "delivery" { # finding
  name     = "delivery"
  role_arn = "arn:aws:iam::123456789012:role/pipeline"

  artifact_store {
    type     = "S3"
    location = "artifacts"
  }

  stage {
    name = "Source"

    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeStarSourceConnection"
      version          = "1"
      output_artifacts = ["code"]

      configuration = {
        ConnectionArn    = "arn:aws:codeconnections:eu-west-1:123456789012:connection/11111111-2222-3333-4444-555555555555"
        FullRepositoryId = "acme/orders"
        BranchName       = "main"
      }
    }
  }

  stage {
    name = "Deploy"

    action {
      name             = "Deploy"
      category         = "Deploy"
      owner            = "AWS"
      provider         = "CodeDeploy"
      version          = "1"
      input_artifacts  = ["code"]

      configuration = {
        ApplicationName     = "orders"
        DeploymentGroupName = "orders"
      }
    }
  }
}
```

## Compliant

```yaml
Resources:
  Delivery:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/pipeline
      ArtifactStore:
        Type: S3
        Location: artifacts
      Stages:
        - Name: Build
          Actions:
            - Name: Build
              ActionTypeId:
                Category: Build
                Owner: AWS
                Provider: CodeBuild
                Version: "1"
              Configuration:
                ProjectName: orders
              InputArtifacts:
                - Name: code
        - Name: Deploy
          Actions:
            - Name: Deploy
              ActionTypeId:
                Category: Deploy
                Owner: AWS
                Provider: CodeDeploy
                Version: "1"
              Configuration:
                ApplicationName: orders
                DeploymentGroupName: orders
              InputArtifacts:
                - Name: code
```

```hcl
resource "aws_codepipeline" "delivery" {
  name     = "delivery"
  role_arn = "arn:aws:iam::123456789012:role/pipeline"

  artifact_store {
    type     = "S3"
    location = "artifacts"
  }

  stage {
    name = "Source"

    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeStarSourceConnection"
      version          = "1"
      output_artifacts = ["code"]

      configuration = {
        ConnectionArn    = "arn:aws:codeconnections:eu-west-1:123456789012:connection/11111111-2222-3333-4444-555555555555"
        FullRepositoryId = "acme/orders"
        BranchName       = "main"
      }
    }
  }

  stage {
    name = "Build"

    action {
      name             = "Build"
      category         = "Build"
      owner            = "AWS"
      provider         = "CodeBuild"
      version          = "1"
      input_artifacts  = ["code"]

      configuration = {
        ProjectName = "orders"
      }
    }
  }

  stage {
    name = "Deploy"

    action {
      name             = "Deploy"
      category         = "Deploy"
      owner            = "AWS"
      provider         = "CodeDeploy"
      version          = "1"
      input_artifacts  = ["code"]

      configuration = {
        ApplicationName     = "orders"
        DeploymentGroupName = "orders"
      }
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Delivery:  # not applicable: built elsewhere
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/pipeline
      ArtifactStore:
        Type: S3
        Location: artifacts
      Stages:
        - Name: Source
          Actions:
            - Name: Source
              ActionTypeId:
                Category: Source
                Owner: AWS
                Provider: S3
                Version: "1"
              Configuration:
                S3Bucket: builds
                S3ObjectKey: orders.zip
                PollForSourceChanges: false
              OutputArtifacts:
                - Name: code
        - Name: Deploy
          Actions:
            - Name: Deploy
              ActionTypeId:
                Category: Deploy
                Owner: AWS
                Provider: CodeDeploy
                Version: "1"
              Configuration:
                ApplicationName: orders
                DeploymentGroupName: orders
              InputArtifacts:
                - Name: code
```

## Undecided

The result is undecided if the category of an action is not known before deployment.

```yaml
Parameters:
  Category:
    Type: String
Resources:
  Delivery:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/pipeline
      ArtifactStore:
        Type: S3
        Location: artifacts
      Stages:
        - Name: Build
          Actions:
            - Name: Build
              ActionTypeId:
                Category: !Ref Category  # undecided: parameter "Category" has no default
                Owner: AWS
                Provider: CodeBuild
                Version: "1"
              Configuration:
                ProjectName: orders
              InputArtifacts:
                - Name: code
        - Name: Deploy
          Actions:
            - Name: Deploy
              ActionTypeId:
                Category: Deploy
                Owner: AWS
                Provider: CodeDeploy
                Version: "1"
              Configuration:
                ApplicationName: orders
                DeploymentGroupName: orders
              InputArtifacts:
                - Name: code
```

```hcl
variable "category" {
  type = string
}

resource "aws_codepipeline" "delivery" {
  name     = "delivery"
  role_arn = "arn:aws:iam::123456789012:role/pipeline"

  artifact_store {
    type     = "S3"
    location = "artifacts"
  }

  stage {
    name = "Build"

    action {
      name             = "Build"
      category         = var.category # undecided: var.category has no default
      owner            = "AWS"
      provider         = "CodeBuild"
      version          = "1"
      input_artifacts  = ["code"]

      configuration = {
        ProjectName = "orders"
      }
    }
  }

  stage {
    name = "Deploy"

    action {
      name             = "Deploy"
      category         = "Deploy"
      owner            = "AWS"
      provider         = "CodeDeploy"
      version          = "1"
      input_artifacts  = ["code"]

      configuration = {
        ApplicationName     = "orders"
        DeploymentGroupName = "orders"
      }
    }
  }
}
```

## Sources

- [Use action types, custom actions, and approval actions - AWS CodePipeline](https://docs.aws.amazon.com/codepipeline/latest/userguide/actions.html), read on 2026-11-29
- [DL.ADS.1 Test deployments in pre-production environments - DevOps Guidance](https://docs.aws.amazon.com/wellarchitected/latest/devops-guidance/dl.ads.1-test-deployments-in-pre-production-environments.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.codepipeline import Pipeline
from wa_iac.core.logic import any_of, holds, negate
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule
from wa_iac.core.value import Known

_TESTING: Final = ("Build", "Test", "Invoke", "Compute")
_BUILT: Final = ("S3", "ECR")


@rule(
    practices=["OPS05-BP02", "REL08-BP02", "SEC11-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        decision="Add a stage between source and deployment with an action that builds the code and runs its tests, for example with "
        "CodeBuild. A failed test then stops the pipeline."
    ),
)
def check(pipeline: Pipeline) -> Flags:
    actions = pipeline.actions()
    accept(any(holds(each.category, lambda category: category in _TESTING) == Known(True) for each in actions))
    accept(any(given(each) == Known(True) for stage in pipeline.stages for each in (stage.before, stage.after)))
    all_known(*(each.unknown for each in (*pipeline.stages, *actions)))
    accept(negate(any_of(holds(each.category, lambda category: category == "Deploy") for each in actions)))
    sources = [each for each in actions if each.category == Known("Source")]
    exempt(
        any_of(holds(each.provider, lambda provider: provider in _BUILT) for each in sources),
        "what it deploys is built elsewhere",
    )
    all_known(
        *(each.category for each in actions), *(each for stage in pipeline.stages for each in (stage.before, stage.after))
    )
    yield flag(pipeline, "This pipeline deploys each change as it is: no action builds or tests it before.")
