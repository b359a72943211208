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
  Results:
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
LAYERS = """
resource "aws_s3_bucket" "code" {
  force_destroy = %s
  tags          = { Name = "data" }
}
resource "aws_s3_bucket_acl" "code" {
  bucket = aws_s3_bucket.code.id
  acl    = "private"
}
module "layer" {
  source    = "terraform-aws-modules/lambda/aws"
  s3_bucket = aws_s3_bucket.code.bucket
}
resource "aws_lambda_function" "orders" {
  s3_bucket = aws_s3_bucket.code.id
  s3_key    = "orders.zip"
%s
}
"""


@pytest.mark.parametrize(
    ("dialect", "source", "confidence"),
    [
        ("cloudformation", PACK % "awsconfigconforms", Confidence.LOW),
        ("cloudformation", PACK % "reports", Confidence.MEDIUM),
        ("cloudformation", MAILS % "ses", Confidence.LOW),
        ("cloudformation", MAILS % "transfer", Confidence.MEDIUM),
        ("terraform", RECEIPTS % "aws_s3_bucket.mails.id", Confidence.LOW),
        ("terraform", RECEIPTS % '"elsewhere"', Confidence.MEDIUM),
        ("terraform", LAYERS % ("true", ""), Confidence.LOW),
        ("terraform", LAYERS % ("false", ""), Confidence.MEDIUM),
    ],
)
def test_versions_are_advice_where_nothing_is_overwritten(
    tmp_path: Path, dialect: Dialect, source: str, confidence: Confidence
) -> None:
    assert only_fault(tmp_path, source, dialect, RULE).confidence == confidence


def test_a_bucket_of_code_that_something_else_uses_is_no_such_bucket(tmp_path: Path) -> None:
    other = 'resource "aws_glue_job" "sums" {\n  command { script_location = "s3://${aws_s3_bucket.code.id}/sums.py" }\n}\n'

    assert only_fault(tmp_path, LAYERS % ("true", "") + other, "terraform", RULE).confidence == Confidence.MEDIUM
