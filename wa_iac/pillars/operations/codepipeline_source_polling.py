"""# CodePipeline looks for changes instead of being told of them

## Why

The pipeline asks its source again and again whether anything has changed. Changes are found late, and CodePipeline stops asking
for a pipeline that was not used for 30 days: the next change then starts nothing. AWS recommends events instead. If a rule of
EventBridge starts the pipeline also, each change starts it twice.

## What it checks

Source actions of CodeCommit and S3. They poll unless `PollForSourceChanges` is `false`: in a template and with Terraform,
polling is the default.

## What is left out

Connections and ECR never poll. An action with a GitHub token is reported by `codepipeline-github-oauth`. An object of S3 with a version in
its name (`replay-1.4.0.zip`) hardly ever changes: the confidence is then medium.

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
                Provider: CodeCommit
                Version: "1"
              Configuration:
                RepositoryName: orders
                BranchName: main
                PollForSourceChanges: "true"  # finding
              OutputArtifacts:
                - Name: code
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
      provider         = "CodeCommit"
      version          = "1"
      output_artifacts = ["code"]

      configuration = {
        RepositoryName       = "orders"
        BranchName           = "main"
        PollForSourceChanges = "true" # finding
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
}
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
      provider         = "CodeCommit"
      version          = "1"
      output_artifacts = ["code"]

      configuration = { # finding
        RepositoryName       = "orders"
        BranchName           = "main"
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
        - Name: Source
          Actions:
            - Name: Source
              ActionTypeId:
                Category: Source
                Owner: AWS
                Provider: CodeCommit
                Version: "1"
              Configuration:
                RepositoryName: orders
                BranchName: main
                PollForSourceChanges: false
              OutputArtifacts:
                - Name: code
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
      provider         = "CodeCommit"
      version          = "1"
      output_artifacts = ["code"]

      configuration = {
        RepositoryName       = "orders"
        BranchName           = "main"
        PollForSourceChanges = "false"
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
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Poll:
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
        - Name: Source
          Actions:
            - Name: Source
              ActionTypeId:
                Category: Source
                Owner: AWS
                Provider: CodeCommit
                Version: "1"
              Configuration:
                RepositoryName: orders
                BranchName: main
                PollForSourceChanges: !Ref Poll  # undecided: parameter "Poll" has no default
              OutputArtifacts:
                - Name: code
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
```

```hcl
variable "poll" {
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
    name = "Source"

    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeCommit"
      version          = "1"
      output_artifacts = ["code"]

      configuration = {
        RepositoryName       = "orders"
        BranchName           = "main"
        PollForSourceChanges = var.poll # undecided: var.poll has no default
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
}
```

## Sources

- [Valid settings for the PollForSourceChanges parameter - Amazon CodePipeline](https://docs.amazonaws.cn/en_us/codepipeline/latest/userguide/PollForSourceChanges-defaults.html), read on 2026-11-29
- [PipelineMetadata - CodePipeline](https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineMetadata.html), read on 2026-11-29
"""

from functools import partial
from typing import Final

from wa_iac.aws.codepipeline import Action, Pipeline
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, each_of, flag, rule, settled
from wa_iac.core.value import Known

_POLLING: Final = ("CodeCommit", "S3")
_VERSION: Final = late(r"(?<![\d.])\d+\.\d+\.\d+(?![\d.]*\d)")
_OFF: Final = (False, "false", "False")


_RULES: Final = frozenset(and_awscc("AWS::Events::Rule", "aws_cloudwatch_event_target"))
_ROLE: Final = "with a role of its own that may do so (codepipeline:StartPipelineExecution)"
_THEN: Final = 'Then set PollForSourceChanges to "false" in the configuration of the action.'


@rule(
    practices=["OPS05-BP10"],
    severity=Severity.LOW,
    remedy=Remedy(
        decision=f"Add a rule of EventBridge that starts the pipeline at each change of the source, {_ROLE}. {_THEN}",
    ),
)
def check(pipeline: Pipeline, graph: Graph) -> Flags:
    yield from each_of(pipeline.actions(), partial(_judge, pipeline, graph))
    all_known(*(stage.unknown for stage in pipeline.stages))


def _judge(pipeline: Pipeline, graph: Graph, action: Action) -> Flags:
    all_known(action.unknown)
    poll = action.setting("PollForSourceChanges")
    accept(isinstance(poll, Known) and poll.value in _OFF)
    accept(holds(action.category, lambda category: category != "Source"))
    accept(holds(action.provider, lambda provider: provider not in _POLLING))
    settled(poll)
    yield flag(
        poll,
        "This action polls its source: changes are found late, and after 30 days without one CodePipeline stops looking for them.",
        confidence=Confidence.MEDIUM if _is_one_release(action) else None,
        instead=_told(pipeline, graph, action),
    )


def _is_one_release(action: Action) -> bool:
    """Whether the source is an object that is named after its version: the next version is another object."""
    key = action.setting("S3ObjectKey")
    return isinstance(key, Known) and _VERSION.search(str(key.value)) is not None


def _events(pipeline: Pipeline) -> str:
    """What turns the events of a bucket on, which has one such resource in Terraform."""
    if pipeline.dialect == "cloudformation" or pipeline.as_cloudformation:
        return "EventBridgeEnabled: true in EventBridgeConfiguration of its NotificationConfiguration"
    return "eventbridge = true in aws_s3_bucket_notification, of which a bucket has only one"


def _starts(declared: Declared, pipeline: Pipeline, graph: Graph) -> bool:
    """Whether a rule has the pipeline as a target, and does not only match its events or name it in a message."""
    from wa_iac.aws.eventbridge import EventRule

    if declared.type == "aws_cloudwatch_event_target":
        return graph.refers(value_at(declared.body, "arn"), pipeline)
    targets = graph.typed(declared, EventRule).targets
    return any(graph.refers(each.arn if each.unknown is None else each.unknown, pipeline) for each in targets)


def _told(pipeline: Pipeline, graph: Graph, action: Action) -> str:
    """What tells the pipeline of a change instead."""
    if any(_starts(each, pipeline, graph) for each in graph.referring(pipeline, _RULES)):
        return f"A rule of EventBridge starts this pipeline already: see that it does so at each change of this source. {_THEN}"
    if action.provider == Known("S3"):
        return f"Let the bucket send its events to EventBridge ({_events(pipeline)}). Add a rule for new versions of the object (Object Created) that starts the pipeline, {_ROLE}. {_THEN}"
    return f"Add a rule of EventBridge for the branch (CodeCommit Repository State Change) that starts the pipeline, {_ROLE}. {_THEN}"
