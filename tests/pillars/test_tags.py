"""What a tool adds to what it makes is not its author's: tags of SAM and of the CDK say nothing of whose a resource is."""

from __future__ import annotations

from pathlib import Path

from helpers.reports import verdicts

RULE = "workload-cost-tags"
FUNCTION = 'Runtime: python3.13, Handler: app.handler, InlineCode: "def handler(event, context): pass"'


def test_the_tag_of_sam_does_not_make_a_template_one_that_tags(tmp_path: Path) -> None:
    source = f"""
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {{Type: AWS::Serverless::Function, Properties: {{{FUNCTION}}}}}
  Uploads: {{Type: AWS::S3::Bucket}}
"""

    assert verdicts(tmp_path, source, "cloudformation", RULE) == {}


def test_a_function_with_the_tag_of_sam_alone_has_none(tmp_path: Path) -> None:
    source = f"""
Transform: AWS::Serverless-2016-10-31
Resources:
  Bare: {{Type: AWS::Serverless::Function, Properties: {{{FUNCTION}}}}}
  Owned: {{Type: AWS::Serverless::Function, Properties: {{{FUNCTION}, Tags: {{team: shop}}}}}}
"""

    assert verdicts(tmp_path, source, "cloudformation", RULE) == {"Bare": "fail"}


def test_the_tags_of_the_cdk_say_nothing(tmp_path: Path) -> None:
    source = """
Resources:
  Emptied:
    Type: AWS::S3::Bucket
    Properties: {Tags: [{Key: "aws-cdk:auto-delete-objects", Value: "true"}, {Key: "aws-cdk:cr-owned:1a2b3c4d", Value: "true"}]}
  Owned: {Type: AWS::S3::Bucket, Properties: {Tags: [{Key: team, Value: shop}]}}
"""

    assert verdicts(tmp_path, source, "cloudformation", RULE) == {"Emptied": "fail"}
    assert verdicts(tmp_path, source.split("  Owned", maxsplit=1)[0], "cloudformation", RULE) == {}


def test_a_tag_that_is_called_like_one_of_sam_but_names_a_team_counts(tmp_path: Path) -> None:
    source = """
Resources:
  Reports: {Type: AWS::S3::Bucket, Properties: {Tags: [{Key: "lambda:createdBy", Value: shop}]}}
  Archive: {Type: AWS::S3::Bucket}
"""

    assert verdicts(tmp_path, source, "cloudformation", RULE) == {"Archive": "fail"}


def test_in_terraform_such_tags_say_nothing_either(tmp_path: Path) -> None:
    source = """
resource "aws_s3_bucket" "emptied" {
  tags = { "aws-cdk:auto-delete-objects" = "true" }
}
resource "aws_s3_bucket" "owned" {
  tags = { "aws-cdk:auto-delete-objects" = "true", team = "shop" }
}
"""

    assert verdicts(tmp_path, source, "terraform", RULE) == {"aws_s3_bucket.emptied": "fail"}
