"""Buckets in which nothing is overwritten, or of which everything can be made again: versions are advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.declared import Dialect
from wa_iac.core.scales import Confidence

RULE = "s3-versioning"
PACK = """
Resources:
  Kept:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub "%s-${AWS::AccountId}"
      Tags: [{ Key: Name, Value: data }]
"""
MAILS = """
Resources:
  Mails:
    Type: AWS::S3::Bucket
    Properties: { Tags: [{ Key: Name, Value: data }] }
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Mails
      PolicyDocument: !Sub |
        {"Statement": [{"Effect": "Allow", "Principal": {"Service": "%s.amazonaws.com"}, "Action": "s3:PutObject",
                        "Resource": "${Mails.Arn}/*"}]}
"""
RECEIPTS = """
resource "aws_s3_bucket" "mails" { tags = { Name = "data" } }
resource "aws_ses_receipt_rule" "all" {
  name          = "all"
  rule_set_name = "all"
  s3_action {
    bucket_name = %s
    position    = 1
  }
}
"""
BUILDS = """
Resources:
  Store:
    Type: AWS::S3::Bucket
    Properties: { Tags: [{ Key: Name, Value: data }] }
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::123456789012:role/build
      Environment: { Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: aws/codebuild/standard:7.0 }
      Source: { Type: S3, Location: %s }
      Artifacts: { Type: S3, Location: %s }
"""


@pytest.mark.parametrize(
    ("dialect", "source", "confidence"),
    [
        ("cloudformation", PACK % "awsconfigconforms", Confidence.LOW),
        ("cloudformation", PACK % "reports", Confidence.MEDIUM),
        ("cloudformation", PACK % "aws-waf-logs", Confidence.LOW),
        ("cloudformation", PACK % "lambda-zips", Confidence.LOW),
        ("cloudformation", MAILS % "ses", Confidence.LOW),
        ("cloudformation", MAILS % "transfer", Confidence.MEDIUM),
        ("terraform", RECEIPTS % "aws_s3_bucket.mails.id", Confidence.LOW),
        ("terraform", RECEIPTS % '"elsewhere"', Confidence.MEDIUM),
        ("cloudformation", BUILDS % ("elsewhere/code.zip", "!Ref Store"), Confidence.LOW),
        ("cloudformation", BUILDS % ('!Sub "${Store}/code.zip"', "!Ref Store"), Confidence.MEDIUM),
        ("cloudformation", BUILDS % ("elsewhere/code.zip", "elsewhere"), Confidence.MEDIUM),
    ],
)
def test_versions_are_advice_where_nothing_is_overwritten(
    tmp_path: Path, dialect: Dialect, source: str, confidence: Confidence
) -> None:
    assert only_fault(tmp_path, source, dialect, RULE).confidence == confidence
