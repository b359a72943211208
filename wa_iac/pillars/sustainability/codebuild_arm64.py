"""# CodeBuild project does not build on Graviton

## Why

Builds on Graviton need less energy, and a minute of the smaller sizes costs about a third less. Tests, deployments and programs in
Python, Java, JavaScript or Go build there as well, as long as the result is not machine code for Intel.

## What it checks

The rule reports a project on Linux with a general image of CodeBuild for x86-64.

## What is left out

Projects in privileged mode, which build images of containers: those are for the processor of the build. Images of the team's own,
Windows, GPUs and Lambda.

## Non-compliant

```yaml
Resources:
  Tests:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::111122223333:role/build
      Artifacts:
        Type: NO_ARTIFACTS
      Source:
        Type: GITHUB
        Location: https://github.com/example/shop
      Environment:
        Type: LINUX_CONTAINER  # finding
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/amazonlinux-x86_64-standard:5.0
```

```hcl
resource "aws_codebuild_project" "tests" {
  name         = "tests"
  service_role = "arn:aws:iam::111122223333:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/shop"
  }

  environment {
    type         = "LINUX_CONTAINER" # finding
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
  }
}
```

## Compliant

```yaml
Resources:
  Tests:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::111122223333:role/build
      Artifacts:
        Type: NO_ARTIFACTS
      Source:
        Type: GITHUB
        Location: https://github.com/example/shop
      Environment:
        Type: ARM_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/amazonlinux-aarch64-standard:3.0
```

```hcl
resource "aws_codebuild_project" "tests" {
  name         = "tests"
  service_role = "arn:aws:iam::111122223333:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/shop"
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/build:3"
  }
}
```

## Not applicable

```yaml
Resources:
  Tests:  # not applicable: privileged mode
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::111122223333:role/build
      Artifacts:
        Type: NO_ARTIFACTS
      Source:
        Type: GITHUB
        Location: https://github.com/example/shop
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/amazonlinux-x86_64-standard:5.0
        PrivilegedMode: true
```

```hcl
resource "aws_codebuild_project" "tests" { # not applicable: privileged mode
  name         = "tests"
  service_role = "arn:aws:iam::111122223333:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/shop"
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux-x86_64-standard:5.0"

    privileged_mode = true
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Type:
    Type: String
Resources:
  Tests:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::111122223333:role/build
      Artifacts:
        Type: NO_ARTIFACTS
      Source:
        Type: GITHUB
        Location: https://github.com/example/shop
      Environment:
        Type: !Ref Type  # undecided: parameter "Type" has no default
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/amazonlinux-x86_64-standard:5.0
```

```hcl
variable "type" {
  type = string
}

resource "aws_codebuild_project" "tests" {
  name         = "tests"
  service_role = "arn:aws:iam::111122223333:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/shop"
  }

  environment {
    type         = var.type # undecided: var.type has no default
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
  }
}
```

## Sources

- [class LinuxArmBuildImage](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_codebuild.LinuxArmBuildImage.html), read on 2026-11-29
- [ProjectEnvironment - AWS CodeBuild](https://docs.aws.amazon.com/goto/WebAPI/codebuild-2016-10-06/ProjectEnvironment), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.codebuild import Project
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Known

_IMAGE: Final = late(r"aws/codebuild/(?:amazonlinux\d*-x86_64-)?standard:.*")


@rule(
    practices=["SUS05-BP02", "COST06-BP02", "PERF02-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn={"Environment": {"Type": "ARM_CONTAINER", "Image": "aws/codebuild/amazonlinux-aarch64-standard:3.0"}},
        tf={"environment": {"type": "ARM_CONTAINER", "image": "aws/codebuild/amazonlinux-aarch64-standard:3.0"}},
        decision="The result must not be machine code for Intel, and the tools that the build downloads need versions for ARM.",
    ),
)
def check(project: Project) -> Flags:
    if settled(project.environment_type) != Known("LINUX_CONTAINER"):
        return
    image = settled(project.image)
    if not isinstance(image, Known) or _IMAGE.fullmatch(image.value) is None:
        return
    exempt(project.privileged, "it has the privileged mode, which builds images of containers for its own processor")
    yield flag(
        project.environment_type, "These builds need more energy and cost more than the same ones on Graviton (ARM_CONTAINER)."
    )
