"""What a build needs in a newer image, by the commands that are written in its project."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

PROJECT = """Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: role
      Artifacts: {{Type: NO_ARTIFACTS}}
      Environment: {{Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: "aws/codebuild/standard:2.0"}}
      Source:
        Type: NO_SOURCE
        BuildSpec: |
          version: 0.2
          phases:
            build:
              commands:
                - {0}
"""
WORDS = {
    "runtimes": "A newer image has other runtimes.",
    "privileged": "only in privileged mode",
    "login": "get-login-password",
    "packages": "a newer operating system",
    "android": "no Android SDK",
}


@pytest.mark.parametrize(
    ("command", "needed"),
    [
        ("aws s3 sync . s3://site", []),
        ("npm ci", ["runtimes"]),
        ("apt-get -y install python-pip", ["runtimes", "packages"]),
        ("$(aws ecr get-login --no-include-email)", ["login"]),
        ("docker build .", ["privileged"]),
        ("echo android: 29", ["android"]),
    ],
)
def test_what_the_build_needs(tmp_path: Path, command: str, needed: list[str]) -> None:
    text = only_remedy(judge(tmp_path, PROJECT.format(command), "cloudformation", "codebuild-image-supported"))

    assert [name for name, words in WORDS.items() if words in text] == needed
