"""Builds: which of them need Docker, whose pull requests they build, and which images are old."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.scales import Severity

PROJECT = """
resource "aws_codebuild_project" "it" {
  name               = "%(name)s"
  service_role       = "arn:aws:iam::123456789012:role/build"
  project_visibility = "%(visibility)s"
  artifacts {
    type = "NO_ARTIFACTS"
  }
  source {
    type      = "GITHUB"
    location  = "https://github.com/example/orders.git"
    buildspec = "phases:\\n  build:\\n    commands:\\n      - %(command)s\\n"
  }
  environment {
    type            = "LINUX_CONTAINER"
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "%(image)s"
    privileged_mode = true
  }
}
resource "aws_codebuild_webhook" "it" {
  project_name = aws_codebuild_project.it.name
  filter_group {
    filter {
      type    = "EVENT"
      pattern = "%(events)s"
    }
  }
  pull_request_build_policy {
    requires_comment_approval = "DISABLED"
  }
}
"""
USUAL = {
    "name": "orders",
    "command": "npm run build",
    "image": "aws/codebuild/standard:7.0",
    "events": "PULL_REQUEST_CREATED",
    "visibility": "PRIVATE",
}


def project(**changes: str) -> str:
    return PROJECT % {**USUAL, **changes}


@pytest.mark.parametrize(
    ("changes", "verdicts"),
    [
        ({}, ["fail"]),
        ({"command": "terraform apply"}, ["fail"]),
        ({"command": "docker push orders"}, []),
        ({"command": "podman build ."}, []),
        ({"name": "container-images"}, []),
        ({"image": "aws/codebuild/docker:18.09.0"}, []),
        ({"command": "./release.sh"}, ["unknown"]),
        ({"command": "npx cdk deploy"}, ["unknown"]),
    ],
)
def test_privileged_mode_is_for_builds_that_use_containers(
    tmp_path: Path, changes: dict[str, str], verdicts: list[str]
) -> None:
    report = judge(tmp_path, project(**changes), "terraform", "codebuild-privileged-mode")

    assert [each.verdict for each in report.findings] == verdicts


@pytest.mark.parametrize(
    ("changes", "severities"),
    [
        ({}, [Severity.MEDIUM]),
        ({"visibility": "PUBLIC_READ"}, [Severity.HIGH]),
        ({"events": "PUSH"}, []),
        ({"events": "PULL_REQUEST_MERGED"}, []),
    ],
)
def test_strangers_pull_requests_are_worse_if_the_project_is_public(
    tmp_path: Path, changes: dict[str, str], severities: list[Severity]
) -> None:
    report = judge(tmp_path, project(**changes), "terraform", "codebuild-pull-request-approval")

    assert [each.severity for each in report.failing()] == severities


@pytest.mark.parametrize(
    ("image", "faults"),
    [
        ("aws/codebuild/standard:4.0", 1),
        ("aws/codebuild/standard:4.0-22.10.27", 1),
        ("aws/codebuild/eb-nodejs-6.10.0-amazonlinux-64:4.0.0", 1),
        ("aws/codebuild/standard:7.0", 0),
        ("aws/codebuild/standard:7.0-25.04.04", 0),
        ("aws/codebuild/amazonlinux-aarch64-lambda-standard:nodejs20", 0),
        ("node:10", 0),
    ],
)
def test_old_images_of_codebuild_are_told_by_name_and_version(tmp_path: Path, image: str, faults: int) -> None:
    report = judge(tmp_path, project(image=image), "terraform", "codebuild-image-supported")

    assert len(report.failing()) == faults


def test_a_secret_in_a_build_is_reported_once(tmp_path: Path) -> None:
    text = project().replace(
        "privileged_mode = true",
        'environment_variable {\n name = "AWS_ACCESS_KEY_ID"\n value = "AKIAQ3EGWLX5TZ7M2YPD"\n }',
    )
    report = judge(tmp_path, text, "terraform", "codebuild-env-secrets")
    other = judge(tmp_path, text, "terraform", "workload-static-credentials")

    assert len(report.failing()) == 1
    assert other.failing() == []


@pytest.mark.parametrize(
    ("image", "words"),
    [
        ("aws/codebuild/java:openjdk-11", "no longer updates the image aws/codebuild/java:openjdk-11: builds"),
        ("aws/codebuild/standard:4.0", "has not updated the image aws/codebuild/standard:4.0 since 2023-03-31: builds"),
    ],
)
def test_a_day_is_named_only_if_it_is_known(tmp_path: Path, image: str, words: str) -> None:
    [found] = judge(tmp_path, project(image=image), "terraform", "codebuild-image-supported").failing()

    assert words in found.message
