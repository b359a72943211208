"""# CodeBuild runs builds in an image of Docker Hub

## Why

Each build pulls the image again. Docker Hub limits the pulls of one address, which CodeBuild shares with other customers, so that builds fail
without a fault of yours. The owner of the image decides what your builds run, with the permissions of the project.

## What it checks

The rule reports projects whose image comes from Docker Hub, without credentials for it.

## What is left out

The images of AWS (`aws/codebuild/...`), and those in Amazon ECR or another registry.

## Non-compliant

```yaml
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::111122223333:role/build
      Artifacts: {Type: NO_ARTIFACTS}
      Source: {Type: GITHUB, Location: "https://github.com/example/orders.git"}
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: hashicorp/terraform:1.13  # finding
```

```hcl
resource "aws_codebuild_project" "build" {
  name         = "build"
  service_role = "arn:aws:iam::111122223333:role/build"

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
    image        = "node:24" # finding
  }
}
```

## Compliant

```yaml
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::111122223333:role/build
      Artifacts: {Type: NO_ARTIFACTS}
      Source: {Type: GITHUB, Location: "https://github.com/example/orders.git"}
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
```

```hcl
resource "aws_codebuild_project" "build" {
  name         = "build"
  service_role = "arn:aws:iam::111122223333:role/build"

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
    image        = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/docker-hub/library/node:24"
  }
}
```

## Not applicable

```yaml
Resources:
  Build:  # not applicable: it signs in to Docker Hub
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::111122223333:role/build
      Artifacts: {Type: NO_ARTIFACTS}
      Source: {Type: GITHUB, Location: "https://github.com/example/orders.git"}
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: example/builder:3
        RegistryCredential: {CredentialProvider: SECRETS_MANAGER, Credential: docker-hub}
```

## Undecided

The result is undecided if the image is not known before deployment.

```yaml
Parameters:
  Image:
    Type: String
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::111122223333:role/build
      Artifacts: {Type: NO_ARTIFACTS}
      Source: {Type: GITHUB, Location: "https://github.com/example/orders.git"}
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: !Ref Image  # undecided: parameter "Image" has no default
```

```hcl
variable "image" {
  type = string
}

resource "aws_codebuild_project" "build" {
  name         = "build"
  service_role = "arn:aws:iam::111122223333:role/build"

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
    image        = var.image # undecided: var.image has no default
  }
}
```

## Sources

- [AWS::CodeBuild::Project RegistryCredential - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-codebuild-project-registrycredential.html), read on 2026-11-29
"""

from wa_iac.aws.codebuild import Project
from wa_iac.aws.parts.images import is_of_docker_hub
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, written
from wa_iac.core.value import Known


@rule(
    practices=["OPS05-BP04"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    profile="all",
    remedy=Remedy(
        decision="Use an image of AWS (aws/codebuild/standard, aws/codebuild/amazonlinux-x86_64-standard), or copy the image into Amazon ECR: a pull "
        "through cache rule does so by itself."
    ),
    equivalents={"cdk_nag": ["AwsSolutions-CB5"]},
)
def check(project: Project) -> Flags:
    image = written(project.image)
    if image.value.startswith("aws/codebuild/") or is_of_docker_hub(image) != Known(True):
        return
    exempt(given(project.registry_credential), "it signs in to Docker Hub")
    yield flag(
        image,
        f"Each build pulls {image.value} from Docker Hub, whose limit of pulls stops builds, and whose owner decides what they run.",
    )
