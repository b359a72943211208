"""# CodeBuild project uses an image that gets no more updates

## Why

AWS no longer updates this image. Its operating system, its tools and its runtimes have known vulnerabilities, and they handle
the code and the secrets of every build. CodeBuild also has to download it for each build, which then starts later.

## What it checks

The image of a project, if it is one of CodeBuild's own that AWS has deprecated. For example, `aws/codebuild/standard:4.0` is
deprecated since 2023-03-31.

## What is left out

Images of your own and of other registries: their support is not known here. The images for Lambda compute.

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
        Image: aws/codebuild/standard:4.0  # finding: since 2023-03-31
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
    image        = "aws/codebuild/nodejs:10.1.0" # finding
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
    image        = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/build:4.0"
  }
}
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
      ServiceRole: arn:aws:iam::123456789012:role/build
      Artifacts:
        Type: NO_ARTIFACTS
      Source:
        Type: GITHUB
        Location: https://github.com/example/orders.git
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
    image        = var.image # undecided: var.image has no default
  }
}
```

## Sources

- [Deprecated CodeBuild images](https://docs.aws.amazon.com/codebuild/latest/userguide/deprecated-images.html), read on 2026-11-29
- [What the image standard:7.0 contains (aws/aws-codebuild-docker-images)](https://github.com/aws/aws-codebuild-docker-images/blob/master/ubuntu/standard/7.0/Dockerfile), read on 2026-11-29
- [Unsupported images of aws/aws-codebuild-docker-images](https://github.com/aws/aws-codebuild-docker-images/tree/master/unsupported_images), read on 2026-11-29
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from wa_iac.aws.codebuild import Project
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Flags, Remedy, Severity, flag, rule, written
from wa_iac.core.value import Known, Unknown, Value
from wa_iac.knowledge.dated import facts

_OURS: Final = late(r"(?:public\.ecr\.aws/)?(?P<name>aws/codebuild/(?P<family>[\w.-]+):(?P<tag>\d[\w.]*|[a-z][\w.-]*))")
_PART: Final = late(r"-\d\d\.\d\d\.\d\d$")
"""The end of a tag that names one release of an image: `4.0-23.02.16`."""


_RUNTIMES: Final = (
    "A newer image has other runtimes. Name the versions that the build needs under runtime-versions in its buildspec, and raise those that "
    "the image no longer has (an old Python or Node.js, for example), or the build fails."
)
_RAISED: Final = "A newer image has other runtimes: raise the versions under runtime-versions in the buildspec that it no longer has, or the build fails."
_PRIVILEGED: Final = "Docker runs in this image only in privileged mode, which the build then needs too."
_LOGIN: Final = "The image has version 2 of the AWS CLI: docker login takes its password from aws ecr get-login-password, since aws ecr get-login is gone."
_PACKAGES: Final = (
    "The image has a newer operating system: the packages that the buildspec installs may have other names there (python-pip is python3-pip), "
    "or be part of the image (the AWS CLI)."
)
_NO_ANDROID: Final = "The image has no Android SDK: the build has to install it."
_ANDROID: Final = late(r"\bandroid\s*:\s*[\"']?\d")
_GET_LOGIN: Final = late(r"\becr\s+get-login(?!-password)")
_INSTALLS: Final = late(r"\b(?:apt|apt-get|yum|dnf)\b[^\n]*\binstall\b|\bpip3?\s+install\b[^\n]*\bawscli\b")
_LANGUAGES: Final = late(
    r"\b(?:npm|npx|yarn|node|python3?|pip3?|java|mvn|gradle|gradlew|go|ruby|bundle|gem|php|composer|dotnet)\b(?=\s)"
)
_DOCKER: Final = late(r"\bdocker\s+(?:build|push|pull|run|login)\b")


class _End(NamedTuple):
    since: str
    successor: str


@rule(
    practices=["SEC06-BP01", "OPS05-BP05"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn="Image: aws/codebuild/standard:7.0",
        tf='image = "aws/codebuild/standard:7.0"',
        decision=_RUNTIMES,
    ),
)
def check(project: Project) -> Flags:
    image = written(project.image)
    end = _end(image.value)
    if end is None:
        return
    fault = (
        f"AWS has not updated the image {image.value} since {end.since}"
        if end.since
        else f"AWS no longer updates the image {image.value}"
    )
    yield flag(
        image,
        f"{fault}: builds run with known vulnerabilities.",
        instead=Remedy(
            cfn=f"Image: {end.successor}",
            tf=f'image = "{end.successor}"',
            decision=" ".join(_of_build(project, image.value)),
        ),
    )


def _of_build(project: Project, image: str) -> Iterator[str]:
    """What the build needs in a newer image, as far as its commands are written here."""
    commands = "\n".join(_written(each.buildspec) for each in project.source)
    inline = "\n" in commands.strip()
    if "runtime-versions" in commands:
        yield _RAISED
    elif not inline or _LANGUAGES.search(commands):
        yield _RUNTIMES
    builds = "aws/codebuild/docker:" in image or _DOCKER.search(commands) is not None
    if builds and project.privileged != Known(True):
        yield _PRIVILEGED
    if _GET_LOGIN.search(commands) or (not inline and (builds or project.privileged == Known(True))):
        yield _LOGIN
    if _INSTALLS.search(commands):
        yield _PACKAGES
    if "android" in image or _ANDROID.search(commands) is not None:
        yield _NO_ANDROID


def _written(buildspec: Value[str]) -> str:
    """What is known of the text of a buildspec, or its path."""
    match buildspec:
        case Known(text):
            return text
        case Unknown(parts=parts):
            return "".join(each for each in parts if isinstance(each, str))
        case _:
            return ""


def _end(image: str) -> _End | None:
    """Since when an image gets no updates, and the image to use instead; None for any other image."""
    found = _OURS.match(image)
    if found is None:
        return None
    known = facts("codebuild_images")
    row = known["images"].get(_PART.sub("", found["name"]))
    if row is not None:
        return _End(row["deprecated"] or "", row["successor"])
    old = found["family"] in known["families"] or found["family"].startswith("eb-")
    return _End("", known["family_successor"]) if old else None
