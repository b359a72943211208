"""# CodeBuild does not encrypt its artifacts or logs with a KMS key

## Why

By default, CodeBuild encrypts its output with a KMS key, so readers of the bucket also need permission to use the key. This
project turns that off. S3 still encrypts what it stores, with its own keys: anybody who may read the bucket can read the
output, and who can replace it decides what is deployed next.

## What it checks

The artifacts that a project puts into S3, and its logs in S3.

## What is left out

Artifacts of a website are for everyone, and nobody could read them if CodeBuild encrypted them. The default is to encrypt, so a
project that says nothing is accepted.

## Non-compliant

```yaml
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::123456789012:role/build
      Artifacts:
        Type: S3
        Location: build-output
        EncryptionDisabled: true  # finding
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
    type                = "S3"
    location            = "build-output"
    encryption_disabled = true # finding
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
    s3_logs {
      status              = "ENABLED"
      location            = "build-logs/orders"
      encryption_disabled = true # finding: logs
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
        Type: S3
        Location: build-output
        EncryptionDisabled: false
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
    type                = "S3"
    location            = "build-output"
    encryption_disabled = false
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
```

## Not applicable

```yaml
Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties:
      WebsiteConfiguration:
        IndexDocument: index.html
  Build:  # not applicable: website
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::123456789012:role/build
      Artifacts:
        Type: S3
        Location: !Ref Site
        EncryptionDisabled: true
      Source:
        Type: GITHUB
        Location: https://github.com/example/orders.git
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
```

## Undecided

The result is undecided if the switch is not known before deployment.

```yaml
Parameters:
  Open:
    Type: String
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::123456789012:role/build
      Artifacts:
        Type: S3
        Location: build-output
        EncryptionDisabled: !Ref Open  # undecided: parameter "Open" has no default
      Source:
        Type: GITHUB
        Location: https://github.com/example/orders.git
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
```

```hcl
variable "open" { # undecided: Fails when var.open is true
  type = bool
}

resource "aws_codebuild_project" "build" {
  name         = "build"
  service_role = "arn:aws:iam::123456789012:role/build"

  artifacts {
    type                = "S3"
    location            = "build-output"
    encryption_disabled = var.open
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
```

## Sources

- [AWS::CodeBuild::Project S3LogsConfig - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-codebuild-project-s3logsconfig.html), read on 2026-11-29
- [Security Hub CSPM controls for CodeBuild](https://docs.aws.amazon.com/securityhub/latest/userguide/codebuild-controls.md), read on 2026-11-29
"""

from wa_iac.aws.codebuild import Artifacts, Project
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, each_of, exempt, refuse, rule, unless

_LOGS = Remedy(
    cfn={"LogsConfig": {"S3Logs": {"EncryptionDisabled": False}}},
    tf={"logs_config": {"s3_logs": {"encryption_disabled": False}}},
    decision="Readers of the logs then need permission to use the key.",
)


@rule(
    practices=["SEC08-BP02", "SEC11-BP07"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    equivalents={
        "checkov": ["CKV_AWS_78", "CKV_AWS_311"],
        "trivy": ["AVD-AWS-0018"],
        "config": ["CODEBUILD_PROJECT_ARTIFACT_ENCRYPTION", "CODEBUILD_PROJECT_S3_LOGS_ENCRYPTED"],
        "security_hub": ["CodeBuild.3"],
    },
    remedy=Remedy(
        cfn={"Artifacts": {"EncryptionDisabled": False}},
        tf={"artifacts": {"encryption_disabled": False}},
        decision="Readers of the artifacts then need permission to use the key.",
    ),
)
def check(project: Project) -> Flags:
    yield from each_of(project.artifacts, _judge)
    for found in each_of(project.secondary_artifacts, _judge):
        yield found._replace(instead="Remove the line from these artifacts: by default, CodeBuild encrypts them.")
    message = (
        "CodeBuild does not encrypt the logs of these builds with a KMS key: anybody who may read the bucket can read them."
    )
    for found in unless(
        holds(project.s3_logs, lambda status: status != "ENABLED"), refuse(project.s3_logs_unencrypted, True, message)
    ):
        yield found._replace(instead=_LOGS)


def _judge(artifacts: Artifacts) -> Flags:
    all_known(artifacts.unknown)
    message = "CodeBuild does not encrypt these artifacts with a KMS key: anybody who may read the bucket can read them."
    published = any(bucket.website for bucket in artifacts.bucket)
    for found in unless(holds(artifacts.type, lambda kind: kind != "S3"), refuse(artifacts.unencrypted, True, message)):
        exempt(published, "its artifacts are a website, for everyone to read")
        all_known(artifacts.bucket.unknown)
        yield found
