"""# CodeBuild builds any pull request without approval

## Why

A pull request runs its author's commands, with the permissions of the project's role and the secrets of its environment.
Anybody can open one for a public repository. Approval by a comment of a member stops builds of strangers' code: members' own
pull requests are built at once.

## What it checks

Webhooks that start builds for pull requests, from any author, with approval explicitly turned off (`DISABLED`). If the project
is public (`PUBLIC_READ`), its repository surely is, and the confidence is high. Otherwise only members may be able to open pull
requests, and the severity is medium.

## What is left out

A webhook that says nothing of approval: the setting then depends on when it was made. A filter on the account of the author
(`ACTOR_ACCOUNT_ID`) also keeps strangers out. Events of pushes and of merged pull requests need write access to the repository.

## Non-compliant

```yaml
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::123456789012:role/build
      Artifacts:
        Type: NO_ARTIFACTS
      Source:
        Type: GITHUB
        Location: https://github.com/example/orders.git
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
      Triggers:
        Webhook: true
        FilterGroups:
          - - Type: EVENT
              Pattern: PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED
        PullRequestBuildPolicy:
          RequiresCommentApproval: DISABLED  # finding
```

```hcl
resource "aws_codebuild_project" "build" {
  name         = "build"
  service_role = "arn:aws:iam::123456789012:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/orders.git"
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
  }
}

resource "aws_codebuild_webhook" "build" {
  project_name = aws_codebuild_project.build.name

  filter_group {
    filter {
      type    = "EVENT"
      pattern = "PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED"
    }
  }

  pull_request_build_policy {
    requires_comment_approval = "DISABLED" # finding
  }
}
```

## Compliant

```yaml
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::123456789012:role/build
      Artifacts:
        Type: NO_ARTIFACTS
      Source:
        Type: GITHUB
        Location: https://github.com/example/orders.git
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
      Triggers:
        Webhook: true
        FilterGroups:
          - - Type: EVENT
              Pattern: PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED
        PullRequestBuildPolicy:
          RequiresCommentApproval: FORK_PULL_REQUESTS
```

```hcl
resource "aws_codebuild_project" "build" {
  name         = "build"
  service_role = "arn:aws:iam::123456789012:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/orders.git"
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
  }
}

resource "aws_codebuild_webhook" "build" {
  project_name = aws_codebuild_project.build.name

  filter_group {
    filter {
      type    = "EVENT"
      pattern = "PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED"
    }

    filter {
      type    = "ACTOR_ACCOUNT_ID"
      pattern = "^(1234567|2345678)$"
    }
  }

  pull_request_build_policy {
    requires_comment_approval = "DISABLED"
  }
}
```

## Undecided

The result is undecided if the policy is not known before deployment.

```yaml
Parameters:
  Approval:
    Type: String
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::123456789012:role/build
      Artifacts:
        Type: NO_ARTIFACTS
      Source:
        Type: GITHUB
        Location: https://github.com/example/orders.git
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
      Triggers:
        Webhook: true
        FilterGroups:
          - - Type: EVENT
              Pattern: PULL_REQUEST_CREATED
        PullRequestBuildPolicy:
          RequiresCommentApproval: !Ref Approval  # undecided: parameter "Approval" has no default
```

```hcl
variable "approval" {
  type = string
}

resource "aws_codebuild_project" "build" {
  name         = "build"
  service_role = "arn:aws:iam::123456789012:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/orders.git"
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
  }
}

resource "aws_codebuild_webhook" "build" {
  project_name = aws_codebuild_project.build.name

  filter_group {
    filter {
      type    = "EVENT"
      pattern = "PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED"
    }
  }

  pull_request_build_policy {
    requires_comment_approval = var.approval # undecided: var.approval has no default
  }
}
```

## Sources

- [Pull request comment approval - AWS CodeBuild](https://docs.aws.amazon.com/codebuild/latest/userguide/pull-request-build-policy.html), read on 2026-11-29
- [API PullRequestBuildPolicy](https://docs.aws.amazon.com/codebuild/latest/APIReference/API_PullRequestBuildPolicy.md), read on 2026-11-29
- [Implementing Defense-in-Depth Security for AWS CodeBuild Pipelines](https://aws.amazon.com/blogs/security/implementing-defense-security-for-aws-codebuild-pipelines), read on 2026-11-29
"""

from wa_iac.aws.codebuild import Filter, Project, Webhook
from wa_iac.core.fix import Recipe
from wa_iac.core.logic import all_of, any_of, holds, negate
from wa_iac.core.rule import Confidence, Flags, Severity, accept, all_known, each_of, milder, refuse, rule
from wa_iac.core.value import Absent, Known, Unknown, Value


@rule(
    practices=["SEC11-BP07", "SEC03-BP07"],
    severity=Severity.HIGH,
    fix=Recipe(
        cfn={"Triggers": {"PullRequestBuildPolicy": {"RequiresCommentApproval": "ALL_PULL_REQUESTS"}}},
        types={
            "aws_codebuild_webhook": {"pull_request_build_policy": {"requires_comment_approval": "ALL_PULL_REQUESTS"}},
        },
        unsafe_because="pull requests of strangers wait for a member's comment",
    ),
)
def check(project: Project) -> Flags:
    found = each_of(project.webhooks, _judge)
    public = project.visibility == Known("PUBLIC_READ")
    yield from found if public else milder(found, severity=Severity.MEDIUM, confidence=Confidence.MEDIUM)


def _judge(webhook: Webhook) -> Flags:
    all_known(webhook.unknown)
    accept(isinstance(webhook.approval, Known) and webhook.approval.value != "DISABLED")
    accept(negate(any_of(map(_builds_strangers, webhook.groups()), webhook.approval.origin)))
    yield from refuse(
        webhook.approval,
        "DISABLED",
        "A pull request of any author is built at once: the author's commands run with the permissions of this project.",
    )


def _builds_strangers(group: Value[list[Filter]]) -> Value[bool]:
    """Whether a group of filters lets pull requests of any author start a build."""
    match group:
        case Known(filters):
            return all_of(
                (*(negate(holds(each.kind, "ACTOR_ACCOUNT_ID".__eq__)) for each in filters), any_of(map(_opens, filters)))
            )
        case Unknown():
            return group
        case Absent():
            return Known(False)


def _opens(one: Filter) -> Value[bool]:
    events = (f"PULL_REQUEST_{event}" for event in ("CREATED", "UPDATED", "REOPENED"))
    named = holds(one.pattern, lambda pattern: any(event in pattern for event in events))
    return all_of((holds(one.kind, "EVENT".__eq__), named))
