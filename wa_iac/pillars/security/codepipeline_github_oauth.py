"""# CodePipeline reads GitHub with the token of a person

## Why

The pipeline signs in to GitHub with the OAuth token of a person. The token is good for all repositories of that person, it mostly never expires, and it stops working if the person leaves. A connection of the developer tools uses an app of GitHub instead, with
short-lived tokens for chosen repositories. AWS advises against the older action.

## What it checks

Source actions of the owner `ThirdParty` and the provider `GitHub`.

## What is left out

Connections (`CodeStarSourceConnection`) and other sources. A token that is written as text is also reported by `cloudformation-
plaintext-secrets`: anybody who reads it can use it.

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
                Owner: ThirdParty  # finding
                Provider: GitHub
                Version: "1"
              Configuration:
                Owner: acme
                Repo: orders
                Branch: main
                OAuthToken: '{{resolve:secretsmanager:github:SecretString:token}}'
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
variable "token" {
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
      owner            = "ThirdParty" # finding
      provider         = "GitHub"
      version          = "1"
      output_artifacts = ["code"]

      configuration = {
        Owner      = "acme"
        Repo       = "orders"
        Branch     = "main"
        OAuthToken = var.token
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
                Provider: CodeStarSourceConnection
                Version: "1"
              Configuration:
                ConnectionArn: arn:aws:codeconnections:eu-west-1:123456789012:connection/11111111-2222-3333-4444-555555555555
                FullRepositoryId: acme/orders
                BranchName: main
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
}
```

## Undecided

The result is undecided if the owner of the action is not known before deployment.

```yaml
Parameters:
  Owner:
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
                Owner: !Ref Owner  # undecided: parameter "Owner" has no default
                Provider: GitHub
                Version: "1"
              Configuration:
                Owner: acme
                Repo: orders
                Branch: main
                OAuthToken: '{{resolve:secretsmanager:github:SecretString:token}}'
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
variable "token" {
  type = string
}

variable "owner" {
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
      owner            = var.owner # undecided: var.owner has no default
      provider         = "GitHub"
      version          = "1"
      output_artifacts = ["code"]

      configuration = {
        Owner      = "acme"
        Repo       = "orders"
        Branch     = "main"
        OAuthToken = var.token
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

- [appendix github oauth](https://docs.aws.amazon.com/zh_cn/codepipeline/latest/userguide/appendix-github-oauth.md), read on 2026-11-29
- [How do I resolve Access Denied errors or permission issues in CodePipeline?](https://repost.aws/knowledge-center/codepipeline-access-denied-errors), read on 2026-11-30
- [interface GitHubSourceOptions](https://docs.aws.amazon.com/ja_jp/cdk/api/v2/docs/aws-cdk-lib.pipelines.GitHubSourceOptions.html), read on 2026-11-29
"""

from dataclasses import replace
from functools import partial
from typing import Final

from wa_iac.aws.codepipeline import Action, Pipeline
from wa_iac.core.ignored_changes import ignored_changes
from wa_iac.core.logic import holds
from wa_iac.core.rule import Flags, Remedy, Severity, accept, all_known, each_of, milder, refuse, rule
from wa_iac.core.value import Known
from wa_iac.pillars.judgements.wording import listed

_CONNECTED: Final = Remedy(
    decision="Make a connection (AWS::CodeConnections::Connection, aws_codeconnections_connection), and accept it once in the console. "
    "Change the action to the owner AWS and the provider CodeStarSourceConnection. In its configuration, write ConnectionArn, "
    "FullRepositoryId (owner/repository) and BranchName in place of Owner, Repo, Branch, OAuthToken and PollForSourceChanges. Let the "
    "pipeline's role use the connection (codeconnections:UseConnection) and write its artifacts (s3:PutObject and s3:PutObjectAcl). If nothing starts the "
    'pipeline at a push today, also write DetectChanges: "false". Then remove the webhook of the pipeline, if there is one, and revoke the token once '
    "nothing uses it."
)


@rule(
    practices=["SEC02-BP02", "SEC11-BP07"],
    severity=Severity.MEDIUM,
    remedy=_CONNECTED,
)
def check(pipeline: Pipeline) -> Flags:
    yield from each_of(pipeline.actions(), partial(_judge, pipeline))
    all_known(*(stage.unknown for stage in pipeline.stages))


def _ignored(pipeline: Pipeline) -> str:
    """A sentence on stages whose changes Terraform ignores."""
    held = sorted(each for each in ignored_changes(pipeline.declared) if each == "all" or each.startswith("stage"))
    return f"Terraform ignores changes of {listed(held)} here (ignore_changes): lift that with the change." if held else ""


def _judge(pipeline: Pipeline, action: Action) -> Flags:
    all_known(action.unknown)
    if action.provider != Known("GitHub"):
        accept(holds(action.owner, lambda owner: owner != "ThirdParty"))
        accept(holds(action.provider, lambda provider: provider != "GitHub"))
    found = refuse(
        action.owner,
        "ThirdParty",
        "This action signs in to GitHub with the token of a user, which is mostly good for all their repositories and seldom expires.",
    )
    more = _ignored(pipeline)
    yield from milder(found, instead=replace(_CONNECTED, decision=f"{_CONNECTED.decision} {more}") if more else "")
