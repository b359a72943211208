"""# CodeBuild project writes no logs

## Why

A build can deploy, publish packages and read secrets. Without a log, nobody can tell why it failed, or what it did after a
package was tampered with. CodeBuild writes logs to CloudWatch Logs by default, so somebody turned them off here.

## What it checks

Projects whose logs in CloudWatch Logs are disabled, and whose logs in S3 are not enabled.

## What is left out

A project without `LogsConfig` has the default: logs in CloudWatch Logs. A project that runs jobs of GitHub Actions
(`WORKFLOW_JOB_QUEUED`) may leave their logs there.

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
      LogsConfig:
        CloudWatchLogs:
          Status: DISABLED  # finding
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

  logs_config {
    cloudwatch_logs {
      status = "DISABLED" # finding
    }
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

  logs_config {
    cloudwatch_logs {
      status = "DISABLED"
    }

    s3_logs {
      status   = "ENABLED"
      location = "build-logs/orders"
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Build:  # not applicable: GitHub Actions
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
      LogsConfig:
        CloudWatchLogs:
          Status: DISABLED
      Triggers:
        Webhook: true
        FilterGroups:
          - - Type: EVENT
              Pattern: WORKFLOW_JOB_QUEUED
```

## Undecided

The result is undecided if the status is not known before deployment.

```yaml
Parameters:
  Status:
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
      LogsConfig:
        CloudWatchLogs:
          Status: !Ref Status  # undecided: parameter "Status" has no default
```

```hcl
variable "status" {
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

  logs_config {
    cloudwatch_logs {
      status = var.status # undecided: var.status has no default
    }
  }
}
```

## Sources

- [LogsConfig - AWS CodeBuild](https://docs.aws.amazon.com/codebuild/latest/APIReference/API_LogsConfig.html), read on 2026-11-29
- [Security Hub CSPM controls for CodeBuild](https://docs.aws.amazon.com/securityhub/latest/userguide/codebuild-controls.md), read on 2026-11-29
"""

from wa_iac.aws.codebuild import Project
from wa_iac.core.fix import Recipe
from wa_iac.core.logic import holds
from wa_iac.core.rule import Flags, Severity, exempt, refuse, rule, unless


@rule(
    practices=["SEC04-BP01", "OPS04-BP02", "SEC11-BP07"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_314"],
        "config": ["CODEBUILD_PROJECT_LOGGING_ENABLED"],
        "security_hub": ["CodeBuild.4"],
    },
    fix=Recipe(
        cfn={"LogsConfig": {"CloudWatchLogs": {"Status": "ENABLED"}}},
        tf={"logs_config": {"cloudwatch_logs": {"status": "ENABLED"}}},
        unsafe_because="CloudWatch Logs charges for the logs, and the project's role needs permission to write them",
    ),
)
def check(project: Project) -> Flags:
    message = "This build writes no log, which would tell what a failed or a tampered build did."
    kept = holds(project.s3_logs, lambda status: status == "ENABLED")
    for found in unless(kept, refuse(project.cloudwatch_logs, "DISABLED", message)):
        exempt(project.runs_jobs(), "its builds are jobs of GitHub Actions, which keeps their logs")
        yield found
