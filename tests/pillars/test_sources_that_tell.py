"""What tells a pipeline of a change, by its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

PIPELINE = """Resources:
  Delivery:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/pipeline
      ArtifactStore: {{Type: S3, Location: artifacts}}
      Stages:
        - Name: Source
          Actions:
            - Name: Source
              ActionTypeId: {{Category: Source, Owner: AWS, Provider: {provider}, Version: "1"}}
              Configuration: {{PollForSourceChanges: "true"}}
"""
RULE = """  Changes:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [aws.codecommit]}
      Targets:
        - {Id: pipeline, Arn: !Sub "arn:aws:codepipeline:us-east-1:123456789012:${Delivery}"}
"""
WATCHES = """  Watches:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [aws.codepipeline], detail: {pipeline: [!Ref Delivery]}}
      Targets:
        - {Id: operators, Arn: "arn:aws:sns:us-east-1:123456789012:operators", Input: !Sub '"${Delivery}"'}
"""


@pytest.mark.parametrize(
    ("provider", "more", "words"),
    [
        ("S3", "", "Let the bucket send its events to EventBridge"),
        ("CodeCommit", "", "CodeCommit Repository State Change"),
        ("CodeCommit", RULE, "A rule of EventBridge starts this pipeline already"),
        ("CodeCommit", WATCHES, "Add a rule of EventBridge for the branch"),
    ],
)
def test_a_source_tells_of_its_changes(tmp_path: Path, provider: str, more: str, words: str) -> None:
    source = PIPELINE.format(provider=provider) + more

    assert words in only_remedy(judge(tmp_path, source, "cloudformation", "codepipeline-source-polling"))
