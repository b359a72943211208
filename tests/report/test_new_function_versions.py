"""A version of a function keeps the settings with which it was published: a change of the function does not reach its alias by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

TEMPLATE = """
Resources:
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: {runtime}
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {{S3Bucket: code, S3Key: work.zip}}
  {version}:
    Type: AWS::Lambda::Version
    Properties: {{FunctionName: !Ref Work}}
  Live:
    Type: AWS::Lambda::Alias
    Properties: {{FunctionName: !Ref Work, Name: live, FunctionVersion: {of}}}
"""
SAM = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties: {{Runtime: python3.8, Handler: app.handler, CodeUri: src, AutoPublishAlias: live{more}}}
"""
FIXED = "!GetAtt First.Version"
WORDS = "also give the AWS::Lambda::Version another logical ID."


@pytest.mark.parametrize(
    ("version", "of", "slug", "words"),
    [
        ("First", FIXED, "lambda-supported-runtime", WORDS),
        ("First", '"1"', "lambda-supported-runtime", ""),
        (
            "V0123456789abcdef0123456789abcdef",
            "!GetAtt V0123456789abcdef0123456789abcdef.Version",
            "lambda-supported-runtime",
            "",
        ),
    ],
)
def test_a_version_with_a_fixed_name(tmp_path: Path, version: str, of: str, slug: str, words: str) -> None:
    template = TEMPLATE.format(runtime="python3.8", version=version, of=of)

    text = only_remedy(judge(tmp_path, template, "cloudformation", slug))

    assert words in text
    assert ("published version" in text) == bool(words)


@pytest.mark.parametrize(
    ("more", "slug", "said"),
    [
        ("", "lambda-supported-runtime", True),
        (", AutoPublishAliasAllProperties: true", "lambda-supported-runtime", False),
    ],
)
def test_an_alias_of_sam(tmp_path: Path, more: str, slug: str, said: bool) -> None:
    text = only_remedy(judge(tmp_path, SAM.format(more=more), "cloudformation", slug))

    assert ("only with the next change of the code" in text) == said
