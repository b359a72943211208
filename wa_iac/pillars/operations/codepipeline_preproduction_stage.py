"""# CodePipeline deploys to production first

## Why

A deployment that was never tried may fail in ways that no test of the code shows: missing permissions, migrations, settings. If
production is the first environment, users see the failure.

## What it checks

Pipelines with a deployment in a stage or an action that its name calls production (`Prod`, `Production`, `Live`), and no
deployment before it.

## What is left out

A build before it may deploy too, if its stage or project is named after an environment. A pipeline for each environment is
another way to the same end: if there is another pipeline in the same code, this one is not reported.

## Non-compliant

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
        - Name: Production  # finding
          Actions:
            - Name: Production
              ActionTypeId:
                Category: Deploy
                Owner: AWS
                Provider: CodeDeploy
                Version: "1"
              Configuration:
                ApplicationName: orders
                DeploymentGroupName: production
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
    name = "Production" # finding

    action {
      name             = "Production"
      category         = "Deploy"
      owner            = "AWS"
      provider         = "CodeDeploy"
      version          = "1"
      input_artifacts  = ["code"]

      configuration = {
        ApplicationName     = "orders"
        DeploymentGroupName = "production"
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
        - Name: Staging
          Actions:
            - Name: Staging
              ActionTypeId:
                Category: Deploy
                Owner: AWS
                Provider: CodeDeploy
                Version: "1"
              Configuration:
                ApplicationName: orders
                DeploymentGroupName: staging
              InputArtifacts:
                - Name: code
        - Name: Production
          Actions:
            - Name: Production
              ActionTypeId:
                Category: Deploy
                Owner: AWS
                Provider: CodeDeploy
                Version: "1"
              Configuration:
                ApplicationName: orders
                DeploymentGroupName: production
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
    name = "Staging"

    action {
      name             = "Staging"
      category         = "Deploy"
      owner            = "AWS"
      provider         = "CodeDeploy"
      version          = "1"
      input_artifacts  = ["code"]

      configuration = {
        ApplicationName     = "orders"
        DeploymentGroupName = "staging"
      }
    }
  }

  stage {
    name = "Production"

    action {
      name             = "Production"
      category         = "Deploy"
      owner            = "AWS"
      provider         = "CodeDeploy"
      version          = "1"
      input_artifacts  = ["code"]

      configuration = {
        ApplicationName     = "orders"
        DeploymentGroupName = "production"
      }
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Delivery:  # not applicable: another pipeline
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/pipeline
      ArtifactStore:
        Type: S3
        Location: artifacts
      Stages:
        - Name: Production
          Actions:
            - Name: Production
              ActionTypeId:
                Category: Deploy
                Owner: AWS
                Provider: CodeDeploy
                Version: "1"
              Configuration:
                ApplicationName: orders
                DeploymentGroupName: production
              InputArtifacts:
                - Name: code
  Before:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/pipeline
      ArtifactStore:
        Type: S3
        Location: artifacts
      Stages:
        - Name: Staging
          Actions:
            - Name: Staging
              ActionTypeId:
                Category: Deploy
                Owner: AWS
                Provider: CodeDeploy
                Version: "1"
              Configuration:
                ApplicationName: orders
                DeploymentGroupName: staging
              InputArtifacts:
                - Name: code
```

## Undecided

The result is undecided if the category of an earlier action is not known before deployment.

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
        - Name: Before
          Actions:
            - Name: Before
              ActionTypeId:
                Category: !Ref Category  # undecided: parameter "Category" has no default
                Owner: AWS
                Provider: CodeDeploy
                Version: "1"
              Configuration:
                ApplicationName: orders
                DeploymentGroupName: before
              InputArtifacts:
                - Name: code
        - Name: Production
          Actions:
            - Name: Production
              ActionTypeId:
                Category: Deploy
                Owner: AWS
                Provider: CodeDeploy
                Version: "1"
              Configuration:
                ApplicationName: orders
                DeploymentGroupName: production
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
    name = "Before"

    action {
      name             = "Before"
      category         = var.category # undecided: var.category has no default
      owner            = "AWS"
      provider         = "CodeDeploy"
      version          = "1"
      input_artifacts  = ["code"]

      configuration = {
        ApplicationName     = "orders"
        DeploymentGroupName = "staging"
      }
    }
  }

  stage {
    name = "Production"

    action {
      name             = "Production"
      category         = "Deploy"
      owner            = "AWS"
      provider         = "CodeDeploy"
      version          = "1"
      input_artifacts  = ["code"]

      configuration = {
        ApplicationName     = "orders"
        DeploymentGroupName = "production"
      }
    }
  }
}
```

## Sources

- [DL.ADS.1 Test deployments in pre-production environments - DevOps Guidance](https://docs.aws.amazon.com/wellarchitected/latest/devops-guidance/dl.ads.1-test-deployments-in-pre-production-environments.html), read on 2026-11-29
"""

import re
from typing import Final

from wa_iac.aws.codepipeline import Action, Pipeline, Stage
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import any_of, holds
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule
from wa_iac.core.value import Known, Unknown, Value

_PRODUCTION: Final = late(
    r"(?<![A-Za-z])(?:prod|prd|production|live)(?![a-z])|(?<=[a-z])(?:Prod|Production|Live)(?![a-z])", re.IGNORECASE
)
_EARLIER: Final = late(
    r"dev|test|stag|\bqa|uat|beta|gamma|alpha|pre-?prod|non-?prod|sandbox|integration|preview|canary|accept", re.IGNORECASE
)


@rule(
    practices=["OPS06-BP02", "OPS05-BP08"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(
        decision="Add a stage before it that deploys the same artifact to an environment like production, and tests it there."
    ),
)
def check(pipeline: Pipeline, graph: Graph) -> Flags:
    first = next((number for number, stage in enumerate(pipeline.stages) if _is_production(stage)), None)
    if first is None:
        deploying = [stage for stage in pipeline.stages if any(_may_deploy(action) for action in stage.actions)]
        all_known(*(stage.unknown for stage in pipeline.stages), *(name for stage in deploying for name in _own_names(stage)))
        all_known(*(action.unknown for stage in deploying for action in stage.actions))
        all_known(*(action.category for stage in deploying if _is_named(stage) for action in stage.actions))
        return
    earlier = pipeline.stages[:first]
    accept(any(_EARLIER.search(name) for stage in earlier for name in _names(stage)))
    exempt(len(graph.of(Pipeline)) > 1, "another pipeline here may deploy to the environments before production")
    all_known(*(stage.unknown for stage in earlier), *(action.unknown for stage in earlier for action in stage.actions))
    accept(any_of(holds(action.category, "Deploy".__eq__) for stage in earlier for action in stage.actions))
    yield flag(
        pipeline.stages[first].name,
        "Production is the first environment to which this pipeline deploys: a deployment that does not work fails there.",
    )


def _is_production(stage: Stage) -> bool:
    return _is_named(stage) and any(action.category == Known("Deploy") for action in stage.actions)


def _is_named(stage: Stage) -> bool:
    return any(_PRODUCTION.search(name) for each in _own_names(stage) for name in pieces_of(each))


def _may_deploy(action: Action) -> bool:
    return action.unknown is not None or isinstance(action.category, Unknown) or action.category == Known("Deploy")


def _own_names(stage: Stage) -> list[Value[str]]:
    return [stage.name, *(action.name for action in stage.actions if action.unknown is None)]


def _names(stage: Stage) -> list[str]:
    """The names of a stage, of its actions, and of what they run."""
    told = [stage.name, *(each for action in stage.actions for each in (action.name, action.setting("ProjectName")))]
    return [name for each in told for name in pieces_of(each)]
