"""Pipelines and deployment groups: where production comes first, and how fast a version goes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.scales import Confidence

ACTION = """
  stage {
    name = "%s"
    action {
      name     = "%s"
      category = "%s"
      owner    = "AWS"
      provider = "%s"
      version  = "1"
      configuration = {}
    }
  }
"""


def pipeline(*actions: tuple[str, str, str, str]) -> str:
    stages = "".join(ACTION % each for each in actions)
    return f'resource "aws_codepipeline" "it" {{\n  name     = "it"\n  role_arn = "arn:aws:iam::123456789012:role/it"\n{stages}\n}}\n'


SOURCE = ("Source", "Source", "Source", "CodeStarSourceConnection")


@pytest.mark.parametrize(
    ("actions", "faults"),
    [
        ([SOURCE, ("Prod", "Deploy", "Deploy", "ECS")], 1),
        ([SOURCE, ("Deploy", "DeployProd", "Deploy", "ECS")], 1),
        ([SOURCE, ("Deploy", "Deploy", "Deploy", "ECS")], 0),
        ([SOURCE, ("Product", "Deploy", "Deploy", "ECS")], 0),
        ([SOURCE, ("Prod", "Approve", "Approval", "Manual")], 0),
        ([SOURCE, ("Staging", "Run", "Build", "CodeBuild"), ("Prod", "Deploy", "Deploy", "ECS")], 0),
        ([SOURCE, ("First", "Deploy", "Deploy", "ECS"), ("Prod", "Deploy", "Deploy", "ECS")], 0),
    ],
)
def test_production_comes_after_another_environment(
    tmp_path: Path, actions: list[tuple[str, str, str, str]], faults: int
) -> None:
    report = judge(tmp_path, pipeline(*actions), "terraform", "codepipeline-preproduction-stage")

    assert len(report.failing()) == faults


GROUP = """
resource "aws_codedeploy_deployment_group" "it" {
  app_name               = "it"
  deployment_group_name  = "it"
  service_role_arn       = "arn:aws:iam::123456789012:role/it"
  deployment_config_name = "%s"
%s
}
"""
ROLLED_BACK = """
  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_STOP_ON_ALARM"]
  }
  alarm_configuration {
    enabled = true
    alarms  = ["errors"]
  }
"""


@pytest.mark.parametrize(
    ("config", "more", "confidences"),
    [
        ("CodeDeployDefault.AllAtOnce", "", [Confidence.MEDIUM]),
        ("CodeDeployDefault.ECSAllAtOnce", ROLLED_BACK, [Confidence.LOW]),
        ("CodeDeployDefault.LambdaAllAtOnce", "", [Confidence.MEDIUM]),
        ("CodeDeployDefault.OneAtATime", "", []),
        ("ours", "", []),
    ],
)
def test_a_deployment_to_everything_is_milder_if_an_alarm_rolls_it_back(
    tmp_path: Path, config: str, more: str, confidences: list[Confidence]
) -> None:
    report = judge(tmp_path, GROUP % (config, more), "terraform", "codedeploy-not-all-at-once")

    assert [each.confidence for each in report.failing()] == confidences


def test_a_token_of_github_in_plain_text_is_a_secret(tmp_path: Path) -> None:
    text = pipeline(SOURCE).replace("configuration = {}", 'configuration = { OAuthToken = "9f8c1d7e5b3a" }')
    report = judge(tmp_path, text, "terraform", "cloudformation-plaintext-secrets")

    assert len(report.failing()) == 1


@pytest.mark.parametrize(
    ("key", "confidence"),
    [("sources/replay-release-0.1.0.zip", Confidence.MEDIUM), ("sources/replay.zip", Confidence.HIGH)],
)
def test_an_object_that_is_named_after_its_version_hardly_changes(tmp_path: Path, key: str, confidence: Confidence) -> None:
    source = pipeline(("Source", "Source", "Source", "S3")).replace(
        "configuration = {}", f'configuration = {{ S3Bucket = "sources", S3ObjectKey = "{key}" }}'
    )
    [found] = judge(tmp_path, source, "terraform", "codepipeline-source-polling").failing()

    assert found.confidence == confidence
