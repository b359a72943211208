"""Settings that would break a public policy or a website are turned on last."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.report.listing import remedy

RULE = "s3-public-access-block"
MODULE = """
variable "networks" {{}}
resource "aws_s3_bucket" "site" {{}}
resource "aws_s3_bucket_policy" "site" {{
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "${{aws_s3_bucket.site.arn}}/*"
      Condition = {{ IpAddress = {{ "aws:SourceIp" = {networks} }} }}
    }}]
  }})
}}
resource "aws_s3_bucket_public_access_block" "site" {{
  bucket = aws_s3_bucket.site.id
{settings}
}}
"""
ALL = ("block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets")
WIDE = '["173.245.48.0/20", "2a06:98c0::/29"]'


def said(tmp_path: Path, networks: str, off: tuple[str, ...] = ALL) -> tuple[str, str]:
    settings = "\n".join(f"  {each} = {str(each not in off).lower()}" for each in ALL)
    (finding,) = judge(tmp_path, MODULE.format(networks=networks, settings=settings), "terraform", RULE).failing()
    return finding.message, remedy(finding)


@pytest.mark.parametrize(
    ("networks", "words"),
    [(WIDE, "aws_s3_bucket_policy.site does so"), ("var.networks", "aws_s3_bucket_policy.site may be public")],
)
def test_the_settings_for_policies_come_after_the_policy(tmp_path: Path, networks: str, words: str) -> None:
    message, advice = said(tmp_path, networks)
    assert words in message
    assert "block_public_acls  = true" in advice
    assert "block_public_policy " not in advice
    assert "restrict_public_buckets" not in advice
    assert "Replace the policy aws_s3_bucket_policy.site" in advice


def test_nothing_is_written_where_only_the_settings_for_policies_are_off(tmp_path: Path) -> None:
    _, advice = said(tmp_path, WIDE, ("block_public_policy", "restrict_public_buckets"))
    assert "= true" not in advice


def test_a_policy_that_is_not_public_stays(tmp_path: Path) -> None:
    message, advice = said(tmp_path, '["192.0.2.0/24"]')
    assert "aws_s3_bucket_policy" not in message
    assert "restrict_public_buckets = true" in advice


def test_a_website_needs_another_way_first(tmp_path: Path) -> None:
    source = """
Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties:
      WebsiteConfiguration: { IndexDocument: index.html }
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true }
"""
    (finding,) = judge(tmp_path, source, "cloudformation", RULE).failing()
    assert "website" in finding.message
    assert "CloudFront" in remedy(finding)
