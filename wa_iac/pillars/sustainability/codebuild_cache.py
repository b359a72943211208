"""# Each build of CodeBuild starts from nothing

## Why

Without a cache, each build downloads the whole repository, all packages and all layers of images again. A cache keeps what does not
change from build to build: builds end earlier, and less is sent and computed.

## What it checks

The rule reports projects without a cache, which is the default.

## What is left out

Builds on Lambda compute, which has no cache. The rule cannot see whether a build has something to keep, so the confidence is low.

## Non-compliant

```yaml
Resources:
  Build:  # finding
    Type: AWS::CodeBuild::Project
    Properties:
      Artifacts: {Type: NO_ARTIFACTS}
      Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: "aws/codebuild/amazonlinux-x86_64-standard:5.0"}
      ServiceRole: arn:aws:iam::111122223333:role/build
      Source: {Type: GITHUB, Location: "https://github.com/example/shop"}
```

```hcl
resource "aws_codebuild_project" "build" { # finding
  name         = "build"
  service_role = "arn:aws:iam::111122223333:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/shop"
  }
}
```

## Compliant

```yaml
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Artifacts: {Type: NO_ARTIFACTS}
      Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: "aws/codebuild/amazonlinux-x86_64-standard:5.0"}
      ServiceRole: arn:aws:iam::111122223333:role/build
      Source: {Type: GITHUB, Location: "https://github.com/example/shop"}
      Cache: {Type: LOCAL, Modes: [LOCAL_SOURCE_CACHE]}
```

```hcl
resource "aws_codebuild_project" "build" {
  name         = "build"
  service_role = "arn:aws:iam::111122223333:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/shop"
  }

  cache {
    type  = "LOCAL"
    modes = ["LOCAL_SOURCE_CACHE"]
  }
}
```

## Not applicable

```yaml
Resources:
  Build:  # not applicable: it runs on Lambda
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::111122223333:role/build
      Artifacts: {Type: NO_ARTIFACTS}
      Source: {Type: CODECOMMIT, Location: https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/orders}
      Environment:
        Type: LINUX_LAMBDA_CONTAINER
        ComputeType: BUILD_LAMBDA_1GB
        Image: aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs22
```

## Undecided

The result is undecided if the type of the cache is not known before deployment.

```yaml
Parameters:
  Cache:
    Type: String
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Artifacts: {Type: NO_ARTIFACTS}
      Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: "aws/codebuild/amazonlinux-x86_64-standard:5.0"}
      ServiceRole: arn:aws:iam::111122223333:role/build
      Source: {Type: GITHUB, Location: "https://github.com/example/shop"}
      Cache: {Type: !Ref Cache}  # undecided: parameter "Cache" has no default
```

```hcl
variable "cache" {
  type = string
}

resource "aws_codebuild_project" "build" {
  name         = "build"
  service_role = "arn:aws:iam::111122223333:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/shop"
  }

  cache {
    type = var.cache # undecided: var.cache has no default
  }
}
```

## Sources

- [AWS::CodeBuild::Project ProjectCache](https://docs.aws.amazon.com/es_es/AWSCloudFormation/latest/UserGuide/aws-properties-codebuild-project-projectcache.html), read on 2026-11-29
- [ProjectCache - AWS CodeBuild](https://docs.aws.amazon.com/goto/WebAPI/codebuild-2016-10-06/ProjectCache), read on 2026-11-29
- [Run builds on AWS Lambda compute - AWS CodeBuild](https://docs.aws.amazon.com/codebuild/latest/userguide/lambda.html), read on 2026-11-29
"""

from wa_iac.aws.codebuild import Project
from wa_iac.core.logic import holds
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, exempt, refuse, rule
from wa_iac.core.value import Known


@rule(
    practices=["SUS06-BP04", "COST09-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn={"Cache": {"Type": "LOCAL", "Modes": ["LOCAL_SOURCE_CACHE", "LOCAL_CUSTOM_CACHE"]}},
        tf={"cache": {"type": "LOCAL", "modes": ["LOCAL_SOURCE_CACHE", "LOCAL_CUSTOM_CACHE"]}},
        decision="The directories of packages to keep go into the section cache of the build specification:",
    ),
)
def check(project: Project) -> Flags:
    if project.cache == Known("NO_CACHE"):
        exempt(
            holds(project.environment_type, lambda kind: "LAMBDA" in kind),
            "it runs on Lambda, which keeps nothing for the next build",
        )
    yield from refuse(
        project.cache, "NO_CACHE", "This build has no cache: it downloads its sources and packages each time again."
    )
