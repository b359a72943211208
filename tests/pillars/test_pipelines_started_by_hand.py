"""A connection to GitHub starts a pipeline at each push: for one that only people start, that has to be turned off. And it needs permissions."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

PIPELINE = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/release
      Stages:
        - Name: Source
          Actions:
            - Name: Code
              ActionTypeId: {{Category: Source, Owner: ThirdParty, Provider: GitHub, Version: "1"}}
              Configuration: {{Owner: acme, Repo: shop, Branch: main, OAuthToken: token{polls}}}
"""
WEBHOOK = """
  Pushed:
    Type: AWS::CodePipeline::Webhook
    Properties: {TargetPipeline: !Ref Release, TargetAction: Code}
"""


@pytest.mark.parametrize(
    ("polls", "beside", "by_hand"),
    [
        (", PollForSourceChanges: false", "", True),
        (", PollForSourceChanges: false", WEBHOOK, False),
        (", PollForSourceChanges: false", WEBHOOK.replace("Code}", "Templates}"), True),
        (", PollForSourceChanges: true", "", False),
        ("", "", False),
    ],
)
def test_the_remedy_keeps_a_pipeline_from_starting(tmp_path: Path, polls: str, beside: str, by_hand: bool) -> None:
    source = PIPELINE.format(polls=polls) + beside
    text = only_remedy(judge(tmp_path, source, "cloudformation", "codepipeline-github-oauth"))
    assert ('DetectChanges is "false"' in text) is by_hand


def test_a_change_that_terraform_ignores_is_named(tmp_path: Path) -> None:
    source = """
resource "aws_codepipeline" "release" {
  role_arn = "arn:aws:iam::111122223333:role/release"
  stage {
    name = "Source"
    action {
      name          = "Code"
      category      = "Source"
      owner         = "ThirdParty"
      provider      = "GitHub"
      version       = "1"
      configuration = { Owner = "acme", Repo = "shop", Branch = "main", OAuthToken = var.token }
    }
  }
  lifecycle {
    ignore_changes = [stage[0].action[0].configuration]
  }
}
"""
    text = only_remedy(judge(tmp_path, source, "terraform", "codepipeline-github-oauth"))

    assert "Terraform ignores changes of stage[0].action[0].configuration here (ignore_changes): lift that" in text


ROLE = """
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: codepipeline.amazonaws.com}, Action: sts:AssumeRole}]}
      Policies:
        - PolicyName: artifacts
          PolicyDocument: {Statement: [{Effect: Allow, Action: [ACTIONS], Resource: "*"}]}
"""


@pytest.mark.parametrize(
    ("actions", "more", "lacks"),
    [
        ("s3:PutObject", "", True),
        ("s3:PutObject, s3:PutObjectAcl", "", False),
        ("s3:PutObject*", "", False),
        ("s3:GetObject", "", False),
        ("s3:PutObject", "      ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonS3FullAccess]\n", False),
    ],
)
def test_a_connection_writes_access_control_lists_of_artifacts(tmp_path: Path, actions: str, more: str, lacks: bool) -> None:
    pipeline = PIPELINE.format(polls="").replace("arn:aws:iam::111122223333:role/release", "!GetAtt Role.Arn")
    source = pipeline + ROLE.replace("ACTIONS", actions) + more
    text = only_remedy(judge(tmp_path, source, "cloudformation", "codepipeline-github-oauth"))

    assert ("Let Role do s3:PutObjectAcl for the objects of the artifact bucket too" in text) is lacks
